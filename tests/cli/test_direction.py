"""``backmove direction``: ten bends, ten arches, and what follows."""

from typing import Any

import pytest
from test_session import ask, opened

from backmove.core.plain_words import banned_words
from backmove.core.record import Direction, Retract
from conftest import World
from fingers import Fingers


def last(world: World) -> Direction:
    found: Direction = world.diary.directions[-1]
    return found


def test_without_a_triage_it_is_locked(world: World) -> None:
    result = world.run("direction", "--arching", "better", expect=5)
    assert "safety questions" in result.err and not world.records


@pytest.mark.parametrize(("disposition", "code"), [("EMERGENCY", 7), ("SAME_DAY", 6), ("CLINICIAN_FIRST", 5)])
def test_a_lock_ends_with_its_code_and_writes_nothing(world: World, disposition: str, code: int) -> None:
    opened(world, disposition=disposition, result=disposition, unlocked=False)
    size = len(world.records)
    result = world.run("direction", "--arching", "better", "--json", expect=code)
    assert result.error["code"] == "locked"
    assert len(world.records) == size


def test_options_tell_it_without_a_terminal(world: World) -> None:
    opened(world)
    data = world.run(
        "direction", "--bending", "worse", "--arching", "same", "--arching-leg", "closer", "--json"
    ).data
    assert (data["helps"], data["entry"]["arching_leg"]) == ("extension", "closer")
    assert [notice["code"] for notice in data["notices"]] == ["direction-helps"]


def test_without_terminal_and_options_nothing_is_assumed(world: World) -> None:
    opened(world)
    assert "no terminal" in world.run("direction", expect=2).err
    assert not world.diary.directions


def test_an_unknown_word_lists_what_is_allowed(world: World) -> None:
    opened(world)
    assert "better, same, worse" in world.run("direction", "--bending", "bettr", expect=2).err
    assert not world.diary.directions


def test_on_a_terminal_it_is_asked_key_by_key(world: World) -> None:
    opened(world)
    world.run("direction", tty=True, keys=Fingers("n", "3", "c", "2"))
    test = last(world)
    assert (test.bending, test.bending_leg, test.arching, test.arching_leg) == (
        "worse",
        "none",
        "same",
        "closer",
    )


def test_a_first_half_that_goes_down_the_leg_is_the_last(world: World) -> None:
    opened(world)
    keys = Fingers("f", "n", "1")
    result = world.run("direction", tty=True, keys=keys)
    assert (last(world).bending, last(world).bending_leg, last(world).arching) == ("worse", "further", None)
    assert keys.left == "n1"
    assert "Bending forward rests for 7 days" in result.out


def test_a_leg_that_is_newly_weak_locks(world: World) -> None:
    opened(world)
    result = world.run("direction", tty=True, keys=Fingers("w"))
    assert "emergency help" in result.out and "No session for now" in result.out
    assert ask(world, expect=5)["refusal"]["code"] == "new-red-flag"


@pytest.mark.parametrize("strokes", [(), ("n",), ("n", "<ctrl-c>"), ("q", "s")])
def test_who_leaves_before_the_first_answer_is_whole_writes_nothing(
    world: World, strokes: tuple[str, ...]
) -> None:
    opened(world)
    world.run("direction", tty=True, keys=Fingers(*strokes), expect=130)
    assert not world.diary.directions


def test_who_leaves_in_the_second_half_keeps_the_first(world: World) -> None:
    opened(world)
    world.run("direction", tty=True, keys=Fingers("u", "1", "<ctrl-d>"))
    assert (last(world).bending, last(world).arching) == ("better", None)


def test_enter_alone_answers_nothing(world: World) -> None:
    opened(world)
    world.run("direction", tty=True, keys=Fingers("\n", "\n", "\n"), expect=130)
    assert not world.diary.directions


def test_a_precaution_leaves_its_half_out_and_says_so(world: World) -> None:
    opened(world)
    world.run("profile", "set", "precautions", "osteoporosis")
    result = world.run("direction", tty=True, keys=Fingers("n", "1"))
    assert "Bending forward is left out" in result.out
    assert (last(world).bending, last(world).arching) == (None, "better")
    assert world.run("direction", "--bending", "same", "--json", expect=1).error["code"] == "left-out"


def test_it_can_be_undone(world: World) -> None:
    opened(world)
    world.run("direction", "--bending", "worse", "--bending-leg", "further")
    assert "self-test" in world.run("undo").out
    assert isinstance(world.records[-1], Retract) and not world.diary.directions
    world.run("direction", "--bending", "better")


def test_what_went_down_the_leg_still_counts_when_it_is_undone_late(world: World) -> None:
    opened(world)
    world.run("direction", "--arching", "worse", "--arching-leg", "new")
    world.wait(3600)
    assert "No session for now" in world.run("undo").out
    assert ask(world, expect=5)["refusal"]["code"] == "new-red-flag"


def rows(data: Any) -> set[str]:
    return {item["exercise"] for item in data["items"]}


def test_a_way_that_went_down_the_leg_is_in_no_block_of_the_next_session(world: World) -> None:
    opened(world)
    for key, value in (("place", "floor"), ("floor_and_up", "yes"), ("minutes", "30")):
        world.run("profile", "set", key, value)
    world.run("direction", "--bending", "worse", "--bending-leg", "further")
    data = ask(world)
    features = {feature for item in data["items"] for feature in item["features"]}
    assert features.isdisjoint({"flex-mid", "flex-end", "flex-load", "curl"})
    assert "way-rests" in [notice["code"] for notice in data["notices"]]


@pytest.mark.parametrize("columns", ["40", "80", "120"])
def test_no_line_is_too_wide_or_unkind(world: World, columns: str) -> None:
    world.env["COLUMNS"] = columns
    opened(world)
    result = world.run("direction", "--bending", "better", tty=True)
    assert all(len(line) <= int(columns) for line in result.out.splitlines())
    assert banned_words(result.out) == []
