"""The facts of a page for a consultation: what stands on it, from which days, and what only when it is asked for."""

import pytest

from backmove.core.clearance import Standing
from backmove.core.consultation import Period, Wishes, consultation, period_of
from backmove.core.consultation_rows import MOST_ROWS, exercises_of
from backmove.core.diary import Diary, fold
from backmove.core.record import Check, Clearance, Done, DoneRow, Exclude, Pain, Refusal, Session
from backmove.core.trend import trend
from backmove.errors import UsageProblem
from consulted import (
    CATALOG,
    LAST,
    LIFT,
    SIT,
    TODAY,
    at,
    diary_of,
    facts_of,
    questionnaire,
    records,
    triage,
)
from course import day_of

# --- the days ----------------------------------------------------------------------------------------------------


def test_a_short_diary_is_told_whole() -> None:
    assert period_of(diary_of(), day_of(40), None, None) == Period(day_of(0), day_of(40))


def test_a_long_diary_is_told_for_twelve_weeks() -> None:
    period = period_of(diary_of(), day_of(300), None, None)
    assert (period.days, period.last) == (84, day_of(300))


def test_the_days_can_be_chosen_and_never_lie_ahead() -> None:
    assert period_of(diary_of(), TODAY, day_of(10), day_of(20)) == Period(day_of(10), day_of(20))
    assert period_of(diary_of(), TODAY, day_of(10), "2030-01-01").last == TODAY


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(UsageProblem, match="there is no day from"):
        period_of(diary_of(), TODAY, day_of(20), day_of(10))
    with pytest.raises(UsageProblem):
        period_of(diary_of(), TODAY, "2030-01-01", None)


def test_an_empty_diary_has_a_page_of_one_day() -> None:
    facts = facts_of(Diary())
    assert facts.period.days == 1
    assert (facts.signs.answered, facts.exercises.rows, facts.hurts, facts.notes) == ((), (), (), ())
    assert not facts.signs.open


# --- who ---------------------------------------------------------------------------------------------------------


def test_age_and_sex_are_what_was_recorded_and_there_is_no_name_unless_given() -> None:
    who = facts_of(diary_of()).who
    assert (who.name, who.age, who.age_told, who.sex) == ("", 47, day_of(0), None)
    assert who.spell_began == "2025-06-01"
    assert facts_of(diary_of(triage(80, 1, "SELF_CARE", sex="f"))).who.sex == "f"
    assert facts_of(diary_of(), wishes=Wishes(name="A. Jones")).who.name == "A. Jones"


# --- warning signs -------------------------------------------------------------------------------------------------


def test_a_rule_that_fired_is_told_in_its_own_words() -> None:
    run = facts_of(diary_of(triage(70, 1, "CLINICIAN_FIRST", ["P-sev", "C2"]))).signs.answered[-1]
    assert [one.rule for one in run.fired] == ["C2", "P-sev"]
    assert run.fired[0].sign == questionnaire().rules["C2"].sign


def test_a_grave_result_stays_on_the_page_when_its_day_does_not() -> None:
    diary = diary_of(
        triage(5, 1, "CLINICIAN_FIRST", ["C2"]), triage(9, 2, "SELF_CARE"), triage(75, 3, "SELF_CARE")
    )
    days = [run.day for run in facts_of(diary, first=day_of(60)).signs.answered]
    assert days == [day_of(5), day_of(75)]


def test_the_last_answers_are_there_however_old_they_are() -> None:
    assert [run.day for run in facts_of(diary_of(), first=day_of(60)).signs.answered] == [day_of(0)]


def test_what_locks_today_is_told_with_its_day_and_its_rule() -> None:
    signs = facts_of(diary_of(triage(80, 1, "SAME_DAY", ["U6", "C2"]))).signs
    assert [(lock.rule, lock.day) for lock in signs.locks] == [("U6", day_of(80)), ("C2", day_of(80))]
    assert (signs.open, signs.urgent) == (False, "SAME_DAY")


def test_an_emergency_of_the_daily_check_is_urgent_and_has_its_words() -> None:
    check = Check(**at(80, 1), answers={"dc1": "y"}, outcome="emergency")
    signs = facts_of(
        diary_of(check, triage(80, 2, "EMERGENCY", ["DC1"], ended="emergency", complete=False))
    ).signs
    assert signs.urgent == "EMERGENCY"
    assert signs.locks[0].sign == questionnaire().daily_locks["DC1"]
    assert signs.daily[0].yes == ("dc1",)


def test_five_times_no_is_not_told() -> None:
    check = Check(
        **at(80, 1), answers=dict.fromkeys(("dc1", "dc2", "dc3", "dc4", "dc5"), "n"), outcome="open"
    )
    assert facts_of(diary_of(check)).signs.daily == ()


def test_a_rule_of_another_version_is_told_as_one() -> None:
    fired = facts_of(diary_of(triage(80, 1, "CLINICIAN_FIRST", ["Z99"]))).signs.answered[-1].fired
    assert "does not know" in fired[0].sign


def test_a_clinician_who_has_looked_is_told() -> None:
    seen = Clearance(
        **at(80, 1),
        who="doctor",
        date=day_of(79),
        rules=("C2",),
        looked_at_sign=True,
        exercise_fine=True,
        nothing_worse=True,
    )
    checked = facts_of(diary_of(seen)).signs.checked
    assert [(c.who, c.day, c.fired[0].rule) for c in checked] == [("doctor", day_of(79), "C2")]


