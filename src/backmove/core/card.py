"""The education card of the day (R-M, rulings 5.5): one a day; what the day asks for comes before the starter
sequence, and that before the rest.

What asks for a card has a day on which it began: a flare-up, a new spell, a low mood, new kit. The card is due when
it was not shown since then. What has no such day (a bad night, a sore day) brings its card at most once in 14 days.
When nothing asks and the start is over, the card comes that was seen longest ago, or never; ties go by number.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from backmove.core.checkin import low_mood_since, unsure_since
from backmove.core.choices import Fear, Goal
from backmove.core.days import days_after, days_between
from backmove.core.diary import Diary
from backmove.core.exercise import Card, Stage
from backmove.core.parameters import Parameters
from backmove.core.profile import Job
from backmove.core.record import Profile as ProfileChange
from backmove.core.response import Response, visits_of
from backmove.core.zone import Zone

_ONCE: Final = ""
"""Before every day: the card is due only if it was never shown."""

Due = tuple[int, str]
"""The number of a card, and the day since which it must have been shown not to be due."""


class Occasion(Struct, frozen=True):
    """What the day is like, as far as cards look at it.

    ``flare_since``: the first day of a flare-up that is on. ``sessions``: done or partly done before today.
    ``main_chains``: the chains of today's main rows. ``exposure``: a step towards a feared move is among them.
    ``walks``, ``runs``: what goes with the session outside. ``pain``: today's, 0-10.
    """

    today: str
    pain: int
    zone: Zone
    stage: Stage
    episode_start: str | None
    flare_since: str | None
    sessions: int
    poor_nights: bool
    main_chains: frozenset[str]
    exposure: bool
    walks: bool
    runs: bool


def card_of(
    cards: Mapping[int, Card], diary: Diary, occasion: Occasion, parameters: Parameters
) -> int | None:
    """The number of today's card; None when there are no cards. One that was shown today stays."""
    shown = next((s.card for s in diary.sessions if s.day == occasion.today and s.card in cards), None)
    if shown is not None:
        return shown
    seen = last_seen(diary)
    for number, since in _asked_for(diary, occasion, parameters):
        if number in cards and (number not in seen or seen[number] < since):
            return number
    unseen = [n for n in parameters.cards.sequence if n in cards and n not in seen]
    if unseen:
        return unseen[0]
    fresh = [n for n in cards if seen.get(n, "") < _not_lately(occasion.today, parameters)]
    return min(fresh or cards, key=lambda n: (seen.get(n, ""), n), default=None)


def refusal_card(cards: Mapping[int, Card], parameters: Parameters) -> int | None:
    """The card beside a refusal: when to get help."""
    return parameters.cards.help if parameters.cards.help in cards else None


def last_seen(diary: Diary) -> dict[int, str]:
    """The numbers of the cards that came with a session, each with the last day."""
    return {session.card: session.day for session in diary.sessions if session.card is not None}


def _not_lately(today: str, parameters: Parameters) -> str:
    """A card that was shown before this day may come back."""
    return days_after(today, 1 - parameters.card.repeat_days.value)


def _asked_for(diary: Diary, occasion: Occasion, parameters: Parameters) -> Iterator[Due]:
    """The cards that today asks for, the most pressing first."""
    yield from _for_safety(diary, occasion, parameters)
    yield from _for_a_spell(diary, occasion, parameters)
    yield from _for_the_day(diary, occasion, parameters)
    yield from _for_what_changed(diary, occasion, parameters)
    yield from _for_firsts(diary, occasion, parameters)


def _for_safety(diary: Diary, occasion: Occasion, parameters: Parameters) -> Iterator[Due]:
    """Every four weeks when to get help; where help is after an answer of low mood."""
    weeks = parameters.card.help_days.value
    if diary.sessions and days_between(diary.sessions[0].day, occasion.today) >= weeks:
        yield parameters.cards.help, days_after(occasion.today, 1 - weeks)
    low = low_mood_since(diary, parameters.checkin)
    if low is not None:
        yield parameters.cards.mood, low


