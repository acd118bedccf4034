"""The walk that goes with the day: which row, how long, in how many parts, and what stands for it."""

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import shipped
from backmove.core.choices import Equipment, Goal
from backmove.core.days import days_after
from backmove.core.exercise import Feature
from backmove.core.notice import Notice
from backmove.core.plain_words import banned_words, grade
from backmove.core.plan import Outing, Pace, Plan
from backmove.core.prescription import plan_session
from backmove.core.profile import Place
from backmove.core.record import Flare, Session, Walk
from backmove.core.visit import outcome_records
from backmove.core.walking import JOG, WITH_SITS, indoors_of
from backmove.core.walking_today import walk_today
from session_strategies import SEED, TODAY, Person, person, someone

CATALOG, PARAMETERS = shipped.library()
KIT = tuple(Equipment)


def plan(who: Person) -> Plan:
    found = plan_session(CATALOG, PARAMETERS, who.diary, who.standing, who.request, TODAY, SEED)
    assert isinstance(found, Plan)
    return found


def walk(who: Person) -> tuple[Outing, ...]:
    return plan(who).outings


def said(who: Person) -> tuple[str, int, int]:
    (outing,) = walk(who)
    return outing.exercise.id, outing.minutes, outing.days_per_week


def both(who: Person) -> list[tuple[str, int, int]]:
    return [(o.exercise.id, o.minutes, o.days_per_week) for o in walk(who)]


def walked(who: Person, *days: int, minutes: int = 9, limb: int | None = None) -> Person:
    walks = tuple(
        Walk(
            v=1,
            id=f"w{n:05d}",
            at=f"{days_after(TODAY, n)}T09:00:00+01:00",
            day=days_after(TODAY, n),
            minutes=minutes,
            limb=limb,
        )
        for n in days
    )
    return replace(who, diary=replace(who.diary, walks=(*who.diary.walks, *walks)))


# --- how long, and which row ------------------------------------------------------------------------------------


def test_walking_starts_at_ten_minutes_on_four_days() -> None:
    assert said(someone()) == ("walk-easy", 10, 4)
    assert said(someone(sessions=0)) == ("walk-easy", 10, 4)


def test_it_starts_with_seventy_per_cent_of_what_is_comfortable() -> None:
    assert said(someone(walk_minutes=20)) == ("walk-steady", 14, 4)
    assert said(someone(walk_minutes=8)) == ("walk-easy", 5, 4)
    assert said(someone(walk_minutes=1)) == ("walk-easy", 3, 4)


def test_the_row_is_the_easiest_that_holds_the_minutes() -> None:
    rows = [said(someone(walk_minutes=minutes))[:2] for minutes in (15, 16, 29, 30, 43, 200)]
    assert rows == [
        ("walk-easy", 10),
        ("walk-steady", 11),
        ("walk-steady", 20),
        ("walk-thirty", 21),
        ("walk-thirty", 30),
        ("walk-thirty", 30),
    ]


def test_the_figures_of_easy_and_steady_walks_are_those_of_the_library() -> None:
    figures = PARAMETERS.walk
    easy, steady, whole = (
        CATALOG.exercises[row].dose.minutes for row in ("walk-easy", "walk-steady", "walk-thirty")
    )
    assert easy == (figures.easy_least.value, figures.easy_most.value)
    assert steady is not None and steady[1] == figures.steady_most.value
    assert whole is not None and whole[1] == figures.most.value


def test_acute_and_red_days_have_the_easy_walk() -> None:
    assert said(someone(walk_minutes=60, onset=TODAY, sessions=0)) == ("walk-easy", 10, 4)
    assert said(someone(walk_minutes=60, pain=7)) == ("walk-easy", 10, 4)


def test_a_lighter_day_and_care_have_a_steady_walk_at_most() -> None:
    who = someone(walk_minutes=60, usual=1)
    assert plan(who.asking(pain=5)).zone == "amber"
    assert said(who.asking(pain=5)) == ("walk-steady", 20, 4)
    assert said(replace(who, standing=replace(who.standing, careful=True))) == ("walk-steady", 20, 4)


def test_a_row_that_asks_for_more_is_never_given() -> None:
    assert said(someone(walk_minutes=20, dislikes=("walk-steady",))) == ("walk-easy", 10, 4)


def test_days_of_this_week_count_as_done() -> None:
    (outing,) = walk(walked(someone(), -5, -2, -2, -1))
    assert (outing.done, outing.due) == (2, True)
    (outing,) = walk(someone())
    assert (outing.done, outing.due) == (0, True)


# --- a flare-up ---------------------------------------------------------------------------------------------------


