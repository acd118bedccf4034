"""Reckoning with days. A day is an ISO date, as the journal stores it; weeks begin on Monday."""

from datetime import date, timedelta


def days_between(earlier: str, later: str) -> int:
    """Whole days from one day to another; below 0 when ``later`` is the earlier one."""
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def days_after(day: str, days: int) -> str:
    """The day so many days after (or, below 0, before)."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def monday_of(day: str) -> str:
    """The Monday of the day's week."""
    return days_after(day, -date.fromisoformat(day).weekday())
