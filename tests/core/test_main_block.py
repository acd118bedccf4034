"""The main block: needs of the week, and which rows come in which order."""

from typing import Any

import pytest
from msgspec.structs import replace

import shipped
from backmove.core.choices import Category, Goal
from backmove.core.history import History
from backmove.core.main_block import main_rows
from backmove.core.needs import needs_of
from backmove.core.plan import Block, Plan
from backmove.core.prescription import plan_session
from backmove.core.profile import Place
from session_strategies import SEED, TODAY, Person, frame_for, someone

CATALOG, PARAMETERS = shipped.library()


def days(**by_category: int) -> History:
    names = {category.name.lower(): category for category in Category}
    return History(week_days={names[k]: frozenset(map(str, range(n))) for k, n in by_category.items()})


def lacking(history: History, planned: int = 3, *, older: bool = False) -> list[tuple[str, int, int]]:
    return [(n.words, n.days, n.done) for n in needs_of(history, planned, older, PARAMETERS.week)]


def main(who: Person) -> list[str]:
    plan = plan_session(CATALOG, PARAMETERS, who.diary, who.standing, who.request, TODAY, SEED)
    assert isinstance(plan, Plan)
    return [item.exercise.id for item in plan.block(Block.MAIN)]


def kinds(who: Person) -> list[Category]:
    return [CATALOG.exercises[row].category for row in main(who)]


def test_a_new_week_lacks_everything_in_order() -> None:
    assert lacking(History()) == [
        ("strength", 2, 0),
        ("trunk control", 3, 0),
        ("easy movement", 3, 0),
        ("balance", 1, 0),
        ("calm", 2, 0),
    ]


def test_the_largest_missing_share_comes_first() -> None:
    found = lacking(days(strength=1, motor_control=1, stretch=3, relaxation=2))
    assert [words for words, _, _ in found] == [
        "balance",
        "trunk control",
        "strength",
        "easy movement",
        "calm",
    ]


def test_a_need_is_never_more_than_the_days_planned_and_older_people_need_more_balance() -> None:
    assert {words: days for words, days, _ in lacking(History(), 2)} == {
        "strength": 2,
        "trunk control": 2,
        "easy movement": 2,
        "balance": 1,
        "calm": 2,
    }
    assert ("balance", 3, 0) in lacking(History(), 5, older=True)
    assert ("balance", 2, 0) in lacking(History(), 2, older=True)


def test_two_rows_of_one_day_meet_a_need_once() -> None:
    history = History(week_days={Category.STRENGTH: frozenset({"a"}), Category.CORE: frozenset({"a", "b"})})
    assert ("strength", 2, 2) in lacking(history)


@pytest.mark.parametrize("minutes", [5, 10, 20, 30])
def test_older_people_have_leg_and_balance_at_every_length(minutes: int) -> None:
    found = kinds(someone(age=70, minutes=minutes, sessions=0, pain=1))
    assert {Category.STRENGTH, Category.BALANCE} <= set(found)
    assert len(found) == 2 or {Category.CORE, Category.MOTOR_CONTROL} & set(found)


def test_others_have_trunk_and_leg_at_every_length() -> None:
    for minutes in (5, 10, 20, 30):
        found = set(kinds(someone(minutes=minutes, sessions=0, pain=1)))
        assert Category.STRENGTH in found
        assert {Category.CORE, Category.MOTOR_CONTROL} & found


def test_the_third_row_serves_a_goal_that_the_others_do_not() -> None:
    rows = main(someone(goals=(Goal.GETUP, Goal.TWIST), sessions=0, minutes=15, pain=1))
    goals = [set(CATALOG.exercises[row].goals) for row in rows]
    assert any(Goal.GETUP in g for g in goals)
    assert any(Goal.TWIST in g for g in goals)


def test_balance_comes_first_and_minutes_last_among_upright_rows() -> None:
    who = someone(age=70, sessions=0, minutes=20, pain=1)
    rows = [CATALOG.exercises[row] for row in main(who)]
    upright = [row.category for row in rows if row.position in ("sitting", "standing")]
    assert upright.index(Category.BALANCE) == 0
    if Category.AEROBIC in upright:
        assert upright[-1] is Category.AEROBIC


def test_the_own_step_of_a_ladder_is_chosen_and_a_lower_one_where_it_is_barred() -> None:
    who = someone(sessions=0, goals=(Goal.BALANCE,), age=70, pain=1)
    assert "single-leg-support" in main(who)
    assert "tandem-stand" in main(who.carrying("dizziness"))


def test_a_disliked_row_of_the_block_gives_way() -> None:
    who = someone(pain=1)
    assert "wall-hinge" in main(who)
    assert "wall-hinge" not in main(who.with_profile(dislikes=("wall-hinge",)))


def test_another_place_brings_other_rows_though_the_block_is_known() -> None:
    who = someone(pain=1)
    rows = main(replace(who, request=replace(who.request, place=Place.CHAIR)))
    assert len(rows) >= 2
    assert len({CATALOG.exercises[row].category for row in rows}) >= 2


def rows(*names: str, **profile: Any) -> list[str]:
    """What the main block of a person without a history takes from these rows, the most important first."""
    frame = frame_for(someone(sessions=0, **profile))
    return [pick.exercise.id for pick in main_rows([CATALOG.exercises[name] for name in names], frame.wish)]


def test_the_first_two_rows_fit_into_the_shortest_session_unless_nothing_else_is_left() -> None:
    goals = (Goal.STRESS,)
    assert rows("wall-side-lean", "taichi-sway", "march-on-spot", goals=goals) == [
        "wall-side-lean",
        "march-on-spot",
    ]
    assert rows("wall-side-lean", "taichi-sway", goals=goals) == ["wall-side-lean", "taichi-sway"]
    assert rows("taichi-sway", "seated-cat-cow", goals=goals)[-1] == "taichi-sway"


def test_the_first_two_rows_are_of_two_kinds_even_where_slots_are_empty() -> None:
    assert rows("toe-tap", "wall-plank", "seated-cat-cow") == ["toe-tap", "seated-cat-cow"]
    assert len(rows("toe-tap", "wall-plank")) == 1
