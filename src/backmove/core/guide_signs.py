"""A stop sign in the middle of a session: what it is as an answer of the daily check, so that it locks as there.

A stop sign is S0 or S4 of the stop codes. Nothing is weighed here: it is the person's own yes.
"""

from typing import Final

from backmove.core.daily import CHEST, DailyAnswers
from backmove.core.record import Leg, StopReason

NONE: Final = "none"
SIGNS: Final = ("control", "chest", "leg", "head", "calf", "ill", "dizzy")
"""What can be said. ``dizzy`` alone locks nothing: it may pass."""


def said_of(sign: str) -> DailyAnswers:
    """The sign as an answer of the daily check."""
    match sign:
        case "control":
            return DailyAnswers(answers={"dc1": "y"})
        case "chest":
            return DailyAnswers(answers={"dc3": "y"}, dc3_signs=(CHEST,))
        case "leg":
            return DailyAnswers(answers={"dc2": "y"})
        case "head" | "calf" | "ill":
            return DailyAnswers(answers={"dc3": "y"}, dc3_signs=("other",))
        case _:
            return DailyAnswers()


def stop_of(sign: str) -> tuple[StopReason, Leg | None]:
    """Why the session was stopped, and the word about the leg."""
    if sign == "leg":
        return "leg", "new"
    return ("dizzy" if sign == "dizzy" else "unwell"), None
