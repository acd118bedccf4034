"""What the numbers mean that shape one day: which rows are allowed, their doses, and the time of each part."""

from collections.abc import Collection
from random import Random
from typing import Any, Final

from msgspec.structs import replace

from backmove.core.assembly import assemble
from backmove.core.candidates import allowed, bounds_of
from backmove.core.choices import Category
from backmove.core.dose import ladder, seconds
from backmove.core.exercise import Feature, Slot, SpineRange, Stage, Target
from backmove.core.filling import fill
from backmove.core.frame import breaks
from backmove.core.history import History
from backmove.core.needs import needs_of
from backmove.core.parameters import Parameters
from backmove.core.placement import Steps
from backmove.core.plan import Block, PlannedItem
from backmove.core.profile import Place, Profile
from backmove.core.record import GivenDose
from backmove.core.todays_session import session_now
from backmove.core.zone import Mode, Zone, zone_of
from backmove.errors import UsageProblem
from meaning import CATALOG, ROWS, about
from session_strategies import SEED, TODAY, frame_for, someone

# --- which rows are allowed ------------------------------------------------------------------------------------

EVERY_STEP: Final = Steps(
    level={row.chain.id: 5 for row in ROWS.values() if row.chain}, reached=dict.fromkeys(Category, 5)
)


def may(
    parameters: Parameters,
    slot: Slot,
    *,
    level: int = 1,
    effort: int = 2,
    load: int = 0,
    features: Collection[Feature] = (),
    **day: Any,
) -> bool:
    """Whether a plain sitting row of this level, upper effort and spine load is allowed in a slot on such a day."""
    plain = ROWS["seated-rotation"]
    row = replace(
        plain,
        level=level,
        dose=replace(plain.dose, effort=(1, effort)),
        spine=replace(plain.spine, load=load, range=SpineRange.MID),
        features=tuple(features),
        slots=tuple(Slot),
        stages=tuple(Stage),
        chain=None,
    )
    settings: dict[str, Any] = {
        "profile": Profile(),
        "tags": (),
        "careful": False,
        "zone": Zone.GREEN,
        "stage": Stage.CHRONIC,
        "mode": Mode.NORMAL,
        "place": Place.FLOOR,
        "minute_of_day": 12 * 60,
    }
    return allowed(row, bounds_of(CATALOG, parameters, steps=EVERY_STEP, **(settings | day)), slot)


def highest(limit: str, parameters: Parameters, slot: Slot, **day: Any) -> int:
    """The highest level, effort or load that is allowed; 0 when none is."""
    return max(
        (n for n in range(1, 11) if may(parameters, slot, **dict[str, Any]({limit: n}), **day)), default=0
    )


@about("level.red", "level.amber", "level.acute", "level.subacute", "level.careful", "level.warmup")
def rows_are_of_level_1_on_a_red_day_and_of_level_2_when_care_is_asked_for(p: Parameters) -> None:
    assert highest("level", p, Slot.MAIN, zone=Zone.RED) == 1
    assert highest("level", p, Slot.MAIN, zone=Zone.AMBER) == 2
    assert highest("level", p, Slot.MAIN, stage=Stage.ACUTE) == 2
    assert highest("level", p, Slot.MAIN, stage=Stage.SUBACUTE) == 3
    assert highest("level", p, Slot.MAIN, careful=True) == 2
    assert highest("level", p, Slot.WARMUP) == 2


@about("effort")
def effort_stays_low_at_both_ends_and_on_days_that_ask_for_care(p: Parameters) -> None:
    assert highest("effort", p, Slot.WARMUP) == 4
    assert highest("effort", p, Slot.SETTLE) == 3
    assert highest("effort", p, Slot.MAIN, zone=Zone.AMBER) == 5
    assert highest("effort", p, Slot.MAIN, zone=Zone.RED) == 4
    assert highest("effort", p, Slot.MAIN, stage=Stage.ACUTE) == 4
    assert highest("load", p, Slot.MAIN, mode=Mode.GENTLE) == 1


ENDS_AND_LOADS: Final = (
    *(
        Feature.FLEX_END,
        Feature.FLEX_LOAD,
        Feature.EXT_END,
        Feature.EXT_LOAD,
        Feature.ROT_END,
        Feature.ROT_LOAD,
    ),
    *(Feature.HARD_EFFORT, Feature.ISO_HARD),
)


def barred(p: Parameters, **day: Any) -> set[Feature]:
    """The features that such a day takes out."""
    return {feature for feature in Feature if not may(p, Slot.MAIN, features=(feature,), **day)}


