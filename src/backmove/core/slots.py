"""The main block: which rows, in the order in which they matter (B11, rulings 3.3).

The list does not depend on the minutes; a shorter session is its beginning. So more time never takes a kind
of exercise away (I16). Every choice is by sort key, the last part of which is seeded.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from backmove.core.choices import Category, Goal
from backmove.core.exercise import DoseKind, Exercise, Stage, Target
from backmove.core.history import History
from backmove.core.needs import TRUNK, Need
from backmove.core.placement import Steps
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
    NEED = auto()
    AEROBIC = auto()
    UPPER = auto()
    SECOND_NEED = auto()
    MOVE = auto()
    ACTIVATE = auto()
    ANY = auto()
    LONG = auto()


_OLDER: Final = (MainSlot.LEG, MainSlot.BALANCE, MainSlot.TRUNK, MainSlot.GOAL)
_OTHERS: Final = (MainSlot.TRUNK, MainSlot.LEG, MainSlot.GOAL)
_THEN: Final = (MainSlot.NEED, MainSlot.AEROBIC, MainSlot.UPPER, MainSlot.SECOND_NEED)
_BAD_DAY: Final = (MainSlot.MOVE, MainSlot.ACTIVATE)
_AT_LEAST: Final = (MainSlot.ANY, MainSlot.ANY, MainSlot.LONG, MainSlot.LONG)
"""Where the slots gave fewer than two rows: any other that fits the shortest session, then any other at all."""
_FEWEST: Final = 2
"""A main block has at least two rows, of two categories (I1, I19)."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A row of the main block and what it is there for."""

    exercise: Exercise
    slot: MainSlot
    need: Need | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """Everything that ranks the main rows of a day. ``draw``: a seeded number for each row.

    ``start_s``: how long a row's start dose takes; ``short_main_s``: what the main block of the shortest session
    has. ``long``: the minutes that the minutes block of a long session should reach.
    """

    zone: Zone
    older: bool
    goals: frozenset[Goal]
    likes: frozenset[str]
    learn_max: int
    needs: tuple[Need, ...]
    history: History
    steps: Steps
    equals: tuple[str, ...]
    relief: tuple[str, ...]
    long: int | None
    draw: Mapping[str, float]
    start_s: Callable[[Exercise], int]
    short_main_s: int


def is_minutes_block(exercise: Exercise) -> bool:
    """The one longer part of a main block, by the clock; it is not one of the rows to learn (B6)."""
    return (
        exercise.category in (Category.AEROBIC, Category.MIND_BODY) and exercise.dose.kind is DoseKind.MINUTES
    )


def is_leg_row(exercise: Exercise) -> bool:
    """Strength with a leg or hip target (rulings 3.1)."""
    return exercise.category is Category.STRENGTH and not LEG_TARGETS.isdisjoint(exercise.targets)


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


def main_rows(pool: Sequence[Exercise], wish: Wish, avoid: frozenset[str] = frozenset()) -> list[Pick]:
    """The main rows of the day, the most important first; at least two of two categories if there are any.

    ``avoid``: rows to do without. The list is as long as the slots and ``learn_max`` allow. Once there is a block,
    an amber day brings nothing new (rulings 3.7); where the known rows cannot be done today (another place), easy
    rows of a bad day stand in for them.
    """
    rows = [row for row in pool if row.id not in avoid]
    if wish.zone is not Zone.AMBER or not wish.history.known:
        return _by_slots(rows, wish)
    known = [row for row in rows if wish.history.knows(row)]
    easy = [row for row in rows if row.level == 1 and Stage.FLARE in row.stages and row not in known]
    steady = [row for row in easy if wish.older and row.category is Category.BALANCE]
    picks = _by_slots([*known, *steady], wish)
    return picks if len(picks) >= _FEWEST else _by_slots([*known, *easy], wish)


def _by_slots(pool: Sequence[Exercise], wish: Wish) -> list[Pick]:
    rows = _todays_rows(pool, wish)
    picks: list[Pick] = []
    good_day = (*(_OLDER if wish.older else _OTHERS), *_THEN)
    slots = _BAD_DAY if wish.zone is Zone.RED else good_day
    for slot in (*slots, *_AT_LEAST):
        if len(picks) >= _FEWEST and (wish.zone is Zone.RED or slot in _AT_LEAST):
            break
        if pick := _best(slot, rows, picks, wish):
            picks.append(pick)
    return picks


def _best(slot: MainSlot, rows: Sequence[Exercise], picks: list[Pick], wish: Wish) -> Pick | None:
    """The best row for a slot beside those already there, or None: an empty slot passes to the next."""
    if slot not in (MainSlot.NEED, MainSlot.SECOND_NEED):
        return _first([Pick(row, slot) for row in rows if fits_slot(slot, row, wish)], picks, wish)
    for need in wish.needs:
        if need.lack and not any(p.exercise.category in need.categories for p in picks):
            found = _first([Pick(row, slot, need) for row in rows if _serves(need, row)], picks, wish)
            if found:
                return found
    return None


def _serves(need: Need, exercise: Exercise) -> bool:
    """Calm comes with the end of a session and minutes with their own slot, so no minutes row is taken for a
    need."""
    return exercise.category in need.categories and not is_minutes_block(exercise)


