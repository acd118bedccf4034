"""The walking plan from week to week: what raises it, what holds it, what lowers it."""

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from backmove.core.days import days_after, days_between
from backmove.core.diary import fold
from backmove.core.figure import Figure
from backmove.core.record import Done, Session
from backmove.core.walking_facts import Brake
from backmove.core.walking_plan import Turn, WalkPlan
from backmove.core.walking_weeks import after_gap, fallen, goal_met_for, risen, walking_plan
from walking_strategies import FIRST, PARAMETERS, Walker, doubled, walkers

WALK, GAP = PARAMETERS.walk, PARAMETERS.gap


def in_week_three() -> Walker:
    """Two weeks of all that was asked for: 10, then 12, now 14 minutes on 4 days."""
    return Walker().triage(0).week(0, 10, 10, 10, 10).week(1, 12, 12, 12, 12)


# --- the beginning ---------------------------------------------------------------------------------------------


def test_there_is_no_plan_in_the_first_weeks_of_a_spell() -> None:
    one = Walker().session(0, 2, 9, stage="acute").walk(8, 1, 3)
    assert walking_plan(one.diary, days_after(FIRST, 20), PARAMETERS) is None
    plan = one.session(23).plan(23)
    assert (plan.began, plan.week, plan.turn) == (days_after(FIRST, 21), 1, Turn.BEGAN)


def test_it_begins_with_the_session_that_is_being_planned() -> None:
    diary = Walker().triage(0).diary
    assert walking_plan(diary, FIRST, PARAMETERS) is None
    plan = walking_plan(diary, FIRST, PARAMETERS, begins=True)
    assert plan is not None and (plan.minutes, plan.days, plan.week) == (10, 4, 1)


def test_the_start_is_a_share_of_the_walks_before() -> None:
    assert Walker().walk(20, 0).walk(30, 1, 2).session(3).at(3) == (18, 4)  # 70 % of 26
    assert Walker().walk(90, 0, 1).walk(20, 2, 3, 4).session(5).at(5) == (14, 4)  # the last three
    assert Walker().walk(90, 0, 1, 2).session(3).at(3) == (30, 4)
    assert Walker().walk(2, 0, 1, 2).session(3).at(3) == (3, 4)


def test_walks_with_a_sore_leg_and_walks_of_long_ago_are_no_measure() -> None:
    assert Walker().walk(40, 0, limb=3).walk(20, 1, limb=2).session(2).at(2) == (14, 4)
    assert Walker().walk(40, 0).session(29).at(29) == (10, 4)
    assert Walker().walk(40, 0).session(28).at(28) == (28, 4)


def test_a_walk_after_the_first_session_is_no_measure_of_the_start() -> None:
    assert Walker().session(0).walk(40, 0).at(0) == (10, 4)


def test_without_walks_the_profile_says_the_start() -> None:
    assert Walker().comfortable(20).session(0).at(0) == (14, 4)
    assert Walker().comfortable(300).session(0).at(0) == (30, 4)
    assert Walker().comfortable(0).session(0).at(0) == (3, 4)


@pytest.mark.parametrize(("walked", "start"), [(10, 10), (4, 4), (20, 14), (12, 10)])
def test_the_plan_does_not_begin_below_what_was_asked_for_and_done_in_the_first_weeks(
    walked: int, start: int
) -> None:
    one = Walker().session(0, stage="acute").walk(walked, 0, 1, 2, 3, 4).session(7)
    assert one.at(7) == (start, 4)


# --- a week is judged when it is over ---------------------------------------------------------------------------


def test_enough_of_a_week_brings_a_sixth_more_and_from_fifteen_a_fifth_day() -> None:
    one = in_week_three()
    assert one.at(14) == (14, 4)
    one.week(2, 14, 14, 14, 8)
    assert one.at(20) == (14, 4)
    assert one.at(21) == (16, 5)  # 50 of 56
    plan = one.plan(21)
    assert (plan.turn, plan.before, plan.week) == (Turn.ROSE, 14, 4)
    assert (plan.weeks[-1].walked, plan.weeks[-1].walked_days) == (50, 4)


