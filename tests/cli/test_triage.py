"""``backmove triage`` in a small world: asked, from a file, and with nobody to ask."""

import json
import os
import re
import resource
import signal
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from answering import strokes
from backmove.cli.app import app as typer_app
from backmove.core.record import Clearance, Pain, Profile, Triage
from conftest import Screen, World
from fingers import Fingers

NO_PRECAUTIONS = ["0", "0", "0"]


def asked(world: World, *typed: str, expect: int = 0, args: tuple[str, ...] = (), plain: bool = False) -> str:
    """Answer in a painted terminal (or a plain one), and see what stands at the end."""
    fingers = Fingers(*typed)
    flags = ("--plain",) if plain else ()
    result = world.run("triage", *args, *flags, keys=fingers, tty=True, expect=expect)
    assert fingers.left == "", f"not typed: {fingers.left!r}\n{end_of(result.out)}"
    return end_of(result.out)


def end_of(out: str) -> str:
    """What stands on the screen at the end, without colours."""
    end = out.rpartition("\x1b[H\x1b[J")[2]
    return " ".join(re.sub(r"\x1b\[[0-9;]*m", "", end).split())


def triages(world: World) -> list[Triage]:
    return [r for r in world.records if isinstance(r, Triage)]


def file(world: World, **answers: Any) -> str:
    path = world.folder.parent / "answers.json"
    path.write_text(json.dumps(answers), encoding="utf-8")
    return str(path)


def from_file(world: World, expect: int = 0, **answers: Any) -> Any:
    return world.run("triage", "--answers", file(world, **answers), "--json", expect=expect).data


COMPLETE: Mapping[str, Any] = {
    "age": 44,
    "for_me": "y",
    "sex": "m",
    "site": "low",
    "onset_days": 20,
    "sudden": "n",
    "pain_now": 4,
    "pain_usual": 4,
    **dict.fromkeys(
        (
            *("chest_or_faint", "breath_pain", "calf_swollen", "tearing", "beating_lump", "cold_leg"),
            *("known_aneurysm", "saddle", "sexual_change", "legs_not_controlled", "elsewhere_weakness"),
            *("fever", "very_ill", "no_position_helps", "side_pain", "vomiting", "steroids", "weak_bones"),
            *("lost_height", "blood_thinner", "weight_loss", "night_sweats", "band_pain", "lump_or_shape"),
            *("rash", "exercise_limited", "black_stool_or_blood", "pregnant"),
        ),
        "n",
    ),
    **dict.fromkeys(("bladder", "bowel", "both_legs", "one_leg", "infection_risks", "weeks_signs"), ()),
    "injury": "none",
    "leg_weakness": "none",
    "belly_pain": "none",
    "cancer": "none",
    "weeks_since_birth": None,
    "procedure_days": None,
    "surgery_days": None,
    "night_pain": "none",
    "function": "all",
    "movement_changes_pain": "y",
}


CANCER: dict[str, Any] = {"cancer": "past", "worse_on_cough": "n", "trend": "better"}


# --- asked ----------------------------------------------------------------------------------------------


def test_a_calm_run_opens_sessions_and_says_what_to_type_next(world: World) -> None:
    end = asked(world, *strokes(), "r", *NO_PRECAUTIONS)
    assert end.startswith("You can start")
    assert "That does not rule everything out" in end
    assert "call 112 (Germany), or your local emergency number" in end
    assert end.endswith("Next: today's session → backmove session")
    (record,) = triages(world)
    assert (record.disposition, record.unlocked, record.complete) == ("SELF_CARE", True, True)
    assert record.valid_until == "2026-03-16"
    assert world.diary.profile.region == "de"
    assert world.diary.profile.precautions == ()


def test_plain_asks_the_same_with_numbers_and_enter(world: World) -> None:
    end = asked(world, *strokes(plain=True), "r\n", "0\n", "0\n", "0\n", plain=True)
    assert end.endswith("Next: today's session backmove session")
    assert "\x1b" not in end
    assert triages(world)[0].disposition == "SELF_CARE"


def test_a_sign_of_an_emergency_ends_the_questions_at_once(world: World) -> None:
    end = asked(world, *strokes({"saddle": "y"}), expect=7)
    assert end.startswith("Get emergency help now")
    assert "Being seen early is what saves nerves." in end
    assert "112 (Germany)" in end
    assert "Next" not in end
    (record,) = triages(world)
    assert (record.disposition, record.ended, record.complete) == ("EMERGENCY", "emergency", False)
    assert record.rules == ("E5",)


