"""``backmove log``: it always writes down what was said, and says little."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from backmove.core.plain_words import banned_words
from backmove.core.record import RULES_VERSION, Flare, Pain, Session, Triage, Walk
from fingers import Fingers

if TYPE_CHECKING:
    from conftest import World

Stamp = Callable[..., Mapping[str, Any]]


def triage(stamp: Stamp, *, days: float = -2, **fields: Any) -> Triage:
    given: dict[str, Any] = {
        "disposition": "SELF_CARE",
        "result": "SELF_CARE",
        "ended": "finished",
        "complete": True,
        "unlocked": True,
        "rules_version": RULES_VERSION,
        "valid_until": "2026-03-28",
        "age": 45,
    }
    return Triage(**stamp(days=days), **given | fields)


def session(stamp: Stamp, *, days: float = 0, **fields: Any) -> Session:
    given: dict[str, Any] = {
        "zone": "green",
        "stage": "chronic",
        "mode": "normal",
        "pain": 3,
        "variant": 1,
        "requested_min": 20,
        "effective_min": 20,
        "estimated_s": 900,
        "place": "upright",
        "items": (),
    }
    return Session(**stamp(days=days), **given | fields)


# --- what is written ------------------------------------------------------------------------------------------


def test_pain_is_saved_with_its_time_and_the_way_back(world: "World", stamp: Stamp) -> None:
    world.write(triage(stamp))
    assert world.run("log", "4").out == "Saved: pain 4 today at 09:00.\nTo take it back: backmove undo\n"
    assert world.diary.pains[0].score == 4


def test_on_a_terminal_the_way_back_stands_behind_it(world: "World", stamp: Stamp) -> None:
    world.write(triage(stamp))
    assert world.run("log", "4", tty=True).out == "Saved: pain 4 today at 09:00.        (backmove undo)\n"
    world.env["COLUMNS"] = "40"
    assert world.run("log", "5", tty=True).out == "Saved: pain 5 today at 09:00.\n(backmove undo)\n"


def test_the_resolved_time_is_echoed(world: "World") -> None:
    out = world.run("log", "4", "--at", "yesterday 22:00").out
    assert out.startswith("Saved: pain 4 yesterday (Sunday 1 March) at 22:00.\n")
    entry = world.diary.pains[0]
    assert (entry.at, entry.day) == ("2026-03-01T22:00:00+01:00", "2026-03-01")
    assert entry.written == "2026-03-02T09:00:00+01:00"


def test_after_midnight_the_day_is_still_the_day_before(world: "World") -> None:
    world.now = datetime.fromisoformat("2026-03-03T01:12:00+01:00")
    assert world.run("log", "4").out.startswith("Saved: pain 4 today after midnight, at 01:12.")
    assert world.diary.pains[0].day == "2026-03-02"


def test_everything_that_was_said_is_kept_word_for_word(world: "World") -> None:
    note = "worse in [left] leg :pill: [/b]"
    world.run("log", "4", "--note", note, "--leg", "usual", "--limb", "2", "--sleep", "7")
    entry = world.diary.pains[0]
    assert (entry.note, entry.leg, entry.limb, entry.sleep) == (note, "usual", 2, 7)
    assert world.run("list").out.rstrip().endswith(f"note: {note}")


def test_a_note_is_never_read_for_dates(world: "World") -> None:
    world.run("log", "4", "--note", "yesterday 22:00")
    assert world.diary.pains[0].day == "2026-03-02"


def test_a_note_that_was_no_text_is_kept_as_text(world: "World") -> None:
    world.run("log", "4", "--note", " a\udcffb ")
    assert world.diary.pains[0].note == "a\ufffdb"


def test_a_walk_and_a_flare_need_no_pain(world: "World") -> None:
    world.run("log", "--walk", "20", "--limb", "3", "--note", "park")
    world.run("log", "--flare")
    world.run("log", "--no-flare")
    walk, begun, over = world.records
    assert isinstance(walk, Walk)
    assert (walk.minutes, walk.limb, walk.note, walk.group) == (20, 3, "park", None)
    assert [r.on for r in (begun, over) if isinstance(r, Flare)] == [True, False]


def test_what_one_command_writes_is_one_group_and_undone_together(world: "World") -> None:
    world.run("log", "2")
    world.run("log", "4", "--walk", "20", "--flare", "--note", "on the pain entry")
    first, *others = world.records
    assert first.group is None
    assert [type(r) for r in others] == [Pain, Walk, Flare]
    assert len({r.group for r in others}) == 1
    assert others[0].group is not None
    assert isinstance(others[0], Pain)
    assert others[0].note == "on the pain entry"
    world.run("undo")
    assert [p.score for p in world.diary.pains] == [2]
    assert not world.diary.walks


def test_morning_pain_belongs_to_the_session_of_the_day_before(world: "World", stamp: Stamp) -> None:
    world.write(session(stamp, days=-1))
    out = world.run("log", "5", "--morning").out
    assert "pain 5, the morning after a session, today" in out
    world.run("log", "5", "--morning", "--at", "yesterday")
    assert [p.morning for p in world.diary.pains] == [True, False]


def test_nothing_is_called_saved_that_could_not_be_written(world: "World") -> None:
    world.folder.write_text("a file stands where the folder should be")
    ran = world.run("log", "4", expect=1)
    assert ran.out == ""
    assert "Saved" not in ran.err
    assert world.run("log", "4", "--json", expect=1).error["code"] == "storage"


# --- what is refused ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "args",
    [
        ("log",),
        ("log", "11"),
        ("log", "-1"),
        ("log", "4.5"),
        ("log", "four"),
        ("log", "4", "--leg", "gone"),
        ("log", "4", "--walk", "0"),
        ("log", "4", "--at", "tomorrow"),
        ("log", "4", "--at", "22:00"),
        ("log", "--note", "no number"),
        ("log", "--leg", "usual"),
        ("log", "--flare", "--sleep", "3"),
        ("log", "--morning"),
        ("log", "4", "--pian", "3"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("json", [False, True])
def test_wrong_usage_writes_nothing_and_ends_in_2(world: "World", args: tuple[str, ...], json: bool) -> None:
    ran = world.run(*args, *(["--json"] if json else []), expect=2)
    assert world.records == ()
    if json:
        assert ran.error["code"] == "usage"
        assert ran.error["message"]
    else:
        assert ran.out == ""
        assert ran.err


def test_an_unknown_word_about_the_leg_is_guessed(world: "World") -> None:
    assert "Did you mean further?" in world.run("log", "4", "--leg", "futher", expect=2).err


def test_without_a_terminal_the_number_is_named_as_missing(world: "World") -> None:
    err = world.run("log", expect=2).err
    assert err == (
        "backmove: say your pain from 0 to 10; there is no terminal to ask in. Nothing was written down.\n"
        "Such as:  backmove log 4\n"
    )


# --- on a terminal --------------------------------------------------------------------------------------------


def test_on_a_terminal_it_asks_and_enter_asks_again(world: "World") -> None:
    ran = world.run("log", tty=True, keys=Fingers("\n", "eleven\n", "11\n", "4\n"))
    assert "Enter alone is not an answer" in ran.out
    assert "'eleven' is not a whole number from 0 to 10" in ran.out
    assert "11 is outside 0 to 10" in ran.out
    assert [p.score for p in world.diary.pains] == [4]


@pytest.mark.parametrize("end", ["", "<ctrl-c>", "<ctrl-d>"])
def test_the_end_of_input_is_no_answer(world: "World", end: str) -> None:
    world.run("log", "--note", "x", tty=True, keys=Fingers("\n", *([end] if end else [])), expect=130)
    assert world.records == ()


def test_pain_is_asked_once_a_day(world: "World") -> None:
    world.run("log", tty=True, keys=Fingers("4\n"))
    again = Fingers("5\n")
    err = world.run("log", tty=True, keys=again, expect=2).err
    assert "pain 4 today already" in err
    assert again.seen == 0
    world.run("log", "5", tty=True)
    world.sleep_days(1)
    world.run("log", tty=True, keys=Fingers("3\n"))
    assert [p.score for p in world.diary.pains] == [4, 5, 3]


def test_the_pain_of_another_time_is_not_asked_as_the_pain_of_now(world: "World") -> None:
    keys = Fingers("5\n")
    world.run("log", "--at", "yesterday", tty=True, keys=keys, expect=2)
    assert keys.seen == 0


# --- what is said afterwards ----------------------------------------------------------------------------------


def test_it_writes_and_ends_in_0_also_while_sessions_are_locked(world: "World", stamp: Stamp) -> None:
    world.write(triage(stamp, disposition="EMERGENCY", result="EMERGENCY", unlocked=False, valid_until=None))
    out = world.run("log", "4").out
    assert "No session for now: your answers held a sign that needs emergency help." in out
    assert out.rstrip().endswith("Next: backmove triage")
    assert len(world.diary.pains) == 1


def test_without_a_triage_the_lock_is_said(world: "World") -> None:
    assert "No session for now: the safety questions come first." in world.run("log", "4").out


def test_nothing_is_said_when_nothing_is_the_matter(world: "World", stamp: Stamp) -> None:
    world.write(triage(stamp))
    assert world.run("log", "7", "--leg", "closer").out.count("\n") == 2


@pytest.mark.parametrize(
    ("score", "said"), [("8", "pain of 8 or more"), ("9", "pain this strong"), ("10", "pain this")]
)
def test_strong_pain_says_what_to_do(world: "World", stamp: Stamp, score: str, said: str) -> None:
    world.write(triage(stamp))
    out = world.run("log", score).out.lower()
    assert said in out
    assert out.rstrip().endswith("next: backmove triage")


def test_strong_pain_of_last_week_says_nothing(world: "World", stamp: Stamp) -> None:
    world.write(triage(stamp))
    assert "Next:" not in world.run("log", "9", "--at", "3 days ago").out


def test_strong_pain_in_the_morning_counts_too(world: "World", stamp: Stamp) -> None:
    world.write(triage(stamp), session(stamp, days=-1))
    assert "Next: backmove triage" in world.run("log", "9", "--morning").out


def test_a_jump_on_two_entries_in_a_row_says_what_to_do(world: "World", stamp: Stamp) -> None:
    world.write(triage(stamp, days=-6), *(Pain(**stamp(days=-d), score=2) for d in (5, 4)))
    assert "Next:" not in world.run("log", "5").out
    world.sleep_days(1)
    assert "went up by 3 or more" in world.run("log", "6").out


def test_a_new_sign_in_a_leg_says_what_to_do_now(world: "World", stamp: Stamp) -> None:
    world.write(triage(stamp))
    out = world.run("log", "4", "--leg", "new").out
    assert "Get emergency help now: 112" in out
    assert "Next: backmove triage" in out


def test_the_emergency_number_is_that_of_the_region(world: "World", stamp: Stamp) -> None:
    world.write(triage(stamp))
    world.run("profile", "set", "region", "uk")
    assert "Get emergency help now: 999" in world.run("log", "4", "--leg", "new").out


def test_pain_further_down_a_leg_says_what_to_leave_out(world: "World", stamp: Stamp) -> None:
    world.write(triage(stamp, days=-6))
    assert "Leave out the move" in world.run("log", "4", "--leg", "further").out
    world.sleep_days(1)
    out = world.run("log", "4", "--leg", "further").out
    assert "down the leg twice" in out
    assert "Leave out the move" not in out


QUIET = "No need to rate pain every day; once a week is plenty."


def test_in_the_first_six_weeks_it_says_once_that_less_is_enough(world: "World", stamp: Stamp) -> None:
    world.write(triage(stamp, episode_start="2026-02-20"))
    assert QUIET in world.run("log", "4").out
    world.sleep_days(1)
    assert QUIET not in world.run("log", "4").out


@pytest.mark.parametrize("start", [None, "2026-01-19"])
def test_later_or_when_nobody_knows_it_does_not(world: "World", stamp: Stamp, start: str | None) -> None:
    world.write(triage(stamp, episode_start=start))
    assert QUIET not in world.run("log", "4").out


def test_a_walk_says_nothing_about_pain(world: "World", stamp: Stamp) -> None:
    world.write(triage(stamp, episode_start="2026-02-20"))
    assert QUIET not in world.run("log", "--walk", "10").out


def test_json_has_the_entries_and_the_notices(world: "World", stamp: Stamp) -> None:
    world.write(triage(stamp, episode_start="2026-02-20"))
    ran = world.run("log", "4", "--walk", "20", "--json")
    assert [entry["kind"] for entry in ran.data["entries"]] == ["pain", "walk"]
    assert {"id", "at", "day", "kind", "score", "group"} <= set(ran.data["entries"][0])
    assert ran.data["notices"] == [{"code": "quiet", "text": QUIET}]


@pytest.mark.parametrize("width", ["40", "80", "120"])
def test_no_line_is_wider_than_the_screen_and_no_word_is_banned(world: "World", width: str) -> None:
    world.env["COLUMNS"] = width
    out = world.run("log", "9", "--leg", "new", "--walk", "12", "--note", "x" * 200, tty=True).out
    assert max(map(len, out.splitlines())) <= int(width)
    assert banned_words(out) == []
    assert "!" not in out
