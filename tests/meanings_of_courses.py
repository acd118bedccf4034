"""What the numbers mean that move a plan from session to session: too much, hard rows, flare-ups, fears, contacts."""

from collections.abc import Collection, Iterable, Sequence
from functools import partial
from typing import Any

import msgspec

from backmove.core.choices import Fear
from backmove.core.clearance import Standing
from backmove.core.day import Day
from backmove.core.day import day_of as state_of
from backmove.core.days import days_after
from backmove.core.diary import Diary, fold
from backmove.core.feared import feared_move
from backmove.core.further import Way
from backmove.core.history import history_of
from backmove.core.maintenance import week_due
from backmove.core.parameters import Parameters
from backmove.core.plan import Block, Request
from backmove.core.profile import Profile
from backmove.core.progression import Course, course_of, impact_open
from backmove.core.record import Pain, Triage, Walk
from backmove.core.reporting import Report
from backmove.core.way_words import repeats
from backmove.core.zone import Zone
from course import day_of
from lived import Lived
from meaning import CATALOG, ROWS, about
from session_strategies import TODAY

# --- too much --------------------------------------------------------------------------------------------------


def sore_from(
    p: Parameters, days: Iterable[int], hurts: Collection[int], chains: Collection[str] = ("bridge",)
) -> Lived:
    """Sessions on these days; on some of them the rows of some ladders hurt."""
    life = Lived(parameters=p, pain=1)
    for day in days:
        life.has(day, partial(_told, chains=chains if day in hurts else ()))
    return life


def _told(main: Sequence[str], *, chains: Collection[str]) -> Report:
    rows = tuple(row for row in main if (chain := ROWS[row].chain) and chain.id in chains)
    return Report(effort=6, peak=6, hurt=rows) if rows else Report(effort=6)


def bridge_on(life: Lived, day: int) -> str | None:
    """The row of the bridge ladder that this day's main block has."""
    rows = (item.exercise for item in life.plan(day).block(Block.MAIN))
    return next((row.id for row in rows if row.chain and row.chain.id == "bridge"), None)


@about("progress.again_days")
def too_much_again_on_the_14th_day_takes_a_step_and_on_the_15th_a_rung(p: Parameters) -> None:
    assert bridge_on(sore_from(p, range(0, 21, 2), (6, 20)), 22) == "mini-bridge"
    assert bridge_on(sore_from(p, (*range(0, 19, 2), 21), (6, 21)), 23) == "bridge"


@about("progress.park_days")
def the_third_time_a_row_rests_for_14_days(p: Parameters) -> None:
    life = sore_from(p, range(0, 27, 2), (6, 10, 14))
    assert course_on(life, 27).parked == {"bridge": "2026-02-02"}
    assert course_on(life, 28).parked == {}


@about("progress.parked_help")
def two_rows_at_rest_are_a_reason_to_see_somebody(p: Parameters) -> None:
    for chains, code in ((("bridge",), False), (("bridge", "standdog"), True)):
        life = sore_from(p, range(0, 17, 2), (6, 10, 14), chains)
        assert len(course_on(life, 18).parked) == len(chains)
        assert ("see-physio" in [notice.code for notice in life.plan(18).notices]) is code


def state_on(diary: Diary, day: int, p: Parameters, *, pain: int = 1, minutes: int | None = None) -> Day:
    """A day after these records."""
    asked = Request(pain=pain, minute_of_day=9 * 60, minutes=minutes)
    history = history_of(diary, CATALOG, day_of(day))
    return state_of(diary, Standing(age=45), asked, day_of(day), history, p)


def course_on(life: Lived, day: int, *, minutes: int | None = None) -> Course:
    """Where somebody stands on a day."""
    history = history_of(life.diary, CATALOG, day_of(day))
    state = state_on(life.diary, day, life.parameters, minutes=minutes)
    return course_of(life.diary, CATALOG, state, history=history, parameters=life.parameters)


# --- hard rows, jumping and running ----------------------------------------------------------------------------


def short_and_easy(p: Parameters, *days: int, before: int = 0) -> Lived:
    """Easy sessions of five minutes on these days; ``before``: amber days first, which bring nothing on."""
    life = Lived(parameters=p, pain=1)
    for day in days:
        life.has(day, lambda _: Report(effort=3), minutes=5, pain=5 if day < before else 1)
    return life


def short_rows(life: Lived, day: int) -> set[str]:
    return {item.exercise.id for item in life.plan(day, minutes=5).block(Block.MAIN)}


@about("progress.hard_sessions", "level.ordinary")
def a_row_above_the_ordinary_level_waits_for_12_sessions(p: Parameters) -> None:
    assert "bridge-single" not in short_rows(short_and_easy(p, *range(0, 33, 3)), 33)
    assert "bridge-single" in short_rows(short_and_easy(p, *range(0, 36, 3)), 36)


