"""A period in figures: they add up, corrections count, and nothing says more than it knows."""

from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import to_builtins

import shipped
from backmove.core import climbs as climbs_module
from backmove.core import plan
from backmove.core.climbs import EQUALS, EXPOSURES
from backmove.core.days import days_after, days_between
from backmove.core.diary import Diary, fold
from backmove.core.engagement import PAUSE_DAYS
from backmove.core.flare_spells import flare_spells
from backmove.core.pain_course import (
    REAL_CHANGE,
    Grain,
    PainPoint,
    Shift,
    change_of,
    middle,
    points,
    start_of,
    stretches,
)
from backmove.core.record import Checkin, DoneRow, Flare, Pain, Retract, Walk
from backmove.core.spells import SHIPPED, spells_until
from backmove.core.trend import Sessions, Trend, trend
from looking_back import ACTIVITIES, DAYS, FIRST, Book, random_book, shuffled_days

PARAMETERS = shipped.library()[1]
LAST = days_after(FIRST, DAYS)
day_numbers = st.integers(0, DAYS)


@st.composite
def books(draw: st.DrawFn) -> Book:
    return random_book(Random(draw(st.integers(0, 2**32))))


def of(book: Book, first: int = 0, last: int = DAYS) -> Trend:
    return trend(fold(book.records), days_after(FIRST, first), days_after(FIRST, last), today=LAST)


def numbers(thing: Any) -> list[float]:
    if isinstance(thing, dict):
        return [n for value in thing.values() for n in numbers(value)]
    if isinstance(thing, list | tuple):
        return [n for value in thing for n in numbers(value)]
    return [thing] if isinstance(thing, int | float) else []


# --- the numbers in code are those of the parameters ---------------------------------------------------------


def test_the_numbers_in_code_are_those_of_the_parameters() -> None:
    assert PARAMETERS.notice.real_change.value == REAL_CHANGE
    assert PARAMETERS.gap.rung.value == PAUSE_DAYS
    assert PARAMETERS.progress.exposures.value == EXPOSURES
    assert set(PARAMETERS.placement.equals) == EQUALS
    assert plan.BY_PLAN == climbs_module.BY_PLAN
    flare = PARAMETERS.flare
    assert SHIPPED.red_days == flare.red_days.value
    assert SHIPPED.over_rise == flare.over_rise.value
    assert SHIPPED.over_entries == flare.over_entries.value
    assert SHIPPED.silence == PARAMETERS.gap.restart.value


@given(books(), day_numbers)
def test_flare_ups_are_those_that_the_plan_sees(book: Book, until: int) -> None:
    diary, day = fold(book.records), days_after(FIRST, until)
    seen = [(spell.begun, spell.ended) for spell in flare_spells(diary, day, PARAMETERS)]
    assert [(spell.begun, spell.ended) for spell in spells_until(diary, day)] == seen


# --- properties --------------------------------------------------------------------------------------------


@given(books(), day_numbers, day_numbers, day_numbers)
def test_periods_that_follow_each_other_add_up(book: Book, a: int, b: int, c: int) -> None:
    first, cut, last = sorted((a, b, c))
    if cut == last:
        return
    left, right, whole = of(book, first, cut), of(book, cut + 1, last), of(book, first, last)
    for part in ("sessions", "walking"):
        added = [
            x + y
            for x, y in zip(*(to_builtins(getattr(t, part)).values() for t in (left, right)), strict=True)
        ]
        assert added == list(to_builtins(getattr(whole, part)).values())
    assert left.checkins + right.checkins == whole.checkins
    assert left.pain_days + right.pain_days == whole.pain_days
    assert left.mornings.days + right.mornings.days == whole.mornings.days
    steps = [sum(climb.to_step - climb.from_step for climb in t.climbed) for t in (left, right, whole)]
    assert steps[0] + steps[1] == steps[2]
    paused = [sum(pause.days for pause in t.pauses) for t in (left, right, whole)]
    assert paused[0] + paused[1] == paused[2]
    for name in ACTIVITIES:
        times = [sum(t.times for t in told.activities if t.item == name) for told in (left, right, whole)]
        assert times[0] + times[1] == times[2]


