"""What must happen around the questionnaire, whatever the medical facts: cases F01 to F20.

What a person does at the keyboard runs in a real pseudo-terminal; what needs another day runs in a small world.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from ptyrun import Terminal

from answering import strokes, walked
from backmove.cli.lock import standing_of
from backmove.core.record import Done, Pain, Session, Triage
from backmove.term.presses import WORD_S
from conftest import World
from fingers import Fingers
from surroundings import surroundings

NO_PRECAUTIONS = ["0", "0", "0"]
FIVE_NO = {"daily_check": dict.fromkeys(("dc1", "dc2", "dc3", "dc4", "dc5"), "n"), "pain": 4}

Stamp = Callable[..., dict[str, Any]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backmove"


def kept(folder: Path) -> list[dict[str, Any]]:
    """The lines of the journal on disk."""
    file = folder / "journal.jsonl"
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def triages(folder: Path) -> list[dict[str, Any]]:
    return [line for line in kept(folder) if line["kind"] == "triage"]


def process(folder: Path, *args: str, stdin: str | None = "") -> subprocess.CompletedProcess[str]:
    """The real program with pipes; ``stdin`` None closes standard input."""
    return subprocess.run(
        [sys.executable, "-m", "backmove", *args],
        input=stdin,
        stdin=None if stdin is not None else subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=surroundings(folder),
    )


def session(world: World, expect: int = 0) -> Any:
    """Today's session with a calm check."""
    world.folder.parent.mkdir(exist_ok=True)
    file = world.folder.parent / "check.json"
    file.write_text(json.dumps(FIVE_NO))
    return world.run("session", "--answers", str(file), "--json", expect=expect).data


def triage(world: World, answers: Mapping[str, Any], expect: int) -> Any:
    file = world.folder.parent / "answers.json"
    file.write_text(json.dumps(complete() | dict(answers)))
    return world.run("triage", "--answers", str(file), "--json", expect=expect).data


def complete() -> dict[str, Any]:
    """Every answer that a calm run gives, as an answer file."""
    from answering import TODAY, questionnaire
    from backmove.core.interview import read_reply, replay

    q = questionnaire()
    replies: dict[str, Any] = {}
    for prompt, text in walked({"age": "40", "onset": "8 weeks"}):
        replies[prompt.id] = read_reply(q, prompt, replay(q, replies).answers, text, TODAY)
    answers = replay(q, replies).answers
    return {n: v for n, v in answers.items() if not q.fields[n].internal and n != "temperature"} | {
        "assessed": "y",
        "trend": "better",
    }


# --- at the keyboard ------------------------------------------------------------------------------------


def test_f01_a_yes_then_ctrl_c(folder: Path) -> None:
    with Terminal("triage", folder=folder) as terminal:
        terminal.wait_for("Before we begin")
        terminal.answer(strokes(upto="saddle"))
        terminal.wait_for("Feeling between the legs")
        terminal.press("y")
        terminal.type("\x03")
        terminal.wait_for("Get emergency help now")
        assert terminal.end() in (7, 130, -2), "-2 is what a shell calls 130"
        assert terminal.echoes()
    assert [t["disposition"] for t in triages(folder)] == ["EMERGENCY"]
    refused = process(folder, "session", "--show")
    assert refused.returncode == 7


def test_f02_ten_times_no_then_ctrl_c(folder: Path) -> None:
    with Terminal("triage", folder=folder) as terminal:
        terminal.wait_for("Before we begin")
        terminal.answer(strokes(upto="saddle"))
        terminal.type("\x03")
        assert terminal.end() == 130
        assert "Not enough answers" in terminal.flat
    (record,) = triages(folder)
    assert (record["disposition"], record["complete"]) == ("INCOMPLETE", False)
    assert process(folder, "session", "--show").returncode == 5
    with Terminal("triage", folder=folder) as terminal:
        terminal.wait_for("1 of 31")
        terminal.type("\x03")
        assert terminal.end() == 130


