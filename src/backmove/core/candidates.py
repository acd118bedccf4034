"""Which rows a person may be given at all: one predicate for sessions, swaps, and the easier and harder
forms.

Filters add up and are never relaxed (R-L, A11): another precaution, less kit or a smaller place never adds a
row. A precaution looks at features only, the row's own and the derived ones.
"""

from collections.abc import Collection, Iterable
from typing import Final

from msgspec import Struct

from backmove.core.choices import Category, Equipment
from backmove.core.exercise import Catalog, Exercise, Feature, Position, Slot, SpineRange, Stage, Status
from backmove.core.helpful_direction import NO_WAYS, Ways, forbidden_by, opened_by
from backmove.core.parameters import BarredFeatures, Parameters
from backmove.core.placement import LYING, Steps
from backmove.core.profile import Place, Profile
from backmove.core.zone import Mode, Zone
from backmove.errors import DataProblem

_UPRIGHT: Final = frozenset({Position.SITTING, Position.STANDING})
_ON_A_BED: Final = frozenset({Position.FLOOR_SUPINE, Position.PRONE, Position.SIDE_LYING})
_OUTING: Final = _UPRIGHT | {Position.OUTDOORS, Position.WATER}
_POSITIONS: Final = {
    Place.FLOOR: _UPRIGHT | LYING,
    Place.BED: _UPRIGHT | _ON_A_BED,
    Place.UPRIGHT: _UPRIGHT,
    Place.CHAIR: frozenset({Position.SITTING}),
}
_GENTLE: Final = frozenset(
    {
        Category.MOBILITY,
        Category.MOTOR_CONTROL,
        Category.MIND_BODY,
        Category.AEROBIC,
        Category.RELAXATION,
        Category.RECOVERY,
    }
)
"""What a gentle session is made of (rulings 1.14)."""
_REHEARSAL: Final = "feared-move-rehearsal"
_NERVE_GLIDE: Final = "sciatic-slider"
_MINUTES_IN_A_DAY: Final = 24 * 60
_HARDEST: Final = 5
"""The highest level there is; above the ordinary one the steps of a person decide (F6)."""


class Bounds(Struct, frozen=True):
    """Everything that limits the rows of one day.

    ``forbids`` holds for every row; ``forbids_aerobic`` is the smaller set that holds for rows of category
    aerobic. ``stages``: a row needs one of them, and the flare stage too on a ``bad_day``. ``gentle_load``:
    the highest spine load in gentle mode, else None. ``disliked``: ids, categories and traditions. ``ways``: ways of
    moving that rest or come back; ``easy_level``: how hard a row of one that comes back may be. ``climbed``: rows above
    the person's own step that may come in the main block, because a ladder of a feared move led there (R-O4).
    ``parked``: chains (and rows without one) that rest; ``rested``: chains whose rows of ``rest_level`` or
    more rest today. ``prescribed``: rows of a therapist's plan, which need not be the person's own step.
    """

    place: Place
    kit: frozenset[Equipment]
    forbids: frozenset[Feature]
    forbids_aerobic: frozenset[Feature]
    max_level: int
    warmup_level: int
    max_effort: int
    warmup_effort: int
    settle_effort: int
    stages: frozenset[Stage]
    bad_day: bool
    gentle_load: int | None
    disliked: frozenset[str]
    steps: Steps
    ways: Ways = NO_WAYS
    easy_level: int = 1
    climbed: frozenset[str] = frozenset()
    parked: frozenset[str] = frozenset()
    rested: frozenset[str] = frozenset()
    rest_level: int = 0
    prescribed: frozenset[str] = frozenset()


def allowed(exercise: Exercise, bounds: Bounds, slot: Slot) -> bool:
    """Whether this row may be given in this slot today. Pure; every way of choosing a row asks this."""
    return slot in exercise.slots and _suits(exercise, bounds) and _fits(exercise, bounds, slot)


def sift(exercises: Iterable[Exercise], bounds: Bounds) -> dict[Slot, tuple[Exercise, ...]]:
    """All that is allowed, by slot, in the library's order."""
    pools: dict[Slot, list[Exercise]] = {Slot.WARMUP: [], Slot.MAIN: [], Slot.SETTLE: [], Slot.OUTING: []}
    for exercise in exercises:
        if _suits(exercise, bounds):
            for slot in exercise.slots:
                if slot in pools and _fits(exercise, bounds, slot):
                    pools[slot].append(exercise)
    return {slot: tuple(rows) for slot, rows in pools.items()}


