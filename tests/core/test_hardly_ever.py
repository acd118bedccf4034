"""What hardly ever happens is told right all the same. Random lives reach these days by luck; here they are written
down."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace

import shipped
from backmove.core.clearance import Standing, standing
from backmove.core.daily import read_answers
from backmove.core.days import days_after
from backmove.core.diary import Diary, fold
from backmove.core.dose import ladder
from backmove.core.helpful_direction import Ways
from backmove.core.next_time import next_change
from backmove.core.plain_words import GRADE_MAX, text_faults
from backmove.core.plan import Block, Request
from backmove.core.prescription import plan_session
from backmove.core.reason import Reason
from backmove.core.record import Direction, Exclude, Pain, Triage
from backmove.core.replay import without_repeats
from backmove.core.reporting import Report
from backmove.core.self_test import found
from backmove.core.walking_today import walk_today
from backmove.core.when import day_of as day_at
from backmove.core.wordless import wordless
from backmove.errors import UsageProblem
from course import Course, day_of
from past import NOW, Past
from walking_strategies import FIRST, Walker
from walking_strategies import PARAMETERS as WALKS

Stamp = Callable[..., Mapping[str, Any]]
CATALOG, PARAMETERS = shipped.library()
OPEN = Standing(disposition="SELF_CARE", valid_until="2099-01-01", age=45, fresh=True)


# --- answers of a file ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "what"),
    [
        ([], "must be one JSON object"),
        ("y", "must be one JSON object"),
        ({"daily_check": ["y"]}, "daily_check: must be an object with dc1 to dc5"),
        ({"daily_check": {"dc3_signs": "fever"}}, "dc3_signs: must be a list of: fever, other"),
        ({"daily_check": {"dc3_signs": {"fever": True}}}, "dc3_signs: must be a list of: fever, other"),
    ],
)
def test_an_answer_file_of_another_shape_opens_nothing(document: Any, what: str) -> None:
    with pytest.raises(UsageProblem, match=what):
        read_answers(document, ("fever", "other"))


# --- the records ----------------------------------------------------------------------------------------------


def test_a_record_that_stands_twice_happened_once(stamp: Stamp) -> None:
    one, two = Pain(**stamp(id="aaaaaaaaaaaa"), score=3), Pain(**stamp(id="bbbbbbbbbbbb"), score=4)
    again = Pain(**stamp(id="aaaaaaaaaaaa"), score=9)
    assert without_repeats([one, two, one, again]) == [one, two]
    assert [pain.score for pain in fold([one, two, one, again]).pains] == [3, 4]


def test_what_was_worked_out_is_no_part_of_the_words_of_a_diary() -> None:
    diary, fresh = Diary(), Diary()
    diary.once("pain", lambda: "a long answer")
    assert "a long answer" not in repr(diary)
    assert diary == fresh


def test_an_entry_of_a_later_moment_takes_the_ordinary_way() -> None:
    def what(ahead: timedelta) -> Any:
        past = Past(Random(1))
        past.records.clear()
        past.rng = Random(3)
        past.triage(10)
        at = NOW + ahead
        day = day_at(at).isoformat()
        past.records.append(
            Pain(v=1, id="later0000000", at=at.isoformat(timespec="seconds"), day=day, score=3)
        )
        return wordless(fold(past.records), now=NOW, today=day_at(NOW).isoformat())

    assert what(timedelta(hours=-1)) is not None
    assert what(timedelta(minutes=1)) is None
    assert what(timedelta(days=2)) is None


def test_where_even_a_zero_would_ask_for_the_questions_no_score_is_quick() -> None:
    """Files that were put together by hand: behind a week with one high score stand answers of the week before."""
    past = Past(Random(1))
    past.records.clear()
    past.rng = Random(3)
    past.triage(8)
    answers = past.records.pop()
    scores = [(27, 3), (26, 3), (20, 3), (19, 3), (13, 3), (12, 3), (5, 9)]
    for number, (ago, score) in enumerate(scores):
        past.records.append(Pain(**past.head(ago) | {"id": f"{number:012d}"}, score=score))
    diary = fold([*past.records, answers])
    today = day_at(NOW).isoformat()
    assert standing(diary, now=NOW, today=today).open
    assert wordless(diary, now=NOW, today=today) is None
    zero = Pain(v=1, id="zero00000000", at=NOW.isoformat(timespec="seconds"), day=today, score=0)
    locked = standing(fold([*past.records, answers, zero]), now=NOW, today=today)
    assert [reason.code for reason in locked.reasons] == ["triage-stale"]


# --- walks ----------------------------------------------------------------------------------------------------


def test_a_walk_of_tomorrow_does_not_count_today() -> None:
    one = Walker().comfortable(300).triage(0).week(0, 30, 30).walk(25, 8).walk(40, 9)
    walk = walk_today(one.diary, OPEN, days_after(FIRST, 8), WALKS)
    assert walk is not None and (walk.today, walk.done) == (25, 1)


def test_while_a_flare_up_eases_the_walk_is_a_steady_one_even_with_hardly_any_pain() -> None:
    one = Walker().comfortable(300).triage(0).week(0, *[30] * 5).week(1, *[30] * 5).flare(14).pain(6, 14)
    easing = walk_today(one.pain(0, 16).diary, OPEN, days_after(FIRST, 16), WALKS)
    assert easing is not None and (easing.minutes, easing.relief) == (20, False)
    over = walk_today(one.flare(16, on=False).diary, OPEN, days_after(FIRST, 16), WALKS)
    assert over is not None and (over.minutes, over.relief) == (30, False)


# --- sessions -------------------------------------------------------------------------------------------------


def lived() -> Course:
    course = Course(pain=2)
    course.lives([0, 2, 4, 7, 9, 11, 14])
    return course


def test_the_look_ahead_names_a_row_of_the_next_session_with_its_reason() -> None:
    course = lived()
    told = next_change(CATALOG, PARAMETERS, course.diary, OPEN, day_of(16))
    assert told is not None
    item, why = told
    plan = course.plan(16, minute_of_day=12 * 60)
    assert item in plan.block(Block.MAIN)
    assert why in {change.why for change in plan.changes if change.exercise == item.exercise.id}


def test_the_look_ahead_is_silent_where_there_will_be_no_session() -> None:
    course = lived()
    assert next_change(CATALOG, PARAMETERS, course.diary, OPEN, day_of(14)) is None
    locked = replace(OPEN, reasons=(Reason("new-red-flag", "Something new."),))
    assert next_change(CATALOG, PARAMETERS, course.diary, locked, day_of(16)) is None
    for name in CATALOG.exercises:
        course.records.append(Exclude(**course.at(15), exercise=name))
    assert next_change(CATALOG, PARAMETERS, course.diary, OPEN, day_of(16)) is None


def test_a_diary_that_is_asked_for_one_day_and_then_for_another_answers_as_a_fresh_one() -> None:
    records = lived().records
    kept = fold(records)
    request = Request(pain=2, minute_of_day=9 * 60)
    for day in (16, 9, 12, 3, 16):
        plans = [
            plan_session(CATALOG, PARAMETERS, diary, OPEN, request, day_of(day), "seed")
            for diary in (kept, fold(records))
        ]
        assert plans[0] == plans[1]


# --- words ----------------------------------------------------------------------------------------------------


def test_a_text_with_a_banned_word_or_of_a_high_grade_is_named_with_its_place() -> None:
    assert list(text_faults(("cards", 0), "Walk a bit. Rest a bit.")) == []
    (fault,) = text_faults(("cards", 1), "Your disc has slipped.")
    assert (fault.loc, fault.what) == (("cards", 1), "'slipped' is not used here")
    (fault,) = text_faults(
        ("cards", 2), "Physiotherapeutic rehabilitation necessitates individualised considerations."
    )
    assert fault.loc == ("cards", 2) and fault.what.endswith(f"; at most {GRADE_MAX:.0f}")


def test_a_self_test_in_which_both_ways_feel_the_same_says_that_nothing_changes(stamp: Stamp) -> None:
    test = Direction(**stamp(), bending="same", arching="same")
    notice = found(test, Ways(), PARAMETERS)
    assert (notice.code, "nothing changes" in notice.text) == ("no-direction", True)


def test_a_dose_that_lacks_its_numbers_is_a_fault_and_no_guess() -> None:
    row = CATALOG.exercises["bridge"]
    with pytest.raises(ValueError, match="has no such range"):
        ladder(replace(row, dose=replace(row.dose, reps=None)), older=False, parameters=PARAMETERS)


# --- what is told with a session ------------------------------------------------------------------------------


def told(plan: Any) -> set[str]:
    return {notice.code for notice in plan.notices}


def test_a_week_into_a_flare_up_that_still_hurts_it_is_asked_once_whether_it_is_over() -> None:
    course = Course(pain=2)
    course.lives([0, 2, 4])
    course.flare(5)
    course.pain = 6
    asked = ["flare-review" in told(course.does(day, Report(effort=3))) for day in range(5, 15)]
    assert asked.count(True) == 1
    assert asked.index(True) == PARAMETERS.flare.review_days.value - 1


@pytest.mark.parametrize("assessed", [False, True])
def test_pain_on_most_days_sends_to_a_physio_those_whom_nobody_has_looked_at(assessed: bool) -> None:
    course = Course(pain=4, onset=day_of(-48))
    triage = course.records[1]
    assert isinstance(triage, Triage)
    course.records[1] = replace(triage, assessed=assessed)
    course.lives([0, 2, 4, 7, 9, 11])
    assert ("see-physio" in told(course.plan(14))) is not assessed