def test_f03_cancer_then_ctrl_c(folder: Path) -> None:
    with Terminal("triage", folder=folder) as terminal:
        terminal.wait_for("Before we begin")
        terminal.answer(strokes({"cancer": "2"}, upto="health"))
        terminal.type("\x03")
        assert terminal.end() == 130
        assert "See a clinician first" in terminal.flat
    (record,) = triages(folder)
    assert (record["disposition"], record["complete"]) == ("CLINICIAN_FIRST", False)
    assert process(folder, "session", "--show").returncode == 5


def test_f04_a_second_run_five_minutes_later(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps({"assume_no": True, "age": 44, "saddle": "y", "saddle_days": 1}))
    assert process(folder, "triage", "--answers", str(file)).returncode == 7
    with Terminal("triage", folder=folder) as terminal:
        terminal.wait_for("Before we begin")
        terminal.answer(strokes())
        terminal.wait_for("Are these right?")
        terminal.press("r")
        terminal.wait_for("Your answers have changed")
        assert "numb feeling between the legs" in terminal.flat
        terminal.press("I answered wrongly\r")
        assert terminal.end() == 7
        assert "it still counts" in terminal.flat
        assert "backmove triage --clearance" in terminal.flat
        assert "at least 24 hours apart" in terminal.flat
    assert process(folder, "session", "--show").returncode == 7


def test_f14_enter_on_every_prompt(folder: Path) -> None:
    with Terminal("triage", folder=folder) as terminal:
        terminal.wait_for("Before we begin")
        titles = [
            "Before we begin",
            "Your emergency number",
            *[p.title for p, _ in walked(upto="sudden")][1:],
        ]
        for title, stroke in zip(titles, strokes(upto="sudden"), strict=True):
            terminal.wait_for(title)
            terminal.linger(WORD_S)  # an Enter soon after an answer belongs to that answer
            terminal.press("\r")
            terminal.wait_for("Enter alone is not an answer.")
            assert title in terminal.flat
            terminal.answer([stroke])
        terminal.type("\x03")
        assert terminal.end() == 130
    assert triages(folder)[0]["disposition"] == "INCOMPLETE"


@pytest.mark.parametrize("plain", [False, True])
def test_f14_enter_on_every_prompt_to_the_end(world: World, plain: bool) -> None:
    said = [*strokes(plain=plain), "r\n" if plain else "r", *(["0\n"] * 3 if plain else NO_PRECAUTIONS)]
    typed = [stroke for answer in said for stroke in ("\n", answer)]
    flags = ["--plain"] if plain else []
    out = world.run("triage", *flags, keys=Fingers(*typed), tty=True).out
    assert out.count("Enter alone is not an answer.") >= len(said)
    assert [r.disposition for r in world.records if isinstance(r, Triage)] == ["SELF_CARE"]


def test_f15_an_age_that_is_none(folder: Path) -> None:
    with Terminal("triage", folder=folder) as terminal:
        terminal.wait_for("Before we begin")
        terminal.answer(strokes(upto="age"))
        for age in ("240", "-3", "forty"):
            terminal.wait_for("How old are you?")
            terminal.press(f"{age}\r")
            terminal.wait_for(f"{age} is")
            assert "How old are you?" in terminal.flat
        terminal.press("17.9\r")
        terminal.wait_for("Your age: 17")
        terminal.type("\x03")
        terminal.end()


def test_f15_17_9_counts_as_17(world: World) -> None:
    out = world.run("triage", keys=Fingers(*strokes({"age": "17.9"}), "r"), tty=True, expect=5).out
    assert "backmove is made for adults" in out
    assert triage(world, {"age": 17.9}, 5)["disposition"] == "OUT_OF_SCOPE"


