"""When something happened: the closed grammar of WHEN, read into one moment, and a moment told in words.

Grammar (capital letters and extra blanks do not matter)::

    WHEN  = DAY | TIME | DAY [at] TIME | ISO date-time, with or without offset
    DAY   = today | yesterday | weekday (monday or mon) | N days ago | ISO date
    TIME  = hours:minutes, 24 hours

Conventions
- A *day* ends at ``day_ends`` (03:00 at first) and not at midnight: at one in the night it is still the day
  before. ``today``, ``yesterday``, weekdays and ``N days ago`` count such days. A weekday is the latest one
  before today.
- A day without a time: today is now, a past day is noon.
- A time before ``day_ends`` may be meant on the calendar date or at the end of that day. With ``today``, or
  alone, it is the latest one past; with another day's name it is ambiguous and refused; after an ISO date
  it is the date's.
- Local time is the system's, by its rules for that instant. When they do not agree with ``now`` (a clock from
  elsewhere), the offset of ``now`` holds.
- A local time that the clocks skipped is refused; of one that they showed twice the first is taken, and said.
"""

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from backmove.core.typed import guess
from backmove.errors import UsageProblem

EXAMPLES: Final = (
    "Examples: today, yesterday, monday 08:30, 3 days ago, 22:00, 'yesterday 22:00', 2026-03-01, "
    "2026-03-01T22:00"
)
SLACK: Final = timedelta(minutes=5)
"""How far ahead a moment may lie: two clocks seldom agree."""

EARLIEST: Final = date(1970, 1, 2)
LATEST: Final = date(9000, 1, 1)
NOON: Final = time(12)

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_NAMES: Final = {name: n for n, full in enumerate(_WEEKDAYS) for name in (full, full[:3])}
_AGO: Final = re.compile(r"(\d{1,5}) days? ago", re.ASCII)
_DAY_AND_TIME: Final = re.compile(r"(?:(.+?) (?:at )?)?(\d{1,2}):(\d{2})", re.ASCII)
_ISO: Final = re.compile(r"[0-9]{4}[-0-9W]*([T ][0-9:.,+Z-]+)?", re.ASCII)


def parse_when(text: str, now: datetime, day_ends: str = "03:00") -> datetime:
    """The moment that ``text`` names, in local time with its offset. ``now`` is an aware local time.

    Raises UsageProblem with examples when it is not understood, ambiguous, or more than five minutes ahead.
    """
    words = " ".join(text.lower().split())
    today = day_of(now, day_ends)
    both = _DAY_AND_TIME.fullmatch(words)
    if both:
        day = _day(both[1], today) if both[1] else today
        if day is not None:
            clock = _clock(text, both[2], both[3])
            return _on_day(
                text, day, clock, now, day_ends, named=not (both[1] and _ISO.fullmatch(both[1].upper()))
            )
    day = _day(words, today)
    if day is not None:
        return _whole_day(text, day, now, day_ends)
    return _iso_moment(text, words.upper(), now)


def parse_day(text: str, now: datetime, day_ends: str = "03:00") -> date:
    """The day that ``text`` names, for filters: a DAY of the grammar, a future date included. Raises
    UsageProblem."""
    day = _day(" ".join(text.lower().split()), day_of(now, day_ends))
    if day is None:
        raise _unknown(text, "is not a day that backmove knows")
    return day


def day_of(moment: datetime, day_ends: str = "03:00") -> date:
    """The day that a moment belongs to when days end at ``day_ends``."""
    ends = time.fromisoformat(day_ends)
    return (moment - timedelta(hours=ends.hour, minutes=ends.minute)).date()


def say_when(moment: datetime, now: datetime, day_ends: str = "03:00") -> str:
    """``today at 08:12``, ``yesterday (Sunday 1 March) at 22:00``, ``on Friday 27 February at 12:00``."""
    day, today = day_of(moment, day_ends), day_of(now, day_ends)
    night = " after midnight," if moment.date() != day else ""
    return f"{_say_past(day, today)}{night} at {moment:%H:%M}{_which_of_two(moment)}"


def say_day(day: date, today: date) -> str:
    """``Sunday 1 March``; with the year when it is not this one."""
    year = f" {day.year}" if day.year != today.year else ""
    return f"{_WEEKDAYS[day.weekday()].capitalize()} {day.day} {_MONTHS[day.month - 1]}{year}"


def _say_past(day: date, today: date) -> str:
    if day == today:
        return "today"
    if day == today - timedelta(days=1):
        return f"yesterday ({say_day(day, today)})"
    return f"on {say_day(day, today)}"


