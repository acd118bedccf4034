"""Asking how bad a feared move will be: skippable, and never answered by itself."""

import io

import pytest
from rich.console import Console

from backmove.term.ask import Asker
from backmove.term.daily_walk import ask_prediction
from fingers import Fingers


def asked(*strokes: str, plain: bool = False) -> tuple[int | None, str]:
    screen = io.StringIO()
    console = Console(file=screen, width=60, color_system=None)
    return ask_prediction(
        Asker(Fingers(*strokes), lambda: console, plain=plain), "Wall hinge"
    ), screen.getvalue()


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize(
    ("strokes", "score"),
    [
        (("8\n",), 8),
        (("1\n",), 1),
        (("0\n",), 0),
        (("10\n",), 10),
        (("11\n", "7\n"), 7),
        (("\n", "7\n"), 7),
        (("x\n", "7\n"), 7),
        ((), None),
        (("<ctrl-c>",), None),
    ],
)
def test_a_number_is_a_prediction_and_nothing_else_is(
    strokes: tuple[str, ...], score: int | None, plain: bool
) -> None:
    assert asked(*strokes, plain=plain)[0] == score


@pytest.mark.parametrize(("plain", "stroke"), [(False, "s"), (True, "s\n"), (True, "skip\n")])
def test_it_can_be_skipped_with_a_typed_key(plain: bool, stroke: str) -> None:
    score, screen = asked(stroke, "9\n", plain=plain)
    assert score is None and "skip" in screen and "Wall hinge" in screen
