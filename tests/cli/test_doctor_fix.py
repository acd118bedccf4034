"""``backmove doctor --fix``: it mends without throwing anything away, opens nothing, and says each thing it did."""

import json
import os
import re
import stat
import sys
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from backmove.core.lines import write_line
from backmove.core.plain_words import banned_words
from backmove.core.record import Pain, Profile, Seal
from triage_answers import day, triage

if TYPE_CHECKING:
    from conftest import World

Stamp = Callable[..., Mapping[str, Any]]
posix = pytest.mark.skipif(sys.platform == "win32", reason="no such modes on Windows")


@pytest.fixture
def lines(stamp: Stamp) -> list[bytes]:
    return [write_line(Pain(**stamp(), score=score)) for score in (1, 2, 3)]


def lay(world: "World", data: bytes) -> Path:
    path = world.journal_file
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.write_bytes(data)
    path.chmod(0o600)
    return path


def beside(world: "World", what: str) -> list[Path]:
    return sorted(world.folder.glob(f"journal.{what}*"))


def opened(world: "World") -> None:
    """Somebody whose questions were answered, and whose sessions are open."""
    assert world.run("triage", "--answers", "-", "--json", stdin=triage()).data["unlocked"]
    world.run("session", "--answers", "-", "--json", stdin=day())


def add(world: "World", data: bytes) -> None:
    with world.journal_file.open("ab") as journal:
        journal.write(data)


def session(world: "World", expect: int) -> Any:
    return world.run("session", "--answers", "-", "--json", stdin=day(), expect=expect).data


# --- what it does ----------------------------------------------------------------------------------------------


def test_lines_that_cannot_be_read_are_set_aside_and_named(world: "World", lines: list[bytes]) -> None:
    before = lines[0] + b"oops\n" + lines[1] + b"\0\0\0\n" + lines[2]
    lay(world, before)
    shown = world.run("doctor", "--fix").out
    (aside,), (copy,) = beside(world, "set-aside"), beside(world, "before-mending")
    assert aside.read_bytes() == b"oops\n\0\0\0\n"
    assert copy.read_bytes() == before
    assert world.journal_file.read_bytes().startswith(b"".join(lines))
    for words in (
        "2 lines",
        "line 2: it is not whole JSON",
        "line 4: it holds zero bytes",
        aside.name,
        copy.name,
    ):
        assert words in shown
    assert "backmove triage" in shown
    assert "Intact" in world.run("doctor").out
    assert not banned_words(shown)
    seal = world.records[-1]
    assert isinstance(seal, Seal)
    assert (seal.kept, seal.size, seal.blind) == (aside.name, 9, 2)


def test_a_torn_tail_is_kept_and_hides_no_warning(world: "World", lines: list[bytes]) -> None:
    lay(world, lines[0] + lines[1][:30])
    shown = world.run("doctor", "--fix").out
    assert [file.read_bytes() for file in beside(world, "torn")] == [lines[1][:30]]
    assert "The half line at the end" in shown
    assert "triage" not in shown
    assert [type(record) for record in world.records] == [Pain, Seal]


def test_later_lines_of_an_id_are_set_aside(world: "World", lines: list[bytes]) -> None:
    lay(world, lines[0] + lines[1] + lines[0])
    shown = world.run("doctor", "--fix").out
    assert "line 3: the same as line 1" in shown
    assert [file.read_bytes() for file in beside(world, "set-aside")] == [lines[0]]
    assert "triage" not in shown, "a copy hides nothing"
    seal = world.records[-1]
    assert isinstance(seal, Seal)
    assert seal.blind == 0


def test_nothing_to_mend_is_said_and_nothing_is_touched(world: "World", lines: list[bytes]) -> None:
    path = lay(world, b"".join(lines))
    before = path.stat()
    assert "nothing to mend" in world.run("doctor", "--fix").out
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert list(world.folder.iterdir()) == [path]


def test_no_journal_is_nothing_to_mend_and_makes_none(world: "World") -> None:
    assert "nothing to mend" in world.run("doctor", "--fix").out
    assert not world.folder.exists()


