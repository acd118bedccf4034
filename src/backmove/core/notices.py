"""The lines beside a session: what was left out or cut short and why, what else is on offer, when to see
someone.

Soft ones only: the session is given all the same (A15). No line blames.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from backmove.core.clearance import Standing
from backmove.core.day import Day
from backmove.core.days import days_after, days_between, monday_of
from backmove.core.diary import Diary
from backmove.core.exercise import Catalog, Feature, Stage
from backmove.core.history import History
from backmove.core.notice import Notice
from backmove.core.parameters import Parameters
from backmove.core.plan import Plan
from backmove.core.zone import Mode, Zone, flare_on

NO_OTHER: Final = Notice(
    "no-other", "There is no other form of this session that fits today, so it stays as it is."
)
ALREADY_DONE: Final = Notice("already-done", "Today's session is done. Here it is again, to look at.")

_MODES: Final[Mapping[Mode, Notice]] = {
    Mode.GENTLE: Notice("gentle", "A gentle session: easy range, no load. Stay inside what feels all right."),
    Mode.FLARE: Notice("flare", "A short relief session for a flare-up. Up to three of them a day are fine."),
    Mode.RELIEF: Notice("relief", "Another short relief session. Up to three a day are fine."),
}
_CUTS: Final[Mapping[str, str]] = {
    "red": "On a sore day short sessions are enough, so this one ends after {minutes} minutes.",
    "acute": "In the first weeks short sessions are enough, so this one ends after {minutes} minutes.",
    "amber": "With a bit more pain than usual {minutes} minutes are enough today.",
    "first": "The first sessions stay at {minutes} minutes at most, so that they feel easy.",
}


def notices_of(
    day: Day,
    plan: Plan,
    forbids: frozenset[Feature],
    catalog: Catalog,
    diary: Diary,
    standing: Standing,
    history: History,
    parameters: Parameters,
) -> tuple[Notice, ...]:
    """All lines of a day, the more important first."""
    return (
        *_about_contacts(day, diary, standing, parameters),
        *_about_mode(day, forbids),
        *_about_precautions(catalog, standing),
        *_about_time(day, plan, parameters),
        *_about_the_week(day, diary, history, parameters),
    )


def _about_contacts(day: Day, diary: Diary, standing: Standing, parameters: Parameters) -> Iterator[Notice]:
    if standing.book_by is not None:
        yield Notice(
            "book-by", f"Book a doctor, nurse or physio by {standing.book_by}, as your answers advised."
        )
    age = days_between(day.episode_start, day.today) if day.episode_start else 0
    if day.stage is Stage.ACUTE and age >= parameters.notice.acute_days.value:
        if not _eased(day, diary, parameters):
            yield Notice(
                "see-physio", "Two weeks without a real change: a physio or doctor could have a look."
            )
    elif day.stage is Stage.SUBACUTE and _pain_most_days(day, diary, standing, parameters):
        yield Notice("see-physio", "Pain on most days for six weeks: a physio or doctor could have a look.")
    begun = _flare_begun(diary)
    if begun and days_between(begun, day.today) >= parameters.notice.flare_days.value:
        yield Notice(
            "see-physio", "This flare-up has lasted two weeks: a physio or doctor could have a look."
        )


def _about_mode(day: Day, forbids: frozenset[Feature]) -> Iterator[Notice]:
    if day.mode in _MODES:
        yield _MODES[day.mode]
    if day.stage is Stage.ACUTE:
        text = (
            "Most spells ease. Keep moving in small parts; this short round can come up to three times a day."
        )
        yield Notice("keep-moving", text)
    if (day.stage is Stage.ACUTE or day.zone is Zone.RED) and Feature.HEAT not in forbids:
        yield Notice("heat", "A warm pack for 15 minutes may feel good. Then move a little.")


def _about_precautions(catalog: Catalog, standing: Standing) -> Iterator[Notice]:
    labels = [p.label for tag, p in catalog.precautions.items() if tag in standing.tags]
    if labels:
        yield Notice("left-out", f"Some moves are left out because you told us: {'; '.join(labels)}.")
    if standing.careful:
        yield Notice(
            "careful", "Your answers ask for care, so the exercises stay at the easier levels for now."
        )


def _about_time(day: Day, plan: Plan, parameters: Parameters) -> Iterator[Notice]:
    if day.cut is not None:
        yield Notice("shorter", _CUTS[day.cut].format(minutes=day.effective))
    if plan.estimated_s * 100 < day.effective * 60 * parameters.blocks.full_share.value:
        yield Notice(
            "enough-for-today", "This is enough for today. A little and often does more than a lot at once."
        )


def _about_the_week(day: Day, diary: Diary, history: History, parameters: Parameters) -> Iterator[Notice]:
    if day.stage is Stage.ACUTE or day.zone is Zone.RED:
        return
    if is_rest_day(history.days, day.today, diary.profile.days_per_week, parameters):
        text = "Today is a rest day in your plan. A walk or a rest is fine; here is a session if you like."
        yield Notice("rest-day", text)


def is_rest_day(days: Sequence[str], today: str, planned: int, parameters: Parameters) -> bool:
    """The week's planned days are done, or six days in a row were (H5). ``days``: done days before today,
    sorted."""
    monday = monday_of(today)
    row = parameters.week.days_in_a_row.value
    in_a_row = all(days_after(today, -back) in days for back in range(1, row + 1))
    return in_a_row or sum(monday <= day < today for day in days) >= planned


def _eased(day: Day, diary: Diary, parameters: Parameters) -> bool:
    """Whether pain fell by a real change since the spell began."""
    told = [t for t in diary.triages if t.pain_now is not None and t.day >= (day.episode_start or "")]
    first = told[0].pain_now if told else None
    if first is None:
        return True
    change = parameters.notice
    need = min(change.real_change.value, first * change.real_change_share.value / 100)
    return first - day.pain >= need


def _pain_most_days(day: Day, diary: Diary, standing: Standing, parameters: Parameters) -> bool:
    last = diary.full_triage
    if last is not None and last.assessed:
        return False
    since = days_after(day.today, -parameters.usual.days.value)
    recent = [s.pain >= parameters.notice.most_days_pain.value for s in diary.sessions if s.day >= since]
    return len(recent) >= parameters.usual.entries_min.value and 2 * sum(recent) > len(recent)


def _flare_begun(diary: Diary) -> str | None:
    """The day on which the flare-up began that is still on."""
    if not flare_on(diary):
        return None
    begun = diary.flares[-1].day
    for flare in reversed(diary.flares):
        if not flare.on:
            break
        begun = flare.day
    return begun
