"""Why a row of a plan stays away: the words for each limit of a day, and rows that the library has no longer."""

from typing import Any

import pytest
from msgspec.structs import replace

import shipped
from backmove.core.candidates import allowed, bounds_of
from backmove.core.choices import Equipment
from backmove.core.clearance import Standing
from backmove.core.exercise import Exercise, Feature, Slot, Stage, Status
from backmove.core.further import Way
from backmove.core.helpful_direction import Ways
from backmove.core.placement import own_steps
from backmove.core.plan_barred import GENTLE, PLACE, Limits, why_not
from backmove.core.plan_report import staying_away
from backmove.core.profile import Place, Profile
from backmove.core.record import PlanRow, TherapistPlan
from backmove.core.therapist_plan import Amount, dose_for
from backmove.core.zone import Mode, Zone
from course import Course, day_of

CATALOG, PARAMETERS = shipped.library()
ROWS = CATALOG.exercises
PERSON = Profile(
    place=Place.FLOOR,
    equipment=tuple(Equipment),
    stand_no_hands=True,
    one_leg_5s=True,
    floor_and_up=True,
    counter_plank_10s=True,
    morning_rule=True,
    gets_up="06:30",
)


def limits(
    *, zone: Zone = Zone.GREEN, stage: Stage = Stage.CHRONIC, minute: int = 12 * 60, **more: Any
) -> Limits:
    """A day on which every step of every ladder has been reached."""
    steps = own_steps(PERSON, CATALOG, PARAMETERS)
    bounds = bounds_of(
        CATALOG,
        PARAMETERS,
        PERSON,
        steps,
        tags=(),
        careful=False,
        zone=zone,
        stage=stage,
        mode=Mode.NORMAL,
        place=Place.FLOOR,
        minute_of_day=minute,
        **more,
    )
    return Limits(
        catalog=CATALOG,
        bounds=replace(bounds, prescribed=frozenset(ROWS)),
        profile=PERSON,
        zone=zone,
        stage=stage,
        tags=(),
        careful=False,
        excluded=(),
        parked={},
        parameters=PARAMETERS,
    )


def codes(day: Limits, slot: Slot = Slot.MAIN) -> dict[str, str]:
    """Every row that has this part of the session and may not be given, with its code."""
    found = {row.id: why_not(row, slot, day) for row in ROWS.values() if slot in row.slots}
    return {name: why[0] for name, why in found.items() if why is not None}


def test_a_row_is_held_back_with_a_reason_or_may_be_given_and_never_both() -> None:
    for zone in Zone:
        for stage in Stage:
            day = limits(zone=zone, stage=stage)
            for slot in (Slot.WARMUP, Slot.MAIN, Slot.SETTLE):
                for row in ROWS.values():
                    assert (why_not(row, slot, day) is None) == allowed(row, day.bounds, slot)


@pytest.mark.parametrize("status", [Status.DEPRECATED, Status.MERGED])
def test_a_row_that_is_given_no_longer_is_gone_whatever_else_holds_it(status: Status) -> None:
    row: Exercise = replace(ROWS["bridge"], status=status)
    assert why_not(ROWS["bridge"], Slot.MAIN, limits()) is None
    assert why_not(row, Slot.MAIN, limits()) == ("gone", "it is no longer in the library")
    excluded = replace(limits(), excluded=("bridge",))
    assert why_not(row, Slot.MAIN, excluded) == ("gone", "it is no longer in the library")


def test_jumping_and_running_wait_for_weeks_of_good_walks() -> None:
    row = replace(ROWS["sit-to-stand"], features=(*ROWS["sit-to-stand"].features, Feature.IMPACT))
    words = ("impact", "jumping and running come after weeks of good walks")
    assert why_not(row, Slot.MAIN, limits()) == words
    assert why_not(row, Slot.MAIN, limits(impact=True)) is None


