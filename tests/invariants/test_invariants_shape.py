"""Time and shape, I12 to I24, and variety, I38 to I41, over days with a history.

One session at a time they stand in tests/test_session_invariants.py (``test_i12_...`` to ``test_i24_...``,
``test_i37_...``, ``test_i40_...``); I39 and I41 over a month of sessions in tests/core/test_variety.py."""

from itertools import pairwise

import pytest
from crowd import broken
from holds import ANY
from holds_week import block_of
from hypothesis import given, settings

from backmove.core.choices import Category, Fear
from backmove.core.plan import Block, Plan
from backmove.core.record import Exclude
from life import CATALOG, HOUSEHOLD, Life
from lives_at_random import people, some_days
from living import Doing, Who, lived
from story import Story

FEW = settings(max_examples=12)
YES = dict.fromkeys(("stand_no_hands", "one_leg_5s", "floor_and_up", "counter_plank_10s"), True)


@FEW
@given(people, some_days)
def test_i12_time_is_a_ceiling_on_every_day(who: Who, days: list[Doing]) -> None:
    assert broken("I12", who, days) == []


@FEW
@given(people, some_days)
def test_i15_the_estimate_is_the_sum_of_what_the_guide_will_run(who: Who, days: list[Doing]) -> None:
    for visit in lived(who, days).visits:
        if isinstance(visit.outcome, Plan):
            total = sum(item.seconds for item in visit.outcome.items)
            assert visit.outcome.estimated_s == total
            for item in visit.outcome.items:
                work = (
                    sum(item.dose.counts)
                    * item.dose.sides
                    * max(item.dose.tempo_s or 0, item.dose.hold_s or 0)
                )
                assert item.seconds >= max(work, (item.dose.minutes or 0) * 60) + 10


@FEW
@given(people, some_days)
def test_i18_there_is_never_more_to_learn_than_is_good(who: Who, days: list[Doing]) -> None:
    assert broken("I18", who, days) == []


@FEW
@given(people, some_days)
def test_i24_one_step_towards_a_feared_move_at_most(who: Who, days: list[Doing]) -> None:
    assert broken("I24", who, days) == []


def starting(**profile: object) -> Life:
    life = Life()
    life.set(**({"place": "floor", "equipment": HOUSEHOLD, "minutes": 20, "usual_pain": 2} | YES | profile))
    life.triage(onset_days=1000)
    return life


def go_on(life: Life, sessions: int, *, effort: int = 4) -> None:
    for _ in range(sessions):
        life.wait(2)
        if not life.standing.open:
            life.triage(onset_days=1000)
        life.session(2)
        life.done(effort=effort)


@pytest.mark.parametrize("fear", Fear)
def test_i24_every_fear_has_one_exposure_row_a_session_at_most(fear: Fear) -> None:
    life = starting(feared=str(fear))
    go_on(life, 16)
    story = Story(life)
    assert [words for check in ANY["I24"] for _, words in check(story)] == []
    with_one = [one for one in story.given if any(i.slot == "exposure" for i in one.main)]
    assert with_one or fear is Fear.WALKING


@FEW
@given(people, some_days)
def test_i38_the_rows_that_stay_do_stay(who: Who, days: list[Doing]) -> None:
    assert broken("I38", who, days) == []


@pytest.mark.parametrize("minutes", [15, 20, 30])
def test_i38_in_quiet_weeks_the_block_changes_by_one_row_at_most(minutes: int) -> None:
    life = starting(minutes=minutes)
    go_on(life, 30)
    story = Story(life)
    changed = 0
    for (a, first), (_, second) in pairwise(enumerate(story.given)):
        others = [first, *story.given[max(0, a - 1) : a]]
        new = min(len(block_of(second) - block_of(other)) for other in others)
        learned = first.plan.learn_max != second.plan.learn_max
        assert new <= 1 + learned, (second.day, block_of(first), block_of(second))
        changed += bool(new)
    assert changed <= 12


@FEW
@given(people, some_days)
def test_i39_beginning_or_end_differ_from_last_time(who: Who, days: list[Doing]) -> None:
    assert broken("I39", who, days) == []


@FEW
@given(people, some_days)
def test_i40_what_is_disliked_or_left_out_never_comes(who: Who, days: list[Doing]) -> None:
    assert broken("I40", who, days) == []


def test_i40_a_row_that_is_left_out_is_gone_and_comes_back_only_when_let_in() -> None:
    life = starting()
    go_on(life, 4)
    row = life.visits[-1].main[0]
    life.write(Exclude, exercise=row)
    go_on(life, 8)
    assert all(row not in visit.rows for visit in life.visits[-8:])
    life.write(Exclude, exercise=row, on=False)
    assert row not in life.diary.excluded


def test_i41_a_month_with_much_kit_has_every_category() -> None:
    """With progression on: 30 days with a session each, for a person without tags."""
    life = starting(equipment=[str(e) for e in ALL_KIT], minutes=30, days_per_week=5)
    for _ in range(30):
        life.wait(1)
        if not life.standing.open:
            life.triage(onset_days=1000)
        life.session(2)
        life.done(effort=4)
    met = {item.exercise.category for plan in life.plans for item in plan.items}
    met |= {outing.exercise.category for plan in life.plans for outing in plan.outings}
    assert set(Category) - {Category.DIRECTION} <= met


ALL_KIT = sorted({kit for row in CATALOG.exercises.values() for kit in row.equipment})


def test_i17_the_library_offers_every_block_something() -> None:
    """Without this the shape of a session would be about nothing."""
    plan = starting().wait(1).session(2).plan
    assert [len(plan.block(block)) > 0 for block in Block] == [True, True, True]
