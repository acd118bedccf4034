"""A feared move from day to day: predicted before, found after, and one step on (R-O4, example 31)."""

from test_session import ask, opened

from backmove.core.record import Exposure
from conftest import World
from fingers import Fingers


def afraid(world: World) -> None:
    opened(world, valid_until="2026-04-20")
    for key, value in (
        ("feared", "bending"),
        ("stand_no_hands", "yes"),
        ("place", "floor"),
        ("floor_and_up", "yes"),
    ):
        world.run("profile", "set", key, value)


def exposures(data: dict) -> list[str]:  # type: ignore[type-arg]
    return [item["exercise"] for item in data["items"] if item["rule"] == "O4"]


def test_a_prediction_is_asked_before_the_session_once(world: World) -> None:
    afraid(world)
    assert exposures(ask(world, pain=2)) == ["seated-hinge"]
    result = world.run("session", tty=True, keys=Fingers("8\n"))
    assert "how bad do you think it will be" in result.out
    assert [(e.exercise, e.prediction) for e in world.diary.exposures] == [("seated-hinge", 8)]
    world.run("session", tty=True, keys=Fingers())
    assert len(world.diary.exposures) == 1


def test_it_can_be_skipped_and_breaking_off_shows_the_session_all_the_same(world: World) -> None:
    afraid(world)
    ask(world, pain=2)
    for keys in (Fingers("s\n"), Fingers("<ctrl-c>"), Fingers()):
        assert "Seated hip hinge" in world.run("session", tty=True, keys=keys).out
    assert not world.diary.exposures


def test_nobody_is_asked_without_a_terminal_or_only_to_show(world: World) -> None:
    afraid(world)
    ask(world, pain=2)
    world.run("session", "--json", tty=True, keys=Fingers("8\n"))
    world.run("session", "--show", tty=True, keys=Fingers("8\n"))
    assert not any(isinstance(record, Exposure) for record in world.records)


def test_a_done_session_is_not_asked_about(world: World) -> None:
    afraid(world)
    ask(world, pain=2)
    world.run("done", "--effort", "4")
    keys = Fingers("8\n")
    world.run("session", tty=True, keys=keys)
    assert not world.diary.exposures


def test_eight_five_three_moves_on(world: World) -> None:
    """Example 31, with pain 4 on the way, which takes nothing away."""
    afraid(world)
    for prediction, found in ((8, 5), (5, 3), (3, 1)):
        assert exposures(ask(world, pain=2)) == ["seated-hinge"]
        world.run("session", tty=True, keys=Fingers(f"{prediction}\n"))
        world.run("done", "--effort", "4", "--peak", "4", "--found", str(found))
        world.sleep_days(2)
    assert exposures(ask(world, pain=2)) == ["seated-forward-fold"]
    assert exposures(ask(world, pain=4)) in (["seated-hinge"], [])
    assert exposures(ask(world, pain=6)) == []
