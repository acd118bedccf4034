"""Several calls on one day: what stays, what may change, and what comes after a session is done (rulings
3.11).

The plan is a function of the records before today's first session; a higher pain plans again, a lower one
never loosens. After ``done`` the same session is shown; on the days of a flare-up and in the first weeks of a
spell there may be up to three short ones.
"""

from datetime import datetime
from enum import Enum, auto

from msgspec.structs import replace

from backmove.core.diary import Diary
from backmove.core.exercise import Catalog
from backmove.core.plan import Block, PlannedItem, Request
from backmove.core.record import Session
from backmove.core.zone import Mode


class Offer(Enum):
    """What ``session`` gives now."""

    PLAN = auto()
    """Today's session: planned, or planned again."""
    RELIEF = auto()
    """One more short one."""
    DONE = auto()
    """The one that was done, to look at."""


def offer(diary: Diary, today: str, *, may_repeat: bool, a_day: int) -> Offer:
    """What a call gives now. ``may_repeat``: acute stage or a flare-up; ``a_day``: how many then (B12)."""
    given = [session for session in diary.sessions if session.day == today]
    reported = {done.session for done in diary.dones}
    if not given or given[-1].id not in reported:
        return Offer.RELIEF if given and given[-1].mode == Mode.RELIEF else Offer.PLAN
    done = sum(session.id in reported for session in given)
    return Offer.RELIEF if may_repeat and done < a_day else Offer.DONE


def before_first_session(diary: Diary, today: str) -> Diary:
    """The diary as it was before today's first session, with the profile, answers and flare words of now."""
    if not any(session.day == today for session in diary.sessions):
        return diary
    return diary.once(("before-first", today), lambda: _before(diary, today))


def _before(diary: Diary, today: str) -> Diary:
    first = next(i for i, r in enumerate(diary.entries) if type(r) is Session and r.day == today)
    later = {record.id for record in diary.entries[first:]}
    return replace(
        diary,
        entries=diary.entries[:first],
        sessions=tuple(r for r in diary.sessions if r.id not in later),
        dones=tuple(r for r in diary.dones if r.id not in later),
        pains=tuple(r for r in diary.pains if r.id not in later),
        walks=tuple(r for r in diary.walks if r.id not in later),
    )


def joined(request: Request, diary: Diary, today: str) -> Request:
    """The request with what today's sessions already hold: never less pain, never a later hour, never a
    looser mode."""
    given = [session for session in diary.sessions if session.day == today]
    if not given:
        return request
    at = datetime.fromisoformat(given[0].at)
    modes = {session.mode for session in given}
    return replace(
        request,
        pain=max(request.pain, *(session.pain for session in given)),
        minute_of_day=at.hour * 60 + at.minute,
        gentle=request.gentle or Mode.GENTLE in modes,
        flare=request.flare or Mode.FLARE in modes,
    )


def recalled_items(session: Session, catalog: Catalog) -> tuple[PlannedItem, ...]:
    """The rows of a session that was given, as they were given. Rows that the library no longer has are left
    out."""
    return tuple(
        PlannedItem(
            exercise=catalog.exercises[item.exercise],
            block=Block(item.block),
            dose=item.dose,
            seconds=item.seconds,
            rung=item.rung,
            step=item.step,
            fill=item.fill,
            form="easier" if item.easier else "usual",
            rule=item.rule,
            why=item.why,
            slot=item.slot,
            note=item.note,
        )
        for item in session.items
        if item.exercise in catalog.exercises
    )
