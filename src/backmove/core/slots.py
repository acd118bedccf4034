"""What a row of the main block is there for, and what ranks the rows of a day (B11, rulings 3.3)."""

from collections.abc import Callable, Mapping
from enum import Enum, auto
from typing import Final

from msgspec import Struct

from backmove.core.choices import Category, Goal
from backmove.core.exercise import DoseKind, Exercise, Target
from backmove.core.feared import FearedMove
from backmove.core.history import History
from backmove.core.needs import TRUNK, Need
from backmove.core.placement import Steps
from backmove.core.progression import Course
from backmove.core.record import GivenDose
from backmove.core.zone import Zone

LEG_TARGETS: Final = frozenset(
    {
        Target.GLUTE_MAX,
        Target.GLUTE_MED,
        Target.PIRIFORMIS,
        Target.HIP_FLEXORS,
        Target.HIPS,
        Target.HAMSTRINGS,
        Target.QUADRICEPS,
        Target.ADDUCTORS,
        Target.CALVES,
    }
)
_UPPER_TARGETS: Final = frozenset(
    {
        Target.LATS,
        Target.UPPER_BACK,
        Target.CHEST,
        Target.SHOULDERS,
        Target.TRICEPS,
        Target.SERRATUS,
        Target.GRIP,
    }
)


class MainSlot(Enum):
    """What a row of the main block is there for."""

    TRUNK = auto()
    LEG = auto()
    BALANCE = auto()
    GOAL = auto()
    EXPOSURE = auto()
    NEED = auto()
    AEROBIC = auto()
    UPPER = auto()
    SECOND_NEED = auto()
    MOVE = auto()
    ACTIVATE = auto()
    ANY = auto()
    LONG = auto()
    PLAN = auto()
    """A therapist's plan names it (core/plan_following.py); nothing else is ever chosen for this."""


class Pick(Struct, frozen=True):
    """A row of the main block, what it is there for, and the rung of its dose, or the dose itself where a therapist's
    plan says it."""

    exercise: Exercise
    slot: MainSlot
    need: Need | None = None
    rung: int = 0
    dose: GivenDose | None = None

    @property
    def by_the_clock(self) -> bool:
        return is_minutes_block(self.exercise)


class Wish(Struct, frozen=True):
    """Everything that ranks the main rows of a day. ``draw``: a seeded number for each row.

    ``start_s``: how long a row's start dose takes; ``short_main_s``: what the main block of the shortest session
    has. ``long``: the minutes that the minutes block of a long session should reach. ``rested``: chains whose hard rows
    rest today. ``two_sets``: two sets of rows may take turns.
    """

    zone: Zone
    older: bool
    goals: frozenset[Goal]
    likes: frozenset[str]
    learn_max: int
    needs: tuple[Need, ...]
    history: History
    course: Course
    equals: tuple[str, ...]
    relief: tuple[str, ...]
    long: int | None
    draw: Mapping[str, float]
    start_s: Callable[[Exercise], int]
    short_main_s: int
    feared: FearedMove | None = None
    rested: frozenset[str] = frozenset()
    two_sets: bool = False

    @property
    def steps(self) -> Steps:
        return self.course.steps


def is_minutes_block(exercise: Exercise) -> bool:
    """The one longer part of a main block, by the clock; it is not one of the rows to learn (B6)."""
    return (
        exercise.category in (Category.AEROBIC, Category.MIND_BODY) and exercise.dose.kind is DoseKind.MINUTES
    )


def is_leg_row(exercise: Exercise) -> bool:
    """Strength with a leg or hip target (rulings 3.1)."""
    return exercise.category is Category.STRENGTH and not LEG_TARGETS.isdisjoint(exercise.targets)


def serves(need: Need, exercise: Exercise) -> bool:
    """Whether the row fills a need. Calm comes with the end of a session and minutes with their own slot, so no
    minutes row is taken for one."""
    return exercise.category in need.categories and not is_minutes_block(exercise)


def fits_place(pick: Pick, exercise: Exercise, wish: Wish) -> bool:
    """Whether another row can be there for the same."""
    if pick.need is not None:
        return serves(pick.need, exercise)
    return fits_slot(pick.slot, exercise, wish)


def fits_slot(slot: MainSlot, exercise: Exercise, wish: Wish) -> bool:
    """Whether the row can be there for this."""
    category = exercise.category
    if slot is MainSlot.TRUNK:
        return category in TRUNK
    if slot is MainSlot.LEG:
        return is_leg_row(exercise)
    if slot is MainSlot.BALANCE:
        return category is Category.BALANCE
    if slot is MainSlot.GOAL:
        return not wish.goals.isdisjoint(exercise.goals)
    if slot is MainSlot.EXPOSURE:
        return wish.feared is not None and exercise.id in wish.feared.rows
    if slot is MainSlot.AEROBIC:
        return is_minutes_block(exercise)
    if slot is MainSlot.UPPER:
        return exercise.targets[0] in _UPPER_TARGETS and category in (
            Category.STRENGTH,
            Category.MOTOR_CONTROL,
        )
    if slot is MainSlot.MOVE:
        return category in (Category.MOBILITY, Category.DIRECTION)
    if slot is MainSlot.ACTIVATE:
        return category in (Category.MOTOR_CONTROL, Category.BALANCE) or is_minutes_block(exercise)
    return category is not Category.STRETCH
