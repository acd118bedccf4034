"""Five questions place a person on every chain, never above level 2; what was not said counts as no."""

from itertools import product
from typing import Any

import pytest
from msgspec.structs import replace

import shipped
from backmove.core.choices import Category
from backmove.core.placement import Steps, own_steps, usual_start
from backmove.core.profile import Profile

CATALOG, PARAMETERS = shipped.library()


def steps(**answers: Any) -> Steps:
    return own_steps(Profile(**answers), CATALOG, PARAMETERS)


def test_what_was_not_said_is_step_one_and_chains_that_start_higher_stay_shut() -> None:
    nothing = steps()
    assert {
        nothing.step[c] for c in ("squat", "hinge", "balance", "standhip", "bridge", "plank", "push")
    } == {1}
    assert not {"step", "backext", "carry", "pallof", "standdog"} & set(nothing.step)
    assert nothing == steps(
        **dict.fromkeys(("stand_no_hands", "one_leg_5s", "floor_and_up", "counter_plank_10s"), False)
    )


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("stand_no_hands", {"squat": 2, "hinge": 2, "step": 1}),
        ("one_leg_5s", {"balance": 3, "standhip": 2}),
        (
            "floor_and_up",
            {"bridge": 3, "deadbug": 3, "birddog": 3, "curlup": 2, "hipside": 2, "backext": 1, "rotation": 4},
        ),
        ("counter_plank_10s", {"plank": 2, "push": 2, "sidebridge": 2}),
    ],
)
def test_a_yes_gives_the_highest_level_two_step_of_its_chains(
    question: str, expected: dict[str, int]
) -> None:
    yes, no = steps(**{question: True}), steps()
    assert {chain: yes.step[chain] for chain in expected} == expected
    others = {"taichi", "indoor", "chaircore", "pull", "bike", "water"}
    assert {c: yes.step[c] for c in others} == {c: no.step[c] for c in others}


def test_directions_stay_at_their_first_step() -> None:
    everything = steps(stand_no_hands=True, one_leg_5s=True, floor_and_up=True, counter_plank_10s=True)
    assert (everything.step["dir-flexion"], everything.step["dir-extension"]) == (1, 1)


def test_groups_of_equals_are_open_as_a_whole_at_their_level() -> None:
    assert (steps().step["breath"], steps().step["desk"], steps().step["ham"]) == (3, 2, 1)


def test_nothing_is_placed_above_level_two() -> None:
    for answers in product((None, False, True), repeat=4):
        keys = ("stand_no_hands", "one_leg_5s", "floor_and_up", "counter_plank_10s")
        found = steps(**dict(zip(keys, answers, strict=True)), walk_minutes=120)
        rows = [row for row in CATALOG.exercises.values() if row.chain]
        own = [row for row in rows if row.chain and found.step.get(row.chain.id) == row.chain.step]
        assert len(own) == len(found.step)
        assert max(row.level for row in own) <= 2
        assert max(found.reached.values()) <= 2


def test_a_yes_never_takes_a_row_away() -> None:
    keys = ("stand_no_hands", "one_leg_5s", "floor_and_up", "counter_plank_10s")
    for key in keys:
        less, more = steps(), steps(**{key: True})
        assert all(more.admit(row) for row in CATALOG.exercises.values() if less.admit(row))


def test_a_row_without_a_chain_is_open_up_to_what_its_category_reached() -> None:
    wall_angel = CATALOG.exercises["wall-angel"]
    assert (wall_angel.level, wall_angel.chain) == (2, None)
    assert not steps().admit(wall_angel)
    assert steps(stand_no_hands=True).reached[Category.STRENGTH] == 2
    assert steps(stand_no_hands=True).admit(wall_angel)


def test_a_chain_that_no_question_asks_for_opens_like_a_row_without_a_chain() -> None:
    assert "carry" not in steps().step
    assert steps(stand_no_hands=True).step["carry"] == 1
    assert "pallof" not in steps(stand_no_hands=True).step
    assert steps(counter_plank_10s=True).step["pallof"] == 1


@pytest.mark.parametrize(
    ("comfortable", "start", "step"), [(None, 10, 1), (0, 3, 1), (14, 9, 1), (20, 14, 2), (90, 30, 2)]
)
def test_walking_starts_with_a_share_of_what_is_comfortable(
    comfortable: int | None, start: int, step: int
) -> None:
    assert usual_start(comfortable, PARAMETERS.walk) == start
    assert steps(walk_minutes=comfortable).step["walk"] == step


def test_a_step_that_may_come_opens_its_level_and_moves_nobody() -> None:
    row = CATALOG.exercises["bridge-march"]
    own = steps(floor_and_up=True)
    assert not own.admit(row)
    rising = replace(own, rising={"bridge": 3})
    assert rising.admit(row)
    assert rising.step == own.step
