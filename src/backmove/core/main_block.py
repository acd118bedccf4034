"""The main block: which rows, in the order in which they matter (B11, rulings 3.3).

The list does not depend on the minutes; a shorter session is its beginning. So more time never takes a kind of
exercise away (I16). Every choice is by sort key, the last part of which is seeded.
"""

from collections.abc import Sequence
from typing import Final

from backmove.core.choices import Category
from backmove.core.exercise import Exercise, Stage
from backmove.core.needs import Need
from backmove.core.placement import Steps
from backmove.core.slots import MainSlot, Pick, Wish, fits_slot, is_minutes_block
from backmove.core.zone import Zone

_OLDER: Final = (MainSlot.LEG, MainSlot.BALANCE, MainSlot.TRUNK, MainSlot.GOAL)
_OTHERS: Final = (MainSlot.TRUNK, MainSlot.LEG, MainSlot.GOAL)
_THEN: Final = (MainSlot.NEED, MainSlot.AEROBIC, MainSlot.UPPER, MainSlot.SECOND_NEED)
_BAD_DAY: Final = (MainSlot.MOVE, MainSlot.ACTIVATE)
_SHORT: Final = (MainSlot.ANY, MainSlot.ANY)
_LONG: Final = (MainSlot.LONG, MainSlot.LONG)
"""Where the slots gave fewer than two rows: any other that fits the shortest session, then any other at all."""
_FEWEST: Final = 2
"""A main block has at least two rows, of two categories (I1, I19)."""


def main_rows(pool: Sequence[Exercise], wish: Wish, avoid: frozenset[str] = frozenset()) -> list[Pick]:
    """The main rows of the day, the most important first; at least two of two categories if there are any.

    ``avoid``: rows to do without. The list is as long as the slots and ``learn_max`` allow. Once there is a block,
    an amber day brings nothing new (rulings 3.7); where the known rows cannot be done today (another place), easy
    rows of a bad day stand in for them.
    """
    rows = [row for row in pool if row.id not in avoid]
    if wish.zone is not Zone.AMBER or not wish.history.known:
        return _by_slots(rows, wish)
    known: list[Exercise] = []
    new: list[Exercise] = []
    for row in rows:
        (known if wish.history.knows(row) else new).append(row)
    easy = [row for row in new if row.level == 1 and Stage.FLARE in row.stages]
    steady = [row for row in easy if wish.older and row.category is Category.BALANCE]
    picks = _by_slots([*known, *steady], wish, _SHORT)
    if len(picks) < _FEWEST:
        picks = _by_slots([*known, *easy], wish)
    return picks if len(picks) >= _FEWEST else _by_slots(rows, wish)


def _by_slots(
    pool: Sequence[Exercise], wish: Wish, at_least: Sequence[MainSlot] = (*_SHORT, *_LONG)
) -> list[Pick]:
    """The best row for each slot in turn; ``at_least``: slots for when there would be fewer than two rows."""
    rows = _todays_rows(pool, wish)
    picks: list[Pick] = []
    good_day = (*(_OLDER if wish.older else _OTHERS), *_THEN)
    slots = _BAD_DAY if wish.zone is Zone.RED else good_day
    for slot in (*slots, *at_least):
        if len(picks) >= _FEWEST and (wish.zone is Zone.RED or slot in at_least):
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
    """K5: once there is a block, new rows come one at a time and on green days, unless there are too few without.

    A minutes block on a green day is nothing to learn.
    """
    if wish.zone is Zone.RED or not wish.history.known or _is_known(pick, wish):
        return True
    if len(picks) < _FEWEST or (pick.slot is MainSlot.BALANCE and wish.older):
        return True
    if wish.zone is Zone.AMBER:
        return False
    return all(_is_known(p, wish) for p in picks) or _first_goal_row(pick.slot, picks, wish)


def _is_known(pick: Pick, wish: Wish) -> bool:
    easy = wish.zone is Zone.GREEN and is_minutes_block(pick.exercise)
    return easy or wish.history.knows(pick.exercise)


def _is_short(pick: Pick, picks: Sequence[Pick], wish: Wish) -> bool:
    """The first two rows are those of the shortest session, too: together they must fit into it, and the first
    may take two thirds of that, unless nothing else is left."""
    if len(picks) >= _FEWEST or pick.slot is MainSlot.LONG:
        return True
    together = sum(wish.start_s(p.exercise) for p in (*picks, pick))
    return together <= wish.short_main_s if picks else 3 * together <= 2 * wish.short_main_s


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