@pytest.mark.parametrize(
    ("picks", "code"), [({"saddle": "y"}, 7), ({"fever": "y"}, 6)], ids=["emergency", "same-day"]
)
def test_what_is_urgent_is_told_before_anything_is_written(
    world: World, picks: Mapping[str, str], code: int
) -> None:
    class Witness(Screen):
        """A screen that looks at the disk when the result appears on it."""

        on_disk: bool | None = None

        def write(self, text: str) -> int:
            if "I have back pain and" in text:
                Witness.on_disk = world.journal_file.exists()
            return super().write(text)

    typed = strokes(picks) if code == 7 else [*strokes(picks), "r"]
    app = world.app(tty=True, keys=Fingers(*typed), argv=("triage",))
    app.stdout = Witness(tty=True)
    with pytest.raises(SystemExit) as end:
        typer_app(["triage"], obj=app)
    assert end.value.code == code
    assert Witness.on_disk is False
    assert world.journal_file.exists()


def test_a_pass_is_told_when_it_is_true_on_disk(world: World) -> None:
    class Witness(Screen):
        on_disk = False

        def write(self, text: str) -> int:
            if "You can start" in text:
                Witness.on_disk = world.journal_file.exists()
            return super().write(text)

    app = world.app(tty=True, keys=Fingers(*strokes(), "r", *NO_PRECAUTIONS), argv=("triage",))
    app.stdout = Witness(tty=True)
    with pytest.raises(SystemExit):
        typer_app(["triage"], obj=app)
    assert Witness.on_disk


def test_ctrl_c_after_the_key_of_an_emergency_changes_nothing(world: World) -> None:
    class Hasty(Fingers):
        """Presses Ctrl-C right after the y, before anything can be shown."""

        def key(self, timeout_s: float | None = None) -> str | None:
            key = super().key(timeout_s)
            if key == "y":
                os.kill(os.getpid(), signal.SIGINT)
            return key

    world.run("triage", keys=Hasty(*strokes({"saddle": "y"})), tty=True, expect=7)
    assert triages(world)[0].disposition == "EMERGENCY"


def test_back_asks_the_question_before_again(world: World) -> None:
    typed = strokes(upto="chest")
    asked(world, *typed, "b", "b", "5\n", *strokes({"pain-now": "5"})[len(typed) - 1 :], "r", *NO_PRECAUTIONS)
    assert triages(world)[0].pain_now == 5


def test_an_answer_can_be_changed_on_the_list_and_what_hangs_on_it_is_asked_again(world: World) -> None:
    calm = strokes({"injury": "2"})
    at = _ids({"injury": "2"}).index("injury") + 1
    asked(world, *calm, f"{at}\n", "4", "2 days\n", "n", "r", *NO_PRECAUTIONS)
    assert "P-strain" in triages(world)[0].rules


def test_a_change_on_the_list_can_still_be_an_emergency(world: World) -> None:
    at = _ids({}).index("saddle") + 1
    end = asked(world, *strokes(), f"{at}\n", "y", expect=7)
    assert end.startswith("Get emergency help now")


def _ids(picks: Mapping[str, str]) -> list[str]:
    from answering import walked

    return [prompt.id for prompt, _ in walked(picks)]


def test_enter_is_not_a_yes_to_the_list(world: World) -> None:
    end = asked(world, *strokes(), "\n", "\n", expect=5)
    assert "Not enough answers" in end
    assert triages(world)[0].disposition == "INCOMPLETE"


def test_two_answers_that_cannot_both_be_so_are_asked_again_once(world: World) -> None:
    picks = {"pain-now": "1", "pain-usual": "2", "function": "4", "cannot-stand": "1"}
    fingers = Fingers(*strokes(picks), "4\n", "1", "r", *NO_PRECAUTIONS)
    out = world.run("triage", keys=fingers, tty=True).out
    assert "You said that the pain is 2 or less" in " ".join(out.replace("\x1b[K", "").split())
    assert triages(world)[0].disposition == "SELF_CARE"


def test_precautions_are_asked_when_sessions_may_open_and_go_into_the_profile(world: World) -> None:
    end = asked(world, *strokes(), "r", "1\n", "0", "3\n")
    assert len(world.diary.profile.precautions) == 2
    assert end.startswith("You can start, with care")
    assert "P-tags" in triages(world)[0].rules


def test_precautions_said_before_are_shown_and_kept(world: World) -> None:
    asked(world, *strokes(), "r", "1\n", "0", "3\n")
    before = world.diary.profile.precautions
    world.sleep_days(20)
    asked(world, *strokes(region=None), "r", "n")
    assert world.diary.profile.precautions == before
    world.sleep_days(10)
    asked(world, *strokes(region=None), "r", "y", "0", "0", "0")
    assert world.diary.profile.precautions == ()


