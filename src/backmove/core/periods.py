"""Which days are looked back on: the last week, month or year, everything, or from one day to another.

Both ends are in a period, and none goes beyond today. One that is named by its length does not begin before the first
entry: days before that are nobody's gap.
"""

from datetime import date
from enum import StrEnum
from typing import Final

from msgspec import Struct

from backmove.core.days import days_after, days_between
from backmove.errors import UsageProblem


class Span(StrEnum):
    """A period by its name."""

    WEEK = "week"
    LATELY = "lately"
    MONTH = "month"
    YEAR = "year"
    ALL = "all"


DAYS: Final = {Span.WEEK: 7, Span.LATELY: 28, Span.MONTH: 30, Span.YEAR: 365}
"""Days, today included."""


class Period(Struct, frozen=True):
    """ISO dates, both included. ``span`` None: the days were typed."""

    first_day: str
    last_day: str
    span: Span | None = None

    @property
    def days(self) -> int:
        return days_between(self.first_day, self.last_day) + 1


def period(
    today: str,
    begun: str | None,
    *,
    spans: tuple[Span, ...] = (),
    since: date | None = None,
    until: date | None = None,
) -> Period:
    """The period that was asked for; the last four weeks when none was. ``begun``: the day of the first entry.

    Raises UsageProblem for two periods at once, and for one that ends before it begins or is still to come.
    """
    typed = since is not None or until is not None
    if len(spans) + typed > 1:
        raise UsageProblem("only one period at a time: --week, --month, --year, --all, or --from and --to.")
    if typed:
        return _typed(today, begun, since, until)
    span = spans[0] if spans else Span.LATELY
    first = begun if span is Span.ALL else max(days_after(today, 1 - DAYS[span]), begun or "")
    return Period(min(first or today, today), today, span)


def _typed(today: str, begun: str | None, since: date | None, until: date | None) -> Period:
    last = min(until.isoformat(), today) if until else today
    first = since.isoformat() if since else min(begun or last, last)
    if first > today:
        raise UsageProblem(f"--from: {first} is still to come.")
    if first > last:
        raise UsageProblem(f"the period would end ({last}) before it begins ({first}).")
    return Period(first, last)
