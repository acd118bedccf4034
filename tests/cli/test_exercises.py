"""``backmove exercises``: list, show, check and schema, as a person types them."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from test_session import ask, opened

from backmove.core.record import Profile, TagSpan
from backmove.store.resources import resource
from conftest import World


def test_the_list_shows_every_exercise(world: World) -> None:
    result = world.run("exercises", "list")
    assert "bird-dog, Bird dog, level 3, on hands and knees" in result.out
    assert "204 of 204 exercises." in result.out


def test_the_list_can_be_narrowed(world: World) -> None:
    result = world.run(
        "exercises",
        "list",
        "--category",
        "core",
        "--position",
        "sitting",
        "--goal",
        "sit",
        "--level",
        "2",
        "--json",
    )
    assert [row["id"] for row in result.data["exercises"]] == ["seated-lean-back"]


def test_a_tag_shows_what_it_leaves(world: World) -> None:
    data = world.run("exercises", "list", "--tag", "osteoporosis", "--tag", "fall-risk", "--json").data
    assert data["left_out"] > 0
    barred = {"flex-end", "rot-end", "curl", "no-support", "unstable"}
    assert not any(barred & set(row["features"]) for row in data["exercises"])


@pytest.mark.parametrize(
    ("option", "word", "guess"),
    [("--goal", "lft", "lift"), ("--tag", "osteo", "osteoporosis"), ("--category", "cor", "core")],
)
def test_an_unknown_word_is_a_usage_error_with_a_guess(
    world: World, option: str, word: str, guess: str
) -> None:
    result = world.run("exercises", "list", option, word, expect=2)
    assert result.out == ""
    assert f"Did you mean {guess}?" in result.err


def test_a_level_outside_the_scale_is_a_usage_error(world: World) -> None:
    world.run("exercises", "list", "--level", "9", expect=2)


@pytest.mark.parametrize("words", [("bird-dog",), ("Bird", "dog"), ("birddog",), ("clamshell",)])
def test_an_exercise_is_shown_by_any_of_its_names(world: World, words: tuple[str, ...]) -> None:
    result = world.run("exercises", "show", *words)
    assert "Stop everything and get urgent help if" in result.out


def test_an_unknown_exercise_gets_a_guess_and_exit_1(world: World) -> None:
    result = world.run("exercises", "show", "brid-dog", expect=1)
    assert result.out == ""
    assert "Did you mean bird-dog" in result.err
    error = world.run("exercises", "show", "brid-dog", "--json", expect=1).error
    assert error["code"] == "not-found"


def test_own_precautions_are_named_on_the_page(world: World) -> None:
    world.write(Profile(**world.app().stamp(), set={"precautions": ["glaucoma"]}))
    assert "Left out of your sessions: Glaucoma." in world.run("exercises", "show", "downward-dog").out
    assert world.run("exercises", "show", "downward-dog", "--json").data["left_out_by"] == ["Glaucoma"]
    assert "Left out" not in world.run("exercises", "show", "clam").out


def test_the_shipped_files_pass_the_check(world: World) -> None:
    result = world.run("exercises", "check")
    assert result.out == ""
    assert "Nothing to mend." in result.err


def test_a_broken_file_of_ones_own_is_told_line_by_line_and_ends_in_4(world: World, tmp_path: Path) -> None:
    text = resource("exercises.yaml").read_text()
    mine = tmp_path / "mine.yaml"
    mine.write_text(
        text.replace("    level: 1\n", "    level: one\n", 1).replace("category: core", "category: cor", 1)
    )
    result = world.run("exercises", "check", str(mine), expect=4)
    assert 'rest-90-90.level: should be a whole number (got "one")' in result.out
    assert "did you mean core?" in result.out
    assert all(line.startswith(f"{mine}:") for line in result.out.splitlines())
    assert "2 to mend." in result.err


def test_a_check_in_json_lists_line_column_and_field(world: World, tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("schema_version: 1\ncards: [{number: 1}]\n")
    data = world.run("exercises", "check", str(mine), "--json", expect=4).data
    assert {problem["field"] for problem in data["problems"]} >= {"cards.1.text", "cards.1.title"}
    assert {problem["line"] for problem in data["problems"]} == {2}


def test_a_file_that_is_not_yaml_ends_in_4(world: World, tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("a: b: c\n")
    assert f"{mine}:1:5: not YAML" in world.run("exercises", "check", str(mine), expect=4).err


def test_a_file_that_is_not_there_ends_in_4(world: World, tmp_path: Path) -> None:
    assert "cannot read" in world.run("exercises", "check", str(tmp_path / "none.yaml"), expect=4).err


def schema(world: World) -> dict[str, object]:
    found: dict[str, object] = json.loads(world.run("exercises", "schema").out)
    return found


def test_the_schema_is_valid_and_uses_nothing_newer_than_draft_7(world: World) -> None:
    found = schema(world)
    jsonschema.Draft7Validator.check_schema(found)
    for newer in ("prefixItems", "unevaluatedProperties", "$dynamicRef", "dependentRequired"):
        assert newer not in json.dumps(found)


def test_the_schema_accepts_the_shipped_file_and_refuses_a_broken_one(world: World) -> None:
    check = jsonschema.Draft7Validator(schema(world))
    data = yaml.safe_load(resource("exercises.yaml").read_text())
    assert not list(check.iter_errors(data))
    data["exercises"][0]["levle"] = 3
    data["exercises"][1]["level"] = 9
    data["exercises"][2]["position"] = "floating"
    assert len(list(check.iter_errors(data))) == 3


def test_a_search_finds_names_other_names_and_cues(world: World) -> None:
    data = world.run("exercises", "search", "bridge", "--json").data
    assert data["exercises"][0]["id"] == "bridge" and data["exercises"][0]["where"] == ["glute bridge"]
    again = world.run("exercises", "list", "--search", "bridge", "--json").data
    assert again == data
    assert "also called clamshell" in world.run("exercises", "search", "clamshell").out
    assert [row["id"] for row in world.run("exercises", "search", "shy dog", "--json").data["exercises"]] == [
        "pelvic-tilt-quadruped"
    ]


def test_a_search_keeps_to_the_filters(world: World) -> None:
    found = world.run("exercises", "list", "--search", "bridge", "--level", "1", "--json").data["exercises"]
    assert [row["id"] for row in found] == ["mini-bridge"]


def test_a_search_without_a_hit_guesses(world: World) -> None:
    assert "Did you mean bridge?" in world.run("exercises", "search", "brigde").out
    assert world.run("exercises", "search", "brigde", "--json").data["near"] == ["bridge"]
    world.run("exercises", "search", "...", expect=2)


def test_the_list_says_what_keeps_a_row_away_and_can_leave_it_out(world: World) -> None:
    world.run("profile", "set", "equipment", "chair")
    world.run("profile", "set", "precautions", "glaucoma")
    world.run("profile", "set", "dislikes", "clam")
    rows = {row["id"]: row for row in world.run("exercises", "list", "--json").data["exercises"]}
    assert rows["downward-dog"]["left_out_by"] == ["Glaucoma"]
    assert rows["clam"]["left_out_by"] == ["you do not like clam"]
    assert rows["bag-lift"]["lacking"] == ["weight"]
    mine = {row["id"] for row in world.run("exercises", "list", "--for-me", "--json").data["exercises"]}
    assert mine == {name for name, row in rows.items() if not (row["left_out_by"] or row["lacking"])}
    have = {row["id"] for row in world.run("exercises", "list", "--have", "--json").data["exercises"]}
    assert have == {name for name, row in rows.items() if not row["lacking"]}
    assert "downward-dog, Downward dog, level 3, on hands and knees, not for you: Glaucoma" in (
        world.run("exercises", "list").out.splitlines()
    )


def test_a_precaution_of_the_safety_questions_counts_too(world: World) -> None:
    opened(world, tags=(TagSpan(tag="glaucoma"),))
    rows = {row["id"]: row for row in world.run("exercises", "list", "--json").data["exercises"]}
    assert rows["downward-dog"]["left_out_by"] == ["Glaucoma"]


def test_a_file_of_figures_is_checked_too(world: World, tmp_path: Path) -> None:
    assert "Nothing to mend." in world.run("exercises", "check", str(resource("figures.yaml"))).err
    mine = tmp_path / "figures.yaml"
    mine.write_text(resource("figures.yaml").read_text().replace("base: stand\n", "base: stnd\n", 1))
    result = world.run("exercises", "check", str(mine), expect=4)
    assert "the position stnd is not there" in result.out and result.out.startswith(f"{mine}:")
    mine.write_text("schema_version: 1\nposes: {}\nfigures: [{id: 3}]\n")
    data = world.run("exercises", "check", str(mine), "--json", expect=4).data
    assert any(problem["field"].startswith("figures") for problem in data["problems"])


# --- left out by the person ----------------------------------------------------------------------------------


def test_a_row_that_is_left_out_stays_out_of_list_show_and_sessions(world: World) -> None:
    opened(world)
    first = ask(world)["items"][2]["exercise"]
    result = world.run("exercises", "exclude", first, "--because", "my wrist")
    assert "Left out from now on" in result.out and "backmove undo" in result.out
    assert "What may come instead" in result.out
    assert [i for i in world.run("session", "--json").data["items"] if i["exercise"] == first] == []
    assert f"{first}, " in world.run("exercises", "list").out
    assert world.run("exercises", "list").out.count("left out by you") == 1
    assert "You left it out of your sessions, because: my wrist." in world.run("exercises", "show", first).out
    data = world.run("exercises", "show", first, "--json").data
    assert (data["excluded"], data["because"]) == (True, "my wrist")


def test_leaving_out_twice_writes_once_and_a_new_reason_is_news(world: World) -> None:
    world.run("exercises", "exclude", "plank")
    size = len(world.records)
    assert "left out already" in world.run("exercises", "exclude", "plank").out
    assert world.run("exercises", "exclude", "plank", "--json").data["changed"] is False
    assert len(world.records) == size
    assert (
        world.run("exercises", "exclude", "plank", "--because", "my wrist", "--json").data["changed"] is True
    )
    assert (
        world.run("exercises", "exclude", "plank", "--because", "my wrist", "--json").data["changed"] is False
    )


def test_a_row_is_let_in_again_and_what_else_holds_it_is_said(world: World) -> None:
    world.run("exercises", "exclude", "plank")
    assert "Back in" in world.run("exercises", "include", "plank").out
    assert world.diary.excluded == frozenset()
    assert "was not left out by you" in world.run("exercises", "include", "plank").out
    world.run("profile", "set", "dislikes", "core")
    world.run("profile", "set", "precautions", "high-blood-pressure")
    data = world.run("exercises", "include", "plank", "--json").data
    assert data["changed"] is False and len(data["held_by"]) == 2
    assert "needs weight" in world.run("exercises", "include", "bag-lift").out


def test_undo_takes_it_back_and_forth(world: World) -> None:
    world.run("exercises", "exclude", "plank")
    world.run("exercises", "include", "plank")
    world.run("undo")
    assert world.diary.excluded == {"plank"}
    world.run("undo")
    assert world.diary.excluded == frozenset()


def test_another_name_will_do_and_a_wrong_one_is_guessed(world: World) -> None:
    world.run("exercises", "exclude", "Bird", "dog")
    assert world.diary.excluded == {"bird-dog"}
    assert "Did you mean plank" in world.run("exercises", "exclude", "plnk", expect=1).err
    assert "Did you mean plank" in world.run("exercises", "include", "plnk", expect=1).err


def test_the_reason_steers_no_terminal(world: World) -> None:
    world.run("exercises", "exclude", "plank", "--because", "a\x1b[31mb\nc")
    for words in (("show", "plank"), ("list",)):
        assert "\x1b" not in world.run("exercises", *words).out
    assert "\x1b" not in world.run("exercises", "show", "plank", "--json").out


def test_what_comes_instead_is_allowed(world: World) -> None:
    world.run("profile", "set", "precautions", "fall-risk")
    for name in ("one-leg-stand", "plank", "bag-lift", "walk-steady", "legs-up-wall"):
        data = world.run("exercises", "exclude", name, "--json").data
        if data["instead"] is not None:
            row = world.run("exercises", "show", data["instead"], "--json").data
            assert row["left_out_by"] == [] and row["excluded"] is False