def test_twice_is_once(world: "World", lines: list[bytes]) -> None:
    lay(world, lines[0] + b"oops\n" + lines[1][:20])
    world.run("doctor", "--fix")
    once = {file.name: file.read_bytes() for file in world.folder.iterdir()}
    assert "nothing to mend" in world.run("doctor", "--fix").out
    assert {file.name: file.read_bytes() for file in world.folder.iterdir()} == once


def test_a_dry_run_says_it_and_changes_nothing(world: "World", lines: list[bytes]) -> None:
    path = lay(world, lines[0] + b"oops\n" + lines[1][:20])
    before = path.read_bytes()
    shown = world.run("doctor", "--fix", "--dry-run").out
    assert "Nothing was changed" in shown
    assert "line 2" in shown
    assert "backmove doctor --fix" in shown
    assert (path.read_bytes(), list(world.folder.iterdir())) == (before, [path])


def test_a_line_of_a_newer_version_stops_it(world: "World", lines: list[bytes]) -> None:
    path = lay(world, b"oops\n" + lines[0].replace(b'"v":1', b'"v":9') + lines[1][:20])
    path.chmod(0o644)
    before = path.read_bytes()
    for flags in (("--fix",), ("--fix", "--dry-run")):
        said = world.run("doctor", *flags, expect=4).err
        assert "newer backmove" in said
        assert "Nothing was changed" in said
    assert (path.read_bytes(), list(world.folder.iterdir())) == (before, [path])
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_another_alphabet_stops_it(world: "World", lines: list[bytes]) -> None:
    path = lay(world, b"".join(lines).decode().encode("utf-16"))
    before = path.read_bytes()
    assert "UTF-8" in world.run("doctor", "--fix", expect=4).err
    assert path.read_bytes() == before


def test_a_broken_cache_is_taken_away_and_made_anew(world: "World", lines: list[bytes]) -> None:
    lay(world, b"".join(lines))
    world.run("exercises", "show", "bridge")
    (cache,) = (world.folder / "cache").glob("library-*")
    cache.write_bytes(cache.read_bytes()[:-5])
    assert "cache is not whole" in world.run("doctor").out
    assert cache.name in world.run("doctor", "--fix").out
    assert not cache.exists()
    world.run("exercises", "show", "bridge")
    assert world.run("doctor", "--json").data["around"]["cache"] == "whole"


def test_the_json_says_what_was_done(world: "World", lines: list[bytes]) -> None:
    lay(world, lines[0] + b"oops\n" + lines[0])
    data = world.run("doctor", "--fix", "--json").data
    assert data["changed"] and data["triage_next"]
    assert [(one["number"], one["copy"]) for one in data["lines"]] == [(2, False), (3, True)]
    assert Path(data["copy"]).exists() and Path(data["set_aside"]).exists()
    assert world.run("doctor", "--fix", "--json").data["changed"] is False


@pytest.mark.parametrize("words", [("--dry-run",), ("--fix", "--report")])
def test_words_that_do_not_go_together_are_refused(words: tuple[str, ...], world: "World") -> None:
    assert world.run("doctor", *words, expect=2).err


@pytest.mark.parametrize("columns", ["40", "80", "120"])
def test_on_a_terminal_no_line_is_wider_than_it(columns: str, world: "World", lines: list[bytes]) -> None:
    lay(world, lines[0] + b"oops\n" + lines[0] + b'{"ki')
    world.env["COLUMNS"] = columns
    for flags in (("--fix", "--dry-run"), ("--fix",)):
        shown = world.run("doctor", *flags, tty=True).out
        for line in re.sub(r"\x1b\[[0-9;]*m", "", shown).splitlines():
            assert len(line) <= int(columns) or "journal" in line, line


# --- it opens nothing ------------------------------------------------------------------------------------------