@about("progress.hard_days")
def a_row_above_the_ordinary_level_waits_for_14_days_at_the_level_below(p: Parameters) -> None:
    life = short_and_easy(p, *range(7), *range(8, 21, 2), before=2)
    rows = {number: short_rows_given(life, number) for number in range(21)}
    first = min(number for number in rows if "bridge-march" in rows[number])
    steps = {days: course_on(life, first + days, minutes=5).steps for days in (13, 14)}
    assert [found.rising.get("bridge") for found in steps.values()] == [None, 4]


def short_rows_given(life: Lived, day: int) -> set[str]:
    """The rows of the session that was given on a day."""
    session = life.diary.session_on(day_of(day))
    return {item.exercise for item in session.items} if session else set()


@about("progress.impact_usual_max", "progress.impact_days", "walk.goal_weeks")
def running_waits_for_14_days_with_2_or_less_and_two_weeks_of_walking(p: Parameters) -> None:
    assert min(day for day in range(21, 34) if _may_run(_walker(p, 2), day)) == 28
    assert not any(_may_run(_walker(p, 3), day) for day in range(21, 34))
    assert not _may_run(_walker(p, 2, weeks=1), 28)


def _walker(p: Parameters, pain: int, weeks: int = 2) -> Lived:
    """Usual pain is 3, and from day 14 on ``pain``; half an hour on five days of the last weeks."""
    life = Lived(parameters=p, pain=pain)
    for day in (0, 1, 2, *range(10, 34)):
        life.note(Pain, day, score=3 if day < 3 else pain, before_session=True)
    for day in range(28 - 7 * weeks, 33):
        if day % 7 < 5:
            life.note(Walk, day, 18, minutes=30)
    return life


def _may_run(life: Lived, day: int) -> bool:
    diary = fold(record for record in life.records if record.day < day_of(day))
    return impact_open(diary, state_on(diary, day, life.parameters, pain=life.pain), life.parameters)


@about("gap.step", "gap.restart", "gap.step_level", "gap.restart_level")
def fifteen_days_away_take_hard_rows_a_step_down_and_29_take_all_to_level_2(p: Parameters) -> None:
    level_3 = short_and_easy(p, *range(0, 33, 3))
    assert [course_on(level_3, 30 + days).steps.level["bridge"] for days in (14, 15, 29)] == [3, 2, 2]
    life = short_and_easy(p, *range(0, 42, 3))
    away = {days: course_on(life, 39 + days).steps for days in (14, 15, 28, 29)}
    assert [steps.level["bridge"] for steps in away.values()] == [4, 3, 3, 2]
    assert [steps.level["hinge"] for steps in away.values()] == [2, 2, 2, 2]
    assert {steps.step["squat"] for steps in away.values()} == {2}


@about("spacing.swap_days")
def a_row_that_stood_still_for_21_days_at_the_end_of_its_ladder_makes_room(p: Parameters) -> None:
    life = short_and_easy(p, *range(0, 27, 3))
    assert course_on(life, 26, minutes=5).stale == frozenset()
    assert course_on(life, 27, minutes=5).stale == {"standing-bird-dog"}


# --- flare-ups -------------------------------------------------------------------------------------------------


def codes(life: Lived, day: int, **request: Any) -> set[str]:
    """The codes of the lines beside a day's session."""
    return {notice.code for notice in life.plan(day, **request).notices}


@about("flare.review_days")
def a_flare_up_is_looked_at_again_on_its_seventh_day_while_pain_is_up(p: Parameters) -> None:
    life = Lived(parameters=p).went_well(range(0, 12, 2))
    life.flare(12)
    assert "flare-review" not in codes(life, 17, pain=5)
    assert "flare-review" in codes(life, 18, pain=5)
    assert "flare-review" not in codes(life, 18, pain=4)


# --- ways of moving --------------------------------------------------------------------------------------------


@about("direction.repeats", "direction.dropped_days")
def what_eases_is_done_up_to_10_times_for_3_to_5_days(p: Parameters) -> None:
    assert "Do up to 10 every 2 to 3 hours" in repeats(Way.FLEXION, p)
    assert "for 3 to 5 days" in repeats(Way.FLEXION, p)


# --- fear, and staying well ------------------------------------------------------------------------------------


