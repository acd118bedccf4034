"""What is said after an entry about the leg."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from backmove.core.clearance import Standing
from backmove.core.diary import fold
from backmove.core.logbook import LEG_FURTHER, notices
from backmove.core.record import Pain

Stamp = Callable[..., Mapping[str, Any]]


def told(stamp: Stamp, leg: Any) -> list[tuple[str, str]]:
    entry = Pain(**stamp(), score=3, leg=leg)
    found = notices((entry,), fold([]), fold([entry]), Standing(), today="2026-03-02", number=lambda: "112")
    return [(notice.code, notice.text) for notice in found]


def test_pain_further_down_the_leg_is_told_what_to_leave_out(stamp: Stamp) -> None:
    assert told(stamp, "further") == [("leg-further", LEG_FURTHER)]


def test_a_new_sign_in_the_leg_is_told_the_emergency_number(stamp: Stamp) -> None:
    assert any(code == "leg-new" and "112" in text for code, text in told(stamp, "new"))


@pytest.mark.parametrize("leg", ["usual", None])
def test_the_usual_leg_is_told_nothing_about_it(stamp: Stamp, leg: str | None) -> None:
    assert not any(code.startswith("leg") for code, _ in told(stamp, leg))
