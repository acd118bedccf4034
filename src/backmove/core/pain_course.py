"""Pain over a period: one figure for a day, a week or a longer stretch, and whether it changed by more than noise.

- A day's pain is the highest that was said on it: pain entries, sessions, checks, refusals and safety questions
  (rulings 3.1). Morning pain is apart.
- A stretch's pain is the median of its days. Of two middle days the higher one counts, so every figure is a whole
  number that was really said, and nothing looks better than it was.
- A week in which no day has a word takes what the weekly look back said it was on average.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from msgspec import Struct

from backmove.core.days import days_between, monday_of
from backmove.core.diary import Diary
from backmove.core.record import Pain

REAL_CHANGE: Final = 2
"""Points of a 0-10 scale; less than this is noise. Source: Ostelo 2008. ``data/parameters.yaml`` says the same
(notice.real_change). The other half of that source, 30 per cent, is not used here: of 3 it is less than one point,
and one point is the smallest step that a person can take."""
_ENDS_SHARE: Final = 4
_ENDS_MOST: Final = 4
"""A change is told between the first and the last quarter of the figures, at most four of each."""


class Grain(StrEnum):
    """How long the stretch of one figure is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Shift(StrEnum):
    """How the end of a period compares with its beginning."""

    LESS = "less"
    SAME = "same"
    MORE = "more"


class PainPoint(Struct, frozen=True):
    """One stretch: its first day (of a week, its Monday), the pain (None: nothing was said), and on how many days
    something was said. ``days`` 0 with a figure: the weekly look back said it."""

    first_day: str
    pain: int | None
    days: int = 0


class PainChange(Struct, frozen=True):
    """The figures of a period in one line. ``first`` and ``last``: the median of the first and last ``ends`` figures;
    ``told`` of ``stretches`` have a figure, between ``low`` and ``high``; ``shift`` None: too few to compare."""

    median: int
    low: int
    high: int
    told: int
    stretches: int
    first: int
    last: int
    ends: int
    shift: Shift | None


def middle(scores: Sequence[int]) -> int:
    """The median; of two middle scores the higher. ``scores``: at least one."""
    return sorted(scores)[len(scores) // 2]


def daily_pain(diary: Diary, pains: Iterable[Pain], first_day: str, last_day: str) -> dict[str, int]:
    """The highest pain said on each day of the period, in the order of the days. ``pains``: those of the period."""
    highest: dict[str, int] = {}
    for pain in pains:
        if not pain.morning and pain.score > highest.get(pain.day, -1):
            highest[pain.day] = pain.score
    for day, score in _other_words(diary):
        if first_day <= day <= last_day and score is not None and score > highest.get(day, -1):
            highest[day] = score
    return dict(sorted(highest.items()))


def _other_words(diary: Diary) -> Iterable[tuple[str, int | None]]:
    yield from ((s.day, s.pain) for s in diary.sessions)
    yield from ((c.day, c.pain) for c in diary.checks)
    yield from ((r.day, r.pain) for r in diary.refusals)
    yield from ((t.day, t.pain_now) for t in diary.triages)


def points(
    daily: Mapping[str, int], said: Mapping[str, int], first_day: str, last_day: str, grain: Grain
) -> tuple[PainPoint, ...]:
    """A figure for each stretch from the first day to the last, both included, without a hole.

    ``said``: what a look back said of its week, by day; it counts where a stretch has no day with a word.
    """
    by_stretch: dict[str, list[int]] = {}
    for day, score in daily.items():
        by_stretch.setdefault(start_of(day, grain), []).append(score)
    looked_back: dict[str, list[int]] = {}
    if grain is not Grain.DAY:
        for day, score in said.items():
            looked_back.setdefault(start_of(day, grain), []).append(score)
    found = []
    for start in _starts(first_day, last_day, grain):
        scores = by_stretch.get(start, [])
        told = scores or looked_back.get(start, [])
        found.append(PainPoint(start, middle(told) if told else None, len(scores)))
    return tuple(found)


def change_of(figures: Sequence[PainPoint], real_change: int = REAL_CHANGE) -> PainChange | None:
    """What the figures say together; None when there is none."""
    told = [point.pain for point in figures if point.pain is not None]
    if not told:
        return None
    ends = min(_ENDS_MOST, max(1, len(told) // _ENDS_SHARE))
    first, last = middle(told[:ends]), middle(told[-ends:])
    shift = None if len(told) < 2 else shift_of(last - first, real_change)
    return PainChange(middle(told), min(told), max(told), len(told), len(figures), first, last, ends, shift)


def shift_of(difference: int, real_change: int = REAL_CHANGE) -> Shift:
    """A difference in words that say no more than it does."""
    if difference >= real_change:
        return Shift.MORE
    return Shift.LESS if difference <= -real_change else Shift.SAME


def start_of(day: str, grain: Grain) -> str:
    """The first day of the stretch that a day belongs to."""
    if grain is Grain.DAY:
        return day
    if grain is Grain.WEEK:
        return monday_of(day)
    year, month = day[:4], int(day[5:7])
    if grain is Grain.YEAR:
        return f"{year}-01-01"
    return f"{year}-{month if grain is Grain.MONTH else month - (month - 1) % 3:02d}-01"


def stretches(first_day: str, last_day: str, grain: Grain) -> int:
    """How many stretches a period touches."""
    if grain is Grain.DAY:
        return days_between(first_day, last_day) + 1
    if grain is Grain.WEEK:
        return days_between(monday_of(first_day), monday_of(last_day)) // 7 + 1
    first, last = start_of(first_day, grain), start_of(last_day, grain)
    months = 12 * (int(last[:4]) - int(first[:4])) + int(last[5:7]) - int(first[5:7])
    return months // {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}[grain] + 1


def _starts(first_day: str, last_day: str, grain: Grain) -> list[str]:
    count = stretches(first_day, last_day, grain)
    first = start_of(first_day, grain)
    if grain in (Grain.DAY, Grain.WEEK):
        begin, step = date.fromisoformat(first), 1 if grain is Grain.DAY else 7
        return [(begin + timedelta(days=step * number)).isoformat() for number in range(count)]
    step = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}[grain]
    months = 12 * int(first[:4]) + int(first[5:7]) - 1
    return [f"{m // 12:04d}-{m % 12 + 1:02d}-01" for m in range(months, months + count * step, step)]
