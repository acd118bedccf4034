"""A session put together: main rows, then the end, then the beginning, in order, with the time filled.

Everything is tried with seeded draws until a draft breaks no rule (rulings 3.4); the filters are never
touched.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from backmove.core.choices import Category
from backmove.core.dose import one_set, start_dose
from backmove.core.dose import seconds as seconds_of
from backmove.core.exercise import Exercise, Slot
from backmove.core.filling import fill
from backmove.core.frame import HARD, Frame, breaks, needs_floor, wakes
from backmove.core.history import is_calm
from backmove.core.main_block import main_rows
from backmove.core.plan import Block, PlannedItem
from backmove.core.slots import Pick, is_leg_row, is_minutes_block
from backmove.core.why import why_main, why_settle, why_warmup
from backmove.core.zone import Zone

_ENDS: Final = frozenset(
    {Category.RELAXATION, Category.RECOVERY, Category.STRETCH, Category.MOBILITY, Category.MIND_BODY}
)
_FEWEST: Final = 2
_PLAIN_TRIES: Final = 6
"""Drafts that fill time only in the usual ways, before they do so by all means."""
_FIRM_TRIES: Final = 12
"""Drafts with the best main rows, and with ends that follow what is liked and what was there last time. Then other
rows are tried, and any end that fits."""


@dataclass(frozen=True, slots=True)
class Draft:
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
    for number, picks in _main_blocks(frame, rng, fixed):
        items = _draft(frame, picks, rng, number)
        if items is None:
            continue
        draft = Draft(items, tuple(picks))
        broken = breaks(items, frame)
        if not broken:
            return draft
        if HARD.isdisjoint(broken) and (best is None or len(broken) < best[0]):
            best = (len(broken), draft)
    return best[1] if best else None


def _main_blocks(
    frame: Frame, rng: Random, fixed: Sequence[Sequence[Pick]]
) -> Iterator[tuple[int, Sequence[Pick]]]:
    """Main blocks to try, with the number of the try: long before short, the best rows before others.

    In all as many as the parameters allow.
    """
    attempts = frame.parameters.blocks.attempts.value
    if fixed:
        each = max(1, attempts // len(fixed))
        yield from ((number, picks) for picks in fixed for number in range(each))
        return
    wished = main_rows(frame.pools[Slot.MAIN], frame.wish)
    most = len(wished) if frame.zone is Zone.RED else min(frame.table.main[1], len(wished))
    sizes = range(most, _FEWEST - 1, -1)
    for size in sizes:
        each = attempts // len(sizes)
        for number in range(each):
            best = wished[:size]
            yield number, best if number < _FIRM_TRIES else _other_rows(frame, best, rng, number < each // 2)


def _other_rows(frame: Frame, wished: Sequence[Pick], rng: Random, strict: bool) -> Sequence[Pick]:
    """Main rows with some of the wished ones left out; ``strict`` keeps the kinds of exercise (I16)."""
    avoid = frozenset(pick.exercise.id for pick in wished if rng.random() < 0.5)
    others = main_rows(frame.pools[Slot.MAIN], frame.wish, avoid)[: len(wished)]
    kinds = {pick.exercise.category for pick in wished}
    lost = strict and not kinds <= {pick.exercise.category for pick in others}
    return wished if lost or len(others) < _FEWEST else others


def _draft(frame: Frame, picks: Sequence[Pick], rng: Random, number: int) -> tuple[PlannedItem, ...] | None:
    """One try, in order and with its time filled; None when the ends do not fit around the main rows.

    The first tries follow every preference; later ones only the seed, every other time.
    """
    firm = number < _FIRM_TRIES or number % 2 == 0
    main = [_item(p.exercise, Block.MAIN, frame, *why_main(p, frame.wish)) for p in picks]
    draw = {row.id: rng.random() for slot in (Slot.WARMUP, Slot.SETTLE) for row in frame.pools[slot]}
    more = rng.random() < 0.5
    settle = _settle(frame, main, draw, more=more, firm=firm)
    if settle is None:
        return None
    warmup = _warmup(frame, main, settle, draw, firm=firm)
    if warmup is None:
        return None
    return tuple(fill(_in_order(warmup, main, settle), frame, by_all_means=number >= _PLAIN_TRIES))


def _item(exercise: Exercise, block: Block, frame: Frame, rule: str, why: str) -> PlannedItem:
    dose = start_dose(exercise, older=frame.long_holds, parameters=frame.parameters)
    if len(dose.counts) > 1 and frame.one_set_each:
        dose = one_set(dose)
    return PlannedItem(
        exercise=exercise,
        block=block,
        dose=dose,
        seconds=seconds_of(dose, frame.parameters.seconds),
        rung=0,
        step=exercise.chain.step if exercise.chain else None,
        fill=False,
        form="usual",
        rule=rule,
        why=why,
    )


# --- the end ------------------------------------------------------------------------------------------


def _settle(
    frame: Frame, main: list[PlannedItem], draw: dict[str, float], *, more: bool, firm: bool
) -> list[PlannedItem] | None:
    """Rows to end with: one that calms (or else eases), and another where the size asks for it (``more``)."""
    low, high = frame.table.settle
    room = frame.limit_s - sum(item.seconds for item in main) - frame.parameters.blocks.warmup_min.value
    if frame.short:
        room = min(room, frame.parameters.blocks.short_settle_max.value)
    most = min(room, frame.limit_s // 3 + frame.parameters.seconds.change_over.value) if firm else room
    rows = [row for row in _free(frame.pools[Slot.SETTLE], main) if row.category in _ENDS]
    rows.sort(key=lambda row: _settle_rank(row, frame, draw) if firm else (draw[row.id],))
    chosen: list[PlannedItem] = []
    for row in sorted(rows, key=lambda row: _end_kind(row, frame, firm=firm)):
        if not _joins(row, chosen) or (is_calm(row) and any(is_calm(item.exercise) for item in chosen)):
            continue
        if not chosen and row.category is Category.MIND_BODY:
            return None
        item = _item(row, Block.SETTLE, frame, "B5", why_settle(row))
        if item.seconds <= min(room, most):
            chosen.append(item)
            room -= item.seconds
        if len(chosen) == (high if more else low):
            break
    return sorted(chosen, key=lambda item: is_calm(item.exercise)) if chosen else None


def _end_kind(row: Exercise, frame: Frame, *, firm: bool) -> int:
    """What ends a session first of all: calm when it is its turn, else something that eases (B5)."""
    if row.category is Category.MIND_BODY:
        return 2
    return firm and is_calm(row) != frame.calm_wanted


def _settle_rank(row: Exercise, frame: Frame, draw: dict[str, float]) -> tuple[float, ...]:
    relief = frame.wish.relief
    return (
        row.id in frame.unlike,
        relief.index(row.id) if frame.zone is Zone.RED and row.id in relief else len(relief),
        row.id in frame.history.last_rows,
        frame.wish.likes.isdisjoint((row.id, row.category, row.tradition)),
        draw[row.id],
    )


# --- the beginning ------------------------------------------------------------------------------------


def _warmup(
    frame: Frame, main: list[PlannedItem], settle: list[PlannedItem], draw: dict[str, float], *, firm: bool
) -> list[PlannedItem] | None:
    """Rows to begin with: first one that moves the trunk or raises the pulse; in all at most their share of
    time."""
    others = [*main, *settle]
    stay_up = any(needs_floor(i.exercise) for i in settle) and not all(needs_floor(i.exercise) for i in main)
    rows = [row for row in _free(frame.pools[Slot.WARMUP], others) if not (stay_up and needs_floor(row))]
    rows.sort(key=lambda row: _warmup_rank(row, frame, draw) if firm else (draw[row.id],))
    rest = sum(item.seconds for item in others)
    breathing = [row for row in rows if row.id == frame.breathing and frame.zone is Zone.RED]
    for count in range(frame.table.warmup[1], 0, -1):
        for first in rows:
            found = _with_others(first, breathing + rows, count, rest, frame) if wakes(first) else None
            if found:
                return found
    return None


def _with_others(
    first: Exercise, pool: Sequence[Exercise], count: int, rest: int, frame: Frame
) -> list[PlannedItem] | None:
    """``first`` and as many more as asked, within the share of time that a warm-up has."""
    chosen: list[PlannedItem] = []
    for row in (first, *pool):
        if _joins(row, chosen):
            item = _item(row, Block.WARMUP, frame, "B4", why_warmup(row))
            if _warm_enough(sum(i.seconds for i in [*chosen, item]), rest, frame):
                chosen.append(item)
        if len(chosen) == count:
            return chosen
        if not chosen:
            return None
    return None


def _warm_enough(warmup: int, rest: int, frame: Frame) -> bool:
    """Whether a warm-up of so many seconds stays within its share of what the session will come to."""
    blocks = frame.parameters.blocks
    total = max(warmup + rest, min(frame.full_s, frame.limit_s))
    longest = blocks.short_warmup_max.value if frame.short else frame.limit_s
    most = total * blocks.warmup_share_max.value // 100
    return warmup <= min(most, longest) and warmup + rest <= frame.limit_s


def _warmup_rank(row: Exercise, frame: Frame, draw: dict[str, float]) -> tuple[float, ...]:
    return (
        row.id in frame.unlike,
        row.id in frame.history.last_rows,
        frame.wish.likes.isdisjoint((row.id, row.category, row.tradition)),
        draw[row.id],
    )


# --- together -----------------------------------------------------------------------------------------


def _free(pool: Iterable[Exercise], items: Sequence[PlannedItem]) -> list[Exercise]:
    """Rows of a pool that are not there yet, and whose chain is not."""
    ids = {item.exercise.id for item in items}
    chains = {item.exercise.chain.id for item in items if item.exercise.chain}
    return [row for row in pool if row.id not in ids and (row.chain is None or row.chain.id not in chains)]


def _joins(row: Exercise, items: Sequence[PlannedItem]) -> bool:
    return bool(_free((row,), items))


def _in_order(
    warmup: list[PlannedItem], main: list[PlannedItem], settle: list[PlannedItem]
) -> list[PlannedItem]:
    """The three blocks, each in its order (B7), the floor rows side by side as far as that can be (B8)."""
    down_early = any(needs_floor(item.exercise) for item in warmup)
    main = sorted(main, key=lambda item: (needs_floor(item.exercise) != down_early, _place(item.exercise)))
    starts_down, ends_down = needs_floor(main[0].exercise), needs_floor(main[-1].exercise)
    warmup = sorted(warmup, key=lambda item: needs_floor(item.exercise) == starts_down)
    settle = sorted(settle, key=lambda item: needs_floor(item.exercise) != ends_down)
    return [*warmup, *main, *settle]


def _place(exercise: Exercise) -> int:
    """Where a row stands in the main block: skill, then big strength, trunk, smaller muscles, the minutes
    block."""
    if is_minutes_block(exercise):
        return 5
    if exercise.category is Category.DIRECTION:
        return 0
    if exercise.category is Category.BALANCE:
        return 1
    if is_leg_row(exercise):
        return 2
    return 3 if exercise.category in (Category.MOTOR_CONTROL, Category.CORE) else 4
