"""How a session was taken: ok, watch, overload or nothing known (F4, rulings 4.1)."""

from random import Random
from typing import Any

import pytest
from msgspec.structs import replace

from backmove.core.record import Done, DoneRow, Pain
from backmove.core.reporting import Report
from backmove.core.response import Response, Visit, visits_of
from course import Course, day_of

OK, WATCH, OVERLOAD, NONE = Response.OK, Response.WATCH, Response.OVERLOAD, Response.NONE


def after(*, today: int = 2, pain: int | None = None, morning: int | None = None, **report: Any) -> Response:
    """The response to one session at pain 3, as it looks some days later."""
    person = Course()
    person.does(0, Report(**report))
    if morning is not None:
        person.morning(1, morning)
    return visits_of(person.diary, day_of(today), pain)[-1].response


@pytest.mark.parametrize(
    ("morning", "expected"), [(0, OK), (3, OK), (4, OK), (5, WATCH), (6, OVERLOAD), (10, OVERLOAD)]
)
def test_the_next_morning_decides(morning: int, expected: Response) -> None:
    assert after(morning=morning) is expected


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        ({"peak": 5}, OK),
        ({"peak": 6}, OVERLOAD),
        ({"leg": "closer"}, OK),
        ({"leg": "further"}, OVERLOAD),
        ({"leg": "new"}, OVERLOAD),
        ({"stopped": "pain"}, OVERLOAD),
        ({"stopped": "leg"}, OVERLOAD),
        ({"stopped": "time"}, OK),
        ({"soreness": True}, WATCH),
        ({"soreness": True, "peak": 6}, OVERLOAD),
    ],
)
def test_a_report_can_make_it_worse_and_never_better(report: dict[str, Any], expected: Response) -> None:
    assert after(morning=3, **report) is expected
    assert after(morning=6, **report) is OVERLOAD


@pytest.mark.parametrize(("pain", "expected"), [(0, OK), (4, OK), (5, WATCH), (9, WATCH)])
def test_without_a_morning_the_next_word_before_a_session_decides(pain: int, expected: Response) -> None:
    assert after(pain=pain) is expected
    assert after(pain=pain, today=7) is expected


def test_nothing_within_a_week_is_nothing_known() -> None:
    assert after(pain=9, today=8) is NONE
    assert after() is NONE
    assert after(soreness=True) is WATCH


def test_a_second_watch_running_is_an_overload_and_the_run_begins_again() -> None:
    person = Course()
    for day in (0, 2, 4, 6):
        person.does(day, Report(soreness=True))
    found = [visit.response for visit in visits_of(person.diary, day_of(8), 3)]
    assert found == [WATCH, OVERLOAD, WATCH, OVERLOAD]


def test_a_good_session_between_two_watches_ends_the_run_and_an_unknown_one_does_not() -> None:
    person = Course()
    person.does(0, Report(soreness=True))
    person.does(2, Report())
    person.does(4, Report(soreness=True))
    assert [v.response for v in visits_of(person.diary, day_of(6), 3)] == [WATCH, OK, WATCH]
    quiet = Course()
    quiet.does(0, Report(soreness=True))
    quiet.does(2, Report())
    quiet.does(12, Report(soreness=True))
    assert [v.response for v in visits_of(quiet.diary, day_of(14), 3)] == [WATCH, NONE, OVERLOAD]


def test_of_two_sessions_on_one_day_only_the_last_answers_for_the_morning() -> None:
    person = Course(onset="2026-01-01", pain=2)
    for _ in range(2):
        person.does(0, Report(), relief=len(person.records) > 3)
    person.morning(1, 8)
    assert [v.response for v in visits_of(person.diary, day_of(2), 2)] == [OK, OVERLOAD]


def test_the_rows_that_hurt_are_named_with_their_chains() -> None:
    person = Course()
    plan = person.plan(0)
    row = next(item.exercise for item in plan.items if item.block == "main" and item.exercise.chain)
    assert row.chain is not None
    person.does(0, Report(hurt=(row.id,), peak=7))
    (visit,) = visits_of(person.diary, day_of(1))
    assert [item.exercise for item in visit.at_fault] == [row.id]
    assert visit.faulty_chains == {row.chain.id}
    assert not visit.leg_sign


def test_two_reports_of_one_session_count_as_the_worse() -> None:
    person = Course()
    person.does(0, Report(peak=7))
    first = person.records[-1]
    assert isinstance(first, Done)
    person.records.append(Done(**person.at(0, 11), session=first.session, peak=1, rows=(DoneRow("bridge"),)))
    (visit,) = visits_of(person.diary, day_of(1))
    assert visit.response is OVERLOAD


def test_sessions_that_were_not_reported_are_no_visits() -> None:
    person = Course()
    person.does(0)
    assert visits_of(person.diary, day_of(1)) == ()


def test_more_pain_afterwards_never_gives_a_better_response() -> None:
    order = [OK, WATCH, OVERLOAD]
    for told in ("morning", "pain"):
        found = [order.index(after(**{told: score})) for score in range(11)]
        assert found == sorted(found)


def test_the_order_of_words_on_one_day_does_not_matter() -> None:
    rng = Random(1)
    person = Course()
    person.does(0, Report())
    words = [Pain(**person.at(1, 8) | {"id": f"p{n}"}, score=n, morning=True) for n in (2, 5, 3)]

    def found(order: list[Pain]) -> tuple[Visit, ...]:
        return visits_of(replace(person.diary, pains=tuple(order)), day_of(2), 3)

    for _ in range(6):
        rng.shuffle(words)
        assert found(words)[-1].response is WATCH
