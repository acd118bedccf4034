"""Days without a session: how many, and what they mean for the next one (R-G).

Nothing is made up for, and nothing is counted aloud (G1, G3). Days are ISO dates; numbers: parameters.yaml.
"""

from enum import StrEnum
from typing import Final

from backmove.core.course_figures import GapFigures
from backmove.core.days import days_between
from backmove.core.diary import Diary
from backmove.core.notice import Notice

_WELCOME: Final = "Good to see you again."


class Gap(StrEnum):
    """What a time without a session asks for, the lightest first."""

    NONE = "none"
    HOLD = "hold"
    """Nothing goes up."""
    RUNG = "rung"
    """One rung down everywhere."""
    STEP = "step"
    """The start dose, and hard rows one step down."""
    RESTART = "restart"
    """The safety questions first, then from a low level."""


_WORDS: Final = {
    Gap.HOLD: f"{_WELCOME} We go on where you were.",
    Gap.RUNG: f"{_WELCOME} We begin with a bit less, and a short session.",
    Gap.STEP: f"{_WELCOME} We begin gently and short, then step by step back up.",
    Gap.RESTART: f"{_WELCOME} We start low and short, and build up again from there.",
}


def days_away(diary: Diary, today: str) -> int | None:
    """Days from the last session done or partly done to today; None before the first. A relief session counts."""
    stopped = {done.session for done in diary.dones if done.status == "stopped"}
    finished = {done.session for done in diary.dones} - stopped
    done = [session.day for session in diary.sessions if session.id in finished]
    return days_between(max(done), today) if done else None


def gap_of(days: int | None, figures: GapFigures) -> Gap:
    """What so many days mean. ``days`` None: nothing was done yet, so nothing was missed."""
    steps = ((figures.restart, Gap.RESTART), (figures.step, Gap.STEP), (figures.rung, Gap.RUNG))
    for figure, gap in (*steps, (figures.hold, Gap.HOLD)):
        if days is not None and days >= figure.value:
            return gap
    return Gap.NONE


def welcome(gap: Gap, *, easy: bool) -> Notice | None:
    """A word to somebody who comes back, without what was missed; None after a few days.

    ``easy``: the day is a light one anyway, so nothing is said of how it goes on.
    """
    if gap is Gap.NONE:
        return None
    return Notice("welcome-back", _WELCOME if easy else _WORDS[gap])
