"""The journal written anew for an import: the old one or the new one, never a part, and nobody's entry is lost."""

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import backmove
from backmove.core.lines import write_line
from backmove.core.record import Pain, Seal
from backmove.core.strand import Strand
from backmove.errors import DataProblem, StorageProblem
from backmove.store.journal import Journal
from backmove.store.rewriting import COPIES, read_small, rewrite
from conftest import MONDAY

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX names and locks")

SOURCE = Path(backmove.__file__).parent.parent
OLD = b"".join(
    write_line(Pain(v=1, id=f"old{n:09d}", at=MONDAY.isoformat(), day="2026-03-02", score=n))
    for n in range(3)
)
NEW = write_line(Pain(v=1, id="new000000001", at=MONDAY.isoformat(), day="2026-03-02", score=9))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "backmove"
    folder.mkdir()
    (folder / "journal.jsonl").write_bytes(OLD)
    return folder / "journal.jsonl"


def journal_at(path: Path) -> Journal:
    return Journal(path, now=lambda: MONDAY, new_id=lambda: "seal00000001", tell=lambda line: None)


def with_new(ours: Strand) -> Iterator[bytes]:
    yield NEW
    yield from (ours.raws[n] + b"\n" for n in range(len(ours)))


def written(path: Path, compose: Callable[[Strand], Any] = with_new, minutes: int = 0) -> Path | None:
    now = MONDAY + timedelta(minutes=minutes)
    return rewrite(journal_at(path), compose, now=now, tell=lambda line: None, progress=lambda lines: None)


def beside(path: Path) -> list[str]:
    return sorted(one.name for one in path.parent.iterdir() if one != path)


def test_the_old_bytes_are_kept_beside_the_new_ones(path: Path) -> None:
    copy = written(path)
    assert path.read_bytes() == NEW + OLD
    assert copy is not None
    assert (copy.name, copy.read_bytes()) == ("journal.before-import-20260302-090000.jsonl", OLD)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert beside(path) == [copy.name]


def test_a_second_import_in_the_same_second_keeps_both_copies(path: Path) -> None:
    written(path)
    written(path, lambda ours: [OLD])
    assert beside(path) == [
        "journal.before-import-20260302-090000-2.jsonl",
        "journal.before-import-20260302-090000.jsonl",
    ]


def test_only_the_newest_copies_stay(path: Path) -> None:
    for minute in range(COPIES + 2):
        written(path, lambda ours: [OLD], minutes=minute)
    assert len(beside(path)) == COPIES
    assert "090000" not in " ".join(beside(path))


def test_the_copy_just_made_stays_also_when_the_clock_went_back(path: Path) -> None:
    for minute in range(COPIES):
        written(path, lambda ours: [OLD], minutes=minute + 10)
    copy = written(path, lambda ours: [OLD], minutes=0)
    assert copy is not None
    assert copy.exists()


def test_nothing_to_write_touches_nothing(path: Path) -> None:
    before = path.stat()
    assert written(path, lambda ours: None) is None
    assert (path.stat().st_ino, path.stat().st_mtime_ns, beside(path)) == (
        before.st_ino,
        before.st_mtime_ns,
        [],
    )


