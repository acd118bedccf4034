"""WHEN: what people type, in the zones they live in."""

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backmove.core.when import day_of, parse_day, parse_when, say_when
from backmove.errors import UsageProblem

PARIS = "CET-1CEST,M3.5.0,M10.5.0/3"
KOLKATA = "IST-5:30"
LORD_HOWE = "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0"
"""Rules written out, so that no zone database is needed."""

InZone = Callable[[str], None]


@pytest.fixture
def in_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[InZone]:
    def use(rules: str) -> None:
        monkeypatch.setenv("TZ", rules)
        time.tzset()

    yield use
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def paris(in_zone: InZone) -> None:
    in_zone(PARIS)


MONDAY = datetime.fromisoformat("2026-03-02T09:00:00+01:00")


@pytest.mark.usefixtures("paris")
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today", "2026-03-02T09:00:00+01:00"),
        ("Yesterday", "2026-03-01T12:00:00+01:00"),
        ("yesterday 22:00", "2026-03-01T22:00:00+01:00"),
        ("yesterday at 22:00", "2026-03-01T22:00:00+01:00"),
        ("  YESTERDAY   7:05 ", "2026-03-01T07:05:00+01:00"),
        ("08:30", "2026-03-02T08:30:00+01:00"),
        ("today 08:30", "2026-03-02T08:30:00+01:00"),
        ("sun", "2026-03-01T12:00:00+01:00"),
        ("sunday 21:15", "2026-03-01T21:15:00+01:00"),
        ("tuesday", "2026-02-24T12:00:00+01:00"),
        ("monday", "2026-02-23T12:00:00+01:00"),
        ("3 days ago", "2026-02-27T12:00:00+01:00"),
        ("1 day ago", "2026-03-01T12:00:00+01:00"),
        ("0 days ago", "2026-03-02T09:00:00+01:00"),
        ("3 days ago 20:00", "2026-02-27T20:00:00+01:00"),
        ("2026-02-01", "2026-02-01T12:00:00+01:00"),
        ("2026-02-01 08:00", "2026-02-01T08:00:00+01:00"),
        ("2026-02-01T08:00", "2026-02-01T08:00:00+01:00"),
        ("2026-02-01T08:00:59", "2026-02-01T08:00:59+01:00"),
        ("2026-02-01T08:00Z", "2026-02-01T09:00:00+01:00"),
        ("2026-02-01 08:00+05:30", "2026-02-01T03:30:00+01:00"),
        ("2025-07-01", "2025-07-01T12:00:00+02:00"),
        ("2025-07-01T08:00Z", "2025-07-01T10:00:00+02:00"),
        ("20260201", "2026-02-01T12:00:00+01:00"),
        ("2026-W09-7", "2026-03-01T12:00:00+01:00"),
        ("09:04", "2026-03-02T09:04:00+01:00"),
    ],
)
def test_every_form_of_the_grammar_names_its_moment(typed: str, meant: str) -> None:
    assert parse_when(typed, MONDAY).isoformat() == meant


@pytest.mark.usefixtures("paris")
@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "tomorrow",
        "yestreday",
        "last week",
        "noon",
        "8am",
        "sat 9",
        "s at 9:00",
        "24:00",
        "12:60",
        "2026-02-30",
        "2026-3-1",
        "2026",
        "01/03/2026",
        "-1 days ago",
        "two days ago",
        "99999 days ago",
        "0001-01-01",
        "1969-12-31",
        "9999-12-31",
        "9999-12-31T23:59",
        "9999-12-31 23:59",
        "0001-01-01T00:00+14:00",
        "2026-02-01x08:00",
        "٢٢:٠٠",
        "2026-03-01T08:00+99:00",
        "\x1b[2J",
    ],
)
def test_what_is_not_understood_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        parse_when(typed, MONDAY)
    assert "yesterday 22:00" in refused.value.hint
    assert "\x1b" not in refused.value.message


def test_a_word_that_is_nearly_right_is_guessed() -> None:
    with pytest.raises(UsageProblem, match=r"Did you mean yesterday\?$"):
        parse_when("yesterdya", MONDAY)


@pytest.mark.usefixtures("paris")
@pytest.mark.parametrize(
    "typed", ["09:06", "22:00", "today 22:00", "2026-03-03", "2026-03-02T23:00", "2099-01-01"]
)
def test_what_is_still_to_come_is_refused(typed: str) -> None:
    with pytest.raises(UsageProblem, match="still to come"):
        parse_when(typed, MONDAY)


