"""How a therapist's plan has fared: which rows came, which could not and why, and what will stay away as things are."""

from msgspec import Struct
from msgspec.structs import replace

from backmove.core.candidates import bounds_of
from backmove.core.clearance import Standing
from backmove.core.diary import Diary
from backmove.core.exercise import Catalog, Exercise
from backmove.core.helpful_direction import ways_of
from backmove.core.history import history_of
from backmove.core.parameters import Parameters
from backmove.core.placement import own_steps
from backmove.core.plan import BY_PLAN
from backmove.core.plan_barred import FIRST, TURNS, Limits, why_not
from backmove.core.plan_lint import part_of
from backmove.core.plan_rows import opened
from backmove.core.record import LeftOut, PlanRow, TherapistPlan
from backmove.core.zone import Mode, Zone, stage_of

_NOON = 12 * 60


class RowReport(Struct, frozen=True):
    """One row. ``exercise`` None: the library no longer has it. ``given``: in so many sessions, the last on ``last``;
    ``left_out``: so often it could not be given, the last time on ``left_on`` for ``why``. Turns do not count as that.
    ``stays_away``: what keeps it out on an ordinary day as things are now."""

    row: PlanRow
    exercise: Exercise | None
    given: int = 0
    last: str = ""
    left_out: int = 0
    left_on: str = ""
    why: str = ""
    stays_away: LeftOut | None = None


class PlanReport(Struct, frozen=True):
    """The plan, in its order. ``sessions``: days with a session by it."""

    plan: TherapistPlan
    rows: tuple[RowReport, ...]
    sessions: int


def report_of(
    plan: TherapistPlan,
    diary: Diary,
    standing: Standing,
    today: str,
    catalog: Catalog,
    parameters: Parameters,
) -> PlanReport:
    """What the sessions by this plan say, one a day (the last given), and what will stay away on an ordinary day."""
    days = {session.day: session for session in diary.sessions if session.therapist_plan == plan.id}
    away = {one.exercise: one for one in staying_away(plan, diary, standing, today, catalog, parameters)}
    rows = []
    for row in plan.rows:
        came = [
            day
            for day, session in days.items()
            if any(item.exercise == row.exercise and item.slot == BY_PLAN for item in session.items)
        ]
        out = [
            (day, one)
            for day, session in days.items()
            for one in session.left_out
            if one.exercise == row.exercise and one.code != TURNS[0]
        ]
        last = out[-1] if out else None
        rows.append(
            RowReport(
                row,
                catalog.exercises.get(row.exercise),
                given=len(came),
                last=came[-1] if came else "",
                left_out=len(out),
                left_on=last[0] if last else "",
                why=last[1].why if last else "",
                stays_away=away.get(row.exercise),
            )
        )
    return PlanReport(plan, tuple(rows), len(days))


def staying_away(
    plan: TherapistPlan,
    diary: Diary,
    standing: Standing,
    today: str,
    catalog: Catalog,
    parameters: Parameters,
) -> tuple[LeftOut, ...]:
    """The rows that not even an ordinary day in the usual place could have, each with its reason. Nothing is said
    before the safety questions were answered: they tell the stage and the precautions."""
    if diary.full_triage is None:
        return ()
    begun = history_of(diary, catalog, today).sessions > 0
    stage = stage_of(diary, today, parameters)
    most = parameters.level.ordinary.value if begun else parameters.level.placement.value
    bounds = bounds_of(
        catalog,
        parameters,
        diary.profile,
        own_steps(diary.profile, catalog, parameters),
        tags=standing.tags,
        careful=standing.careful,
        zone=Zone.GREEN,
        stage=stage,
        mode=Mode.NORMAL,
        place=diary.profile.place,
        minute_of_day=_NOON,
        excluded=diary.excluded,
        ways=ways_of(diary, today, parameters),
    )
    bounds = replace(bounds, prescribed=opened(plan, catalog, most))
    limits = Limits(
        catalog=catalog,
        bounds=bounds,
        profile=diary.profile,
        zone=Zone.GREEN,
        stage=stage,
        tags=standing.tags,
        careful=standing.careful,
        excluded=diary.excluded,
        parked={},
        parameters=parameters,
    )
    found: list[LeftOut] = []
    for row in plan.rows:
        exercise = catalog.exercises.get(row.exercise)
        part = part_of(exercise) if exercise is not None else None
        if exercise is None or part is None:
            found.append(LeftOut(row.exercise, "gone", "it is no longer in the library"))
        elif why := why_not(exercise, part, limits):
            early = why[0] == "step" and not begun and exercise.level <= parameters.level.ordinary.value
            found.append(LeftOut(row.exercise, *(FIRST if early else why)))
    return tuple(found)