def test_an_empty_journal_has_no_copy_and_is_made_for_one_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "journal.jsonl"
    assert written(path) is None
    assert (path.read_bytes(), beside(path)) == (NEW, [])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_modes_and_links_stay(path: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "disk" / "diary.jsonl"
    elsewhere.parent.mkdir()
    path.rename(elsewhere)
    elsewhere.chmod(0o640)
    path.symlink_to(elsewhere)
    written(path)
    assert path.is_symlink()
    assert (elsewhere.read_bytes(), stat.S_IMODE(elsewhere.stat().st_mode)) == (NEW + OLD, 0o640)
    assert [one.name for one in elsewhere.parent.iterdir()] == ["diary.jsonl"]
    assert len(beside(path)) == 1


def test_a_torn_tail_is_set_aside_first_and_never_merged(path: Path) -> None:
    path.write_bytes(OLD + b'{"kind":"pa')
    written(path)
    records = journal_at(path).read()
    assert isinstance(records[-1], Seal)
    assert len(records) == 5
    torn = [name for name in beside(path) if "torn" in name]
    assert [(path.parent / name).read_bytes() for name in torn] == [b'{"kind":"pa']


def test_a_journal_that_cannot_be_read_is_left_alone(path: Path) -> None:
    path.write_bytes(OLD + b"nonsense\n" + OLD)
    with pytest.raises(DataProblem, match="line 4"):
        written(path)
    assert (path.read_bytes(), beside(path)) == (OLD + b"nonsense\n" + OLD, [])


def test_read_small_says_the_same_as_reading(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + OLD.replace(b"\n", b"\r\n") + b"\r\n" + NEW.rstrip(b"\n"))
    strand = read_small(path, lambda line: None, lambda lines: None)
    assert strand.ids == [record.id for record in journal_at(path).read()]
    assert b"".join(strand.raws[n] + b"\n" for n in range(len(strand))) == OLD + NEW


# --- a disk that refuses, and death, at every call ----------------------------------------------------------

CALLS = ("open", "write", "fsync", "replace", "rename", "fchmod", "unlink", "close")


def test_whatever_call_it_dies_at_the_journal_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    """Every call that opens, writes, syncs, renames or closes is the last one, once."""
    states = []
    for deadly in range(1, 200):
        path = tmp_path / str(deadly) / "journal.jsonl"
        path.parent.mkdir()
        path.write_bytes(OLD)
        child = os.fork()
        if child == 0:
            _die_at(deadly, path)
        _, status = os.waitpid(child, 0)
        states.append(path.read_bytes())
        assert states[-1] in (OLD, NEW + OLD), "a part of it"
        copies = list(path.parent.glob("journal.before-import-*"))
        assert all(copy.read_bytes() == OLD for copy in copies), "a copy that is none"
        assert copies or states[-1] == OLD, "the new one without a copy of the old one"
        if os.WIFEXITED(status):
            break
        assert written(path, minutes=5) is not None, "the next one goes on, and sweeps up"
        assert [name for name in beside(path) if name.startswith(".")] == []
    else:
        pytest.fail("it never ends")
    assert len(states) > 12
    assert states == sorted(states, key=[OLD, NEW + OLD].index), "old until one moment, and new after it"


def _die_at(deadly: int, path: Path) -> None:
    left = [deadly]

    def guarded(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **kwargs)

        return call

    for name in CALLS:
        setattr(os, name, guarded(getattr(os, name)))
    try:
        written(path)
    finally:
        os._exit(0)


@pytest.mark.parametrize("call", ["write", "fsync", "replace", "rename", "fchmod"])
def test_a_disk_that_refuses_leaves_the_journal_as_it_was(
    call: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> Any:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, refuse)
        with pytest.raises(StorageProblem, match="nothing was recorded"):
            written(path)
    assert path.read_bytes() == OLD
    assert [name for name in beside(path) if name.startswith(".")] == []
    assert written(path, minutes=1) is not None


# --- writers meanwhile --------------------------------------------------------------------------------------

APPENDER = """
import sys
sys.path.insert(0, {crash!r})
from journal_writer import main
sys.exit(main({path!r}, sys.argv[1], sys.argv[2]))
"""


def test_writers_that_append_while_it_is_written_anew_lose_nothing(path: Path) -> None:
    """Twenty of them. Without the look at the place after the wait, lines go into the old file and are lost."""
    crash = str(Path(__file__).parent.parent / "crash")
    code = APPENDER.format(crash=crash, path=str(path))
    env = {"PYTHONPATH": str(SOURCE), "PATH": os.environ["PATH"]}
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", code, f"w{n:02d}x", "6"],
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for n in range(20)
    ]
    rounds = 0
    while any(writer.poll() is None for writer in writers):
        name = write_line(
            Pain(v=1, id=f"round{rounds:07d}", at=MONDAY.isoformat(), day="2026-03-02", score=1)
        )

        def compose(ours: Strand, name: bytes = name) -> Iterator[bytes]:
            yield from (ours.raws[n] + b"\n" for n in range(len(ours)))
            yield name

        written(path, compose, minutes=rounds)
        rounds += 1
        time.sleep(0.01)
    for writer in writers:
        out, _ = writer.communicate()
        assert (writer.returncode, out.count(b"\n")) == (0, 6)
    found = [record.id for record in journal_at(path).read()]
    assert len(found) == len(set(found)) == 3 + 20 * 6 + rounds
    assert rounds > 3
