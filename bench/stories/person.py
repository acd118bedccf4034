"""What a story's person is like, and what they do on which day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

CHECK: Final[Mapping[str, str]] = {
    "between your legs": "n",
    "weakness, numbness": "n",
    "Do you feel ill": "n",
    "fall or crash": "n",
    "much worse than your normal": "n",
}
"""Five times no."""


def looking_back(own: int, pain: int, joy: int, held: int, sure: int, sleep: int) -> dict[str, str]:
    """The numbers of a weekly check-in: the own activity, then the five questions in their order."""
    return {
        "How well did this go": str(own),
        "pain on average": str(pain),
        "spoil the things you enjoy": str(joy),
        "keep you from what": str(held),
        "how sure are you": str(sure),
        "How well did you sleep": str(sleep),
    }


@dataclass(frozen=True)
class Day:
    """One day that is not like the others; days count from 0.

    ``why``: a line of the story. ``before`` and ``after``: commands typed before and after the session, without
    ``backmove``. ``pain``: in place of the plan's. ``away``: nothing is typed. ``done``: options after ``done`` in
    place of the two taps. ``felt``: the second tap. ``whole``: show everything that was printed. ``replies``: answers
    in place of the usual ones. ``answers``: what differs in the safety questions from this day on.
    """

    why: str = ""
    before: tuple[tuple[str, ...], ...] = ()
    after: tuple[tuple[str, ...], ...] = ()
    pain: int | None = None
    away: bool = False
    done: tuple[str, ...] | None = None
    felt: str | None = None
    whole: bool = False
    replies: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Person:
    """Somebody with six weeks before them.

    ``answers``: what differs from a clean run of the safety questions. ``setup``: commands before the first session.
    ``replies``: patterns of questions and what is typed, in this order. ``pains``: pain of each day. ``felt``: the
    second tap on most days. ``feared``: how bad the feared move was thought to be and was found, time after time.
    ``at``: the hour of the session. ``walks``: the days of the week with a walk (0 Monday).
    """

    name: str
    title: str
    intro: str
    pains: tuple[int, ...]
    replies: Mapping[str, str]
    answers: Mapping[str, Any] = field(default_factory=dict)
    setup: tuple[tuple[str, ...], ...] = ()
    days: Mapping[int, Day] = field(default_factory=dict)
    felt: str = "right"
    feared: tuple[tuple[int, int], ...] = ((5, 2),)
    at: str = "18:10"
    walks: tuple[int, ...] = (0, 2, 4, 6)
    seed: int = 1

    def day(self, number: int) -> Day:
        return self.days.get(number, Day())

    def pain(self, number: int) -> int:
        told = self.day(number).pain
        return self.pains[number] if told is None else told
