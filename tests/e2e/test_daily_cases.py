"""The daily check cases G01-G14: last result SELF_CARE, yesterday, unless given. The usual pain is 4."""

from typing import Any

import pytest

from backmove.core.record import Done, Pain, Session
from conftest import World
from fingers import Fingers
from triage_answers import day, triage


def answered(world: World, *, days: int = 1, expect: int = 0, **changes: Any) -> Any:
    """A full triage so many days ago, through the program."""
    world.sleep_days(-days)
    result = world.run("triage", "--answers", "-", "--json", stdin=triage(**changes), expect=expect).data
    world.sleep_days(days)
    return result


def session(world: World, *, expect: int = 0, pain: int | None = 4, **said: Any) -> Any:
    return world.run("session", "--answers", "-", "--json", stdin=day(pain, **said), expect=expect).data


def again(world: World, *, expect: int = 0, **changes: Any) -> Any:
    """A full triage now."""
    return world.run("triage", "--answers", "-", "--json", stdin=triage(**changes), expect=expect).data


def test_g01_five_no_and_the_usual_pain_opens(world: World) -> None:
    answered(world)
    assert session(world)["outcome"] == "session"


def test_g02_numb_when_wiping_is_an_emergency_at_once(world: World) -> None:
    answered(world)
    assert session(world, dc1="y", expect=7)["refusal"]["code"] == "new-red-flag"
    world.sleep_days(1)
    assert session(world, expect=7)["outcome"] == "refused"
    assert again(world, expect=7)["held_by"] == "EMERGENCY"


def test_g03_not_sure_after_the_tests_is_an_emergency(world: World) -> None:
    answered(world)
    keys = Fingers("u", "n", "u")
    text = world.run("session", tty=True, keys=keys, expect=7).out
    assert "emergency" in text


def test_g03_not_sure_and_then_sure_goes_on(world: World) -> None:
    answered(world)
    basics = ("u", "1\n", "y", "y", "y", "y", "30\n")
    keys = Fingers("u", "n", "n", "n", "n", "n", "n", "n", "4\n", *basics)
    world.run("session", tty=True, keys=keys)
    assert world.diary.checks[-1].outcome == "open" and world.diary.sessions


def test_g04_a_weak_hand_asks_all_questions(world: World) -> None:
    answered(world)
    assert session(world, dc2="y", expect=5)["refusal"]["code"] == "new-red-flag"
    assert again(world, elsewhere_weakness="y", expect=7)["disposition"] == "EMERGENCY"


def test_g05_the_second_leg_hurts_now(world: World) -> None:
    answered(world)
    assert session(world, dc2="y", expect=5)["outcome"] == "refused"
    data = again(world, both_legs=["pain"], both_legs_days=1, expect=7)
    assert data["disposition"] == "EMERGENCY" and "E8p" in data["rules"]


def test_g06_a_tight_chest_is_an_emergency_at_once(world: World) -> None:
    answered(world)
    session(world, dc3="y", dc3_signs=["chest-or-faint"], expect=7)
    assert session(world, expect=7)["outcome"] == "refused"


def test_g07_a_cold_asks_again_and_then_opens_gently(world: World) -> None:
    answered(world)
    session(world, dc3="y", dc3_signs=["other"], expect=5)
    assert again(world)["disposition"] == "SELF_CARE"
    data = session(world)
    assert data["outcome"] == "session" and data["mode"] == "gentle"


def test_g08_slipped_on_ice_at_67(world: World) -> None:
    answered(world, age=67, first_ever="n")
    session(world, dc4="y", expect=5)
    data = again(world, age=67, first_ever="n", injury="minor", injury_days=0, injury_checked="n", expect=6)
    assert data["disposition"] == "SAME_DAY" and "U5" in data["rules"]


def test_g09_steroid_tablets_set_the_bone_tag(world: World) -> None:
    answered(world)
    session(world, dc4="y", expect=5)
    data = again(world, steroids="y")
    assert data["disposition"] == "CAREFUL" and "osteoporosis" in data["tags"]


