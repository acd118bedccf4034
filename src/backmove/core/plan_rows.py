"""Which rows of a therapist's plan a day can have, with their doses, and why each of the others stays away.

Every filter of the day holds for them as for any row (``candidates.allowed``), with one difference: a row up to the
ordinary level need not be the person's own step, because somebody who has seen the person chose it. In a first session
and after weeks away the lower caps hold all the same; above the ordinary level the rule for very hard rows does (F6).
"""

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from backmove.core.clearance import Standing
from backmove.core.day import Day
from backmove.core.diary import Diary
from backmove.core.dose import seconds, start_dose
from backmove.core.exercise import Catalog, Exercise, Slot
from backmove.core.frame import Frame
from backmove.core.parameters import Parameters
from backmove.core.plan import BY_PLAN
from backmove.core.plan_barred import BACK, FIRST, SORE, TIME, TURNS, Limits, Why, why_not
from backmove.core.plan_lint import part_of
from backmove.core.record import GivenDose, LeftOut, PlanRow, TherapistPlan
from backmove.core.rising import dose_of
from backmove.core.slots import MainSlot, Pick, fits_slot, is_minutes_block
from backmove.core.therapist_plan import STRAINING, dose_today
from backmove.core.zone import Mode, Zone

_BAD_DAY: Final = (MainSlot.MOVE, MainSlot.ACTIVATE)
"""What a main row of a red day can be there for (B11)."""


class Offer(Struct, frozen=True):
    """A row of the plan that today allows. ``place``: where it stands in the file; ``last``: the day on which it was
    last done from this plan, empty when never."""

    row: PlanRow
    exercise: Exercise
    part: Slot
    dose: GivenDose
    place: int
    last: str = ""

    @property
    def pick(self) -> Pick:
        return Pick(self.exercise, MainSlot.PLAN, dose=self.dose)


