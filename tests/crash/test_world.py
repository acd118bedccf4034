"""A world that misbehaves: clocks, calendars, travel, and other people's files.

What stands elsewhere: a lock that is waited for between threads (tests/store/test_files.py), every form of a bad line
(tests/core/test_lines.py, tests/store/test_journal.py), times that the clocks skip or show twice
(tests/core/test_when.py), a clock set back before a session (tests/core/test_clearance.py,
tests/e2e/test_process_cases.py), real full and read-only disks (test_disk.py), kills (test_crash.py, test_faults.py), a
folder that goes away (tests/e2e/test_gone_pty.py).
"""

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from backmove.core.record import Pain
from backmove.errors import ExitCode, StorageProblem
from backmove.store.files import LARGEST, WAITING
from surroundings import surroundings
from triage_answers import day, triage

if TYPE_CHECKING:
    from conftest import World

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="flock, sparse files and terminals")

DAY = timedelta(days=1)
ROOT = Path(__file__).parent.parent.parent


def opened(world: "World") -> None:
    assert world.run("triage", "--answers", "-", "--json", stdin=triage()).data["unlocked"]


def session(world: "World", expect: int = 0) -> Any:
    return world.run("session", "--answers", "-", "--json", stdin=day(), expect=expect).data


def scores(world: "World") -> list[int]:
    return [record.score for record in world.records if isinstance(record, Pain)]


def program(folder: Path, *args: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "backmove", *args],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=surroundings(folder),
    )


# --- somebody else writes --------------------------------------------------------------------------------------


@pytest.mark.parametrize("args", [("log", "4"), ("list",), ("doctor", "--fix")], ids=" ".join)
def test_who_has_to_wait_says_so_and_then_works(args: tuple[str, ...], world: "World") -> None:
    world.run("log", "3")
    with world.journal_file.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        waiting = program(world.folder, *args)
        assert waiting.stderr and waiting.stdout
        assert waiting.stderr.readline().strip() == WAITING
        assert waiting.poll() is None
    out, err = waiting.communicate(timeout=60)
    assert (waiting.returncode, err) == (0, "")
    assert out


# --- clocks ----------------------------------------------------------------------------------------------------


def test_a_clock_that_was_set_back_keeps_the_order_of_the_file(world: "World") -> None:
    world.run("log", "2")
    world.now -= 365 * DAY
    world.run("log", "5")
    assert scores(world) == [2, 5]
    assert "pain 5" in world.run("undo").out
    assert [entry.score for entry in world.diary.pains] == [2]


def test_a_clock_that_was_set_back_opens_nothing_and_comes_right_again(world: "World") -> None:
    opened(world)
    session(world)
    world.now -= 30 * DAY
    assert session(world, expect=5)["refusal"]["code"] == "triage-stale"
    world.now += 31 * DAY
    assert session(world)["refusal"] is None


def test_a_clock_far_ahead_locks_and_the_right_one_opens_again(world: "World") -> None:
    opened(world)
    world.now += 400 * DAY
    assert session(world, expect=5)["refusal"]["code"] == "triage-stale"
    world.now -= 400 * DAY
    world.wait(60)
    assert session(world)["refusal"] is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2026-03-29T01:59:00+01:00", "2026-03-29T03:01:00+02:00"),
        ("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"),
    ],
    ids=["spring", "autumn"],
)
def test_a_change_of_the_clocks_moves_no_entry(first: str, second: str, world: "World") -> None:
    world.now = datetime.fromisoformat(first)
    world.run("log", "3")
    world.now = datetime.fromisoformat(second)
    world.run("log", "4")
    one, two = (record for record in world.records if isinstance(record, Pain))
    assert (one.at, two.at) == (first, second)
    assert one.day == two.day or (one.day < two.day and first.endswith("+01:00"))
    assert world.run("doctor", "--json").data["clock_jumps"] == []
    assert scores(world) == [3, 4]


def test_a_session_and_its_report_go_together_over_a_change_of_the_clocks(world: "World") -> None:
    world.now = datetime.fromisoformat("2026-10-25T00:30:00+02:00")
    opened(world)
    session(world)
    world.now = datetime.fromisoformat("2026-10-25T02:30:00+01:00")
    world.run("done", "--effort", "5")
    (given,) = world.diary.sessions
    assert world.diary.done_of(given.id) is not None


