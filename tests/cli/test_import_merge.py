"""``import`` and ``merge`` as they are typed: whole or not at all, said in numbers, and taken back as one."""

import json
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from backmove.core.lines import write_line
from backmove.core.record import Amend, Done, Import, Pain, Retract, Session, Triage, Walk
from backmove.store import incoming_file
from conftest import MONDAY, Stamp, World
from course import Course


@pytest.fixture
def other(tmp_path: Path) -> World:
    return World(tmp_path / "other-computer")


@pytest.fixture
def both(world: World, other: World) -> tuple[World, World]:
    """Two computers with one entry in common, and one of its own each."""
    world.run("log", "3")
    other.folder.mkdir()
    other.journal_file.write_bytes(world.journal_file.read_bytes())
    other.wait(3600)
    world.wait(1800)
    world.run("log", "4", "--note", "at the desk")
    other.run("log", "--walk", "25")
    world.now = other.now = MONDAY + timedelta(hours=3)
    return world, other


def exported(world: World, name: str = "export.json") -> Path:
    file = world.folder / name
    world.run("export", "--out", str(file))
    return file


def scores(world: World) -> list[Any]:
    entries = [r for r in world.diary.entries if isinstance(r, Pain | Walk)]
    return [r.score if isinstance(r, Pain) else r.minutes for r in entries]


# --- a round trip -------------------------------------------------------------------------------------------


def test_export_import_export_is_byte_for_byte_the_same_and_gives_the_same_session(
    world: World, other: World
) -> None:
    course = Course()
    course.lives([0, 2, 4, 7, 9, 11, 14, 16])
    report = next(r for r in course.records if isinstance(r, Done))
    course.records.append(Amend(**course.at(17), target=report.id, set={"effort": 6}))
    course.records.append(Pain(**course.at(17, 10), score=4, note="ä – 左"))
    course.records.append(Retract(**course.at(17, 11), target=course.records[-1].id))
    world.write(*course.records)
    world.now = other.now = datetime.fromisoformat("2026-01-23T09:00:00+01:00")
    first = exported(world)
    assert f"{len(course.records)} entries" in other.run("import", str(first)).out
    assert exported(other).read_bytes() == first.read_bytes()
    third = World(other.folder.parent / "third", now=world.now)
    third.run("import", "-", stdin=first.read_text(encoding="utf-8"))
    assert exported(third).read_bytes() == first.read_bytes()
    people = (world, other, third)
    assert len({one.run("progress", "--json").out for one in people}) == 1
    assert len({one.run("report", "--include-notes").out for one in people}) == 1
    for one in people:
        one.run("session", "--answers", "-", stdin=QUIET)
    given = [next(r for r in reversed(one.records) if isinstance(r, Session)) for one in people]
    assert given[0].items == given[1].items == given[2].items


NO = {"dc1": "n", "dc2": "n", "dc3": "n", "dc4": "n", "dc5": "n", "dc3_signs": []}
QUIET = json.dumps({"daily_check": NO, "pain": 3})


# --- counts -------------------------------------------------------------------------------------------------


def test_a_merge_says_what_came_and_both_sides_end_the_same(both: tuple[World, World]) -> None:
    world, other = both
    shown = world.run("merge", str(other.journal_file)).out
    assert "Brought in from journal.jsonl: 1 entry (1 walk)." in shown
    assert "Here already: 1 entry." in shown
    assert "before-import" in shown
    assert "backmove undo" in shown
    assert scores(world) == [3, 4, 25]
    other.run("merge", str(world.journal_file))
    assert exported(world).read_bytes() == exported(other).read_bytes()
    for here, there in ((world, other), (other, world)):
        before = here.journal_file.read_bytes()
        assert "Nothing was added from journal.jsonl: all 3 entries are here already." in (
            here.run("merge", str(there.journal_file)).out
        )
        assert here.journal_file.read_bytes() == before


def test_a_dry_run_says_the_same_and_changes_nothing(both: tuple[World, World]) -> None:
    world, other = both
    before = world.journal_file.read_bytes()
    for command in ("merge", "import"):
        result = world.run(command, str(other.journal_file), "--dry-run")
        assert "Would come in from journal.jsonl: 1 entry (1 walk)." in result.out
        assert "Nothing was changed" in result.out
        counted = world.run(command, str(other.journal_file), "--dry-run", "--json").data
        assert (counted["counts"]["added"], counted["counts"]["same"], counted["dry_run"]) == (1, 1, True)
    assert world.journal_file.read_bytes() == before
    assert sorted(p.name for p in world.folder.iterdir() if p.is_file()) == ["journal.jsonl"]