def test_a_tag_that_needs_a_clinician_first_locks(world: World) -> None:
    from answering import questionnaire
    from backmove.term.triage_prompts import precaution_pages
    from shipped import catalog

    assert "spine-fracture-history" in questionnaire().clearable_tags
    pages = precaution_pages(tuple(catalog().precautions.values()), (), leg_signs=False)
    typed = []
    for page in pages:
        numbers = [n for n, c in enumerate(page.choices, start=1) if c.value == "spine-fracture-history"]
        typed.append(f"{numbers[0]}\n" if numbers else "0")
    end = asked(world, *strokes(), "r", *typed, expect=5)
    assert end.startswith("See a clinician first")
    assert triages(world)[0].rules[0] == "C26"


def test_for_someone_else_nothing_is_kept(world: World) -> None:
    end = asked(world, *strokes({"consent": "other"}), "r")
    assert "These answers are about someone else" in end
    assert "backmove session" not in end
    assert not world.journal_file.exists()


def test_quit_asks_first_and_keeps_what_locks(world: World) -> None:
    asked(world, *strokes({"cancer": "2"}, upto="health"), "q", "g", "q", "s", expect=5)
    (record,) = triages(world)
    assert (record.disposition, record.complete, record.unlocked) == ("CLINICIAN_FIRST", False, False)
    assert record.ended == "broken-off"


def test_another_country_is_not_guessed(world: World) -> None:
    end = asked(world, *strokes({"saddle": "y"}, region="xx\n0"), expect=7)
    assert "112 (most of Europe and many mobiles), 911 (North America)" in end
    assert world.diary.profile.region is None


# --- after a lock ---------------------------------------------------------------------------------------


def lock(world: World, **answers: Any) -> None:
    world.run("triage", "--answers", file(world, **dict(COMPLETE) | answers), expect=7)


def test_a_milder_second_run_stays_locked_and_says_why(world: World) -> None:
    lock(world, saddle="y", saddle_days=1)
    fingers = Fingers(*strokes(), "r", "I answered wrongly\n")
    out = world.run("triage", keys=fingers, tty=True, expect=7).out
    assert "Your answers have changed" in out
    end = end_of(out)
    assert end.startswith("An earlier sign still counts")
    assert "numb feeling between the legs" in end
    assert "at least 24 hours apart" in end
    assert triages(world)[-1].wrongly


def test_two_clean_runs_a_day_apart_open_gently(world: World) -> None:
    lock(world, saddle="y", saddle_days=1)
    asked(world, *strokes(), "r", "i answered wrongly\n", expect=7)
    world.wait(25 * 3600)
    end = asked(world, *strokes(region=None), "r", "I answered wrongly\n", *NO_PRECAUTIONS)
    assert "gentle sessions only" in end
    assert triages(world)[-1].gentle


def test_it_was_there_lifts_nothing(world: World) -> None:
    lock(world, saddle="y", saddle_days=1)
    asked(world, *strokes(), "r", "it was there\n", expect=7)
    world.wait(25 * 3600)
    asked(world, *strokes(region=None), "r", "it was there\n", expect=7)


def test_a_clearance_is_asked_for_and_opens_gently(world: World) -> None:
    world.run("triage", "--answers", file(world, **dict(COMPLETE) | CANCER), expect=5)
    world.sleep_days(3)
    from backmove.core.questionnaire import Claim

    claim = Claim("doctor", world.now.date(), ("C2",), True, True, True)
    typed = ["d", "today\n", "1\n", "y", "n", "y", *strokes({"cancer": "2"}, claim=claim)]
    end = asked(world, *typed, "r", *NO_PRECAUTIONS, args=("--clearance",))
    assert "gentle sessions only" in end
    cleared = [r for r in world.records if isinstance(r, Clearance)]
    assert [(c.who, c.rules, c.no_spread_to_bone) for c in cleared] == [("doctor", ("C2",), True)]
    assert triages(world)[-1].cleared == ("C2",)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (["d", "today\n", "0", "y", "n", "y"], "look at the sign itself"),
        (["d", "today\n", "1\n", "n", "n", "y"], "say that exercise is fine"),
        (["d", "today\n", "1\n", "y", "u", "y"], "new or worse"),
    ],
)
def test_half_a_clearance_is_none(world: World, typed: list[str], why: str) -> None:
    world.run("triage", "--answers", file(world, **dict(COMPLETE) | CANCER), expect=5)
    before = world.records
    result = world.run("triage", "--clearance", keys=Fingers(*typed), tty=True, expect=1)
    assert why in result.err
    assert world.records == before