@pytest.mark.usefixtures("paris")
def test_a_few_minutes_ahead_are_two_clocks_that_disagree() -> None:
    assert parse_when("09:05", MONDAY) == MONDAY + timedelta(minutes=5)


# --- the day ends at three ------------------------------------------------------------------------------------

NIGHT = datetime.fromisoformat("2026-03-03T01:30:00+01:00")
"""Half past one in the night: still Monday."""


@pytest.mark.usefixtures("paris")
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today", "2026-03-03T01:30:00+01:00"),
        ("2026-03-03", "2026-03-03T01:30:00+01:00"),
        ("today 22:00", "2026-03-02T22:00:00+01:00"),
        ("22:00", "2026-03-02T22:00:00+01:00"),
        ("01:00", "2026-03-03T01:00:00+01:00"),
        ("today 01:00", "2026-03-03T01:00:00+01:00"),
        ("02:30", "2026-03-02T02:30:00+01:00"),
        ("yesterday", "2026-03-01T12:00:00+01:00"),
        ("yesterday 22:00", "2026-03-01T22:00:00+01:00"),
        ("monday", "2026-02-23T12:00:00+01:00"),
        ("2026-03-03 01:00", "2026-03-03T01:00:00+01:00"),
        ("2026-03-02 01:00", "2026-03-02T01:00:00+01:00"),
    ],
)
def test_after_midnight_it_is_still_the_day_before(typed: str, meant: str) -> None:
    assert parse_when(typed, NIGHT).isoformat() == meant


@pytest.mark.usefixtures("paris")
@pytest.mark.parametrize("typed", ["yesterday 01:00", "sunday 02:59", "3 days ago 00:00"])
def test_a_small_hour_of_another_day_is_ambiguous_and_both_are_named(typed: str) -> None:
    with pytest.raises(UsageProblem, match="could be") as refused:
        parse_when(typed, MONDAY)
    first, second = (word.rstrip(":") for word in refused.value.message.split() if word.startswith("2026"))
    assert datetime.fromisoformat(second) - datetime.fromisoformat(first) == timedelta(days=1)
    assert parse_when(first, MONDAY) < parse_when(second, MONDAY)


@pytest.mark.usefixtures("paris")
def test_a_small_hour_of_today_is_this_night() -> None:
    assert parse_when("01:00", MONDAY).isoformat() == "2026-03-02T01:00:00+01:00"
    assert day_of(parse_when("01:00", MONDAY)) == date(2026, 3, 1)


@pytest.mark.usefixtures("paris")
def test_the_day_can_end_at_midnight_or_in_the_afternoon() -> None:
    assert parse_when("yesterday 01:00", MONDAY, "00:00").isoformat() == "2026-03-01T01:00:00+01:00"
    late = parse_when("yesterday", MONDAY, "14:00")
    assert day_of(late, "14:00") == day_of(MONDAY, "14:00") - timedelta(days=1)


# --- the clocks change ----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("paris")
def test_a_time_that_the_clocks_skipped_is_refused() -> None:
    now = datetime.fromisoformat("2026-03-30T09:00:00+02:00")
    for typed in ("2026-03-29T02:30", "2026-03-29 02:30"):
        with pytest.raises(UsageProblem, match="skipped"):
            parse_when(typed, now)


@pytest.mark.usefixtures("paris")
def test_a_time_skipped_on_the_night_to_come_does_not_hide_the_one_past() -> None:
    saturday = datetime.fromisoformat("2026-03-28T12:00:00+01:00")
    assert parse_when("02:30", saturday).isoformat() == "2026-03-28T02:30:00+01:00"


@pytest.mark.usefixtures("paris")
def test_of_a_time_shown_twice_the_first_is_taken_and_said() -> None:
    now = datetime.fromisoformat("2026-10-26T09:00:00+01:00")
    found = parse_when("2026-10-25T02:30", now)
    assert found.isoformat() == "2026-10-25T02:30:00+02:00"
    assert "the first of two" in say_when(found, now)
    second = parse_when("2026-10-25T02:30+01:00", now)
    assert "the second of two" in say_when(second, now)