def test_precautions_are_told_by_their_labels() -> None:
    diary = diary_of()
    held = Standing(tags=frozenset({"osteoporosis", "not-a-tag"}))
    period = period_of(diary, TODAY, None, None)
    facts = consultation(
        diary, CATALOG, questionnaire(), held, period, Wishes(), today=TODAY, program="0.0.0"
    )
    assert facts.precautions == ("not-a-tag", CATALOG.precautions["osteoporosis"].label)


# --- the course ---------------------------------------------------------------------------------------------------


def test_the_course_is_the_one_that_progress_tells() -> None:
    assert facts_of(diary_of()).trend == trend(diary_of(), day_of(0), TODAY, today=TODAY)


def test_each_activity_has_a_place_for_every_week_and_gaps_stay_empty() -> None:
    facts = facts_of(diary_of())
    assert set(facts.activity_weeks) == {LIFT, SIT}
    weeks = facts.activity_weeks[LIFT]
    assert [week.monday for week in weeks] == [point.first_day for point in facts.trend.weeks]
    assert [week.score for week in weeks].index(None) == 5
    assert (weeks[0].score, weeks[-1].score) == (2, 7)


# --- what hurt -----------------------------------------------------------------------------------------------------


def test_strong_pain_and_a_worse_leg_are_told_and_ordinary_pain_is_not() -> None:
    hurts = facts_of(diary_of(Pain(**at(82, 1), score=7), Pain(**at(82, 2), score=2, leg="usual"))).hurts
    assert [(h.day, h.score, h.leg) for h in hurts] == [(day_of(50), 8, "further")]


def test_a_session_that_was_too_much_is_told_with_the_rows_that_hurt() -> None:
    session = next(r for r in reversed(records()) if isinstance(r, Session))
    row = session.items[1].exercise
    done = Done(
        **at(LAST, 1),
        session=session.id,
        status="stopped",
        reason="leg",
        peak=7,
        leg="new",
        rows=(DoneRow(row, hurt=True),),
    )
    hurt = facts_of(diary_of(done)).hurts[0]
    assert (hurt.source, hurt.score, hurt.stopped, hurt.leg, hurt.rows) == (
        "session",
        7,
        "leg",
        "new",
        (row,),
    )


def test_a_session_that_was_not_given_because_of_pain_is_told_once_a_day() -> None:
    codes = ("pain-too-high", "pain-too-high", "triage-stale")
    refused = [Refusal(**at(82, n), code=code) for n, code in enumerate(codes)]
    found = [h.refused for h in facts_of(diary_of(*refused)).hurts if h.source == "refusal"]
    assert found == ["pain-too-high"]


def test_strong_pain_that_was_taken_back_late_still_counts() -> None:
    from backmove.core.record import Retract

    late = at(83, 2) | {"at": f"{day_of(83)}T23:30:00+01:00"}
    diary = diary_of(Pain(**at(82, 1), score=9), Retract(**late, target="more00000001"))
    assert (day_of(82), 9) in [(h.day, h.score) for h in facts_of(diary).hurts]


# --- the exercises ------------------------------------------------------------------------------------------------


def test_the_exercises_of_now_come_with_the_dose_that_was_given_last() -> None:
    rows = facts_of(diary_of()).exercises.rows
    assert 3 <= len(rows) <= MOST_ROWS
    given = [r for r in records() if isinstance(r, Session)]
    for row in rows:
        times = [
            (s.day, i) for s in given for i in s.items if (i.exercise, i.block) == (row.exercise, "main")
        ]
        assert (row.last_done, row.dose) == (times[-1][0], times[-1][1].dose)
        assert row.times == len(times)
        assert row.name == CATALOG.exercises[row.exercise].name
    assert [row.last_done for row in rows] == sorted((row.last_done for row in rows), reverse=True)


def test_only_what_was_done_is_an_exercise_of_now() -> None:
    course = [r for r in records() if not isinstance(r, Done)]
    assert exercises_of(fold(course), CATALOG, day_of(0), TODAY).rows == ()


def test_a_row_of_months_ago_is_not_one_of_now() -> None:
    early = {i.exercise for r in records() if isinstance(r, Session) and r.day < day_of(14) for i in r.items}
    now = {row.exercise for row in facts_of(diary_of()).exercises.rows}
    assert now - early
    assert early - now


# --- what only stands there when it is asked for ---------------------------------------------------------------


def test_notes_and_reasons_are_there_only_when_asked_for() -> None:
    silent, told = facts_of(diary_of()), facts_of(diary_of(), wishes=Wishes(notes=True))
    assert (silent.notes, silent.left_out[0].because) == ((), "")
    assert [note.text for note in told.notes] == ["after a long drive"]
    assert [(row.exercise, row.because) for row in told.left_out] == [("plank", "my wrist")]


def test_an_exercise_that_was_let_in_again_is_not_told() -> None:
    assert facts_of(diary_of(Exclude(**at(82, 1), exercise="plank", on=False))).left_out == ()


def test_notes_of_other_days_stay_out() -> None:
    assert facts_of(diary_of(), wishes=Wishes(notes=True), first=day_of(60)).notes == ()
