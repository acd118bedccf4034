"""What a guided session leaves in the diary: how far it came, and its report.

A ``guide`` record is written when a row ends and when the guide is left; the last one of a session holds. Between two
of them a small file that can be thrown away (``Kept``) knows the second.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from backmove.core.diary import Diary
from backmove.core.guide_state import HowFar
from backmove.core.record import Done, DoneRow, Guided, Leg, Session, StopReason
from backmove.core.reporting import Status


class Kept(msgspec.Struct, frozen=True):
    """The small file: ``marks`` is how many ``guide`` records of the session the journal had when it was written."""

    session: str
    marks: int
    row: int
    seconds: float
    rows: tuple[DoneRow, ...]
    easier: bool
    hurt: bool


def kept(session: str, marks: int, far: HowFar) -> Kept:
    """How far one has come, for the small file."""
    return Kept(session, marks, far.row, far.seconds, far.rows, far.easier, far.hurt)


def guided_of(session: str, far: HowFar, stamp: Mapping[str, Any]) -> Guided:
    """How far one has come, for the journal."""
    return Guided(
        **stamp,
        session=session,
        row=far.row,
        seconds=far.seconds,
        rows=far.rows,
        easier=far.easier,
        hurt=far.hurt,
    )


def marks_of(diary: Diary, session: str) -> tuple[Guided, ...]:
    """The ``guide`` records of a session."""
    return tuple(r for r in diary.entries if isinstance(r, Guided) and r.session == session)


def known_exercises(diary: Diary) -> frozenset[str]:
    """Exercises that the person has done before, in any form."""
    reports = [row for done in diary.dones for row in done.rows]
    reports += [row for r in diary.entries if isinstance(r, Guided) for row in r.rows]
    return frozenset(row.exercise for row in reports if row.status != "skipped")


def left_at(diary: Diary, session: Session, file: Kept | None, ready_s: float = 0.0) -> HowFar | None:
    """Where a session was left that is not reported; None when it was not begun in the guide, or is reported.

    The small file counts when it was written after the journal's last word, and that word stands. ``ready_s``: so many
    seconds into the first row nothing has begun yet.
    """
    if diary.done_of(session.id) is not None:
        return None
    marks = marks_of(diary, session.id)
    fresh = file is not None and file.session == session.id and file.marks == len(marks)
    last = file if fresh else marks[-1] if marks else None
    if last is None or last.row > len(session.items):
        return None
    far = HowFar(last.row, last.seconds, last.rows, easier=last.easier, hurt=last.hurt)
    return None if far == HowFar(0, far.seconds) and far.seconds <= ready_s else far


def report(
    session: Session,
    far: HowFar,
    status: Status,
    stamp: Mapping[str, Any],
    *,
    reason: StopReason | None = None,
    effort: int | None = None,
    peak: int | None = None,
    leg: Leg | None = None,
    soreness: bool = False,
    found: int | None = None,
    hurt: str = "",
) -> Done:
    """The report of a guided session. Rows that were not reached were not done, so they are told as left out; the one
    in which it was stopped is not, as nothing is known of it but that it was tried (unless it hurt). ``hurt``: the
    exercise that was named as the one that hurt."""
    return Done(
        **stamp,
        session=session.id,
        status=status,
        reason=reason,
        effort=effort,
        peak=peak,
        leg=leg,
        soreness=soreness,
        found=found,
        rows=tuple(
            msgspec.structs.replace(row, hurt=row.hurt or row.exercise == hurt)
            for row in _rows(session, far, stopped=status == "stopped" and _name_at(session, far) != hurt)
        ),
    )


def _rows(session: Session, far: HowFar, *, stopped: bool) -> tuple[DoneRow, ...]:
    over = {row.exercise: row for row in far.rows}
    ids = list(dict.fromkeys(item.exercise for item in session.items))
    here = _name_at(session, far)
    tried = stopped and far.seconds > 0 and not far.hurt
    return tuple(
        over.get(one, DoneRow(one, status="skipped", hurt=far.hurt and one == here))
        for one in ids
        if one in over or one != here or not tried
    )


def _name_at(session: Session, far: HowFar) -> str:
    """The exercise where one stands; none when all rows are over."""
    return session.items[far.row].exercise if far.row < len(session.items) else ""


def broken_off(diary: Diary, but: Session | None) -> Sequence[tuple[Session, Guided]]:
    """Sessions that were begun in the guide and never reported, with how far they came; ``but`` may still go on."""
    begun: dict[str, list[Guided]] = {}
    for record in diary.entries:
        if isinstance(record, Guided):
            begun.setdefault(record.session, []).append(record)
    found = []
    for session in diary.sessions:
        marks = begun.get(session.id)
        if marks and session != but and diary.done_of(session.id) is None and _did_something(marks[-1]):
            found.append((session, marks[-1]))
    return found


def partly(session: Session, last: Guided, stamp: Mapping[str, Any]) -> Done:
    """The report of a session that was broken off and not gone on with: what was done counts, nothing else is known."""
    far = HowFar(last.row, last.seconds, last.rows, easier=last.easier, hurt=last.hurt)
    return report(session, far, "partly", stamp)


def _did_something(last: Guided) -> bool:
    return last.hurt or any(row.status != "skipped" or row.hurt for row in last.rows)
