"""What hurt, for a consultation: sessions that were too much, words about a leg, strong pain."""

from typing import Final, Literal

from msgspec import Struct

from backmove.core.diary import Diary
from backmove.core.record import BAD_LEGS, Leg, StopReason
from backmove.core.response import OVERLOAD_PEAK
from backmove.core.triggers import ASK_FIRST_PAIN

PAINFUL: Final = frozenset({"pain-too-high", "three-overloads", "steady-worsening", "leg-further"})
"""Reasons of pain for which no session was given (interface 3); the others tell of questions that were due."""


class Hurt(Struct, frozen=True):
    """Something that hurt on a day. ``source``: a session, a pain entry, or a session that was not given. ``rows``: ids
    of the exercises that hurt; ``score``: the most pain said (0-10), when that is why it stands here; ``stopped``: why
    a session was stopped; ``refused``: the code of the reason why none was given.
    """

    day: str
    source: Literal["session", "entry", "refusal"]
    rows: tuple[str, ...] = ()
    score: int | None = None
    leg: Leg | None = None
    stopped: StopReason | None = None
    refused: str | None = None


def hurts_of(diary: Diary, first_day: str, last_day: str) -> tuple[Hurt, ...]:
    """What hurt in the period, newest first. An entry that was taken back late still counts, as it does for the locks
    (rulings 2.3)."""
    found = []
    for session in diary.reports().values():
        if not first_day <= session.day <= last_day:
            continue
        hurt = Hurt(
            session.day,
            "session",
            rows=tuple(row.exercise for row in session.rows if row.hurt),
            score=session.peak if (session.peak or 0) >= OVERLOAD_PEAK else None,
            leg=session.leg if session.leg in BAD_LEGS else None,
            stopped=session.reason if session.status == "stopped" else None,
        )
        found.append(hurt)
    for pain in diary.alarms:
        if first_day <= pain.day <= last_day:
            score = pain.score if pain.score >= ASK_FIRST_PAIN else None
            leg = pain.leg if pain.leg in BAD_LEGS else None
            found.append(Hurt(pain.day, "entry", score=score, leg=leg))
    found += [
        Hurt(day, "refusal", refused=code)
        for day, code in dict.fromkeys((r.day, r.code) for r in diary.refusals)
        if first_day <= day <= last_day and code in PAINFUL
    ]
    told = [h for h in found if h.rows or h.score is not None or h.leg or h.stopped or h.refused]
    return tuple(sorted(told, key=lambda hurt: hurt.day, reverse=True))