def test_a_dry_run_in_an_empty_folder_makes_nothing(both: tuple[World, World], tmp_path: Path) -> None:
    third = World(tmp_path / "third")
    third.run("import", str(both[0].journal_file), "--dry-run")
    assert not third.journal_file.exists()


def test_the_json_answer_has_every_count_and_list(both: tuple[World, World]) -> None:
    world, other = both
    data = world.run("merge", str(other.journal_file), "--json").data
    assert data["counts"] == {
        "added": 1,
        "same": 1,
        "changed": 0,
        "refused": 0,
        "brought_back": 0,
        "taken_back_earlier": 0,
        "passed_over": 0,
    }
    assert (data["kinds"], len(data["added"]), data["format"]) == ({"walk": 1}, 1, "journal")
    assert Path(data["copy"]).exists()


def test_a_file_without_entries_is_not_done(world: World, tmp_path: Path) -> None:
    empty = tmp_path / "empty.json"
    empty.write_text('{"backmove_journal": 1, "records": [\n]}\n')
    assert "holds no entry" in world.run("import", str(empty), expect=1).out
    assert not world.journal_file.exists()


def test_a_line_that_was_edited_by_hand_is_kept_beside_the_other(both: tuple[World, World]) -> None:
    world, other = both
    text = other.journal_file.read_text().replace('"score":3', '"score":7')
    other.journal_file.write_text(text)
    shown = world.run("merge", str(other.journal_file)).out
    assert "1 id stood for two contents. Both are kept" in shown
    assert sorted(scores(world)) == [3, 4, 7, 25]
    data = world.run("merge", str(other.journal_file), "--json").data
    assert data["counts"]["changed"] == data["counts"]["added"] == 0


def test_what_the_other_side_deleted_is_told(both: tuple[World, World]) -> None:
    world, other = both
    other.write(Retract(**other.app().stamp(), target=other.records[0].id))
    assert "1 entry of yours is taken back by them" in world.run("merge", str(other.journal_file)).out
    assert scores(world) == [4, 25]


# --- undo ---------------------------------------------------------------------------------------------------


def test_undo_takes_the_whole_import_back_and_importing_again_brings_it_back(
    both: tuple[World, World],
) -> None:
    world, other = both
    file = exported(other)
    world.run("import", str(file))
    assert "1 entry brought in from export.json" in world.run("list").out
    shown = world.run("undo").out
    assert "Undone: 1 entry brought in from export.json" in shown
    assert scores(world) == [3, 4]
    assert "Back again: 1 entry" in world.run("import", str(file)).out
    assert scores(world) == [3, 4, 25]
    assert world.run("undo").out.startswith("Undone: 1 entry brought in from export.json")
    assert scores(world) == [3, 4]
    world.run("undo")
    assert scores(world) == [3]


def test_an_import_can_be_deleted_by_its_id_as_well(both: tuple[World, World]) -> None:
    world, other = both
    world.run("merge", str(other.journal_file))
    note = next(r for r in world.records if isinstance(r, Import))
    assert "brought in" in world.run("delete", note.id).out
    assert scores(world) == [3, 4]


# --- locks --------------------------------------------------------------------------------------------------


def triage(stamp: Stamp, hours: float, disposition: Any = "SELF_CARE", **more: Any) -> Triage:
    opens = disposition == "SELF_CARE"
    own: dict[str, Any] = {
        "disposition": disposition,
        "result": disposition,
        "ended": "finished",
        "complete": True,
        "rules_version": "1",
        "unlocked": opens,
        "valid_until": "2026-04-01" if opens else None,
        "rules": () if opens else ("E1",),
        "age": 40,
        "sex": "f",
    }
    return Triage(**stamp(days=hours / 24), **own | more)


def test_a_lock_of_one_machine_holds_on_the_other_though_its_answers_are_newer(
    both: tuple[World, World], stamp: Stamp
) -> None:
    world, other = both
    world.write(triage(stamp, -30))
    other.write(triage(stamp, -31, "EMERGENCY"))
    world.run("session", "--answers", "-", stdin=QUIET, expect=0)
    result = world.run("merge", str(other.journal_file))
    assert "No session for now" in result.out
    assert "They can lock sessions, also after an undo." in result.out
    world.run("session", "--answers", "-", stdin=QUIET, expect=7)
    shown = world.run("delete", next(r.id for r in world.records if isinstance(r, Import))).out
    assert "stay, for what they lock" in shown
    assert "No session for now" in shown
    world.run("session", "--answers", "-", stdin=QUIET, expect=7)


