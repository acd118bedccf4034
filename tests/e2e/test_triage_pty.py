"""``backmove triage`` as a person meets it: a real terminal, its sizes, and the ways in which it can go away."""

import json
import os
import re
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from ptyrun import Terminal

from answering import strokes

EMERGENCY = {"chest": "1"}
"""The first sign that can end the questions, so that these tests stay short."""


def kept(folder: Path) -> list[dict[str, Any]]:
    file = folder / "journal.jsonl"
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def begun(folder: Path, **how: Any) -> Terminal:
    terminal = Terminal("triage", folder=folder, **how)
    terminal.wait_for("Before we begin")
    return terminal


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_questions_and_emergency_fit_the_screen(tmp_path: Path, columns: int) -> None:
    with begun(tmp_path, columns=columns, rows=36) as terminal:
        seen = []
        for stroke in strokes(EMERGENCY):
            terminal.settle()
            seen.append(terminal.screen)
            terminal.answer([stroke])
        terminal.wait_for("Get emergency help now")
        assert terminal.end() == 7
        assert "How old are you?" in " ".join(seen[2].split())
        assert re.search(r"3 of \d\d", seen[3])
        assert "(no answer is chosen for you)" in seen[3]
        for page in [*seen, terminal.screen]:
            assert max(len(line) for line in page.splitlines()) <= min(columns, 88)
        assert "Chest and breath" not in terminal.screen
        assert "Call 112 (Germany), or your local emergency number now." in terminal.flat
        assert "Say: I have back pain and" in terminal.flat
        assert terminal.flat.endswith("Even if it eases, call.")


def test_no_colour_leaves_none(tmp_path: Path) -> None:
    with begun(tmp_path, env={"NO_COLOR": "1"}) as terminal:
        terminal.answer(strokes(EMERGENCY))
        assert terminal.end() == 7
        assert not re.search(r"\x1b\[[0-9;]*3[0-9]m", terminal.raw)
        assert "Get emergency help now" in terminal.flat


@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {"BACKMOVE_PLAIN": "1"}, {"ACCESSIBLE": "1"}])
def test_a_plain_terminal_gets_no_escape_at_all(tmp_path: Path, env: dict[str, str]) -> None:
    with begun(tmp_path, env=env, rows=60) as terminal:
        terminal.answer(strokes(EMERGENCY, plain=True))
        assert terminal.end() == 7
        assert "\x1b" not in terminal.raw
        assert "3 of 31: Where it hurts" in terminal.history
        assert "Your answer: low back." in terminal.history
        assert "Get emergency help now" in terminal.history


def test_keys_typed_before_the_first_question_are_no_answers(tmp_path: Path) -> None:
    with Terminal("triage", folder=tmp_path) as terminal:
        terminal.type("me\rde\r44\r1")
        terminal.wait_for("Before we begin")
        terminal.linger(1.0)
        assert "Is this about you?" in terminal.flat


def test_ctrl_z_and_fg_show_the_question_again(tmp_path: Path) -> None:
    with Terminal("triage", folder=tmp_path, shell=True) as terminal:
        terminal.wait_for("Before we begin")
        terminal.answer(strokes(upto="onset"))
        terminal.type("\x1a")
        terminal.wait_for("[stopped]")
        assert terminal.echoes()
        terminal.foreground()
        terminal.wait_for("When did this spell of pain begin?")
        terminal.press("5 days\r")
        terminal.wait_for("5 days ago")
        terminal.type("\x03")
        assert terminal.end() == 130
        assert terminal.echoes()


def test_a_new_size_counts_at_the_next_painting(tmp_path: Path) -> None:
    with begun(tmp_path, columns=80) as terminal:
        terminal.resize(40, 30)
        terminal.press("\x0c")
        terminal.settle()
        assert "─" * 36 in terminal.screen
        assert "─" * 37 not in terminal.screen


def test_a_signal_to_end_keeps_what_locks(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        terminal.answer(strokes(upto="onset"))
        terminal.settle()
        os.kill(terminal.child.pid, signal.SIGTERM)
        assert terminal.end() == 5
        assert terminal.echoes()
        assert "Not enough answers" in terminal.flat
    assert kept(tmp_path)[0]["disposition"] == "INCOMPLETE"


def test_a_closed_window_keeps_what_locks_and_leaves_no_fault_behind(tmp_path: Path) -> None:
    terminal = begun(tmp_path)
    terminal.answer(strokes(upto="onset"))
    terminal.settle()
    os.close(terminal.child.child_fd)
    deadline = time.monotonic() + 30
    while not kept(tmp_path):
        assert time.monotonic() < deadline, "nothing was kept"
        time.sleep(0.05)
    terminal.child.wait()
    assert kept(tmp_path)[0]["disposition"] == "INCOMPLETE"
    assert not list(tmp_path.rglob("fault-*"))


def test_a_whole_run_ends_with_the_next_thing_to_type(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        terminal.answer(strokes())
        terminal.wait_for("Are these right?")
        assert terminal.lines[0].strip() == "Your answers", "the whole list fits 24 lines"
        terminal.press("r")
        for _ in range(3):
            terminal.wait_for("Do any of these fit you?")
            terminal.press("0")
        assert terminal.end() == 0
        assert terminal.lines[0].strip() == "You can start"
        assert terminal.flat.endswith("backmove session")
    assert [line["kind"] for line in kept(tmp_path)] == ["triage", "profile"]
