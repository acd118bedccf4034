"""What is worked out of a diary once: it is never another answer than a fresh one, whatever was asked before."""

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import shipped
from backmove.core.days import days_after
from backmove.core.diary import Diary, fold
from backmove.core.plan import Plan, Refused, Request
from backmove.core.prescription import plan_session
from backmove.core.reporting import Report
from backmove.core.response import Response, visits_of
from course import Course, day_of
from lives_at_random import life_of

CATALOG, PARAMETERS = shipped.library()


def test_the_work_is_done_once_for_a_key() -> None:
    diary, done = Diary(), list[str]()
    for key in ("a", "b", "a"):
        assert diary.once(key, lambda key=key: done.append(key) or key) == key  # type: ignore[misc,func-returns-value]
    assert done == ["a", "b"]


def test_a_changed_copy_begins_with_nothing_worked_out() -> None:
    diary = Diary()
    assert diary.once("pain", lambda: 3) == 3
    assert replace(diary, pains=()).once("pain", lambda: 8) == 8
    assert diary.once("pain", lambda: 9) == 3


def test_copies_of_a_diary_that_was_never_asked_share_nothing() -> None:
    diary = Diary()
    first, second = replace(diary, mixed=True), replace(diary, shaken=True)
    assert [one.once("pain", lambda n=n: n) for n, one in enumerate((first, second, diary))] == [0, 1, 2]  # type: ignore[misc]
    assert [one.once("pain", lambda: 9) for one in (first, second, diary)] == [0, 1, 2]


@settings(max_examples=15)
@given(st.integers(0, 300), st.permutations(range(11)))
def test_how_sessions_were_taken_does_not_depend_on_what_was_asked_before(
    seed: int, pains: list[int]
) -> None:
    life = life_of(seed)
    asked = life.diary
    days = [days_after(life.today, more) for more in (2, 0, 1, -3)]
    for day in days:
        for pain in (None, *pains):
            assert visits_of(asked, day, pain) == visits_of(fold(life.records), day, pain), (day, pain)


@settings(max_examples=6)
@given(st.integers(0, 300), st.permutations((0, 2, 3, 5, 7)))
def test_a_session_does_not_depend_on_what_was_asked_before(seed: int, pains: list[int]) -> None:
    life = life_of(seed)
    held, asked = replace(life.standing, reasons=()), life.diary

    def planned(diary: Diary, day: str, pain: int) -> Plan | Refused:
        request = Request(pain=pain, minute_of_day=9 * 60)
        return plan_session(CATALOG, PARAMETERS, diary, held, request, day, "seed")

    for day in (days_after(life.today, 1), days_after(life.today, -2)):
        for pain in pains:
            assert planned(asked, day, pain) == planned(fold(life.records), day, pain), (day, pain)


def test_pain_told_today_changes_how_the_last_session_was_taken_and_no_other() -> None:
    person = Course()
    for day in (0, 2, 4):
        person.does(day, Report())
    diary, today = person.diary, day_of(6)
    taken = [[v.response for v in visits_of(diary, today, pain)] for pain in (3, 7, None, 3)]
    assert taken[0] == taken[3] == [Response.OK] * 3
    assert taken[1] == [Response.OK, Response.OK, Response.WATCH]
    assert taken[2] == [Response.OK, Response.OK, Response.NONE]
