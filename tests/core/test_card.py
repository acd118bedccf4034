"""The card of the day."""

from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import shipped
from backmove.core.card import Occasion, card_of, refusal_card
from backmove.core.choices import Equipment, Fear, Goal
from backmove.core.days import days_after
from backmove.core.diary import Diary
from backmove.core.exercise import Stage
from backmove.core.plan import Plan
from backmove.core.prescription import plan_session
from backmove.core.profile import Job, Profile
from backmove.core.record import AnyRecord, Checkin, Done, Flare, Pain, Session, Walk
from backmove.core.record import Profile as ProfileChange
from backmove.core.zone import Zone
from session_strategies import SEED, TODAY, Person, person, someone, triage

CATALOG, PARAMETERS = shipped.library()
CARDS = CATALOG.cards
ORDINARY = Occasion(
    today=TODAY,
    pain=1,
    zone=Zone.GREEN,
    stage=Stage.CHRONIC,
    episode_start="2015-01-01",
    flare_since=None,
    sessions=1,
    poor_nights=False,
    main_chains=frozenset(),
    exposure=False,
    walks=False,
    runs=False,
)


def stamp(ago: int, name: str) -> dict[str, Any]:
    day = days_after(TODAY, -ago)
    return {"v": 1, "id": name, "at": f"{day}T09:00:00+01:00", "day": day}


def told(diary: Diary, *records: AnyRecord) -> Diary:
    """The diary with more records at its end."""
    kinds = {Checkin: "checkins", Done: "dones", Pain: "pains", Walk: "walks"}
    more: dict[str, Any] = {}
    for record in records:
        name = kinds.get(type(record))
        if name:
            more[name] = (*more.get(name, getattr(diary, name)), record)
    return replace(diary, **more, entries=(*diary.entries, *records))


def shown(*cards: tuple[int, int | None], stage: str = "chronic", **profile: Any) -> Diary:
    """A diary with a session for each (days ago, card)."""
    sessions = tuple(
        Session(
            **stamp(ago, f"s{number}"),
            zone="green",
            stage=stage,
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
    return Diary(profile=Profile(**profile), sessions=sessions, entries=sessions)


def card(diary: Diary, **occasion: Any) -> int | None:
    return card_of(CARDS, diary, replace(ORDINARY, **occasion), PARAMETERS)


def test_nothing_asks_for_a_card_and_the_starter_sequence_goes_on() -> None:
    assert card(shown((2, 1))) == 2
    assert card(shown((6, 1), (5, 6), (2, 2))) == 3


@pytest.mark.parametrize(
    ("occasion", "expected"),
    [
        ({"stage": Stage.ACUTE, "episode_start": days_after(TODAY, -1)}, 1),
        ({"zone": Zone.RED}, 14),
        ({"zone": Zone.AMBER}, 3),
        ({"flare_since": TODAY, "zone": Zone.RED}, 7),
        ({"poor_nights": True}, 11),
        ({"walks": True}, 5),
        ({"walks": True, "stage": Stage.ACUTE, "episode_start": None}, 1),
        ({"main_chains": frozenset({"hinge"})}, 9),
        ({"exposure": True}, 23),
        ({"sessions": 2}, 7),
        ({"runs": True}, 19),
    ],
)
def test_an_occasion_brings_its_card(occasion: dict[str, Any], expected: int) -> None:
    assert card(shown((1, 2)), **occasion) == expected


def test_the_first_session_brings_the_small_start_unless_the_spell_is_new() -> None:
    assert card(Diary(), sessions=0) == 6
    assert card(Diary(), sessions=0, stage=Stage.ACUTE, episode_start=TODAY) == 1


def test_in_the_first_weeks_heat_comes_after_the_outlook() -> None:
    acute = {"stage": Stage.ACUTE, "episode_start": days_after(TODAY, -3)}
    assert card(shown((1, 1)), **acute) == 14


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ({"job": Job.SITTING}, 8),
        ({"goals": (Goal.DESK,)}, 8),
        ({"goals": (Goal.RUN,)}, 19),
        ({"likes": ("yoga",)}, 24),
        ({"likes": ("bridge",)}, 1),
        ({"confidence": 4}, 23),
        ({"confidence": 5}, 1),
    ],
)
def test_a_profile_brings_its_card_once(profile: dict[str, Any], expected: int) -> None:
    assert card(shown((1, 2), **profile)) == expected
    assert card(shown((40, expected), (30, 16), (20, 21), (1, 2), **profile)) in (1, 3)