def test_an_earlier_clearance_counts_again_only_when_nothing_is_worse(world: World) -> None:
    claim = {
        "who": "doctor",
        "date": "2026-03-02",
        "looked_at_sign": "y",
        "exercise_fine": "y",
        "nothing_worse": "y",
    }
    answers = dict(COMPLETE) | CANCER | {"clearance": claim, "cleared_rules": ["C2"]}
    assert from_file(world, **answers)["unlocked"]
    world.sleep_days(20)
    end = asked(world, *strokes({"cancer": "2"}), "r", "n", *NO_PRECAUTIONS)
    assert end.startswith("You can start")
    world.sleep_days(20)
    end = asked(world, *strokes({"cancer": "2"}, region=None), "r", "y", expect=5)
    assert end.startswith("See a clinician first")


def test_a_precaution_that_waits_for_a_clinician_can_be_cleared(world: World) -> None:
    world.write(Profile(**world.app().stamp(), set={"precautions": ["spine-fracture-history"]}))
    from backmove.core.questionnaire import Claim

    claim = Claim("physio", world.now.date(), ("spine-fracture-history",), True, True, True)
    typed = [
        "p",
        "b",
        "p",
        "soon\n",
        "2027-01-01\n",
        "today\n",
        "1\n",
        "y",
        "n",
        *strokes(claim=claim),
        "r",
        "n",
    ]
    fingers = Fingers(*typed)
    out = world.run("triage", "--clearance", keys=fingers, tty=True).out
    assert "Type something such as today" in out
    assert "ahead of today" in out
    assert "gentle sessions only" in end_of(out)
    assert triages(world)[-1].cleared == ("C26",)


def test_back_leads_through_the_questions_around_the_questionnaire(world: World) -> None:
    typed = strokes()
    asked(world, typed[0], "b", *typed, "r", "0", "b", "1\n", "0", "0")
    assert len(world.diary.profile.precautions) == 1
    world.sleep_days(1)
    again = strokes({"age": "80"}, region=None)
    end = asked(world, *again[:2], "b", *strokes({"age": "81"}, region=None)[1:2], "y", *again[2:], "r", "n")
    assert "You can start" in end
    assert triages(world)[-1].age == 81


def test_a_clearance_of_nothing_is_refused(world: World) -> None:
    result = world.run("triage", "--clearance", keys=Fingers(), tty=True, expect=1)
    assert "nothing waits for a clearance" in result.err
    assert not world.journal_file.exists()


# --- from a file ----------------------------------------------------------------------------------------


def test_complete_answers_open(world: World) -> None:
    data = from_file(world, **COMPLETE)
    assert list(data) == [
        "disposition",
        "complete",
        "missing",
        "unlocked",
        "held_by",
        "rules",
        "weak_points",
        "tags",
        "gentle",
        "valid_until",
        "book_by",
        "unsure",
        "message",
        "rules_version",
        "assumed",
    ]
    assert data["disposition"] == "SELF_CARE"
    assert data["complete"]
    assert data["missing"] == []
    assert data["unlocked"]
    assert data["assumed"] is False


def test_a_missing_answer_is_not_a_no(world: World) -> None:
    answers = {name: value for name, value in COMPLETE.items() if name != "saddle"}
    data = from_file(world, expect=5, **answers)
    assert (data["disposition"], data["complete"], data["missing"]) == ("INCOMPLETE", False, ["saddle"])
    assert not data["unlocked"]


def test_standard_input_is_a_file_too(world: World) -> None:
    result = world.run("triage", "--answers", "-", "--json", stdin=json.dumps(dict(COMPLETE)))
    assert result.data["unlocked"]


def test_assumed_answers_open_nothing_and_write_no_pass(world: World) -> None:
    data = from_file(world, expect=5, assume_no=True)
    assert (data["disposition"], data["assumed"], data["unlocked"]) == ("SELF_CARE", True, False)
    assert not world.journal_file.exists()


def test_assumed_answers_lock(world: World) -> None:
    assert from_file(world, expect=7, assume_no=True, saddle="y")["disposition"] == "EMERGENCY"
    assert triages(world)[0].assumed
    data = from_file(world, expect=7, assume_no=True)
    assert data["held_by"] == "EMERGENCY"
    assert len(triages(world)) == 1


