"""``edit``, ``delete``, ``undo``: every correction is a new record, and nothing that locks can be taken
back."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pytest

from backmove.core.record import (
    Amend,
    Check,
    Done,
    Pain,
    Refusal,
    Retract,
    Session,
    Triage,
    Walk,
)
from given import clear_answers

if TYPE_CHECKING:
    from conftest import World

Stamp = Callable[..., Mapping[str, Any]]


def triage(stamp: Stamp) -> Triage:
    return clear_answers(
        stamp(days=-2),
        valid_until="2026-03-28",
        age=45,
    )


def session(stamp: Stamp, **fields: Any) -> Session:
    return Session(
        **stamp(id="sess00000000"),
        zone="green",
        stage="chronic",
        mode="normal",
        pain=3,
        variant=1,
        requested_min=20,
        effective_min=20,
        estimated_s=900,
        place="upright",
        items=(),
        **fields,
    )


@pytest.fixture
def journal(world: "World", stamp: Stamp) -> "World":
    """A triage, then pain 4 on Sunday and a walk today."""
    world.write(
        triage(stamp),
        Pain(**stamp(days=-1, id="aaaa11111111"), score=4, note="stairs"),
        Walk(**stamp(id="bbbb22222222"), minutes=20),
    )
    return world


# --- edit -----------------------------------------------------------------------------------------------------


def test_an_edit_is_a_record_and_the_former_line_stands(journal: "World") -> None:
    before = journal.journal_file.read_bytes()
    out = journal.run("edit", "aaaa", "--pain", "5", "--note", "on the stairs", "--leg", "usual").out
    assert out == (
        "Changed: pain 5, leg as usual, with your note, yesterday (Sunday 1 March) at 09:00.\n"
        "To take it back: backmove undo\n"
    )
    assert journal.journal_file.read_bytes().startswith(before)
    last = journal.records[-1]
    assert isinstance(last, Amend)
    assert last.set == {"score": 5, "note": "on the stairs", "leg": "usual"}


@pytest.mark.parametrize("name", ["last", "-1", "bbbb", "BBBB22"])
@pytest.mark.parametrize("before", [True, False])
def test_the_last_entry_has_many_names(journal: "World", name: str, before: bool) -> None:
    options = ["--minutes", "25", "--json"]
    args = [name, *options] if before else [*options, name]
    assert journal.run("edit", *args).data["entry"]["minutes"] == 25


def test_minus_one_can_also_be_a_note(journal: "World") -> None:
    journal.run("edit", "last", "--note", "-1")
    assert journal.diary.walks[0].note == "-1"
    journal.run("delete", "-1")
    assert not journal.diary.walks


def test_a_misspelt_option_is_no_id(journal: "World") -> None:
    assert "No such option" in journal.run("edit", "last", "--minuts", "3", expect=2).err


def test_an_entry_can_be_moved_in_time_and_its_day_follows(journal: "World") -> None:
    journal.run("edit", "bbbb", "--at", "yesterday 22:00")
    walk = journal.diary.walks[0]
    assert (walk.at, walk.day) == ("2026-03-01T22:00:00+01:00", "2026-03-01")


def test_a_note_can_be_emptied(journal: "World") -> None:
    journal.run("edit", "aaaa", "--note", "")
    assert journal.diary.pains[0].note == ""


def test_what_is_so_already_writes_nothing(journal: "World") -> None:
    size = journal.journal_file.stat().st_size
    assert journal.run("edit", "aaaa", "--pain", "4").out.startswith("Already so: pain 4")
    assert journal.run("edit", "aaaa", "--pain", "4", "--json").data["changed"] is False
    assert journal.journal_file.stat().st_size == size


def test_a_report_can_be_corrected(journal: "World", stamp: Stamp) -> None:
    journal.write(session(stamp), Done(**stamp(id="done00000000"), session="sess00000000"))
    journal.run("edit", "done", "--stopped", "pain", "--effort", "8", "--peak", "7", "--soreness")
    (done,) = journal.diary.dones
    assert (done.status, done.reason, done.effort, done.peak, done.soreness) == (
        "stopped",
        "pain",
        8,
        7,
        True,
    )
    journal.run("edit", "done", "--status", "partly", "--no-soreness")
    (done,) = journal.diary.dones
    assert (done.status, done.reason, done.soreness) == ("partly", None, False)


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("aaaa",), 2, "say what to change"),
        (("aaaa", "--minutes", "3"), 2, "--minutes does not fit an entry of the kind pain"),
        (("aaaa", "--leg", "gone"), 2, "'gone' is not known"),
        (("aaaa", "--pain", "11"), 2, "not in the range"),
        (("aaaa", "--at", "tomorrow"), 2, "not a date or time"),
        (("bbbb", "--status", "doen"), 2, "Did you mean done?"),
        (("bbbb", "--status", "done", "--stopped", "pain"), 2, "do not fit together"),
        (("aaa", "--pain", "3"), 2, "too short"),
        (("zzzz", "--pain", "3"), 1, "no entry 'zzzz'"),
        (("0000", "--pain", "3"), 1, "Answers to the safety questions cannot be changed"),
    ],
    ids=lambda a: " ".join(a) if isinstance(a, tuple) else str(a),
)
@pytest.mark.parametrize("json", [False, True])
def test_what_cannot_be_edited_says_why(
    journal: "World", args: tuple[str, ...], code: int, said: str, json: bool
) -> None:
    size = journal.journal_file.stat().st_size
    ran = journal.run("edit", *args, *(["--json"] if json else []), expect=code)
    assert said in (ran.error["message"] if json else ran.err)
    assert journal.journal_file.stat().st_size == size


def test_an_ambiguous_beginning_names_the_matches(world: "World", stamp: Stamp) -> None:
    world.write(Pain(**stamp(id="abcd1x000000"), score=1), Pain(**stamp(id="abcd1y000000"), score=2))
    assert "could be abcd1x or abcd1y" in world.run("delete", "abcd", expect=2).err
    assert len(world.diary.pains) == 2


# --- delete ---------------------------------------------------------------------------------------------------


def test_a_deletion_is_a_record_and_can_be_undone(journal: "World") -> None:
    before = journal.journal_file.read_bytes()
    assert journal.run("delete", "aaaa").out == (
        "Taken back: pain 4, with your note, yesterday (Sunday 1 March) at 09:00.\nTo take it back: backmove undo\n"
    )
    assert journal.journal_file.read_bytes().startswith(before)
    assert not journal.diary.pains
    out = journal.run("undo").out
    assert (
        out
        == "Undone: a deletion. Back again: pain 4, with your note, yesterday (Sunday 1 March) at 09:00.\n"
    )
    assert journal.diary.pains[0].note == "stairs"


def test_a_deletion_in_json_shows_the_entry(journal: "World") -> None:
    data = journal.run("delete", "aaaa", "--json").data
    assert (data["deleted"]["kind"], data["deleted"]["note"], data["notices"]) == ("pain", "stairs", [])


def test_what_was_taken_back_already_is_said_to_be(journal: "World") -> None:
    journal.run("delete", "aaaa")
    assert "taken back already" in journal.run("delete", "aaaa", expect=1).err


@pytest.mark.parametrize("make", ["triage", "check", "refusal"])
@pytest.mark.parametrize("command", [("edit", "--note", "x"), ("delete",), ("undo",)], ids=lambda c: c[0])
def test_what_locks_cannot_be_corrected(
    world: "World", stamp: Stamp, make: str, command: tuple[str, ...]
) -> None:
    record: Any = {
        "triage": triage(stamp),
        "check": Check(**stamp(), answers={"dc2": "y"}, outcome="full-triage"),
        "refusal": Refusal(**stamp(), code="new-red-flag"),
    }[make]
    world.write(Pain(**stamp(), score=3), record)
    name = [] if command[0] == "undo" else ["last"]
    err = world.run(command[0], *name, *command[1:], expect=1).err
    assert "cannot be changed or taken back" in err
    assert "backmove triage" in err
    assert world.records[-1] == record
    assert world.diary.pains[0].score == 3


def test_a_session_that_was_reported_keeps_its_report(world: "World", stamp: Stamp) -> None:
    world.write(session(stamp), Done(**stamp(id="done00000000"), session="sess00000000"))
    assert "backmove delete done" in world.run("delete", "sess", expect=1).err
    world.run("delete", "done")
    world.run("delete", "sess")
    assert not world.diary.sessions


# --- undo -----------------------------------------------------------------------------------------------------


def test_undo_says_what_it_undoes_and_goes_further_back(journal: "World") -> None:
    journal.run("edit", "bbbb", "--minutes", "30")
    said = [journal.run("undo").out for _ in range(3)]
    assert said == [
        "Undone: the change to walk 30 min today at 09:00. Again: walk 20 min today at 09:00.\n",
        "Undone: walk 20 min today at 09:00.\n",
        "Undone: pain 4, with your note, yesterday (Sunday 1 March) at 09:00.\n",
    ]
    assert "cannot be changed or taken back" in journal.run("undo", expect=1).err


def test_undo_of_nothing_is_an_expected_failure(world: "World") -> None:
    assert (
        world.run("undo", expect=1).err
        == "backmove: there is nothing to undo.\nWhat stands:  backmove list\n"
    )
    assert world.run("undo", "--json", expect=1).error["code"] == "not-found"
    assert not world.journal_file.exists()


def test_undo_takes_back_a_change_of_the_profile(world: "World") -> None:
    world.run("profile", "set", "place", "floor")
    assert world.run("undo").out == "Undone: profile: place floor, today at 09:00.\n"
    assert world.diary.profile.place == "upright"


def test_undo_of_a_report_and_of_its_session(world: "World", stamp: Stamp) -> None:
    world.write(session(stamp))
    world.run("done", "--effort", "5")
    assert world.run("undo").out == "Undone: session done, effort 5, today at 09:00.\n"
    assert world.diary.session_on("2026-03-02") is not None
    assert "session given" in world.run("undo").out
    assert world.diary.session_on("2026-03-02") is None


def test_undo_in_json_names_the_records(journal: "World") -> None:
    data = journal.run("undo", "--json").data
    assert [(entry["kind"], entry["id"]) for entry in data["undone"]] == [("walk", "bbbb22222222")]
    last = journal.records[-1]
    assert isinstance(last, Retract)
    assert last.undo


# --- safety triggers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command", [("delete", "last"), ("undo",), ("edit", "last", "--pain", "2")], ids=" ".join
)
def test_second_thoughts_leave_no_trigger_and_late_ones_say_that_it_stays(
    world: "World", stamp: Stamp, command: tuple[str, ...]
) -> None:
    world.write(triage(stamp))
    world.run("log", "9")
    world.wait(9 * 60)
    assert "Next: backmove triage" not in world.run(*command).out
    world.run("log", "9")
    world.wait(11 * 60)
    out = world.run(*command).out
    assert "What was said more than ten minutes ago still counts for the safety questions." in out
    assert "Next: backmove triage" in out


def test_a_late_new_sign_in_a_leg_stays_when_it_is_undone(world: "World", stamp: Stamp) -> None:
    world.write(triage(stamp))
    world.run("log", "3", "--leg", "new")
    world.wait(3600)
    notices = world.run("undo", "--json").data["notices"]
    assert [notice["code"] for notice in notices] == ["still-counts", "new-red-flag"]


def test_a_correction_of_a_walk_does_not_speak_of_locks(world: "World") -> None:
    world.run("log", "--walk", "20")
    assert world.run("edit", "last", "--minutes", "25").out.count("\n") == 2


def test_undo_of_a_correction_that_came_from_elsewhere_is_told_without_its_entry(journal: "World") -> None:
    head: dict[str, Any] = {"v": 1, "at": "2026-03-02T09:00:00+01:00", "day": "2026-03-02"}
    journal.write(Amend(**head, id="stray0000000", target="nobody000000", set={"score": 5}))
    assert journal.run("undo").out == "Undone: a correction of an entry that does not stand.\n"
