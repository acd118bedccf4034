"""Whether somebody keeps going, for themselves alone: since when, at 30 days, 6 and 12 months, pauses and why.

No rate, no score, nothing to keep up. A pause is a fact with a reason. The moments are those that NICE asks such
products for (HTE16). Days are ISO dates.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct

from backmove.core.days import days_after, days_between
from backmove.core.diary import Diary
from backmove.core.spells import FlareSpell

PAUSE_DAYS: Final = 8
"""So many days from one session to the next are a pause: from here on the plan goes down a rung
(``data/parameters.yaml``: gap.rung)."""
MARKS: Final = (("30 days", 30), ("6 months", 182), ("12 months", 365))
"""The moments and their days after the first session."""
_NEAR: Final = 7
"""Somebody whose last session was within so many days before a moment had not stopped by then."""
_HELD: Final = frozenset({"EMERGENCY", "SAME_DAY", "CLINICIAN_FIRST"})


class Pause(Struct, frozen=True):
    """Days without a session, both ends included. ``ended`` None: it lasts. ``days``: how many of them lie in the
    period asked for. ``why``: barrier words, ``flare`` and ``check`` (the safety questions came first), in this order;
    empty: not said. ``walks``: days with a walk in it."""

    begun: str
    ended: str | None
    days: int
    why: tuple[str, ...]
    walks: int


class Mark(Struct, frozen=True):
    """A moment after the start. ``going`` None: it is still to come. ``sessions``: done up to it, or so far."""

    name: str
    day: str
    going: bool | None
    sessions: int


class Engagement(Struct, frozen=True):
    """``started``: the day of the first session done or partly done; None: there was none yet."""

    started: str | None
    last: str | None
    sessions: int
    marks: tuple[Mark, ...]


def engagement(done_days: Sequence[str], walk_days: Iterable[str], today: str) -> Engagement:
    """Since the beginning, whatever the period. ``done_days``: a day for each session done or partly done, sorted."""
    days = [day for day in done_days if day <= today]
    if not days:
        return Engagement(None, None, 0, ())
    active = max([days[-1], *(day for day in walk_days if day <= today)])
    marks = []
    for name, after in MARKS:
        day = days_after(days[0], after)
        going = None if day > today else active >= days_after(day, -_NEAR)
        marks.append(Mark(name, day, going, bisect_right(days, day)))
    return Engagement(days[0], days[-1], len(days), tuple(marks))


def pauses_of(
    diary: Diary,
    done_days: Sequence[str],
    flares: Sequence[FlareSpell],
    first_day: str,
    last_day: str,
    today: str,
) -> tuple[Pause, ...]:
    """The pauses that touch the period, oldest first. One that still lasts is counted up to today."""
    days = sorted({day for day in done_days if day <= today})
    found = [(a, b) for a, b in pairwise(days) if days_between(a, b) >= PAUSE_DAYS]
    lasts = bool(days) and days_between(days[-1], today) >= PAUSE_DAYS
    if lasts:
        found.append((days[-1], days_after(today, 1)))
    walked = sorted({walk.day for walk in diary.walks}) if found else []
    pauses = []
    for before, after in found:
        begun, ended = days_after(before, 1), days_after(after, -1)
        if ended < first_day or begun > last_day:
            continue
        within = days_between(max(begun, first_day), min(ended, last_day)) + 1
        walks = bisect_right(walked, ended) - bisect_left(walked, begun)
        still = lasts and before == days[-1]
        back = today if still else after
        pauses.append(
            Pause(begun, None if still else ended, within, _why(diary, flares, begun, ended, back), walks)
        )
    return tuple(pauses)


def _why(diary: Diary, flares: Sequence[FlareSpell], begun: str, ended: str, back: str) -> tuple[str, ...]:
    """What was said in the pause or on the day of coming back, and what lay over it."""
    words: list[str] = [b.word for b in sorted(diary.barriers, key=_place) if begun <= b.day <= back]
    if any(flare.begun <= ended and flare.ended >= begun for flare in flares):
        words.append("flare")
    before = days_after(begun, -1)
    held = any(before <= t.day <= ended and t.disposition in _HELD for t in diary.triages)
    if held:
        words.append("check")
    return tuple(dict.fromkeys(words))


def _place(record: object) -> tuple[str, str, str]:
    return record.day, record.at, record.id  # type: ignore[attr-defined]