def _suits(exercise: Exercise, bounds: Bounds) -> bool:
    """What holds whatever the slot. The cheap questions come first."""
    if not bounds.kit.issuperset(exercise.equipment) or exercise.level > bounds.max_level:
        return False
    if not (
        bounds.steps.admit(exercise) or exercise.id in bounds.climbed or exercise.id in bounds.prescribed
    ):
        return False
    if exercise.status is not Status.ACTIVE or bounds.stages.isdisjoint(exercise.stages):
        return False
    if bounds.bad_day and Stage.FLARE not in exercise.stages:
        return False
    if bounds.disliked and not bounds.disliked.isdisjoint(
        (exercise.id, exercise.category, exercise.tradition)
    ):
        return False
    if bounds.gentle_load is not None and not _gentle(exercise, bounds.gentle_load):
        return False
    if (bounds.parked or bounds.rested) and _rests(exercise, bounds):
        return False
    if bounds.ways is not NO_WAYS and not bounds.ways.admit(exercise, bounds.easy_level):
        return False
    forbids = bounds.forbids_aerobic if exercise.category is Category.AEROBIC else bounds.forbids
    return not forbids or forbids.isdisjoint(exercise.hazards)


def _rests(exercise: Exercise, bounds: Bounds) -> bool:
    """A row that was too much three times (F5), or a hard one whose chain was trained hard less than two days ago."""
    key = exercise.chain.id if exercise.chain else exercise.id
    return key in bounds.parked or (key in bounds.rested and exercise.level >= bounds.rest_level)


def _gentle(exercise: Exercise, load: int) -> bool:
    spine = exercise.spine
    return exercise.category in _GENTLE and spine.load <= load and spine.range is not SpineRange.END


def _fits(exercise: Exercise, bounds: Bounds, slot: Slot) -> bool:
    """What depends on the slot: where it happens, and how hard it may be."""
    effort = exercise.dose.effort[1]
    if slot is not Slot.MAIN and exercise.id in bounds.climbed and not bounds.steps.admit(exercise):
        return False
    if slot is Slot.OUTING:
        return exercise.position in _OUTING and effort <= bounds.max_effort
    if exercise.position not in _POSITIONS[bounds.place]:
        return False
    if bounds.place is Place.BED and exercise.position in LYING and not exercise.bed_ok:
        return False
    if slot is Slot.WARMUP:
        return exercise.level <= bounds.warmup_level and effort <= min(
            bounds.warmup_effort, bounds.max_effort
        )
    if slot is Slot.SETTLE:
        return effort <= min(bounds.settle_effort, bounds.max_effort)
    return effort <= bounds.max_effort


def bounds_of(
    catalog: Catalog,
    parameters: Parameters,
    profile: Profile,
    steps: Steps,
    *,
    tags: Collection[str],
    careful: bool,
    zone: Zone,
    stage: Stage,
    mode: Mode,
    place: Place,
    minute_of_day: int,
    excluded: Collection[str] = (),
    ways: Ways = NO_WAYS,
    climbed: Collection[str] = (),
    parked: Collection[str] = (),
    rested: Collection[str] = (),
    impact: bool = False,
) -> Bounds:
    """The limits of one day. ``excluded``: rows that the person left out by name; ``ways``: what is known about bending
    and arching; ``climbed``: rows that a ladder of a feared move led to; ``impact``: its rule is met (F6).

    Raises DataProblem when a precaution is not in the catalogue: never a looser session.
    """
    unknown = sorted(tag for tag in tags if tag not in catalog.precautions)
    if unknown:
        raise DataProblem(
            f"the precaution {unknown[0]!r} is not known to this version; no session without it.",
            hint="backmove doctor",
        )
    day = _barred_today(parameters.barred, zone, stage, mode, opened_by(ways, zone))
    if impact and zone is Zone.GREEN:
        day -= frozenset(parameters.barred.always.features)
    if morning_rule_holds(profile, tags, minute_of_day, parameters):
        day |= frozenset(parameters.barred.morning.features)
    day |= forbidden_by(ways, zone)
    if place is Place.CHAIR:
        day |= {Feature.STAND_UP}
    precautions = [catalog.precautions[tag] for tag in tags]
    return Bounds(
        place=place,
        kit=_kit(profile, place),
        forbids=day.union(*(p.forbids for p in precautions)),
        forbids_aerobic=day.union(*(set(p.forbids) - set(p.spares_aerobic) for p in precautions)),
        max_level=_max_level(parameters, zone, stage, careful),
        warmup_level=parameters.level.warmup.value,
        max_effort=_max_effort(parameters, zone, stage),
        warmup_effort=parameters.effort.warmup.value,
        settle_effort=parameters.effort.settle.value,
        stages=_stages(stage, zone),
        bad_day=zone is Zone.RED,
        gentle_load=parameters.effort.gentle_load.value if mode is Mode.GENTLE else None,
        disliked=frozenset(profile.dislikes) | frozenset(excluded) | _unasked(profile),
        steps=steps,
        ways=ways,
        easy_level=parameters.direction.reopen_level.value,
        climbed=frozenset(climbed),
        parked=frozenset(parked),
        rested=frozenset(rested),
        rest_level=parameters.spacing.hard_level.value,
    )


