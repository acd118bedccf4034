"""``backmove list``: what was written down, newest last."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from backmove.core.record import (
    KINDS,
    Another,
    Barrier,
    Check,
    Checkin,
    Clearance,
    Direction,
    Done,
    DoneRow,
    Exclude,
    Exposure,
    Flare,
    GivenDose,
    Guided,
    Import,
    Pain,
    PlanRow,
    Profile,
    Refusal,
    Seal,
    Session,
    TherapistPlan,
    Triage,
    Walk,
)

if TYPE_CHECKING:
    from conftest import World

Stamp = Callable[..., Mapping[str, Any]]


def every_kind(stamp: Stamp) -> list[Any]:
    """One record of each kind that a list shows, a minute apart."""

    def at(minute: int) -> Mapping[str, Any]:
        return stamp(at=datetime.fromisoformat("2026-03-02T08:00:00+01:00") + timedelta(minutes=minute))

    return [
        Triage(
            **at(0),
            disposition="CAREFUL",
            result="CAREFUL",
            ended="finished",
            complete=True,
            unlocked=True,
            rules_version="1",
            valid_until="2026-03-16",
            book_by="2026-03-09",
        ),
        Clearance(
            **at(1),
            who="doctor",
            date="2026-03-01",
            rules=("C3", "C4"),
            looked_at_sign=True,
            exercise_fine=True,
            nothing_worse=True,
        ),
        Profile(**at(2), set={"place": "floor", "equipment": []}, unset=("job",)),
        Check(**at(3), answers={"dc1": "n"}, outcome="open"),
        Session(
            **at(4),
            zone="green",
            stage="chronic",
            mode="normal",
            pain=3,
            variant=1,
            requested_min=20,
            effective_min=20,
            estimated_s=1081,
            place="upright",
            items=(),
        ),
        Refusal(**at(5), code="pain-too-high"),
        Done(
            **at(6),
            session="s",
            status="stopped",
            reason="leg",
            effort=6,
            peak=7,
            leg="further",
            soreness=True,
            prediction=8,
            found=3,
            rows=(DoneRow("bridge", hurt=True), DoneRow("bird-dog", status="skipped")),
            note="kitchen",
        ),
        Pain(**at(7), score=4, morning=True, limb=2, sleep=3),
        Walk(**at(8), minutes=30, limb=0),
        Flare(**at(9), on=True),
        Another(**at(10), variant=2),
        Seal(**at(11), kept="journal.torn-1", size=9),
        Checkin(**at(12), activities={"lift": 4}, pain=3, sleep=7, mood=8),
        Exposure(**at(13), exercise="seated-hinge", prediction=8),
        Direction(**at(14), bending="better", arching="worse", arching_leg="further"),
        Exclude(**at(15), exercise="plank", because="my wrist"),
        Barrier(**at(16), word="time"),
        Guided(
            **at(17), session="b", row=1, seconds=42.0, rows=(DoneRow("bridge"), DoneRow("plank", "skipped"))
        ),
        TherapistPlan(
            **at(18), by="Ann", until="2026-04-01", rows=(PlanRow("bridge", GivenDose("reps", (8,))),)
        ),
        Import(**at(19), source="old.json", format="json", brought=("a", "b")),
    ]


def test_every_kind_has_one_readable_line(world: "World", stamp: Stamp) -> None:
    world.write(*every_kind(stamp))
    lines = [line.split(" ", 3)[3] for line in world.run("list").out.splitlines()]
    assert lines == [
        "safety questions: sessions with care, valid until 2026-03-16, see a clinician by 2026-03-09",
        "a clinician has looked (doctor, 2026-03-01), signs: C3; C4",
        "profile: place floor; equipment none; job as at first",
        "daily check: nothing new",
        "session given: 0 exercises, 19 min",
        "no session: pain too high",
        "session stopped: leg pain, effort 6, most pain 7, leg pain further down, sore after, feared 8, found 3, "
        "hurt: bridge, skipped: bird-dog, note: kitchen",
        "pain 4, the morning after a session, foot, shin, knee or hip pain 2, sleep 3",
        "walk 30 min, foot, shin, knee or hip pain 0",
        "a flare-up began",
        "another session asked for",
        "a line that was cut short is kept in journal.torn-1",
        "check-in, lift 4, average pain 3, sleep 7, low mood 8",
        "feared 8 of seated-hinge",
        "self-test, bending better, arching worse (leg pain further down)",
        "left out: plank, my wrist",
        "what got in the way: time",
        "in the middle of a session, done: bridge, skipped: plank",
        "Ann's plan: 1 exercise, until 2026-04-01",
        "2 entries brought in from old.json",
    ]


def test_the_kinds_of_this_test_are_all_that_have_words_of_their_own(stamp: Stamp) -> None:
    from backmove.term.entries_view import _WORDS

    assert {type(r) for r in every_kind(stamp)} == set(_WORDS) & set(KINDS.values())


def test_entries_stand_by_the_time_they_tell_of_newest_last(world: "World") -> None:
    world.run("log", "4")
    world.run("log", "6", "--at", "yesterday")
    assert [line.split()[4] for line in world.run("list").out.splitlines()] == ["6", "4"]


def test_corrections_show_in_the_entries_and_not_beside_them(world: "World") -> None:
    world.run("log", "4")
    world.run("log", "5")
    world.run("edit", "last", "--pain", "6")
    world.run("delete", world.records[0].id[:6])
    entries = world.run("list", "--json").data["entries"]
    assert [entry["score"] for entry in entries] == [6]


@pytest.mark.parametrize(
    ("args", "days"),
    [
        (("--from", "yesterday"), [1, 2]),
        (("--to", "yesterday"), [26, 27, 1]),
        (("--from", "2026-02-27", "--to", "sunday"), [27, 1]),
        (("--on", "3 days ago"), [27]),
        (("--on", "today"), [2]),
        (("--on", "2027-01-01"), []),
        (("-n", "2"), [1, 2]),
        (("-n", "9"), [26, 27, 1, 2]),
        (("-n", "1", "--to", "2026-02-27"), [27]),
        (("--kind", "walk"), []),
        (("--kind", "pain", "-n", "1"), [2]),
    ],
    ids=lambda a: " ".join(map(str, a)),
)
def test_the_list_can_be_narrowed(
    world: "World", stamp: Stamp, args: tuple[str, ...], days: list[int]
) -> None:
    world.write(*(Pain(**stamp(days=-d), score=d) for d in (4, 3, 1, 0)))
    entries = world.run("list", *args, "--json").data["entries"]
    assert [int(entry["day"][-2:]) for entry in entries] == days


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--kind", "pains"), "Did you mean pain?"),
        (("--kind", "amend"), "not known"),
        (("--on", "today", "--from", "monday"), "--on names one day"),
        (("--from", "today", "--to", "yesterday"), "later than --to"),
        (("--on", "yesterday 22:00"), "not a day"),
        (("--from", "soon"), "not a day"),
        (("-n", "0"), "not in the range"),
    ],
    ids=lambda a: " ".join(a),
)
def test_what_cannot_be_narrowed_to_is_wrong_usage(world: "World", args: tuple[str, ...], said: str) -> None:
    assert said in world.run("list", *args, expect=2).err


def test_an_empty_list_says_so_and_prints_nothing_for_scripts(world: "World") -> None:
    ran = world.run("list")
    assert (ran.out, ran.err) == ("", "No entry yet. Write one:  backmove log 4\n")
    world.run("log", "4")
    ran = world.run("list", "--on", "yesterday")
    assert (ran.out, ran.err) == ("", "No entry fits.\n")
    assert world.run("list", "--on", "yesterday", "--json").data == {"entries": []}


def test_json_has_what_is_stored_and_the_whole_id(world: "World") -> None:
    world.run("log", "4", "--note", "a [b] \x1b[2J", "--leg", "usual")
    (record,) = world.records
    assert world.run("list", "--json").data == {
        "entries": [
            {
                "id": record.id,
                "at": "2026-03-02T09:00:00+01:00",
                "day": "2026-03-02",
                "kind": "pain",
                "score": 4,
                "leg": "usual",
                "note": "a [b] \x1b[2J",
            }
        ]
    }


def test_on_a_terminal_days_are_headings_and_notes_hang_below(world: "World", stamp: Stamp) -> None:
    world.write(
        Pain(**stamp(days=-400, id="aaaa00000000"), score=3),
        Pain(**stamp(id="aaaab0000000"), score=4, note="on the stairs\nworse in [left] leg"),
        Walk(**stamp(id="cccc00000000"), minutes=20),
    )
    assert world.run("list", tty=True).out == (
        "Sunday 26 January 2025\n"
        "  aaaa0  09:00  pain 3\n"
        "\n"
        "Monday 2 March\n"
        "  aaaab  09:00  pain 4\n"
        "                on the stairs\n"
        "                worse in [left] leg\n"
        "  cccc   09:00  walk 20 min\n"
    )


def test_a_note_cannot_steer_the_terminal(world: "World", stamp: Stamp) -> None:
    world.write(Pain(**stamp(), score=4, note="\x1b[2J\x1b]0;hi\x07 \u202eback\u202c \x9b2J"))
    for tty in (False, True):
        out = world.run("list", tty=tty).out
        assert not {"\x1b", "\x07", "\u202e", "\u202c", "\x9b"} & set(out)
        assert "␛[2J␛]0;hi␇ back ‹9b›2J" in " ".join(out.split())


@pytest.mark.parametrize("width", ["40", "80", "120"])
def test_no_line_is_wider_than_the_screen(world: "World", stamp: Stamp, width: str) -> None:
    world.env["COLUMNS"] = width
    world.write(*every_kind(stamp), Pain(**stamp(), score=1, note="word " * 60 + "x" * 90))
    lines = world.run("list", tty=True).out.splitlines()
    assert max(map(len, lines)) <= int(width)


def test_a_kind_of_another_version_is_listed_and_kept(world: "World") -> None:
    world.run("log", "4")
    line = '{"v":1,"id":"dance0000000","at":"2026-03-02T08:00:00+01:00","day":"2026-03-02","kind":"dance","steps":3}\n'
    with world.journal_file.open("a") as file:
        file.write(line)
    assert "dance (an entry that only another version can read)" in world.run("list").out
    assert world.run("list", "--json").data["entries"][0] == {
        "id": "dance0000000",
        "at": "2026-03-02T08:00:00+01:00",
        "day": "2026-03-02",
        "kind": "dance",
        "steps": 3,
    }


def test_an_unreadable_journal_is_no_empty_list(world: "World") -> None:
    world.run("log", "4")
    with world.journal_file.open("a") as file:
        file.write("nonsense\n")
    ran = world.run("list", expect=4)
    assert ran.out == ""
    assert "journal.jsonl, line 2" in ran.err
