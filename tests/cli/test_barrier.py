"""``backmove session`` after some time away: what got in the way is asked with one key, and can be skipped."""

import json
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pytest

from backmove.core.barriers import IN_THE_WAY, answer_to
from backmove.core.record import RULES_VERSION, Barrier, Done, GivenDose, GivenItem, Session, Triage
from fingers import Fingers

if TYPE_CHECKING:
    from conftest import World

Stamp = Callable[..., Mapping[str, Any]]
CHECK: dict[str, Any] = {f"dc{n}": "n" for n in range(1, 6)} | {"dc3_signs": []}
NO_TO_ALL = ("n", "n", "n", "n", "n", "2\n")


@pytest.fixture
def back(world: "World", stamp: Stamp) -> "World":
    """A person whose last session was ten days ago."""
    given: dict[str, Any] = {"disposition": "SELF_CARE", "result": "SELF_CARE", "ended": "finished"}
    item = GivenItem(exercise="bridge", block="main", dose=GivenDose(kind="reps", counts=(8,)), seconds=60)
    shown = Session(
        **stamp(days=-10),
        zone="green",
        stage="chronic",
        mode="normal",
        pain=2,
        variant=0,
        requested_min=20,
        effective_min=20,
        estimated_s=900,
        place="floor",
        items=(item,),
    )
    world.write(
        Triage(
            **stamp(days=-11),
            **given,
            complete=True,
            unlocked=True,
            rules_version=RULES_VERSION,
            valid_until="2026-03-20",
            age=45,
            episode_start="2025-06-01",
            pain_usual=2,
        ),
        shown,
        Done(**stamp(days=-10), session=shown.id),
    )
    return world


def words(world: "World") -> list[str]:
    return [record.word for record in world.records if isinstance(record, Barrier)]


