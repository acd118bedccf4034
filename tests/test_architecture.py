"""The house holds: who may import whom, what may never be called, and what each command loads."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from surroundings import surroundings

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "backmove"


def modules(folder: str = "") -> list[Path]:
    found = sorted((SOURCE / folder).rglob("*.py"))
    assert found, f"no modules under {SOURCE / folder}: this test looks at the wrong place"
    return found


def imported(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def test_the_core_imports_only_the_standard_library_and_msgspec() -> None:
    outside = {"os", "sys", "time", "pathlib", "subprocess", "socket", "tempfile", "shutil", "io"}
    for path in modules("core"):
        for name in imported(ast.parse(path.read_text())):
            top = name.split(".")[0]
            if name.startswith("backmove"):
                assert name.startswith(("backmove.core", "backmove.errors")), f"{path.name} imports {name}"
            else:
                assert top == "msgspec" or top in sys.stdlib_module_names, f"{path.name}: {name}"
                assert top not in outside, f"{path.name} reaches for the world: {name}"


def test_only_main_catches_everything() -> None:
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ExceptHandler):
                broad = node.type is None or (
                    isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")
                )
                assert not broad or path.name == "__main__.py", f"{path}:{node.lineno} catches everything"


def test_only_the_boundary_exits() -> None:
    allowed = {"app.py", "__main__.py"}
    for path in modules():
        text = path.read_text()
        for word in ("sys.exit", "typer.Exit", "SystemExit(", "os._exit"):
            assert word not in text or path.name in allowed, f"{path} uses {word}"


def test_postponed_annotations_are_nowhere() -> None:
    for path in modules():
        assert "from __future__ import annotations" not in path.read_text(), path


def test_command_modules_import_little_at_the_top() -> None:
    free = {"typer", "typer.core", "backmove", "backmove.errors", "backmove.cli.context"}
    for path in modules("cli"):
        if path.name in ("app.py", "context.py", "__init__.py"):
            continue
        for node in ast.parse(path.read_text()).body:
            names = imported(node) if isinstance(node, ast.Import | ast.ImportFrom) else set()
            for name in names:
                ok = (
                    name in free
                    or name.split(".")[0] in sys.stdlib_module_names
                    or name.startswith("backmove.cli")
                )
                assert ok, f"{path.name} imports {name} at the top"


def test_no_module_has_a_name_that_fits_everything() -> None:
    for path in modules():
        assert path.stem not in ("utils", "util", "helpers", "common", "services", "managers", "misc"), path


def test_commands_are_short_and_do_not_catch() -> None:
    for path in modules("cli"):
        if path.name in ("app.py", "context.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            assert not isinstance(node, ast.Try), f"{path.name}:{node.lineno}: a command does not catch"


def loaded_by(*args: str, folder: Path) -> set[str]:
    """Top-level packages that a real process has loaded when the command ends."""
    program = (
        "import sys\n"
        "from backmove.__main__ import main\n"
        f"sys.argv = ['backmove', *{list(args)!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "sys.stderr.write('\\nLOADED ' + ' '.join(sorted({m.split('.')[0] for m in sys.modules})))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env=surroundings(folder),
        timeout=60,
        check=False,
    )
    assert "LOADED " in ran.stderr, ran.stderr
    return set(ran.stderr.rsplit("LOADED ", 1)[1].split())


HEAVY = {"rich", "pydantic", "yaml", "platformdirs", "jinja2", "prompt_toolkit"}


@pytest.mark.parametrize(
    "args",
    [("log", "4"), ("list",), ("undo",), ("path",), ("progress", "--json"), ("--version",), ("--help",), ()],
    ids=lambda a: " ".join(a) or "alone",
)
def test_a_daily_command_loads_nothing_heavy(args: tuple[str, ...], tmp_path: Path) -> None:
    assert not loaded_by(*args, folder=tmp_path) & HEAVY


def test_the_probe_for_loaded_modules_sees_them(tmp_path: Path) -> None:
    assert "typer" in loaded_by("path", folder=tmp_path)
