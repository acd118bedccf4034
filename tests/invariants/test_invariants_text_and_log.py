"""Text and log, I42 to I47, and the library, I48.

I47 stands in tests/crash (a write is whole or not there) and in tests/test_session_invariants.py (what was left blank);
I48 in tests/core/test_coherence.py, tests/store/test_library.py and tests/test_coverage_of_combinations.py; I46 for the
weekly look back in tests/cli/test_checkin_command.py."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from crowd import broken
from hypothesis import given, settings

from backmove.core.plain_words import banned_words
from backmove.core.plan import Plan
from backmove.core.record import Pain
from backmove.store.daily_file import load_daily
from backmove.term.session_view import refusal_page, session_page
from conftest import World
from fingers import Fingers
from life import CATALOG, Life
from lives_at_random import life_of, people, some_days
from living import Doing, Who
from questions import shipped as questionnaire
from triage_answers import triage

FEW = settings(max_examples=12)
TESTS = Path(__file__).parent.parent
NEVER = (
    *("damage", "slipped", "worn out", "unstable", "never bend", "failure", "streak", "setback"),
    *("all clear", "nothing serious"),
)


@FEW
@given(people, some_days)
def test_i42_one_card_that_is_not_shown_again_for_nothing(who: Who, days: list[Doing]) -> None:
    assert broken("I42", who, days) == []


@FEW
@given(people, some_days)
def test_i43_no_line_holds_a_banned_word(who: Who, days: list[Doing]) -> None:
    assert broken("I43", who, days) == []


def pages(life: Life) -> list[tuple[str, str]]:
    """What each call printed, with the day."""
    signs = questionnaire().card
    found = []
    for visit in life.visits:
        if isinstance(visit.outcome, Plan):
            page = session_page(visit.outcome, CATALOG, number=1, why=True, width=80, plain=True)
        else:
            page = refusal_page(visit.outcome, signs, "112", width=80, plain=True)
        found.append((visit.day, page.text()))
    return found


@pytest.mark.parametrize("seed", range(0, 24, 2))
def test_i43_no_page_holds_a_banned_word(seed: int) -> None:
    for when, text in pages(life_of(seed, plain=True)):
        plain = " ".join(text.split()).lower()
        assert not [word for word in NEVER if re.search(rf"\b{word}\b", plain)], when
        assert not banned_words(text), when


@pytest.mark.parametrize("seed", range(0, 24, 2))
def test_i44_every_row_says_how_easier_and_when_to_stop_and_every_refusal_names_the_signs(seed: int) -> None:
    life = life_of(seed, plain=True)
    kinds = set()
    for visit, (when, text) in zip(life.visits, pages(life), strict=True):
        words = " ".join(text.split())
        if isinstance(visit.outcome, Plan):
            for item in visit.outcome.items:
                row = item.exercise
                parts = [*row.cues, row.easier, *(CATALOG.stop_codes[code].text for code in row.stop_if)]
                assert all(" ".join(part.split()) in words for part in parts), (when, row.id)
            assert CATALOG.stop_codes["S0"].text in words
        else:
            assert all(sign in words for sign in questionnaire().card), when
        kinds.add(type(visit.outcome).__name__)
    assert "Plan" in kinds


@FEW
@given(people, some_days)
def test_i45_every_change_is_told_with_its_rule(who: Who, days: list[Doing]) -> None:
    assert broken("I45", who, days) == []


def test_i45_a_month_of_changes_names_many_rules() -> None:
    rules = {
        change.rule
        for seed in range(0, 40, 2)
        for visit in life_of(seed, plain=True).visits
        if isinstance(visit.outcome, Plan)
        for change in visit.outcome.changes
    }
    assert {"F3", "F5", "C3"} <= rules, rules


@FEW
@given(people, some_days)
def test_i46_pain_is_asked_once_a_day(who: Who, days: list[Doing]) -> None:
    assert broken("I46", who, days) == []


def a_day_later(world: World) -> None:
    """The questions are answered, the profile is known, and it is tomorrow. Questions stand on a line each."""
    world.run("triage", "--answers", "-", stdin=triage())
    asked = [q.key for q in load_daily().first_session]
    known = {"place": "floor", "equipment": "chair", "walk_minutes": "20", "minutes": "20"}
    for key in asked:
        world.run("profile", "set", key, known.get(key, "yes"))
    world.sleep_days(1)
    world.env = {"BACKMOVE_PLAIN": "1"}


def asked_for_pain(text: str) -> int:
    """How often the question for the pain of today stands on a screen."""
    return " ".join(text.split()).count(" ".join(load_daily().pain.ask.split()))


NO = ("n\n",) * 5


def test_i46_a_session_on_a_day_with_a_pain_entry_asks_no_pain(world: World) -> None:
    a_day_later(world)
    world.run("log", "3")
    out = world.run("session", tty=True, keys=Fingers(*NO, "later\n")).out
    assert asked_for_pain(out) == 0 and world.diary.sessions
    world.run("log", expect=2, tty=True, keys=Fingers("4\n"))
    assert [p.score for p in world.records if isinstance(p, Pain)] == [3]


def test_i46_a_session_asks_for_pain_once_and_nothing_asks_again_that_day(world: World) -> None:
    a_day_later(world)
    first = world.run("session", tty=True, keys=Fingers(*NO, "3\n", "later\n")).out
    assert asked_for_pain(first) == 1 and world.diary.sessions
    again = world.run("session", tty=True, keys=Fingers("later\n")).out
    assert asked_for_pain(again) == 0
    world.run("log", expect=2, tty=True, keys=Fingers("5\n"))
    assert [p.score for p in world.records if isinstance(p, Pain)] == [3]


@cache
def names_of_tests() -> frozenset[str]:
    names: set[str] = set()
    for path in TESTS.rglob("test_*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    return frozenset(names)


@pytest.mark.parametrize("number", range(1, 49))
def test_every_invariant_has_a_test_of_its_name(number: int) -> None:
    assert any(name.startswith(f"test_i{number:02d}_") for name in names_of_tests())


@pytest.mark.parametrize("number", range(1, 43))
def test_every_worked_example_has_a_test_of_its_name(number: int) -> None:
    named = {name for name in names_of_tests() if name.startswith("test_example_")}
    assert any(f"_{number:02d}_" in name for name in named)
