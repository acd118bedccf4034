"""``backmove checkin``: a look back on the week that opens nothing and locks nothing."""

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pytest
from msgspec import structs

from backmove.core.corrections import EDITABLE
from backmove.core.plain_words import banned_words
from backmove.core.record import Checkin, Done, Flare, Pain, Profile, Session, Triage
from backmove.store.checkin_file import load_checkin
from fingers import Fingers

if TYPE_CHECKING:
    from conftest import Result, World

Stamp = Callable[..., Mapping[str, Any]]


def answer(world: "World", expect: int = 0, *flags: str, **said: Any) -> "Result":
    return world.run("checkin", "--answers", "-", *flags, stdin=json.dumps(said), expect=expect)


def triage(stamp: Stamp) -> Triage:
    return Triage(
        **stamp(days=-1),
        disposition="SELF_CARE",
        result="SELF_CARE",
        ended="finished",
        complete=True,
        rules_version="1",
        unlocked=True,
        valid_until="2026-03-28",
    )


def session(stamp: Stamp, days: int) -> Session:
    return Session(
        **stamp(days=days, id=f"session{days}"),
        zone="green",
        stage="chronic",
        mode="normal",
        pain=2,
        variant=0,
        requested_min=20,
        effective_min=20,
        estimated_s=900,
        place="upright",
        items=(),
    )


# --- from a file -------------------------------------------------------------------------------------------


def test_answers_are_read_from_a_file_and_told_back(world: "World") -> None:
    out = answer(world, pain=3, sleep=6, note="quiet").out
    assert out.startswith("Saved: your check-in today at 09:00.\nTo take it back: backmove undo\n")
    assert "Sleep: 6\n" in out
    assert "Pain on average: 3\n" in out
    (record,) = world.records
    assert isinstance(record, Checkin)
    assert (record.pain, record.sleep, record.note, record.mood) == (3, 6, "quiet", None)


def test_the_second_one_is_compared_what_can_be_done_again_first_and_pain_last(world: "World") -> None:
    answer(world, activities={"lift the shopping": 4, "sit": 6}, pain=5, sleep=6)
    world.sleep_days(7)
    lines = answer(world, activities={"sit": 5, "lift the shopping": 7}, pain=5, sleep=3).out.splitlines()
    assert "You can do this better again: lift the shopping." in lines
    order = [
        "lift the shopping: 7, was 4: better",
        "sit: 5, was 6: about the same",
        "Sleep: 3, was 6: harder just now",
        "Pain on average: 5, was 5: about the same",
    ]
    places = [lines.index(line) for line in order]
    assert places == sorted(places)


def test_scripts_get_the_numbers_the_comparison_and_the_notices(world: "World", stamp: Stamp) -> None:
    world.write(triage(stamp))
    answer(world, activities={"sit": 6}, pain=5)
    world.sleep_days(7)
    data = answer(world, 0, "--json", activities={"sit": 3}, pain=3, mood=9).data
    assert data["entry"]["kind"] == "checkin"
    sit = {"item": "sit", "name": "sit", "now": 3, "before": 6, "change": "harder"}
    assert data["activities"] == [sit]
    assert [(x["item"], x["now"], x["before"], x["change"]) for x in data["week"]] == [
        ("mood", 9, None, None),
        ("pain", 3, 5, "better"),
    ]
    assert [n["code"] for n in data["notices"]] == ["mood", "crisis"]
    assert data["next_date"] == "2026-03-22"


@pytest.mark.parametrize("said", [{"paim": 3}, {"pain": 12}, {}, {"activities": {"sit": "good"}}])
def test_what_is_not_allowed_is_refused_and_nothing_is_written(world: "World", said: Any) -> None:
    result = answer(world, 2, **said)
    assert result.out == ""
    assert world.records == ()


def test_an_unknown_key_is_told_with_the_list_of_what_is_allowed(world: "World") -> None:
    error = answer(world, 2, "--json", paim=3).error
    assert "Did you mean pain? Allowed: activities, pain, enjoyment" in error["message"]


def test_without_a_terminal_or_a_file_it_says_how(world: "World") -> None:
    assert "backmove checkin --answers week.json" in world.run("checkin", expect=2).err
    assert "terminal" in world.run("checkin", "--json", expect=2).error["message"]
    assert world.records == ()


def test_help_shows_the_file(world: "World") -> None:
    out = world.run("checkin", "--help").out
    assert '"activities": {"lift the shopping": 4}' in out
    assert "--more" in out


