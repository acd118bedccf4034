"""The card of the day."""

from dataclasses import replace
from typing import Any

import pytest

import shipped
from backmove.core.card import Occasion, card_of, refusal_card
from backmove.core.choices import Goal
from backmove.core.days import days_after
from backmove.core.diary import Diary
from backmove.core.exercise import Stage
from backmove.core.profile import Job, Profile
from backmove.core.record import Session
from backmove.core.zone import Zone
from session_strategies import TODAY

CATALOG, PARAMETERS = shipped.library()
CARDS = CATALOG.cards
ORDINARY = Occasion(
    today=TODAY,
    zone=Zone.GREEN,
    stage=Stage.CHRONIC,
    episode_start="2015-01-01",
    flare=False,
    first_session=False,
    poor_nights=False,
    main_chains=frozenset(),
    walks=False,
)


def shown(*cards: tuple[int, int | None], **profile: Any) -> Diary:
    """A diary with a session for each (days ago, card)."""
    sessions = tuple(
        Session(
            v=1,
            id=f"s{number}",
            at=f"{days_after(TODAY, -ago)}T09:00:00+01:00",
            day=days_after(TODAY, -ago),
            zone="green",
            stage="chronic",
            mode="normal",
            pain=1,
            variant=0,
            requested_min=20,
            effective_min=20,
            estimated_s=900,
            place="floor",
            items=(),
            card=card,
        )
        for number, (ago, card) in enumerate(cards)
    )
    return Diary(profile=Profile(**profile), sessions=sessions)


def card(diary: Diary, **occasion: Any) -> int | None:
    return card_of(CARDS, diary, replace(ORDINARY, **occasion), PARAMETERS)


def test_without_a_trigger_the_starter_sequence_goes_on() -> None:
    assert card(shown((2, 1))) == 2
    assert card(shown((9, 1), (5, 6), (2, 2))) == 3


@pytest.mark.parametrize(
    ("occasion", "expected"),
    [
        ({"first_session": True}, 6),
        ({"stage": Stage.ACUTE, "episode_start": TODAY}, 1),
        ({"stage": Stage.ACUTE, "episode_start": TODAY, "first_session": True}, 1),
        ({"zone": Zone.RED}, 14),
        ({"zone": Zone.AMBER}, 3),
        ({"flare": True, "zone": Zone.RED}, 7),
        ({"poor_nights": True}, 11),
        ({"walks": True}, 5),
        ({"walks": True, "stage": Stage.ACUTE, "episode_start": None}, 1),
        ({"main_chains": frozenset({"hinge"})}, 9),
    ],
)
def test_an_occasion_brings_its_card(occasion: dict[str, Any], expected: int) -> None:
    assert card(shown((1, 2)), **occasion) == expected


def test_a_desk_or_a_job_at_one_brings_the_card_on_posture() -> None:
    assert card(shown((1, 2), job=Job.SITTING)) == 8
    assert card(shown((1, 2), goals=(Goal.DESK,))) == 8


def test_coming_back_after_some_days_brings_the_card_on_rest() -> None:
    assert card(shown((4, 1))) == 2
    assert card(shown((4, 2), (4, 1))) == 3


def test_every_four_weeks_the_card_on_getting_help_comes_first() -> None:
    assert card(shown((28, 1), (1, 2)), flare=True) == 21
    assert card(shown((27, 1), (1, 2)), flare=True) == 7
    assert card(shown((60, 1), (28, 21), (1, 2)), flare=True) == 21
    assert card(shown((60, 1), (27, 21), (1, 2)), flare=True) == 7


def test_a_card_does_not_come_back_within_two_weeks() -> None:
    assert card(shown((13, 14), (1, 1)), zone=Zone.RED) == 2
    assert card(shown((14, 14), (1, 1)), zone=Zone.RED) == 14


def test_the_first_amber_day_and_no_other_brings_its_card() -> None:
    assert card(shown((40, 3), (20, 21), (1, 1)), zone=Zone.AMBER) == 2


def test_a_new_spell_brings_the_outlook_again() -> None:
    diary = shown((30, 1), (20, 21), (1, 2))
    assert card(diary, stage=Stage.ACUTE, episode_start=days_after(TODAY, -5)) == 1
    assert card(diary, stage=Stage.ACUTE, episode_start=days_after(TODAY, -35)) == 3


def test_when_all_were_seen_the_oldest_comes_and_ties_go_by_number() -> None:
    order = (4, 21, 3, 2, 1, *range(14, 4, -1))
    assert card(shown(*((30 - n, number) for n, number in enumerate(order, 5)), (1, None))) == 4
    same_day = [(20, number) for number in (*range(14, 0, -1), 21)]
    assert card(shown(*same_day, (1, None))) == 1


def test_a_card_shown_today_stays_whatever_the_day_brings() -> None:
    assert card(shown((3, 1), (0, 2)), flare=True, zone=Zone.RED) == 2


def test_no_cards_is_no_card_and_a_missing_one_is_passed_over() -> None:
    assert card_of({}, shown(), ORDINARY, PARAMETERS) is None
    some = {number: c for number, c in CARDS.items() if number not in (1, 7)}
    assert card_of(some, shown((1, 2)), replace(ORDINARY, flare=True), PARAMETERS) == 3


def test_sixty_days_of_sessions_repeat_no_card_within_two_weeks() -> None:
    seen: list[tuple[int, int | None]] = []
    for day in range(60, -1, -1):
        today = days_after(TODAY, -day)
        occasion = replace(
            ORDINARY, today=today, zone=(Zone.GREEN, Zone.AMBER, Zone.RED)[day % 3], flare=day % 7 == 0
        )
        number = card_of(CARDS, shown(*seen), occasion, PARAMETERS)
        assert number not in [c for ago, c in seen if ago - day < 14]
        seen.append((day, number))


def test_a_refusal_comes_with_the_card_on_getting_help() -> None:
    assert refusal_card(CARDS, PARAMETERS) == 21
    assert refusal_card({}, PARAMETERS) is None