def test_after_lines_were_set_aside_the_questions_come_first(world: "World") -> None:
    opened(world)
    add(world, b"oops\n")
    world.run("session", "--show", expect=4)
    world.run("doctor", "--fix")
    refused = session(world, expect=5)
    assert refused["refusal"]["code"] == "triage-stale"
    assert "set aside" in refused["refusal"]["text"]
    world.wait(60)
    world.run("triage", "--answers", "-", "--json", stdin=triage())
    assert session(world, expect=0)["refusal"] is None


def test_an_emergency_in_a_line_that_is_lost_opens_nothing(world: "World") -> None:
    opened(world)
    before = world.journal_file.read_bytes()
    world.run("triage", "--answers", "-", "--json", stdin=triage(saddle="y"), expect=7)
    whole = world.journal_file.read_bytes()
    (emergency,) = [line for line in whole.removeprefix(before).splitlines() if b"EMERGENCY" in line]
    world.journal_file.write_bytes(whole.replace(emergency, emergency[:-20] + b"\0" * 20))
    world.run("doctor", "--fix")
    assert session(world, expect=5)["items"] == []


def test_a_lock_of_which_a_later_answer_speaks_stands_though_its_own_line_is_lost(world: "World") -> None:
    world.run("triage", "--answers", "-", "--json", stdin=triage(saddle="y"), expect=7)
    emergency = world.journal_file.read_bytes()
    world.sleep_days(2)
    assert (
        world.run("triage", "--answers", "-", "--json", stdin=triage(), expect=7).data["held_by"]
        == "EMERGENCY"
    )
    world.journal_file.write_bytes(world.journal_file.read_bytes().replace(emergency, b"\0" * 40 + b"\n"))
    world.run("doctor", "--fix")
    world.sleep_days(2)
    again = world.run("triage", "--answers", "-", "--json", stdin=triage(), expect=7).data
    assert (again["held_by"], again["unlocked"]) == ("EMERGENCY", False)


def test_a_differing_line_of_a_used_id_may_have_been_a_warning(world: "World") -> None:
    opened(world)
    first = json.loads(world.journal_file.read_bytes().splitlines()[0])
    assert first["kind"] == "triage"
    add(world, json.dumps(first | {"disposition": "EMERGENCY", "result": "EMERGENCY"}).encode() + b"\n")
    world.run("doctor", "--fix")
    session(world, expect=5)


def test_the_note_of_what_was_set_aside_can_not_be_taken_back(world: "World") -> None:
    opened(world)
    add(world, b"oops\n")
    world.run("doctor", "--fix")
    world.run("undo")
    seal = world.records[-2]
    assert isinstance(seal, Seal)
    world.run("delete", seal.id[:6], expect=1)
    session(world, expect=5)


def test_a_broken_off_or_assumed_triage_does_not_lift_it(world: "World", stamp: Stamp) -> None:
    opened(world)
    add(world, b"oops\n")
    world.run("doctor", "--fix")
    world.wait(60)
    world.run("triage", "--answers", "-", "--json", stdin='{"assume_no": true}', expect=5)
    session(world, expect=5)


# --- its surroundings ------------------------------------------------------------------------------------------


@posix
def test_what_others_may_read_is_told_and_closed(world: "World", lines: list[bytes]) -> None:
    path = lay(world, lines[0] + lines[1][:30])
    world.write(Pain(**world.app().stamp(), score=5))
    (torn,) = beside(world, "torn")
    for place, mode in ((world.folder, 0o755), (path, 0o644), (torn, 0o640)):
        place.chmod(mode)
    assert "Other people of this computer may look in" in world.run("doctor").out
    shown = world.run("doctor", "--fix").out
    for place, mode in ((world.folder, 0o700), (path, 0o600), (torn, 0o600)):
        assert stat.S_IMODE(place.stat().st_mode) == mode
        assert str(place) in shown
    assert "may look in" not in world.run("doctor").out