def test_a_half_hour_of_summer_time_is_kept(in_zone: InZone) -> None:
    in_zone(LORD_HOWE)
    now = datetime(2026, 10, 5, 9).astimezone()
    assert now.utcoffset() == timedelta(hours=11)
    assert parse_when("2026-10-03 20:00", now).utcoffset() == timedelta(hours=10, minutes=30)
    with pytest.raises(UsageProblem, match="skipped"):
        parse_when("2026-10-04 02:15", now)
    in_april = datetime(2026, 4, 6, 9).astimezone()
    assert "the first of two" in say_when(parse_when("2026-04-05 01:45", in_april), in_april)


def test_a_clock_from_elsewhere_keeps_its_own_offset(in_zone: InZone) -> None:
    in_zone(KOLKATA)
    assert parse_when("08:00", MONDAY).isoformat() == "2026-03-02T08:00:00+01:00"
    assert parse_when("2026-03-01T08:00Z", MONDAY).isoformat() == "2026-03-01T09:00:00+01:00"


# --- filters and words ----------------------------------------------------------------------------------------


def test_a_filter_takes_days_only_and_also_days_to_come() -> None:
    assert parse_day("yesterday", MONDAY) == date(2026, 3, 1)
    assert parse_day("2026-12-31", MONDAY) == date(2026, 12, 31)
    for typed in ("22:00", "yesterday 22:00", "2026-03-01T08:00", "soon"):
        with pytest.raises(UsageProblem, match="not a day"):
            parse_day(typed, MONDAY)


@pytest.mark.usefixtures("paris")
@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-03-02T08:12:00+01:00", "today at 08:12"),
        ("2026-03-01T22:00:00+01:00", "yesterday (Sunday 1 March) at 22:00"),
        ("2026-02-27T12:00:00+01:00", "on Friday 27 February at 12:00"),
        ("2025-12-31T12:00:00+01:00", "on Wednesday 31 December 2025 at 12:00"),
        ("2026-03-02T01:00:00+01:00", "yesterday (Sunday 1 March) after midnight, at 01:00"),
    ],
)
def test_a_moment_is_told_in_words(moment: str, words: str) -> None:
    assert say_when(datetime.fromisoformat(moment), MONDAY) == words


# --- whatever is typed ----------------------------------------------------------------------------------------

ZONES = st.sampled_from([PARIS, KOLKATA, LORD_HOWE, "UTC0"])
INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2080, 1, 1), timezones=st.just(UTC))
PIECES = st.sampled_from(
    [
        "today",
        "yesterday",
        "mon",
        "sunday",
        "3 days ago",
        "22:00",
        "01:30",
        "2026-03-29",
        "02:15",
        "at",
        "T",
        "Z",
        " ",
        "-",
        "9999",
    ]
)


@given(st.one_of(st.text(max_size=30), st.lists(PIECES, max_size=4).map(" ".join)), INSTANTS, ZONES)
def test_whatever_is_typed_is_a_past_local_moment_or_a_refusal(
    text: str, instant: datetime, zone: str
) -> None:
    os.environ["TZ"] = zone
    time.tzset()
    now = instant.astimezone()
    try:
        found = parse_when(text, now)
    except UsageProblem:
        return
    assert found <= now + timedelta(minutes=5)
    assert found == found.astimezone()
    assert found.utcoffset() == found.astimezone().utcoffset()
    assert found.microsecond == 0


@given(INSTANTS, ZONES, st.integers(0, 400))
def test_a_past_day_without_a_time_belongs_to_that_day(instant: datetime, zone: str, ago: int) -> None:
    os.environ["TZ"] = zone
    time.tzset()
    now = instant.astimezone()
    assert day_of(parse_when(f"{ago} days ago", now)) == day_of(now) - timedelta(days=ago)


@given(INSTANTS, INSTANTS, ZONES)
def test_a_moment_written_out_is_the_moment_read(one: datetime, other: datetime, zone: str) -> None:
    os.environ["TZ"] = zone
    time.tzset()
    moment, now = (d.replace(microsecond=0).astimezone() for d in sorted((one, other)))
    assert parse_when(moment.isoformat(), now) == moment


@pytest.fixture(autouse=True)
def zone_comes_back(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The property tests change the zone for each example; afterwards it is as it was."""
    former = os.environ.get("TZ")
    yield
    if former is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = former
    time.tzset()
