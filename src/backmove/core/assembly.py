"""A session put together: main rows, then the end, then the beginning, in order, with the time filled.

Everything is tried with seeded draws until a draft breaks no rule (rulings 3.4); the filters are never
touched.
"""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from backmove.core.choices import Category
from backmove.core.dose import seconds as seconds_of
from backmove.core.ends import item_of, settle_rows, warmup_rows
from backmove.core.exercise import Slot
from backmove.core.filling import fill
from backmove.core.frame import HARD, MILD, Frame, breaks, needs_floor
from backmove.core.main_block import main_rows
from backmove.core.plan import Block, PlannedItem
from backmove.core.record import GivenDose
from backmove.core.rising import dose_of, risen, squeezed
from backmove.core.slots import MainSlot, Pick, is_leg_row, is_minutes_block
from backmove.core.why import why_main
from backmove.core.zone import Zone

_FEWEST: Final = 2
_PLAIN_TRIES: Final = 6
"""Drafts that fill time only in the usual ways, before they do so by all means."""
_FIRM_TRIES: Final = 12
"""Drafts with the best main rows, and with ends that follow what is liked and what was there last time. Then other
rows are tried, and any end that fits."""

_FREE_FROM, _ANY_FROM = 2, 3
"""Quarters of the tries from which more than one row is left out, and any row."""


class Draft(Struct, frozen=True):
    """A session's rows in order, and what its main rows are there for, the most important first."""

    items: tuple[PlannedItem, ...]
    picks: tuple[Pick, ...]

    def ids(self, *blocks: Block) -> frozenset[str]:
        """The rows of some blocks."""
        return frozenset(item.exercise.id for item in self.items if item.block in blocks)


def assemble(frame: Frame, rng: Random, fixed: Sequence[Sequence[Pick]] = ()) -> Draft | None:
    """The first draft that breaks nothing, else the one that breaks least and no hard rule, else None.

    ``fixed``: main blocks to use as they are, the best first; empty means "choose". The seed is in ``rng``.
    """
    best: tuple[int, Draft] | None = None
    mild: Draft | None = None
    for number, picks in _main_blocks(frame, rng, fixed):
        if mild is not None and number >= _FIRM_TRIES:
            return mild
        items = _draft(frame, picks, rng, number)
        if items is None:
            continue
        draft = Draft(items, tuple(picks))
        broken = breaks(items, frame)
        if not broken:
            return draft
        if MILD.issuperset(broken):
            mild = mild or draft
        elif HARD.isdisjoint(broken) and (best is None or len(broken) < best[0]):
            best = (len(broken), draft)
    return mild or (best[1] if best else None)


