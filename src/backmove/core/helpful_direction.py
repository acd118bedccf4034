"""The way of moving that helps, and the way that rests for a while (R-J).

A pure function of the records. Precautions are apart and are never lifted here (rulings 3.14). How a way that sent
pain down the leg comes back (J3, J5):

- for ``blocked_days`` nothing moves that way, mid or end range, and the ladder of the row that did it rests, too;
- until ``reopen_days`` in a row had no red day it comes back in its easiest form only, without its end range;
- then with its end range, still in its easiest form, until a session with such a row was done and nothing went down
  the leg; then it is free.

The opposite of a way that helps (J2, J5, J6): on amber and red days without its end range. In the first twelve weeks on
green days, too, until ``reopen_days`` in a row had no red day; then in its easiest form until such a row was done.
"""

from itertools import pairwise
from typing import Final

from msgspec import Struct

from backmove.core.days import days_after, days_between
from backmove.core.diary import Diary
from backmove.core.exercise import Direction as SpineDirection
from backmove.core.exercise import Exercise, Feature, SpineRange, Stage
from backmove.core.further import BOTH, FurtherDay, Way, rows_sent_down, sent_down
from backmove.core.parameters import Parameters
from backmove.core.record import BAD_LEGS, Direction
from backmove.core.zone import Zone, episode_start, stage_of

__all__ = ["NO_WAYS", "Way", "Ways", "easier_pain", "forbidden_by", "opened_by", "ways_moved", "ways_of"]

_END: Final = {Way.FLEXION: Feature.FLEX_END, Way.EXTENSION: Feature.EXT_END}
_ANY: Final = {
    Way.FLEXION: frozenset({Feature.FLEX_MID, Feature.FLEX_END, Feature.FLEX_LOAD, Feature.CURL}),
    Way.EXTENSION: frozenset({Feature.EXT_ANY, Feature.EXT_END, Feature.EXT_LOAD}),
}
_EARLY: Final = (Stage.ACUTE, Stage.SUBACUTE)


class Ways(Struct, frozen=True):
    """What is known about ways of moving. ``helps``: the one that eases. ``blocked``: those that sent pain down the
    leg, mid and end range, until the end of ``blocked_until``. ``easy_only``: those that come back at the lowest
    level. ``no_end``: those whose end range waits; ``avoided``: those whose end range waits on amber and red days.
    ``chains``: ladders (and rows without one) of which a row did so; they rest as long, whatever way they move.
    ``since``: the day of the self-test that found what helps.
    """

    helps: Way | None = None
    blocked: frozenset[Way] = frozenset()
    easy_only: frozenset[Way] = frozenset()
    no_end: frozenset[Way] = frozenset()
    avoided: frozenset[Way] = frozenset()
    chains: frozenset[str] = frozenset()
    blocked_until: str | None = None
    since: str | None = None

    def admit(self, exercise: Exercise, easy_level: int) -> bool:
        """Whether no way of this row is blocked, and it is easy enough where only easy rows come back."""
        if not (self.blocked or self.easy_only or self.chains):
            return True
        if (exercise.chain.id if exercise.chain else exercise.id) in self.chains:
            return False
        moved = ways_moved(exercise)
        return moved.isdisjoint(self.blocked) and (
            exercise.level <= easy_level or moved.isdisjoint(self.easy_only)
        )


NO_WAYS: Final = Ways()
"""Nothing is known: nothing is taken out."""


def ways_moved(exercise: Exercise) -> frozenset[Way]:
    """The ways a row moves in: one, both when it goes to and fro, none when the spine keeps still or turns."""
    if exercise.bends is not None:
        return frozenset({Way(exercise.bends)})
    mixed = exercise.spine.direction is SpineDirection.MIXED and exercise.spine.range is not SpineRange.NONE
    return BOTH if mixed else frozenset()


def ways_of(diary: Diary, today: str, parameters: Parameters) -> Ways:
    """What the self-test and the reports say about ways of moving on ``today``."""
    events = sent_down(diary)
    test = _last_test(diary)
    if not events and test is None:
        return NO_WAYS
    figures, red = parameters.direction, _red_days(diary, parameters)
    blocked, easy, no_end = set(), set(), set()
    until = ""
    for way in Way:
        last = max((event.day for event in events if way in event.ways), default=None)
        if last is None:
            continue
        free_from = days_after(last, figures.blocked_days.value)
        if today < free_from:
            blocked.add(way)
            until = max(until, days_after(free_from, -1))
        elif not _calm_since(last, today, red, figures.reopen_days.value):
            easy.add(way)
            no_end.add(way)
        elif not _tried_since(diary, way, free_from):
            easy.add(way)
    helps = _helps(test, diary, events, today, parameters)
    avoided: set[Way] = set()
    if helps is not None and test is not None:
        avoided.add(helps.opposite)
        if stage_of(diary, today, parameters) in _EARLY:
            if not _calm_since(test.day, today, red, figures.reopen_days.value):
                no_end.add(helps.opposite)
            elif not _tried_since(diary, helps.opposite, test.day):
                easy.add(helps.opposite)
    return Ways(
        helps=helps,
        blocked=frozenset(blocked),
        easy_only=frozenset(easy),
        no_end=frozenset(no_end),
        avoided=frozenset(avoided),
        chains=rows_sent_down(diary, days_after(today, 1 - figures.blocked_days.value)),
        blocked_until=until or None,
        since=test.day if helps is not None and test is not None else None,
    )


