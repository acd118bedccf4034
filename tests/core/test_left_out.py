"""Exercises that a person leaves out by name: what may come instead, and what else holds a row back."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

import shipped
from backmove.core.choices import Equipment
from backmove.core.clearance import Standing
from backmove.core.diary import Diary, fold
from backmove.core.exercise import Slot
from backmove.core.left_out import also_held_by, is_news, stand_in, word_on
from backmove.core.profile import Place, Profile
from backmove.core.record import Exclude
from backmove.core.record import Profile as ProfileChange

Stamp = Callable[..., Mapping[str, Any]]
CATALOG, PARAMETERS = shipped.library()
ROWS = CATALOG.exercises
EVERYTHING = {
    "place": "floor", "equipment": [str(e) for e in Equipment], "episode_start": "2020-01-01",
    "stand_no_hands": True, "one_leg_5s": True, "floor_and_up": True, "counter_plank_10s": True,
}  # fmt: skip


def instead(row: str, diary: Diary, *tags: str) -> str | None:
    found = stand_in(
        ROWS[row], CATALOG, diary, Standing(tags=frozenset(tags)), "2026-03-02", PARAMETERS
    )  # fmt: skip
    return found.id if found else None


def test_the_next_row_of_the_ladder_comes_first(stamp: Stamp) -> None:
    diary = fold([ProfileChange(**stamp(), set=EVERYTHING)])
    assert instead("wall-hinge", diary) == "seated-hinge"
    assert instead("knee-rolls", diary) == "seated-rotation"


@pytest.mark.parametrize("tags", [(), ("osteoporosis",), ("pregnancy-3", "fall-risk")])
def test_it_is_another_row_of_the_same_use_that_nothing_forbids(stamp: Stamp, tags: tuple[str, ...]) -> None:
    gone = ("seated-hinge", "bridge", "cat-cow")
    records = [Exclude(**stamp(), exercise=name) for name in gone]
    diary = fold([ProfileChange(**stamp(), set=EVERYTHING), *records])
    for row in ROWS.values():
        name = instead(row.id, diary, *tags)
        if name is None:
            continue
        assert name not in {row.id, *gone}
        assert not any(CATALOG.precautions[tag].bars(ROWS[name]) for tag in tags)
        first = next(
            s for s in (Slot.MAIN, Slot.WARMUP, Slot.SETTLE, Slot.OUTING, Slot.MICRO) if s in row.slots
        )
        assert first in ROWS[name].slots


def test_the_last_word_counts_and_the_same_word_is_no_news(stamp: Stamp) -> None:
    out = Exclude(**stamp(), exercise="plank", because="wrist")
    diary = fold([out])
    assert word_on(diary, "plank") == out and word_on(diary, "bridge") is None
    assert [is_news(diary, "plank", why) for why in ("", "wrist", "boring")] == [False, False, True]
    back = fold([out, Exclude(**stamp(), exercise="plank", on=False)])
    assert word_on(back, "plank") is None and is_news(back, "plank", "")


def test_what_else_holds_a_row_is_told() -> None:
    profile = Profile(place=Place.FLOOR, equipment=(), dislikes=("plank", "core", "yoga"))
    assert len(also_held_by(ROWS["plank"], CATALOG, profile, ["high-blood-pressure"])) == 3
    assert also_held_by(ROWS["bag-lift"], CATALOG, profile, []) == (
        "it needs weight, which your profile does not have",
    )
    assert also_held_by(ROWS["bridge"], CATALOG, Profile(equipment=tuple(Equipment)), []) == ()