def test_a_flare_up_halves_the_walk_and_splits_it() -> None:
    (outing,) = walk(someone(walk_minutes=20).asking(flare=True))
    assert (outing.exercise.id, outing.minutes, outing.days_per_week, outing.parts) == ("walk-easy", 7, 4, 2)
    (outing,) = walk(someone(walk_minutes=60).asking(flare=True))
    assert (outing.minutes, outing.parts) == (15, 2)
    (outing,) = walk(someone(walk_minutes=7).asking(flare=True))
    assert (outing.minutes, outing.parts) == (3, 1)


# --- who sits, who may not walk ---------------------------------------------------------------------------------


def test_a_person_who_sits_has_the_same_minutes_on_a_chair() -> None:
    for who in (
        someone(walk_minutes=20, place=Place.CHAIR),
        someone(walk_minutes=20).asking(place=Place.CHAIR),
    ):
        (outing,) = walk(who)
        assert (outing.exercise.id, outing.minutes, outing.parts) == ("seated-march", 14, 3)


def test_nobody_who_cannot_walk_is_sent_for_a_walk() -> None:
    assert said(someone(walk_minutes=0)) == ("seated-march", 3, 4)


def test_without_walks_another_way_stands_for_them() -> None:
    walks = tuple(row.id for row in CATALOG.exercises.values() if row.chain and row.chain.id == "walk")
    assert said(someone(dislikes=walks, equipment=KIT)) == ("bike-recumbent", 10, 4)
    assert said(someone(dislikes=walks, equipment=(Equipment.POOL,))) == ("water-walk", 10, 4)
    assert said(someone(dislikes=walks)) == ("seated-march", 10, 4)


def test_disliked_walks_are_left_out() -> None:
    assert walk(someone(dislikes=("aerobic",), sessions=0)) == ()


# --- a sore leg, aching legs, a runner ---------------------------------------------------------------------------


def test_a_sore_leg_gives_one_walk_of_the_week_to_something_off_the_feet() -> None:
    who = walked(someone(walk_minutes=20, equipment=KIT), -1, limb=3)
    assert both(who) == [("walk-steady", 14, 3), ("bike-steady", 14, 1)]
    pool = walked(someone(walk_minutes=20, equipment=(Equipment.POOL,)), -1, limb=3)
    assert both(pool)[1] == ("water-walk", 14, 1)
    chair = walked(someone(walk_minutes=20), -1, limb=3)
    assert both(chair)[1] == ("seated-march", 14, 1)
    assert said(walked(someone(walk_minutes=20), -3, limb=2))[2] == 4
    assert said(walked(someone(walk_minutes=20), -8, limb=5))[2] == 4


def test_the_days_of_two_outings_add_up() -> None:
    def done(*days: int) -> list[tuple[int, int]]:
        who = walked(someone(walk_minutes=20, equipment=KIT), *days, limb=3)
        return [(o.done, o.days_per_week) for o in walk(who)]

    assert done(-3) == [(0, 3), (0, 1)]
    assert done(-2, -1) == [(2, 3), (0, 1)]
    who = walked(someone(equipment=KIT), -1, limb=3).carrying("spinal-stenosis")
    assert [(o.done, o.days_per_week) for o in walk(who)] == [(1, 2), (0, 2)]


def test_aching_legs_walk_with_sits_and_a_bike_comes_first() -> None:
    (outing,) = walk(someone().carrying("spinal-stenosis"))
    assert (outing.exercise.id, outing.with_sits) == ("walk-easy", True)
    bike, on_foot = walk(someone(equipment=KIT).carrying("spinal-stenosis"))
    assert (bike.exercise.id, bike.days_per_week, bike.with_sits) == ("bike-recumbent", 2, False)
    assert (on_foot.exercise.id, on_foot.days_per_week, on_foot.with_sits) == ("walk-easy", 2, True)
    assert Notice("walk-with-sits", WITH_SITS) in plan(someone().carrying("spinal-stenosis")).notices


def at_the_goal(weeks: int, **profile: Any) -> Person:
    """Somebody who walked half an hour on the first five days of so many weeks before this one."""
    days = [-2 - 7 * week + day for week in range(1, weeks + 1) for day in range(5)]
    return walked(someone(walk_minutes=60, sessions=10, **profile), *sorted(days), minutes=30)


def test_a_faster_pace_is_offered_after_two_weeks_at_the_goal_and_hills_after_four() -> None:
    paces = [walk(at_the_goal(weeks))[0].pace for weeks in (1, 2, 3, 4, 5)]
    assert paces == [Pace.TALK, Pace.BRISK, Pace.BRISK, Pace.HILLS, Pace.HILLS]


