"""Whole weeks of what was noted: minutes walked, and days with strengthening exercises.

Weeks run from Monday to Sunday, by the days as stored. A week counts when it is over and lies wholly within the days
asked for; one without a note says nothing and is not there. Only what was told counts: a person may have done more.
"""

from collections.abc import Collection, Iterable

from msgspec import Struct

from backmove.core.days import days_after, monday_of
from backmove.core.diary import Diary
from backmove.core.record import Done, Session, Walk
from backmove.core.selection import Selection


class WeekNoted(Struct, frozen=True):
    """``walks`` are the ids of the entries behind ``walked_min``, ``reports`` those behind ``strength_days``."""

    monday: str
    sunday: str
    walked_min: int
    walks: tuple[str, ...]
    strength_days: int
    reports: tuple[str, ...]


def weeks_noted(
    diary: Diary, days: Selection, today: str, strengthening: Collection[str]
) -> tuple[WeekNoted, ...]:
    """The weeks in order. ``strengthening``: ids of the exercises that count as such."""
    walks: dict[str, list[Walk]] = {}
    for walk in diary.walks:
        walks.setdefault(monday_of(walk.day), []).append(walk)
    strong: dict[str, list[tuple[str, str]]] = {}
    for day, report in _strong_days(diary, strengthening):
        strong.setdefault(monday_of(day), []).append((day, report))
    return tuple(
        WeekNoted(
            monday,
            days_after(monday, 6),
            walked_min=sum(walk.minutes for walk in walks.get(monday, ())),
            walks=tuple(walk.id for walk in walks.get(monday, ())),
            strength_days=len({day for day, _ in strong.get(monday, ())}),
            reports=tuple(report for _, report in strong.get(monday, ())),
        )
        for monday in sorted({*walks, *strong})
        if _is_whole(monday, days_after(monday, 6), days, today)
    )


def _is_whole(monday: str, sunday: str, days: Selection, today: str) -> bool:
    since = days.since.isoformat() if days.since else ""
    until = days.until.isoformat() if days.until else "9999-12-31"
    return since <= monday and sunday <= until and sunday < today


def _strong_days(diary: Diary, strengthening: Collection[str]) -> list[tuple[str, str]]:
    """Days of the sessions with such an exercise done, and the ids of their reports."""
    sessions = {session.id: session for session in diary.sessions}
    found = []
    for report in diary.dones:
        session = sessions.get(report.session)
        if session is not None and not set(_exercises_done(report, session)).isdisjoint(strengthening):
            found.append((session.day, report.id))
    return found


def _exercises_done(report: Done, session: Session) -> Iterable[str]:
    """What was done, if it was told row by row; else all of a session that was done to its end."""
    if report.rows:
        return [row.exercise for row in report.rows if row.status != "skipped"]
    return [item.exercise for item in session.items] if report.status == "done" else []