def forbidden_by(ways: Ways, zone: Zone) -> frozenset[Feature]:
    """The features that today's ways of moving take out. The rows themselves are asked with ``Ways.admit``."""
    ends = ways.no_end if zone is Zone.GREEN else ways.no_end | ways.avoided
    return frozenset(_END[way] for way in ends).union(*(_ANY[way] for way in ways.blocked))


def opened_by(ways: Ways, zone: Zone) -> frozenset[Feature]:
    """The end range of the way that helps: a red day has none while it is not known which way eases."""
    free = ways.helps is not None and ways.helps not in ways.no_end | ways.easy_only | ways.blocked
    return frozenset({_END[ways.helps]}) if free and ways.helps and zone is Zone.RED else frozenset()


# --- the self-test ----------------------------------------------------------------------------------------


def _last_test(diary: Diary) -> Direction | None:
    """The last self-test of this spell: what helped in an earlier one says nothing now."""
    start = episode_start(diary) or ""
    return next((test for test in reversed(diary.directions) if test.day >= start), None)


def _helps(
    test: Direction | None, diary: Diary, events: tuple[FurtherDay, ...], today: str, parameters: Parameters
) -> Way | None:
    """The one way that eased, unless it was dropped since: nothing changed, or it sent pain down the leg."""
    if test is None:
        return None
    eased = [
        way
        for way, word, leg in (
            (Way.FLEXION, test.bending, test.bending_leg),
            (Way.EXTENSION, test.arching, test.arching_leg),
        )
        if leg == "closer" or (word == "better" and leg not in BAD_LEGS)
    ]
    if len(eased) != 1:
        return None
    helps = eased[0]
    if any(helps in event.ways and event.day >= test.day for event in events):
        return None
    trial = parameters.direction.dropped_days.value
    if days_between(test.day, today) > trial and not easier_pain(diary, test.day, trial):
        return None
    return helps


def easier_pain(diary: Diary, since: str, days: int) -> bool:
    """Whether anything got better in so many days after ``since``: a lower pain than the last one said up to that day,
    or pain in the leg that came closer to the back. Nothing said is no change."""
    last = days_after(since, days)
    said = [(p.day, p.score) for p in diary.pains if not p.morning]
    said += [(s.day, s.pain) for s in diary.sessions]
    before = [(day, score) for day, score in said if day <= since]
    after = [score for day, score in said if since < day <= last]
    legs = [(p.day, p.leg) for p in diary.pains] + [(d.day, d.leg) for d in diary.dones]
    closer = any(leg == "closer" and since < day <= last for day, leg in legs)
    if closer or not before or not after:
        return closer
    recent = max(day for day, _ in before)
    return min(after) < max(score for day, score in before if day == recent)


# --- coming back ------------------------------------------------------------------------------------------


def _red_days(diary: Diary, parameters: Parameters) -> tuple[str, ...]:
    """Days with a red session, with pain that makes any day red, or on which a flare-up was told."""
    sore = parameters.zone.gentle_from.value
    red = {session.day for session in diary.sessions if session.zone == Zone.RED}
    red |= {pain.day for pain in (*diary.pains, *diary.heard) if pain.score >= sore and not pain.morning}
    red |= {flare.day for flare in diary.flares if flare.on}
    return tuple(sorted(red))


def _calm_since(since: str, today: str, red: tuple[str, ...], days: int) -> bool:
    """Whether so many days in a row without a red one lie between ``since`` and today. Once is enough."""
    marks = [since, *(day for day in red if since < day < today), today]
    return any(days_between(a, b) >= days for a, b in pairwise(marks))


def _tried_since(diary: Diary, way: Way, since: str) -> bool:
    """Whether a row of this way was done since then, and nothing went down the leg."""
    rows = {
        session.id: {item.exercise for item in session.items if item.bends == way}
        for session in diary.sessions
        if session.day >= since
    }
    for session, done in diary.reports([name for name, moved in rows.items() if moved]).items():
        if done.status == "stopped" or done.leg in BAD_LEGS:
            continue
        told = {row.exercise: row for row in done.rows}
        good = {row.exercise for row in done.rows if row.status != "skipped" and not row.hurt}
        if rows[session] & (good if told or done.status == "partly" else rows[session]):
            return True
    return False
