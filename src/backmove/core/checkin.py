"""The weekly look back (R-P2, triage.md c): its questions, when it is due, what was said, and what follows.

Never a lock, no sum, no score with a name. All items are 0-10, everything may be left out, and ``None`` means "not
said". Days are ISO dates. The questions are our own words; no published questionnaire is copied (R-P3).
"""

from collections.abc import Callable, Mapping
from datetime import date
from itertools import islice
from typing import Annotated, Any, Final, Literal

from msgspec import Meta, Struct, field

from backmove.core.course_figures import CheckinFigures
from backmove.core.days import days_after, days_between, monday_of
from backmove.core.diary import Diary
from backmove.core.record import AnyRecord, Checkin
from backmove.core.record import Profile as ProfileChange
from backmove.core.typed import text, unknown_words
from backmove.errors import UsageProblem

Weekly = Literal["pain", "enjoyment", "activity", "confidence", "sleep"]
NowAndThen = Literal["fear", "mood", "tension", "outlook", "bother"]
WEEKLY: Final = ("pain", "enjoyment", "activity", "confidence", "sleep")
FLAGS: Final = ("fear", "mood", "tension", "outlook", "bother")
"""What can slow recovery down, asked now and then (triage.md c, Y2-Y5 and Y7)."""
YELLOW: Final = ("confidence", "sleep", *FLAGS)
"""All seven of triage.md c."""
BEST_HIGH: Final = ("confidence", "sleep")
"""Here 10 is best; elsewhere 10 is worst."""
ACTIVITIES_MAX: Final = 3
NAME_MAX: Final = 80
"""Letters of an activity."""
_ALLOWED: Final = ("activities", *WEEKLY, *FLAGS, "note")
_SUNDAY: Final = 6


class Scale(Struct, frozen=True):
    """A question answered from 0 to 10. ``name``: what the answer is called later; ``tip``: a line for a poor one."""

    title: str
    ask: str
    why: str
    low: str
    high: str
    name: str = ""
    tip: str = ""


class Naming(Struct, frozen=True):
    """The question for activities in one's own words."""

    title: str
    ask: str
    more: str
    why: str


class CheckinQuestions(Struct, frozen=True):
    """All of ``data/checkin.yaml``."""

    schema_version: int
    naming: Naming
    activity: Scale
    weekly: Annotated[Mapping[Weekly, Scale], Meta(min_length=5, max_length=5)]
    now_and_then: Annotated[Mapping[NowAndThen, Scale], Meta(min_length=5)]

    def scale(self, item: str) -> Scale:
        """The question of an item of ``WEEKLY`` or ``FLAGS``."""
        every = (*self.weekly.items(), *self.now_and_then.items())
        return next(scale for name, scale in every if name == item)


class Said(Struct, frozen=True):
    """What was answered. ``scores``: by item of ``WEEKLY`` and ``FLAGS``; what was left out is no key.

    ``named``: activities that the profile does not have yet, with or without a number.
    """

    activities: Mapping[str, int] = field(default_factory=dict)
    scores: Mapping[str, int] = field(default_factory=dict)
    note: str = ""
    named: tuple[str, ...] = ()


# --- when -------------------------------------------------------------------------------------------------


def is_due(diary: Diary, today: str, figures: CheckinFigures) -> bool:
    """Whether a week has passed since the last one."""
    last = max((c.day for c in diary.checkins), default=None)
    return last is None or days_between(last, today) >= figures.every.value


def is_day_for_it(diary: Diary, today: str) -> bool:
    """Sunday, or the day of the week's first session; never before a session was done."""
    done = {d.day for d in diary.dones}
    if not any(day < today for day in done):
        return False
    if date.fromisoformat(today).weekday() == _SUNDAY:
        return True
    return diary.session_on(today) is not None and not any(monday_of(today) <= day < today for day in done)


def flags_due(diary: Diary, today: str, figures: CheckinFigures) -> bool:
    """Whether the further questions are asked, too: the first time, then every so many days, answered or not."""
    asked: str | None = None
    for checkin in sorted(diary.checkins, key=lambda c: c.day):
        told = any(getattr(checkin, item) is not None for item in FLAGS)
        if asked is None or told or days_between(asked, checkin.day) >= figures.flags_every.value:
            asked = checkin.day
    return asked is None or days_between(asked, today) >= figures.flags_every.value


def next_day(today: str, figures: CheckinFigures) -> str:
    """The first Sunday that is a week or more away."""
    day = days_after(today, figures.every.value)
    return days_after(day, (_SUNDAY - date.fromisoformat(day).weekday()) % 7)


def ask_once(diary: Diary, today: str) -> None:
    """Raises UsageProblem when there was a check-in today: nothing is asked twice in a day (R-P5)."""
    if any(c.day == today for c in diary.checkins):
        raise UsageProblem(
            "you looked back on this week today already, so it is not asked again.",
            hint="To answer anew, take it back first:  backmove undo",
            code="asked-today",
        )


# --- what was said ----------------------------------------------------------------------------------------


