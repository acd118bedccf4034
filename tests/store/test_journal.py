"""The journal: nothing that was acknowledged is lost, and what cannot be read is said and left alone."""

import os
from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backmove.core.lines import LineError, read_line, write_line
from backmove.core.record import AnyRecord, Pain, Seal, Unknown, kind_of
from backmove.errors import BackmoveError, DataProblem, ExitCode, StorageProblem, UsageProblem
from backmove.store import journal as module
from backmove.store.journal import Journal

NOW = datetime.fromisoformat("2026-03-02T09:00:00+01:00")
GOLDEN = Path(__file__).parent.parent / "data" / "journal"


class Desk:
    """A journal in a folder of its own, with ids that count up and everything that was told."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "backmove" / "journal.jsonl"
        self.told: list[str] = []
        self._ids = count(1)

    def journal(self, **more: Any) -> Journal:
        return Journal(self.path, now=lambda: NOW, new_id=self.new_id, tell=self.told.append, **more)

    def new_id(self) -> str:
        return f"{next(self._ids):012d}"

    def pain(self, score: int = 4, note: str = "") -> Pain:
        return Pain(v=1, id=self.new_id(), at=NOW.isoformat(), day="2026-03-02", score=score, note=note)

    def lay(self, data: bytes) -> None:
        self.path.parent.mkdir(exist_ok=True)
        self.path.write_bytes(data)

    def name_of(self, fd: int) -> str:
        folder = self.path.parent
        here = (
            entry for entry in (folder, *folder.iterdir()) if os.path.samestat(entry.stat(), os.fstat(fd))
        )
        return next(here).name

    @property
    def bytes(self) -> bytes:
        return self.path.read_bytes()

    @property
    def beside(self) -> list[str]:
        return sorted(entry.name for entry in self.path.parent.iterdir() if entry != self.path)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def refused(act: Callable[[], object]) -> BackmoveError:
    with pytest.raises(BackmoveError) as problem:
        act()
    return problem.value


def test_no_file_is_an_empty_diary_and_reading_makes_none(desk: Desk) -> None:
    assert desk.journal().read() == ()
    assert not desk.path.parent.exists()


def test_what_is_appended_is_read_in_order(desk: Desk) -> None:
    one, two, three = desk.pain(1), desk.pain(2, "a\nb [bold] \u2028 \x1b"), desk.pain(3)
    first = desk.journal()
    first.append(one)
    first.append(two, three)
    assert first.read() == desk.journal().read() == (one, two, three)
    assert desk.bytes.count(b"\n") == 3
    assert desk.told == []


def test_several_records_go_in_with_one_write(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    real, sizes = os.write, []

    def write(fd: int, data: bytes) -> int:
        sizes.append(len(data))
        return real(fd, data)

    monkeypatch.setattr(os, "write", write)
    desk.journal().append(desk.pain(), desk.pain(), desk.pain())
    assert sizes == [desk.path.stat().st_size]


def test_appending_nothing_touches_nothing(desk: Desk) -> None:
    desk.journal().append()
    assert not desk.path.parent.exists()


def test_what_others_append_is_seen(desk: Desk) -> None:
    ours, theirs = desk.journal(), desk.journal()
    one, two, three = desk.pain(1), desk.pain(2), desk.pain(3)
    ours.append(one)
    theirs.append(two)
    ours.append(three)
    assert ours.read() == theirs.read() == (one, two, three)


def test_a_line_changed_by_hand_is_seen_too(desk: Desk) -> None:
    journal = desk.journal()
    journal.append(desk.pain(1), desk.pain(2))
    journal.read()
    desk.lay(desk.bytes.replace(b'"score":1', b'"score":7'))
    assert [record.score for record in journal.read()] == [7, 2]  # type: ignore[union-attr]
    desk.lay(b"")
    assert journal.read() == ()


def test_bytes_that_were_read_once_are_not_decoded_again(desk: Desk) -> None:
    decoded = 0

    def counting(line: bytes) -> AnyRecord | None:
        nonlocal decoded
        decoded += bool(line)
        return read_line(line)

    journal = desk.journal(read_line=counting)
    desk.lay((GOLDEN / "v1.jsonl").read_bytes())
    journal.read()
    journal.append(desk.pain())
    assert len(journal.read()) == 31
    assert decoded == 31


# --- the golden files ----------------------------------------------------------------------------------


def test_the_golden_file_is_read_and_appended_to(desk: Desk) -> None:
    golden = (GOLDEN / "v1.jsonl").read_bytes()
    desk.lay(golden)
    records = desk.journal().read()
    assert len(records) == 30
    assert isinstance(records[15], Unknown)
    desk.journal().append(desk.pain())
    assert desk.bytes.startswith(golden)
    assert desk.journal().read()[:30] == records


def test_a_file_that_an_editor_has_saved_loses_nothing_and_locks_nobody_out(desk: Desk) -> None:
    edited = (GOLDEN / "v1-edited.jsonl").read_bytes()
    desk.lay(edited)
    assert [kind_of(record) for record in desk.journal().read()] == ["triage", "pain", "flare", "pain"]
    desk.journal().append(desk.pain(9))
    assert desk.bytes.startswith(edited + b"\n")
    assert len(desk.journal().read()) == 5
    assert (desk.told, desk.beside) == ([], [])


def test_a_newer_version_stops_reading_and_writing(desk: Desk) -> None:
    newer = (GOLDEN / "v2.jsonl").read_bytes()
    desk.lay(newer)
    for act in (desk.journal().read, lambda: desk.journal().append(desk.pain()), desk.journal().seal):
        problem = refused(act)
        assert isinstance(problem, DataProblem)
        assert (problem.exit_code, problem.code) == (ExitCode.DATA, "newer-version")
        assert f"{desk.path}, line 2" in problem.message
    assert desk.bytes == newer


def test_a_newer_tail_without_a_newline_stops_us_as_well(desk: Desk) -> None:
    newer = (GOLDEN / "v2.jsonl").read_bytes().rstrip(b"\n")
    desk.lay(newer)
    assert refused(lambda: desk.journal().append(desk.pain())).code == "newer-version"
    assert desk.bytes == newer


def test_an_older_version_is_lifted_in_memory_and_stays_as_it_is_on_the_disk(desk: Desk) -> None:
    read = partial(read_line, version=2, upgrades={1: lambda raw: raw | {"note": "lifted"}})
    one = desk.pain()
    desk.journal().append(one)
    before = desk.bytes
    lifted = msgspec.structs.replace(one, v=2, note="lifted")
    assert desk.journal(read_line=read).read() == (lifted,)
    assert desk.bytes == before


# --- lines that cannot be read -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "bad",
    [b"half a li", b'{"v":1,"kind":"pain"}', b"\0\0\0\0", b"\xff\xfe", b'{"v":1,"kind":"pain","score":'],
    ids=["words", "fields", "zeros", "not utf-8", "torn long ago"],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_bad_line_stops_reading_and_writing_and_is_named(bad: bytes, place: int, desk: Desk) -> None:
    lines = [write_line(desk.pain(score)) for score in (1, 2)]
    lines.insert(place, bad + b"\n")
    desk.lay(b"".join(lines))
    before = desk.bytes
    for act in (desk.journal().read, lambda: desk.journal().append(desk.pain()), desk.journal().seal):
        problem = refused(act)
        assert isinstance(problem, DataProblem)
        assert (problem.exit_code, problem.code) == (ExitCode.DATA, "bad-line")
        assert f"{desk.path}, line {place + 1}: " in problem.message
        assert "backmove doctor" in problem.hint
    assert desk.bytes == before
    assert desk.beside == []


def test_line_numbers_count_on_from_what_was_read_before(desk: Desk) -> None:
    journal = desk.journal()
    journal.append(desk.pain(1), desk.pain(2))
    journal.read()
    desk.lay(desk.bytes + b"\r\n" + b"oops\n")
    assert "line 4:" in refused(journal.read).message


def test_a_file_whose_line_ends_were_lost_is_damaged_and_not_torn(desk: Desk) -> None:
    desk.journal().append(desk.pain(1), desk.pain(2))
    desk.lay(desk.bytes.replace(b"\n", b"\r"))
    before = desk.bytes
    assert refused(desk.journal().read).code == "bad-line"
    assert refused(lambda: desk.journal().append(desk.pain())).code == "bad-line"
    assert desk.bytes == before


def test_a_record_against_its_own_rules_is_a_fault_of_ours_and_is_not_written(desk: Desk) -> None:
    with pytest.raises(LineError):
        desk.journal().append(desk.pain(), desk.pain(44))
    assert not desk.path.exists()


def test_text_that_is_no_text_is_refused(desk: Desk) -> None:
    problem = refused(lambda: desk.journal().append(desk.pain(note="\udcff")))
    assert isinstance(problem, UsageProblem)
    assert not desk.path.exists()


# --- the tail ------------------------------------------------------------------------------------------


def test_a_torn_tail_is_not_a_record_and_is_told(desk: Desk) -> None:
    one = desk.pain()
    desk.lay(write_line(one) + b'{"kind":"pa')
    assert desk.journal().read() == (one,)
    assert desk.told == [module.TORN]
    assert desk.beside == []


def test_the_next_append_sets_the_torn_tail_aside_and_seals(desk: Desk) -> None:
    one, two = desk.pain(1), desk.pain(2)
    desk.lay(write_line(one) + b'{"kind":"pa')
    desk.journal().append(two)
    kept = desk.path.parent / "journal.torn-20260302-090000"
    assert kept.read_bytes() == b'{"kind":"pa'
    assert kept.stat().st_mode & 0o777 == 0o600
    first, seal, last = desk.journal().read()
    assert (first, last) == (one, two)
    assert isinstance(seal, Seal)
    assert (seal.kept, seal.size, seal.day) == (kept.name, 11, "2026-03-02")
    assert desk.told == [module.SEALED.format(kept=kept)]


def test_a_torn_tail_can_be_sealed_without_a_record(desk: Desk) -> None:
    desk.lay(b'{"kind":"pa')
    desk.journal().seal()
    (seal,) = desk.journal().read()
    assert isinstance(seal, Seal)
    before = desk.bytes
    desk.journal().seal()
    assert desk.bytes == before


def test_sealing_a_journal_that_is_not_there_makes_none(desk: Desk) -> None:
    desk.journal().seal()
    assert not desk.path.parent.exists()


def test_a_whole_record_without_its_newline_gets_it_back(desk: Desk) -> None:
    one, two = desk.pain(1), desk.pain(2)
    desk.lay(write_line(one).rstrip())
    assert desk.journal().read() == (one,)
    desk.journal().append(two)
    assert desk.bytes == write_line(one) + write_line(two)
    assert (desk.told, desk.beside) == ([], [])


def test_a_second_torn_tail_in_the_same_second_is_kept_too(desk: Desk) -> None:
    for tail in (b'{"a', b'{"b'):
        desk.lay((desk.bytes if desk.path.exists() else b"") + tail)
        desk.journal().append(desk.pain())
    assert desk.beside == ["journal.torn-20260302-090000", "journal.torn-20260302-090000-2"]
    assert [(desk.path.parent / name).read_bytes() for name in desk.beside] == [b'{"a', b'{"b']


def test_the_torn_bytes_are_on_the_disk_before_they_leave_the_journal(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.lay(b'{"kind":"pa')
    order: list[str] = []
    fsync, ftruncate = os.fsync, os.ftruncate

    def watched_fsync(fd: int) -> None:
        order.append(desk.name_of(fd))
        fsync(fd)

    def watched_ftruncate(fd: int, length: int) -> None:
        order.append("truncate")
        ftruncate(fd, length)

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(os, "ftruncate", watched_ftruncate)
    desk.journal().append(desk.pain())
    assert order == ["journal.torn-20260302-090000", "backmove", "truncate", "journal.jsonl"]


# --- the file ------------------------------------------------------------------------------------------


def test_a_journal_that_cannot_be_opened_is_never_an_empty_one(desk: Desk) -> None:
    desk.path.mkdir(parents=True)
    for act in (desk.journal().read, lambda: desk.journal().append(desk.pain()), desk.journal().examine):
        problem = refused(act)
        assert isinstance(problem, StorageProblem)
        assert problem.exit_code is ExitCode.FAILURE
        assert str(desk.path) in problem.message


def test_a_link_to_nothing_is_never_an_empty_journal(desk: Desk) -> None:
    desk.path.parent.mkdir()
    desk.path.symlink_to(desk.path.parent.parent / "unplugged" / "journal.jsonl")
    for act in (desk.journal().read, lambda: desk.journal().append(desk.pain()), desk.journal().examine):
        assert "there is nothing at" in refused(act).message


def test_a_linked_journal_stays_a_link_and_the_target_grows(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "synced.jsonl"
    target.write_bytes(write_line(desk.pain(1)))
    desk.path.parent.mkdir()
    desk.path.symlink_to(target)
    desk.journal().append(desk.pain(2))
    assert desk.path.is_symlink()
    assert target.read_bytes().count(b"\n") == 2


def test_an_examination_reads_what_read_refuses(desk: Desk) -> None:
    desk.lay(write_line(desk.pain(1)) + b"oops\n" + write_line(desk.pain(2)) + b'{"ki')
    found = desk.journal().examine()
    assert (found.path, found.exists, found.kinds, found.torn_bytes) == (str(desk.path), True, {"pain": 2}, 4)
    assert [line.number for line in found.bad_lines] == [2]
    assert desk.told == []


def test_an_examination_finds_what_was_set_aside(desk: Desk) -> None:
    desk.lay(b'{"kind":"pa')
    desk.journal().append(desk.pain())
    found = desk.journal().examine()
    assert found.intact
    assert found.set_aside == (str(desk.path.parent / "journal.torn-20260302-090000"),)


def test_a_journal_that_is_not_there_is_intact(desk: Desk) -> None:
    found = desk.journal().examine()
    assert (found.exists, found.lines, found.intact) == (False, 0, True)


# --- everything acknowledged is read, in order, once ---------------------------------------------------

EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("append"), st.integers(1, 4)),
        st.tuples(st.just("crash"), st.integers(0, 400)),
        st.tuples(st.just("short write"), st.integers(0, 200)),
        st.sampled_from(["newline stripped", "dos", "mark", "blank line", "read", "seal"]).map(
            lambda e: (e, 0)
        ),
    ),
    max_size=12,
)


@given(events=EVENTS, note=st.text(st.characters(codec="utf-8"), max_size=20))
def test_whatever_happens_all_that_was_acknowledged_is_read_in_order_once(
    events: list[tuple[str, int]], note: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    desk = Desk(tmp_path_factory.mktemp("desk"))
    journal = desk.journal()
    acknowledged: list[AnyRecord] = []
    for event, size in events:
        happen(desk, journal, acknowledged, event, size, note)
        for reader in (journal, desk.journal()):
            assert [record for record in reader.read() if not isinstance(record, Seal)] == acknowledged
    assert desk.journal().examine().bad_lines == ()


def happen(
    desk: Desk, journal: Journal, acknowledged: list[AnyRecord], event: str, size: int, note: str
) -> None:
    before = desk.bytes if desk.path.exists() else b""
    new = [desk.pain(note=note) for _ in range(size if event == "append" else 1)]
    if event == "append":
        journal.append(*new)
        acknowledged += new
    elif event == "crash":  # what a real append writes, broken off anywhere
        journal.append(*new)
        after = desk.bytes
        start = len(before) if after.startswith(before) else before.rfind(b"\n") + 1
        desk.lay(after[: start + size])
        if write_line(new[0]).rstrip(b"\n") in desk.bytes:  # not acknowledged, but whole: it may be there
            acknowledged += new
    elif event == "short write":
        with pytest.MonkeyPatch.context() as patch:
            real = os.write
            calls: list[int] = []

            def write(fd: int, data: bytes) -> int:
                if desk.name_of(fd) != "journal.jsonl":
                    return real(fd, data)
                calls.append(fd)
                return real(fd, data if len(calls) > 1 else data[: min(size, len(data) - 1)])

            patch.setattr(os, "write", write)
            assert isinstance(refused(lambda: journal.append(*new)), StorageProblem)
    elif event == "newline stripped":
        desk.lay(before.removesuffix(b"\n"))
    elif event == "dos":
        desk.lay(before.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    elif event == "mark":
        desk.lay(b"\xef\xbb\xbf" + before.removeprefix(b"\xef\xbb\xbf"))
    elif event == "blank line":
        desk.lay(before + b"\n" if before.endswith(b"\n") else before)
    elif event == "seal":
        journal.seal()
