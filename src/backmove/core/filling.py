"""Time filled, within each row's own range: none of it is progression, and it never changes a rung (B2, B6).

On a green day the minutes block goes up first, then the last minutes row, then second sets (rulings 3.4). On
every day the end is brought up to its least, and the beginning to its share.
"""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from backmove.core.dose import ladder, more_sets, seconds
from backmove.core.exercise import DoseKind
from backmove.core.frame import Frame
from backmove.core.plan import Block, PlannedItem
from backmove.core.record import GivenDose
from backmove.core.slots import is_minutes_block

More = Callable[[PlannedItem, Frame], GivenDose | None]


def fill(items: Sequence[PlannedItem], frame: Frame, *, by_all_means: bool = False) -> list[PlannedItem]:
    """The same rows, some of them longer, never over the ceiling. The rest is for the caller to judge.

    ``by_all_means``: where minutes and second sets do not fill a short green session, both ends and the counts
    of the main rows go up within their ranges.
    """
    blocks = frame.parameters.blocks
    filled = list(items)
    settle = [i for i, item in enumerate(filled) if item.block is Block.SETTLE and not item.planned]
    warmup = [i for i, item in enumerate(filled) if item.block is Block.WARMUP and not item.planned]
    main = [i for i, item in enumerate(filled) if item.block is Block.MAIN and not _held_back(item, frame)]
    # rows that rise today first, so that a rise does not come with fewer sets than last time
    main.sort(key=lambda i: filled[i].rung <= frame.wish.course.rung(filled[i].exercise))
    aerobic = [i for i in main if is_minutes_block(filled[i].exercise)]
    if frame.full_s:
        for minutes_row in aerobic:
            _lengthen(filled, minutes_row, frame)
        _raise(filled, aerobic, _minute_more, frame)
        _raise(filled, settle[::-1], _minute_more, frame, most=_settle_most(frame))
        if not frame.one_set_each and (by_all_means or not frame.few_sets):
            _raise(filled, main, _second_set, frame)
    _raise(
        filled, settle, _rung_more, frame, until=blocks.settle_min.value, of=settle, most=_settle_most(frame)
    )
    if by_all_means and frame.must_be_full:
        _raise(filled, settle, _rung_more, frame, most=_settle_most(frame))
        _raise(filled, warmup, _rung_more, frame, most=_warmup_most(frame, frame.full_s))
        if not frame.few_repeats or frame.one_set_each:
            _raise(filled, main, _count_more, frame)
    total = sum(item.seconds for item in filled)
    least = max(
        blocks.warmup_min.value,
        -(-total * blocks.warmup_share_min.value // (100 - blocks.warmup_share_min.value)),
    )
    if frame.short:
        least = max(least, blocks.short_warmup_min.value)
    _raise(filled, warmup, _rung_more, frame, until=least, of=warmup, most=_warmup_most(frame, total))
    return filled


def _held_back(item: PlannedItem, frame: Frame) -> bool:
    """A row that was too much last time gets less, so nothing is filled up in it (I28); nor in one of a plan."""
    return item.planned or item.form == "easier" or item.exercise.id in frame.wish.course.lowered


def _settle_most(frame: Frame) -> int:
    return frame.parameters.blocks.short_settle_max.value if frame.short else frame.limit_s


def _warmup_most(frame: Frame, total: int) -> int:
    blocks = frame.parameters.blocks
    most = total * blocks.warmup_share_max.value // 100
    return min(most, blocks.short_warmup_max.value) if frame.short else most


def _lengthen(items: list[PlannedItem], index: int, frame: Frame) -> None:
    """In a long session the minutes block goes up to its ten minutes, if the row has them (B3)."""
    blocks = frame.parameters.blocks
    top = items[index].exercise.dose.minutes
    if frame.minutes < blocks.long_aerobic_from.value or top is None:
        return
    while (items[index].dose.minutes or 0) < min(top[1], blocks.long_aerobic.value):
        if not _put(items, index, _minute_more(items[index], frame), frame, frame.limit_s, [index]):
            return


def _raise(
    items: list[PlannedItem],
    indices: Sequence[int],
    more: More,
    frame: Frame,
    *,
    until: int | None = None,
    of: Sequence[int] | None = None,
    most: int | None = None,
) -> None:
    """Make rows longer one after the other, until the session is full (or ``of`` has ``until`` seconds).

    ``most``: seconds that these rows may come to together.
    """
    ceiling = frame.limit_s if most is None else most
    measured = range(len(items)) if of is None else of
    goal = frame.full_s if until is None else until
    for index in indices:
        while sum(items[i].seconds for i in measured) < goal:
            if not _put(items, index, more(items[index], frame), frame, ceiling, indices):
                break


def _put(
    items: list[PlannedItem],
    index: int,
    dose: GivenDose | None,
    frame: Frame,
    most: int,
    block: Sequence[int],
) -> bool:
    """Give a row a longer dose if it still fits; whether it was done."""
    if dose is None:
        return False
    item = items[index]
    longer = replace(item, dose=dose, seconds=seconds(dose, frame.parameters.seconds), fill=True)
    gain = longer.seconds - item.seconds
    if gain <= 0 or sum(items[i].seconds for i in block) + gain > most:
        return False
    if sum(i.seconds for i in items) + gain > frame.limit_s:
        return False
    items[index] = longer
    return True


def _minute_more(item: PlannedItem, frame: Frame) -> GivenDose | None:
    top = item.exercise.dose.minutes
    now = item.dose.minutes
    return None if top is None or now is None or now >= top[1] else GivenDose(kind="minutes", minutes=now + 1)


def _second_set(item: PlannedItem, frame: Frame) -> GivenDose | None:
    return more_sets(item.dose, item.exercise) if len(item.dose.counts) == 1 else None


def _count_more(item: PlannedItem, frame: Frame) -> GivenDose | None:
    """A higher count in the same sets: where a short session has one set each and nothing else is left to
    fill."""
    longer = _rung_more(item, frame)
    return longer if longer and len(longer.counts) == len(item.dose.counts) else None


def _rung_more(item: PlannedItem, frame: Frame) -> GivenDose | None:
    """The next rung of the row's ladder, by the clock where it goes by minutes."""
    if item.exercise.dose.kind is DoseKind.MINUTES:
        return _minute_more(item, frame)
    rungs = ladder(item.exercise, older=frame.long_holds, parameters=frame.parameters)
    place = rungs.index(item.dose) if item.dose in rungs else len(rungs)
    return rungs[place + 1] if place + 1 < len(rungs) else None