def _first(fitting: Sequence[Pick], picks: Sequence[Pick], wish: Wish) -> Pick | None:
    found = [
        p
        for p in fitting
        if _can_join(p.exercise, picks, wish) and _may_be_new(p, picks, wish) and _is_short(p, picks, wish)
    ]
    return min(found, key=lambda p: _rank(p, picks, wish), default=None)


def _can_join(row: Exercise, picks: Sequence[Pick], wish: Wish) -> bool:
    """Whether a row can stand beside others: no exercise and no chain twice, one minutes block, no more to
    learn than allowed, and the first two rows of two categories."""
    if len(picks) == 1 and row.category is picks[0].exercise.category:
        return False
    return _is_free(row, picks, wish)


def _is_free(row: Exercise, picks: Sequence[Pick], wish: Wish) -> bool:
    if any(row.id == p.exercise.id or _same_chain(row, p.exercise) for p in picks):
        return False
    blocks = sum(is_minutes_block(p.exercise) for p in picks)
    return blocks == 0 if is_minutes_block(row) else len(picks) - blocks < wish.learn_max


def _same_chain(a: Exercise, b: Exercise) -> bool:
    return a.chain is not None and b.chain is not None and a.chain.id == b.chain.id


def _may_be_new(pick: Pick, picks: Sequence[Pick], wish: Wish) -> bool:
    """K5: once there is a block, new rows come one at a time, unless a place would stay empty without them.

    A minutes block is nothing to learn.
    """
    known = [wish.history.knows(p.exercise) or is_minutes_block(p.exercise) for p in (*picks, pick)]
    if wish.zone is Zone.RED or not wish.history.known or known[-1]:
        return True
    needed = len(picks) < _FEWEST or (pick.slot is MainSlot.BALANCE and wish.older)
    return needed or (
        wish.zone is Zone.GREEN and (all(known[:-1]) or _first_goal_row(pick.slot, picks, wish))
    )


def _is_short(pick: Pick, picks: Sequence[Pick], wish: Wish) -> bool:
    """The first two rows are those of the shortest session, too, and must fit into it, unless nothing else is
    left."""
    if len(picks) >= _FEWEST or pick.slot is MainSlot.LONG:
        return True
    together = sum(wish.start_s(p.exercise) for p in (*picks, pick))
    return together <= wish.short_main_s if picks else 4 * together <= 3 * wish.short_main_s


def _first_goal_row(slot: MainSlot, picks: Sequence[Pick], wish: Wish) -> bool:
    return slot is MainSlot.GOAL and all(wish.goals.isdisjoint(p.exercise.goals) for p in picks)


def _rank(pick: Pick, picks: Sequence[Pick], wish: Wish) -> tuple[float, ...]:
    """Lower comes first: relief order, what is known on an amber day, the goal, the block, the liked, then
    the seed."""
    row, slot = pick.exercise, pick.slot
    goals = wish.goals.intersection(row.goals)
    if slot is MainSlot.GOAL:
        served = {goal for p in picks for goal in p.exercise.goals}
        goal = 2 - bool(goals - served) - bool(goals - served - wish.history.week_goals)
    else:
        goal = not goals
    return (
        wish.relief.index(row.id) if wish.zone is Zone.RED and row.id in wish.relief else len(wish.relief),
        wish.zone is Zone.AMBER and not wish.history.knows(row),
        goal,
        slot is MainSlot.AEROBIC and row.category is not Category.AEROBIC,
        bool(wish.long) and slot is MainSlot.AEROBIC and (row.dose.minutes or (0, 0))[1] < (wish.long or 0),
        row.id not in wish.history.block,
        wish.likes.isdisjoint((row.id, row.category, row.tradition)),
        wish.draw[row.id],
    )


def _todays_rows(pool: Sequence[Exercise], wish: Wish) -> list[Exercise]:
    """One row for each ladder: the person's own step, else the nearest below, else one above of the same
    level.

    Chains that are groups of equals keep every row.
    """
    best: dict[str, Exercise] = {}
    for row in pool:
        if row.chain is not None and row.chain.id not in wish.equals:
            now = best.get(row.chain.id)
            if now is None or _nearness(row, wish.steps) < _nearness(now, wish.steps):
                best[row.chain.id] = row
    return [r for r in pool if r.chain is None or r.chain.id in wish.equals or best[r.chain.id] is r]


def _nearness(row: Exercise, steps: Steps) -> tuple[int, int]:
    assert row.chain is not None
    own = steps.step.get(row.chain.id, 0)
    above = row.chain.step > own
    return above, row.chain.step - own if above else own - row.chain.step


def alternatives(picks: Sequence[Pick], index: int, pool: Sequence[Exercise], wish: Wish) -> list[Pick]:
    """Other rows for one place of a main block, the best first. The others stay, and so does what the place
    is for."""
    pick = picks[index]
    others = [p for number, p in enumerate(picks) if number != index]
    only_goal_row = _first_goal_row(MainSlot.GOAL, others, wish) and not wish.goals.isdisjoint(
        pick.exercise.goals
    )
    found = [
        Pick(row, pick.slot, pick.need)
        for row in _todays_rows(pool, wish)
        if row.id != pick.exercise.id
        and (_serves(pick.need, row) if pick.need else fits_slot(pick.slot, row, wish))
        and _is_free(row, others, wish)
        and not (only_goal_row and wish.goals.isdisjoint(row.goals))
    ]
    return sorted(found, key=lambda other: _rank(other, others, wish))
