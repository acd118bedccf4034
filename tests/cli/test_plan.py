"""``backmove plan``: a file is checked, taken up, shown and put away; and what sessions say of it."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from test_session import answers, ask, opened

from backmove.core.record import Profile, TherapistPlan
from conftest import World

ROWS = """
  - exercise: sit-to-stand
    sets: 2
    reps: 10
    note: Slow on the way down.
  - exercise: bridge
    sets: 2
    reps: 8
"""
PLAN = f"schema_version: 1\nby: Anna Weber\nfor: Mara\nuntil: 2026-04-03\nrows:{ROWS}"
ABLE = dict.fromkeys(("stand_no_hands", "one_leg_5s", "floor_and_up", "counter_plank_10s"), True)
AT_HOME = {"place": "floor", "equipment": ["chair", "wall"], "minutes": 20} | ABLE


@pytest.fixture
def file(world: World, tmp_path: Path) -> Path:
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    opened(world)
    world.write(Profile(**world.app().stamp(), set=AT_HOME))
    return path


def test_a_plan_is_taken_up_and_sessions_give_it(world: World, file: Path) -> None:
    out = world.run("plan", "use", str(file)).out
    assert out.startswith("Saved: Anna Weber's plan, 2 exercises, until Friday 3 April.\n")
    assert "To take it back: backmove undo" in out
    data = ask(world, pain=1)
    mine = [
        (item["exercise"], item["dose"]["counts"], item["note"]) for item in data["items"] if item["planned"]
    ]
    assert sorted(mine) == [("bridge", [8, 8], ""), ("sit-to-stand", [10, 10], "Slow on the way down.")]
    assert (data["plan"]["by"], data["plan"]["until"], data["plan"]["left_out"]) == (
        "Anna Weber",
        "2026-04-03",
        [],
    )


def test_the_session_names_whose_plan_it_is(world: World, file: Path) -> None:
    world.run("plan", "use", str(file))
    out = world.run("session", "--answers", "-", stdin=answers(1)).out
    assert "(plan): from Anna Weber's plan, until Friday 3 April." in out
    assert "Sit-to-stand, no hands: 2 sets of 10, slowly (plan)\nSlow on the way down." in out
    why = world.run("session", "--answers", "-", "--why", stdin=answers(1)).out
    assert "here: from your physio's plan (rule plan)" in why


def test_what_stays_away_is_said_at_once_and_in_the_session(world: World, file: Path) -> None:
    world.write(Profile(**world.app().stamp(), set={"precautions": ["no-supine"]}))
    opened(world, tags=())
    out = world.run("plan", "use", str(file)).out
    assert "Stays away for now: Bridge (you told us: Cannot lie on the back)." in out
    data = ask(world, pain=1)
    assert [one["code"] for one in data["plan"]["left_out"]] == ["precaution"]
    (notice,) = [n["text"] for n in data["notices"] if n["code"] == "plan-left-out"]
    assert notice == "From Anna Weber's plan, not today: Bridge (you told us: Cannot lie on the back)."


def test_taking_it_up_twice_writes_once(world: World, file: Path) -> None:
    world.run("plan", "use", str(file))
    before = len(world.records)
    assert "This plan is in force already." in world.run("plan", "use", str(file)).out
    assert not world.run("plan", "use", str(file), "--json").data["changed"]
    assert len(world.records) == before
    file.write_text(PLAN.replace("reps: 8", "reps: 9"), encoding="utf-8")
    assert world.run("plan", "use", str(file), "--json").data["changed"]


def test_it_is_put_away_and_comes_back_by_undo(world: World, file: Path) -> None:
    world.run("plan", "use", str(file))
    assert world.run("plan", "stop").out.startswith("Put away: Anna Weber's plan.")
    assert ask(world, pain=1)["plan"] is None
    assert world.run("plan", "stop").out == "There was no plan in force.\n"
    world.run("delete", world.diary.sessions[-1].id)
    stop = world.diary.plans[-1]
    assert not stop.on
    world.run("delete", stop.id)
    assert world.run("plan", "--json").data["plan"]["by"] == "Anna Weber"
    assert [type(r) for r in world.records].count(TherapistPlan) == 2, "nothing is rewritten"


def test_undo_takes_a_plan_back(world: World, file: Path) -> None:
    world.run("plan", "use", str(file))
    out = world.run("undo").out
    assert "Undone: Anna Weber's plan: 2 exercises, until 2026-04-03" in out
    assert world.run("plan", "show", "--json").data == {"plan": None}
    assert "2 exercises" not in world.run("list").out


def test_show_has_what_came_and_what_could_not(world: World, file: Path) -> None:
    world.run("plan", "use", str(file))
    ask(world, pain=1)
    world.run("done")
    world.sleep_days(1)
    ask(world, "--place", "upright", pain=1)
    data = world.run("plan", "show", "--json").data["plan"]
    rows = {row["exercise"]: row for row in data["rows"]}
    assert (rows["sit-to-stand"]["given"], rows["bridge"]["given"], rows["bridge"]["left_out"]) == (2, 1, 1)
    assert rows["bridge"]["last_left_out"] == {
        "date": "2026-03-03",
        "why": "it does not fit the place",
    }
    assert rows["bridge"]["stays_away"] is None
    out = world.run("plan").out
    assert "For Mara. Until Friday 3 April; 31 more days." in out
    assert "2. Bridge: 2 sets of 8, slowly" in out
    assert "Left out once, the last time Tuesday 3 March: it does not fit the place." in out
    assert "2 sessions by it so far." in out


def test_it_ends_by_itself_and_says_what_now(world: World, file: Path) -> None:
    world.run("plan", "use", str(file))
    file.write_text(PLAN.replace("2026-04-03", "2026-03-03"), encoding="utf-8")
    world.run("plan", "use", str(file))
    assert "1 more day" in world.run("plan").out
    world.sleep_days(1)
    assert "today is its last day" in world.run("plan").out
    world.sleep_days(1)
    assert world.run("plan").out.startswith("Anna Weber's plan ran until Tuesday 3 March and is over.")
    notices = {n["code"]: n["text"] for n in ask(world, pain=1)["notices"]}
    assert "backmove plan use FILE" in notices["plan-ended"]


def test_a_locked_person_is_told_so_and_the_plan_is_kept(world: World, tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    out = world.run("plan", "use", str(path)).out
    assert "backmove triage" in out and "Stays away" not in out
    assert world.run("session", expect=5)
    assert len(world.diary.plans) == 1


# --- files that are wrong ------------------------------------------------------------------------------------

WRONG = """schema_version: 1
forr: Mara
until: 2025-01-01
days_per_week: 9
rows:
  - exercise: brid-dog
    reps: 3
  - exercise: bridge
    hold_s: 5
    reps: yes