@about("barred.always", "barred.acute", "barred.red", "barred.gentle", "barred.morning")
def days_take_out_end_ranges_and_loads(p: Parameters) -> None:
    ever = {Feature.IMPACT}
    assert barred(p) >= ever
    assert barred(p, stage=Stage.ACUTE) >= {*ever, Feature.FLEX_LOAD, Feature.HARD_EFFORT, Feature.ISO_HARD}
    assert barred(p, zone=Zone.RED) >= {*ever, *ENDS_AND_LOADS}
    assert barred(p, mode=Mode.GENTLE) >= {*ever, *ENDS_AND_LOADS}
    early = {"profile": Profile(morning_rule=True), "minute_of_day": 8 * 60}
    assert barred(p, **early) >= {Feature.FLEX_END, Feature.FLEX_LOAD, Feature.CURL}


@about("zone.steady_amber_max")
def a_seven_is_red_for_who_has_seven_most_days(p: Parameters) -> None:
    assert zone_of(6, 6, Stage.CHRONIC, p.zone) is Zone.AMBER
    assert zone_of(7, 7, Stage.CHRONIC, p.zone) is Zone.RED


# --- time ------------------------------------------------------------------------------------------------------


@about("minutes.least", "minutes.most")
def a_session_has_5_to_60_minutes(p: Parameters) -> None:
    assert [minutes for minutes in range(1, 70) if _given(p, minutes)] == list(range(5, 61))


def _given(p: Parameters, minutes: int) -> bool:
    who = someone(minutes=minutes)
    try:
        session_now(CATALOG, p, who.diary, who.standing, who.request, TODAY, SEED)
    except UsageProblem:
        return False
    return True


def broken(
    p: Parameters, minutes: int, warmup: int, main: int, settle: int, zone: Zone = Zone.GREEN
) -> set[str]:
    """The rules that a sound session breaks when its three blocks take so many seconds."""
    frame = frame_for(someone(minutes=minutes, sessions=10))
    draft = assemble(frame, Random("a test"))
    assert draft is not None
    left = {Block.WARMUP: warmup, Block.MAIN: main, Block.SETTLE: settle}
    items = [replace(item, seconds=left.pop(item.block, 0)) for item in draft.items]
    return set(breaks(items, replace(frame, parameters=p, zone=zone)))


@about("level.neighbours")
def two_neighbours_of_level_3_do_not_train_the_same_part_first(p: Parameters) -> None:
    frame = replace(frame_for(someone(minutes=20, sessions=10)), parameters=p)
    draft = assemble(frame, Random("a test"))
    assert draft is not None
    for level, clash in ((2, False), (3, True)):
        items = [
            replace(item, exercise=replace(item.exercise, level=level, targets=(Target.GLUTE_MAX,)))
            if item.block is Block.MAIN
            else item
            for item in draft.items
        ]
        assert ("B7" in breaks(items, frame)) is clash


@about("blocks.full_share", "blocks.full_until")
def a_green_session_of_up_to_20_minutes_uses_three_quarters_of_its_time(p: Parameters) -> None:
    assert broken(p, 20, 150, 600, 150) == set()
    assert broken(p, 20, 150, 599, 150) == {"I13"}
    assert broken(p, 20, 150, 599, 150, Zone.AMBER) == set()
    assert broken(p, 22, 150, 600, 150) == set()
    at_21 = replace(frame_for(someone(minutes=22)), parameters=p, minutes=21)
    assert not at_21.must_be_full


@about("blocks.warmup_share_min", "blocks.warmup_share_max", "blocks.warmup_min", "blocks.settle_min")
def the_beginning_takes_10_to_30_per_cent_and_both_ends_their_least(p: Parameters) -> None:
    assert broken(p, 20, 100, 800, 100) == set()
    assert broken(p, 20, 99, 801, 100) == {"I14"}
    assert broken(p, 20, 300, 600, 100) == set()
    assert broken(p, 20, 301, 599, 100) == {"I14"}
    assert broken(p, 20, 30, 120, 100, Zone.AMBER) == set()
    assert broken(p, 20, 29, 120, 100, Zone.AMBER) == {"I14"}
    assert broken(p, 20, 150, 750, 45) == set()
    assert broken(p, 20, 150, 750, 44) == {"I14"}