def test_f17_for_my_mother(folder: Path) -> None:
    file = folder.parent / "answers.json"
    file.write_text(json.dumps(complete()))
    assert process(folder, "triage", "--answers", str(file)).returncode == 0
    before = kept(folder)
    with Terminal("triage", folder=folder) as terminal:
        terminal.wait_for("Before we begin")
        terminal.answer(strokes({"consent": "other", "age": "78", "chest": "1"}))
        assert terminal.end() == 7
        assert "Get emergency help now" in terminal.flat
    assert kept(folder) == before
    assert process(folder, "session", "--show").returncode == 0


def test_f18_an_age_that_differs_by_20_years(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(complete()))
    assert process(folder, "triage", "--answers", str(file)).returncode == 0
    before = kept(folder)
    with Terminal("triage", folder=folder) as terminal:
        terminal.wait_for("Before we begin")
        terminal.answer(strokes({"age": "60"}, upto="site"))
        terminal.wait_for("Is this still you?")
        assert kept(folder) == before
        terminal.press("o")
        terminal.wait_for("Where does it hurt most?")
        terminal.type("\x03")
        assert terminal.end() == 130
    assert kept(folder) == before


# --- without a terminal ---------------------------------------------------------------------------------


@pytest.mark.parametrize("stdin", ["n\n" * 60, "", None], ids=["a pipe", "an empty pipe", "closed"])
def test_f13_a_pipe_or_closed_input(folder: Path, stdin: str | None) -> None:
    ran = process(folder, "triage", stdin=stdin)
    assert ran.returncode == 5
    assert "Not enough answers" in ran.stdout
    assert "--answers FILE" in ran.stderr
    (record,) = triages(folder)
    assert (record["disposition"], record["complete"]) == ("INCOMPLETE", False)


def test_f13_a_terminal_that_is_only_half_there(folder: Path) -> None:
    """Keys can be typed, but what is asked would go into a file: nobody is asked."""
    hand, fd = os.openpty()
    ran = subprocess.run(
        [sys.executable, "-m", "backmove", "triage"],
        stdin=fd,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=surroundings(folder),
    )
    os.close(hand)
    os.close(fd)
    assert ran.returncode == 5
    assert triages(folder)[0]["disposition"] == "INCOMPLETE"


def test_f19_a_session_without_any_triage(folder: Path) -> None:
    for args in (("session",), ("session", "--show"), ("session", "--json")):
        ran = process(folder, *args)
        assert ran.returncode == 5
        assert "safety questions" in ran.stdout
    assert "backmove triage" in process(folder, "session").stdout


# --- over days ------------------------------------------------------------------------------------------


def test_f05_two_clean_runs_25_hours_apart(world: World, stamp: Stamp) -> None:
    triage(world, {"saddle": "y", "saddle_days": 1}, 7)
    wrongly = (*strokes({"age": "40"}), "r", "I answered wrongly\n")
    world.run("triage", keys=Fingers(*wrongly), tty=True, expect=7)
    session(world, expect=7)
    world.wait(25 * 3600)
    again = (*strokes({"age": "40"}, region=None), "r", "I answered wrongly\n", *NO_PRECAUTIONS)
    world.run("triage", keys=Fingers(*again), tty=True)
    for days in range(7):
        data = session(world)
        assert data["mode"] == "gentle", f"day {days}"
        given = [r for r in world.records if isinstance(r, Session)][-1]
        world.write(Done(**world.app().stamp(), session=given.id, effort=3))
        world.sleep_days(1)
    assert session(world)["mode"] != "gentle"


def test_f06_same_day_then_cleared(world: World) -> None:
    assert triage(world, {"fever": "y"}, 6)["disposition"] == "SAME_DAY"
    session(world, expect=6)
    world.sleep_days(1)
    claim = {
        "who": "doctor",
        "date": "2026-03-03",
        "looked_at_sign": "y",
        "exercise_fine": "y",
        "nothing_worse": "y",
    }
    data = triage(world, {"clearance": claim, "cleared_rules": ["U1"]}, 0)
    assert data["gentle"]
    assert data["held_by"] is None
    assert session(world)["mode"] == "gentle"
    world.sleep_days(6)
    assert session(world)["mode"] == "gentle"


