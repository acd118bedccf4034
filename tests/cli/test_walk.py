"""``backmove walk``: this week, what is left, what next week brings; and the lines elsewhere."""

import json
import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from backmove.core.plain_words import banned_words, grade
from backmove.core.walking_facts import Brake
from backmove.core.walking_plan import Turn
from backmove.term import walk_view
from walking_strategies import FIRST, Walker

if TYPE_CHECKING:
    from conftest import World


def lay(world: "World", one: Walker, day: int) -> None:
    """Write the journal of a walker as it stands on a day, at three in the afternoon."""
    world.write(*(r for r in one.records if r.day <= one_day(day)))
    world.now = datetime.fromisoformat(f"{FIRST}T15:00:00+01:00") + timedelta(days=day)


def one_day(day: int) -> str:
    return (datetime.fromisoformat(FIRST) + timedelta(days=day)).date().isoformat()


def week_three(*minutes: int) -> Walker:
    one = Walker().triage(0).week(0, 10, 10, 10, 10).week(1, 12, 12, 12, 12).triage(14)
    return one.week(2, *minutes)


@pytest.fixture
def third(world: "World") -> "World":
    """Thursday of the third week: 14 minutes on 4 days, two walks done."""
    lay(world, week_three(14, 14), 17)
    return world


def test_the_screen_says_the_week_what_is_left_and_what_comes(third: "World") -> None:
    assert third.run("walk").out.splitlines() == [
        "Walking, week 3",
        "This week: 28 of 56 min, 2 of 4 days",
        "Each walk: 14 min. 48 of 48 min last week: a bit more now.",
        "Left: 28 min: 2 walks of 14",
        "Next week: 45 min or more: 16 min on 5 days. 28 or more: as now.",
        "Goal: 30 min on 5 days",
        "Began: Monday 5 January, 10 min on 4 days",
        "So far: 10, 12, 14 min",
        "Two short walks on a day count as much as a long one.",
        "Bad weather: march on the spot or step-touch with arms, for the same minutes, in parts.",
        "Next, after the walk:  backmove log --walk 14",
    ]


def test_scripts_get_the_same(third: "World") -> None:
    data = third.run("walk", "--json").data
    assert data["today"] == {
        "minutes": 14,
        "days_per_week": 4,
        "done": 2,
        "due": True,
        "walked_today": 0,
        "relief": False,
    }
    plan = data["plan"]
    assert (plan["minutes"], plan["days_per_week"], plan["week"], plan["turn"]) == (14, 4, 3, "rose")
    assert plan["walked"] == {"minutes": 28, "days": 2} and plan["left"] == {"minutes": 28, "days": 2}
    assert plan["next"]["enough"] == 45 and plan["next"]["held_by"] is None
    assert plan["began"] == {"date": FIRST, "minutes": 10, "days_per_week": 4}
    assert [week["minutes"] for week in plan["weeks"]] == [10, 12]
    assert (data["offer"], data["reasons"]) == (None, [])


def test_a_walk_that_is_noted_says_where_the_week_stands(third: "World") -> None:
    out = third.run("log", "--walk", "14").out
    assert out.splitlines()[-1] == "This week: 42 of 56 min walked, 3 of 4 days."
    data = json.loads(third.run("log", "--walk", "20", "--limb", "4", "--json").out)["data"]
    assert [notice["code"] for notice in data["notices"]] == ["sore-leg", "walk-week"]
    screen = third.run("walk").out
    assert "Next week: A foot, shin, knee or hip is sore, so it gets no longer." in screen
    assert "Bad weather" not in screen


def test_before_the_first_session_a_walk_is_only_noted(world: "World") -> None:
    assert "This week" not in world.run("log", "--walk", "14").out


def test_the_day_shows_the_walk_until_the_days_are_done(third: "World") -> None:
    assert "Walk: 14 min, 2 of 4 days done this week" in third.run().out
    assert "After the walk: backmove log --walk 14" in third.run().out
    third.run("log", "--walk", "14")
    assert "After the walk" not in third.run().out
    third.sleep_days(1)
    third.run("log", "--walk", "14")
    assert "Walk: " not in third.run().out
    assert "Walked this week: 56 min on 4 days" in third.run().out