def test_a_step_towards_bending_brings_the_card_on_bending_first() -> None:
    afraid = shown((1, 2), feared=Fear.BENDING)
    assert card(afraid, exposure=True) == 9
    assert card(shown((2, 9), (1, 2), feared=Fear.BENDING), exposure=True) == 23
    assert card(shown((1, 2), feared=Fear.TWISTING), exposure=True) == 23


def test_coming_back_after_some_days_brings_the_card_on_rest() -> None:
    assert card(shown((4, 1))) == 2
    assert card(shown((3, 1))) == 2  # only because it is next
    assert card(shown((5, 3), (3, 1))) == 2
    assert card(shown((4, 2), (4, 1))) == 3


def test_the_second_week_asks_which_exercise_is_best() -> None:
    assert card(shown((6, 1), (1, 2))) == 3
    assert card(shown((7, 1), (1, 2))) == 16
    assert card(shown((8, 1), (7, 16), (1, 2))) == 3


def test_every_four_weeks_the_card_on_getting_help_comes_first() -> None:
    flare = {"flare_since": TODAY}
    assert card(shown((28, 1), (1, 2)), **flare) == 21
    assert card(shown((27, 1), (1, 2)), **flare) == 7
    assert card(shown((60, 1), (28, 21), (1, 2)), **flare) == 21
    assert card(shown((60, 1), (27, 21), (1, 2)), **flare) == 7


def test_a_sore_day_does_not_bring_its_card_back_within_two_weeks() -> None:
    assert card(shown((13, 14), (2, 16), (1, 1)), zone=Zone.RED) == 2
    assert card(shown((14, 14), (2, 16), (1, 1)), zone=Zone.RED) == 14


def test_the_first_amber_day_and_no_other_brings_its_card() -> None:
    assert card(shown((40, 3), (20, 21), (19, 16), (1, 1)), zone=Zone.AMBER) == 2


def test_a_flare_up_brings_its_plan_once_and_again_after_a_week() -> None:
    seen = shown((9, 7), (8, 16), (1, 2))
    assert card(seen, flare_since=days_after(TODAY, -3)) == 7
    assert card(seen, flare_since=days_after(TODAY, -9)) == 7
    assert card(shown((9, 7), (8, 16), (3, 7), (1, 2)), flare_since=days_after(TODAY, -9)) == 1


def test_a_spell_that_came_back_brings_the_plan_and_then_the_outlook() -> None:
    """Worked example 36."""
    back = {"stage": Stage.ACUTE, "episode_start": days_after(TODAY, -2)}
    before = ((40, 7), (39, 1), (38, 16), (20, 21))
    assert card(shown(*before), **back) == 7
    assert card(shown(*before, (1, 7)), **back) == 1
    assert card(shown(*before, (1, 7), (1, 1)), **back) == 14


def test_staying_well_begins_with_its_card() -> None:
    """Worked example 35, whatever was shown before."""
    well = {"stage": Stage.MAINTENANCE}
    assert card(shown((20, 18), (19, 16), (1, 2)), **well) == 18
    assert card(shown((2, 18), stage="maintenance"), **well) != 18


def test_a_low_mood_brings_its_card_until_it_was_shown() -> None:
    low = Checkin(**stamp(3, "c1"), mood=7)
    assert card(told(shown((5, 12), (1, 2)), low)) == 12
    assert card(told(shown((2, 12), (1, 2)), low)) == 1
    assert card(told(shown((5, 12), (1, 2)), low, Checkin(**stamp(1, "c2"), mood=6))) == 1
    assert card(told(shown((5, 12), (1, 2)), low, Checkin(**stamp(1, "c2"), sleep=6))) == 12


