"""Staying well: since when a person has recovered, and what is asked in which week after that (R-N).

Pure functions of the records. Days are ISO dates, pain is 0-10. Sources of the numbers: parameters.yaml.
"""

from collections.abc import Collection, Iterable
from typing import Final

from backmove.core.days import days_after, days_between
from backmove.core.diary import Diary
from backmove.core.parameters import Parameters
from backmove.core.record import Checkin

_BEST: Final = 10
"""How well an own activity goes: 10 is as before, so a low figure says what a high one says elsewhere."""
_RECENT: Final = 16
"""So many sessions are asked first whether there was pain of late. Any number gives the same answer."""


def recovered_on(diary: Diary, today: str, parameters: Parameters) -> str | None:
    """The day on which four weeks of hardly any pain were full, with a word about it at least weekly and nothing
    held back by pain (N1); None when that does not hold today. Today's own words do not count yet.

    A weekly look back is a word about pain, too. More pain, a gap in the words or a limited activity starts the
    four weeks again, however long it was good before (E7).
    """
    return diary.once(("recovered", today), lambda: _recovered_on(diary, today, parameters), parameters)


def _recovered_on(diary: Diary, today: str, parameters: Parameters) -> str | None:
    figures = parameters.stage
    too_late = days_after(today, -figures.recovered_days.value)
    if any(
        too_late <= s.day < today and s.pain > figures.recovered_pain_max.value
        for s in diary.sessions[-_RECENT:]
    ):
        return None  # most people on most days: no need to look at years of words
    scores = _scores(diary, today)
    sore = {day for day, score in scores.items() if score > figures.recovered_pain_max.value}
    held_back = {c.day for c in diary.checkins if c.day < today and limited(c, parameters)}
    good = _last_run(sorted({*scores, *held_back}), sore | held_back, figures.recovered_gap_max.value)
    if not good or days_between(good[-1], today) > figures.recovered_gap_max.value:
        return None
    full = days_after(good[0], figures.recovered_days.value)
    return full if full <= today else None


def limited(checkin: Checkin, parameters: Parameters) -> bool:
    """Whether pain got much in the way: of daily life as a whole, or of one of the person's own activities."""
    poor = parameters.checkin.poor.value
    return (checkin.activity or 0) >= poor or any(
        score <= _BEST - poor for score in checkin.activities.values()
    )


def maintained_since(diary: Diary, today: str, start: str | None, parameters: Parameters) -> str | None:
    """The day on which staying well became the task: recovered, and the spell is old enough. None: it has not.

    ``start``: the day on which the spell began.
    """
    full = recovered_on(diary, today, parameters)
    if full is None or start is None:
        return None
    old_enough = days_after(start, parameters.stage.subacute_days.value + 1)
    return max(full, old_enough) if old_enough <= today else None


def week_due(weeks: Iterable[int], since: str, today: str, given: Collection[str]) -> int | None:
    """The week whose turn it is: the last of ``weeks`` that has begun, if no session was given in or after it.

    ``since``: the day week 0 began; ``given``: the days of sessions before today. So each comes once, with the
    first session from that week on.
    """
    begun = [week for week in weeks if days_after(since, 7 * week) <= today]
    if not begun:
        return None
    week = max(begun)
    return week if all(day < days_after(since, 7 * week) for day in given) else None


def _scores(diary: Diary, today: str) -> dict[str, int]:
    """The highest pain said on each day before today, mornings and weekly averages included."""
    words = [(p.day, p.score) for p in diary.pains] + [(s.day, s.pain) for s in diary.sessions]
    words += [(c.day, c.pain) for c in diary.checkins if c.pain is not None]
    highest: dict[str, int] = {}
    for day, score in words:
        if day < today:
            highest[day] = max(score, highest.get(day, 0))
    return highest


def _last_run(days: Iterable[str], bad: Collection[str], gap: int) -> list[str]:
    """The days since the last bad one, or since the last gap of more than ``gap`` days. ``days`` in order."""
    run: list[str] = []
    for day in days:
        if day in bad:
            run = []
        elif run and days_between(run[-1], day) > gap:
            run = [day]
        else:
            run.append(day)
    return run