def test_half_of_a_week_holds() -> None:
    one = in_week_three().week(2, 10, 10, 10)
    assert (one.at(21), one.plan(21).turn) == ((14, 4), Turn.STAYED)


def test_less_than_half_takes_a_fifth_away() -> None:
    one = in_week_three().week(2, 14, 13)
    assert (one.at(21), one.plan(21).turn) == ((11, 4), Turn.FELL)


def test_a_session_that_was_too_much_takes_a_fifth_away_whatever_was_walked() -> None:
    one = in_week_three().week(2, 14, 14, 14, 14).session(19, peak=7)
    assert one.plan(20).brake is Brake.TOO_MUCH
    assert (one.at(21), one.plan(21).turn) == ((11, 4), Turn.TOO_MUCH)


def test_parts_of_a_day_add_up() -> None:
    one = in_week_three()
    for day in range(14, 18):
        one.session(day).walk(7, day, day)
    plan = one.plan(18)
    assert (plan.walked, plan.walked_days, plan.minutes_left, plan.days_left) == (56, 4, 0, 0)
    assert one.at(21) == (16, 5)


def test_eighty_of_a_hundred_are_enough_and_fifty_hold() -> None:
    def after(walked: int) -> int:
        one = in_week_three().week(2, walked)
        return one.session(20).at(21)[0]

    assert [after(walked) for walked in (45, 44, 28, 27)] == [16, 14, 14, 11]


def test_a_week_without_a_walk_noted_is_unknown_and_holds() -> None:
    one = Walker().comfortable(29).week(0).week(1).week(2)
    assert (one.at(21), one.plan(21).turn) == ((20, 4), Turn.UNSAID)


def test_a_first_week_that_began_late_is_not_held_against_anybody() -> None:
    one = Walker().session(4, 6).walk(10, 5)
    assert (one.at(7), one.plan(7).turn) == ((10, 4), Turn.SHORT)
    assert Walker().session(3, 5).walk(10, 3).at(7) == (8, 4)
    assert Walker().session(4).walk(10, 4, 5).walk(12, 6).at(7) == (12, 4)


def test_next_week_is_told_beforehand() -> None:
    ahead = in_week_three().session(14).plan(14).next
    assert (ahead.enough, ahead.half, ahead.minutes, ahead.days, ahead.less) == (45, 28, 16, 5, 11)