def test_confidence_that_fell_brings_its_card() -> None:
    def weeks(*scores: int) -> list[AnyRecord]:
        return [Checkin(**stamp(20 - 7 * n, f"c{n}"), confidence=score) for n, score in enumerate(scores)]

    diary = shown((26, 16), (25, 23), (20, 21), (1, 2))
    assert card(told(diary, *weeks(7, 4))) == 23
    assert card(told(diary, *weeks(4, 7))) == 1
    assert card(told(shown((26, 16), (12, 23), (1, 2)), *weeks(7, 4, 4))) == 1


def test_sore_muscles_bring_their_card_once() -> None:
    sore = Done(**stamp(2, "d1"), session="s0", soreness=True)
    assert card(told(shown((2, 1)), sore)) == 17
    assert card(told(shown((2, 1), (1, 17)), sore)) == 2


def test_a_morning_that_was_a_little_worse_counts_as_sore() -> None:
    done = Done(**stamp(2, "d1"), session="s0")
    assert card(told(shown((2, 1)), done, Pain(**stamp(1, "p1"), score=3, morning=True))) == 17
    assert card(told(shown((2, 1)), done, Pain(**stamp(1, "p1"), score=2, morning=True))) == 2


def test_sore_feet_from_walking_bring_the_card_on_shoes() -> None:
    """Worked example 34."""
    walk = Walk(**stamp(1, "w1"), minutes=20, limb=4)
    assert card(told(shown((5, 10), (1, 2)), walk)) == 10
    assert card(told(shown((5, 1), (1, 2)), Walk(**stamp(1, "w1"), minutes=20, limb=2))) == 3
    assert card(told(shown((1, 2)), Pain(**stamp(0, "p1"), score=1, limb=3))) == 10


def test_new_kit_brings_the_card_on_comfort_but_not_what_was_said_at_first() -> None:
    kit = ProfileChange(**stamp(1, "k1"), set={"equipment": [Equipment.BAND]})
    assert card(told(shown((5, 10), (2, 2)), kit)) == 10
    first = shown((1, 2))
    assert card(replace(first, entries=(kit, *first.entries))) == 1


def test_somebody_who_was_examined_sees_the_card_on_scans() -> None:
    def examined(assessed: bool) -> Diary:
        return replace(
            shown((1, 2)), triages=(msgspec.structs.replace(triage("2015-01-01"), assessed=assessed),)
        )

    assert card(examined(True)) == 20
    assert card(examined(False)) == 1


def test_when_all_were_seen_the_oldest_comes_and_ties_go_by_number() -> None:
    cards = list(CARDS)
    order = (4, 21, 3, 2, 1, *(n for n in reversed(cards) if n not in (1, 2, 3, 4, 21)))
    assert card(shown(*((40 - n, number) for n, number in enumerate(order)), (3, 21), (1, None))) == 4
    assert card(shown(*((20, number) for number in reversed(cards)), (1, None))) == 1


def test_after_the_start_the_cards_that_nothing_brought_come_by_number() -> None:
    start = [(20, number) for number in range(1, 15)]
    assert card(shown(*start, (9, 16), (1, 21))) == 15
    assert card(shown(*start, (9, 16), (2, 21), (1, 15))) == 17


def test_a_card_shown_today_stays_whatever_the_day_brings() -> None:
    assert card(shown((3, 1), (0, 2)), flare_since=TODAY, zone=Zone.RED) == 2


def test_no_cards_is_no_card_and_a_missing_one_is_passed_over() -> None:
    assert card_of({}, shown(), ORDINARY, PARAMETERS) is None
    some = {number: c for number, c in CARDS.items() if number not in (1, 7)}
    assert card_of(some, shown((1, 2)), replace(ORDINARY, flare_since=TODAY), PARAMETERS) == 3


