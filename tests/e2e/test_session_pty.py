"""``backmove session`` in a real pseudo-terminal: the real program, the real clock, a person's keys."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from ptyrun import Terminal

from surroundings import surroundings
from triage_answers import triage


def answered(folder: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "backmove", "triage", "--answers", "-", "--json"],
        input=triage(),
        capture_output=True,
        text=True,
        env=surroundings(folder),
        timeout=60,
        check=True,
    )
    assert json.loads(ran.stdout)["data"]["unlocked"]
    journal = folder / "journal.jsonl"
    line = json.loads(journal.read_text())
    yesterday = line["at"].replace(line["day"], day_before(line["day"]))
    line |= {"at": yesterday, "day": day_before(line["day"])}
    journal.write_text(json.dumps(line) + "\n")


def day_before(day: str) -> str:
    from datetime import date, timedelta

    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def kinds(folder: Path) -> list[str]:
    return [json.loads(line)["kind"] for line in (folder / "journal.jsonl").read_text().splitlines()]


def test_g02_in_a_terminal_the_text_comes_at_once(tmp_path: Path) -> None:
    answered(tmp_path)
    with Terminal("session", folder=tmp_path) as terminal:
        terminal.wait_for("between your legs")
        terminal.press("y")
        assert terminal.end() == 7
        assert "Get emergency help now" in terminal.history
    assert kinds(tmp_path) == ["triage", "check", "triage", "refusal"]


def test_g03_in_a_terminal_not_sure_leads_to_tests(tmp_path: Path) -> None:
    answered(tmp_path)
    with Terminal("session", folder=tmp_path) as terminal:
        terminal.wait_for("between your legs")
        terminal.press("u")
        terminal.wait_for("paper")
        terminal.press("u")
        assert terminal.end() == 7


def test_g11_in_a_terminal_nine_is_asked_again(tmp_path: Path) -> None:
    answered(tmp_path)
    with Terminal("session", folder=tmp_path) as terminal:
        for text in (
            "between your legs",
            "weakness, numbness",
            "feel ill today",
            "a fall or crash",
            "much worse",
        ):
            terminal.wait_for(text)
            terminal.press("n")
        terminal.wait_for("how bad is the pain now")
        terminal.press("9\r")
        terminal.wait_for("You said 9")
        terminal.press("n")
        assert terminal.end() == 5
        assert "No session today" in terminal.history


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_a_first_session_from_the_keyboard(tmp_path: Path, columns: int) -> None:
    answered(tmp_path)
    with Terminal("session", folder=tmp_path, columns=columns, rows=40) as terminal:
        for text in (
            "between your legs",
            "weakness, numbness",
            "feel ill today",
            "a fall or crash",
            "much worse",
        ):
            terminal.wait_for(text)
            terminal.press("n")
        terminal.wait_for("how bad is the pain now")
        terminal.press("4\r")
        terminal.wait_for("Where will you do your exercises")
        terminal.press("f")
        terminal.wait_for("Which of these can you use")
        terminal.press("1")
        terminal.press("2")
        terminal.press("\r")
        for text in (
            "without using your hands",
            "one leg for five seconds",
            "down to the floor",
            "kitchen counter",
        ):
            terminal.wait_for(text)
            terminal.press("y")
        terminal.wait_for("how many minutes can you walk")
        terminal.press("30\r")
        terminal.wait_for("Start the guide?")
        terminal.press("l")
        assert terminal.end() == 0
        assert terminal.echoes()
        assert "backmove done" in terminal.history
        assert max(len(line) for line in terminal.history.splitlines()) <= columns
    assert kinds(tmp_path) == ["triage", "check", "pain", "profile", "session"]


def test_type_ahead_answers_nothing(tmp_path: Path) -> None:
    answered(tmp_path)
    with Terminal("session", folder=tmp_path) as terminal:
        terminal.type("nnnnnnnn")
        terminal.wait_for("1 of 6")
        terminal.settle()
        assert "1 of 6" in terminal.flat or "2 of 6" in terminal.flat
        terminal.type("\x03")
        terminal.end()
        assert terminal.echoes()
    assert "session" not in kinds(tmp_path)