def test_in_the_first_hours_after_getting_up_the_morning_rule_is_named() -> None:
    early = {name for name, code in codes(limits(minute=7 * 60)).items() if code == "morning"}
    barred = set(PARAMETERS.barred.morning.features)
    assert early and all(ROWS[name].hazards & barred for name in early)
    assert "morning" not in codes(limits()).values()


def test_a_way_of_moving_that_went_down_the_leg_rests_by_its_name() -> None:
    day = limits(ways=Ways(blocked=frozenset({Way.FLEXION})))
    held = {name for name, code in codes(day).items() if code == "direction"}
    assert held and not held & set(codes(limits()))


def test_early_in_a_spell_hard_rows_are_too_hard() -> None:
    row = replace(ROWS["bridge"], level=5, stages=tuple(Stage))
    words = why_not(row, Slot.MAIN, limits(stage=Stage.ACUTE))
    assert words == ("stage", "it is too hard this early in a spell")


def test_a_row_too_hard_for_the_beginning_of_a_session_did_not_fit_the_day() -> None:
    day = limits()
    row = replace(ROWS["bridge"], slots=(Slot.WARMUP, Slot.MAIN), level=PARAMETERS.level.warmup.value + 1)
    row = replace(row, chain=None)
    steps = replace(day.bounds.steps, reached={row.category: row.level})
    day = replace(day, bounds=replace(day.bounds, steps=steps))
    assert why_not(row, Slot.MAIN, day) is None
    assert why_not(row, Slot.WARMUP, day) == ("other", "it did not fit the day")


def with_a_row_of_another_library(course: Course) -> TherapistPlan:
    rows = (
        PlanRow("sit-to-stand", dose_for(ROWS["sit-to-stand"], Amount(reps=8))),
        PlanRow("a-row-of-2031", dose_for(ROWS["bridge"], Amount(reps=8))),
        PlanRow("bridge", dose_for(ROWS["bridge"], Amount(reps=8))),
    )
    return TherapistPlan(**course.at(6, 7), by="Anna Weber", until=day_of(60), rows=rows)


def test_a_row_that_this_library_does_not_have_is_named_and_the_others_are_given() -> None:
    course = Course(pain=2)
    course.lives([0, 2, 4])
    written = with_a_row_of_another_library(course)
    course.records.append(written)
    plan = course.plan(6)
    assert plan.followed is not None
    assert [(one.exercise, one.code) for one in plan.followed.left_out] == [("a-row-of-2031", "gone")]
    assert {"sit-to-stand", "bridge"} <= {item.exercise.id for item in plan.items if item.planned}
    away = staying_away(written, course.diary, Standing(), day_of(6), CATALOG, PARAMETERS)
    assert [(one.exercise, one.code) for one in away] == [("a-row-of-2031", "gone")]


def test_on_a_chair_a_row_that_makes_one_stand_up_is_in_the_wrong_place() -> None:
    day = limits()
    seated = replace(day.bounds, place=Place.CHAIR, forbids=day.bounds.forbids | {Feature.STAND_UP})
    row = next(r for r in ROWS.values() if Feature.STAND_UP in r.hazards and Feature.IMPACT not in r.hazards)
    assert why_not(row, Slot.MAIN, replace(day, bounds=seated)) == PLACE


def test_what_is_too_hard_for_an_answer_that_asks_for_care_says_so() -> None:
    day = limits()
    easy = replace(day, careful=True, bounds=replace(day.bounds, max_level=PARAMETERS.level.careful.value))
    found = {code for row, code in codes(easy).items() if ROWS[row].level > PARAMETERS.level.careful.value}
    assert "careful" in found


def test_what_a_gentle_day_forbids_is_told_as_gentle() -> None:
    day = limits()
    row = next(
        r
        for r in ROWS.values()
        if r.hazards & day.bounds.forbids == set() and r.hazards and allowed(r, day.bounds, Slot.MAIN)
    )
    one = next(iter(sorted(row.hazards)))
    gentle = replace(day.bounds, gentle_load=1, forbids=day.bounds.forbids | {one})
    assert why_not(row, Slot.MAIN, replace(day, bounds=gentle)) == GENTLE
