"""Whole sessions of random people: a way that rests is in no block, what is left out stays out, a ladder is kept."""

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import shipped
from backmove.core.choices import Fear
from backmove.core.diary import Diary
from backmove.core.exercise import Feature
from backmove.core.helpful_direction import Way, ways_moved
from backmove.core.plan import Block, Plan, Refused
from backmove.core.prescription import plan_session
from backmove.core.record import Direction, Done, DoneRow, Exclude, GivenDose, GivenItem, Pain, Session
from backmove.core.zone import Zone
from session_strategies import SEED, TODAY, Person, _stamp, person, someone

CATALOG, PARAMETERS = shipped.library()
people = st.randoms(use_true_random=False).map(lambda rng: person(rng, CATALOG))
DAYS = st.integers(-6, -1)


def plan(who: Person) -> Plan | Refused:
    return plan_session(CATALOG, PARAMETERS, who.diary, who.standing, who.request, TODAY, SEED)


def with_records(who: Person, **more: Any) -> Person:
    """The person with more records of some kinds."""
    diary: Diary = who.diary
    lists: dict[str, Any] = {name: (*getattr(diary, name), *records) for name, records in more.items()}
    entries = (*diary.entries, *(record for records in more.values() for record in records))
    return replace(who, diary=replace(diary, **lists, entries=entries))


def sent_down(who: Person, way: Way | None, back: int) -> Person:
    """A row of that way hurt and sent pain down the leg; None: a plain word about it."""
    if way is None:
        pain = Pain(**_stamp(900, back, "leg"), score=3, leg="further")
        return with_records(who, pains=(pain,), heard=(pain,))
    item = GivenItem("some-row", "main", GivenDose("reps", (8,)), 60, bends=way.value)
    session = Session(
        **_stamp(900, back, "leg"), zone="green", stage="chronic", mode="normal", pain=3, variant=0,
        requested_min=20, effective_min=20, estimated_s=60, place="floor", items=(item,),
    )  # fmt: skip
    rows = (DoneRow("some-row", hurt=True),)
    done = Done(**_stamp(901, back, "done"), session=session.id, leg="further", rows=rows)
    return with_records(who, sessions=(session,), dones=(done,))


@settings(max_examples=60)
@given(people, st.sampled_from([*Way, None]), DAYS)
def test_i3_a_way_that_rests_is_in_no_block_and_on_no_outing(who: Person, way: Way | None, back: int) -> None:
    found = plan(sent_down(who, way, back))
    if isinstance(found, Refused):
        return
    rests = frozenset(Way) if way is None else frozenset({way})
    for exercise in [item.exercise for item in found.items] + [outing.exercise for outing in found.outings]:
        assert ways_moved(exercise).isdisjoint(rests), exercise.id
    features = {feature for item in found.items for feature in item.exercise.hazards}
    if Way.FLEXION in rests:
        assert features.isdisjoint({Feature.FLEX_MID, Feature.FLEX_END, Feature.FLEX_LOAD, Feature.CURL})
    if Way.EXTENSION in rests:
        assert features.isdisjoint({Feature.EXT_ANY, Feature.EXT_END, Feature.EXT_LOAD})


@settings(max_examples=40)
@given(people, st.sampled_from([*Way, None]), DAYS)
def test_a_way_that_rests_takes_no_session_away_from_whoever_is_free_otherwise(
    who: Person, way: Way | None, back: int
) -> None:
    """The rows that neither bend nor arch are enough, unless much else is forbidden, too."""
    free = replace(who, standing=replace(who.standing, tags=frozenset()))
    free = free.with_profile(dislikes=()).asking(place=None)
    if isinstance(plan(free), Plan):
        assert isinstance(plan(sent_down(free, way, back)), Plan)


@settings(max_examples=40)
@given(people, st.data())
def test_i40_an_excluded_row_is_nowhere(who: Person, data: st.DataObject) -> None:
    first = plan(who)
    if isinstance(first, Refused):
        return
    gone = data.draw(st.sampled_from([item.exercise.id for item in first.items]))
    second = plan(with_records(who, excludes=(Exclude(**_stamp(900, -1, "gone"), exercise=gone),)))
    if isinstance(second, Plan):
        assert gone not in {item.exercise.id for item in second.items}
        assert gone not in {outing.exercise.id for outing in second.outings}


@settings(max_examples=30)
@given(people, st.sampled_from(["better", "same"]), st.sampled_from(["better", "worse"]))
def test_bad_days_leave_out_the_end_range_of_the_way_that_does_not_help(
    who: Person, bending: Any, arching: Any
) -> None:
    test = Direction(**_stamp(900, -1, "test"), bending=bending, arching=arching)
    found = plan(with_records(who, directions=(test,)))
    if (
        isinstance(found, Refused)
        or found.zone is Zone.GREEN
        or (bending == "better") == (arching == "better")
    ):
        return
    ends = {feature for item in found.items for feature in item.exercise.hazards}
    assert (Feature.EXT_END if bending == "better" else Feature.FLEX_END) not in ends


@settings(max_examples=40)
@given(people, st.sampled_from(list(Fear)))
def test_i24_at_most_one_exposure_and_nothing_above_the_rung(who: Person, fear: Fear) -> None:
    found = plan(who.with_profile(feared=fear))
    if isinstance(found, Refused):
        return
    ladder = PARAMETERS.ladders.rows[fear]
    exposures = [item for item in found.items if item.rule == "O4"]
    assert len(exposures) <= 1 and all(item.block is Block.MAIN for item in exposures)
    assert all(item.exercise.id in ladder for item in exposures)
    if found.zone is not Zone.GREEN:
        assert exposures == []


def test_a_fear_of_bending_begins_with_one_easy_row() -> None:
    """Example 31: exactly one rung, seated-hinge."""
    found = plan(someone(feared=Fear.BENDING))
    assert isinstance(found, Plan)
    main = [item for item in found.items if item.block is Block.MAIN]
    assert [item.exercise.id for item in main if item.rule == "O4"] == ["seated-hinge"]
    assert {item.exercise.id for item in main}.isdisjoint(PARAMETERS.ladders.rows[Fear.BENDING][1:])


@pytest.mark.parametrize("seed", range(5))
def test_asking_twice_gives_the_same(seed: int) -> None:
    who = sent_down(person(Random(seed), CATALOG), Way.EXTENSION, -2).with_profile(feared=Fear.BENDING)
    assert plan(who) == plan(who)
