"""Both ends of a session: the rows to begin and to end with, around main rows that stand (B4, B5, K2).

A row is never there twice, nor is its chain. Choices are by sort key, the last part of which is seeded.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from backmove.core.choices import Category
from backmove.core.dose import one_set, start_dose
from backmove.core.dose import seconds as seconds_of
from backmove.core.exercise import Exercise, Slot
from backmove.core.frame import Frame, needs_floor, wakes
from backmove.core.history import is_calm
from backmove.core.plan import Block, PlannedItem
from backmove.core.record import GivenDose
from backmove.core.why import why_settle, why_warmup
from backmove.core.zone import Zone

_ENDS: Final = frozenset(
    {Category.RELAXATION, Category.RECOVERY, Category.STRETCH, Category.MOBILITY, Category.MIND_BODY}
)


def item_of(
    exercise: Exercise, block: Block, frame: Frame, rule: str, why: str, given: GivenDose | None = None
) -> PlannedItem:
    """A row with its dose; warm-up and settle have the start dose (B4)."""
    dose = given or start_dose(exercise, older=frame.long_holds, parameters=frame.parameters)
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
        form="easier" if exercise.id in frame.wish.course.easier else "usual",
        rule=rule,
        why=why,
    )


def settle_rows(
    frame: Frame, main: list[PlannedItem], draw: dict[str, float], *, more: bool, firm: bool
) -> list[PlannedItem] | None:
    """Rows to end with: one that calms (or else eases), and another where the size asks for it (``more``)."""
    low, high = frame.table.settle
    room = frame.limit_s - sum(item.seconds for item in main) - frame.parameters.blocks.warmup_min.value
    if frame.short:
        room = min(room, frame.parameters.blocks.short_settle_max.value)
    most = min(room, frame.limit_s // 3 + frame.parameters.seconds.change_over.value) if firm else room
    rows = [row for row in _free(frame.pools[Slot.SETTLE], main) if row.category in _ENDS]
    week = _week_of(frame)
    rows.sort(key=lambda row: _settle_rank(row, frame, week, draw) if firm else (draw[row.id],))
    chosen: list[PlannedItem] = []
    for row in sorted(rows, key=lambda row: _end_kind(row, frame, firm=firm)):
        if not _joins(row, chosen) or (is_calm(row) and any(is_calm(item.exercise) for item in chosen)):
            continue
        if not chosen and row.category is Category.MIND_BODY:
            return None
        item = item_of(row, Block.SETTLE, frame, "B5", why_settle(row))
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


class _Week(NamedTuple):
    """The kinds of rows that the week still lacks, and those that every session which is left must have (H3)."""

    lacking: frozenset[Category]
    pressing: frozenset[Category]


def _week_of(frame: Frame) -> _Week:
    needs, none = frame.wish.needs, frozenset[Category]()
    return _Week(
        none.union(*(need.categories for need in needs if need.lack > 0)),
        none.union(*(need.categories for need in needs if need.urgent)),
    )


def _settle_rank(row: Exercise, frame: Frame, week: _Week, draw: dict[str, float]) -> tuple[float, ...]:
    relief = frame.wish.relief
    return (
        row.id in frame.unlike,
        frame.tired and row.category is not Category.RELAXATION,
        relief.index(row.id) if frame.zone is Zone.RED and row.id in relief else len(relief),
        row.category not in week.pressing,
        row.id in frame.history.last_rows,
        row.category not in week.lacking,
        frame.wish.likes.isdisjoint((row.id, row.category, row.tradition)),
        draw[row.id],
    )


def warmup_rows(
    frame: Frame, main: list[PlannedItem], settle: list[PlannedItem], draw: dict[str, float], *, firm: bool
) -> list[PlannedItem] | None:
    """Rows to begin with: first one that moves the trunk or raises the pulse; in all at most their share of
    time."""
    others = [*main, *settle]
    stay_up = any(needs_floor(i.exercise) for i in settle) and not all(needs_floor(i.exercise) for i in main)
    rows = [row for row in _free(frame.pools[Slot.WARMUP], others) if not (stay_up and needs_floor(row))]
    week = _week_of(frame)
    rows.sort(key=lambda row: _warmup_rank(row, frame, week, draw) if firm else (draw[row.id],))
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
            item = item_of(row, Block.WARMUP, frame, "B4", why_warmup(row))
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


def _warmup_rank(row: Exercise, frame: Frame, week: _Week, draw: dict[str, float]) -> tuple[float, ...]:
    return (
        row.id in frame.unlike,
        row.category not in week.pressing,
        row.id in frame.history.last_rows,
        row.category not in week.lacking,
        frame.wish.likes.isdisjoint((row.id, row.category, row.tradition)),
        draw[row.id],
    )


def _free(pool: Iterable[Exercise], items: Sequence[PlannedItem]) -> list[Exercise]:
    """Rows of a pool that are not there yet, and whose chain is not."""
    ids = {item.exercise.id for item in items}
    chains = {item.exercise.chain.id for item in items if item.exercise.chain}
    return [row for row in pool if row.id not in ids and (row.chain is None or row.chain.id not in chains)]


def _joins(row: Exercise, items: Sequence[PlannedItem]) -> bool:
    return bool(_free((row,), items))
