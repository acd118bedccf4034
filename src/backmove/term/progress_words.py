"""The words of a look back. No streak, no share of improvement, no word about what was not done."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from backmove.core.engagement import Engagement, Pause
from backmove.core.pain_course import REAL_CHANGE, Grain, PainChange, Shift
from backmove.core.periods import Span
from backmove.core.when import say_day

TITLES: Final[Mapping[Span | None, str]] = {
    Span.WEEK: "Your last 7 days",
    Span.LATELY: "Your last 4 weeks",
    Span.MONTH: "Your last 30 days",
    Span.YEAR: "Your last 12 months",
    Span.ALL: "From your first day on",
    None: "The days you asked for",
}
GAIN: Final[Mapping[Shift, str]] = {
    Shift.MORE: "better",
    Shift.SAME: "about the same",
    Shift.LESS: "harder just now",
}
PAIN: Final[Mapping[Shift, str]] = {
    Shift.MORE: "more than it was",
    Shift.SAME: "about the same",
    Shift.LESS: "less than it was",
}
MEASURES: Final[Mapping[str, str]] = {
    "activity": "held back by pain (10 is wholly)",
    "enjoyment": "joy spoiled by pain (10 is wholly)",
    "confidence": "confidence (10 is best)",
    "sleep": "sleep (10 is best)",
}
WHY: Final[Mapping[str, str]] = {
    "time": "short of time",
    "pain": "pain",
    "worry": "worry",
    "boring": "bored",
    "ill": "ill",
    "forgot": "not thought of",
    "flare": "a flare-up",
    "check": "a sign to be looked at came first",
}
DID: Final = "What you did"
AGAIN: Final = "What you can do again (10 is as before the pain)"
WEEKS: Final = "Your weeks (0 to 10)"
QUIET: Final = "No session and no walk noted in these days. You can go on any day."
NOISE: Final = f"A change of less than {REAL_CHANGE} points is the usual up and down: about the same."
MIDDLE: Final = "Each figure is the middle one of its days."
NO_PAIN: Final = "No pain was written down. That is fine: there is no need to rate it."
DAILY: Final = "Day by day, because you asked. Once a week is plenty."
TOO_MANY: Final = "So many days do not fit here side by side. A shorter time does, such as --month."
NOTHING: Final = "Nothing was written down in these days. Any day is a good one to go on."
NEVER: Final = "Nothing is written down yet. What you do, and what you can do again, will stand here."
LOOK_BACK: Final = "To see what you can do again, look back on your week now and then:"
_GOING: Final[Mapping[bool, str]] = {True: "still going", False: "taking a break"}


def pain_title(grain: Grain) -> str:
    return f"Pain, {grain} by {grain} (0 to 10)"


def pain_sentence(change: PainChange, grain: Grain) -> str:
    """The same as the plot in words."""
    if change.stretches == 1:
        return f"Pain: {change.last} in this one {grain}."
    have = "has" if change.told == 1 else "have"
    counted = f"{change.told} of {count(change.stretches, grain)} {have} a number"
    if change.shift is None:
        return f"Pain: {change.last}; {counted}."
    ends = f"{change.ends} {grain}s" if change.ends > 1 else grain
    changed = (
        f"Pain: {change.last} in the last {ends}, {change.first} in the first {ends}: {PAIN[change.shift]}."
    )
    spread = f"The middle {grain} had {change.median}, between {change.low} and {change.high}"
    if change.low == change.high:
        spread = f"Every {grain} had {change.median}"
    return f"{changed} {spread}; {counted}."


def engaged(told: Engagement, on: str) -> str:
    """Since when, and at 30 days, 6 and 12 months. ``on``: the first day in words."""
    said = [f"{count(told.sessions, 'session')} since your first one, {on}"]
    for going, word in _GOING.items():
        reached = [mark.name for mark in told.marks if mark.going is going]
        said += [f"{word} after {listed(reached)}"] if reached else []
    return "; ".join(said)


def pause_words(pause: Pause, today: date) -> str:
    """A pause with what was said about it."""
    why = f": {listed(WHY[word] for word in pause.why)}" if pause.why else ""
    walks = f"; you walked on {count(pause.walks, 'day')} of it" if pause.walks else ""
    if pause.ended is None:
        return f"A pause since {day_words(pause.begun, today)}{why}{walks}"
    length = (date.fromisoformat(pause.ended) - date.fromisoformat(pause.begun)).days + 1
    return f"A pause of {count(length, 'day')}, {between(pause.begun, pause.ended, today)}{why}{walks}"


def between(first: str, last: str, today: date) -> str:
    """``3 to 14 March``, ``28 March to 4 April 2025``; what both ends share is said once."""
    begin, end = day_words(first, today), day_words(last, today)
    if first == last:
        return begin
    if last == today.isoformat():
        return f"{begin} to today"
    if first[:7] == last[:7]:
        return f"{begin.split()[0]} to {end}"
    if first[:4] == last[:4]:
        begin = begin.removesuffix(first[:4]).rstrip()
    return f"{begin} to {end}"


def on_day(day: str, today: date) -> str:
    return "today" if day == today.isoformat() else f"on {day_words(day, today)}"


def day_words(day: str, today: date) -> str:
    """Day and month; the year where it is not this one."""
    return say_day(date.fromisoformat(day), today).split(" ", 1)[1]


def count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def time_words(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def listed(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(words))
