"""What stays and what changes from day to day: some weeks of sessions, each written down as done."""

from itertools import pairwise
from typing import Any

import pytest
from msgspec.structs import replace

import shipped
from backmove.core.choices import Category, Equipment, Goal
from backmove.core.days import days_after
from backmove.core.plan import Block, Plan
from backmove.core.prescription import plan_session
from backmove.core.profile import Place
from backmove.core.record import Done, Pain, Session
from session_strategies import SEED, TODAY, Person, someone

CATALOG, PARAMETERS = shipped.library()


def a_month(who: Person, count: int = 12, pains: tuple[int, ...] = (1,)) -> list[Plan]:
    """One session after the other, on the days that the sessions themselves name."""
    plans: list[Plan] = []
    day = TODAY
    for number in range(count):
        asking = who.asking(pain=pains[number % len(pains)])
        plan = plan_session(CATALOG, PARAMETERS, asking.diary, who.standing, asking.request, day, SEED)
        assert isinstance(plan, Plan)
        plans.append(plan)
        who = done(who, plan, number)
        day = plan.next_date
    return plans


def done(who: Person, plan: Plan, number: int) -> Person:
    stamp: dict[str, Any] = {"v": 1, "at": f"{plan.date}T09:00:00+01:00", "day": plan.date}
    given = Session(
        **stamp,
        id=f"month{number}",
        zone=str(plan.zone),
        stage=plan.stage,
        mode=str(plan.mode),
        pain=plan.pain,
        variant=0,
        requested_min=plan.requested,
        effective_min=plan.effective,
        estimated_s=plan.estimated_s,
        place=str(plan.place),
        items=tuple(item.given for item in plan.items),
        card=plan.card,
    )
    report = Done(**stamp, id=f"reported{number}", session=given.id)
    diary = who.diary
    return replace(
        who,
        diary=replace(
            diary,
            sessions=(*diary.sessions, given),
            dones=(*diary.dones, report),
            entries=(*diary.entries, given, report),
        ),
    )


def ids(plan: Plan, *blocks: Block) -> set[str]:
    return {item.exercise.id for item in plan.items if item.block in blocks}


PEOPLE = {
    "a beginner": someone(sessions=0),
    "an office": someone(sessions=0, place=Place.UPRIGHT, equipment=(Equipment.WALL,), minutes=10),
    "seventy": someone(sessions=0, age=70, minutes=15),
    "a chair": someone(sessions=0, place=Place.CHAIR, equipment=(Equipment.CHAIR,)),
    "much kit": someone(sessions=0, equipment=tuple(Equipment), minutes=30, goals=(Goal.WALK, Goal.LIFT)),
}


@pytest.mark.parametrize("name", PEOPLE)
def test_i39_the_beginning_or_the_end_differs_from_last_time(name: str) -> None:
    plans = a_month(PEOPLE[name])
    ends = [ids(plan, Block.WARMUP, Block.SETTLE) for plan in plans]
    assert all(a != b for a, b in pairwise(ends))


@pytest.mark.parametrize("name", PEOPLE)
def test_at_least_every_other_session_ends_with_rest_or_breathing(name: str) -> None:
    calm = [
        any(i.exercise.category in ("relaxation", "recovery") for i in plan.block(Block.SETTLE))
        for plan in a_month(PEOPLE[name])
    ]
    assert all(a or b for a, b in pairwise(calm))


@pytest.mark.parametrize("name", PEOPLE)
def test_rows_to_learn_stay_and_new_ones_come_one_at_a_time(name: str) -> None:
    known: set[str] = set()
    for plan in a_month(PEOPLE[name]):
        learn = {i.exercise.id for i in plan.block(Block.MAIN) if i.exercise.dose.kind != "minutes"}
        assert not known or len(learn - known) <= 1
        known |= ids(plan, Block.MAIN)


def test_the_first_two_rows_stay_the_same_for_weeks() -> None:
    plans = a_month(PEOPLE["a beginner"])
    first = ids(plans[0], Block.MAIN)
    assert all(len(first & ids(plan, Block.MAIN)) >= 2 for plan in plans)


def test_an_amber_day_in_between_brings_nothing_new() -> None:
    known: set[str] = set()
    for plan in a_month(PEOPLE["a beginner"], pains=(1, 1, 5)):
        if plan.zone == "amber":
            assert ids(plan, Block.MAIN) <= known
        known |= ids(plan, Block.MAIN)


def test_i42_a_month_of_cards_repeats_none_within_two_weeks() -> None:
    plans = a_month(someone(sessions=0, days_per_week=5), 24, pains=(1, 1, 5, 7))
    seen = [(plan.date, plan.card) for plan in plans]
    for number, (day, card) in enumerate(seen):
        recent = [c for d, c in seen[:number] if d > days_after(day, -14)]
        assert card not in recent
    assert len({card for _, card in seen}) >= 14


def test_i41_over_a_month_every_category_has_its_turn() -> None:
    seen: set[Category] = set()
    for number in range(3):
        who = someone(
            sessions=0,
            equipment=tuple(Equipment),
            minutes=30,
            days_per_week=5,
            goals=tuple(Goal)[number * 3 :][:3],
        )
        seen |= {item.exercise.category for plan in a_month(who, 22) for item in plan.items}
    assert set(Category) - {Category.DIRECTION} <= seen


def test_poor_nights_bring_calm_and_the_card_on_sleep() -> None:
    def slept(*nights: int) -> Person:
        who = someone(pain=1)
        pains = tuple(
            Pain(
                v=1,
                id=f"n{back}",
                at=f"{days_after(TODAY, -back)}T07:00:00+01:00",
                day=days_after(TODAY, -back),
                score=1,
                sleep=sleep,
            )
            for back, sleep in enumerate(nights)
        )
        return replace(who, diary=replace(who.diary, pains=pains))

    def card(who: Person) -> int | None:
        plan = plan_session(CATALOG, PARAMETERS, who.diary, who.standing, who.request, TODAY, SEED)
        assert isinstance(plan, Plan)
        assert who.request.sleep != 2 or plan.block(Block.SETTLE)[-1].exercise.category in (
            "relaxation",
            "recovery",
        )
        return plan.card

    assert card(slept(2, 3)) == 11
    assert card(slept(2, 8)) != 11
    assert card(slept(8, 2)) != 11
    assert card(slept(9, 2).asking(sleep=2)) == 11
    assert card(slept().asking(sleep=2)) != 11
