"""The facts of a page for a consultation, from the records alone (peers: the output for the doctor is the neglected
half). Most important first; nothing is judged here that the rest of the program has not judged already.

Days are ISO dates, both ends of the period included. Words that a person wrote are as they were written.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from backmove.core.clearance import Standing
from backmove.core.consultation_hurt import Hurt, hurts_of
from backmove.core.consultation_rows import Exercises, exercises_of, name_of
from backmove.core.consultation_signs import WarningSigns, warning_signs
from backmove.core.days import days_after, days_between, monday_of
from backmove.core.diary import Diary
from backmove.core.exercise import Catalog
from backmove.core.left_out import word_on
from backmove.core.questionnaire import Questionnaire
from backmove.core.record import RULES_VERSION, kind_of
from backmove.core.trend import Trend, trend
from backmove.core.zone import episode_start
from backmove.errors import UsageProblem

PERIOD_DAYS: Final = 84
"""Twelve weeks, when nothing else is asked for."""


class Period(Struct, frozen=True):
    """The days that the page covers, both included."""

    first: str
    last: str

    @property
    def days(self) -> int:
        return days_between(self.first, self.last) + 1


class Wishes(Struct, frozen=True):
    """What the person wants on the page. ``name``: none unless given. ``questions``: what they want to ask.
    ``notes``: their notes and reasons, too."""

    name: str = ""
    questions: tuple[str, ...] = ()
    notes: bool = False


class Who(Struct, frozen=True):
    """Only what was recorded. ``age`` in years, as told on ``age_told``; ``sex`` f, m or other. ``spell_began``: the
    first day of this spell of pain."""

    name: str
    age: int | None
    age_told: str | None
    age_band: str | None
    sex: str | None
    spell_began: str | None


class LeftOut(Struct, frozen=True):
    """An exercise that the person leaves out; the reason only when notes are wanted."""

    exercise: str
    name: str
    day: str
    because: str = ""


class Note(Struct, frozen=True):
    """A note, whole. ``kind`` is the kind of the entry."""

    day: str
    kind: str
    text: str


class Versions(Struct, frozen=True):
    """What the page was made with."""

    program: str
    rules: str


class WeekScore(Struct, frozen=True):
    """What was said of an activity in the week of that Monday, 0-10: the last word counts. None: nothing was said."""

    monday: str
    score: int | None
    count: int


class Consultation(Struct, frozen=True):
    """Everything the page says. ``precautions``: their labels. ``trend``: what was done, own activities, pain and
    flare-ups. ``activity_weeks``: for each activity of the trend a score for each week of the period. ``flares_said``:
    days on which the person said that a flare-up began."""

    made_on: str
    period: Period
    who: Who
    questions: tuple[str, ...]
    signs: WarningSigns
    precautions: tuple[str, ...]
    trend: Trend
    activity_weeks: Mapping[str, tuple[WeekScore, ...]]
    exercises: Exercises
    hurts: tuple[Hurt, ...]
    flares_said: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[Note, ...]
    versions: Versions


def period_of(diary: Diary, today: str, first: str | None, last: str | None) -> Period:
    """The days that were asked for; else the last twelve weeks, or all days since the first entry when that is less.

    Raises UsageProblem when the period ends before it begins, or begins after today.
    """
    end = min(last or today, today)
    begun = diary.first_day or end
    start = first or min(end, max(begun, days_after(end, 1 - PERIOD_DAYS)))
    if start > end:
        raise UsageProblem(f"there is no day from {start} to {end}.", hint="Look:  backmove report --help")
    return Period(start, end)


def consultation(
    diary: Diary,
    catalog: Catalog,
    q: Questionnaire,
    standing: Standing,
    period: Period,
    wishes: Wishes,
    *,
    today: str,
    program: str,
) -> Consultation:
    """The facts. ``standing``: what holds today; ``program``: its version."""
    first, last = period.first, period.last
    course = trend(diary, first, last, today=today)
    labels = [catalog.precautions[t].label if t in catalog.precautions else t for t in sorted(standing.tags)]
    return Consultation(
        made_on=today,
        period=period,
        who=_who(diary, wishes.name),
        questions=wishes.questions,
        signs=warning_signs(diary, q, standing, first, last),
        precautions=tuple(labels),
        trend=course,
        activity_weeks={told.item: _weeks(diary, told.item, course) for told in course.activities},
        exercises=exercises_of(diary, catalog, first, last),
        hurts=hurts_of(diary, first, last),
        flares_said=tuple(f.day for f in diary.flares if f.on and f.day <= last),
        left_out=_left_out(diary, catalog, reasons=wishes.notes),
        notes=_notes(diary, period) if wishes.notes else (),
        versions=Versions(program, RULES_VERSION),
    )


def _who(diary: Diary, name: str) -> Who:
    aged = next((run for run in reversed(diary.triages) if run.age is not None), None)
    sex = next((run.sex for run in reversed(diary.triages) if run.sex is not None), None)
    return Who(
        name=name,
        age=aged.age if aged else None,
        age_told=aged.day if aged else None,
        age_band=diary.profile.age_band,
        sex=sex,
        spell_began=episode_start(diary),
    )


def _left_out(diary: Diary, catalog: Catalog, *, reasons: bool) -> tuple[LeftOut, ...]:
    words = [word for exercise in sorted(diary.excluded) if (word := word_on(diary, exercise)) is not None]
    return tuple(
        LeftOut(w.exercise, name_of(w.exercise, catalog), w.day, w.because if reasons else "") for w in words
    )


def _weeks(diary: Diary, activity: str, course: Trend) -> tuple[WeekScore, ...]:
    """One for each week of the trend."""
    said: dict[str, list[int]] = {}
    for checkin in sorted(diary.checkins, key=lambda c: (c.day, c.at, c.id)):
        if activity in checkin.activities and course.first_day <= checkin.day <= course.last_day:
            said.setdefault(monday_of(checkin.day), []).append(checkin.activities[activity])
    weeks = ((point.first_day, said.get(point.first_day, [])) for point in course.weeks)
    return tuple(WeekScore(monday, scores[-1] if scores else None, len(scores)) for monday, scores in weeks)


def _notes(diary: Diary, period: Period) -> tuple[Note, ...]:
    """Newest first."""
    inside = [entry for entry in diary.entries if period.first <= entry.day <= period.last]
    notes: Sequence[Note] = [
        Note(entry.day, kind_of(entry), text) for entry in inside if (text := getattr(entry, "note", ""))
    ]
    return tuple(sorted(notes, key=lambda note: note.day, reverse=True))