def _for_a_spell(diary: Diary, occasion: Occasion, parameters: Parameters) -> Iterator[Due]:
    """A flare-up, and once more when it lasts; a spell that came back, a new one; the very first session."""
    numbers = parameters.cards
    if occasion.flare_since is not None:
        review = days_after(occasion.flare_since, parameters.flare.review_days.value - 1)
        yield numbers.flare, review if review <= occasion.today else occasion.flare_since
    if occasion.stage is Stage.ACUTE:
        began = occasion.episode_start
        if began is not None and any(session.day < began for session in diary.sessions):
            yield numbers.flare, began
        yield numbers.outlook, began or _not_lately(occasion.today, parameters)
    if not diary.sessions:
        yield numbers.first_session, _ONCE


def _for_the_day(diary: Diary, occasion: Occasion, parameters: Parameters) -> Iterator[Due]:
    """Sore days, bad nights, missed days: at most once in 14 days."""
    numbers, lately = parameters.cards, _not_lately(occasion.today, parameters)
    if occasion.zone is Zone.RED or occasion.stage is Stage.ACUTE:
        yield numbers.heat, lately
    if occasion.zone is Zone.AMBER:
        yield numbers.hurt, _ONCE
    if occasion.poor_nights:
        yield numbers.sleep, lately
    last = max((session.day for session in diary.sessions), default=occasion.today)
    if days_between(last, occasion.today) >= parameters.card.missed_days.value:
        yield numbers.missed_days, lately


def _for_what_changed(diary: Diary, occasion: Occasion, parameters: Parameters) -> Iterator[Due]:
    """Sore muscles or legs, new kit, recovery, less confidence: each from the day it was told."""
    numbers = parameters.cards
    if occasion.stage is Stage.MAINTENANCE:
        yield numbers.staying_well, _staying_well_since(diary, occasion.today)
    limbs = [(w.day, w.limb) for w in diary.walks] + [(p.day, p.limb) for p in diary.pains]
    sore = [day for day, limb in limbs if (limb or 0) >= parameters.walk.limb.value]
    if sore:
        yield numbers.comfort, max(sore)
    if numbers.soreness not in last_seen(diary) and _was_sore(diary, occasion):
        yield numbers.soreness, _ONCE
    kit = _new_kit_since(diary)
    if kit is not None:
        yield numbers.comfort, kit
    unsure = unsure_since(diary, parameters.learn.confidence_low.value)
    if unsure is not None:
        yield numbers.confidence, unsure


def _for_firsts(diary: Diary, occasion: Occasion, parameters: Parameters) -> Iterator[Due]:
    """Things that come for the first time."""
    numbers, profile = parameters.cards, diary.profile
    lifts = occasion.exposure and profile.feared in (Fear.BENDING, Fear.LIFTING)
    if lifts or not occasion.main_chains.isdisjoint(numbers.lifting_chains):
        yield numbers.lifting, _ONCE
    if occasion.exposure:
        yield numbers.confidence, _ONCE
    if occasion.sessions + 1 >= parameters.flare.plan_after.value:
        yield numbers.flare, _ONCE
    if occasion.walks and occasion.stage is not Stage.ACUTE:
        yield numbers.walking, _ONCE
    if profile.job is Job.SITTING or Goal.DESK in profile.goals:
        yield numbers.posture, _ONCE
    if occasion.runs or Goal.RUN in profile.goals:
        yield numbers.running, _ONCE
    weeks = parameters.card.second_week.value
    if diary.sessions and days_between(diary.sessions[0].day, occasion.today) >= weeks:
        yield numbers.which, _ONCE
    if diary.full_triage is not None and diary.full_triage.assessed:
        yield numbers.scans, _ONCE
    if not set(profile.likes).isdisjoint(numbers.tastes):
        yield numbers.taste, _ONCE


def _staying_well_since(diary: Diary, today: str) -> str:
    """The first of the last sessions that were all for staying well; today when there is none."""
    since = today
    for session in reversed(diary.sessions):
        if session.stage != Stage.MAINTENANCE:
            break
        since = session.day
    return since


def _was_sore(diary: Diary, occasion: Occasion) -> bool:
    """Whether some session ended in sore muscles or in a morning that was a little worse."""
    visits = visits_of(diary, occasion.today, occasion.pain)
    return any(visit.done.soreness or visit.response is Response.WATCH for visit in visits)


def _new_kit_since(diary: Diary) -> str | None:
    """The last day on which the kit was changed after the first session."""
    first = diary.sessions[0].id if diary.sessions else None
    ids = [record.id for record in diary.entries]
    later = diary.entries[ids.index(first) :] if first in ids else ()
    days = [r.day for r in later if isinstance(r, ProfileChange) and "equipment" in r.set]
    return days[-1] if days else None