def fearing(p: Parameters, *predictions: int) -> str | None:
    """The row that is given after sessions with a feared row, before which bending was thought to be so bad."""
    life = Lived(parameters=p, pain=1)
    life.told(0, feared="bending")
    waiting = list(predictions)
    for day in range(0, 20, 2):
        row = next((item.exercise.id for item in life.plan(day).items if item.rule == "O4"), None)
        if row is not None and not waiting:
            return row
        life.has(day, partial(_predicted, prediction=waiting.pop(0) if row and waiting else None))
    return None


def _predicted(_: Sequence[str], *, prediction: int | None) -> Report:
    return Report(effort=4, prediction=prediction)


@about("fear", "ladders.rows.bending")
def a_feared_move_goes_on_after_two_times_at_3_or_less_or_30_per_cent_below_the_first(p: Parameters) -> None:
    assert fearing(p, 3, 3) == "seated-forward-fold"
    assert fearing(p, 3) == "seated-hinge"
    assert fearing(p, 4, 4) == "seated-hinge"
    assert fearing(p, 10, 7, 7) == "seated-forward-fold"
    assert fearing(p, 10, 8, 8) == "seated-hinge"


@about("ladders")
def the_ladders_lead_from_the_easiest_row_to_the_move_itself(p: Parameters) -> None:
    def rows(fear: Fear) -> tuple[str, ...]:
        move = feared_move(Diary(profile=Profile(feared=fear)), Zone.GREEN, p, today=TODAY)
        assert move is not None
        return move.rows

    assert rows(Fear.BENDING) == (
        *("seated-hinge", "seated-forward-fold", "wall-hinge", "standing-roll-down", "floor-lift-flexed"),
    )
    assert rows(Fear.LIFTING) == ("seated-hinge", "wall-hinge", "good-morning-hands", "bag-lift")
    assert rows(Fear.TWISTING) == (
        *("knee-rolls", "seated-rotation", "open-book", "thread-needle", "taichi-cloud", "band-chop"),
    )
    assert rows(Fear.ARCHING) == ("standing-back-bend", "cobra-low")
    assert rows(Fear.GETTING_DOWN) == ("floor-transfer",)


@about("maintenance_weeks", "maintenance.light_after")
def after_recovery_walks_are_planned_in_weeks_0_6_and_14_and_less_is_enough_after_26(p: Parameters) -> None:
    assert asked_in(p.maintenance_weeks.planning) == [0, 6, 14]
    assert asked_in(p.maintenance_weeks.barrier) == [2, 10, 20]
    assert asked_in((p.maintenance.light_after.value,)) == [26]


def asked_in(weeks: Sequence[int]) -> list[int]:
    """The weeks in which something is asked of who has a session on the first day of each."""
    days = [days_after(TODAY, 7 * week) for week in range(40)]
    return [week for week in range(40) if week_due(weeks, TODAY, days[week], days[:week]) is not None]


# --- when to see somebody --------------------------------------------------------------------------------------


def new_spell(p: Parameters, pain_now: int) -> Lived:
    """A spell that began on day 0 with so much pain."""
    life = Lived(parameters=p, onset=day_of(0))
    life.records = [
        msgspec.structs.replace(record, pain_now=pain_now) if isinstance(record, Triage) else record
        for record in life.records
    ]
    return life


@about("notice.acute_days", "notice.real_change", "notice.real_change_share")
def two_weeks_of_a_new_spell_without_2_points_or_30_per_cent_less_are_a_reason_to_see_somebody(
    p: Parameters,
) -> None:
    assert "see-physio" not in codes(new_spell(p, 5), 13, pain=5)
    assert "see-physio" in codes(new_spell(p, 5), 14, pain=5)
    assert "see-physio" in codes(new_spell(p, 8), 14, pain=7)
    assert "see-physio" not in codes(new_spell(p, 8), 14, pain=6)
    assert "see-physio" in codes(new_spell(p, 4), 14, pain=3)
    assert "see-physio" not in codes(new_spell(p, 3), 14, pain=2)


@about("notice.flare_days")
def a_flare_up_of_14_days_is_a_reason_to_see_somebody(p: Parameters) -> None:
    life = Lived(parameters=p).went_well(range(0, 12, 2))
    life.flare(12)
    assert "see-physio" not in codes(life, 25, pain=5)
    assert "see-physio" in codes(life, 26, pain=5)


@about("notice.most_days_pain", "usual.entries_min")
def pain_of_2_on_most_days_of_a_spell_of_six_weeks_is_a_reason_to_see_somebody(p: Parameters) -> None:
    for pain, said_so in ((1, False), (2, True)):
        life = Lived(parameters=p, onset=day_of(-43), pain=pain).went_well((0, 2, 4))
        assert ("see-physio" in codes(life, 6)) is said_so
        assert "see-physio" not in codes(
            Lived(parameters=p, onset=day_of(-43), pain=pain).went_well((0, 2)), 4
        )