def test_f07_a_clearance_of_chest_pain_that_is_still_there(world: World) -> None:
    assert triage(world, {"chest_or_faint": "y"}, 7)["disposition"] == "EMERGENCY"
    claim = {
        "who": "doctor",
        "date": "2026-03-02",
        "looked_at_sign": "y",
        "exercise_fine": "y",
        "nothing_worse": "y",
    }
    cleared = {"chest_or_faint": "y", "clearance": claim, "cleared_rules": ["E1"]}
    assert triage(world, cleared, 7)["disposition"] == "EMERGENCY"


def test_f08_a_result_29_days_old(world: World) -> None:
    assert triage(world, {}, 0)["valid_until"] == "2026-03-30"
    world.sleep_days(28)
    assert "triage-stale" not in _codes(world)
    world.sleep_days(1)
    assert "triage-stale" in _codes(world)
    session(world, expect=5)


def test_f09_careful_for_14_days(world: World) -> None:
    assert triage(world, {"function": "limited"}, 0)["disposition"] == "CAREFUL"
    world.sleep_days(14)
    assert "triage-stale" not in _codes(world)
    world.sleep_days(1)
    session(world, expect=5)


def test_f10_careful_with_tingling_for_7_days(world: World) -> None:
    assert triage(world, {"one_leg": ["tingling"]}, 0)["disposition"] == "CAREFUL"
    world.sleep_days(7)
    assert "triage-stale" not in _codes(world)
    world.sleep_days(1)
    session(world, expect=5)


def test_f11_a_clock_set_back(world: World) -> None:
    triage(world, {}, 0)
    session(world)
    world.sleep_days(-1)
    session(world, expect=5)


def test_f12_a_damaged_journal(world: World) -> None:
    triage(world, {}, 0)
    text = world.journal_file.read_text()
    world.journal_file.write_text("{" + text)
    result = world.run("session", "--show", expect=4)
    assert "line 1" in result.err
    world.run("triage", "--answers", str(world.folder.parent / "answers.json"), expect=4)


def test_f12_a_result_of_other_rules(world: World, stamp: Stamp) -> None:
    world.write(
        Triage(
            **stamp(),
            disposition="SELF_CARE",
            result="SELF_CARE",
            ended="finished",
            complete=True,
            unlocked=True,
            rules_version="0",
            valid_until="2026-03-30",
        )
    )
    data = session(world, expect=5)
    assert data["refusal"]["code"] == "triage-stale"


@pytest.mark.parametrize("reading", ["101.5 F", "38.6 C", "101.5", "38.6"])
def test_f16_a_temperature_after_no_fever(world: World, reading: str) -> None:
    """The reading and "no fever" are asked again once; then the reading counts."""
    said = strokes({"fever": reading, "fever-felt": "n"})
    world.run("triage", keys=Fingers(*said, f"{reading}\n", "n", "r"), tty=True, expect=6)
    record = [r for r in world.records if isinstance(r, Triage)][-1]
    assert "U1" in record.rules


@pytest.mark.parametrize("reading", ["101.5 F", "38.6 C"])
def test_f16_a_temperature_in_a_file_beside_no_fever(world: World, reading: str) -> None:
    data = triage(world, {"fever": "n", "temperature": reading}, 6)
    assert "U1" in data["rules"]


def test_f20_four_weeks_without_any_gain(world: World) -> None:
    same = {"pain_now": 6, "pain_usual": 6, "assessed": "n", "trend": "same"}
    for _ in range(3):
        triage(world, same, 0)
        for _ in range(5):
            world.write(Pain(**world.app().stamp(), score=6))
            world.sleep_days(2)
    assert _codes(world) == ["triage-stale"]
    refused = session(world, expect=5)
    assert "Four weeks without a change: book a clinician" in refused["refusal"]["text"]
    triage(world, same, 0)
    assert session(world)["outcome"] == "session"


def _codes(world: World) -> list[str]:
    return [reason.code for reason in standing_of(world.app()).reasons]
