"""What will be different next time, foretold from the records as they are: one line after a session (R-Q6).

It is a look ahead and no promise: it holds if tomorrow is as today, so it is told with that condition.
"""

from typing import Final

from backmove.core.clearance import Standing
from backmove.core.diary import Diary
from backmove.core.exercise import Catalog
from backmove.core.parameters import Parameters
from backmove.core.plan import Block, Plan, PlannedItem, Request
from backmove.core.prescription import plan_session

NOON: Final = 12 * 60


def next_change(
    catalog: Catalog, parameters: Parameters, diary: Diary, standing: Standing, day: str
) -> tuple[PlannedItem, str] | None:
    """The first row of the main part that will be another or of another dose in the session of ``day``, and why; None
    without one, or without a session."""
    last = diary.sessions[-1] if diary.sessions else None
    if last is None or not standing.open or day <= last.day:
        return None
    request = Request(pain=last.pain, minute_of_day=NOON)
    plan = plan_session(catalog, parameters, diary, standing, request, day, diary.seed)
    if not isinstance(plan, Plan):
        return None
    whys = {change.exercise: change.why for change in plan.changes if change.after}
    return next(((i, whys[i.exercise.id]) for i in plan.block(Block.MAIN) if i.exercise.id in whys), None)