def screen(text: str) -> str:
    """The text without what steers the terminal, in one line."""
    return " ".join(re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", " ", text).split())


@pytest.mark.parametrize(
    ("key", "word"),
    [("t", "time"), ("p", "pain"), ("w", "worry"), ("b", "boring"), ("i", "ill"), ("f", "forgot")],
)
def test_one_key_is_kept_and_answered_beside_the_session(back: "World", key: str, word: Any) -> None:
    ran = back.run("session", tty=True, keys=Fingers(*NO_TO_ALL, key))
    assert words(back) == [word]
    assert "What got in the way lately?" in screen(ran.out)
    assert answer_to(word).text in screen(ran.out)
    assert IN_THE_WAY.text not in screen(ran.out)


def test_skip_keeps_nothing_and_the_session_comes(back: "World") -> None:
    ran = back.run("session", tty=True, keys=Fingers(*NO_TO_ALL, "s"))
    assert words(back) == []
    assert "Warm up" in ran.out and IN_THE_WAY.text not in screen(ran.out)
    assert isinstance(back.records[-1], Session)


@pytest.mark.parametrize("end", [(), ("<ctrl-c>",), ("<ctrl-d>",)])
def test_leaving_the_question_is_skipping_it(back: "World", end: tuple[str, ...]) -> None:
    ran = back.run("session", tty=True, keys=Fingers(*NO_TO_ALL, *end))
    assert words(back) == [] and "Warm up" in ran.out


def test_enter_is_no_answer(back: "World") -> None:
    ran = back.run("session", tty=True, keys=Fingers(*NO_TO_ALL, "\n", "t"))
    assert "Enter alone is not an answer." in screen(ran.out)
    assert words(back) == ["time"]


def test_in_plain_mode_it_is_numbered(back: "World") -> None:
    keys = Fingers(*("1\n" for _ in range(5)), "2\n", "\n", "3\n")
    ran = back.run("session", "--plain", tty=True, keys=keys)
    assert words(back) == ["worry"]
    assert "7. skip, nothing or something else" in ran.out


def test_it_is_asked_once_a_day(back: "World") -> None:
    back.run("session", tty=True, keys=Fingers(*NO_TO_ALL, "s"))
    again = back.run("session", tty=True, keys=Fingers("l"))
    assert "What got in the way lately?" not in screen(again.out) and words(back) == []


def test_the_answer_stays_for_the_day_and_goes_with_undo(back: "World") -> None:
    back.run("session", tty=True, keys=Fingers(*NO_TO_ALL, "i"))
    assert answer_to("ill").code in [n["code"] for n in back.run("session", "--json").data["notices"]]
    back.run("undo")
    assert back.diary.barriers == ()


@pytest.mark.parametrize("args", [("--json",), ("--answers", "-")])
def test_where_nobody_can_be_asked_a_line_stands_in_its_place(back: "World", args: tuple[str, ...]) -> None:
    said = json.dumps({"daily_check": CHECK, "pain": 2})
    back.run("session", "--answers", "-", "--json", stdin=said)
    ran = back.run("session", *args, stdin=said)
    assert IN_THE_WAY.text in screen(ran.out.replace("\\u2192", ""))
    assert words(back) == []


def test_show_asks_nothing(back: "World") -> None:
    back.run("log", "2")
    keys = Fingers("t")
    back.run("session", "--show", tty=True, keys=keys, expect=5)
    assert keys.left == "t"


def test_a_day_without_a_session_asks_nothing_more(back: "World") -> None:
    keys = Fingers("n", "y", "n", "n", "n", "2\n", "t")
    back.run("session", tty=True, keys=keys, expect=5)
    assert keys.left == "t" and words(back) == []


# --- the plan for a flare-up ----------------------------------------------------------------------------------


def test_the_plan_is_asked_line_by_line_and_kept(world: "World") -> None:
    keys = Fingers("legs on a chair\n", "on my side\n", "bending\n", "my sister Ann\n", "walk the dog\n")
    out = world.run("profile", "flare-plan", tty=True, keys=keys).out
    profile = world.diary.profile
    assert profile.ease_positions == ("legs on a chair", "on my side")
    assert (profile.ease_direction, profile.ease_person) == ("bending", "my sister Ann")
    assert profile.keep_activity == "walk the dog"
    assert len(world.records) == 1 and "Saved: ease_positions legs on a chair, on my side" in out


def test_every_line_can_be_skipped_and_enter_is_no_answer(world: "World") -> None:
    world.run("profile", "flare-plan", tty=True, keys=Fingers("s\n", "\n", "skip\n", "s\n", "s\n"))
    assert world.records == ()
    one = Fingers("on my side\n", "s\n", "s\n", "\n", "s\n", "sing\n")
    world.run("profile", "flare-plan", tty=True, keys=one)
    assert world.diary.profile.known == {"ease_positions", "keep_activity"}
    assert world.diary.profile.ease_positions == ("on my side",)


@pytest.mark.parametrize("end", [(), ("<ctrl-c>",)])
def test_leaving_the_plan_keeps_nothing(world: "World", end: tuple[str, ...]) -> None:
    world.run("profile", "flare-plan", tty=True, keys=Fingers("on my side\n", *end), expect=130)
    assert world.records == ()


def test_without_a_terminal_the_keys_are_named(world: "World") -> None:
    assert "profile set keep_activity" in world.run("profile", "flare-plan", expect=2).err


def test_the_plan_is_shown_back_clean_on_a_flare_day(back: "World") -> None:
    back.run("profile", "set", "keep_activity", "walk \x1b[31mthe dog\x07")
    back.run("profile", "set", "ease_person", "Ann\u202e")
    back.run("log", "2", "--flare")
    ran = back.run("session", "--plain", tty=True, keys=Fingers(*("1\n" for _ in range(5)), "7\n"))
    line = next(line for line in ran.out.splitlines() if line.startswith("Your plan for such days"))
    assert "\x1b" not in line and "\x07" not in line and "\u202e" not in line
    assert line.isprintable() and "the dog" in line