def test_answers_that_were_brought_in_and_taken_back_open_nothing(
    both: tuple[World, World], stamp: Stamp
) -> None:
    world, other = both
    other.write(triage(stamp, -1))
    world.run("merge", str(other.journal_file))
    world.run("session", "--answers", "-", stdin=QUIET, expect=0)
    world.run("undo")
    world.run("undo")
    result = world.run("session", "--answers", "-", "--json", stdin=QUIET, expect=5)
    assert "answer" in result.out.lower()


def test_two_peoples_answers_are_not_put_together(world: World, other: World, stamp: Stamp) -> None:
    world.write(triage(stamp, -1))
    other.write(triage(stamp, -2, age=70, sex="m"))
    for command in ("merge", "import"):
        result = world.run(command, str(other.journal_file), expect=1)
        assert "may be of two people" in result.err
        assert "--same-person" in result.err
        assert (
            world.run(command, str(other.journal_file), "--json", expect=1).error["code"] == "another-person"
        )
    assert len(world.records) == 1
    world.run("merge", str(other.journal_file), "--same-person")
    assert len(world.diary.triages) == 2


# --- refusals -----------------------------------------------------------------------------------------------


def test_what_is_no_file_of_its_own_is_refused(world: World, tmp_path: Path) -> None:
    world.run("log", "4")
    link, second = tmp_path / "link.jsonl", tmp_path / "hard.jsonl"
    link.symlink_to(world.journal_file)
    os.link(world.journal_file, second)
    os.mkfifo(tmp_path / "pipe")
    for name, what in (
        (world.journal_file, "is your journal itself"),
        (second, "is your journal itself"),
        (link, "is a link"),
        (tmp_path, "is a folder"),
        (tmp_path / "pipe", "not an ordinary file"),
    ):
        for command in ("import", "merge"):
            assert what in world.run(command, str(name), expect=2).err
    assert "there is no file" in world.run("merge", str(tmp_path / "nowhere"), expect=1).err


def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming_file, "LIMIT", 1024 * 1024)
    big = tmp_path / "big.jsonl"
    with big.open("wb") as file:
        file.truncate(1024 * 1024 + 1)
    assert "larger than 1 MB" in world.run("import", str(big), expect=2).err
    assert "larger than 1 MB" in world.run("import", "-", stdin="x" * (1024 * 1024 + 1), expect=2).err


@pytest.mark.parametrize(
    ("bad", "code", "what"),
    [
        (b"nonsense\n", 4, "line 2"),
        (b'{"kind":"pain","v":9,"id":"x","at":"x","day":"x"}\n', 4, "newer backmove"),
        (b'{"kind":"amend","v":1,"id":"a00000000001","at":"2026-03-02T09:00:00+01:00","day":"2026-03-02",'
         b'"target":"%s","set":{"score":50}}\n', 4, "could not be read any more"),
    ],
)  # fmt: skip
def test_one_bad_line_and_nothing_of_the_file_comes_in(
    world: World, tmp_path: Path, bad: bytes, code: int, what: str
) -> None:
    world.run("log", "4")
    before = world.journal_file.read_bytes()
    pain = Pain(v=1, id="b00000000001", at="2026-03-02T08:00:00+01:00", day="2026-03-02", score=1)
    file = tmp_path / "other.jsonl"
    file.write_bytes(write_line(pain) + bad.replace(b"%s", b"b00000000001"))
    for command in ("import", "merge"):
        assert what in world.run(command, str(file), expect=code).err
    assert world.journal_file.read_bytes() == before
    assert sorted(p.name for p in world.folder.iterdir() if p.is_file()) == ["journal.jsonl"]


def test_the_torn_tail_of_another_journal_is_told_and_left(both: tuple[World, World]) -> None:
    world, other = both
    with other.journal_file.open("ab") as file:
        file.write(b'{"kind":"pain","v"')
    shown = world.run("merge", str(other.journal_file)).out
    assert "was cut short (18 bytes)" in shown
    assert scores(world) == [3, 4, 25]
    assert other.journal_file.read_bytes().endswith(b'"v"')


def test_a_hostile_note_and_name_steer_no_terminal(world: World, tmp_path: Path) -> None:
    pain = Pain(
        v=1,
        id="b0\x1b[2J000001",
        at="2026-03-02T08:00:00+01:00",
        day="2026-03-02",
        score=1,
        note="\x1b]0;x\x07",
    )
    file = tmp_path / "o\x1b[2Jther.jsonl"
    file.write_bytes(write_line(pain))
    for words in (("merge", str(file)), ("list",), ("undo",), ("merge", str(file), "--json")):
        result = world.run(*words)
        assert "\x1b" not in result.out + result.err


# --- tables -------------------------------------------------------------------------------------------------


