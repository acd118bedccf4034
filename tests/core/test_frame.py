"""Which rules a drafted session breaks."""

from collections.abc import Callable
from random import Random

import pytest
from msgspec.structs import replace

import shipped
from backmove.core.assembly import Draft, assemble
from backmove.core.dose import seconds, start_dose
from backmove.core.exercise import Slot
from backmove.core.frame import HARD, breaks, needs_floor, wakes
from backmove.core.plan import Block, PlannedItem
from backmove.core.profile import Place
from backmove.core.variants import is_worse
from session_strategies import frame_for, someone

CATALOG, PARAMETERS = shipped.library()
FRAME = frame_for(someone(minutes=15, place=Place.FLOOR, sessions=0))


def item(row: str, block: Block) -> PlannedItem:
    exercise = CATALOG.exercises[row]
    dose = start_dose(exercise, older=False, parameters=PARAMETERS)
    took = seconds(dose, PARAMETERS.seconds)
    return PlannedItem(exercise, block, dose, took, 0, None, False, "usual", "B1", "a test")


def good() -> list[PlannedItem]:
    draft = assemble(FRAME, Random("a test"))
    assert draft is not None
    return list(draft.items)


def with_main(*rows: str) -> list[PlannedItem]:
    ends = good()
    main = [item(row, Block.MAIN) for row in rows]
    return [
        *(i for i in ends if i.block is Block.WARMUP),
        *main,
        *(i for i in ends if i.block is Block.SETTLE),
    ]


def test_a_good_draft_breaks_nothing() -> None:
    assert breaks(good(), FRAME) == []


SPOILED: dict[str, Callable[[], list[PlannedItem]]] = {
    "I1": lambda: [i for i in good() if i.block is not Block.SETTLE],
    "I3": lambda: [item("walk-jog", Block.WARMUP), *good()[1:]],
    "I12": lambda: [replace(i, seconds=i.seconds + 200) for i in good()],
    "I13": lambda: [replace(i, seconds=i.seconds // 2) for i in good()],
    "I14": lambda: [replace(i, seconds=20) if i.block is Block.WARMUP else i for i in good()],
    "I17": lambda: [*good()[1:], good()[0]],
    "I18": lambda: with_main("wall-hinge", "sit-to-stand", "tandem-stand", "clam"),
    "I19": lambda: with_main("sit-to-stand", "clam"),
    "I20": lambda: with_main("clam", "sit-to-stand", "toe-tap", "seated-march"),
    "I21": lambda: [*good(), item("chair-squat", Block.SETTLE)],
    "B3": lambda: [item("desk-chin-nod", Block.WARMUP), *good()],
    "B4": lambda: [item("brace-walk", Block.WARMUP), *(i for i in good() if i.block is not Block.WARMUP)],
    "B7": lambda: with_main("dead-bug", "pilates-leg-circle", "chair-squat", "split-squat"),
}


@pytest.mark.parametrize("rule", SPOILED)
def test_each_rule_is_seen_to_be_broken(rule: str) -> None:
    assert rule in breaks(SPOILED[rule](), FRAME)


def test_what_breaks_a_hard_rule_is_never_given() -> None:
    draft = assemble(FRAME, Random("a test"))
    assert draft is not None
    legs = tuple(replace(draft.picks[0], exercise=CATALOG.exercises[row]) for row in ("sit-to-stand", "clam"))
    assert "I19" in HARD
    assert assemble(FRAME, Random("a test"), (legs,)) is None


def test_what_breaks_only_a_soft_rule_is_better_than_nothing() -> None:
    rows = {
        Slot.WARMUP: ("desk-chin-nod", "cat-cow"),
        Slot.MAIN: ("wall-hinge", "sit-to-stand"),
        Slot.SETTLE: ("shoulder-opener",),
    }
    few = {slot: tuple(CATALOG.exercises[row] for row in some) for slot, some in rows.items()}
    frame = replace(FRAME, minutes=20, pools=few)
    draft = assemble(frame, Random("a test"))
    assert draft is not None
    assert breaks(draft.items, frame) == ["I13"]


def test_another_form_that_breaks_more_is_no_other_form() -> None:
    sound, short = Draft(tuple(good()), ()), Draft(tuple(SPOILED["I13"]()), ())
    assert is_worse(short, sound, FRAME)
    assert not is_worse(sound, short, FRAME)
    assert not is_worse(short, short, FRAME)


def test_the_smaller_size_of_the_table_holds_between_two() -> None:
    sizes = {
        minutes: replace(FRAME, minutes=minutes).table.minutes for minutes in (5, 9, 10, 14, 19, 20, 44, 60)
    }
    assert sizes == {5: 5, 9: 5, 10: 10, 14: 10, 19: 15, 20: 20, 44: 30, 60: 45}


def test_what_fills_is_three_quarters_on_green_days_only() -> None:
    assert (FRAME.full_s, FRAME.limit_s) == (675, 900)
    assert replace(FRAME, minutes=30).must_be_full is False
    assert frame_for(someone(), FRAME.zone.AMBER).full_s == 0


def test_rows_that_wake_and_rows_on_the_floor() -> None:
    rows = CATALOG.exercises
    down = [needs_floor(rows[row]) for row in ("clam", "cat-cow", "heel-raise")]
    assert down == [True, True, False]
    assert (wakes(rows["cat-cow"]), wakes(rows["march-on-spot"]), wakes(rows["brace-walk"])) == (
        True,
        True,
        False,
    )
