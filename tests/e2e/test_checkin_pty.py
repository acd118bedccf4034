"""``backmove checkin`` in a real terminal."""

import json
from pathlib import Path

import pytest
from ptyrun import Terminal


def records(folder: Path) -> list[dict[str, object]]:
    journal = folder / "journal.jsonl"
    return [json.loads(line) for line in journal.read_text().splitlines()] if journal.exists() else []


@pytest.mark.parametrize("columns", [40, 120])
def test_names_by_line_then_numbers_one_by_one(tmp_path: Path, columns: int) -> None:
    with Terminal("checkin", folder=tmp_path, columns=columns) as terminal:
        terminal.wait_for("Name something that your back makes hard")
        terminal.press("sit through a film\r")
        terminal.wait_for("Name one more")
        terminal.press("s\r")
        terminal.wait_for("How well did this go")
        terminal.press("\r")
        terminal.wait_for("Enter alone is not an answer")
        terminal.press("6\r")
        terminal.wait_for("How bad was your back pain on average")
        terminal.press("s")
        terminal.wait_for("spoil the things you enjoy")
        terminal.press("q")
        assert terminal.end() == 0
        assert "sit through a film: 6" in terminal.flat
        assert terminal.echoes()
    profile, checkin = records(tmp_path)
    assert profile["set"] == {"activities": ["sit through a film"]}
    assert checkin["activities"] == {"sit through a film": 6}
    assert "pain" not in checkin


def test_after_a_low_mood_help_stands_on_the_last_lines(tmp_path: Path) -> None:
    with Terminal("checkin", folder=tmp_path, columns=40, rows=24) as terminal:
        terminal.wait_for("Name something")
        terminal.press("s\r")
        for _ in range(6):
            terminal.wait_for("then Enter:")
            terminal.press("s")
        terminal.wait_for("How low have you felt")
        terminal.press("8\r")
        terminal.wait_for("How tense")
        terminal.press("q")
        assert terminal.end() == 0
        assert "If you think of ending your life, call 112" in terminal.flat
        assert terminal.flat.endswith("You do not have to carry this alone.")


def test_ctrl_c_writes_nothing(tmp_path: Path) -> None:
    with Terminal("checkin", folder=tmp_path) as terminal:
        terminal.wait_for("Name something")
        terminal.press("sit\r")
        terminal.wait_for("Name one more")
        terminal.press("s\r")
        terminal.wait_for("How well did this go")
        terminal.settle()
        terminal.type("\x03")
        assert terminal.end() == 130
        assert terminal.echoes()
    assert records(tmp_path) == []