@given(books(), st.randoms(use_true_random=False))
def test_the_order_of_a_days_entries_changes_nothing(book: Book, rng: Random) -> None:
    ordered = shuffled_days(Random(0), book.records)
    ordered.sort(key=lambda record: isinstance(record, Retract))
    mixed = shuffled_days(rng, book.records)
    mixed.sort(key=lambda record: isinstance(record, Retract))
    one, other = (trend(fold(records), FIRST, LAST) for records in (ordered, mixed))
    assert one == other


@given(books(), day_numbers, day_numbers)
def test_no_number_is_below_zero_or_none_at_all(book: Book, a: int, b: int) -> None:
    found = to_builtins(of(book, min(a, b), max(a, b)))
    for told in (*found["activities"], *found["measures"]):
        assert -10 <= told.pop("gain") <= 10
    assert all(number >= 0 and number == int(number) for number in numbers(found))


@given(books(), day_numbers, day_numbers)
def test_what_was_told_never_exceeds_what_was_given(book: Book, a: int, b: int) -> None:
    found = of(book, min(a, b), max(a, b))
    told = found.sessions
    assert told.done + told.partly + told.stopped <= told.given
    assert told.days <= min(found.days, told.done + told.partly)
    assert told.minutes <= 10 * (told.done + told.partly + told.stopped)
    assert told.unmeasured <= told.partly + told.stopped
    assert found.walking.days <= min(found.days, found.walking.walks)
    assert all(0 <= score <= 10 for _, score in found.pain_days)
    assert sum(pause.days for pause in found.pauses) <= found.days
    assert sum(week.days for week in found.weeks) == len(found.pain_days)


@given(books())
def test_what_is_taken_back_is_as_if_it_had_never_been(book: Book) -> None:
    kept = [record for record in book.records if not isinstance(record, Retract)]
    for target in (Pain, Walk, Checkin, Flare):
        gone = [record for record in kept if not isinstance(record, target)]
        tail = Book()
        tail.records = list(kept)
        for record in kept:
            if isinstance(record, target):
                tail.add(Retract, DAYS, target=record.id)
        back = [r if not isinstance(r, Retract) else Retract(**_renamed(r)) for r in tail.records]
        assert trend(fold(back), FIRST, LAST) == trend(fold(gone), FIRST, LAST)


def _renamed(record: Retract) -> dict[str, Any]:
    return {
        "v": 1,
        "id": f"back-{record.target}",
        "at": record.at,
        "day": record.day,
        "target": record.target,
    }


def last_day_of(point: PainPoint, grain: Grain) -> str:
    """The last day of a stretch."""
    if grain is Grain.DAY:
        return point.first_day
    if grain is Grain.WEEK:
        return days_after(point.first_day, 6)
    length = {Grain.MONTH: 31, Grain.QUARTER: 92, Grain.YEAR: 366}[grain]
    return days_after(start_of(days_after(point.first_day, length + 1), grain), -1)


@given(books(), st.sampled_from(list(Grain)), day_numbers, day_numbers)
def test_stretches_have_no_hole_and_no_overlap(book: Book, grain: Grain, a: int, b: int) -> None:
    found = of(book, min(a, b), max(a, b))
    stretch = found.pain_by(grain)
    assert len(stretch) == stretches(found.first_day, found.last_day, grain)
    assert stretch[0].first_day <= found.first_day <= last_day_of(stretch[0], grain)
    assert stretch[-1].first_day <= found.last_day <= last_day_of(stretch[-1], grain)
    for one, after in pairwise(stretch):
        assert days_after(last_day_of(one, grain), 1) == after.first_day
    for day, score in found.pain_days:
        there = next(point for point in stretch if point.first_day == start_of(day, grain))
        assert there.pain is not None
        assert there.days > 0
        assert grain is not Grain.DAY or there.pain == score


# --- sessions, walks ---------------------------------------------------------------------------------------


