"""The disk at its edges: no descriptor is left open, and what stands in the way of a folder is told."""

import os
from pathlib import Path

import pytest

from backmove.store import files


class Syncs:
    """What reached the disk itself, by name, in its order; a rename stands between as "old > new"."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.done: list[str] = []
        fsync, rename = os.fsync, os.replace

        def synced(fd: int) -> None:
            self.done.append(Path(f"/proc/self/fd/{fd}").readlink().name)
            fsync(fd)

        def renamed(old: Path, new: Path) -> None:
            self.done.append(f"{Path(old).name} > {Path(new).name}")
            rename(old, new)

        monkeypatch.setattr(os, "fsync", synced)
        monkeypatch.setattr(os, "replace", renamed)
        monkeypatch.setattr(os, "rename", renamed)


linux = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="asks for descriptors the way of Linux")


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


@linux
def test_nothing_stays_open(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    before = open_files()
    with files.opened_to_append(path, lambda line: None) as fd:
        files.put_at_end(fd, 0, b"one\n", new_in=tmp_path)
        files.put_in_place(path, fd, [b"two\n"])
    with files.opened_to_read(path, lambda line: None) as fd:
        assert files.read_from(fd, 0) == b"two\n"
    assert files.is_free(path)
    files.create_beside(path, "beside", b"three")
    files.keep_copy(path, "kept.jsonl", b"four")
    files.replace_file(path, b"five")
    files.make_folder(tmp_path / "a" / "b")
    assert open_files() == before


def test_a_file_in_the_place_of_a_folder_is_an_error(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_bytes(b"")
    with pytest.raises(FileExistsError):
        files.make_folder(there)
    with pytest.raises(OSError, match="there"):
        files.make_folder(there / "inner")
    assert there.read_bytes() == b""


def test_what_comes_after_a_byte_is_read_and_nothing_before_it(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(b"one\ntwo\n")
    with files.opened_to_read(path, lambda line: None) as fd:
        assert [files.read_from(fd, at) for at in (0, 4, 8)] == [b"one\ntwo\n", b"two\n", b""]


@linux
def test_a_new_journal_and_its_folder_are_on_the_disk_and_an_old_folder_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal.jsonl"
    with files.opened_to_append(path, lambda line: None) as fd:
        syncs = Syncs(monkeypatch)
        files.put_at_end(fd, 0, b"one\n", new_in=tmp_path)
        files.put_at_end(fd, 4, b"two\n")
    assert syncs.done == [path.name, tmp_path.name, path.name]


@linux
def test_what_takes_the_place_of_a_file_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal.jsonl"
    with files.opened_to_append(path, lambda line: None) as fd:
        syncs = Syncs(monkeypatch)
        files.put_in_place(path, fd, [b"new\n"])
    assert syncs.done == [f".{path.name}.fresh", f".{path.name}.fresh > {path.name}", tmp_path.name]


@linux
def test_a_copy_and_a_cache_are_on_the_disk_before_they_have_their_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal.jsonl"
    syncs = Syncs(monkeypatch)
    files.keep_copy(path, "kept.jsonl", b"one")
    kept = f".{path.name}.kept"
    assert syncs.done == [kept, tmp_path.name, f"{kept} > kept.jsonl", tmp_path.name]
    syncs.done.clear()
    files.replace_file(path, b"two")
    new = f".{path.name}.new"
    assert syncs.done == [new, tmp_path.name, f"{new} > {path.name}", tmp_path.name]


@linux
def test_each_new_folder_is_on_the_disk_before_the_next_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    syncs = Syncs(monkeypatch)
    files.make_folder(tmp_path / "a" / "b")
    assert syncs.done == [tmp_path.name, "a"]
    syncs.done.clear()
    files.make_folder(tmp_path / "a" / "b")
    assert syncs.done == []


def test_a_sweep_takes_what_was_left_half_done_and_nothing_else(tmp_path: Path) -> None:
    there = tmp_path / "synced"
    there.mkdir()
    target, path = there / "back.jsonl", tmp_path / "journal.jsonl"
    target.write_bytes(b"one\n")
    path.symlink_to(target)
    left = [tmp_path / ".journal.jsonl.kept", tmp_path / ".journal.jsonl.kept-2", there / ".back.jsonl.fresh"]
    others = [tmp_path / "journal.before-1.jsonl", tmp_path / ".other.kept", there / ".other.jsonl.fresh"]
    for file in (*left, *others):
        file.write_bytes(b"")
    files.sweep(path)
    assert [file.exists() for file in left] == [False, False, False]
    assert all(file.exists() for file in (*others, path, target))
