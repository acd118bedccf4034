"""Which days are looked back on."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backmove.core.periods import DAYS, Span, period
from backmove.errors import UsageProblem

TODAY = "2026-03-02"
LONG_AGO = "2020-01-01"


def test_without_a_word_it_is_the_last_four_weeks() -> None:
    found = period(TODAY, LONG_AGO)
    assert (found.first_day, found.last_day, found.days) == ("2026-02-03", TODAY, 28)


@pytest.mark.parametrize(
    ("span", "first"), [("week", "2026-02-24"), ("month", "2026-02-01"), ("year", "2025-03-03")]
)
def test_a_named_period_ends_today(span: str, first: str) -> None:
    found = period(TODAY, LONG_AGO, spans=(Span(span),))
    assert (found.first_day, found.last_day) == (first, TODAY)
    assert found.days == DAYS[Span(span)]


def test_all_begins_with_the_first_entry() -> None:
    assert period(TODAY, LONG_AGO, spans=(Span.ALL,)).first_day == LONG_AGO
    assert period(TODAY, None, spans=(Span.ALL,)).first_day == TODAY


def test_days_before_the_first_entry_are_nobodys_gap() -> None:
    assert period(TODAY, "2026-02-28").days == 3
    assert period(TODAY, "2026-02-28", since=date(2026, 1, 1)).days == 61


def test_only_one_period_at_a_time() -> None:
    for spans, since in (((Span.WEEK, Span.YEAR), None), ((Span.ALL,), date(2026, 1, 1))):
        with pytest.raises(UsageProblem, match="only one period"):
            period(TODAY, LONG_AGO, spans=spans, since=since)


def test_from_alone_goes_to_today_and_to_alone_begins_with_the_first_entry() -> None:
    assert period(TODAY, LONG_AGO, since=date(2026, 2, 1)).last_day == TODAY
    assert period(TODAY, LONG_AGO, until=date(2026, 2, 1)).first_day == LONG_AGO


def test_a_period_that_ends_before_it_begins_or_is_still_to_come_is_refused() -> None:
    with pytest.raises(UsageProblem, match="before it begins"):
        period(TODAY, LONG_AGO, since=date(2026, 2, 2), until=date(2026, 2, 1))
    with pytest.raises(UsageProblem, match="still to come"):
        period(TODAY, LONG_AGO, since=date(2026, 4, 1), until=date(2026, 4, 2))


def test_no_period_goes_beyond_today() -> None:
    assert period(TODAY, LONG_AGO, since=date(2026, 2, 1), until=date(2027, 1, 1)).last_day == TODAY


@given(
    spans=st.lists(st.sampled_from(list(Span)), max_size=1),
    begun=st.none() | st.dates(date(1970, 1, 2), date(2026, 3, 2)).map(date.isoformat),
)
def test_a_period_is_never_empty(spans: list[Span], begun: str | None) -> None:
    found = period(TODAY, begun, spans=tuple(spans))
    assert found.first_day <= found.last_day == TODAY
    assert found.days >= 1
    assert begun is None or found.first_day >= min(begun, TODAY)
