"""Pain that went further down a leg: on which day, and which way of moving is to be held responsible (R-J3, A8).

Reads records only and needs no library, because the gate asks, too. Where nothing names a way, more than one is held
responsible: the stricter reading. What was taken back late still counts, with no way named.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple

from backmove.core.diary import Diary
from backmove.core.record import BAD_LEGS, Direction, Done, Session


class Way(StrEnum):
    """A way of moving the spine, in the library's words."""

    FLEXION = "flexion"
    """Bending forward."""
    EXTENSION = "extension"
    """Arching back."""

    @property
    def opposite(self) -> "Way":
        return Way.EXTENSION if self is Way.FLEXION else Way.FLEXION


BOTH: Final = frozenset(Way)


class FurtherDay(NamedTuple):
    """A day on which pain went further down a leg, and the ways of moving that may have done it."""

    day: str
    ways: frozenset[Way]


def further_days(diary: Diary) -> tuple[FurtherDay, ...]:
    """Days since the last full triage with the word "further", in order, for A8.

    A report names the ways of its rows that hurt. No such row, one that bends both ways or neither, or a plain pain
    entry names both. A day stands once, as one event told more than once is still one; but twice, with a way each, when
    one thing sent pain down by bending and another by arching.
    """
    days = {day for day, leg in diary.fresh_legs if leg == "further"}
    named: dict[str, set[frozenset[Way]]] = {}
    for event in (*_reported(diary, ("further",), unnamed=False), *_tried(diary, ("further",))):
        named.setdefault(event.day, set()).add(event.ways)
    for day in {pain.day for pain in (*diary.heard, *diary.pains) if pain.leg == "further"}:
        named.setdefault(day, set()).add(BOTH)
    return tuple(event for day in sorted(days) for event in _apart(day, named.get(day, {BOTH})))


def _apart(day: str, told: set[frozenset[Way]]) -> list[FurtherDay]:
    single = [FurtherDay(day, frozenset({way})) for way in Way if frozenset({way}) in told]
    return single if len(single) > 1 else [FurtherDay(day, frozenset().union(*told))]


def sent_down(diary: Diary) -> tuple[FurtherDay, ...]:
    """Every time a way of moving sent pain down a leg, or left it weak or numb, for J3.

    As ``further_days``, of the whole diary; but a report without a row that hurt names the ways that the rows of its
    session moved in, and a session that was stopped for the leg counts, too.
    """
    return diary.once("sent-down", lambda: _sent_down(diary))


def _sent_down(diary: Diary) -> tuple[FurtherDay, ...]:
    events = [*_reported(diary, BAD_LEGS, unnamed=True), *_tried(diary, BAD_LEGS)]
    events += [FurtherDay(pain.day, BOTH) for pain in (*diary.heard, *diary.pains) if pain.leg in BAD_LEGS]
    told = {event.day for event in events}
    events += [FurtherDay(day, BOTH) for day, leg in diary.fresh_legs if leg in BAD_LEGS and day not in told]
    return tuple(sorted(set(events), key=lambda event: (event.day, sorted(event.ways))))


def rows_sent_down(diary: Diary, since: str) -> frozenset[str]:
    """The chains (or rows without one) that hurt in a session on that day or later that sent pain down a leg."""
    about = {d.session for d in diary.dones if d.leg in BAD_LEGS or d.reason == "leg"}
    given = {
        session.id: session for session in diary.sessions if session.id in about and session.day >= since
    }
    return frozenset(
        item.chain or item.exercise
        for name, done in diary.reports(given).items()
        for item in given[name].items
        if any(row.hurt and row.exercise == item.exercise for row in done.rows)
    )


def blamed(done: Done, session: Session | None) -> frozenset[Way]:
    """The ways of the rows that hurt in a session; of all its rows when none was named; both when none of them
    bends."""
    hurt = {row.exercise for row in done.rows if row.hurt}
    items = session.items if session else ()
    if hurt:
        return _ways(item.bends for item in items if item.exercise in hurt)
    return frozenset(Way(item.bends) for item in items if item.bends) or BOTH


def _reported(diary: Diary, legs: tuple[str, ...], *, unnamed: bool) -> list[FurtherDay]:
    """Reports with such a word. ``unnamed``: without a row that hurt the session's own ways are named, not both;
    and stopping for the leg counts."""
    about = {done.session for done in diary.dones if done.leg in legs or (unnamed and done.reason == "leg")}
    if not about:
        return []
    given = {session.id: session for session in diary.sessions if session.id in about}
    events = []
    for done in diary.reports(about).values():
        named = unnamed or any(row.hurt for row in done.rows)
        events.append(FurtherDay(done.day, blamed(done, given.get(done.session)) if named else BOTH))
    return events


def _tried(diary: Diary, legs: tuple[str, ...]) -> list[FurtherDay]:
    """What the self-test found; it names its way."""
    return [
        FurtherDay(test.day, frozenset({way}))
        for test in diary.directions
        for way in Way
        if way in tested(test, legs)
    ]


def tested(test: Direction, legs: tuple[str, ...] = BAD_LEGS) -> frozenset[Way]:
    """The ways of a self-test that sent pain down the leg."""
    said = ((Way.FLEXION, test.bending_leg), (Way.EXTENSION, test.arching_leg))
    return frozenset(way for way, leg in said if leg in legs)


def _ways(bends: Iterable[str | None]) -> frozenset[Way]:
    """The ways named; both as soon as one row bends both ways or neither."""
    said = set(bends)
    return BOTH if None in said or not said else frozenset(Way(word) for word in said if word)
