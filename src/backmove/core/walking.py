"""The walk that goes with the day, apart from the timed session: which row, how long, in how many parts (R-I).

How many minutes the week asks for stands in ``core/walking_weeks.py``. Walks are rows of slot outing; they count for
the day and are not squeezed into the session.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Final

from msgspec.structs import replace

from backmove.core.candidates import Bounds, allowed
from backmove.core.choices import Category, Goal
from backmove.core.day import Day
from backmove.core.diary import Diary
from backmove.core.exercise import Catalog, Exercise, Feature, Position, Slot, Stage
from backmove.core.finding import barred_by
from backmove.core.flare import Phase
from backmove.core.notice import Notice
from backmove.core.parameters import Parameters
from backmove.core.placement import WALKING, chains_of
from backmove.core.plan import Outing, Pace
from backmove.core.walking_today import (
    EASY,
    SORE_LEG,
    STEADY,
    WHOLE,
    Asked,
    DaysWalk,
    asked_of,
    eased,
    pace_of,
    sits,
    walked_days,
)
from backmove.core.zone import Mode, Zone

STENOSIS: Final = "spinal-stenosis"
BIKE: Final = "bike"
_OFF_THE_FEET: Final = (BIKE, "water")
"""Chains that spare foot, shin, knee and hip; the first that fits wins (I5)."""
_HARDEST: Final = 5
_INDOORS: Final = ("march-on-spot", "step-touch")

WITH_SITS: Final = "Walk in parts. Sit down for a while when your legs ask for it, then go on."
JOG: Final = (
    "Half an hour of walking goes well. If you would like to run again, one walk may hold short bits of jogging. "
    "Only if you want to."
)


def outings_of(
    catalog: Catalog,
    bounds: Bounds,
    diary: Diary,
    day: Day,
    parameters: Parameters,
    tags: Collection[str] = (),
) -> tuple[Outing, ...]:
    """The day's walk, or what stands for it: indoor minutes for a person who sits. None when nothing fits.

    ``tags``: the precautions that hold. A second outing shares the week's days: half of them on foot and half on the
    bike when legs ache on walking (I7), one off the feet while a leg is sore (I5), one with bits of jogging for a
    runner (I4).
    """
    asked = asked_of(diary, day.today, day.stage, day.pain, parameters, begins=True, visits=day.visits)
    relief = day.mode is Mode.FLARE or (day.flare is not None and day.flare.phase is Phase.RELIEF)
    level = EASY if day.stage is Stage.ACUTE or day.zone is Zone.RED else bounds.max_level
    minutes = eased(asked.minutes, level, relief=relief, walk=parameters.walk)
    done = walked_days(diary, day.today)
    on_foot = not sits(diary.profile, bounds.place)
    row = _holding(_opened(catalog, bounds, WALKING, WHOLE), minutes) if on_foot else None
    other = (_off_the_feet(catalog, bounds, minutes) if on_foot else None) or _seated(catalog, bounds)
    if row is None:
        return (_outing(other, minutes, asked.days, done),) if other is not None else ()
    walk = _outing(row, minutes, asked.days, done, parts=_bouts(row, minutes) if relief else 1)
    if STENOSIS in tags:
        return _with_sits(walk, _holding(_opened(catalog, bounds, BIKE, STEADY), minutes), minutes)
    if asked.plan is not None and asked.plan.limb:
        return (walk,) if other is None else _lent(walk, other, minutes)
    if day.zone is not Zone.GREEN or level < WHOLE:
        return (walk,)
    return _at_the_goal(walk, asked, catalog, bounds, diary, parameters)


def about_outings(outings: Iterable[Outing]) -> Iterator[Notice]:
    """A line for what is out of the ordinary."""
    for outing in outings:
        if outing.with_sits:
            yield Notice("walk-with-sits", WITH_SITS)
        elif outing.instead and Feature.IMPACT in outing.exercise.hazards:
            yield Notice("walk-jog", JOG)
        elif outing.instead:
            yield Notice("sore-leg", SORE_LEG)


def indoors_of(
    catalog: Catalog, diary: Diary, tags: Collection[str], walk: DaysWalk | None
) -> tuple[Exercise, ...]:
    """What stands for a walk in bad weather (I6); nothing for a person who sits, and nothing while a leg is sore."""
    if walk is None or walk.seated or (walk.plan is not None and walk.plan.limb):
        return ()
    out = {*diary.profile.dislikes, *diary.excluded}
    rows = [catalog.exercises[name] for name in _INDOORS if name in catalog.exercises]
    fitting = [
        row for row in rows if out.isdisjoint((row.id, row.category)) and not barred_by(catalog, row, tags)
    ]
    return tuple(fitting)


def _with_sits(walk: Outing, bike: Exercise | None, minutes: int) -> tuple[Outing, ...]:
    """Walks with breaks to sit, and the bike on half of the days or more."""
    walk = replace(walk, with_sits=True)
    if bike is None:
        return (walk,)
    return _shared(_outing(bike, minutes, -(-walk.days_per_week // 2), walk.done), walk)


def _lent(walk: Outing, row: Exercise, minutes: int) -> tuple[Outing, ...]:
    """One walk of the week, the last, given to another row."""
    other = replace(_outing(row, minutes, walk.days_per_week, walk.done), instead=True)
    return _shared(replace(walk, days_per_week=walk.days_per_week - 1), other)


def _shared(first: Outing, second: Outing) -> tuple[Outing, ...]:
    """The first days of the week are ``first``'s; what is left of the days of ``second`` stays with it."""
    walked = min(second.done, first.days_per_week)
    left = second.days_per_week - first.days_per_week
    return replace(first, done=walked), replace(second, days_per_week=left, done=second.done - walked)