def test_a_quiet_diary_is_empty_and_says_so() -> None:
    found = trend(Diary(), FIRST, LAST)
    assert found.empty
    assert found.sessions == Sessions(0, 0, 0, 0, 0, 0, 0)
    assert (found.pain, found.climbed, found.pauses, found.engagement.started) == (None, (), (), None)
    assert {week.pain for week in found.weeks} == {None}


def test_a_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        trend(Diary(), LAST, FIRST)


def test_a_session_that_another_replaced_was_not_given() -> None:
    book = Book()
    book.session(0, status=None, hour=8)
    book.session(0, hour=10)
    book.session(1, status=None, hour=8)
    book.session(1, status=None, hour=10)
    assert (of(book).sessions.given, of(book).sessions.done) == (2, 1)


def test_each_short_session_of_a_bad_day_counts() -> None:
    book = Book()
    for hour in (8, 12, 18):
        book.session(0, hour=hour, zone="red", mode="flare")
    assert (of(book).sessions.given, of(book).sessions.days) == (3, 1)


def test_minutes_are_those_of_the_rows_known_to_be_done() -> None:
    book = Book()
    book.session(0)
    book.session(1, rows=(DoneRow("bridge-1", status="skipped"),))
    book.session(2, status="partly", rows=(DoneRow("bridge-1"),))
    book.session(3, status="stopped")
    told = of(book).sessions
    assert (told.minutes, told.unmeasured) == (10 + 2 + 8, 1)


# --- levels ------------------------------------------------------------------------------------------------


def climbs(book: Book, first: int = 0, last: int = DAYS) -> list[tuple[str, int, int]]:
    return [(climb.chain, climb.from_step, climb.to_step) for climb in of(book, first, last).climbed]


def test_a_harder_step_after_two_good_sessions_is_a_level_up() -> None:
    book = Book()
    for day, step in ((0, 1), (2, 1), (4, 2), (6, 2), (8, 3)):
        book.session(day, step=step)
    assert climbs(book) == [("bridge", 1, 3)]
    assert climbs(book, 5) == [("bridge", 2, 3)]
    assert climbs(book, 9) == []


def test_the_way_back_from_a_bad_day_or_another_place_is_no_climb() -> None:
    book = Book()
    for day in (0, 2):
        book.session(day, step=1, zone="red", mode="flare")
    for day in (3, 4, 6):
        book.session(day, step=1, place="upright")
    book.session(8, step=3)
    book.session(9, step=1)
    book.session(10, step=3)
    assert climbs(book) == []


def test_a_step_that_was_lost_and_came_back_is_counted_once() -> None:
    book = Book()
    for day, step in enumerate((1, 1, 2, 2, 1, 1, 2, 2)):
        book.session(day, step=step)
    assert climbs(book) == [("bridge", 1, 2)]


@pytest.mark.parametrize(
    "how",
    [
        {"chain": "brace"},
        {"rung": 0},
        {"slot": "plan"},
        {"status": "stopped"},
        {"status": "partly"},
        {"status": None},
        {"zone": "amber"},
        {"mode": "gentle"},
    ],
)
def test_only_what_was_done_as_given_on_a_good_day_is_a_level_up(how: dict[str, Any]) -> None:
    book = Book()
    for day, step in enumerate((1, 1, 1, 2, 2)):
        book.session(day, step=step, **how)
    assert climbs(book) == []


def test_an_easier_form_is_no_level_up() -> None:
    book = Book()
    book.session(0)
    book.session(1)
    book.session(2, step=2, rows=(DoneRow("bridge-2", status="easier"),))
    assert climbs(book) == []


# --- what the person can do again --------------------------------------------------------------------------


def told(book: Book) -> dict[str, tuple[int, Shift | None]]:
    found = of(book)
    return {one.item: (one.gain, one.shift) for one in (*found.activities, *found.measures)}