@posix
def test_a_folder_with_other_things_in_it_keeps_its_mode(world: "World", lines: list[bytes]) -> None:
    path = lay(world, b"".join(lines))
    (world.folder / "holiday.txt").write_text("mine")
    (world.folder / "holiday.txt").chmod(0o644)
    world.folder.chmod(0o755)
    path.chmod(0o644)
    world.run("doctor", "--fix")
    modes = [stat.S_IMODE(p.stat().st_mode) for p in (world.folder, path, world.folder / "holiday.txt")]
    assert modes == [0o755, 0o600, 0o644]
    assert "Other things are in it" in " ".join(world.run("doctor").out.split())


@posix
def test_a_link_beside_the_journal_is_not_followed(
    world: "World", lines: list[bytes], tmp_path: Path
) -> None:
    lay(world, b"".join(lines))
    victim = tmp_path / "victim"
    victim.write_text("theirs")
    victim.chmod(0o644)
    (world.folder / "journal.torn-1").symlink_to(victim)
    world.run("doctor", "--fix")
    assert stat.S_IMODE(victim.stat().st_mode) == 0o644


@posix
def test_new_files_of_mending_are_private_whatever_the_umask(world: "World", lines: list[bytes]) -> None:
    lay(world, lines[0] + b"oops\n" + lines[1][:30])
    old = os.umask(0)
    try:
        world.run("doctor", "--fix")
    finally:
        os.umask(old)
    assert {stat.S_IMODE(file.stat().st_mode) for file in world.folder.iterdir()} == {0o600}


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("Dropbox", "Dropbox"),
        ("OneDrive - Home", "OneDrive"),
        ("Mobile Documents", "iCloud"),
        ("Sync", "Syncthing"),
    ],
)
def test_a_folder_that_is_copied_elsewhere_is_told(
    folder: str, said: str, world: "World", lines: list[bytes]
) -> None:
    world.folder = world.folder.parent / folder / "backmove"
    world.folder.parent.mkdir()
    lay(world, b"".join(lines))
    assert f"copied by {said}" in world.run("doctor").out
    assert world.run("doctor", "--json").data["around"]["sync"] == said


def test_the_mark_of_a_program_that_copies_is_seen(world: "World", lines: list[bytes]) -> None:
    lay(world, b"".join(lines))
    (world.folder.parent / ".stfolder").mkdir()
    assert "copied by Syncthing" in world.run("doctor").out


def test_a_second_journal_beside_it_is_told(world: "World", lines: list[bytes]) -> None:
    lay(world, lines[0])
    (world.folder / "journal.sync-conflict-20260301-080000-ABCDEFG.jsonl").write_bytes(lines[1])
    assert "second journal" in world.run("doctor").out


def test_a_clock_that_was_set_back_is_told_with_how_much(world: "World", stamp: Stamp) -> None:
    lay(world, b"".join(write_line(Pain(**stamp(days=days), score=1)) for days in (0, 3, 1, 1.00001)))
    shown = world.run("doctor").out
    assert "set back 1 time" in shown
    assert "line 3: by about 2 days" in shown
    (jump,) = world.run("doctor", "--json").data["clock_jumps"]
    assert jump == {"number": 3, "seconds": 2 * 86400}


def test_an_entry_for_the_past_is_no_clock_that_was_set_back(world: "World") -> None:
    world.run("log", "3")
    world.wait(120)
    world.run("log", "4", "--at", "yesterday 20:00")
    assert world.run("doctor", "--json").data["clock_jumps"] == []


def test_what_an_import_brought_is_no_clock_that_was_set_back(world: "World", stamp: Stamp) -> None:
    world.run("log", "3")
    old = write_line(Pain(**stamp(days=-40, id="elsewhere001"), score=2)).decode()
    world.run("import", "-", stdin=old)
    assert world.run("doctor", "--json").data["clock_jumps"] == []


# --- a report for strangers ------------------------------------------------------------------------------------


