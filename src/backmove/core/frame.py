"""What a day's session has to fit into, and which rules a drafted session breaks.

Rule ids are those of the invariants (I..) and of the building rules (B..) of the prescription. ``HARD`` ones
are never given away; a session that breaks only others is still better than none.
"""

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import Final

from msgspec import Struct

from backmove.core.candidates import Bounds, allowed
from backmove.core.choices import Category
from backmove.core.exercise import Exercise, Slot, SpineRange, Target
from backmove.core.history import History
from backmove.core.needs import Need
from backmove.core.parameters import BlockRow, Parameters
from backmove.core.placement import LYING
from backmove.core.plan import Block, PlannedItem
from backmove.core.slots import Wish, is_minutes_block
from backmove.core.zone import Zone

HARD: Final = frozenset({"I1", "I3", "I12", "I17", "I18", "I19", "I20", "I21"})
MILD: Final = frozenset({"H3"})
"""A wish for the ends: other rows of the main block are not tried for its sake."""
_MAIN_ROWS: Final = 2


class Frame(Struct, frozen=True):
    """The limits and wishes of one day. ``minutes`` are effective. ``long_holds``: stretches of older people.

    ``pools``: what is allowed, by slot. ``unlike``: rows that another variant should not repeat.
    ``calm_wanted``: the session should end with rest or breathing. ``breathing``: the row that goes with a
    bad day. ``few_repeats``: no main row gets higher counts to fill the time (D1);
    ``few_sets``: none gets more sets for it, unless nothing else fills the session (R-G, E3, C4). ``tired``: after
    a poor night the end is breathing or letting go.
    """

    parameters: Parameters
    zone: Zone
    bounds: Bounds
    pools: dict[Slot, tuple[Exercise, ...]]
    wish: Wish
    history: History
    minutes: int
    long_holds: bool
    calm_wanted: bool
    breathing: str
    unlike: frozenset[str] = frozenset()
    few_repeats: bool = False
    few_sets: bool = False
    tired: bool = False

    @property
    def limit_s(self) -> int:
        """The ceiling, in seconds (B1)."""
        return self.minutes * 60

    @property
    def full_s(self) -> int:
        """What a green session fills; 0 on other days, which may end early (B2)."""
        if self.zone is not Zone.GREEN:
            return 0
        return -(-self.limit_s * self.parameters.blocks.full_share.value // 100)

    @property
    def must_be_full(self) -> bool:
        """A green session of up to twenty minutes; a longer one may end early (B2)."""
        return self.full_s > 0 and self.minutes <= self.parameters.blocks.full_until.value

    @property
    def short(self) -> bool:
        """The least minutes, where both ends are held short."""
        return self.minutes == self.parameters.minutes.least.value

    @property
    def one_set_each(self) -> bool:
        """The smallest size of the table (B3)."""
        return self.table.minutes == self.parameters.minutes.least.value

    @property
    def table(self) -> BlockRow:
        """How many rows each block has; between two sizes the smaller one holds."""
        rows = [row for row in self.parameters.blocks.rows if row.minutes <= self.minutes]
        return max(rows, key=lambda row: row.minutes)


def needs_floor(exercise: Exercise) -> bool:
    """Whether one lies or kneels for it, on the floor or on the bed."""
    return exercise.position in LYING


def wakes(exercise: Exercise) -> bool:
    """A row that moves the trunk or raises the pulse (B4, rulings 3.1)."""
    return exercise.spine.range is not SpineRange.NONE or Target.CARDIO in exercise.targets


def share(part: int, whole: int) -> float:
    """A part in per cent of the whole."""
    return 100 * part / whole if whole else 0.0


def breaks(items: Sequence[PlannedItem], frame: Frame) -> list[str]:
    """The ids of the rules that a drafted session breaks; empty when it may be given."""
    broken = _shape_breaks(items, frame) + _time_breaks(items, frame)
    if _same_ends(items, frame):
        broken.append("K2")
    if frame.zone is Zone.GREEN and any(_is_missed(need, items, frame) for need in frame.wish.needs):
        broken.append("H3")
    if not all(allowed(item.exercise, frame.bounds, item.block.slot) for item in items):
        broken.append("I3")
    return broken


def _shape_breaks(items: Sequence[PlannedItem], frame: Frame) -> list[str]:
    figures = frame.parameters.blocks
    warmup, main, settle = (_of(items, block) for block in Block)
    broken = []
    if not (warmup and len(main) >= _MAIN_ROWS and settle):
        broken.append("I1")
    chains = [item.exercise.chain.id for item in items if item.exercise.chain]
    ids = [item.exercise.id for item in items]
    blocks = [block for block, _ in groupby(item.block for item in items)]
    if len(set(ids)) < len(ids) or len(set(chains)) < len(chains) or blocks != list(Block):
        broken.append("I17")
    learn = [item for item in main if not is_minutes_block(item.exercise)]
    if len(learn) > frame.wish.learn_max or len(main) - len(learn) > 1:
        broken.append("I18")
    categories = {item.exercise.category for item in main}
    if len(categories) < figures.categories_min.value or categories == {Category.STRETCH}:
        broken.append("I19")
    if sum(floor for floor, _ in groupby(needs_floor(item.exercise) for item in items)) > 1:
        broken.append("I20")
    if settle and settle[-1].exercise.dose.effort[1] > frame.parameters.effort.settle.value:
        broken.append("I21")
    if not any(wakes(item.exercise) for item in warmup):
        broken.append("B4")
    if any(_clash(a.exercise, b.exercise, frame) for a, b in pairwise(main)):
        broken.append("B7")
    sizes = ((warmup, frame.table.warmup), (settle, frame.table.settle))
    if any(not low <= len(rows) <= high for rows, (low, high) in sizes) or len(main) > frame.table.main[1]:
        broken.append("B3")
    return broken


def _time_breaks(items: Sequence[PlannedItem], frame: Frame) -> list[str]:
    figures = frame.parameters.blocks
    total = sum(item.seconds for item in items)
    warmup = sum(item.seconds for item in _of(items, Block.WARMUP))
    settle = sum(item.seconds for item in _of(items, Block.SETTLE))
    broken = []
    if total > frame.limit_s:
        broken.append("I12")
    if frame.must_be_full and total < frame.full_s:
        broken.append("I13")
    low, high = figures.warmup_share_min.value, figures.warmup_share_max.value
    if not low <= share(warmup, total) <= high or warmup < figures.warmup_min.value:
        broken.append("I14")
    if settle < figures.settle_min.value:
        broken.append("I14")
    if frame.short and not figures.short_warmup_min.value <= warmup <= figures.short_warmup_max.value:
        broken.append("B3")
    if frame.short and settle > figures.short_settle_max.value:
        broken.append("B3")
    return broken


_AT_THE_ENDS: Final = frozenset(
    {Category.MOBILITY, Category.STRETCH, Category.RELAXATION, Category.MIND_BODY}
)
"""What a session can hold at its beginning or end, whatever its length."""


def _is_missed(need: Need, items: Sequence[PlannedItem], frame: Frame) -> bool:
    """A need of the week that every session which is left must serve, that an end can serve, and that none does."""
    if not need.urgent or not need.categories <= _AT_THE_ENDS:
        return False
    if any(item.exercise.category in need.categories for item in items):
        return False
    ends = (*frame.pools[Slot.WARMUP], *frame.pools[Slot.SETTLE])
    return any(row.category in need.categories for row in ends)


def _same_ends(items: Sequence[PlannedItem], frame: Frame) -> bool:
    """Beginning and end are just those of last time, though the pools have others."""
    ends = {item.exercise.id for item in items if item.block is not Block.MAIN}
    return ends == frame.history.last_rows


def _of(items: Sequence[PlannedItem], block: Block) -> list[PlannedItem]:
    return [item for item in items if item.block is block]


def _clash(a: Exercise, b: Exercise, frame: Frame) -> bool:
    """Two hard neighbours for the same first target."""
    level = frame.parameters.level.neighbours.value
    return min(a.level, b.level) >= level and a.targets[0] is b.targets[0]
