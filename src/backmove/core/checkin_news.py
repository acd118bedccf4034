"""What follows a check-in: how each answer compares with the last one, and the few words after it (R-P4, rulings 1.18).

What a person can do again comes first, pain last. A difference below a real change is "about the same". Nothing here
locks, adds up or names a score.
"""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Final

from msgspec import Struct

from backmove.core.checkin import BEST_HIGH, FLAGS, WEEKLY, YELLOW, CheckinQuestions, is_poor
from backmove.core.course_figures import CheckinFigures
from backmove.core.diary import Diary
from backmove.core.notice import Notice
from backmove.core.record import Checkin

TIPS_MAX: Final = 2
"""More advice than this at once helps nobody; beside a low mood there is none."""
CARE: Final = frozenset({"mood", "crisis"})
"""What must not be overlooked, whatever else is said."""
PAIN: Final = "pain"

MOOD: Final = (
    "You have felt low. That is common with pain, and it can be helped. "
    "Tell your doctor, or someone you trust. {support}"
)
CRISIS: Final = (
    "If you think of ending your life, call {number} now, or go to an emergency department. "
    "You do not have to carry this alone."
)
SUPPORT: Final = "Somebody to talk to: {line}."
NO_SUPPORT: Final = "There may be a helpline in your country, too."
SEVERAL: Final = (
    "Several things are hard for you at once. A physio or a doctor can help with that; ask for a visit."
)


class Shift(StrEnum):
    """How an answer compares with the one before it."""

    BETTER = "better"
    SAME = "same"
    HARDER = "harder"


class Line(Struct, frozen=True):
    """One answer: its item (an activity stands for itself), what it is called, and the score before it, if any."""

    item: str
    name: str
    now: int
    before: int | None = None
    shift: Shift | None = None


def lines_of(
    checkin: Checkin, diary: Diary, questions: CheckinQuestions, real_change: int
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The answers as (own activities, all others), each with the last one given before.

    What is done better comes first, pain last. ``diary`` may hold ``checkin`` itself already.
    """
    earlier = _before(checkin, diary)
    activities = [
        _line(words, words, now, [c.activities.get(words) for c in earlier], real_change, best_high=True)
        for words, now in checkin.activities.items()
    ]
    order = (*(item for item in (*WEEKLY, *FLAGS) if item != PAIN), PAIN)
    told: dict[str, int] = {item: now for item in order if (now := getattr(checkin, item)) is not None}
    week = [
        _line(
            item,
            questions.scale(item).name,
            now,
            [getattr(c, item) for c in earlier],
            real_change,
            best_high=item in BEST_HIGH,
        )
        for item, now in told.items()
    ]
    return tuple(sorted(activities, key=lambda line: line.shift is not Shift.BETTER)), tuple(week)


def _before(checkin: Checkin, diary: Diary) -> list[Checkin]:
    """The check-ins written before this one, the newest first."""
    ids = [c.id for c in diary.checkins]
    end = ids.index(checkin.id) if checkin.id in ids else len(ids)
    return list(reversed(diary.checkins[:end]))


def _line(
    item: str, name: str, now: int, before: list[int | None], real_change: int, *, best_high: bool
) -> Line:
    last = next((score for score in before if score is not None), None)
    if last is None:
        return Line(item, name, now)
    gain = now - last if best_high else last - now
    shift = Shift.BETTER if gain >= real_change else Shift.HARDER if gain <= -real_change else Shift.SAME
    return Line(item, name, now, last, shift)


def notices_of(
    checkin: Checkin,
    questions: CheckinQuestions,
    figures: CheckinFigures,
    *,
    number: Callable[[], str],
    support: Callable[[], str],
) -> tuple[Notice, ...]:
    """What to say after it. ``number``: the emergency number; ``support``: a helpline of the region, or nothing."""
    found: list[Notice] = []
    if is_poor("mood", checkin.mood, figures):
        line = support()
        words = SUPPORT.format(line=line) if line else NO_SUPPORT
        found.append(Notice("mood", MOOD.format(support=words)))
        found.append(Notice("crisis", CRISIS.format(number=number())))
    poor = [item for item in YELLOW if is_poor(item, getattr(checkin, item), figures)]
    if len(poor) >= figures.poor_items.value:
        found.append(Notice("see-physio", SEVERAL))
    tips = [] if CARE & {notice.code for notice in found} else list(_tips(poor, questions))[:TIPS_MAX]
    return (*found, *tips)


def _tips(poor: list[str], questions: CheckinQuestions) -> Iterator[Notice]:
    for item in poor:
        tip = questions.scale(item).tip
        if tip:
            yield Notice(f"tip-{item}", tip)
