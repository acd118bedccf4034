"""The plan for a flare-up, in the person's own words and written beforehand (E8).

It is never filled in for anybody, nothing is chosen by it, and it is shown back on the days it was written for.
"""

from typing import Final

from msgspec import Struct

from backmove.core.daily import ProfileChoice
from backmove.core.profile import Ease, Profile

KEYS: Final = ("ease_positions", "ease_direction", "ease_person", "keep_activity")
"""The keys of the profile that make the plan."""

_DIRECTIONS: Final = {
    Ease.BENDING: "bending eases",
    Ease.ARCHING: "arching eases",
    Ease.NEITHER: "neither bending nor arching eases",
}


class PlanQuestion(Struct, frozen=True):
    """One line of the plan. ``key`` is the profile's; without ``choices`` the answer is in own words.

    ``again``: asked after an answer, for a second thing of the kind.
    """

    key: str
    title: str
    ask: str
    why: str
    again: str = ""
    choices: tuple[ProfileChoice, ...] = ()


def is_written(profile: Profile) -> bool:
    """Whether any of it was said."""
    return not profile.known.isdisjoint(KEYS)


def plan_words(profile: Profile) -> str:
    """The plan in one line; empty when there is none. The words of the person are in it as they were typed."""
    parts = [
        *(f"to ease: {place}" for place in profile.ease_positions),
        _DIRECTIONS[profile.ease_direction] if profile.ease_direction else "",
        f"someone to talk to: {profile.ease_person}" if profile.ease_person else "",
        f"still going on: {profile.keep_activity}" if profile.keep_activity else "",
    ]
    said = "; ".join(part for part in parts if part)
    return f"Your plan for such days: {said}." if said else ""
