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


_UPPER: Final = frozenset({Category.STRENGTH, Category.MOTOR_CONTROL})
_MOVING: Final = frozenset({Category.MOBILITY, Category.DIRECTION})
_LIGHT: Final = frozenset({Category.MOTOR_CONTROL, Category.BALANCE})
_BY_THE_CLOCK: Final = frozenset({Category.AEROBIC, Category.MIND_BODY})


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
    return exercise.category in _BY_THE_CLOCK and exercise.dose.kind is DoseKind.MINUTES


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
    return what_fits(slot)(exercise, wish)


def what_fits(slot: MainSlot) -> Callable[[Exercise, Wish], bool]:
    """The question that a row must answer to be there for this."""
    return _FITS.get(slot, _is_no_stretch)


def _is_no_stretch(exercise: Exercise, wish: Wish) -> bool:
    return exercise.category is not Category.STRETCH


_FITS: Final[Mapping[MainSlot, Callable[[Exercise, Wish], bool]]] = {
    MainSlot.TRUNK: lambda row, wish: row.category in TRUNK,
    MainSlot.LEG: lambda row, wish: is_leg_row(row),
    MainSlot.BALANCE: lambda row, wish: row.category is Category.BALANCE,
    MainSlot.GOAL: lambda row, wish: not wish.goals.isdisjoint(row.goals),
    MainSlot.EXPOSURE: lambda row, wish: wish.feared is not None and row.id in wish.feared.rows,
    MainSlot.AEROBIC: lambda row, wish: is_minutes_block(row),
    MainSlot.UPPER: lambda row, wish: row.targets[0] in _UPPER_TARGETS and row.category in _UPPER,
    MainSlot.MOVE: lambda row, wish: row.category in _MOVING,
    MainSlot.ACTIVATE: lambda row, wish: row.category in _LIGHT or is_minutes_block(row),
}
