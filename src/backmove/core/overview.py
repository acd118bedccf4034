"""The day at a glance: what stands, what was done lately, and the one next thing to type."""

from typing import Final

from msgspec import Struct

from backmove.core.checkin import is_day_for_it, is_due
from backmove.core.clearance import Standing
from backmove.core.days import days_after, monday_of
from backmove.core.diary import Diary
from backmove.core.notice import Notice
from backmove.core.parameters import Parameters
from backmove.core.record import Done, Session
from backmove.core.reminder import reminder
from backmove.core.reporting import next_day
from backmove.core.walking_today import DaysWalk, walk_today

LATELY_DAYS: Final = 7
_NO_WALK: Final = ("EMERGENCY", "SAME_DAY")
"""With these results nobody is sent for a walk (rulings 3.15)."""


class Overview(Struct, frozen=True):
    """What ``backmove`` alone says. Days are ISO dates; ``next_on`` is the day for the next session, None:
    today.

    ``sessions_lately`` and ``last_done`` count sessions done or partly done. ``walk``: what today asks for; None before
    the first session and while none may be named. ``walked`` is (minutes, days) since Monday.
    ``checkin``: it is time to look back on the week.
    ``reminder``: what kind of session comes next, on a day that is not an ordinary one.
    """

    today: str
    first_run: bool
    standing: Standing
    session: Session | None
    report: Done | None
    sessions_lately: int
    last_done: str | None
    walked: tuple[int, int]
    walk: DaysWalk | None
    next_command: str
    next_on: str | None
    reminder: Notice | None
    checkin: bool


def overview(diary: Diary, held: Standing, today: str, parameters: Parameters | None = None) -> Overview:
    """The day at a glance, from the records alone. Without ``parameters`` it reminds of nothing, nor of a walk."""
    session = diary.session_on(today)
    report = diary.done_of(session.id) if session else None
    done = sorted({d.session: d.day for d in diary.dones if d.status != "stopped"}.values())
    walks = [w for w in diary.walks if monday_of(today) <= w.day <= today]
    may_walk = held.disposition not in _NO_WALK
    return Overview(
        today=today,
        first_run=not diary.triages,
        standing=held,
        session=session,
        report=report,
        sessions_lately=sum(days_after(today, -LATELY_DAYS) < day <= today for day in done),
        last_done=done[-1] if done else None,
        walked=(sum(w.minutes for w in walks), len({w.day for w in walks})) if may_walk else (0, 0),
        walk=walk_today(diary, held, today, parameters) if parameters else None,
        next_command="backmove session" if held.open else "backmove triage",
        next_on=_next_on(diary, today) if held.open else None,
        reminder=reminder(diary, today, parameters) if held.open and parameters else None,
        checkin=held.open
        and parameters is not None
        and is_day_for_it(diary, today)
        and is_due(diary, today, parameters.checkin),
    )


def _next_on(diary: Diary, today: str) -> str | None:
    """The day for the next session when it is not today."""
    day = next_day(diary)
    return day if day and day > today else None