# --- what it does not do -----------------------------------------------------------------------------------


def test_the_worst_answers_lock_nothing_and_change_no_profile(world: "World", stamp: Stamp) -> None:
    world.write(triage(stamp))
    before = world.run("--json").data
    worst = dict.fromkeys(
        ("pain", "enjoyment", "activity", "fear", "mood", "tension", "outlook", "bother"), 10
    )
    out = answer(world, **worst, confidence=0, sleep=0).out
    assert world.run("--json").data == before | {"checkin_due": False}
    assert world.diary.profile.known == frozenset()
    assert not any(word in out.lower() for word in ("score", "risk", "no session"))
    assert banned_words(out) == []


def test_a_lock_that_stands_is_told(world: "World") -> None:
    assert "No session for now: the safety questions come first." in answer(world, pain=3).out


def test_the_weeks_average_is_no_word_about_todays_pain(world: "World") -> None:
    answer(world, pain=9)
    assert world.diary.pains == ()
    assert world.diary.pain_on("2026-03-02") is None


# --- low mood ----------------------------------------------------------------------------------------------


def test_a_low_mood_ends_with_the_number_and_the_helpline_of_the_region(world: "World") -> None:
    world.run("profile", "set", "region", "uk")
    lines = answer(world, mood=7, note="I see no way out").out.splitlines()
    assert "Somebody to talk to: Samaritans, 116 123." in lines[-2]
    assert lines[-1].startswith("If you think of ending your life, call 999 or 112 now")


def test_without_a_region_the_large_numbers_stand_there(world: "World") -> None:
    last = answer(world, mood=10).out.splitlines()[-1]
    assert "call 112 (most of Europe and many mobiles), 911 (North America)" in last


def test_a_mood_of_six_brings_neither(world: "World") -> None:
    assert "ending your life" not in answer(world, mood=6).out


# --- asked in a terminal -----------------------------------------------------------------------------------


def test_it_asks_number_by_number_and_everything_can_be_skipped(world: "World") -> None:
    keys = Fingers(
        "lift the shopping\n", "s\n", "4\n", "5\n", "s", "3\n", "6\n", "7\n", "s", "s", "s", "s", "s"
    )
    out = world.run("checkin", tty=True, keys=keys).out
    assert "Saved: your check-in" in out
    profile, checkin = world.records
    assert isinstance(profile, Profile)
    assert isinstance(checkin, Checkin)
    assert profile.set == {"activities": ["lift the shopping"]}
    assert checkin.activities == {"lift the shopping": 4}
    assert (checkin.pain, checkin.enjoyment, checkin.activity) == (5, None, 3)
    assert (checkin.confidence, checkin.sleep) == (6, 7)
    assert (checkin.fear, checkin.mood, checkin.bother) == (None, None, None)
    assert keys.left == ""


def test_enter_alone_answers_nothing(world: "World") -> None:
    world.run("profile", "set", "activities", "sit")
    keys = Fingers("\n", "\n", "4\n", "q")
    out = world.run("checkin", tty=True, keys=keys).out
    assert "Enter alone is not an answer" in out
    assert world.diary.checkins[-1].activities == {"sit": 4}


def test_q_ends_and_keeps_what_was_said(world: "World") -> None:
    world.run("profile", "set", "activities", "sit")
    world.run("checkin", tty=True, keys=Fingers("4\n", "6\n", "q"))
    checkin = world.diary.checkins[-1]
    assert (checkin.activities, checkin.pain, checkin.sleep) == ({"sit": 4}, 6, None)


def test_b_goes_back_and_a_skip_takes_the_number_away(world: "World") -> None:
    world.run("profile", "set", "activities", "sit")
    world.run("checkin", tty=True, keys=Fingers("4\n", "b", "7\n", "6\n", "b", "s", "q"))
    checkin = world.diary.checkins[-1]
    assert (checkin.activities, checkin.pain) == ({"sit": 7}, None)


@pytest.mark.parametrize("leave", ["<ctrl-c>", "<ctrl-d>"])
def test_ctrl_c_and_the_end_of_input_leave_nothing_behind(world: "World", leave: str) -> None:
    world.run("checkin", tty=True, keys=Fingers("sit\n", "s\n", "4\n", leave), expect=130)
    assert world.records == ()


def test_skipping_everything_writes_no_check_in(world: "World") -> None:
    out = world.run("checkin", tty=True, keys=Fingers("s\n", "q")).out
    assert "no check-in was written down" in out
    assert world.records == ()