def test_a_change_below_a_real_one_is_about_the_same() -> None:
    book = Book()
    book.add(Checkin, 0, activities={"a": 3, "b": 3, "c": 5, "d": 5}, sleep=4, enjoyment=6)
    book.add(Checkin, 7, activities={"a": 4, "b": 5, "c": 3}, sleep=6, enjoyment=4)
    assert told(book) == {
        "b": (2, Shift.MORE),
        "a": (1, Shift.SAME),
        "d": (0, None),
        "c": (-2, Shift.LESS),
        "sleep": (2, Shift.MORE),
        "enjoyment": (2, Shift.MORE),
    }
    assert [one.item for one in of(book).activities] == ["b", "a", "d", "c"]


# --- pain --------------------------------------------------------------------------------------------------


def test_a_days_pain_is_the_highest_and_mornings_are_apart() -> None:
    book = Book()
    book.add(Pain, 0, 8, score=2)
    book.session(0, pain=4)
    book.add(Pain, 0, 20, score=3)
    book.add(Pain, 1, 8, score=9, morning=True)
    found = of(book, 0, 6)
    assert found.pain_days == ((FIRST, 4),)
    assert (found.mornings.days, found.mornings.median) == (1, 9)


def test_a_weeks_pain_is_a_number_that_was_said_and_never_better_than_it_was() -> None:
    assert [middle(scores) for scores in ([3], [2, 4], [5, 1, 3], [1, 2, 4, 7])] == [3, 4, 3, 4]


def test_a_week_without_a_word_takes_what_the_look_back_said() -> None:
    book = Book()
    book.add(Checkin, 6, pain=5)
    book.add(Pain, 8, score=2)
    book.add(Checkin, 13, pain=7)
    found = of(book, 0, 20)
    assert [(week.pain, week.days) for week in found.weeks] == [(5, 0), (2, 1), (None, 0)]
    assert {point.pain for point in found.pain_by(Grain.DAY)} == {None, 2}


def change(*figures: int | None) -> tuple[int, int, int, Shift | None]:
    found = change_of([PainPoint(days_after(FIRST, 7 * n), pain) for n, pain in enumerate(figures)])
    assert found is not None
    return found.first, found.last, found.ends, found.shift


def test_a_change_is_told_between_the_first_and_the_last_quarter() -> None:
    assert change(5) == (5, 5, 1, None)
    assert change(None, 5, None, 3, None) == (5, 3, 1, Shift.LESS)
    assert change(5, 4) == (5, 4, 1, Shift.SAME)
    assert change(2, 4) == (2, 4, 1, Shift.MORE)
    assert change(5, 6, 4, 4, 3, 3, 3, 1) == (6, 3, 2, Shift.LESS)
    assert change(*[7] * 20, *[3] * 20) == (7, 3, 4, Shift.LESS)
    assert change_of([PainPoint(FIRST, None)]) is None


def test_months_quarters_and_years_begin_where_the_calendar_says() -> None:
    daily = {"2025-12-31": 1, "2026-01-01": 2, "2026-03-31": 4, "2026-04-01": 6}
    firsts = {
        Grain.MONTH: ["2025-12-01", "2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"],
        Grain.QUARTER: ["2025-10-01", "2026-01-01", "2026-04-01"],
        Grain.YEAR: ["2025-01-01", "2026-01-01"],
    }
    for grain, days in firsts.items():
        found = points(daily, {}, "2025-12-31", "2026-04-02", grain)
        assert [point.first_day for point in found] == days
    assert [point.pain for point in found] == [1, 4]


# --- flare-ups ---------------------------------------------------------------------------------------------


def test_a_flare_up_that_touches_the_period_is_told_and_one_that_lasts_has_no_end() -> None:
    book = Book()
    book.add(Flare, 0, on=True)
    book.add(Flare, 5, on=False)
    book.add(Flare, 100, on=True)
    assert [(f.begun, f.ended) for f in of(book, 3, 60).flares] == [(FIRST, days_after(FIRST, 5))]
    assert [f.ended for f in of(book, 90, DAYS).flares] == [None]
    assert of(book, 10, 60).flares == ()


def test_days_are_counted_with_both_ends() -> None:
    found = of(Book(), 3, 9)
    assert found.days == days_between(found.first_day, found.last_day) + 1 == 7