def _day(words: str, today: date) -> date | None:
    """The date of a DAY, or None when it is none. Raises UsageProblem for a date out of reach."""
    ago = _AGO.fullmatch(words)
    if words == "today":
        return today
    if words == "yesterday":
        return today - timedelta(days=1)
    if words in _NAMES:
        return today - timedelta(days=(today.weekday() - _NAMES[words] - 1) % 7 + 1)
    if ago:
        return _reachable(words, today - timedelta(days=int(ago[1])))
    try:
        return _reachable(words, date.fromisoformat(words.upper()))
    except ValueError:
        return None


def _reachable(words: str, day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise _unknown(words, "is out of reach")
    return day


def _clock(text: str, hours: str, minutes: str) -> time:
    if int(hours) > 23 or int(minutes) > 59:
        raise _unknown(text, "names no time of the day; hours go from 0 to 23, minutes from 00 to 59")
    return time(int(hours), int(minutes))


def _whole_day(text: str, day: date, now: datetime, day_ends: str) -> datetime:
    if day in (day_of(now, day_ends), now.date()):
        return now.replace(microsecond=0)
    return _not_ahead(text, _local(datetime.combine(day, max(NOON, time.fromisoformat(day_ends))), now), now)


def _on_day(text: str, day: date, clock: time, now: datetime, day_ends: str, *, named: bool) -> datetime:
    if not named or clock >= time.fromisoformat(day_ends):
        return _not_ahead(text, _local(datetime.combine(day, clock), now), now)
    naive = datetime.combine(day, clock)
    found = [_local(n, now) for n in (naive, naive + timedelta(days=1)) if not _skipped(n, now)]
    past = [moment for moment in found if moment <= now + SLACK]
    if len(past) == 2 and day != day_of(now, day_ends):
        raise UsageProblem(
            f"{text!r} could be {found[0]:%Y-%m-%dT%H:%M} or {found[1]:%Y-%m-%dT%H:%M}: "
            f"your day ends at {day_ends}.",
            hint="Write the date and the time, as one of these two.",
        )
    return past[-1] if past else _not_ahead(text, _local(naive, now), now)


def _iso_moment(text: str, words: str, now: datetime) -> datetime:
    try:
        found = datetime.fromisoformat(words) if _ISO.fullmatch(words) else None
    except ValueError:
        found = None
    if found is None:
        meant = guess(words, ("today", "yesterday", *_NAMES))
        raise _unknown(text, f"is not a date or time that backmove knows.{meant}")
    _reachable(text, found.date())
    found = found.replace(microsecond=0)
    local = _local(found, now) if found.tzinfo is None else _here(found, now)
    return _not_ahead(text, local, now)


def _not_ahead(text: str, moment: datetime, now: datetime) -> datetime:
    if moment > now + SLACK:
        said = "" if f"{moment:%Y-%m-%d}" in text else f" ({say_day(moment.date(), now.date())})"
        raise _unknown(text, f"is still to come{said}; only what has happened can be written down")
    return moment


def _here(moment: datetime, now: datetime) -> datetime:
    return moment.astimezone() if _system_agrees(now) else moment.astimezone(now.tzinfo)


def _local(naive: datetime, now: datetime) -> datetime:
    if _skipped(naive, now):
        raise _unknown(f"{naive:%Y-%m-%d %H:%M}", "was skipped when the clocks changed")
    return naive.astimezone() if _system_agrees(now) else naive.replace(tzinfo=now.tzinfo)


def _skipped(naive: datetime, now: datetime) -> bool:
    return _system_agrees(now) and naive.astimezone().replace(tzinfo=None) != naive


def _system_agrees(now: datetime) -> bool:
    return now.astimezone().utcoffset() == now.utcoffset()


def _which_of_two(moment: datetime) -> str:
    """Says which one is meant when the clocks showed this local time twice."""
    naive = moment.replace(tzinfo=None)
    first, second = naive.astimezone(), naive.replace(fold=1).astimezone()
    if first == second or first.replace(tzinfo=None) != naive:
        return ""
    if moment == first:
        return " (the first of two: the clocks went back)"
    return " (the second of two: the clocks went back)" if moment == second else ""


def _unknown(text: str, what: str) -> UsageProblem:
    end = "" if what.endswith((".", "?")) else "."
    return UsageProblem(f"{text!r} {what}{end}", hint=EXAMPLES)
