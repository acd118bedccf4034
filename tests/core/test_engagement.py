"""Whether somebody keeps going, for themselves alone."""

from typing import Any

import pytest

from backmove.core.days import days_after
from backmove.core.diary import fold
from backmove.core.engagement import Mark, engagement
from backmove.core.record import Barrier, Flare, Triage, Walk
from backmove.core.trend import trend
from looking_back import FIRST, Book


def days(*numbers: int) -> list[str]:
    return [days_after(FIRST, number) for number in numbers]


def going(done: list[str], today: int, walks: tuple[int, ...] = ()) -> list[bool | None]:
    return [mark.going for mark in engagement(done, days(*walks), days_after(FIRST, today)).marks]


def test_before_the_first_session_there_is_nothing_to_tell() -> None:
    found = engagement([], days(1), FIRST)
    assert (found.started, found.last, found.sessions, found.marks) == (None, None, 0, ())


def test_a_moment_that_is_still_to_come_is_open() -> None:
    assert going(days(0), 29) == [None, None, None]
    assert going(days(0, 28), 30) == [True, None, None]


def test_who_did_something_near_the_moment_or_later_had_not_stopped() -> None:
    assert going(days(0, 5), 40) == [False, None, None]
    assert going(days(0, 23), 40) == [True, None, None]
    assert going(days(0, 5, 39), 40) == [True, None, None]
    assert going(days(0, 200), 400) == [True, True, False]


def test_a_walk_is_going_on_too() -> None:
    assert going(days(0, 5), 40, walks=(30,)) == [True, None, None]


def test_sessions_are_counted_up_to_the_moment() -> None:
    marks = engagement(days(0, 0, 10, 30, 31), [], days_after(FIRST, 40)).marks
    assert marks[0] == Mark("30 days", days_after(FIRST, 30), True, 4)


# --- pauses ------------------------------------------------------------------------------------------------


def pauses(book: Book, until: int = 60, first: int = 0) -> list[tuple[str, str | None, int, tuple[str, ...]]]:
    found = trend(fold(book.records), days_after(FIRST, first), days_after(FIRST, until))
    return [(pause.begun, pause.ended, pause.days, pause.why) for pause in found.pauses]


def test_eight_days_from_one_session_to_the_next_are_a_pause() -> None:
    book = Book()
    for day in (0, 7, 15, 16):
        book.session(day)
    begun, ended = days(8, 14)
    assert pauses(book, 20) == [(begun, ended, 7, ())]


def test_a_pause_that_lasts_has_no_end() -> None:
    book = Book()
    book.session(0)
    assert pauses(book, 7) == []
    assert pauses(book, 8) == [(days_after(FIRST, 1), None, 8, ())]


def test_a_session_that_was_stopped_ends_no_pause() -> None:
    book = Book()
    book.session(0)
    book.session(9, status="stopped")
    book.session(12)
    assert [pause[2] for pause in pauses(book, 12)] == [11]


def test_only_days_of_the_period_count() -> None:
    book = Book()
    book.session(0)
    book.session(30)
    assert [pause[2] for pause in pauses(book, 12, 10)] == [3]
    assert pauses(book, 35, 31) == []


def test_why_is_what_was_said_in_it_or_on_coming_back() -> None:
    book = Book()
    book.session(0)
    book.add(Barrier, 0, 8, word="boring")
    book.add(Barrier, 6, word="ill")
    book.add(Barrier, 20, 8, word="time")
    book.add(Barrier, 20, 9, word="ill")
    book.session(20)
    book.add(Barrier, 21, word="pain")
    assert [pause[3] for pause in pauses(book, 22)] == [("ill", "time")]


def test_a_flare_up_or_a_sign_to_be_looked_at_is_a_reason() -> None:
    book = Book()
    book.session(0)
    book.add(Flare, 3, on=True)
    book.add(Flare, 6, on=False)
    how: dict[str, Any] = {"ended": "finished", "complete": True, "rules_version": "1"}
    book.add(Triage, 7, disposition="SAME_DAY", result="SAME_DAY", **how)
    book.session(20)
    assert [pause[3] for pause in pauses(book, 22)] == [("flare", "check")]


@pytest.mark.parametrize("result", ["SELF_CARE", "CAREFUL"])
def test_a_result_that_opens_is_no_reason(result: str) -> None:
    book = Book()
    book.session(0)
    how: dict[str, Any] = {"ended": "finished", "complete": True, "rules_version": "1"}
    book.add(Triage, 7, disposition=result, result=result, **how)
    book.session(20)
    assert [pause[3] for pause in pauses(book, 22)] == [()]


def test_walks_in_a_pause_are_told() -> None:
    book = Book()
    book.session(0)
    for day in (0, 3, 3, 9, 20):
        book.add(Walk, day, minutes=10)
    book.session(20)
    found = trend(fold(book.records), FIRST, days_after(FIRST, 22))
    assert [pause.walks for pause in found.pauses] == [2]
