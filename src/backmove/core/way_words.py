"""Lines beside a session about ways of moving and trust: what helps, what rests, what comes back, and once the offer to
find out."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Final

from backmove.core.checkin import confidence_of
from backmove.core.clearance import Standing
from backmove.core.days import days_between
from backmove.core.diary import Diary
from backmove.core.exercise import Stage
from backmove.core.further import Way
from backmove.core.helpful_direction import ways_of
from backmove.core.notice import Notice
from backmove.core.parameters import Parameters
from backmove.core.record import Session
from backmove.core.when import say_day
from backmove.core.zone import episode_start

WAY_WORDS: Final = {Way.FLEXION: "bending forward", Way.EXTENSION: "arching back"}
OFFER: Final = Notice(
    "try-directions",
    "If you like, find out whether bending or arching eases your back. It takes two minutes: backmove direction",
)
UNSURE: Final = Notice(
    "few-exercises",
    "A few exercises are enough while you find your trust. Begin small; stop each one while it still feels all right.",
)
_EARLY: Final = (Stage.ACUTE, Stage.SUBACUTE)


def about_ways(
    diary: Diary, today: str, stage: Stage, standing: Standing, parameters: Parameters
) -> Iterator[Notice]:
    """The lines of a day. ``diary``: the records before today's first session."""
    ways = ways_of(diary, today, parameters)
    if ways.blocked and ways.blocked_until:
        verb = "rest" if len(ways.blocked) > 1 else "rests"
        until = say_day(date.fromisoformat(ways.blocked_until), date.fromisoformat(today))
        why = "because pain went further down your leg"
        yield Notice(
            "way-rests", f"{big(names_of(ways.blocked))} {verb} until {until}, {why}. All else goes on."
        )
    back = ways.easy_only - ways.blocked
    if back:
        yield Notice("way-back", f"{big(names_of(back))} may come back now, the easiest form first.")
    days = days_between(ways.since, today) if ways.since else 0
    if ways.helps is not None and days <= parameters.direction.dropped_days.value:
        yield Notice("direction-helps", repeats(ways.helps, parameters))
    if is_offered(diary, today, stage, standing):
        yield OFFER
    confidence = confidence_of(diary)
    if confidence is not None and confidence < parameters.learn.confidence_low.value:
        yield UNSURE


def is_offered(diary: Diary, today: str, stage: Stage, standing: Standing) -> bool:
    """Whether the self-test is offered: in the first twelve weeks or with leg symptoms, with the first session after
    the safety questions, unless it was done in this spell (J1)."""
    last = diary.full_triage
    if last is None or not standing.open or standing.gentle:
        return False
    legs = last.leg_signs or any(tag.startswith("leg-") for tag in standing.tags)
    tried = any(test.day >= (episode_start(diary) or "") for test in diary.directions)
    begun = any(isinstance(record, Session) and record.day < today for record in diary.since_triage)
    return (stage in _EARLY or legs) and not tried and not begun


def repeats(way: Way, parameters: Parameters) -> str:
    """How often to do what helps (J2)."""
    figures = parameters.direction
    return (
        f"{big(WAY_WORDS[way])} seems to ease it. Do up to {figures.repeats.value} every 2 to 3 hours while you are "
        f"awake, for 3 to {figures.dropped_days.value} days. Stop if pain goes further down your leg."
    )


def names_of(ways: Collection[Way]) -> str:
    """Ways in words, bending first."""
    return " and ".join(WAY_WORDS[way] for way in Way if way in ways)


def big(text: str) -> str:
    """With a capital at the beginning."""
    return text[0].upper() + text[1:]