def test_the_further_questions_come_at_first_and_then_with_more(world: "World") -> None:
    world.run("profile", "set", "activities", "sit")
    first = world.run("checkin", tty=True, keys=Fingers(*["5\n"] * 11)).out
    assert "1 of 11" in first
    world.sleep_days(7)
    second = world.run("checkin", tty=True, keys=Fingers(*["5\n"] * 6)).out
    assert "1 of 6" in second
    world.sleep_days(7)
    third = world.run("checkin", "--more", tty=True, keys=Fingers(*["5\n"] * 11)).out
    assert "11 of 11" in third
    assert world.diary.checkins[-1].bother == 5


def test_i46_no_second_question_about_pain_on_one_day(world: "World") -> None:
    answer(world, pain=3)
    result = world.run("checkin", "--json", tty=True, keys=Fingers(), expect=2)
    assert "file" in result.error["message"]
    assert "already" in world.run("checkin", tty=True, keys=Fingers(), expect=2).err
    out = world.run("checkin", "--plain", tty=True, keys=Fingers(), expect=2)
    assert "?" not in out.out


def test_i46_no_question_asks_for_the_pain_of_today() -> None:
    questions = load_checkin()
    asked = [questions.activity, *questions.weekly.values(), *questions.now_and_then.values()]
    words = " ".join(scale.ask.lower() for scale in asked)
    assert "today" not in words
    assert "right now" not in words
    assert sum("how bad was your back pain" in scale.ask.lower() for scale in asked) == 1


def test_what_a_person_writes_does_not_steer_the_terminal(world: "World") -> None:
    answer(world, activities={"lift\u001b[31m it": 4})
    world.sleep_days(7)
    out = answer(world, activities={"lift\u001b[31m it": 8}).out
    assert "\x1b" not in out


# --- corrections -------------------------------------------------------------------------------------------


def test_undo_takes_the_check_in_and_the_new_activities_back_together(world: "World") -> None:
    answer(world, activities={"sit": 4}, pain=3)
    world.run("undo")
    assert world.diary.checkins == ()
    assert world.diary.profile.activities == ()


def test_it_can_be_deleted_and_its_sleep_and_note_edited(world: "World") -> None:
    answer(world, pain=3, sleep=2)
    world.run("edit", "last", "--sleep", "7", "--note", "better than I thought")
    assert (world.diary.checkins[-1].sleep, world.diary.checkins[-1].note) == (7, "better than I thought")
    assert EDITABLE["checkin"] == ("sleep", "note")
    assert "--sleep, --note" in world.run("edit", "last", "--effort", "3", expect=2).err
    world.run("delete", "last")
    assert world.diary.checkins == ()


# --- the day at a glance -----------------------------------------------------------------------------------


DUE = "How was your week? A few short questions, if you like: backmove checkin"


def test_sunday_and_the_first_session_of_the_week_bring_one_line(world: "World", stamp: Stamp) -> None:
    former = session(stamp, -3)
    world.write(triage(stamp), former, Done(**stamp(days=-3), session=former.id))
    assert DUE not in world.run().out
    world.write(session(stamp, 0))
    assert DUE in world.run().out
    assert world.run("--json").data["checkin_due"] is True
    answer(world, sleep=5)
    assert DUE not in world.run().out
    world.sleep_days(6)
    assert DUE not in world.run().out
    world.sleep_days(7)
    assert DUE in world.run().out


def test_while_sessions_are_locked_nobody_is_asked_how_the_week_was(world: "World", stamp: Stamp) -> None:
    former = session(stamp, -3)
    locked = structs.replace(
        triage(stamp), disposition="CLINICIAN_FIRST", result="CLINICIAN_FIRST", unlocked=False
    )
    world.write(locked, former, Done(**stamp(days=-3), session=former.id), session(stamp, 0))
    assert DUE not in world.run().out


def test_nothing_reminds_of_rating_pain(world: "World", stamp: Stamp) -> None:
    former = session(stamp, -3)
    world.write(triage(stamp), former, Done(**stamp(days=-3), session=former.id), session(stamp, 0))
    assert "pain" not in world.run().out.lower()


def test_a_check_in_sets_no_trigger(world: "World", stamp: Stamp) -> None:
    world.write(triage(stamp))
    answer(world, pain=10, mood=10)
    kinds = {type(record) for record in world.records}
    assert not kinds & {Pain, Flare}
    assert world.run("--json").data["open"] is True
