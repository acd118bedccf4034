"""TAB in real shells, in a real pseudo-terminal: bash always, zsh and fish where they are installed.

The scripts are those that ``--show-completion`` prints; nothing is installed into anybody's shell.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pexpect
import pyte
import pytest
from ptyrun import ROOT

ASKED = [
    ("backmove exer\t", "backmove exercises"),
    ("backmove exercises show brisk-i\t", "brisk-intervals-indoor"),
    ("backmove session --plac\t", "--place"),
    ("backmove session --place up\t", "upright"),
    ("backmove learn sl\t", "learn sleep"),
    ("backmove profile set precautions glau\t", "glaucoma"),
    ("backmove exercises check fig\t", r"figures-of-mine\.yaml"),
]
"""What is typed, and what stands there then. The last one is a file: the shell's own business."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with the program on its PATH, a file to be found, and a journal with a secret in it."""
    program = tmp_path / "bin" / "backmove"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\nfrom backmove.__main__ import main\nmain()\n")
    program.chmod(0o755)
    (tmp_path / "figures-of-mine.yaml").write_text("")
    return tmp_path


def environment(home: Path) -> dict[str, str]:
    return {
        "PATH": f"{home / 'bin'}:{os.environ.get('PATH', '/usr/bin:/bin')}",
        "HOME": str(home),
        "ZDOTDIR": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "share"),
        "BACKMOVE_DIR": str(home / "backmove"),
        "PYTHONPATH": str(ROOT / "src"),
        "TERM": "xterm",
        "LANG": "C.UTF-8",
        "COLUMNS": "100",
    }


def script(home: Path, shell: str) -> str:
    """What ``backmove --show-completion`` prints in this shell."""
    env = environment(home) | {"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    ran = subprocess.run(
        [str(home / "bin" / "backmove"), "--show-completion", shell],
        env=env,
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    return ran.stdout


class Shell:
    """A shell at its prompt, and the screen that a person sees."""

    def __init__(self, home: Path, command: str, args: list[str]) -> None:
        self.screen = pyte.Screen(100, 40)
        self._stream = pyte.Stream(self.screen)
        self._child: Any = pexpect.spawn(
            command,
            args,
            env=environment(home),
            cwd=str(home),
            dimensions=(40, 100),
            encoding="utf-8",
        )
        self.shows(r"ready>")

    def shows(self, wanted: str) -> None:
        """Waits until the screen shows ``wanted``."""
        while not re.search(wanted, text := "\n".join(self.screen.display)):
            try:
                self._stream.feed(self._child.read_nonblocking(4000, timeout=20))
            except (pexpect.TIMEOUT, pexpect.EOF):
                raise AssertionError(f"wanted {wanted!r} on the screen:\n{text.rstrip()}") from None

    def typed(self, keys: str, wanted: str) -> None:
        """Types, waits for ``wanted``, and goes back to an empty screen."""
        self._child.send(keys)
        self.shows(wanted)
        self._child.send("\x15\x0c")
        self.screen.reset()

    def close(self) -> None:
        self._child.close(force=True)


def in_bash(home: Path) -> Shell:
    (home / "rc").write_text(
        f"{script(home, 'bash')}\nPS1='ready> '\nbind 'set enable-bracketed-paste off'\n"
    )
    return Shell(home, "bash", ["--noprofile", "--rcfile", str(home / "rc"), "-i"])


def in_zsh(home: Path) -> Shell:
    """The script is read at the start: as a file in ``fpath`` the first TAB of a window only loads it."""
    lines = ["autoload -Uz compinit", "compinit -u -D", script(home, "zsh"), "PS1='ready> '"]
    (home / ".zshrc").write_text("\n".join(lines) + "\n")
    return Shell(home, "zsh", ["-i"])


def in_fish(home: Path) -> Shell:
    folder = home / "config" / "fish"
    (folder / "completions").mkdir(parents=True)
    (folder / "completions" / "backmove.fish").write_text(script(home, "fish"))
    (folder / "config.fish").write_text("set -g fish_greeting\nfunction fish_prompt\n  echo 'ready> '\nend\n")
    return Shell(home, "fish", ["-i"])


SHELLS = {"bash": in_bash, "zsh": in_zsh, "fish": in_fish}


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest, home: Path) -> Iterator[Shell]:
    if shutil.which(request.param) is None:
        pytest.skip(f"no {request.param} here")
    opened = SHELLS[request.param](home)
    yield opened
    opened.close()


def test_tab_finishes_the_word(shell: Shell) -> None:
    for keys, wanted in ASKED:
        shell.typed(keys, wanted)
