"""How each session was taken: ok, watch, overload, or nothing known (F4, rulings 4.1).

A pure function of the records and, for the last session, of today's pain. The numbers stand in code, because three
overloads lock (docs/decisions/0007). Pain and effort are 0-10, days ISO dates.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from backmove.core.days import days_after, days_between
from backmove.core.diary import Diary, highest_by_day
from backmove.core.record import BAD_LEGS, Done, GivenItem, Session

OVERLOAD_PEAK: Final = 6
"""More than 5 during exercise is too much. Source: the pain-monitoring model (Thomee 1997, Silbernagel 2007)."""
OK_RISE: Final = 1
"""So much more pain on the next morning (or before the next session) is no complaint. Source: the same model."""
OVERLOAD_RISE: Final = 3
SETTLE_DAYS: Final = 7
"""Without a morning value the next word before a session counts, if it comes within so many days."""


class Response(StrEnum):
    OK = "ok"
    WATCH = "watch"
    OVERLOAD = "overload"
    NONE = "none"
    """Nothing known: no up, no down, no part of a run."""


class Visit(Struct, frozen=True):
    """A session that was reported. ``done`` is what was said of it, merged; ``at_fault``: its rows that hurt."""

    session: Session
    done: Done
    response: Response
    at_fault: tuple[GivenItem, ...] = ()

    @property
    def day(self) -> str:
        return self.session.day

    @property
    def completed(self) -> bool:
        """Done or partly done (rulings 3.1)."""
        return self.done.status != "stopped"

    @property
    def leg_sign(self) -> bool:
        return self.done.leg in BAD_LEGS or self.done.reason == "leg"

    @property
    def faulty_chains(self) -> frozenset[str]:
        """The chains of the rows that hurt; a row without one stands for itself."""
        return frozenset(item.chain or item.exercise for item in self.at_fault)


class _Words(Struct, frozen=True):
    """What tells how sessions were taken: pain before sessions and on mornings, the highest of each day; and the days
    with pain before a session, in order."""

    before: Mapping[str, int]
    mornings: Mapping[str, int]
    days: Sequence[str]


def visits_of(diary: Diary, today: str, pain: int | None = None) -> tuple[Visit, ...]:
    """Every reported session in the order of the file, each with its response.

    ``pain``: today's, where it is known and not yet written down. Of several sessions on one day only the last is
    judged by what came on later days; the others by the pain before the next one.
    """
    words = diary.once("words", lambda: _words_of(diary))
    visits = diary.once("visits", lambda: _judged((), _reported(diary), words))
    if pain is None or words.before.get(today, -1) >= pain:
        return visits
    last = last_word_before(diary, today)
    first = next((n for n, visit in enumerate(visits) if last <= visit.session.day < today), len(visits))
    before = {**words.before, today: pain}
    told = replace(words, before=before, days=sorted(before))
    return _judged(visits[:first], [(visit.session, visit.done) for visit in visits[first:]], told)


def last_word_before(diary: Diary, today: str) -> str:
    """The last day before today with a session or with pain before one; empty without. Today's pain says nothing new of
    sessions before that day."""
    days = diary.once("words", lambda: _words_of(diary)).days
    place = bisect_left(days, today)
    return days[place - 1] if place else ""


def _reported(diary: Diary) -> list[tuple[Session, Done]]:
    reports = diary.reports()
    return [(session, reports[session.id]) for session in diary.sessions if session.id in reports]


def _words_of(diary: Diary) -> _Words:
    mornings = highest_by_day((said.day, said.score) for said in diary.pains if said.morning)
    return _Words(diary.before_sessions, mornings, sorted(diary.before_sessions))


def _judged(
    known: tuple[Visit, ...], sessions: Sequence[tuple[Session, Done]], words: _Words
) -> tuple[Visit, ...]:
    """``known`` visits and those of later ``sessions``. A second watch running is an overload (F4)."""
    visits = list(known)
    said = next((v.response for v in reversed(known) if v.response is not Response.NONE), Response.NONE)
    watched = said is Response.WATCH
    for number, (session, done) in enumerate(sessions):
        later = sessions[number + 1][0] if number + 1 < len(sessions) else None
        if later is not None and later.day == session.day:
            after: int | None = later.pain
            morning = None
        else:
            morning = words.mornings.get(days_after(session.day, 1)) if words.mornings else None
            after = _next_word(session.day, words)
        response = _response(session, done, morning, after)
        if response is Response.WATCH and watched:
            response = Response.OVERLOAD
        if response is not Response.NONE:
            watched = response is Response.WATCH
        hurt = [row.exercise for row in done.rows if row.hurt] if done.rows else ()
        at_fault = tuple(item for item in session.items if item.exercise in hurt) if hurt else ()
        visits.append(Visit(session, done, response, at_fault))
    return tuple(visits)


def _response(session: Session, done: Done, morning: int | None, after: int | None) -> Response:
    """The first row of F4 that fits; a second watch running is not seen here.

    ``morning``: pain on the next morning; ``after``: pain before the next session, if it came soon enough.
    """
    if too_much(done):
        return Response.OVERLOAD
    if morning is not None and morning - session.pain >= OVERLOAD_RISE:
        return Response.OVERLOAD
    settled = after if morning is None else morning
    if done.soreness or (settled is not None and settled - session.pain > OK_RISE):
        return Response.WATCH
    return Response.NONE if settled is None else Response.OK


def too_much(done: Done) -> bool:
    """What makes a session an overload by its report alone."""
    stopped = done.status == "stopped" and done.reason in ("pain", "leg")
    return stopped or (done.peak or 0) >= OVERLOAD_PEAK or done.leg in BAD_LEGS


def _next_word(day: str, words: _Words) -> int | None:
    """Pain before the next session, if that came within a week."""
    later = bisect_right(words.days, day)
    if later < len(words.days) and days_between(day, words.days[later]) <= SETTLE_DAYS:
        return words.before[words.days[later]]
    return None