"""


def test_every_fault_has_its_line_and_its_remedy(world: World, tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(WRONG, encoding="utf-8")
    for command in (("plan", "check"), ("exercises", "check")):
        result = world.run(*command, str(path), expect=4)
        lines = [line.removeprefix(f"{path}:") for line in result.out.splitlines()]
        assert [line.split(":")[0] for line in lines] == ["2", "3", "4", "6", "10"]
        assert lines[0].startswith(
            "2:1: forr: unknown field; did you mean for? (allowed: schema_version, until"
        )
        assert "2025-01-01 has passed" in lines[1] and "less than or equal to 7" in lines[2]
        assert "rows.brid-dog.exercise: there is no exercise 'brid-dog'. Did you mean bird-dog" in lines[3]
        assert 'rows.bridge.reps: should be a whole number (got "yes")' in lines[4]
        assert result.err == "5 to mend.\n"
    refused = world.run("plan", "use", str(path), expect=4)
    assert refused.err.startswith("backmove: 5 things are wrong in this plan; nothing was taken up:")
    assert f"backmove plan check {path}" in refused.err
    assert world.diary.plans == ()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "should be a group of fields"),
        ("- 1\n", "should be a group of fields"),
        (PLAN + "until: 2026-05-01\n", "'until' stands twice (first in line 4)"),
        (PLAN.replace("Anna Weber", "&a Anna"), "anchors (&) and aliases (*)"),
        (PLAN.replace("Anna Weber", "!!str x"), "tags such as"),
        (PLAN.replace("\n    sets: 2", "\n\tsets: 2", 1), "not YAML"),
        (PLAN.replace("2026-04-03", "soon"), "until: should be a valid date"),
        (PLAN.replace("2026-04-03", "20260403"), "until: should be a valid date"),
        (PLAN.replace("rows:", "row:"), "rows: this field is missing"),
        ("schema_version: 1\nuntil: 2026-04-03\nrows: []\n", "at least 1 item"),
        (PLAN.replace("schema_version: 1", "schema_version: 2"), "schema_version"),
        (PLAN.replace("Anna Weber", "x" * 81), "at most 80 characters"),
        (PLAN.replace("reps: 10", "reps: 1.5"), "whole number"),
        (PLAN.replace("reps: 10", "reps: -1"), "greater than or equal to 1"),
        (PLAN.replace("reps: 10", "reps: 99999999999999999999"), "reps"),
    ],
)  # fmt: skip
def test_what_yaml_makes_of_a_slip_is_refused(world: World, tmp_path: Path, text: str, what: str) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    result = world.run("plan", "use", str(path), expect=4)
    assert what in result.err
    assert world.diary.plans == ()


def test_a_file_that_is_not_there_is_a_data_problem(world: World, tmp_path: Path) -> None:
    assert "cannot read" in world.run("plan", "use", str(tmp_path / "no.yaml"), expect=4).err
    error = world.run("plan", "check", str(tmp_path / "no.yaml"), "--json", expect=4).error
    assert error["code"] == "data"


def test_words_of_people_steer_no_terminal(world: World, file: Path) -> None:
    hostile = '"\\e[31mAnna\\u202e\\nWeber"'
    file.write_text(
        PLAN.replace("Anna Weber", hostile).replace("Slow on the way down.", hostile), encoding="utf-8"
    )
    outs = [
        world.run("plan", "use", str(file)).out,
        world.run("session", "--answers", "-", stdin=answers(1)).out,
        world.run("session", "--answers", "-", "--json", stdin=answers(1)).out,
        world.run("plan").out,
        world.run("list").out,
        world.run("plan", "stop").out,
    ]
    for out in outs:
        assert "\x1b" not in out and "\u202e" not in out
    assert "␛[31mAnna Weber's plan" in outs[0]


# --- to start from -------------------------------------------------------------------------------------------


def test_the_example_can_be_taken_up_as_it_is(world: World, tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(world.run("plan", "example").out, encoding="utf-8")
    assert path.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=plan.schema.json\n")
    assert world.run("plan", "check", str(path)).out == ""
    assert world.run("plan", "use", str(path), "--json").data["until"] == "2026-04-13"


def test_the_schema_agrees_with_the_reader(world: World) -> None:
    schema = json.loads(world.run("plan", "schema").out)
    jsonschema.Draft7Validator.check_schema(schema)
    judge = jsonschema.Draft7Validator(schema)
    sound = yaml.safe_load(PLAN) | {"until": "2026-04-03"}
    assert list(judge.iter_errors(sound)) == []
    row = {"exercise": "bridge", "rep": 1}
    slips: list[dict[str, Any]] = [
        {"forr": "x"},
        {"until": 3},
        {"days_per_week": 8},
        {"rows": []},
        {"rows": [row]},
    ]
    for wrong in slips:
        assert list(judge.iter_errors(sound | wrong)), wrong


def test_every_command_has_help_with_an_example(world: World) -> None:
    for command in ("use", "check", "example", "schema"):
        assert "Example:  backmove plan" in world.run("plan", command, "--help").out
    assert "backmove plan use my-plan.yaml" in world.run("plan", "--help").out