def test_g10_pain_nine_and_no_position_helps(world: World) -> None:
    answered(world)
    assert session(world, dc5="y", pain=9, expect=5)["refusal"]["code"] == "pain-too-high"
    data = again(world, pain_now=9, no_position_helps="y", assessed="n", expect=6)
    assert data["disposition"] == "SAME_DAY" and "U2" in data["rules"]


@pytest.mark.parametrize(("second", "counts"), [("y", "y"), ("u", "u"), ("n", "y")])
def test_g11_nine_and_not_much_worse_is_asked_again(world: World, second: str, counts: str) -> None:
    answered(world)
    keys = Fingers("n", "n", "n", "n", "n", "9\n", second)
    world.run("session", tty=True, keys=keys, expect=5)
    assert keys.left == ""
    assert world.diary.checks[-1].answers["dc5"] == counts


def test_g12_a_jump_of_three_for_two_days(world: World) -> None:
    answered(world, days=8)
    for days, score in ((5, 3), (4, 3), (3, 3), (1, 6), (0, 6)):
        world.sleep_days(-days)
        world.run("log", str(score))
        world.sleep_days(days)
    assert session(world, pain=None, expect=5)["refusal"]["code"] == "pain-too-high"
    again(world)
    assert session(world, pain=None)["outcome"] == "session"


def test_g13_a_bit_more_tingling(world: World) -> None:
    answered(world, one_leg=["pain", "tingling"], one_leg_trend="same")
    assert session(world, dc2="y", expect=5)["refusal"]["code"] == "new-red-flag"
    data = again(world, one_leg=["pain", "tingling"], one_leg_trend="worse", expect=5)
    assert data["disposition"] == "CLINICIAN_FIRST" and "C10" in data["rules"]


def test_g14_back_after_five_weeks(world: World) -> None:
    answered(world, days=35)
    world.sleep_days(-35)
    given = Session(
        **world.app().stamp(), zone="green", stage="chronic", mode="normal", pain=4, variant=0, requested_min=20,
        effective_min=20, estimated_s=900, place="upright", items=(),
    )  # fmt: skip
    world.write(given, Done(**world.app().stamp(), session=given.id))
    world.sleep_days(35)
    assert session(world, expect=5)["refusal"]["code"] == "triage-stale"
    again(world)
    assert session(world)["outcome"] == "session"


def test_the_day_has_one_pain_question(world: World) -> None:
    answered(world)
    world.run("log", "3")
    keys = Fingers("n", "n", "n", "n", "n", "u", "1\n", "y", "y", "y", "y", "30\n")
    world.run("session", tty=True, keys=keys)
    assert [p.score for p in world.diary.pains if isinstance(p, Pain)] == [3]


@pytest.mark.parametrize("strokes", [(), ("n",), ("n", "n", "<ctrl-c>"), ("n", "n", "n", "n", "q", "s")])
def test_a_check_that_is_broken_off_opens_nothing(world: World, strokes: tuple[str, ...]) -> None:
    answered(world)
    world.run("session", tty=True, keys=Fingers(*strokes), expect=5)
    assert not world.diary.sessions
    assert world.run("session", "--json", expect=5).data["refusal"]["code"] == "check-incomplete"


def test_a_yes_before_the_break_still_locks(world: World) -> None:
    answered(world)
    world.run("session", tty=True, keys=Fingers("n", "y", "<ctrl-c>"), expect=5)
    assert session(world, expect=5)["refusal"]["code"] == "new-red-flag"


def test_enter_is_never_an_answer(world: World) -> None:
    answered(world)
    world.run("session", tty=True, keys=Fingers("\n", "\n", "\n", "\n", "\n", "\n"), expect=5)
    assert not world.diary.checks or world.diary.checks[-1].outcome == "incomplete"