def test_what_is_not_known_is_refused_with_what_is(world: World) -> None:
    path = file(world, sadle="n", bladder=["leaks"])
    result = world.run("triage", "--answers", path, expect=2)
    assert "sadle" in result.err
    assert "leaks" in result.err
    assert "hard-to-start" in result.err
    assert not world.journal_file.exists()


def test_a_file_that_is_no_json_is_refused_with_its_place(world: World, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text('{"age": 40,\n "site": }')
    result = world.run("triage", "--answers", str(tmp_path / "bad.json"), expect=2)
    assert "bad.json:2:" in result.err


@pytest.mark.parametrize("command", ["triage", "session", "checkin"])
def test_a_number_without_end_in_a_file_is_refused(world: World, tmp_path: Path, command: str) -> None:
    file = tmp_path / "answers.json"
    file.write_text('{"age": ' + "9" * 5000 + "}")
    assert "a number is too long" in world.run(command, "--answers", str(file), expect=2).err
    file.write_text("[" * 5000)
    assert "nested too deep" in world.run(command, "--answers", str(file), expect=2).err
    assert not world.records


def test_precautions_of_a_file_join_those_of_the_profile(world: World) -> None:
    from_file(world, **COMPLETE, precautions=["knee-problem"])
    data = from_file(world, **COMPLETE, precautions=["wrist-problem"])
    assert set(data["tags"]) == {"knee-problem", "wrist-problem"}
    assert world.diary.profile.precautions == ("knee-problem", "wrist-problem")
    changes = [r for r in world.records if isinstance(r, Profile)]
    assert len(changes) == 2


def test_a_clearance_flag_needs_a_clearance_in_the_file(world: World) -> None:
    result = world.run("triage", "--clearance", "--answers", file(world, **COMPLETE), expect=2)
    assert "clearance" in result.err


def test_a_file_never_says_that_it_answered_wrongly(world: World) -> None:
    lock(world, saddle="y", saddle_days=1)
    world.wait(25 * 3600)
    assert from_file(world, expect=7, **COMPLETE)["held_by"] == "EMERGENCY"
    world.wait(25 * 3600)
    assert from_file(world, expect=7, **COMPLETE)["held_by"] == "EMERGENCY"


def test_a_file_about_someone_else_keeps_nothing(world: World) -> None:
    data = from_file(world, **dict(COMPLETE) | {"for_me": "n"})
    assert not data["unlocked"]
    assert not world.journal_file.exists()


def test_a_full_disk_does_not_keep_an_emergency_back(world: World) -> None:
    path = file(world, **dict(COMPLETE) | {"saddle": "y", "saddle_days": 1})
    world.write(Pain(**world.app().stamp(), score=4))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (world.journal_file.stat().st_size, hard))
    try:
        result = world.run("triage", "--answers", path, "--json", expect=1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert result.data["disposition"] == "EMERGENCY", "one document, and it is the result"
    assert "backmove:" in result.err
    assert triages(world) == []


# --- nobody to ask --------------------------------------------------------------------------------------


@pytest.mark.parametrize("args", [(), ("--json",), ("--plain",)])
def test_without_a_terminal_nothing_is_answered(world: World, args: tuple[str, ...]) -> None:
    result = world.run("triage", *args, stdin="n\n" * 50, expect=5)
    assert "backmove triage --answers FILE" in result.err
    (record,) = triages(world)
    assert (record.disposition, record.complete, record.unlocked) == ("INCOMPLETE", False, False)
    if "--json" in args:
        assert result.data["disposition"] == "INCOMPLETE"


def test_a_clearance_without_a_terminal_needs_a_file(world: World) -> None:
    result = world.run("triage", "--clearance", expect=2)
    assert "--answers FILE" in result.err
    assert not world.journal_file.exists()


@pytest.mark.parametrize("command", ["triage", "session", "checkin"])
@pytest.mark.parametrize("inside", ["", "daily_check", "activities"])
def test_a_file_of_nothing_but_unknown_keys_is_refused_in_few_words(
    world: World, command: str, inside: str
) -> None:
    many: dict[str, Any] = {f"key{n}": 1 for n in range(20_000)}
    said = json.dumps({inside: many} if inside else many)
    refused = world.run(command, "--answers", "-", stdin=said, expect=2)
    assert len(refused.err) < 100_000
    assert "key0" in refused.err or inside


def test_a_key_that_stands_twice_in_a_long_file_is_found_at_once(world: World) -> None:
    said = "{" + "".join(f'"k{n}":1,' for n in range(20_000)) + '"k7":1}'
    begun = time.process_time()
    assert "the answers name k7 twice" in world.run("triage", "--answers", "-", stdin=said, expect=2).err
    assert time.process_time() - begun < 5
