"""The lines beside a session: what was left out or cut short and why, what else is on offer, when to see
someone.

Soft ones only: the session is given all the same (A15). No line blames.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from backmove.core.barriers import barrier_notice, review_due
from backmove.core.clearance import Standing
from backmove.core.day import Day
from backmove.core.days import days_after, days_between, monday_of
from backmove.core.diary import Diary
from backmove.core.exercise import Catalog, Feature, Stage
from backmove.core.flare import Phase
from backmove.core.flare_plan import is_written, plan_words
from backmove.core.history import History
from backmove.core.maintenance import maintained_since, week_due
from backmove.core.missed import gap_of, welcome
from backmove.core.notice import Notice
from backmove.core.parameters import Parameters
from backmove.core.plan import Plan
from backmove.core.way_words import about_ways
from backmove.core.zone import Mode, Zone

NO_OTHER: Final = Notice(
    "no-other", "There is no other form of this session that fits today, so it stays as it is."
)
ALREADY_DONE: Final = Notice("already-done", "Today's session is done. Here it is again, to look at.")

_MODES: Final[Mapping[Mode, Notice]] = {
    Mode.GENTLE: Notice("gentle", "A gentle session: easy range, no load. Stay inside what feels all right."),
    Mode.FLARE: Notice(
        "flare",
        "A short relief session for a flare-up. Up to three of them a day are fine. "
        "Make what you had planned shorter; you need not drop it.",
    ),
    Mode.RELIEF: Notice("relief", "Another short relief session. Up to three a day are fine."),
}
_CUTS: Final[Mapping[str, str]] = {
    "red": "On a sore day short sessions are enough, so this one ends after {minutes} minutes.",
    "acute": "In the first weeks short sessions are enough, so this one ends after {minutes} minutes.",
    "amber": "With a bit more pain than usual {minutes} minutes are enough today.",
    "first": "The first sessions stay at {minutes} minutes at most, so that they feel easy.",
    "gap": "After some time away {minutes} minutes are enough for a start.",
}
_COMING_BACK: Final = (
    Notice(
        "flare-over", "Your flare-up has calmed down. Today begins a bit lower; the rest comes back soon."
    ),
    Notice("flare-over", "Your former exercises are back, with fewer repeats. The rest comes next time."),
)
"""By the number of main sessions done since a flare-up (E3)."""
_EASING: Final = Notice("flare-easing", "Your flare-up is easing. A lighter session today, and no hurry.")
_REVIEW: Final = Notice(
    "flare-review",
    "A week into this flare-up short and easy still counts. Is it over? Say so: backmove log --no-flare",
)
_WRITE_PLAN: Final = Notice(
    "write-flare-plan",
    "Flare-ups come and go. Note now what helps you then; it takes two minutes: backmove profile flare-plan",
)
_PLAN_WALKS: Final = Notice(
    "plan-walks", "When and where will you walk this week? A set day and place make it easier."
)
_LIGHT_TOUCH: Final = Notice(
    "light-touch",
    "Half a year with little pain. If you like, your walks and a look back once a week are enough from now on. "
    "Sessions stay here for you.",
)


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
        *_about_coming_back(day, diary, parameters),
        *_about_mode(day, forbids),
        *_about_flare_ups(day, diary, history, parameters),
        *_about_staying_well(day, diary, parameters),
        *_about_precautions(catalog, standing),
        *about_ways(diary, day.today, day.stage, standing, parameters),
        *_about_time(day, plan, parameters),
        *_about_the_week(day, history, parameters),
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
    if (
        day.flare is not None
        and day.flare.on
        and days_between(day.flare.begun, day.today) >= parameters.notice.flare_days.value
    ):
        yield Notice(
            "see-physio",
            "This flare-up has lasted two weeks: a physio or doctor could have a look. "
            "If it is over, say so: backmove log --no-flare",
        )


def _about_coming_back(day: Day, diary: Diary, parameters: Parameters) -> Iterator[Notice]:
    """A welcome after some days, and what may have been in the way."""
    easy = day.mode is not Mode.NORMAL or day.zone is not Zone.GREEN
    hello = welcome(gap_of(day.away, parameters.gap), easy=easy)
    if hello is not None and (day.away or 0) > _days_apart(day.days_per_week):
        yield hello
    barrier = barrier_notice(day, diary, parameters)
    if barrier is not None:
        yield barrier


def _days_apart(planned: int) -> int:
    """The longest time between two sessions that so many days a week ask for: nobody was away by then."""
    return -(-7 // planned)


def _about_flare_ups(day: Day, diary: Diary, history: History, parameters: Parameters) -> Iterator[Notice]:
    """What the day of a flare-up is for, the person's own plan, and the offer to write one beforehand (E3-E8)."""
    flare, plan = day.flare, plan_words(diary.profile)
    on = day.mode is Mode.FLARE or (flare is not None and flare.on)
    if flare is not None and flare.phase is Phase.AMBER:
        yield _EASING
    if flare is not None and flare.phase is Phase.BACK:
        yield _COMING_BACK[flare.back]
    if review_due(day, diary, parameters):
        yield _REVIEW
    if on and plan:
        yield Notice("flare-plan", plan)
    just_over = flare is not None and flare.phase is Phase.BACK and flare.back == 0
    learnt = history.sessions == parameters.flare.plan_after.value
    if (just_over or (learnt and not on)) and not is_written(diary.profile):
        yield _WRITE_PLAN


def _about_staying_well(day: Day, diary: Diary, parameters: Parameters) -> Iterator[Notice]:
    """In set weeks: plan your walks; and after half a year, that less is enough (N3, N4)."""
    since = maintained_since(diary, day.today, day.episode_start, parameters)
    if day.stage is not Stage.MAINTENANCE or since is None:
        return
    given = {session.day for session in diary.sessions}
    if week_due(parameters.maintenance_weeks.planning, since, day.today, given) is not None:
        yield _PLAN_WALKS
    if week_due((parameters.maintenance.light_after.value,), since, day.today, given) is not None:
        yield _LIGHT_TOUCH


def _about_mode(day: Day, forbids: frozenset[Feature]) -> Iterator[Notice]:
    if day.mode in _MODES:
        yield _MODES[day.mode]
    if day.stage is Stage.ACUTE:
        text = (
            "Most spells ease. Keep moving in small parts; this short round can come up to three times a day."
        )
        yield Notice("keep-moving", text)
    if day.pain and (day.stage is Stage.ACUTE or day.zone is Zone.RED) and Feature.HEAT not in forbids:
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


def _about_the_week(day: Day, history: History, parameters: Parameters) -> Iterator[Notice]:
    if day.stage is Stage.ACUTE or day.zone is Zone.RED:
        return
    if is_rest_day(history.days, day.today, day.days_per_week, parameters):
        text = "Today is a rest day in your plan. A walk or a rest is fine; here is a session if you like."
        yield Notice("rest-day", text)


def is_rest_day(days: Sequence[str], today: str, planned: int, parameters: Parameters) -> bool:
    """The week's planned days are done, or six days in a row were (H5). ``days``: done days before today,
    sorted."""
    monday = monday_of(today)
    row = parameters.week.days_in_a_row.value
    in_a_row = all(days_after(today, -back) in days for back in range(1, row + 1))
    return in_a_row or bisect_left(days, today) - bisect_left(days, monday) >= planned


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