def test_the_report_has_counts_and_nothing_personal(world: "World") -> None:
    world.folder = world.folder.parent / "jane-doe" / "backmove"
    world.folder.parent.mkdir()
    opened(world)
    world.run("log", "7", "--note", "after the argument with Bob")
    world.run("checkin", "--answers", "-", stdin=json.dumps({"activities": {"visit Bob": 3}}))
    world.run("exercises", "exclude", "bridge", "--because", "Bob said so")
    add(
        world,
        b'{"kind":"Bob","v":1,"id":"strange00001","at":"2026-03-01T08:00:00+01:00","day":"2026-03-01"}\n',
    )
    add(world, b'{"kind":"pain","v":1,"id":"bad000000001","at":"in May","day":"2026-03-01","score":1}\n')
    world.wait(timedelta(days=1).total_seconds())
    for flags in ((), ("--json",)):
        shown = world.run("doctor", "--report", *flags).out
        for secret in (
            "Bob",
            "jane",
            "argument",
            "bridge",
            "2026",
            "May",
            "strange",
            "bad000",
            str(world.folder),
        ):
            assert secret not in shown, secret
    facts = world.run("doctor", "--report", "--json").data
    assert facts["entries_pain"] >= 1
    assert facts["entries_other"] == 1
    assert facts["unreadable_lines"] == 1
    assert facts["rules_version"] == "1"
    assert facts["python"]


def test_the_report_of_a_journal_that_is_not_there(world: "World") -> None:
    assert world.run("doctor", "--report", "--json").data["journal"] == "none"


# --- many of a kind --------------------------------------------------------------------------------------------


def test_a_last_line_without_its_end_keeps_its_own_line(world: "World", lines: list[bytes]) -> None:
    lay(world, b"oops\n" + lines[0] + lines[1].rstrip(b"\n"))
    world.run("doctor", "--fix")
    assert world.journal_file.read_bytes().startswith(lines[0] + lines[1])
    assert [type(record) for record in world.records] == [Pain, Pain, Seal]


def test_a_thousand_lines_do_not_fill_the_screen(world: "World", stamp: Stamp) -> None:
    some = [write_line(Pain(**stamp(days=-n), score=1)) for n in range(60)]
    lay(world, b"".join(some + some))
    shown = world.run("doctor", expect=4).out
    assert "and 10 more; all of them" in shown
    assert "and 113 more; all of them" in shown, "steps back of the clock"
    assert "and 10 more" in world.run("doctor", "--fix").out


@pytest.mark.parametrize(
    ("back", "words"), [(120, "2 minutes"), (7200, "about 2 hours"), (90_000, "about 1 day")]
)
def test_how_far_the_clock_went_back_is_said_in_words(
    back: int, words: str, world: "World", stamp: Stamp
) -> None:
    lay(world, b"".join(write_line(Pain(**stamp(days=days), score=1)) for days in (2, 2 - back / 86_400)))
    assert f"line 2: by {words}" in world.run("doctor").out


@posix
def test_many_places_that_others_may_read_are_not_all_named(world: "World", lines: list[bytes]) -> None:
    lay(world, lines[0])
    for number in range(5):
        place = world.folder / f"journal.torn-{number}"
        place.write_bytes(b"")
        place.chmod(0o644)
    assert "and 2 more" in " ".join(world.run("doctor").out.split())


@posix
def test_a_journal_without_a_folder_of_its_own_is_told(world: "World") -> None:
    world.folder.mkdir(mode=0o755)
    (world.folder / "holiday.txt").write_text("mine")
    shown = world.run("doctor").out
    assert "none yet" in shown
    assert "Other things are in it" in " ".join(shown.split())


def test_a_profile_of_another_version_is_told_and_never_set_aside(world: "World", stamp: Stamp) -> None:
    line = write_line(Profile(**stamp(), set={"place": "floor"})).replace(b'"place"', b'"moonshine"')
    path = lay(world, line)
    assert "backmove doctor" in world.run("list", expect=4).err
    shown = world.run("doctor", expect=4).out
    assert "does not understand" in shown
    assert "line 1: profile: " in shown and "moonshine" in shown
    assert "Intact" not in shown
    assert "nothing to mend" in world.run("doctor", "--fix").out
    assert path.read_bytes() == line
    assert world.run("doctor", "--report", "--json").data["lines_not_understood"] == 1