def test_a_table_comes_in_with_its_columns_named_and_twice_adds_nothing(world: World, tmp_path: Path) -> None:
    file = tmp_path / "pain.csv"
    file.write_text("Date;Pain;Weather\n01.02.2026;4;sun\n02.02.2026;;rain\n03.02.2026;6;\n")
    words = ("import", str(file), "--map", "day=Date", "--map", "score=Pain", "--dates", "DD.MM.YYYY")
    shown = world.run(*words, "--dry-run").out
    assert "Would come in from pain.csv: 2 entries (2 pain entries)." in shown
    assert "Columns not used: Weather." in shown
    assert "1 row with neither pain nor minutes" in shown
    assert not world.journal_file.exists()
    world.run(*words)
    assert scores(world) == [4, 6]
    assert "Nothing was added from pain.csv: all 2 entries are here already." in world.run(*words).out
    world.run("undo")
    assert scores(world) == []
    world.run(*words)
    assert scores(world) == [4, 6]


def test_a_table_with_one_bad_value_brings_nothing(world: World, tmp_path: Path) -> None:
    file = tmp_path / "pain.csv"
    file.write_text("day,score\n2026-02-01,4\n2026-02-02,40\n")
    assert "line 3: column 'score': 40 is outside 0 to 10" in world.run("import", str(file), expect=4).err
    assert not world.journal_file.exists()


def test_our_own_table_needs_no_mapping(world: World, other: World) -> None:
    world.run("log", "4", "--note", "=1+1", "--leg", "usual")
    world.run("log", "--walk", "20")
    file = world.folder / "back.csv"
    world.run("export", "--format", "csv", "--excel", "--include-notes", "--out", str(file))
    other.run("import", str(file))
    found = [r for r in other.diary.entries if isinstance(r, Pain)]
    assert [(r.score, r.leg, r.note) for r in found] == [(4, "usual", "=1+1")]
    assert "all 2 entries are here already" in world.run("import", str(file)).out


def test_options_of_tables_fit_tables_alone(both: tuple[World, World], tmp_path: Path) -> None:
    world, other = both
    assert "--dates is for tables" in (
        world.run("import", str(other.journal_file), "--dates", "DD.MM.YYYY", expect=2).err
    )
    assert "not known" in world.run("import", str(other.journal_file), "--format", "xml", expect=2).err
    file = tmp_path / "pain.csv"
    file.write_text("day,score\n2026-02-01,4\n")
    assert "backmove import" in world.run("merge", str(file), expect=2).err


# --- copies beside the journal ------------------------------------------------------------------------------

COPIES = (
    "journal.sync-conflict-20260301-120000-ABCDEFG.jsonl",
    "journal (Anna's conflicted copy 2026-03-01).jsonl",
    "journal (conflicted copy 2026-03-01 120000).jsonl",
    "journal 2.jsonl",
    "journal (1).jsonl",
    "journal-LAPTOP.jsonl",
    "journal_conflict-20260301-120000.jsonl",
)
NO_COPIES = (
    "journal.before-import-20260301-120000.jsonl",
    "journal.torn-1",
    "journals.jsonl",
    "journal.copy.jsonl",
)


def test_copies_of_every_program_are_noticed_offered_and_left_alone_after(both: tuple[World, World]) -> None:
    world, other = both
    for name in NO_COPIES:
        (world.folder / name).write_bytes(other.journal_file.read_bytes())
    assert "copy" not in world.run().err
    assert "No copy" in world.run("merge").out
    for name in COPIES:
        (world.folder / name).write_bytes(other.journal_file.read_bytes())
    assert "7 copies of your journal lie beside it. Look:  backmove merge" in world.run().err
    shown = world.run("merge").out
    assert shown.count("1 entry that is not here.") == 7
    assert "backmove merge " in shown
    world.run("merge", str(world.folder / COPIES[0]))
    assert world.run("merge").out.count("all of it is here") == 7
    assert "copies" not in world.run().err
    assert all((world.folder / name).exists() for name in COPIES)
    data = world.run("merge", "--json").data
    assert {one["new"] for one in data["copies"]} == {0}


def test_a_copy_that_changes_is_named_again_and_one_that_cannot_be_read_says_why(
    both: tuple[World, World],
) -> None:
    world, other = both
    copy = world.folder / COPIES[0]
    copy.write_bytes(other.journal_file.read_bytes())
    world.run("merge", str(copy))
    assert world.run().err == ""
    copy.write_bytes(b"nonsense\n")
    assert "A copy of your journal lies beside it" in world.run().err
    shown = world.run("merge").out
    assert "cannot be taken in" in shown
    assert shown.count(copy.name) == 1
    assert "A copy" in world.run().err
