"""The main block: which rows, in the order in which they matter (B11, rulings 3.3).

The list does not depend on the minutes; a shorter session is its beginning. So more time never takes a kind of
exercise away (I16). Every choice is by sort key, the last part of which is seeded.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple, Self

from backmove.core.choices import Category
from backmove.core.exercise import Exercise, Stage
from backmove.core.feared import exposure_row
from backmove.core.placement import Steps
from backmove.core.slots import MainSlot, Pick, Wish, fits_place, is_minutes_block, serves, what_fits
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

    ``avoid``: rows to do without; nothing harder of their chains comes instead. The list is as long as the slots and
    ``learn_max`` allow. Once there is a block, an amber day brings nothing new (rulings 3.7); where the known rows
    cannot be done today (another place), easy rows of a bad day stand in for them.
    """
    rows = _without(avoid, pool, wish) if avoid else pool
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


def _without(avoid: frozenset[str], pool: Sequence[Exercise], wish: Wish) -> list[Exercise]:
    steps: dict[str, int] = {}
    for row in pool:
        if row.id in avoid and row.chain is not None and row.chain.id not in wish.equals:
            steps[row.chain.id] = min(row.chain.step, steps.get(row.chain.id, row.chain.step))
    return [
        row
        for row in pool
        if row.id not in avoid
        and (row.chain is None or row.chain.step < steps.get(row.chain.id, row.chain.step + 1))
    ]


def _by_slots(
    pool: Sequence[Exercise], wish: Wish, at_least: Sequence[MainSlot] = (*_SHORT, *_LONG)
) -> list[Pick]:
    """The best row for each slot in turn; ``at_least``: slots for when there would be fewer than two rows."""
    step = exposure_row(wish.feared, pool)
    rows = _todays_rows(_around(step, pool, wish), wish)
    picks: list[Pick] = []
    for slot in (*_slots(step, wish), *at_least):
        if len(picks) >= _FEWEST and (wish.zone is Zone.RED or slot in at_least):
            break
        there = rows if slot is MainSlot.EXPOSURE or step is None else [r for r in rows if r is not step]
        if pick := _best(slot, there, picks, wish):
            picks.append(pick)
            room = _Room.beside(picks, wish)
            rows = [row for row in rows if room.has(row)]
    return picks


def _slots(step: Exercise | None, wish: Wish) -> Sequence[MainSlot]:
    """What the rows of the day are there for, in order. A step toward a feared move comes before the goal.

    Where only two rows are to be learnt, it comes first, or it would never come (O4, O5); balance stays beside it, and
    for older people it waits until the week has its strength (I22, H6).
    """
    if wish.zone is Zone.RED:
        return _BAD_DAY
    slots = (*(_OLDER if wish.older else _with_balance(wish)), *_THEN)
    if step is None:
        return slots
    if wish.learn_max > _FEWEST and MainSlot.BALANCE in slots and not wish.older:
        return (MainSlot.TRUNK, MainSlot.BALANCE, MainSlot.EXPOSURE, MainSlot.LEG, MainSlot.GOAL, *_THEN)
    if wish.learn_max > _FEWEST:
        place = slots.index(MainSlot.GOAL)
        return (*slots[:place], MainSlot.EXPOSURE, *slots[place:])
    if not wish.older:
        balance = MainSlot.BALANCE in slots
        return (MainSlot.EXPOSURE, MainSlot.BALANCE, *slots) if balance else (MainSlot.EXPOSURE, *slots)
    strong = any(Category.STRENGTH in need.categories and not need.lack for need in wish.needs)
    return (MainSlot.EXPOSURE, MainSlot.BALANCE, *slots) if strong else slots


def _with_balance(wish: Wish) -> Sequence[MainSlot]:
    """The first slots; in the last session of a week that has had no balance yet, balance is one of them (H2, I35):
    in the place of the legs once these had their days."""
    balance = any(need.urgent and Category.BALANCE in need.categories for need in wish.needs)
    if not balance:
        return _OTHERS
    strong = any(Category.STRENGTH in need.categories and not need.lack for need in wish.needs)
    first = (MainSlot.TRUNK, MainSlot.BALANCE, MainSlot.LEG)
    return (*(first if strong else (MainSlot.TRUNK, MainSlot.LEG, MainSlot.BALANCE)), MainSlot.GOAL)


def _around(step: Exercise | None, pool: Sequence[Exercise], wish: Wish) -> Sequence[Exercise]:
    """The rows beside today's step toward a feared move: no other of its ladder, and its chain kept free for it."""
    if wish.feared is None:
        return pool
    ladder = frozenset(wish.feared.rows) if step is not None else wish.feared.above
    return [
        row
        for row in pool
        if row is step or (row.id not in ladder and (step is None or not _same_chain(row, step)))
    ]


def _best(slot: MainSlot, rows: Sequence[Exercise], picks: list[Pick], wish: Wish) -> Pick | None:
    """The best row for a slot of those that have room beside the rows already there, or None: an empty slot passes to
    the next."""
    if slot not in (MainSlot.NEED, MainSlot.SECOND_NEED):
        fits = what_fits(slot)
        return _first([Pick(row, slot) for row in rows if fits(row, wish)], picks, wish)
    for need in wish.needs:
        if need.lack and not any(p.exercise.category in need.categories for p in picks):
            found = _first([Pick(row, slot, need) for row in rows if serves(need, row)], picks, wish)
            if found:
                return found
    return None