def _at_the_goal(
    walk: Outing, asked: Asked, catalog: Catalog, bounds: Bounds, diary: Diary, parameters: Parameters
) -> tuple[Outing, ...]:
    """What may be offered once the goal has been met for some weeks: a faster pace, bits of jogging (I4)."""
    pace = pace_of(asked.plan, parameters.walk)
    jogs = [row for row in _opened(catalog, bounds, WALKING, _HARDEST) if Feature.IMPACT in row.hazards]
    if pace is Pace.TALK or not jogs or Goal.RUN not in diary.profile.goals:
        return (replace(walk, pace=pace),)
    jog = min(jogs, key=_step)
    return _lent(walk, jog, _least(jog))


def _outing(row: Exercise, minutes: int, days: int, done: int, parts: int = 1) -> Outing:
    """The row for so many minutes in all, each part within its dose. Indoors they stay whole, in more parts (I6)."""
    least, most = row.dose.minutes or (1, minutes)
    if Slot.OUTING not in row.slots:
        parts = -(-minutes // most)
    return Outing(row, max(least, min(minutes, most * parts)), days, done, parts=parts)


def _bouts(row: Exercise, minutes: int) -> int:
    """In how many parts half a walk is done: two or more, each at least as long as the row's shortest (R-E2)."""
    return max(-(-minutes // _most(row)), 2 if minutes >= 2 * _least(row) else 1)


def _opened(catalog: Catalog, bounds: Bounds, chain: str, level: int) -> list[Exercise]:
    """The outings of a chain up to a level that pass every filter. The plan's minutes open them, not the placement."""
    steps = replace(bounds.steps, level={**bounds.steps.level, chain: level})
    opened = replace(bounds, steps=steps)
    rows = chains_of(catalog).get(chain, ())
    return [row for row in rows if row.level <= level and allowed(row, opened, Slot.OUTING)]


def _off_the_feet(catalog: Catalog, bounds: Bounds, minutes: int) -> Exercise | None:
    found = (_holding(_opened(catalog, bounds, chain, STEADY), minutes) for chain in _OFF_THE_FEET)
    return next((row for row in found if row is not None), None)


def _seated(catalog: Catalog, bounds: Bounds) -> Exercise | None:
    """The easiest aerobic row on a chair."""
    rows = (row for row in _on_a_chair(catalog) if allowed(row, bounds, Slot.MAIN))
    return min(rows, key=lambda row: row.level, default=None)


@lru_cache(maxsize=4)
def _on_a_chair(catalog: Catalog) -> tuple[Exercise, ...]:
    return tuple(
        row
        for row in catalog.exercises.values()
        if row.category is Category.AEROBIC
        and row.position is Position.SITTING
        and Slot.OUTING not in row.slots
    )


def _holding(rows: Iterable[Exercise], minutes: int) -> Exercise | None:
    """The easiest row that holds so many minutes; else the longest that asks for no more."""
    fitting = sorted((row for row in rows if _least(row) <= minutes), key=lambda row: row.level)
    return next((row for row in fitting if _most(row) >= minutes), fitting[-1] if fitting else None)


def _least(row: Exercise) -> int:
    return row.dose.minutes[0] if row.dose.minutes else 0


def _most(row: Exercise) -> int:
    return row.dose.minutes[1] if row.dose.minutes else 1


def _step(row: Exercise) -> int:
    return row.chain.step if row.chain is not None else 0
