"""The course of a period in words for a consultation: what goes better, pain, what was done.

Each figure comes with how sure it is: how often it was said, and whether the change is more than noise.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from backmove.core.consultation import Consultation
from backmove.core.consultation_rows import name_of
from backmove.core.engagement import Pause
from backmove.core.exercise import Catalog
from backmove.core.pain_course import REAL_CHANGE, PainChange, Shift
from backmove.core.paper import Block, Plot, Say, WeekPoint
from backmove.core.trend import Told, Trend
from backmove.core.when import say_day
from backmove.term.clean import one_line

MOST_PLOTS: Final = 4
MOST_CLIMBS: Final = 4
MOST_PAUSES: Final = 3
GAIN: Final = {Shift.MORE: "better", Shift.SAME: "about the same", Shift.LESS: "harder"}
PAIN: Final = {Shift.MORE: "more", Shift.SAME: "about the same", Shift.LESS: "less"}
MEASURE: Final = {
    "activity": "held back by pain (10 worst)",
    "enjoyment": "joy spoiled by pain (10 worst)",
    "confidence": "trust in being active (10 best)",
    "sleep": "sleep (10 best)",
}
WHY: Final = {
    "time": "no time",
    "pain": "pain",
    "worry": "worry",
    "boring": "bored",
    "ill": "ill",
    "forgot": "forgot",
    "flare": "a flare-up",
    "check": "the questions came first",
}
NOISE: Final = (
    f"All figures go from 0 to 10. A change of less than {REAL_CHANGE} is told as about the same (Ostelo 2008). They "
    "are the program's own questions, no published questionnaire."
)
_OTHER_YEAR: Final = date(1, 1, 1)
_SHORT: Final = 3


def course_blocks(facts: Consultation) -> Iterator[Block]:
    """Own activities first, pain last (R-P4)."""
    course = facts.trend
    plots = [*_activities(facts), *_pain(course)]
    yield from plots
    if course.measures:
        yield Say(f"Weekly answers: {'; '.join(map(_measure, course.measures))}.")
    if course.mornings.median is not None:
        on = _days(course.mornings.days)
        yield Say(f"Pain on mornings after a session: middle value {course.mornings.median} of 10 (on {on}).")
    if plots or course.measures:
        yield Say(NOISE, "dim")
    else:
        yield Say("Nothing was said of own activities or pain in these days.")


def _activities(facts: Consultation) -> Iterator[Plot]:
    for told in facts.trend.activities[:MOST_PLOTS]:
        weeks = facts.activity_weeks[told.item]
        points = tuple(WeekPoint(week.monday, week.score, week.count) for week in weeks)
        yield Plot(one_line(told.item), _told(told), points, _ends(facts.trend))


def _told(told: Told) -> str:
    if told.shift is None:
        return f"{told.last} of 10 on {day_words(told.last_day)} (10: as before the pain); said once."
    return (
        f"now {told.last} of 10, was {told.first} (10: as before the pain): {GAIN[told.shift]}. "
        f"Said {told.times} times, {day_words(told.first_day)} to {day_words(told.last_day)}."
    )


def _pain(course: Trend) -> Iterator[Plot]:
    if course.pain is not None:
        points = tuple(WeekPoint(p.first_day, p.pain, p.days) for p in course.weeks)
        yield Plot("Pain, middle value of each week", _change(course.pain, course), points, _ends(course))


def _change(change: PainChange, course: Trend) -> str:
    days = len(course.pain_days)
    counted = f"{change.told} of {change.stretches} weeks told, from entries on {_days(days)}."
    if change.shift is None:
        return f"{change.last} of 10 (10 is worst). {counted}"
    weeks = "week" if change.ends == 1 else f"{change.ends} weeks"
    span = f"Between {change.low} and {change.high}; " if change.low != change.high else ""
    return (
        f"last {weeks} {change.last} of 10, first {weeks} {change.first} (10 is worst): {PAIN[change.shift]}. "
        f"{span}{counted}"
    )


def _measure(told: Told) -> str:
    name = MEASURE.get(told.item, one_line(told.item))
    if told.shift is None:
        return f"{name} {told.last}"
    return f"{name} {told.last}, was {told.first} ({GAIN[told.shift]})"


def _ends(course: Trend) -> tuple[str, str]:
    return day_words(course.weeks[0].first_day), day_words(course.weeks[-1].first_day)


# --- what was done -----------------------------------------------------------------------------------------------


def done_blocks(facts: Consultation, catalog: Catalog) -> Iterator[Block]:
    """Sessions, walks, harder steps, and longer pauses with their reasons."""
    course = facts.trend
    yield Say(_sessions(course))
    walking = course.walking
    if walking.walks:
        yield Say(f"Walks: {_minutes(walking.minutes)} on {_days(walking.days)}.")
    else:
        yield Say("Walks: none noted.")
    if course.climbed:
        climbed = [
            f"{_name(climb.from_exercise, catalog)} to {_name(climb.to_exercise, catalog)} ({day_words(climb.day)})"
            for climb in course.climbed[-MOST_CLIMBS:]
        ]
        of = f"the last of {len(course.climbed)}: " if len(course.climbed) > MOST_CLIMBS else ""
        yield Say(f"Harder steps reached: {of}{'; '.join(climbed)}.")
    if course.pauses:
        yield Say(f"Pauses of 8 days or more: {'; '.join(map(_pause, course.pauses[-MOST_PAUSES:]))}.")


def _sessions(course: Trend) -> str:
    told = course.sessions
    if not told.given:
        return "Sessions: none in these days."
    counts = ((told.done, "done"), (told.partly, "partly done"), (told.stopped, "stopped"))
    said = [f"{count} {word}" for count, word in counts if count] or ["none reported"]
    unknown = f"; how long {told.unmeasured} of them took is not known" if told.unmeasured else ""
    return (
        f"Sessions: {', '.join(said)} of {told.given} given, on {told.days} of {course.days} days; "
        f"{_minutes(told.minutes)}{unknown}."
    )


def _pause(pause: Pause) -> str:
    begun = day_words(pause.begun)
    when = f"{begun} to {day_words(pause.ended)}" if pause.ended else f"since {begun}"
    why = ", ".join(WHY.get(word, one_line(word)) for word in pause.why)
    return f"{when}{f' ({why})' if why else ''}"


def _name(exercise: str, catalog: Catalog) -> str:
    return one_line(name_of(exercise, catalog))


def _minutes(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def day_words(day: str) -> str:
    """``2 Mar 2026``: short, and no doubt which is the month."""
    _, number, month, year = say_day(date.fromisoformat(day), _OTHER_YEAR).split()
    return f"{number} {month[:_SHORT]} {year}"
