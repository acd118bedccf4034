"""The education card of the day (R-M, rulings 5.5): one a day, triggered before the starter sequence before
the rest.

A card does not come back within 14 days; when all were seen, the one seen longest ago comes. Ties go by
number.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from backmove.core.choices import Goal
from backmove.core.days import days_between
from backmove.core.diary import Diary
from backmove.core.exercise import Card, Stage
from backmove.core.parameters import Parameters
from backmove.core.profile import Job
from backmove.core.zone import Zone


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the day is like, as far as cards look at it. ``main_chains``: the chains of today's main rows."""

    today: str
    zone: Zone
    stage: Stage
    episode_start: str | None
    flare: bool
    first_session: bool
    poor_nights: bool
    main_chains: frozenset[str]
    walks: bool


def card_of(
    cards: Mapping[int, Card], diary: Diary, occasion: Occasion, parameters: Parameters
) -> int | None:
    """The number of today's card; None when there are no cards. One that was shown today stays."""
    shown = next((s.card for s in diary.sessions if s.day == occasion.today and s.card in cards), None)
    if shown is not None:
        return shown
    seen = _last_seen(diary)
    fresh = {
        n for n in cards if n not in seen or _age(seen[n], occasion) >= parameters.card.repeat_days.value
    }
    for number in _triggered(diary, seen, occasion, parameters):
        if number in fresh:
            return number
    unseen = [n for n in parameters.cards.sequence if n in cards and n not in seen]
    if unseen:
        return unseen[0]
    return min(fresh or cards, key=lambda n: (seen.get(n, ""), n), default=None)


def refusal_card(cards: Mapping[int, Card], parameters: Parameters) -> int | None:
    """The card beside a refusal: when to get help."""
    return parameters.cards.help if parameters.cards.help in cards else None


def _last_seen(diary: Diary) -> dict[int, str]:
    return {session.card: session.day for session in diary.sessions if session.card is not None}


def _age(day: str, occasion: Occasion) -> int:
    return days_between(day, occasion.today)


def _triggered(
    diary: Diary, seen: Mapping[int, str], occasion: Occasion, parameters: Parameters
) -> Iterator[int]:
    """Cards that today asks for, the most pressing first."""
    numbers, profile = parameters.cards, diary.profile
    known_since = [day for day in (seen.get(numbers.help), _first_day(diary)) if day is not None]
    if known_since and _age(max(known_since), occasion) >= parameters.card.help_days.value:
        yield numbers.help
    if occasion.flare:
        yield numbers.flare
    if occasion.stage is Stage.ACUTE and seen.get(numbers.outlook, "") < (
        occasion.episode_start or occasion.today
    ):
        yield numbers.outlook
    if occasion.first_session:
        yield numbers.first_session
    if occasion.zone is Zone.RED:
        yield numbers.heat
    if occasion.zone is Zone.AMBER and numbers.hurt not in seen:
        yield numbers.hurt
    if occasion.poor_nights:
        yield numbers.sleep
    last = max((s.day for s in diary.sessions), default=None)
    if last is not None and _age(last, occasion) >= parameters.card.missed_days.value:
        yield numbers.missed_days
    yield from _once(seen, _firsts(occasion, profile.job, profile.goals, parameters))


def _firsts(
    occasion: Occasion, job: Job | None, goals: Iterable[Goal], parameters: Parameters
) -> Iterator[int]:
    """Cards for things that come for the first time."""
    if occasion.walks and occasion.stage is not Stage.ACUTE:
        yield parameters.cards.walking
    if job is Job.SITTING or Goal.DESK in goals:
        yield parameters.cards.posture
    if not occasion.main_chains.isdisjoint(parameters.cards.lifting_chains):
        yield parameters.cards.lifting


def _once(seen: Mapping[int, str], numbers: Iterable[int]) -> Iterator[int]:
    return (number for number in numbers if number not in seen)


def _first_day(diary: Diary) -> str | None:
    return diary.sessions[0].day if diary.sessions else None