def test_who_flies_east_loses_no_day_and_who_flies_west_is_never_let_in_too_early(world: "World") -> None:
    world.now = datetime.fromisoformat("2026-03-03T08:00:00+13:00")  # Auckland
    opened(world)
    session(world)
    world.now = datetime.fromisoformat(
        "2026-03-02T20:00:00-08:00"
    )  # Los Angeles, nine hours later, a day earlier
    assert session(world, expect=5)["refusal"]["code"] == "triage-stale"
    world.run("log", "4")
    assert world.run("doctor", "--json").data["clock_jumps"] == [], "the moment went on"
    world.now = datetime.fromisoformat("2026-03-03T09:00:00-08:00")
    assert session(world)["refusal"] is None
    assert [record.day for record in world.diary.sessions] == ["2026-03-03"] * len(world.diary.sessions)


def test_the_29th_of_february_is_a_day(world: "World") -> None:
    world.now = datetime.fromisoformat("2028-02-29T09:00:00+01:00")
    opened(world)
    session(world)
    world.run("done", "--effort", "5")
    world.now += DAY
    world.run("log", "4", "--at", "2028-02-29 20:00")
    assert [pain.day for pain in world.diary.pains if pain.score == 4 and not pain.before_session] == [
        "2028-02-29"
    ]
    assert "2028-02-29" in world.run("list").out
    assert session(world)["refusal"] is None
    world.run("log", "4", "--at", "2027-02-29", expect=2)


def test_after_midnight_a_session_belongs_to_the_day_before_until_the_day_ends(world: "World") -> None:
    opened(world)
    world.now = world.now.replace(hour=23, minute=50)
    session(world)
    world.now += timedelta(hours=2)
    world.run("done", "--effort", "5")
    assert {record.day for record in (*world.diary.sessions, *world.diary.dones)} == {"2026-03-02"}
    world.run("profile", "set", "day_ends", "00:00")
    world.run("log", "2")
    assert world.diary.pains[-1].day == "2026-03-03"


# --- journals from elsewhere -----------------------------------------------------------------------------------


def lay(world: "World", data: bytes) -> Path:
    world.folder.mkdir(mode=0o700, exist_ok=True)
    world.journal_file.write_bytes(data)
    return world.journal_file


@pytest.fixture
def lived(world: "World") -> bytes:
    """The bytes of a journal of somebody whose sessions are open."""
    opened(world)
    session(world)
    world.run("done", "--effort", "5")
    world.run("log", "3", "--note", "grün · 左")
    return world.journal_file.read_bytes()


def half_a_line_in_the_middle(data: bytes) -> bytes:
    lines = data.split(b"\n")
    return b"\n".join([*lines[:2], lines[2][: len(lines[2]) // 2], *lines[3:]])


FOREIGN: Mapping[str, Callable[[bytes], bytes]] = {
    "nothing but zeros": lambda data: b"\0" * len(data) + b"\n",
    "zeros at the end": lambda data: data + b"\0" * 4096 + b"\n",
    "zeros in the middle": lambda data: data.replace(b"\n", b"\n\0\0\0\n", 1),
    "half a line in the middle": half_a_line_in_the_middle,
    "a picture": lambda data: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8 + b"\n",
    "a table": lambda data: b"day,score\n2026-03-02,4\n",
    "another program's lines": lambda data: b'{"date": "2026-03-02", "title": "back", "tags": []}\n' * 3,
    "a list": lambda data: b"[" + b",".join(data.split(b"\n")[:-1]) + b"]\n",
    "UTF-16": lambda data: data.decode().encode("utf-16"),
    "Latin-1": lambda data: data.replace("ü".encode(), b"\xfc"),
    "line ends of old Macs": lambda data: data.replace(b"\n", b"\r"),
}


@pytest.mark.parametrize("how", FOREIGN)
def test_a_foreign_journal_is_named_and_opens_nothing_and_stays_as_it_is(
    how: str, lived: bytes, world: "World"
) -> None:
    path = lay(world, FOREIGN[how](lived))
    before = path.read_bytes()
    for args in (("log", "4"), ("list",), ("undo",), ()):
        assert str(path) in world.run(*args, expect=ExitCode.DATA).err
    world.run("session", "--show", "--json", expect=ExitCode.DATA)
    assert world.run("doctor", "--json", expect=ExitCode.DATA).data["intact"] is False
    assert path.read_bytes() == before
    assert {file.name for file in world.folder.iterdir()} <= {path.name, "cache"}


@pytest.mark.parametrize("how", [name for name in FOREIGN if name not in ("UTF-16",)])
def test_what_can_be_mended_is_and_then_the_questions_come_first(
    how: str, lived: bytes, world: "World"
) -> None:
    before = lay(world, FOREIGN[how](lived)).read_bytes()
    world.run("doctor", "--fix")
    assert world.run("doctor", "--json").data["intact"]
    assert session(world, expect=5)["items"] == []
    assert before in [file.read_bytes() for file in world.folder.iterdir() if file.is_file()]
    world.run("log", "4")
    assert scores(world)[-1] == 4


def test_a_journal_of_zeros_without_a_line_end_is_kept_as_half_a_line_and_opens_nothing(
    lived: bytes, world: "World"
) -> None:
    lay(world, b"\0" * len(lived))
    assert session(world, expect=5)["refusal"]["code"] == "no-triage"
    assert [file.read_bytes() for file in world.folder.glob("journal.torn-*")] == [b"\0" * len(lived)]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b"\n", b"\n\n"),
        lambda data: data.rstrip(b"\n"),
    ],
    ids=["a mark in front", "DOS line ends", "empty lines", "without the last newline"],
)
def test_what_an_editor_does_locks_nobody_out(
    change: Callable[[bytes], bytes], lived: bytes, world: "World"
) -> None:
    before = len(world.records)
    lay(world, change(lived))
    world.run("log", "4")
    assert len(world.records) == before + 1
    world.now += DAY
    assert session(world)["refusal"] is None