def test_the_first_weeks_of_a_spell_have_no_plan(world: "World") -> None:
    one = Walker().triage(0, onset=FIRST).session(0, stage="acute").walk(8, 1)
    lay(world, one, 2)
    out = world.run("walk").out
    assert "an easy walk, up to 10 min, on most days." in out and "This week: walked on 1 day" in out
    assert world.run("walk", "--json").data["plan"] is None


def test_before_the_first_session_it_says_when_it_begins(world: "World") -> None:
    lay(world, Walker().triage(0), 0)
    out = world.run("walk").out
    assert "begins with your first session" in out and out.endswith("Next:  backmove session\n")


def test_without_answers_the_questions_come_first(world: "World") -> None:
    assert world.run("walk").out.endswith("Next:  backmove triage\n")


@pytest.mark.parametrize(("disposition", "code"), [("EMERGENCY", 7), ("SAME_DAY", 6), ("CLINICIAN_FIRST", 0)])
def test_with_an_emergency_no_walk_is_named(world: "World", disposition: str, code: int) -> None:
    lay(world, week_three(14, 14).triage(16, disposition), 17)
    out = world.run("walk", expect=code).out
    assert ("14 min" in out) is (code == 0)
    assert ("Walk: 14" in world.run().out) is (code == 0)
    assert (world.run("walk", "--json", expect=code).data["plan"] is None) is (code != 0)
    assert "walk-week" not in world.run("log", "--walk", "5", "--json").out or code == 0


def test_a_flare_up_halves_the_day_on_the_screen_and_at_a_glance(third: "World") -> None:
    third.run("log", "--flare")
    assert "Today: 7 min, half as much in a flare-up, in parts" in third.run("walk").out
    assert "Walk: 7 min, half as much today, in parts, 2 of 4 days done this week" in third.run().out


def test_who_sits_reads_of_a_chair(third: "World") -> None:
    third.run("profile", "set", "place", "chair")
    out = third.run("walk").out
    assert out.startswith("Moving on a chair, week 3\n") and "walk of" not in out and "Bad weather" not in out
    assert "Moving on a chair: 14 min" in third.run().out


def test_a_gap_is_told_without_blame(world: "World") -> None:
    lay(world, week_three(14, 14, 14).triage(30), 30)
    out = world.run("walk").out
    assert "Each walk: 13 min. It is a while since your last walk: 14 min before, a bit less now." in out


@pytest.mark.parametrize("width", ["40", "80", "120"])
@pytest.mark.parametrize("more", [(), ("--limb", "5"), ("--flare",)])
def test_no_line_is_wider_than_the_screen_and_no_word_is_banned(
    third: "World", width: str, more: tuple[str, ...]
) -> None:
    third.env["COLUMNS"] = width
    third.run("log", "--walk", "10", *more)
    screens = [re.sub(r"\x1b\[[0-9;]*m", "", third.run(*words, tty=True).out) for words in (("walk",), ())]
    for out in screens:
        assert max(map(len, out.splitlines())) <= int(width)
        assert banned_words(out) == [] and "!" not in out and "%" not in out
    assert screens[0].rstrip().endswith(("--walk 14", "--walk 7"))


def test_every_turn_and_brake_has_plain_words() -> None:
    numbers = {"walked": 30, "asked": 56, "before": 14, "what": "walk", "less": 11, "weeks": 3, "minutes": 10}
    assert set(walk_view.TURNS) == set(Turn) and set(walk_view.BRAKES) == set(Brake)
    offers = [*walk_view.OFFERS.values(), walk_view.EASY, walk_view.NOT_YET, walk_view.TWO_SHORT]
    for words in (*walk_view.TURNS.values(), *walk_view.BRAKES.values(), *offers):
        text = words.format(**numbers)
        assert grade(text) <= 6, (grade(text), text)
        assert banned_words(text) == [] and "%" not in text


def test_the_help_has_examples(world: "World") -> None:
    assert "backmove log --walk 14 --limb 4" in world.run("walk", "--help").out