def test_nothing_is_offered_on_a_sore_day_or_with_care() -> None:
    who = at_the_goal(4)
    assert walk(who.asking(pain=7))[0].pace is Pace.TALK
    assert walk(replace(who, standing=replace(who.standing, careful=True)))[0].pace is Pace.TALK
    assert walk(who.asking(flare=True))[0].pace is Pace.TALK
    assert walk(walked(who, -1, limb=4))[0].pace is Pace.TALK


def test_a_runner_may_jog_on_one_day_a_week() -> None:
    who = at_the_goal(2, goals=(Goal.RUN,), usual=1)
    assert both(who) == [("walk-thirty", 30, 4), ("walk-jog", 15, 1)]
    assert Notice("walk-jog", JOG) in plan(who).notices


def test_jogging_is_for_those_who_want_to_run_with_little_pain_and_nothing_against_it() -> None:
    runner = at_the_goal(2, goals=(Goal.RUN,), usual=1)
    head: dict[str, Any] = {
        "v": 1,
        "day": days_after(TODAY, -2),
        "at": f"{days_after(TODAY, -2)}T07:00:00+01:00",
    }
    flares = (Flare(**head, id="flare000", on=True), Flare(**head, id="flare001", on=False))
    for who in (
        at_the_goal(2, goals=(Goal.WALK,), usual=1),
        at_the_goal(2, goals=(Goal.RUN,), usual=3),
        at_the_goal(1, goals=(Goal.RUN,), usual=1),
        replace(runner, diary=replace(runner.diary, flares=flares)),
        *(runner.carrying(tag) for tag in ("knee-problem", "new-to-exercise", "pregnancy-2-3")),
    ):
        assert not any(Feature.IMPACT in o.exercise.hazards for o in walk(who))


# --- bad weather, words ---------------------------------------------------------------------------------------------


def test_bad_weather_has_rows_indoors_unless_they_were_left_out() -> None:
    def names(who: Person, *tags: str) -> list[str]:
        day = walk_today(who.diary, who.standing, TODAY, PARAMETERS)
        return [row.id for row in indoors_of(CATALOG, who.diary, tags, day)]

    assert names(someone()) == ["march-on-spot", "step-touch"]
    assert names(someone(dislikes=("step-touch",))) == ["march-on-spot"]
    assert names(someone(dislikes=("aerobic",))) == []
    assert names(someone(place=Place.CHAIR)) == []
    assert names(walked(someone(), -1, limb=3)) == []


@pytest.mark.parametrize("words", [WITH_SITS, JOG])
def test_the_lines_read_easily(words: str) -> None:
    assert grade(words) <= 6 and banned_words(words) == []


# --- anybody ----------------------------------------------------------------------------------------------------------


@settings(max_examples=150)
@given(st.randoms(use_true_random=False))
def test_every_outing_stays_within_its_dose_and_the_filters(rng: Random) -> None:
    who = person(rng, CATALOG)
    found = plan_session(CATALOG, PARAMETERS, who.diary, who.standing, who.request, TODAY, SEED)
    for outing in found.outings if isinstance(found, Plan) else ():
        least, most = outing.exercise.dose.minutes or (0, 0)
        assert least <= outing.minutes <= most * outing.parts
        assert 1 <= outing.minutes <= 30 and outing.days_per_week >= 1
        assert Feature.IMPACT not in outing.exercise.hazards
        spared = [
            p for p in CATALOG.precautions.values() if p.tag in who.standing.tags and p.bars(outing.exercise)
        ]
        assert spared == []
        assert outing.exercise.id not in who.profile.dislikes


@settings(max_examples=200)
@given(st.randoms(use_true_random=False))
def test_the_day_at_a_glance_and_the_session_name_the_same_minutes(rng: Random) -> None:
    who = person(rng, CATALOG)
    who = who.asking(gentle=False, dc5_unsure=False, flare=False, relief=False, place=None, sleep=None)
    found = plan_session(CATALOG, PARAMETERS, who.diary, who.standing, who.request, TODAY, SEED)
    if not isinstance(found, Plan) or not found.outings or found.outings[0].with_sits:
        return
    outing = found.outings[0]
    (given,) = outcome_records(who.diary, found, stamp, TODAY, another=False)
    assert isinstance(given, Session)
    diary = replace(who.diary, sessions=(*who.diary.sessions, given), entries=(*who.diary.entries, given))
    day = walk_today(diary, who.standing, TODAY, PARAMETERS)
    assert day is not None
    least, most = outing.exercise.dose.minutes or (0, 0)
    assert outing.minutes == max(least, min(day.minutes, most * outing.parts)), (day, outing.exercise.id)
    assert day.seated <= (outing.exercise.position == "sitting")
    assert sum(o.days_per_week for o in found.outings) == day.days


def stamp() -> dict[str, object]:
    return {"v": 1, "id": "given0000001", "at": f"{TODAY}T12:00:00+01:00", "day": TODAY}
