"""``backmove direction`` in a real terminal: key by key, nothing answered by itself."""

from datetime import datetime
from pathlib import Path

import pytest
from ptyrun import Terminal

from conftest import World
from given import clear_answers


def clear(folder: Path) -> Path:
    """A folder with safety questions that open, answered a moment ago."""
    world = World(folder, now=datetime.now().astimezone())
    world.write(
        clear_answers(
            world.app().stamp(),
            valid_until="2099-01-01",
        )
    )
    return folder


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_ten_bends_and_ten_arches_are_asked_key_by_key(tmp_path: Path, columns: int) -> None:
    with Terminal("direction", folder=clear(tmp_path / "b"), columns=columns, rows=30) as terminal:
        terminal.wait_for("Bending forward")
        terminal.press("\r")
        terminal.wait_for("Enter alone is not an answer")
        terminal.press("n")
        terminal.wait_for("compared with before")
        terminal.press("1")
        terminal.wait_for("Arching back")
        terminal.press("u")
        terminal.wait_for("compared with before")
        terminal.press("3")
        assert terminal.end() == 0
        assert "Bending forward seems to ease it" in terminal.flat


def test_keys_typed_ahead_answer_nothing(tmp_path: Path) -> None:
    with Terminal("direction", folder=clear(tmp_path / "b")) as terminal:
        terminal.type("n1u1")
        terminal.wait_for("Bending forward")
        terminal.settle()
        assert "1 of 2" in terminal.flat and "Saved" not in terminal.flat
        terminal.press("f")
        assert terminal.end() == 0
        assert "Bending forward rests for 7 days" in terminal.flat
        assert terminal.echoes()