def _first(fitting: Sequence[Pick], picks: Sequence[Pick], wish: Wish) -> Pick | None:
    # the first two rows are of two categories
    other = picks[0].exercise.category if len(picks) == 1 else None
    found = [
        p
        for p in fitting
        if p.exercise.category is not other and _may_be_new(p, picks, wish) and _is_short(p, picks, wish)
    ]
    return min(found, key=lambda p: _rank(p, picks, wish), default=None)


class _Room(NamedTuple):
    """What can stand beside some rows: no exercise and no chain twice, one minutes block, no more to learn than
    allowed. ``rows`` and ``chains`` are taken."""

    rows: frozenset[str]
    chains: frozenset[str]
    for_block: bool
    for_learning: bool

    @classmethod
    def beside(cls, picks: Sequence[Pick], wish: Wish) -> Self:
        rows = [pick.exercise for pick in picks]
        blocks = sum(map(is_minutes_block, rows))
        chains = frozenset(row.chain.id for row in rows if row.chain is not None)
        free = len(rows) - blocks < wish.learn_max
        return cls(frozenset(row.id for row in rows), chains, blocks == 0, free)

    def has(self, row: Exercise) -> bool:
        if row.id in self.rows or (row.chain is not None and row.chain.id in self.chains):
            return False
        return self.for_block if is_minutes_block(row) else self.for_learning


def _same_chain(a: Exercise, b: Exercise) -> bool:
    return a.chain is not None and b.chain is not None and a.chain.id == b.chain.id


def _may_be_new(pick: Pick, picks: Sequence[Pick], wish: Wish) -> bool:
    """K5: once there is a block, new rows come one at a time and on green days, unless there are too few without.

    A minutes block on a green day is nothing to learn.
    """
    if wish.zone is Zone.RED or not wish.history.known or _is_known(pick, wish):
        return True
    if pick.slot is MainSlot.EXPOSURE:
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
    alone = wish.start_s(pick.exercise)
    if not picks:
        return 3 * alone <= 2 * wish.short_main_s
    return alone + sum(wish.start_s(p.exercise) for p in picks) <= wish.short_main_s


def _first_goal_row(slot: MainSlot, picks: Sequence[Pick], wish: Wish) -> bool:
    return slot is MainSlot.GOAL and all(wish.goals.isdisjoint(p.exercise.goals) for p in picks)


def _rank(pick: Pick, picks: Sequence[Pick], wish: Wish) -> tuple[float, ...]:
    """Lower comes first: relief order, what is known on an amber day, what has not stood still for weeks, the goal, the
    block, the liked, the row nearest to what the person can do, then the seed."""
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
        row.id in wish.course.stale,
        goal,
        slot is MainSlot.AEROBIC and row.category is not Category.AEROBIC,
        bool(wish.long) and slot is MainSlot.AEROBIC and (row.dose.minutes or (0, 0))[1] < (wish.long or 0),
        row.chain is not None and row.chain.id in wish.rested,
        _kept(row, wish),
        wish.likes.isdisjoint((row.id, row.category, row.tradition)),
        -row.level,
        wish.draw[row.id],
    )


def _kept(row: Exercise, wish: Wish) -> int:
    """0 for the rows of the block, so that a set stays (K1); once two sets may take turns, for those of the set before
    the last one first. Another step of a chain stands for the chain (rulings 3.7)."""
    sets = [wish.history.block, wish.history.block_before]
    order = sets[::-1] if wish.two_sets else sets
    chain = row.chain.id if row.chain is not None and row.chain.id not in wish.equals else row.id
    return next((place for place, rows in enumerate(order) if rows & {row.id, chain}), len(order))


def _todays_rows(pool: Sequence[Exercise], wish: Wish) -> list[Exercise]:
    """One row for each ladder: the person's own step, else the nearest below, else one above of the same
    level.

    Chains that are groups of equals keep every row.
    """
    best: dict[str, Exercise] = {}
    for row in pool:
        if row.chain is not None and row.chain.id not in wish.equals:
            climbed = wish.feared is not None and row.id in wish.feared.rows
            if row.level > wish.steps.level.get(row.chain.id, 0) and not climbed:
                continue
            now = best.get(row.chain.id)
            if now is None or _nearness(row, wish.steps) < _nearness(now, wish.steps):
                best[row.chain.id] = row
    return [r for r in pool if r.chain is None or r.chain.id in wish.equals or best.get(r.chain.id) is r]


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
    room = _Room.beside(others, wish)
    only_goal_row = _first_goal_row(MainSlot.GOAL, others, wish) and not wish.goals.isdisjoint(
        pick.exercise.goals
    )
    found = [
        Pick(row, pick.slot, pick.need)
        for row in _todays_rows(_around(exposure_row(wish.feared, pool), pool, wish), wish)
        if row.id != pick.exercise.id
        and fits_place(pick, row, wish)
        and room.has(row)
        and not (only_goal_row and wish.goals.isdisjoint(row.goals))
    ]
    return sorted(found, key=lambda other: _rank(other, others, wish))
