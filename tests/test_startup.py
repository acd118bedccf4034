"""What each daily command loads before it answers: module names, which no noise can change."""

import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import backmove
from backmove.core.record import RULES_VERSION, Triage
from conftest import World
from surroundings import surroundings
from test_architecture import HEAVY

SOURCE = Path(backmove.__file__).parent.parent
AT_ONCE = {"backmove", "backmove.__main__", "gc"}
QUICK = AT_ONCE | {"backmove.quick_log", "binascii", "errno", "fcntl"}
PROGRAM = """
import sys
before = set(sys.modules)
sys.argv = ["backmove", *sys.argv[1:]]
try:
    from backmove.__main__ import main
    main()
except SystemExit:
    pass
sys.stderr.write("\\nLOADED " + " ".join(sorted({m for m in sys.modules if sys.modules[m]} - before)))
"""


def loaded(*args: str, folder: Path, env: Mapping[str, str] | None = None) -> set[str]:
    """The modules that Python loaded for the command, beyond those that it always has."""
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, *args],
        capture_output=True,
        text=True,
        env=surroundings(folder) | dict(env or {}),
        timeout=60,
        check=False,
    )
    assert "LOADED " in ran.stderr, ran.stderr
    return set(ran.stderr.rsplit("LOADED ", 1)[1].split())


@pytest.fixture
def opened(tmp_path: Path) -> Path:
    """The folder of somebody who may train, by the clock of this computer."""
    world = World(tmp_path / "backmove", datetime.now().astimezone() - timedelta(days=1))
    said: dict[str, Any] = {
        "disposition": "SELF_CARE",
        "result": "SELF_CARE",
        "ended": "finished",
        "complete": True,
    }
    until = (world.now + timedelta(days=90)).date().isoformat()
    world.write(
        Triage(**world.app().stamp(), **said, rules_version=RULES_VERSION, unlocked=True, valid_until=until)
    )
    return world.folder


@pytest.mark.skipif(sys.platform != "linux", reason="the quick way is for Linux")
def test_a_quick_entry_loads_next_to_nothing(opened: Path) -> None:
    assert "typer" in loaded("log", "3", folder=opened), "the first one finds out what the next may know"
    assert loaded("log", "4", folder=opened) <= QUICK
    assert loaded("log", "4", folder=opened) <= QUICK, "and the next one, too"


def test_the_version_loads_next_to_nothing(tmp_path: Path) -> None:
    assert loaded("--version", folder=tmp_path) <= AT_ONCE


@pytest.mark.parametrize(
    ("words", "shell"),
    [
        ("backmove ", "bash"),
        ("backmove ", "zsh"),
        ("backmove log --", "bash"),
        ("backmove session --place ", "zsh"),
    ],
)
def test_tab_loads_nothing_heavy(words: str, shell: str, tmp_path: Path) -> None:
    asked = {
        "_BACKMOVE_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
        "_TYPER_COMPLETE_ARGS": words,
    }
    there = loaded(folder=tmp_path, env=asked)
    assert "typer" in there
    assert not {name.split(".")[0] for name in there} & (HEAVY | {"msgspec"})


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    there = loaded("--help", folder=tmp_path)
    assert "backmove.cli.log" in there
    assert not {name.split(".")[0] for name in there} & HEAVY


def test_tab_in_bash_loads_no_command_to_name_them(tmp_path: Path) -> None:
    asked = {"_BACKMOVE_COMPLETE": "complete_bash", "COMP_WORDS": "backmove lo", "COMP_CWORD": "1"}
    assert "backmove.cli.log" not in loaded(folder=tmp_path, env=asked)


def test_a_session_from_the_cache_loads_nothing_heavy(opened: Path) -> None:
    loaded("session", "--json", folder=opened)
    there = loaded("session", "--json", folder=opened)
    assert "backmove.core.prescription" in there
    assert not {name.split(".")[0] for name in there} & HEAVY
    assert not there & {"statistics", "fractions", "backmove.core.questionnaire", "backmove.term.picture"}