def test_full_weeks_reach_the_goal_in_eight_to_twelve_weeks() -> None:
    for start in range(10, 31):
        one = Walker().comfortable(-(-start * 100 // 70)).triage(0)
        for week in range(12):
            minutes, days = one.session(7 * week).at(7 * week)
            one.walk(minutes, *range(7 * week, 7 * week + days))
            if (minutes, days) == (30, 5):
                break
        assert (minutes, days) == (30, 5) and week + 1 <= 12
        assert start != 10 or 8 <= week + 1 <= 12


def test_nothing_is_above_the_goal() -> None:
    one = Walker().comfortable(300).triage(0)
    for week in range(4):
        one.week(week, *[40] * 7)
    plan = one.plan(28)
    assert (plan.minutes, plan.days, plan.at_goal, plan.turn) == (30, 5, True, Turn.GOAL)


def test_fewer_minutes_go_with_the_days_of_the_start() -> None:
    one = in_week_three().week(2, 14, 14, 14, 14)
    assert one.at(21) == (16, 5)
    assert one.week(3, 16).at(28) == (13, 4)


# --- what holds ---------------------------------------------------------------------------------------------------


def held(change: Callable[[Walker], object], *, minutes: int = 14) -> tuple[int, Turn]:
    """Two full weeks, then a third full one with something else in it: where the fourth begins."""
    one = in_week_three()
    change(one)
    for day in range(14, 18):
        one.session(day).walk(minutes, day)
    plan = one.plan(21)
    return plan.minutes, plan.turn


def test_without_anything_else_a_full_week_rises() -> None:
    assert held(lambda one: None) == (16, Turn.ROSE)


@pytest.mark.parametrize("minutes", [14, 4])
def test_a_flare_up_in_the_week_holds_it_and_excuses_few_minutes(minutes: int) -> None:
    assert held(lambda one: one.flare(15), minutes=minutes) == (14, Turn.FLARE)
    assert held(lambda one: one.session(18, zone="red", mode="flare"), minutes=minutes) == (14, Turn.FLARE)


def test_after_a_flare_up_a_week_is_quiet() -> None:
    """The second week, with the flare-up in it, held at 12 minutes."""
    assert held(lambda one: one.flare(12).flare(13, on=False)) == (14, Turn.ROSE)
    assert held(lambda one: one.flare(12).flare(14, on=False)) == (12, Turn.FLARE)


def test_quiet_days_are_those_of_the_parameters() -> None:
    longer = replace(PARAMETERS, flare=replace(PARAMETERS.flare, quiet_days=Figure(8, "days", "PRAC")))
    one = in_week_three().flare(12).flare(13, on=False).week(2, 14, 14, 14, 14)
    plan = walking_plan(one.diary, days_after(FIRST, 21), longer)
    assert plan is not None and (plan.minutes, plan.turn) == (12, Turn.QUIET)


def test_a_sore_leg_holds_and_does_not_excuse() -> None:
    assert held(lambda one: one.walk(1, 16, limb=3)) == (14, Turn.LIMB)
    assert held(lambda one: one.pain(2, 16, limb=4)) == (14, Turn.LIMB)
    assert held(lambda one: one.pain(2, 16, limb=2)) == (16, Turn.ROSE)
    assert held(lambda one: one.pain(2, 16, limb=4).session(19), minutes=4) == (11, Turn.FELL)


def test_a_sore_leg_is_watched_for_seven_days() -> None:
    one = in_week_three().pain(2, 15, limb=3)
    assert [one.plan(day).limb for day in (14, 15, 22, 23)] == [False, True, True, False]


def test_what_comes_first_holds() -> None:
    assert held(lambda one: one.pain(3, 16, leg="further")) == (14, Turn.HELD)
    assert held(lambda one: one.pain(3, 16, leg="usual")) == (16, Turn.ROSE)
    assert held(lambda one: one.refused("pain-too-high", 16)) == (14, Turn.HELD)
    assert held(lambda one: one.refused("triage-stale", 16)) == (16, Turn.ROSE)
    assert held(lambda one: one.triage(16, "SAME_DAY").triage(17)) == (14, Turn.HELD)
    assert held(lambda one: one.triage(12, "CLINICIAN_FIRST")) == (12, Turn.HELD)
    assert held(lambda one: one.triage(12, "SAME_DAY").triage(13, "CAREFUL")) == (14, Turn.ROSE)


def test_the_first_weeks_of_a_new_spell_keep_the_plan_in_memory() -> None:
    assert held(lambda one: one.session(15, stage="acute")) == (14, Turn.ACUTE)
    assert held(lambda one: one.session(15, stage="acute"), minutes=4) == (14, Turn.ACUTE)


def test_a_week_that_ended_in_a_break_holds_once() -> None:
    one = in_week_three().session(14).walk(14, 14)
    assert (one.at(21), one.plan(21).turn) == ((14, 4), Turn.AWAY)
    one.session(21).walk(14, 21)
    assert (one.at(28), one.plan(28).turn) == ((11, 4), Turn.FELL)


# --- gaps -----------------------------------------------------------------------------------------------------------


def at_twenty() -> Walker:
    """The plan stands at 20 minutes, with a session and a walk on Friday, day 18."""
    one = Walker().comfortable(29).triage(0)
    for week in range(3):
        one.week(week, 14, 14, 14, 14, 1)
    assert one.at(18) == (20, 4)
    return one


@pytest.mark.parametrize(
    ("gap", "minutes"),
    [(7, 20), (8, 18), (10, 18), (14, 18), (15, 14), (20, 14), (28, 14), (29, 10), (40, 10)],
)
def test_days_without_anything_lower_the_walk_by_their_number(gap: int, minutes: int) -> None:
    plan = at_twenty().plan(18 + gap)
    assert plan.minutes == minutes
    assert (plan.turn is Turn.GAP, plan.before) == (gap >= 8, 20)
    assert plan.gap == (gap if gap >= 8 else 0)


def test_a_gap_lasts_until_the_next_walk_and_its_week_holds() -> None:
    one = at_twenty().session(28).walk(18, 28, 29, 30, 31, 32)
    plan = one.plan(32)
    assert (plan.minutes, plan.turn, plan.before, plan.brake) == (18, Turn.GAP, 20, Brake.BACK)
    assert (one.at(35), one.plan(35).turn) == ((18, 4), Turn.BACK)
    one.walk(18, 35, 36, 37, 38)
    assert (one.at(42), one.plan(42).turn) == ((21, 5), Turn.ROSE)


def test_a_rise_after_the_last_walk_does_not_soften_a_gap() -> None:
    one = Walker().comfortable(29).triage(0)
    for week in range(3):
        one.week(week, 16, 16, 16, 16) if week == 2 else one.week(week, 12, 12, 12, 12)
    assert (one.at(17), one.at(22), one.at(27)) == ((20, 4), (23, 5), (18, 4))


def test_walks_alone_leave_no_gap_and_sessions_alone_leave_one_of_walks() -> None:
    walks = at_twenty().walk(14, *range(21, 60, 2))
    assert walks.plan(60).gap == 0
    sessions = at_twenty().session(*range(21, 60, 2))
    plan = sessions.plan(28)
    assert (plan.minutes, plan.gap, plan.gap_of_walks) == (18, 10, True)


def test_a_gap_and_too_much_in_one_week_take_no_more_than_three_tenths() -> None:
    one = at_twenty().session(33, peak=7).walk(14, 33)
    assert [one.plan(day).minutes for day in (28, 32, 33, 34, 35)] == [18, 18, 14, 14, 13]
    assert fallen(14, 18, WALK) == 13


def test_a_walk_before_the_plan_begins_opens_no_gap() -> None:
    one = Walker().walk(29, 0).session(4, done=False)
    assert [one.plan(day).gap for day in (8, 11, 12)] == [0, 0, 8]


def test_until_a_walk_is_noted_the_sessions_count() -> None:
    one = Walker().comfortable(29).triage(0).week(0).week(1).week(2)
    assert (one.at(25), one.plan(26).minutes, one.plan(26).gap_of_walks) == ((20, 4), 18, False)
    assert Walker().comfortable(29).session(0, done=False).plan(8).minutes == 18


# --- the goal -----------------------------------------------------------------------------------------------------


def test_weeks_at_the_whole_goal_are_counted_back_from_now() -> None:
    one = Walker()
    for week in (0, 2, 3):
        one.walk(30, *range(7 * week, 7 * week + 5))
    one.walk(15, 28, 28, 29, 29).walk(30, 30, 31)

    def weeks(day: int) -> int:
        return goal_met_for(one.diary_on(day), days_after(FIRST, day), PARAMETERS)

    assert [weeks(day) for day in (3, 4, 7, 14, 18, 21, 27, 28, 31)] == [0, 1, 1, 0, 1, 1, 2, 2, 2]
    one.walk(29, 32)
    assert weeks(32) == 2
    one.walk(1, 32)
    assert (weeks(32), weeks(35), weeks(42)) == (3, 3, 0)


def test_a_week_with_a_sore_leg_does_not_meet_the_goal() -> None:
    one = Walker().walk(30, 0, 1, 2, 3).walk(30, 4, limb=3)
    assert goal_met_for(one.diary, days_after(FIRST, 7), PARAMETERS) == 0


def most_more(minutes: int) -> Fraction:
    """How much longer a walk may be a week later (I34): a fifth or one minute, and five at most."""
    return min(Fraction(5), max(Fraction(1), Fraction(minutes, 5)))


# --- the figures --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("minutes", range(3, 31))
def test_a_rise_and_a_fall_are_never_too_large(minutes: int) -> None:
    more, _ = risen(minutes, 4, WALK)
    assert minutes < more <= minutes + most_more(minutes) or more == minutes == 30
    assert minutes * 7 <= fallen(minutes, minutes, WALK) * 10 and (
        fallen(minutes, minutes, WALK) < minutes or minutes == 3
    )
    assert minutes * 7 <= after_gap(minutes, 28, GAP) * 10
    assert minutes <= after_gap(minutes, 400, GAP) * 2
    steps = [after_gap(minutes, gap, GAP) for gap in (7, 8, 15, 29)]
    assert steps == sorted(steps, reverse=True) and steps[0] == minutes
    assert minutes < 5 or steps[-1] >= 5


def test_no_figure_can_raise_a_walk_by_more_than_five_minutes() -> None:
    double = replace(WALK, step_share=Figure(100, "per cent", "PRAC"))
    assert [risen(minutes, 4, double)[0] for minutes in (3, 5, 20, 28)] == [6, 10, 25, 30]


# --- anybody ------------------------------------------------------------------------------------------------------


def plans(one: Walker) -> list[WalkPlan]:
    """The plan of every day from its beginning, each as it was seen that day."""
    last = max(days_between(FIRST, record.day) for record in one.records)
    found = []
    for day in range(last + 45):
        plan = walking_plan(one.diary_on(day), days_after(FIRST, day), PARAMETERS)
        if plan is not None:
            found.append(plan)
    return found


@settings(max_examples=60)
@given(walkers())
def test_a_week_changes_little_and_missed_weeks_raise_nothing(one: Walker) -> None:
    """I34 and I36, day by day."""
    days = plans(one)
    for now, later in zip(days, days[7:], strict=False):
        assert later.minutes <= now.minutes + most_more(now.minutes)
        assert later.minutes <= max(30, now.minutes) and later.days <= 5
        if later.gap < 29 and later.turn is not Turn.GAP:
            assert later.minutes * 10 >= now.minutes * 7, (now, later)
    for today, tomorrow in pairwise(days):
        if tomorrow.minutes > today.minutes or tomorrow.days > today.days:
            week = tomorrow.weeks[-1]
            assert tomorrow.week == today.week + 1 and tomorrow.turn is Turn.ROSE
            assert week.walked * 100 >= 80 * week.minutes * week.days


@settings(max_examples=40)
@given(walkers(), st.randoms(use_true_random=False))
def test_the_same_lines_in_any_order_and_twice_give_the_same_plan(one: Walker, rng: Random) -> None:
    day = days_after(FIRST, 70)
    plan = walking_plan(one.diary, day, PARAMETERS)
    twice = walking_plan(fold(doubled(one.records)), day, PARAMETERS)
    walks = list(one.diary.walks)
    rng.shuffle(walks)
    shuffled = walking_plan(replace(one.diary, walks=tuple(walks)), day, PARAMETERS)
    assert plan == twice == shuffled


@settings(max_examples=40)
@given(walkers(), st.integers(0, 90))
def test_what_comes_later_changes_nothing(one: Walker, day: int) -> None:
    """Apart from the last session of all, whose answer the next pain tells, a plan reads no later line."""
    quiet = Walker(
        [r for r in one.records if not isinstance(r, Session | Done) or r.day <= days_after(FIRST, day)]
    )
    until = days_after(FIRST, day)
    assert walking_plan(quiet.diary, until, PARAMETERS) == walking_plan(
        quiet.diary_on(day), until, PARAMETERS
    )