@about("blocks.short_warmup_min", "blocks.short_warmup_max", "blocks.short_settle_max")
def five_minutes_begin_with_45_to_90_seconds_and_end_with_75_at_most(p: Parameters) -> None:
    assert broken(p, 5, 45, 150, 60) == set()
    assert broken(p, 5, 44, 150, 60) == {"B3"}
    assert broken(p, 5, 90, 150, 60) == set()
    assert broken(p, 5, 91, 149, 60) == {"B3", "I14"}
    assert broken(p, 5, 60, 150, 75) == set()
    assert broken(p, 5, 60, 150, 76) == {"B3"}


@about("blocks.long_aerobic", "blocks.long_aerobic_from")
def from_45_minutes_on_the_minutes_block_goes_up_to_10(p: Parameters) -> None:
    assert _minutes_block(p, 45) == 10
    assert _minutes_block(p, 44) == 3


def _minutes_block(p: Parameters, minutes: int) -> int | None:
    """The minutes of a block of three, in a session that is full without it."""
    frame = replace(frame_for(someone(minutes=45)), parameters=p, minutes=minutes)
    bike = PlannedItem(
        *(ROWS["bike-recumbent"], Block.MAIN, GivenDose("minutes", minutes=3), 190, 0, 1),
        *(False, "usual", "B11", "a test"),
    )
    others = [
        replace(bike, exercise=ROWS["bridge"], dose=GivenDose("reps", (12,) * 3), block=block, seconds=took)
        for block, took in ((Block.WARMUP, 400), (Block.MAIN, 1400), (Block.SETTLE, 200))
    ]
    filled = fill([others[0], bike, *others[1:]], frame)
    return filled[1].dose.minutes


SIZES: Final = {
    5: ((1, 1), (2, 2), (1, 1)),
    10: ((1, 2), (2, 3), (1, 1)),
    15: ((2, 2), (3, 3), (1, 1)),
    20: ((2, 2), (3, 4), (1, 2)),
    30: ((2, 2), (4, 5), (2, 2)),
    45: ((2, 3), (5, 6), (2, 3)),
}
"""Rows of warm-up, main and settle, from so many minutes on (B3)."""


@about("blocks.rows")
def each_part_has_the_rows_of_the_table_and_between_two_sizes_the_smaller_holds(p: Parameters) -> None:
    frame = frame_for(someone(minutes=20, sessions=20))
    for minutes in range(5, 61):
        warmup, main, settle = SIZES[max(size for size in SIZES if size <= minutes)]
        table = replace(frame, parameters=p, minutes=minutes).table
        assert (table.warmup, table.main, table.settle) == (warmup, main, settle)


# --- doses -----------------------------------------------------------------------------------------------------


def holds(p: Parameters, first: int, top: int, *, older: bool) -> list[int | None]:
    """The seconds of each rung of a stretch that is done once and held from ``first`` to ``top``."""
    plain = ROWS["calf-wall"]
    row = replace(plain, dose=replace(plain.dose, times=(1, 1), stretch_s=(first, top)))
    return [rung.hold_s for rung in ladder(row, older=older, parameters=p)]


@about("stretch")
def a_stretch_of_60_seconds_is_enough_and_of_90_for_older_people_who_begin_at_30(p: Parameters) -> None:
    assert holds(p, 40, 78, older=False) == [40, 59, 78]
    assert holds(p, 40, 80, older=False) == [40, 60]
    assert holds(p, 60, 118, older=True) == [60, 89, 118]
    assert holds(p, 60, 120, older=True) == [60, 90]
    assert holds(p, 15, 60, older=True)[0] == 30
    assert holds(p, 15, 20, older=True)[0] == 20


@about("seconds")
def a_row_takes_10_seconds_to_change_over_a_hold_3_and_a_stretch_4(p: Parameters) -> None:
    assert seconds(GivenDose("minutes", minutes=2), p.seconds) == 130
    assert seconds(GivenDose("reps", (8, 8), tempo_s=4, rest_s=30), p.seconds) == 64 + 30 + 10
    assert seconds(GivenDose("holds", (4,), hold_s=7, sides=2), p.seconds) == 80 + 10
    assert seconds(GivenDose("stretch", (2,), hold_s=30), p.seconds) == 68 + 10


# --- the week --------------------------------------------------------------------------------------------------


@about("week")
def a_week_holds_strength_twice_trunk_control_and_easy_movement_three_times_and_calm_twice(
    p: Parameters,
) -> None:
    week = {need.words: need.days for need in needs_of(History(), 7, False, p.week)}
    assert week == {"strength": 2, "trunk control": 3, "easy movement": 3, "balance": 1, "calm": 2}
    older = {need.words: need.days for need in needs_of(History(), 7, True, p.week)}
    assert older == {**week, "balance": 3}