def _barred_today(
    barred: BarredFeatures, zone: Zone, stage: Stage, mode: Mode, eases: frozenset[Feature]
) -> frozenset[Feature]:
    """``eases``: what a bad day need not leave out, because it is known to help."""
    features = set(barred.always.features)
    if stage is Stage.ACUTE:
        features.update(barred.acute.features)
    if zone is Zone.RED:
        features.update(set(barred.red.features) - eases)
    if mode is Mode.GENTLE:
        features.update(barred.gentle.features)
    return frozenset(features)


def _kit(profile: Profile, place: Place) -> frozenset[Equipment]:
    kit = frozenset(profile.equipment)
    return (kit | {Equipment.CHAIR}) - {Equipment.BALL, Equipment.BIKE} if place is Place.CHAIR else kit


def _stages(stage: Stage, zone: Zone) -> frozenset[Stage]:
    """A bad day after recovery is a new spell: resting rows, which recovered people no longer need, come
    back."""
    back = stage is Stage.MAINTENANCE and zone is Zone.RED
    return frozenset({stage, Stage.CHRONIC}) if back else frozenset({stage})


def _max_level(parameters: Parameters, zone: Zone, stage: Stage, careful: bool) -> int:
    caps = [_HARDEST]
    if zone is Zone.AMBER:
        caps.append(parameters.level.amber.value)
    if zone is Zone.RED:
        caps.append(parameters.level.red.value)
    if stage is Stage.ACUTE:
        caps.append(parameters.level.acute.value)
    if stage is Stage.SUBACUTE:
        caps.append(parameters.level.subacute.value)
    if careful:
        caps.append(parameters.level.careful.value)
    return min(caps)


def _max_effort(parameters: Parameters, zone: Zone, stage: Stage) -> int:
    caps = [10]
    if zone is Zone.AMBER:
        caps.append(parameters.effort.amber.value)
    if zone is Zone.RED:
        caps.append(parameters.effort.red.value)
    if stage is Stage.ACUTE:
        caps.append(parameters.effort.acute.value)
    return min(caps)


def morning_rule_holds(
    profile: Profile, tags: Collection[str], minute_of_day: int, parameters: Parameters
) -> bool:
    """J7: the first two hours after getting up, for those whom it helps. Minutes count from midnight."""
    if not profile.morning_rule and "leg-pain-worse-bending" not in tags:
        return False
    begin = _minutes(profile.day_ends)
    now = (minute_of_day - begin) % _MINUTES_IN_A_DAY
    up = (_minutes(profile.gets_up) - begin) % _MINUTES_IN_A_DAY
    return now < up + parameters.morning.window.value


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _unasked(profile: Profile) -> frozenset[str]:
    """Picturing a feared movement is for who has named one; a nerve glide for who asked for it by name, since it is
    meant for leg symptoms and both precautions about those forbid it."""
    unasked = {_NERVE_GLIDE} - set(profile.likes)
    return frozenset(unasked if profile.feared else unasked | {_REHEARSAL})
