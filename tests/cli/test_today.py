"""``backmove`` alone: what is due today, and the next thing to type as the last line."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pytest

from backmove.cli.lock import ANYWHERE
from backmove.core.plain_words import banned_words, grade
from backmove.core.record import (
    RULES_VERSION,
    Check,
    Done,
    GivenDose,
    GivenItem,
    Profile,
    Session,
    Triage,
    Walk,
)
from backmove.store.library import load_emergency_numbers

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
        "estimated_s": 1080,
        "place": "upright",
        "items": tuple(GivenItem(i, "main", GivenDose("reps", (8,)), 60) for i in ("bird-dog", "bridge")),
    }
    return Session(**stamp(days=days), **given | fields)


def test_the_first_run_says_what_this_is_and_offers_the_questions(world: "World") -> None:
    ran = world.run()
    lines = ran.out.splitlines()
    assert lines[0] == "backmove: exercises for your low back, one day at a time"
    assert "Everything stays on this computer." in lines[1]
    assert "it can miss serious problems" in lines[2]
    assert lines[3].startswith("In an emergency call 112")
    assert lines[-1] == "Next: answer the safety questions, about five minutes: backmove triage"
    assert ran.err == ""
    assert not world.folder.exists()


def test_the_numbers_of_the_first_run_are_those_of_the_file() -> None:
    assert load_emergency_numbers().unknown == ANYWHERE


def test_the_number_is_that_of_the_region(world: "World", stamp: Stamp) -> None:
    world.write(Profile(**stamp(), set={"region": "uk"}))
    out = world.run().out
    assert "In an emergency call 999 or 112.\n" in out
    assert "set region" not in out


def test_an_entry_before_the_first_triage_is_still_a_first_run(world: "World") -> None:
    world.run("log", "4")
    assert world.run("--json").data["first_run"] is True


def test_a_day_without_a_session_says_what_to_type(world: "World", stamp: Stamp) -> None:
    world.write(triage(stamp))
    assert world.run().out == "Safety questions: valid until Saturday 28 March\nNext: backmove session\n"


def test_the_session_that_was_given_stands_in_one_line(world: "World", stamp: Stamp) -> None:
    world.write(triage(stamp), session(stamp, outings=("walk-easy",)))
    assert world.run(tty=True).out == (
        "Today: bird dog, bridge · 18 min\n"
        "When you have done it: backmove done\n"
        "Walk: 10 min, 4 days this week\n"
        "After the walk: backmove log --walk 10\n"
        "Safety questions: valid until Saturday 28 March\n"
        "\n"
        "Next →  backmove session\n"
    )


def test_what_was_done_lately_is_counted_and_the_next_day_is_named(world: "World", stamp: Stamp) -> None:
    former, given = session(stamp, days=-3), session(stamp)
    world.write(
        triage(stamp, days=-5),
        former,
        Done(**stamp(days=-3), session=former.id),
        given,
        Done(**stamp(), session=given.id, status="partly"),
        Walk(**stamp(days=-1), minutes=30),
        Walk(**stamp(), minutes=14),
    )
    assert world.run().out.splitlines() == [
        "Today: bird dog, bridge · 18 min · partly done",
        "Walk: 10 min, 1 of 4 days done this week",
        "Last 7 days: 2 sessions, the last today",
        "How was your week? A few short questions, if you like: backmove checkin",
        "Safety questions: valid until Saturday 28 March",
        "Next session: Wednesday 4 March: backmove session",
    ]


def test_after_a_pause_nobody_is_blamed(world: "World", stamp: Stamp) -> None:
    former = session(stamp, days=-20)
    world.write(triage(stamp), former, Done(**stamp(days=-20), session=former.id))
    out = world.run().out
    assert "Last session: on Tuesday 10 February. Good to see you again." in out
    assert out.endswith("Next: backmove session\n")


@pytest.mark.parametrize(
    ("disposition", "words"),
    [
        ("EMERGENCY", "emergency help"),
        ("SAME_DAY", "medical advice the same day"),
        ("CLINICIAN_FIRST", "A doctor, nurse or physio"),
        ("INCOMPLETE", "not answered to the end"),
    ],
)
def test_a_lock_comes_first_and_the_questions_last(
    world: "World", stamp: Stamp, disposition: str, words: str
) -> None:
    lock = triage(stamp, disposition=disposition, result=disposition, unlocked=False, valid_until=None)
    world.write(lock, Walk(**stamp(), minutes=20))
    lines = world.run().out.splitlines()
    assert words in lines[0]
    assert lines[-1] == "Next: backmove triage"
    walked = any("Walked" in line for line in lines)
    assert walked is (disposition not in ("EMERGENCY", "SAME_DAY"))


def test_a_yes_in_a_daily_check_locks_here_too(world: "World", stamp: Stamp) -> None:
    world.write(triage(stamp), Check(**stamp(), answers={"dc2": "y"}, outcome="full-triage"))
    assert world.run("--json").data["next"] == {"command": "backmove triage", "date": None}


def test_a_precaution_that_needs_a_clinician_locks_here_too(world: "World", stamp: Stamp) -> None:
    world.write(triage(stamp), Profile(**stamp(), set={"precautions": ["heart-or-lung"]}))
    data = world.run("--json").data
    assert [reason["code"] for reason in data["reasons"]] == ["needs-clearance"]


def test_a_booking_is_kept_in_sight(world: "World", stamp: Stamp) -> None:
    world.write(triage(stamp, disposition="CAREFUL", result="CAREFUL", book_by="2026-03-09"))
    assert "See a doctor, nurse or physio by Monday 9 March" in world.run().out


def test_scripts_get_the_same(world: "World", stamp: Stamp) -> None:
    given = session(stamp)
    world.write(triage(stamp), given)
    ran = world.run("--json")
    assert ran.data == {
        "date": "2026-03-02",
        "first_run": False,
        "open": True,
        "reasons": [],
        "disposition": "SELF_CARE",
        "valid_until": "2026-03-28",
        "book_by": None,
        "session": {
            "id": given.id,
            "exercises": ["bird-dog", "bridge"],
            "estimated_s": 1080,
            "outings": [],
            "report": None,
        },
        "sessions_last_7_days": 0,
        "last_done": None,
        "walked_this_week": {"minutes": 0, "days": 0},
        "walk": {
            "minutes": 10,
            "days_per_week": 4,
            "done": 0,
            "due": True,
            "walked_today": 0,
            "relief": False,
        },
        "reminder": None,
        "checkin_due": False,
        "next": {"command": "backmove session", "date": None},
    }


@pytest.mark.parametrize("width", ["40", "80", "120"])
def test_no_line_is_wider_than_the_screen_and_no_word_is_banned(
    world: "World", stamp: Stamp, width: str
) -> None:
    world.env["COLUMNS"] = width
    first = world.run(tty=True).out
    world.write(triage(stamp, book_by="2026-03-09"), session(stamp, outings=("walk-easy",)))
    for out in (first, world.run(tty=True).out):
        assert max(map(len, out.splitlines())) <= int(width)
        assert banned_words(out) == []
        assert out.splitlines()[-1].startswith(("Next", "→"))
        assert "!" not in out


def test_the_first_run_reads_easily(world: "World") -> None:
    assert grade(" ".join(world.run().out.splitlines()[1:3])) <= 6
