"""The exercises of a person for a consultation: what is done now, at what dose, and when it was done last."""

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from backmove.core.days import days_between
from backmove.core.diary import Diary
from backmove.core.exercise import Catalog
from backmove.core.record import Done, GivenDose, GivenItem, Session

CURRENT_DAYS: Final = 14
"""A main row that was done so many days before the last session, or later, is part of what is done now."""
MOST_ROWS: Final = 8
"""More would not fit the page; how many there are is told."""
_MAIN: Final = "main"


class Current(Struct, frozen=True):
    """One exercise of the main part. ``dose``: as it was given last; ``easier``: its easier form was done then.
    ``effort``: of that row, else of that session, 0-10. ``times``: sessions of the period in which it was done;
    ``hurt``: in how many of all it hurt."""

    exercise: str
    name: str
    dose: GivenDose
    easier: bool
    effort: int | None
    last_done: str
    times: int
    hurt: int


class Exercises(Struct, frozen=True):
    """``rows``: the newest first, at most ``MOST_ROWS``; ``more``: how many others there are. ``around``: names of the
    warm-up and settle rows of the last session."""

    rows: tuple[Current, ...] = ()
    more: int = 0
    around: tuple[str, ...] = ()


class _Once(Struct, frozen=True):
    """A main row that was done once."""

    session: Session
    report: Done
    item: GivenItem


def exercises_of(diary: Diary, catalog: Catalog, first_day: str, last_day: str) -> Exercises:
    """What is done now, as it stood on the last day of the period; nothing when no session was done in it."""
    reports = diary.reports()
    given = [s for s in diary.sessions if s.id in reports and first_day <= s.day <= last_day]
    done = [s for s in given if reports[s.id].status != "stopped"]
    if not done:
        return Exercises()
    last = max(done, key=lambda session: session.day)
    rows: dict[str, list[_Once]] = {}
    for session in sorted(done, key=lambda session: session.day):
        for item in _completed(session, reports[session.id]):
            if item.block == _MAIN:
                rows.setdefault(item.exercise, []).append(_Once(session, reports[session.id], item))
    hurt = [row.exercise for s in given for row in reports[s.id].rows if row.hurt]
    now = [
        _current(times, catalog, hurt)
        for times in rows.values()
        if days_between(times[-1].session.day, last.day) < CURRENT_DAYS
    ]
    now.sort(key=lambda row: row.last_done, reverse=True)
    ends = [item.exercise for item in _completed(last, reports[last.id]) if item.block != _MAIN]
    around = tuple(name_of(exercise, catalog) for exercise in dict.fromkeys(ends))
    return Exercises(tuple(now[:MOST_ROWS]), max(0, len(now) - MOST_ROWS), around)


def name_of(exercise: str, catalog: Catalog) -> str:
    """Its name; the id of a row that the library no longer has."""
    row = catalog.exercises.get(exercise)
    return row.name if row else exercise


def _completed(session: Session, report: Done) -> Iterable[GivenItem]:
    skipped = {row.exercise for row in report.rows if row.status == "skipped"}
    return [item for item in session.items if item.exercise not in skipped]


def _current(times: list[_Once], catalog: Catalog, hurt: list[str]) -> Current:
    last = times[-1]
    told = next((row for row in last.report.rows if row.exercise == last.item.exercise), None)
    effort = told.effort if told and told.effort is not None else last.report.effort
    return Current(
        exercise=last.item.exercise,
        name=name_of(last.item.exercise, catalog),
        dose=last.item.dose,
        easier=last.item.easier or (told is not None and told.status == "easier"),
        effort=effort,
        last_done=last.session.day,
        times=len(times),
        hurt=hurt.count(last.item.exercise),
    )
