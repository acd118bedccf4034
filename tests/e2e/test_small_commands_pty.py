"""The small commands in a real terminal: what is asked, that Enter answers nothing, and how one leaves."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ptyrun import Terminal

from backmove.core.record import Session
from backmove.core.when import day_of

if TYPE_CHECKING:
    from conftest import World

Stamp = Callable[..., Mapping[str, Any]]


def kinds(folder: Path) -> list[str]:
    journal = folder / "journal.jsonl"
    return [json.loads(line)["kind"] for line in journal.read_text().splitlines()] if journal.exists() else []


def test_log_asks_and_enter_asks_again(tmp_path: Path) -> None:
    with Terminal("log", folder=tmp_path, columns=40) as terminal:
        terminal.wait_for("How much does your back hurt")
        terminal.press("\r")
        terminal.wait_for("Enter alone is not an answer")
        terminal.press("4\r")
        assert terminal.end() == 0
        assert "Saved: pain 4 today" in terminal.flat
        assert terminal.echoes()
    assert kinds(tmp_path) == ["pain"]


def test_ctrl_c_and_the_end_of_input_leave_log_with_nothing_written(tmp_path: Path) -> None:
    for key in ("\x03", "\x04"):
        with Terminal("log", folder=tmp_path) as terminal:
            terminal.wait_for("How much does your back hurt")
            terminal.settle()
            terminal.type(key)
            assert terminal.end() == 130
            assert terminal.echoes()
    assert kinds(tmp_path) == []


def test_what_was_typed_before_the_question_is_no_answer(tmp_path: Path) -> None:
    with Terminal("log", folder=tmp_path) as terminal:
        terminal.type("9\r")
        terminal.wait_for("How much does your back hurt")
        terminal.press("3\r")
        assert terminal.end() == 0
        assert "Saved: pain 3" in terminal.flat


def test_done_asks_two_things(world: "World", stamp: Stamp) -> None:
    now = datetime.now().astimezone()
    given = Session(
        **dict(stamp(at=now)) | {"day": day_of(now).isoformat()},
        zone="green",
        stage="chronic",
        mode="normal",
        pain=3,
        variant=1,
        requested_min=20,
        effective_min=20,
        estimated_s=900,
        place="upright",
        items=(),
    )
    world.write(given)
    with Terminal("done", folder=world.folder) as terminal:
        terminal.wait_for("Done, partly, or stopped?")
        terminal.press("p\r")
        terminal.wait_for("Easy, about right, or too much?")
        terminal.press("r\r")
        assert terminal.end() == 0
        assert "Saved: session partly done, effort 5" in terminal.flat
    assert kinds(world.folder) == ["session", "done"]


def test_profile_edit_goes_key_by_key(tmp_path: Path) -> None:
    with Terminal("profile", "edit", folder=tmp_path) as terminal:
        terminal.wait_for("age_band: not said >")
        terminal.press("40-54\r")
        terminal.wait_for("episode_start: not said >")
        terminal.press("\r")
        terminal.wait_for("usual_pain: not said >")
        terminal.press("q\r")
        assert terminal.end() == 0
        assert "Saved: age_band 40-54 (was not said)." in terminal.flat
    assert kinds(tmp_path) == ["profile"]
