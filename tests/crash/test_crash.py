"""Crashes: whatever dies, and whenever, all that was acknowledged is read, and nothing twice.

Each test proves what the others cannot; the safeguard it guards was taken away once, and it went red.
"""

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from journal_writer import journal_at, pain

import backmove
from backmove.core.lines import write_line
from backmove.core.record import AnyRecord, Pain, Seal
from backmove.errors import StorageProblem
from campaign import size

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and descriptors")

WRITER = Path(__file__).with_name("journal_writer.py")
SOURCE = Path(backmove.__file__).parent.parent
TORN = b'{"kind":"pain","v":1,"id":"brok'


def start(path: Path, name: str, how_many: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, str(WRITER), str(path), name, str(how_many)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PYTHONPATH": str(SOURCE), "PATH": os.environ["PATH"]},
    )


def pains_of(path: Path) -> list[Pain]:
    return [record for record in journal_at(path).read() if isinstance(record, Pain)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "backmove" / "journal.jsonl"


# --- 1. cut after every byte ---------------------------------------------------------------------------


def test_a_journal_cut_after_any_byte_keeps_every_whole_record(path: Path) -> None:
    lines = [
        write_line(pain("before", 1)),
        write_line(pain("before", 2)),
        write_line(pain("cut", 3, padding=3)),
    ]
    whole = b"".join(lines)
    first_two = [pain("before", 1), pain("before", 2)]
    start_of_last = len(whole) - len(lines[2])
    path.parent.mkdir()
    for cut in range(start_of_last, len(whole) + 1):
        path.write_bytes(whole[:cut])
        expected = [*first_two, pain("cut", 3, padding=3)] if cut >= len(whole) - 1 else first_two
        assert pains_of(path) == expected
        journal_at(path).append(pain("after", 4))
        assert pains_of(path) == [*expected, pain("after", 4)]
        torn = whole[start_of_last:cut] if start_of_last < cut < len(whole) - 1 else b""
        kept = list(path.parent.glob("journal.torn-*"))
        assert [file.read_bytes() for file in kept] == ([torn] if torn else [])
        for file in kept:
            file.unlink()


# --- 2. a write that is refused ------------------------------------------------------------------------


@pytest.mark.parametrize("refusal", ["seven bytes", "no space"])
@pytest.mark.parametrize("laid", [b"", write_line(pain("before", 1)), TORN], ids=["new", "whole", "torn"])
def test_a_failed_append_leaves_the_journal_as_it_was(
    refusal: str, laid: bytes, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir()
    path.write_bytes(laid)
    real = os.write
    calls = []

    def write(fd: int, data: bytes) -> int:
        if not os.path.samestat(os.fstat(fd), path.stat()):
            return real(fd, data)
        calls.append(data)
        if len(calls) > 1:
            return real(fd, data)
        if refusal == "no space":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(fd, data[:7])

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", write)
        with pytest.raises(StorageProblem, match="nothing was recorded"):
            journal_at(path).append(pain("lost", 2))
    assert path.read_bytes() == laid
    journal_at(path).append(pain("after", 3))
    assert [record.note for record in pains_of(path)][-1] == "after"


# --- 3. death ------------------------------------------------------------------------------------------


def kill_at_random(path: Path, times: int, seed: int) -> Counter[int]:
    """How many more records were there than had been acknowledged, by number of deaths."""
    dice = random.Random(seed)
    surplus: Counter[int] = Counter()
    for run in range(times):
        name = f"r{run}x"
        writer = start(path, name, 0)
        assert writer.stdout
        assert writer.stdout.readline() == b"1\n"
        time.sleep(dice.random() * 0.02)
        writer.kill()
        acknowledged = 1 + writer.stdout.read().count(b"\n")
        writer.communicate()
        there = [record.id for record in pains_of(path) if record.note == name]
        assert there == [pain(name, number).id for number in range(1, len(there) + 1)], (
            "out of order, or twice"
        )
        assert acknowledged <= len(there) <= acknowledged + 1
        surplus[len(there) - acknowledged] += 1
    return surplus


def test_a_writer_killed_at_random_has_kept_what_it_acknowledged(path: Path) -> None:
    assert kill_at_random(path, times=12, seed=1).total() == 12


@pytest.mark.long
def test_300_writers_killed_at_random_have_kept_what_they_acknowledged(path: Path) -> None:
    times = size(full=300, small=60)
    assert kill_at_random(path, times=times, seed=2).total() == times


CALLS = ("open", "lseek", "read", "write", "ftruncate", "fsync", "close", "mkdir", "fstat", "stat")


def die_before_call(number: int, path: Path, record: AnyRecord) -> tuple[bool, bool]:
    """Appends in a process that dies before its call ``number`` to the system: (acknowledged, died)."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            _append_and_die(number, path, record, theirs)
        finally:
            os._exit(9)
    os.close(theirs)
    with os.fdopen(ours, "rb") as answers:
        acknowledged = answers.read() == b"kept"
    status = os.waitpid(child, 0)[1]
    died = os.WIFSIGNALED(status)
    assert died or status == 0
    return acknowledged, died


def _append_and_die(number: int, path: Path, record: AnyRecord, answer: int) -> None:
    left = number
    acknowledge = os.write

    def counted(real: Any) -> Any:
        def call(*args: Any, **more: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **more)

        return call

    journal = journal_at(path, tell=lambda line: None)
    for name in CALLS:
        setattr(os, name, counted(getattr(os, name)))
    journal.append(record)
    acknowledge(answer, b"kept")
    os._exit(0)


@pytest.mark.parametrize("laid", [None, write_line(pain("before", 1)), TORN], ids=["new", "whole", "torn"])
def test_a_writer_killed_before_any_call_to_the_system_loses_nothing(laid: bytes | None, path: Path) -> None:
    number, died = 0, True
    outcomes = set()
    while died:
        number += 1
        assert number < 200
        for file in path.parent.glob("*"):
            file.unlink()
        if path.parent.exists():
            path.parent.rmdir()
        if laid is not None:
            path.parent.mkdir()
            path.write_bytes(laid)
        before = pains_of(path)
        acknowledged, died = die_before_call(number, path, pain("mine", 2))
        after = pains_of(path)
        assert after in ([*before, pain("mine", 2)], before)
        assert after != before or not acknowledged
        if laid == TORN:
            everything = [file.read_bytes() for file in path.parent.iterdir()]
            assert any(TORN in content for content in everything), "the torn bytes are gone"
        journal_at(path).append(pain("next", 3))
        assert pains_of(path) == [*after, pain("next", 3)]
        outcomes.add((acknowledged, len(after) - len(before)))
    assert (False, 0) in outcomes, "no death came early enough"
    assert (False, 1) in outcomes, "no death came between the write and the answer"
    assert (True, 1) in outcomes


# --- 4. twenty at once ---------------------------------------------------------------------------------


def write_at_once(path: Path, writers: int, each: int) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(write_line(pain("before", 1)) + TORN)
    running = [start(path, f"w{number}x", each) for number in range(writers)]
    for writer in running:
        said, complaints = writer.communicate(timeout=240)
        assert writer.returncode == 0, complaints
        assert said.count(b"\n") == each
    records = journal_at(path).read()
    found = Counter(record.note for record in records if isinstance(record, Pain))
    assert found == {f"w{number}x": each for number in range(writers)} | {"before": 1}
    assert len({record.id for record in records}) == writers * each + 2, "a record stands twice"
    assert [type(record) for record in records].count(Seal) == 1
    kept = list(path.parent.glob("journal.torn-*"))
    assert [file.read_bytes() for file in kept] == [TORN]


def test_20_writers_at_once_keep_1000_of_1000_records(path: Path) -> None:
    write_at_once(path, writers=20, each=50)
    assert path.read_bytes().count(b"\n") == 1002


@pytest.mark.long
@pytest.mark.parametrize("run", range(size(full=10, small=2)))
def test_20_writers_at_once_keep_1000_of_1000_records_every_time(run: int, path: Path) -> None:
    write_at_once(path, writers=20, each=50)
    assert path.read_bytes().count(b"\n") == 1002


# --- 5. power ------------------------------------------------------------------------------------------


class Recorder:
    """Watches the calls to the system that decide what a power cut leaves, and lets them through."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls: list[str] = []
        self._names: dict[int, str] = {}
        for name in ("open", "write", "fsync", "ftruncate", "close"):
            monkeypatch.setattr(os, name, self._watched(name, getattr(os, name)))

    def _watched(self, name: str, real: Any) -> Any:
        def call(what: Any, *args: Any, **more: Any) -> Any:
            result = real(what, *args, **more)
            if name == "open":
                self._names[result] = Path(what).name
                append = " append" if args[0] & os.O_APPEND else ""
                self.calls.append(f"open{append} {Path(what).name}")
            elif what in self._names:
                self.calls.append(f"{name} {self._names[what]}")
            return result

        return call


def test_the_first_record_is_on_the_disk_and_so_is_its_folder_before_we_return(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir()
    recorder = Recorder(monkeypatch)
    journal_at(path).append(pain("first", 1))
    recorder.calls.append("return")
    assert recorder.calls == [
        "open append journal.jsonl",
        "write journal.jsonl",
        "fsync journal.jsonl",
        "open backmove",
        "fsync backmove",
        "close backmove",
        "close journal.jsonl",
        "return",
    ]


def test_a_later_record_is_on_the_disk_before_we_return(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal_at(path).append(pain("first", 1))
    recorder = Recorder(monkeypatch)
    journal_at(path).append(pain("second", 2))
    recorder.calls.append("return")
    assert recorder.calls == [
        "open append journal.jsonl",
        "write journal.jsonl",
        "fsync journal.jsonl",
        "close journal.jsonl",
        "return",
    ]


def test_a_new_folder_is_on_the_disk_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder(monkeypatch)
    journal_at(tmp_path / "a" / "b" / "journal.jsonl").append(pain("first", 1))
    synced = [call.removeprefix("fsync ") for call in recorder.calls if call.startswith("fsync")]
    assert synced == [tmp_path.name, "a", "journal.jsonl", "b"]