class Offers(Struct, frozen=True):
    """The plan on a day. ``main`` and ``ends``: those that wait longest come first."""

    main: tuple[Offer, ...] = ()
    ends: tuple[Offer, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    eased: bool = False
    frame: Frame | None = None


def is_eased(day: Day, frame: Frame) -> bool:
    """Whether every row of the plan comes at the start dose or less: on any day that is not an ordinary good one."""
    return day.zone is not Zone.GREEN or day.mode is not Mode.NORMAL or frame.wish.course.lower is not None


def opened(plan: TherapistPlan, catalog: Catalog, most: int) -> frozenset[str]:
    """The rows of a plan that need not be a person's own step: up to the level ``most``."""
    rows = (catalog.exercises.get(row.exercise) for row in plan.rows)
    return frozenset(row.id for row in rows if row is not None and row.level <= most)


def most_level(day: Day, frame: Frame, parameters: Parameters) -> tuple[int, Why | None]:
    """Up to which level a plan may go beyond the person's own steps, and what keeps it lower than usual."""
    if frame.history.sessions == 0:
        return parameters.level.placement.value, FIRST
    if (day.away or 0) >= parameters.gap.restart.value:
        return parameters.gap.restart_level.value, BACK
    return parameters.level.ordinary.value, None


def offers_of(
    plan: TherapistPlan, diary: Diary, day: Day, frame: Frame, *, catalog: Catalog, standing: Standing
) -> Offers:
    """What today can have of the plan. ``frame``: the day's own, without the plan; the one that comes back lets the
    plan's rows in, and leaves out what they stand in for."""
    parameters = frame.parameters
    most, lower = most_level(day, frame, parameters)
    frame = replace(frame, bounds=replace(frame.bounds, prescribed=opened(plan, catalog, most)))
    limits = limits_of(diary, day, frame, catalog=catalog, standing=standing)
    eased, last = is_eased(day, frame), last_done(diary)
    left_out: list[LeftOut] = []
    found: list[Offer] = []
    for place, row in enumerate(plan.rows):
        exercise = catalog.exercises.get(row.exercise)
        part = part_of(exercise) if exercise is not None else None
        if exercise is None or part is None:
            left_out.append(LeftOut(row.exercise, "gone", "it is no longer in the library"))
            continue
        why = why_not(exercise, part, limits) or _sore(exercise, part, frame)
        if why is not None:
            code, words = lower if why[0] == "step" and lower is not None and exercise.level > most else why
            left_out.append(LeftOut(row.exercise, code, words))
            continue
        dose = _dose(row, exercise, frame, eased=eased)
        found.append(Offer(row, exercise, part, dose, place, last.get(row.exercise, "")))
    found.sort(key=lambda one: (one.last, one.place))
    return Offers(
        main=tuple(one for one in found if one.part is Slot.MAIN),
        ends=tuple(one for one in found if one.part is not Slot.MAIN),
        left_out=tuple(left_out),
        eased=eased,
        frame=replace(frame, pools=_pools(plan, frame)),
    )


def limits_of(diary: Diary, day: Day, frame: Frame, *, catalog: Catalog, standing: Standing) -> Limits:
    """What the reasons are told from."""
    return Limits(
        catalog=catalog,
        bounds=frame.bounds,
        profile=diary.profile,
        zone=day.zone,
        stage=day.stage,
        tags=standing.tags,
        careful=standing.careful,
        excluded=diary.excluded,
        parked=frame.wish.course.parked,
        parameters=frame.parameters,
    )


def last_done(diary: Diary) -> dict[str, str]:
    """The day on which each row was last done as part of a therapist's plan; skipped ones do not count."""
    reports = diary.reports()
    found: dict[str, str] = {}
    for session in diary.sessions:
        done = reports.get(session.id)
        if done is None or session.therapist_plan is None:
            continue
        skipped = {row.exercise for row in done.rows if row.status == "skipped"}
        for item in session.items:
            if item.slot == BY_PLAN and item.exercise not in skipped:
                found[item.exercise] = session.day
    return found


def _sore(exercise: Exercise, part: Slot, frame: Frame) -> Why | None:
    """On a red day the main part is easy movement and light activation (B11)."""
    if frame.zone is not Zone.RED or part is not Slot.MAIN:
        return None
    return None if any(fits_slot(slot, exercise, frame.wish) for slot in _BAD_DAY) else SORE


def _dose(row: PlanRow, exercise: Exercise, frame: Frame, *, eased: bool) -> GivenDose:
    course = frame.wish.course
    too_much = exercise.id in course.lowered or exercise.id in course.easier
    return dose_today(
        row,
        exercise,
        start_dose(exercise, older=frame.long_holds, parameters=frame.parameters),
        eased=eased or too_much,
        strained=not STRAINING.isdisjoint(frame.bounds.forbids),
    )


def _pools(plan: TherapistPlan, frame: Frame) -> dict[Slot, tuple[Exercise, ...]]:
    """What may stand beside the plan: none of its own rows at another dose, and nothing that they stand in for."""
    away = {row.exercise for row in plan.rows} | {row.instead_of for row in plan.rows}
    return {slot: tuple(row for row in rows if row.id not in away) for slot, rows in frame.pools.items()}


# --- as many as fit -----------------------------------------------------------------------------------------


def seconds_of(offer: Offer, frame: Frame) -> int:
    """How long the row takes today."""
    dose = dose_of(
        offer.pick,
        frame.wish,
        frame.parameters,
        older=frame.long_holds,
        one_set_each=frame.one_set_each,
    )
    return seconds(dose, frame.parameters.seconds)


def that_fit(offers: Sequence[Offer], frame: Frame) -> tuple[list[Offer], list[LeftOut]]:
    """The main rows of today in the order in which they wait: as many as the minutes and the number of rows allow, one
    of each chain, one by the clock. The others, each with its reason."""
    room = frame.limit_s * frame.parameters.blocks.main_share_max.value // 100
    most = 2 if frame.zone is Zone.RED else frame.table.main[1]
    chosen: list[Offer] = []
    left: list[LeftOut] = []
    for offer in offers:
        needs = seconds_of(offer, frame)
        together = needs + sum(seconds_of(one, frame) for one in chosen)
        if needs > room:
            left.append(LeftOut(offer.exercise.id, *TIME))
        elif together > room or len(chosen) == most or not _joins(offer, chosen, frame):
            left.append(LeftOut(offer.exercise.id, *TURNS))
        else:
            chosen.append(offer)
    return chosen, left


def _joins(offer: Offer, chosen: Sequence[Offer], frame: Frame) -> bool:
    if any(share_chain(offer.exercise, one.exercise) for one in chosen):
        return False
    clock = [is_minutes_block(one.exercise) for one in chosen]
    return not any(clock) if is_minutes_block(offer.exercise) else clock.count(False) < frame.wish.learn_max


def share_chain(a: Exercise, b: Exercise) -> bool:
    """Two steps of one ladder, or the same row."""
    return a.id == b.id or (a.chain is not None and b.chain is not None and a.chain.id == b.chain.id)


def turns(offers: Iterable[Offer]) -> list[LeftOut]:
    """Rows that wait for another day."""
    return [LeftOut(offer.exercise.id, *TURNS) for offer in offers]
