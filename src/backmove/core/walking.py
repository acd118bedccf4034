"""The walk that goes with the day, apart from the timed session (R-I, rulings 3.15).

Only the start stands here: a share of what is comfortable. How walking grows from week to week is not built
yet.
"""

from collections.abc import Iterable

from backmove.core.candidates import Bounds, allowed
from backmove.core.choices import Category
from backmove.core.day import Day
from backmove.core.days import monday_of
from backmove.core.diary import Diary
from backmove.core.exercise import Catalog, Exercise, Position, Slot, Stage
from backmove.core.parameters import Parameters
from backmove.core.placement import WALKING, start_minutes
from backmove.core.plan import Outing
from backmove.core.profile import Place
from backmove.core.zone import Zone


def outings_of(
    catalog: Catalog,
    pool: Iterable[Exercise],
    bounds: Bounds,
    diary: Diary,
    day: Day,
    parameters: Parameters,
) -> tuple[Outing, ...]:
    """The day's walk, or indoor minutes for a person who sits; none when nothing fits.

    ``pool``: rows that are allowed as outings. In the acute stage and on a red day it is the easiest walk.
    """
    profile = diary.profile
    wanted = start_minutes(profile, parameters)
    if day.flare:
        wanted = wanted * parameters.walk.flare_share.value // 100
    if Place.CHAIR in (profile.place, bounds.place):
        rows = [
            row
            for row in catalog.exercises.values()
            if row.category is Category.AEROBIC
            and row.position is Position.SITTING
            and allowed(row, bounds, Slot.MAIN)
        ]
        return _one(min(rows, key=lambda row: row.level, default=None), wanted, diary, day.today, parameters)
    walks = sorted((row for row in pool if row.chain and row.chain.id == WALKING), key=lambda row: row.level)
    if day.stage is Stage.ACUTE or day.zone is Zone.RED:
        walks = walks[:1]
    fitting = [row for row in walks if _least(row) <= wanted]
    row = fitting[-1] if fitting else (walks[0] if walks else None)
    if row is None or row.dose.minutes is None:
        return ()
    minutes = max(row.dose.minutes[0], min(wanted, row.dose.minutes[1]))
    return _one(row, minutes, diary, day.today, parameters)


def _one(
    row: Exercise | None, minutes: int, diary: Diary, today: str, parameters: Parameters
) -> tuple[Outing, ...]:
    if row is None:
        return ()
    done = {walk.day for walk in diary.walks if monday_of(today) <= walk.day <= today}
    return (Outing(row, max(1, minutes), parameters.walk.days.value, len(done)),)


def _least(row: Exercise) -> int:
    return row.dose.minutes[0] if row.dose.minutes else 0