def _main_blocks(
    frame: Frame, rng: Random, fixed: Sequence[Sequence[Pick]]
) -> Iterator[tuple[int, Sequence[Pick]]]:
    """Main blocks to try, with the number of the try: long before short, the best rows before others.

    In all as many as the parameters allow.
    """
    attempts = frame.parameters.blocks.attempts.value
    if fixed:
        each = max(1, attempts // len(fixed))
        yield from ((number, _within(picks, frame)) for picks in fixed for number in range(each))
        return
    wished = main_rows(frame.pools[Slot.MAIN], frame.wish)
    most = len(wished) if frame.zone is Zone.RED else min(frame.table.main[1], len(wished))
    sizes = _sizes(wished[:most], frame)
    for size in sizes:
        each, best = attempts // len(sizes), wished[:size]
        firm = _within(best, frame)
        for number in range(each):
            if number < _FIRM_TRIES:
                yield number, firm
            else:
                yield number, _within(_other_rows(frame, best, rng, 4 * number // each), frame)


def _sizes(wished: Sequence[Pick], frame: Frame) -> list[int]:
    """Sizes of the main block to try, the longest first. Where the doses of a size do not fit, the lowest slot goes
    before a dose is cut, down to the least size of the table (rulings 3.5)."""
    sizes = range(len(wished), _FEWEST - 1, -1)
    least = min(max(_FEWEST, frame.table.main[0]), len(wished))
    full = [
        size
        for size in sizes
        if size > least and _main_s(_risen(wished[:size], frame), frame) <= _main_most_s(frame)
    ]
    return full + [size for size in sizes if size <= least]


def _within(picks: Sequence[Pick], frame: Frame) -> list[Pick]:
    """The rows at their rungs, cut to the time that a main block may take."""
    return squeezed(
        _risen(picks, frame),
        _main_most_s(frame),
        frame.wish,
        frame.parameters,
        older=frame.long_holds,
        one_set_each=frame.one_set_each,
    )


def _risen(picks: Sequence[Pick], frame: Frame) -> list[Pick]:
    return risen(picks, frame.pools[Slot.MAIN], frame.wish)


def _main_most_s(frame: Frame) -> int:
    return frame.limit_s * frame.parameters.blocks.main_share_max.value // 100


def _main_s(picks: Sequence[Pick], frame: Frame) -> int:
    return sum(seconds_of(_dose(pick, frame), frame.parameters.seconds) for pick in picks)


def _dose(pick: Pick, frame: Frame) -> GivenDose:
    return dose_of(
        pick, frame.wish, frame.parameters, older=frame.long_holds, one_set_each=frame.one_set_each
    )


def _other_rows(frame: Frame, wished: Sequence[Pick], rng: Random, quarter: int) -> Sequence[Pick]:
    """Main rows with some of the wished ones left out; older people keep their balance row (I22).

    ``quarter`` of the tries, from 0: in the first two one row at a time is left out (I38) and no kind of exercise is
    lost (I16); in all but the last the rows that serve a goal stay (I23).
    """
    strict = quarter < _FREE_FROM
    goals = frame.wish.goals if quarter < _ANY_FROM else frozenset()
    steady = MainSlot.BALANCE if frame.wish.older else None
    loose = [p.exercise.id for p in wished if p.slot is not steady and goals.isdisjoint(p.exercise.goals)]
    if strict and loose:
        avoid = frozenset({loose[int(rng.random() * len(loose))]})
    else:
        avoid = frozenset(row for row in loose if rng.random() < 0.5)
    others = main_rows(frame.pools[Slot.MAIN], frame.wish, avoid)[: len(wished)]
    kinds = {pick.exercise.category for pick in wished}
    lost = strict and not kinds <= {pick.exercise.category for pick in others}
    return wished if lost or len(others) < _FEWEST else others


def _draft(frame: Frame, picks: Sequence[Pick], rng: Random, number: int) -> tuple[PlannedItem, ...] | None:
    """One try, in order and with its time filled; None when the ends do not fit around the main rows.

    The first tries follow every preference; later ones only the seed, every other time.
    """
    firm = number < _FIRM_TRIES or number % 2 == 0
    main = [_main_item(pick, frame) for pick in picks]
    draw = {row.id: rng.random() for slot in (Slot.WARMUP, Slot.SETTLE) for row in frame.pools[slot]}
    more = rng.random() < 0.5
    settle = settle_rows(frame, main, draw, more=more, firm=firm)
    if settle is None:
        return None
    warmup = warmup_rows(frame, main, settle, draw, firm=firm)
    if warmup is None:
        return None
    return tuple(fill(_in_order(warmup, main, settle), frame, by_all_means=number >= _PLAIN_TRIES))


def _main_item(pick: Pick, frame: Frame) -> PlannedItem:
    rule, why = why_main(pick, frame.wish)
    item = item_of(pick.exercise, Block.MAIN, frame, rule, why, _dose(pick, frame))
    return replace(item, rung=pick.rung, slot=pick.slot.name.lower())


def _in_order(
    warmup: list[PlannedItem], main: list[PlannedItem], settle: list[PlannedItem]
) -> list[PlannedItem]:
    """The three blocks, each in its order (B7), the floor rows side by side as far as that can be (B8)."""
    down_early = any(needs_floor(item.exercise) for item in warmup)
    main = sorted(main, key=lambda item: (needs_floor(item.exercise) != down_early, _place(item)))
    starts_down, ends_down = needs_floor(main[0].exercise), needs_floor(main[-1].exercise)
    warmup = sorted(warmup, key=lambda item: needs_floor(item.exercise) == starts_down)
    settle = sorted(settle, key=lambda item: needs_floor(item.exercise) != ends_down)
    return [*warmup, *main, *settle]


def _place(item: PlannedItem) -> int:
    """Where a row stands in the main block: those of a plan as they came, then skill, big strength, trunk, smaller
    muscles, the minutes block."""
    exercise = item.exercise
    if item.planned:
        return -1
    if is_minutes_block(exercise):
        return 5
    if exercise.category is Category.DIRECTION:
        return 0
    if exercise.category is Category.BALANCE:
        return 1
    if is_leg_row(exercise):
        return 2
    return 3 if exercise.category in (Category.MOTOR_CONTROL, Category.CORE) else 4
