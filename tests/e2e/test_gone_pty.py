"""A folder or journal that goes away under a running guide: told, and nothing is made that would hide it."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from ptyrun import Terminal

from surroundings import surroundings
from triage_answers import day, triage


@pytest.fixture
def at_work(tmp_path: Path) -> Path:
    """The folder of somebody whose session of today is in the journal of the real clock."""
    folder = tmp_path / "moving"
    for args, typed in ((("triage",), triage()), (("session", "--minutes", "5"), day())):
        ran = subprocess.run(
            [sys.executable, "-m", "backmove", *args, "--answers", "-", "--json"],
            input=typed,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env=surroundings(folder),
        )
        assert ran.returncode == 0, ran.stderr
    return folder


def kinds(folder: Path) -> list[str]:
    return [json.loads(line)["kind"] for line in (folder / "journal.jsonl").read_text().splitlines()]


def test_a_folder_moved_under_the_guide_is_told_and_nothing_is_made_in_its_place(at_work: Path) -> None:
    moved = at_work.with_name("elsewhere")
    with Terminal("session", "--minutes", "5", "--guide", folder=at_work) as terminal:
        terminal.wait_for("space go on")
        terminal.linger(0.4)
        terminal.type("n")
        terminal.wait_for("2 of")
        terminal.linger(0.4)
        terminal.type(" ")
        terminal.wait_for("Begin in")
        at_work.rename(moved)
        terminal.linger(1.6)  # the small file is written every second
        terminal.type("n")
        assert terminal.end() == 1
        assert "gone or moved" in terminal.flat
        assert str(at_work) in terminal.flat.replace(" ", "")
        assert terminal.echoes()
    assert not at_work.exists(), "a new folder would hide the old one"
    assert kinds(moved)[-1] == "guide"
    moved.rename(at_work)
    with Terminal("session", "--minutes", "5", "--guide", folder=at_work) as terminal:
        terminal.wait_for("You were at 2 of")
        os.kill(terminal.child.pid, signal.SIGKILL)


def test_a_journal_deleted_under_the_guide_is_told_and_no_half_one_is_made(at_work: Path) -> None:
    with Terminal("session", "--minutes", "5", "--guide", folder=at_work) as terminal:
        terminal.wait_for("space go on")
        (at_work / "journal.jsonl").unlink()
        terminal.linger(0.4)
        terminal.type("n")
        assert terminal.end() == 1
        assert "nothing was recorded" in terminal.flat
    assert not (at_work / "journal.jsonl").exists()
