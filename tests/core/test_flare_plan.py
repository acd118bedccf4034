"""The plan for a flare-up: written beforehand, in own words, and shown back on its days (E8)."""

from typing import Any

import pytest
from msgspec.structs import replace

import shipped
from backmove.core.days import days_after
from backmove.core.flare_plan import KEYS, is_written, plan_words
from backmove.core.plan import Plan
from backmove.core.prescription import plan_session
from backmove.core.profile import KEYS as PROFILE_KEYS
from backmove.core.profile import Profile, change, read_value
from backmove.core.record import Flare
from backmove.errors import UsageProblem
from backmove.store.now_and_then_file import load_now_and_then
from session_strategies import SEED, TODAY, Person, someone

CATALOG, PARAMETERS = shipped.library()
PLAN = {
    "ease_positions": ["legs on a chair", "on my side"],
    "ease_direction": "bending",
    "ease_person": "my sister Ann",
    "keep_activity": "walk the dog",
}


def read(key: str, *values: str) -> Any:
    return read_value(key, list(values), tags=(), ids=(), regions=())


def codes(who: Person) -> list[str]:
    return [notice.code for notice in plan(who).notices]


def plan(who: Person) -> Plan:
    found = plan_session(CATALOG, PARAMETERS, who.diary, who.standing, who.request, TODAY, SEED)
    assert isinstance(found, Plan)
    return found


def with_plan(who: Person) -> Person:
    profile = change(who.profile, PLAN)
    return replace(who, profile=profile, diary=replace(who.diary, profile=profile))


def flaring(who: Person, *words: tuple[int, bool]) -> Person:
    flares = tuple(
        Flare(
            v=1,
            id=f"f{b}{on}",
            at=f"{days_after(TODAY, -b)}T08:00:00+01:00",
            day=days_after(TODAY, -b),
            on=on,
        )
        for b, on in words
    )
    return replace(who, diary=replace(who.diary, flares=flares))


# --- the keys of the profile ----------------------------------------------------------------------------------


def test_own_words_are_kept_with_or_without_quotes() -> None:
    assert (
        read("ease_person", "my", "sister", "Ann") == read("ease_person", "my sister  Ann") == "my sister Ann"
    )
    assert read("keep_activity", " walk the dog ") == "walk the dog"
    assert read("ease_positions", "legs on a chair", "on my side") == ["legs on a chair", "on my side"]
    assert read("ease_direction", "neither") == "neither"


@pytest.mark.parametrize(
    ("key", "values", "said"),
    [
        ("ease_positions", ("a", "b", "c"), "ease_positions: one to two"),
        ("ease_positions", ("",), "ease_positions: one to two"),
        ("ease_direction", ("sideways",), "Allowed: bending, arching, neither"),
        ("ease_person", (" ",), "ease_person: say it in a few words"),
        ("keep_activity", (), "keep_activity: say it in a few words"),
    ],
)
def test_what_cannot_be_kept_is_refused(key: str, values: tuple[str, ...], said: str) -> None:
    with pytest.raises(UsageProblem, match=said):
        read(key, *values)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("ease_positions", "lying"),
        ("ease_direction", "sideways"),
        ("ease_person", 3),
        ("keep_activity", None),
    ],
)
def test_a_journal_with_another_value_is_refused(key: str, value: Any) -> None:
    with pytest.raises(ValueError, match=f"{key}|{value}"):
        change(Profile(), {key: value})


def test_the_questions_ask_for_the_plan_and_nothing_else() -> None:
    questions = load_now_and_then().flare_plan
    assert tuple(question.key for question in questions) == KEYS
    assert set(KEYS) <= set(PROFILE_KEYS)
    (direction,) = [question for question in questions if question.choices]
    assert [read(direction.key, choice.value) for choice in direction.choices] == [
        "bending",
        "arching",
        "neither",
    ]


# --- its words ------------------------------------------------------------------------------------------------


def test_the_plan_is_told_as_it_was_written() -> None:
    assert plan_words(change(Profile(), PLAN)) == (
        "Your plan for such days: to ease: legs on a chair; to ease: on my side; bending eases; "
        "someone to talk to: my sister Ann; still going on: walk the dog."
    )
    assert plan_words(change(Profile(), {"keep_activity": "sing"})) == (
        "Your plan for such days: still going on: sing."
    )


def test_without_a_plan_nothing_is_made_up() -> None:
    assert plan_words(Profile()) == ""
    assert not is_written(Profile())
    assert is_written(change(Profile(), {"ease_direction": "arching"}))


# --- beside the session ---------------------------------------------------------------------------------------


def test_it_is_shown_back_on_a_flare_day_and_on_no_other() -> None:
    who = with_plan(someone(pain=6))
    told = [n.text for n in plan(flaring(who, (0, True))).notices if n.code == "flare-plan"]
    assert told == [plan_words(who.profile)]
    assert "flare-plan" in codes(flaring(with_plan(someone(pain=5)), (3, True)))  # it is easing
    assert "flare-plan" not in codes(who)
    assert "flare-plan" not in codes(flaring(someone(pain=6), (0, True)))


def test_e8_after_three_sessions_it_is_offered_once() -> None:
    assert "write-flare-plan" not in codes(someone(pain=1, sessions=2))
    assert "write-flare-plan" in codes(someone(pain=1, sessions=3))
    assert "write-flare-plan" not in codes(someone(pain=1, sessions=4))
    assert "write-flare-plan" not in codes(with_plan(someone(pain=1, sessions=3)))


def test_on_a_bad_day_nobody_is_asked_to_write_and_afterwards_it_is_offered() -> None:
    assert "write-flare-plan" not in codes(flaring(someone(pain=6, sessions=3), (0, True)))
    over = flaring(someone(pain=3, sessions=7), (4, True), (1, False))
    assert "write-flare-plan" in codes(over)
    assert "write-flare-plan" not in codes(with_plan(over))
