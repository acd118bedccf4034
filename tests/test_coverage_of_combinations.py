"""No combination of place, kit, stage, zone and up to two precautions leaves a person without a session.

Each row is asked once per situation, by the product's own filter; tags are then combined as sets of bits,
which is the same thing because a set of tags bars what one of them bars (tested on samples).
"""

import itertools
import random
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import pytest
from msgspec.structs import replace

import shipped
from backmove.core.candidates import Bounds, allowed, bounds_of
from backmove.core.choices import Category, Equipment
from backmove.core.exercise import Slot, Stage
from backmove.core.placement import Steps
from backmove.core.profile import Place, Profile
from backmove.core.zone import Mode, Zone

CATALOG, PARAMETERS = shipped.library()
ROWS = list(CATALOG.exercises.values())
TAGS = list(CATALOG.precautions)
NOON = 12 * 60

KITS = {
    "only a wall": (Equipment.WALL,),
    "chair": (Equipment.WALL, Equipment.CHAIR),
    "household": (Equipment.WALL, Equipment.CHAIR, Equipment.TABLE, Equipment.CUSHION, Equipment.TOWEL),
    "household and small kit": (
        *(Equipment.WALL, Equipment.CHAIR, Equipment.TABLE, Equipment.CUSHION, Equipment.TOWEL),
        *(Equipment.BAND, Equipment.WEIGHT, Equipment.STEP),
    ),
}
STAGES = (Stage.ACUTE, Stage.SUBACUTE, Stage.CHRONIC, Stage.MAINTENANCE)
DAYS = {
    **{f"green, level {cap}": (Zone.GREEN, cap) for cap in (1, 2, 3, 5)},
    "amber": (Zone.AMBER, 5),
    "red": (Zone.RED, 5),
}
EVERY_STEP = Steps(
    level={row.chain.id: 5 for row in ROWS if row.chain},
    reached=dict.fromkeys(Category, 5),
)
MAIN_ROWS = 4
MAIN_CATEGORIES = 2


@dataclass(frozen=True)
class Pools:
    """Candidates of one situation without any tag, as bits: bit n is the n-th row."""

    warmup: int
    main: tuple[tuple[Category, int], ...]
    settle: int

    def without(self, barred: int) -> "Pools":
        return Pools(
            self.warmup & ~barred,
            tuple((category, bits & ~barred) for category, bits in self.main),
            self.settle & ~barred,
        )

    @property
    def enough(self) -> bool:
        mains = [bits for _, bits in self.main if bits]
        rows = sum(bits.bit_count() for bits in mains)
        return bool(self.warmup and self.settle and rows >= MAIN_ROWS and len(mains) >= MAIN_CATEGORIES)


def bounds(
    place: Place, kit: str, stage: Stage, day: str, tags: tuple[str, ...] = (), mode: Mode = Mode.NORMAL
) -> Bounds:
    zone, cap = DAYS[day]
    found = bounds_of(
        CATALOG,
        PARAMETERS,
        Profile(place=place, equipment=KITS[kit]),
        EVERY_STEP,
        tags=tags,
        careful=False,
        zone=zone,
        stage=stage,
        mode=mode,
        place=place,
        minute_of_day=NOON,
    )
    return replace(found, max_level=min(found.max_level, cap))


def pools(limits: Bounds) -> Pools:
    main: dict[Category, int] = defaultdict(int)
    warmup = settle = 0
    for number, row in enumerate(ROWS):
        bit = 1 << number
        if allowed(row, limits, Slot.WARMUP):
            warmup |= bit
        if allowed(row, limits, Slot.MAIN):
            main[row.category] |= bit
        if allowed(row, limits, Slot.SETTLE):
            settle |= bit
    return Pools(warmup, tuple(sorted(main.items())), settle)


@cache
def barred_by(tag: str) -> int:
    entry = CATALOG.precautions[tag]
    return sum(1 << number for number, row in enumerate(ROWS) if entry.bars(row))


SITUATIONS = list(itertools.product(Place, KITS, STAGES, DAYS))


@pytest.mark.parametrize("mode", [Mode.NORMAL, Mode.GENTLE])
def test_every_situation_and_every_pair_of_precautions_leaves_enough(mode: Mode) -> None:
    sets = {barred_by(a) | barred_by(b): (a, b) for a, b in itertools.combinations_with_replacement(TAGS, 2)}
    short = [
        (*situation, *tags)
        for situation in SITUATIONS
        for free in [pools(bounds(*situation, mode=mode))]
        for barred, tags in [(0, ()), *sets.items()]
        if not free.without(barred).enough
    ]
    assert len(SITUATIONS) == 384
    assert len(TAGS) == 38
    assert short == []


def test_all_precautions_at_once_leave_enough_in_every_situation() -> None:
    everything = 0
    for tag in TAGS:
        everything |= barred_by(tag)
    short = [
        situation for situation in SITUATIONS if not pools(bounds(*situation)).without(everything).enough
    ]
    assert short == []


def test_bits_and_the_product_filter_agree_for_tags() -> None:
    pick = random.Random(11)
    for _ in range(60):
        situation = pick.choice(SITUATIONS)
        tags = tuple(pick.sample(TAGS, pick.randint(1, 4)))
        barred = 0
        for tag in tags:
            barred |= barred_by(tag)
        mine = pools(bounds(*situation)).without(barred)
        theirs = pools(bounds(*situation, tags=tags))
        assert (mine.warmup, mine.settle) == (theirs.warmup, theirs.settle)
        assert [pair for pair in mine.main if pair[1]] == [pair for pair in theirs.main if pair[1]]


def test_the_check_sees_a_library_that_is_too_small() -> None:
    free = pools(bounds(Place.CHAIR, "only a wall", Stage.ACUTE, "red"))
    settle_rows = free.settle
    assert free.enough
    assert not free.without(settle_rows).enough