def test_a_journal_that_stands_twice_counts_once(lived: bytes, world: "World") -> None:
    once = world.diary
    lay(world, lived + lived)
    assert world.diary == once
    assert world.run("doctor", expect=ExitCode.DATA).out
    world.run("doctor", "--fix")
    assert [r for r in world.records if r.__struct_config__.tag != "seal"] == list(once.entries)


def test_lines_in_another_order_are_read_and_never_open_what_was_locked(world: "World", lived: bytes) -> None:
    world.wait(60)
    world.run("triage", "--answers", "-", "--json", stdin=triage(saddle="y"), expect=7)
    lines = world.journal_file.read_bytes().splitlines(keepends=True)
    for seed in range(6):
        Random(seed).shuffle(lines)
        lay(world, b"".join(lines))
        world.run("list")
        last = [line for line in lines if b'"kind":"triage"' in line][-1]
        if b"EMERGENCY" in last:
            session(world, expect=7)


def test_a_cut_off_journal_keeps_its_whole_lines(lived: bytes, world: "World") -> None:
    dice = Random(3)
    for cut in (dice.randrange(1, len(lived)) for _ in range(8)):
        lay(world, lived[:cut])
        whole = lived[:cut].count(b"\n")
        world.run("log", "4")
        seals = 0 if lived[:cut].endswith(b"\n") else 1
        assert world.journal_file.read_bytes().count(b"\n") in (whole + 1 + seals, whole + 2)


# --- giants ----------------------------------------------------------------------------------------------------


def limited(world: "World", *args: str) -> "subprocess.CompletedProcess[str]":
    """The real program with half a gigabyte of memory."""
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (1 << 29, 1 << 29));"
        "sys.argv = ['backmove', *sys.argv[1:]]; from backmove.__main__ import main; main()"
    )
    return subprocess.run(
        [sys.executable, "-c", code, *args],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
        env=surroundings(world.folder),
    )


@pytest.mark.parametrize(
    "args", [("log", "4"), ("session", "--show"), ("doctor",), ("doctor", "--fix")], ids=" ".join
)
def test_a_journal_of_a_gigabyte_is_refused_at_once_and_stays(args: tuple[str, ...], world: "World") -> None:
    path = lay(world, b"")
    os.truncate(path, 1 << 30)
    ran = limited(world, *args)
    assert (ran.returncode, ran.stdout) == (1, ""), ran.stderr
    assert f"{path}: it is larger than any journal" in ran.stderr
    assert path.stat().st_size == 1 << 30
    assert list(world.folder.iterdir()) == [path]


def test_the_largest_journal_is_far_above_a_life_of_entries() -> None:
    assert LARGEST > 70 * 365 * 20 * 200, "seventy years of twenty entries a day"


# --- a journal that goes away ----------------------------------------------------------------------------------


def test_a_journal_that_was_read_and_is_gone_is_no_empty_one(world: "World") -> None:
    world.run("log", "3")
    journal = world.app().journal
    (known,) = journal.read()
    world.journal_file.rename(world.folder / "elsewhere")
    for act in (journal.read, lambda: journal.append(known)):
        with pytest.raises(StorageProblem, match="gone or moved"):
            act()
    assert [file.name for file in world.folder.iterdir()] == ["elsewhere"]
    (world.folder / "elsewhere").rename(world.journal_file)
    assert journal.read() == (known,)