def test_i42_ninety_days_repeat_no_card_within_two_weeks_and_show_all() -> None:
    seen: list[tuple[int, int | None]] = []
    for day in range(90, -1, -1):
        today = days_after(TODAY, -day)
        zone = (Zone.GREEN, Zone.AMBER, Zone.RED)[day % 3]
        occasion = replace(ORDINARY, today=today, zone=zone, walks=True, poor_nights=day % 5 == 0)
        number = card_of(CARDS, shown(*seen), occasion, PARAMETERS)
        assert number not in [c for ago, c in seen if ago - day < 14]
        seen.append((day, number))
    assert {number for _, number in seen} == set(CARDS)


@given(st.randoms(use_true_random=False))
def test_i42_there_is_always_one_card_and_it_was_asked_for_or_not_seen_lately(rng: Random) -> None:
    who = person(rng, CATALOG)
    occasion = replace(
        ORDINARY,
        zone=rng.choice(list(Zone)),
        stage=rng.choice(list(Stage)),
        flare_since=rng.choice((None, TODAY, days_after(TODAY, -8))),
        sessions=len(who.diary.dones),
        exposure=rng.random() < 0.3,
        walks=rng.random() < 0.5,
    )
    number = card_of(CARDS, who.diary, occasion, PARAMETERS)
    assert number in CARDS
    numbers = PARAMETERS.cards
    since_an_event = (numbers.flare, numbers.outlook, numbers.staying_well)
    recent = {s.card for s in who.diary.sessions if s.day > days_after(TODAY, -14)}
    assert number in since_an_event or number not in recent


# --- through the whole plan: the cards of the worked examples ------------------------------------------------


def planned(who: Person, diary: Diary | None = None) -> Plan:
    plan = plan_session(CATALOG, PARAMETERS, diary or who.diary, who.standing, who.request, TODAY, SEED)
    assert isinstance(plan, Plan)
    return plan


def test_the_cards_of_the_first_days() -> None:
    """Worked examples 1, 3 and 4."""
    yesterday = days_after(TODAY, -1)
    assert planned(someone(sessions=0, pain=3)).card in (1, 6)
    assert planned(someone(onset=yesterday, sessions=0, usual=6, pain=6, minutes=30)).card == 1
    assert planned(someone(onset=yesterday, sessions=0, pain=7)).card in (1, 14)


def test_a_flare_up_that_was_declared_brings_its_plan() -> None:
    """Worked example 11."""
    who = someone(pain=3, usual=2)
    flare = Flare(**stamp(0, "f1"), on=True)
    diary = replace(who.diary, flares=(flare,), entries=(*who.diary.entries, flare))
    assert planned(who, diary).card == 7


def test_two_bad_nights_bring_the_card_on_sleep() -> None:
    """Worked example 41."""
    who = someone(pain=3)
    nights = [Pain(**stamp(ago, f"n{ago}"), score=3, sleep=2) for ago in (1, 0)]
    plan = planned(who, told(who.diary, *nights))
    assert (plan.zone, plan.card) == (Zone.GREEN, 11)


def test_four_good_weeks_bring_the_card_on_keeping_going() -> None:
    """Worked example 35."""
    who = someone(pain=0, usual=0)
    weekly = [Pain(**stamp(ago, f"n{ago}"), score=0) for ago in (35, 28, 21, 14, 7)]
    plan = planned(who, told(who.diary, *weekly))
    assert (plan.stage, plan.card) == ("maintenance", 18)


def test_a_sore_shin_brings_the_card_on_shoes() -> None:
    """Worked example 34."""
    who = someone(pain=1)
    assert planned(who, told(who.diary, Walk(**stamp(1, "w1"), minutes=14, limb=4))).card == 10


def test_a_refusal_comes_with_the_card_on_getting_help() -> None:
    assert refusal_card(CARDS, PARAMETERS) == 21
    assert refusal_card({}, PARAMETERS) is None


def test_every_number_that_a_rule_names_is_a_card() -> None:
    named = {n for n in msgspec.structs.asdict(PARAMETERS.cards).values() if isinstance(n, int)}
    assert named | set(PARAMETERS.cards.sequence) <= set(CARDS)
    assert set(CARDS) - named - set(PARAMETERS.cards.sequence) == {15, 22}
