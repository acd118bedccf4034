"""Nothing in backmove can reach a network: the package has no way to, and no command opens a socket."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from surroundings import surroundings

ROOT = Path(__file__).parent.parent
NETWORK = {
    "socket",
    "ssl",
    "http",
    "urllib",
    "ftplib",
    "smtplib",
    "asyncio",
    "requests",
    "httpx",
    "socketserver",
    "xmlrpc",
}

GUARD = """
import sys
def watch(event, args):
    if event.split('.')[0] in ('socket', 'urllib', 'http', 'ftplib', 'smtplib'):
        sys.stderr.write(f'NETWORK {event}\\n')
        raise RuntimeError(event)
sys.addaudithook(watch)
"""


def test_no_module_of_ours_imports_anything_of_the_network() -> None:
    found = sorted((ROOT / "src").rglob("*.py"))
    assert found
    for path in found:
        for node in ast.walk(ast.parse(path.read_text())):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            assert not {n.split(".")[0] for n in names} & NETWORK, path


def guarded(*args: str, folder: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    program = (
        GUARD + f"sys.argv = ['backmove', *{list(args)!r}]\nfrom backmove.__main__ import main\nmain()\n"
    )
    return subprocess.run(
        [sys.executable, "-c", program],
        input=stdin,
        capture_output=True,
        text=True,
        env=surroundings(folder),
        timeout=120,
        check=False,
    )


def test_the_guard_sees_a_socket(tmp_path: Path) -> None:
    program = GUARD + "import socket\nsocket.socket()\n"
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert "NETWORK socket" in ran.stderr and ran.returncode != 0


CLEAN = '{"assume_no": true}'
DAY = '{"daily_check": {"dc1": "n", "dc2": "n", "dc3": "n", "dc4": "n", "dc5": "n", "dc3_signs": []}, "pain": 3}'


@pytest.mark.parametrize(
    ("args", "stdin"),
    [
        ((), ""),
        (("triage", "--answers", "-", "--json"), CLEAN),
        (("session", "--answers", "-", "--json"), DAY),
        (("log", "4"), ""),
        (("list", "--json"), ""),
        (("exercises", "show", "bird-dog"), ""),
        (("doctor",), ""),
        (("profile", "show"), ""),
        (("path",), ""),
        (("undo",), ""),
    ],
    ids=lambda a: " ".join(a) if isinstance(a, tuple) else "",
)
def test_no_command_opens_a_socket(args: tuple[str, ...], stdin: str, tmp_path: Path) -> None:
    ran = guarded(*args, folder=tmp_path, stdin=stdin)
    assert "NETWORK" not in ran.stderr, ran.stderr
    assert "Traceback" not in ran.stderr, ran.stderr
