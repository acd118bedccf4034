"""``backmove profile``: seen and changed one key at a time, each change a record."""

from typing import TYPE_CHECKING

import pytest

from backmove.core.profile import KEYS
from backmove.core.record import Profile
from fingers import Fingers

if TYPE_CHECKING:
    from conftest import World


@pytest.mark.parametrize("words", [("profile",), ("profile", "show")])
def test_every_key_is_shown_with_what_is_only_assumed(world: "World", words: tuple[str, ...]) -> None:
    lines = world.run(*words).out.splitlines()
    assert [line.split(":")[0] for line in lines] == list(KEYS)
    assert "place: upright (as at first)" in lines
    assert "job: not said" in lines


def test_a_change_is_told_with_what_was_before(world: "World") -> None:
    assert world.run("profile", "set", "place", "floor").out == (
        "Saved: place floor (was upright).\nTo take it back: backmove undo\n"
    )
    world.run("profile", "set", "precautions", "osteoporosis", "knee-problem")
    out = world.run("profile", "set", "precautions", "knee-problem").out
    assert out.startswith("Saved: precautions knee-problem (was osteoporosis, knee-problem).")
    assert "place: floor" in world.run("profile").out.splitlines()


def test_own_words_survive_as_they_are(world: "World") -> None:
    world.run("profile", "set", "activities", "lift [the] shopping", ":sit: through a film")
    assert world.diary.profile.activities == ("lift [the] shopping", ":sit: through a film")
    assert "activities: lift [the] shopping, :sit: through a film" in world.run("profile").out


def test_a_region_may_be_called_by_any_of_its_names(world: "World") -> None:
    world.run("profile", "set", "region", "scotland")
    assert world.diary.profile.region == "uk"


def test_the_beginning_of_a_spell_may_be_a_when(world: "World") -> None:
    world.run("profile", "set", "episode_start", "3 days ago")
    assert world.diary.profile.episode_start == "2026-02-27"
    assert "still to come" in world.run("profile", "set", "episode_start", "2026-04-01", expect=2).err


def test_likes_and_dislikes_take_an_exercise_a_category_or_a_tradition(world: "World") -> None:
    world.run("profile", "set", "likes", "bridge", "strength", "yoga")
    assert world.diary.profile.likes == ("bridge", "strength", "yoga")


def test_unset_forgets_the_value(world: "World") -> None:
    world.run("profile", "set", "place", "floor")
    assert world.run("profile", "unset", "place").out.startswith("Saved: place upright (was floor).")
    assert "place" not in world.diary.profile.known


def test_what_changes_nothing_is_not_written(world: "World") -> None:
    world.run("profile", "set", "place", "floor")
    size = len(world.records)
    assert world.run("profile", "set", "place", "floor").out == "Nothing changed.\n"
    assert world.run("profile", "unset", "job").out == "Nothing changed.\n"
    assert len(world.records) == size


def test_saying_what_was_assumed_is_worth_a_record(world: "World") -> None:
    world.run("profile", "set", "place", "upright")
    assert world.diary.profile.known == {"place"}


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("set", "plase", "floor"), "Did you mean place?"),
        (("set", "place", "flor"), "Did you mean floor? Allowed: floor, bed, upright, chair"),
        (("set", "precautions", "ostoporosis"), "Did you mean osteoporosis? Allowed: pregnancy-1"),
        (("set", "region", "mars"), "Allowed: uk, ie, de"),
        (("set", "likes", "bridg"), "Did you mean bridge?"),
        (("set", "minutes", "4"), "outside 5 to 60"),
        (("set", "place"), "Missing argument"),
        (("unset", "plase"), "Did you mean place?"),
        (("sett", "place", "floor"), "No such command"),
        (("edit",), "no terminal"),
    ],
    ids=lambda a: " ".join(a),
)
def test_wrong_usage_ends_in_2_and_writes_nothing(world: "World", args: tuple[str, ...], said: str) -> None:
    assert said in world.run("profile", *args, expect=2).err
    assert world.records == ()


def test_scripts_get_values_and_which_of_them_were_said(world: "World") -> None:
    data = world.run("profile", "set", "equipment", "none", "--json").data
    assert data["profile"]["equipment"] == []
    assert data["known"] == ["equipment"]
    assert data["notices"] == []
    again = world.run("profile", "show", "--json")
    assert again.data == {"profile": data["profile"], "known": ["equipment"]}
    assert world.run("profile", "--json").data == again.data


# --- asked key by key -----------------------------------------------------------------------------------------


def test_enter_keeps_a_value_and_q_saves_the_rest(world: "World") -> None:
    keys = Fingers("\n", "yesterday\n", "?\n", "11\n", "3\n", "q\n")
    ran = world.run("profile", "edit", tty=True, keys=keys)
    assert "Enter keeps a value as it is." in ran.out
    assert "0 to 10\n" in ran.out
    assert "usual_pain: 11 is outside 0 to 10." in ran.out
    assert world.diary.profile.known == {"episode_start", "usual_pain"}
    assert len(world.records) == 1


def test_every_key_can_be_answered_and_explained(world: "World") -> None:
    world.run("profile", "edit", tty=True, keys=Fingers(*(["?\n", "\n"] * len(KEYS))))
    assert world.records == ()
    answers = {"activities": "walk the dog; sit", "equipment": "chair, band", "region": "de", "minutes": "15"}
    world.run("profile", "edit", tty=True, keys=Fingers(*(f"{answers.get(key, '')}\n" for key in KEYS)))
    profile = world.diary.profile
    assert profile.known == set(answers)
    assert profile.activities == ("walk the dog", "sit")


@pytest.mark.parametrize("end", [(), ("<ctrl-c>",), ("<ctrl-d>",)])
def test_leaving_before_the_end_changes_nothing(world: "World", end: tuple[str, ...]) -> None:
    world.run("profile", "edit", tty=True, keys=Fingers("\n", "yesterday\n", *end), expect=130)
    assert world.records == ()


@pytest.mark.parametrize("width", ["40", "80", "120"])
def test_no_line_is_wider_than_the_screen(world: "World", width: str) -> None:
    world.env["COLUMNS"] = width
    world.run("profile", "set", "activities", "lift " * 30, "x" * 90)
    out = world.run("profile", tty=True).out
    assert max(map(len, out.splitlines())) <= int(width)


def test_a_profile_that_cannot_be_understood_is_a_data_error(world: "World") -> None:
    world.write(
        Profile(v=1, id="p", at="2026-03-02T08:00:00+01:00", day="2026-03-02", set={"planet": "mars"})
    )
    err = world.run("profile", expect=4).err
    assert "planet" in err
    assert "backmove doctor" in err