def read_answers(document: Any, activities: tuple[str, ...]) -> Said:
    """The answer file. ``activities``: those of the profile; with none there, up to three new ones are taken.

    Raises UsageProblem with all that is wrong at once, and with the list of what is allowed.
    """
    if not isinstance(document, dict):
        raise UsageProblem('the answers must be one JSON object: {"pain": 3, "sleep": 6}.')
    wrong = unknown_words(document, _ALLOWED)
    scores = {key: document[key] for key in (*WEEKLY, *FLAGS) if document.get(key) is not None}
    wrong += [f"{key}: must be a whole number from 0 to 10." for key, v in scores.items() if not _is_score(v)]
    named, faults = _read_activities(document.get("activities"), activities)
    note = document.get("note", "")
    if not isinstance(note, str):
        wrong.append("note: must be text.")
    if wrong + faults:
        raise UsageProblem(" ".join(wrong + faults))
    said = Said(named, scores, text(note), () if activities else tuple(named))
    if said == Said():
        raise UsageProblem("the answers hold nothing to write down.", hint=f"Allowed: {', '.join(_ALLOWED)}.")
    return said


def _read_activities(given: Any, own: tuple[str, ...]) -> tuple[dict[str, int], list[str]]:
    """The activities by the names of the profile, and what is wrong with them."""
    if given is None:
        return {}, []
    if not isinstance(given, dict):
        return {}, ['activities: must be an object such as {"lift the shopping": 4}.']
    known = {name.casefold(): name for name in own}
    found: dict[str, int] = {}
    wrong: list[str] = []
    for typed, score in islice(given.items(), 20):  # more than enough of those that are too many
        name = known.get(text(typed).casefold(), text(typed))
        if own and name not in own:
            wrong += [f"activities: {one}" for one in unknown_words([name], own)]
        elif not 0 < len(name) <= NAME_MAX or name in found:
            wrong.append(
                f"activities: {typed[:NAME_MAX]!r} must be one name of up to {NAME_MAX} letters, once."
            )
        elif not _is_score(score):
            wrong.append(f"activities: {name!r} must be a whole number from 0 to 10.")
        else:
            found[name] = score
    if len(given) > ACTIVITIES_MAX:
        wrong.append(f"activities: at most {ACTIVITIES_MAX}.")
    return found, wrong


def _is_score(value: Any) -> bool:
    return type(value) is int and 0 <= value <= 10


def records_of(said: Said, stamp: Callable[[], dict[str, Any]]) -> tuple[ProfileChange | Checkin, ...]:
    """The records to write: new activities for the profile, then the check-in, if there is anything in it.

    ``stamp`` gives what a record begins with, and ties the two together.
    """
    records: list[ProfileChange | Checkin] = []
    if said.named:
        records.append(ProfileChange(**stamp(), set={"activities": list(said.named)}))
    if said.activities or said.scores or said.note:
        own: dict[str, Any] = {"activities": dict(said.activities), "note": said.note, **said.scores}
        records.append(Checkin(**stamp(), **own))
    return tuple(records)


# --- what the plan reads ----------------------------------------------------------------------------------


def confidence_of(diary: Diary) -> int | None:
    """The confidence that was told last, in a check-in or in the profile; None when it was never told (O5)."""
    told = diary.once("confidence", lambda: _confidence_told(diary))
    return told[-1][1] if told else None


def unsure_since(diary: Diary, low: int) -> str | None:
    """The day since which every confidence told is below ``low``; None when the last is not."""
    since: str | None = None
    for day, score in reversed(_confidence_told(diary)):
        if score is None or score >= low:
            break
        since = day
    return since


def low_mood_since(diary: Diary, figures: CheckinFigures) -> str | None:
    """The day of the last answer about mood, when it was a low one."""
    last = next((c for c in reversed(diary.checkins) if c.mood is not None), None)
    return last.day if last is not None and is_poor("mood", last.mood, figures) else None


def is_poor(item: str, score: int | None, figures: CheckinFigures) -> bool:
    """Whether an answer stands at the poor end of its scale; what was not said is not."""
    if score is None:
        return False
    return (10 - score if item in BEST_HIGH else score) >= figures.poor.value


def _confidence_told(diary: Diary) -> list[tuple[str, int | None]]:
    """Every word about confidence in the order of the file: its day (empty when it is not known) and the score."""
    told = [word for record in diary.entries if (word := _confidence_in(record))]
    in_profile = any(type(r) is ProfileChange and _confidence_in(r) for r in diary.entries)
    if not in_profile and diary.profile.confidence is not None:
        told.insert(0, ("", diary.profile.confidence))
    return told


def _confidence_in(record: AnyRecord) -> tuple[str, int | None] | None:
    """The day and the score, when a record tells of confidence; a score of None is a word taken back."""
    if type(record) is Checkin:
        return (record.day, record.confidence) if record.confidence is not None else None
    if type(record) is ProfileChange and ("confidence" in record.set or "confidence" in record.unset):
        return record.day, record.set.get("confidence")
    return None
