"""The disk, the careful way: what each call leaves behind when it works and when the system refuses."""

import errno
import fcntl
import os
import stat
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from backmove.errors import ExitCode, StorageProblem
from backmove.store import files


def silent(line: str) -> None:
    raise AssertionError(f"nobody had to wait, but heard: {line}")


def append(path: Path, data: bytes, tell: Callable[[str], None] = silent) -> None:
    with files.opened_to_append(path, tell) as fd:
        files.put_at_end(fd, path.stat().st_size, data)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_file_and_its_folders_are_private(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "journal.jsonl"
    append(path, b"one\n")
    assert path.read_bytes() == b"one\n"
    assert (mode(path), mode(path.parent), mode(path.parent.parent)) == (0o600, 0o700, 0o700)


def test_a_file_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    path.touch(mode=0o640)
    path.chmod(0o640)
    append(path, b"one\n")
    assert mode(path) == 0o640


def test_a_link_stays_a_link_and_its_target_grows(tmp_path: Path) -> None:
    target = tmp_path / "synced" / "back.jsonl"
    target.parent.mkdir()
    target.write_bytes(b"one\n")
    link = tmp_path / "journal.jsonl"
    link.symlink_to(target)
    append(link, b"two\n")
    files.replace_file(link, target.read_bytes() + b"three\n")
    assert link.is_symlink()
    assert target.read_bytes() == b"one\ntwo\nthree\n"
    assert sorted(entry.name for entry in target.parent.iterdir()) == ["back.jsonl"]


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_link_to_nothing_is_an_error_and_not_a_new_file(what: str, tmp_path: Path) -> None:
    path = tmp_path / "data" / "journal.jsonl"
    away = tmp_path / "unplugged"
    if what == "file":
        path.parent.mkdir()
        path.symlink_to(away)
    else:
        path.parent.symlink_to(away)
    with pytest.raises(OSError, match="there is nothing at"):
        append(path, b"one\n")
    assert not away.exists()


def test_only_an_ordinary_file_is_written_to(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    path.symlink_to("/dev/null")
    with pytest.raises(OSError, match="not an ordinary file"):
        append(path, b"gone\n")


@pytest.mark.parametrize("went_in", [0, 7, None], ids=["nothing", "seven bytes", "refused"])
@pytest.mark.parametrize("at", [4, 9], ids=["at the end", "over a tail"])
def test_a_failed_write_leaves_the_file_as_it_was(
    went_in: int | None, at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(b"one\n" + b"torn "[: 9 - at])
    before = path.read_bytes()
    real = os.write
    calls = []

    def write(fd: int, data: bytes) -> int:
        calls.append(data)
        if len(calls) > 1:  # putting back what was there
            return real(fd, data)
        if went_in is None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(fd, data[:went_in])

    monkeypatch.setattr(os, "write", write)
    with files.opened_to_append(path, silent) as fd, pytest.raises(OSError) as refused:
        files.put_at_end(fd, min(at, len(before)), b"two, three, four\n")
    assert refused.value.errno == errno.ENOSPC
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "fault", [OSError(errno.EIO, "input/output error"), KeyboardInterrupt()], ids=["disk", "ctrl-c"]
)
def test_what_did_not_reach_the_disk_is_taken_back(
    fault: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(b"one\n")

    def fsync(fd: int) -> None:
        raise fault

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(type(fault)):
        append(path, b"two\n")
    assert path.read_bytes() == b"one\n"


def test_who_has_to_wait_is_told_and_then_served(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    waits = threading.Event()
    heard: list[str] = []

    def tell(line: str) -> None:
        heard.append(line)
        waits.set()

    with files.opened_to_append(path, silent) as fd:
        second = threading.Thread(target=append, args=(path, b"second\n", tell))
        second.start()
        assert waits.wait(timeout=60)
        files.put_at_end(fd, 0, b"first\n")
    second.join(timeout=60)
    assert heard == [files.WAITING]
    assert path.read_bytes() == b"first\nsecond\n"


def test_readers_do_not_wait_for_each_other(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(b"one\n")
    with files.opened_to_read(path, silent), files.opened_to_read(path, silent) as fd:
        assert files.read_from(fd, 0) == b"one\n"


def test_a_file_that_was_put_in_place_while_we_waited_gets_the_line(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(b"old\n")
    waits = threading.Event()
    with files.opened_to_append(path, silent):
        writer = threading.Thread(target=append, args=(path, b"mine\n", lambda line: waits.set()))
        writer.start()
        assert waits.wait(timeout=60)
        other = tmp_path / "editor"
        other.write_bytes(b"new\n")
        other.replace(path)
    writer.join(timeout=60)
    assert path.read_bytes() == b"new\nmine\n"


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    first = files.create_beside(tmp_path / "journal.jsonl", "journal.torn-1", b"a")
    second = files.create_beside(tmp_path / "journal.jsonl", "journal.torn-1", b"b")
    assert (first.read_bytes(), second.read_bytes()) == (b"a", b"b")
    assert mode(second) == 0o600


def test_half_a_new_file_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(fd: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", write)
    with pytest.raises(OSError, match="No space"):
        files.replace_file(tmp_path / "cache.json", b"{}")
    assert list(tmp_path.iterdir()) == []


def test_a_replaced_file_is_whole_and_private(tmp_path: Path) -> None:
    path = tmp_path / "new" / "cache.json"
    files.replace_file(path, b"1" * 3_000_000)
    files.replace_file(path, b"2")
    assert path.read_bytes() == b"2"
    assert mode(path) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_replacement_that_is_refused_leaves_the_old_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "cache.json"
    path.mkdir()
    (path / "keep").touch()
    with pytest.raises(OSError, match="cache"):
        files.replace_file(path, b"2")
    assert [entry.name for entry in tmp_path.iterdir()] == ["cache.json"]


def test_a_folder_that_is_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        append(tmp_path / "file" / "journal.jsonl", b"one\n")


@pytest.mark.parametrize(
    ("number", "hint"),
    [
        (errno.ENOSPC, "Make room"),
        (errno.EROFS, "BACKMOVE_DIR"),
        (errno.EACCES, "BACKMOVE_DIR"),
        (errno.EIO, ""),
    ],
)
def test_a_refusal_names_what_where_and_why(number: int, hint: str) -> None:
    with (
        pytest.raises(StorageProblem) as problem,
        files.explained(Path("/a/journal.jsonl"), "it cannot be read"),
    ):
        raise OSError(number, os.strerror(number))
    assert problem.value.message.startswith("it cannot be read: /a/journal.jsonl: ")
    assert problem.value.exit_code is ExitCode.FAILURE
    assert hint in problem.value.hint
    assert bool(hint) == bool(problem.value.hint)


@pytest.mark.skipif(sys.platform == "win32", reason="folders are not synced there")
def test_a_disk_that_cannot_sync_folders_is_no_obstacle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fsync(fd: int) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(os, "fsync", fsync)
    files.sync_folder(tmp_path)
    monkeypatch.setattr(os, "fsync", lambda fd: os.close(-1))
    with pytest.raises(OSError, match="Bad file"):
        files.sync_folder(tmp_path)
    assert tmp_path.exists()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="plays a Mac")
@pytest.mark.parametrize("knows", [True, False], ids=["knows the word", "network disk"])
def test_a_mac_is_asked_to_reach_the_disk_itself(
    knows: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def control(fd: int, word: int) -> None:
        asked.append(f"full {word}")
        if not knows:
            raise OSError(errno.ENOTSUP, "not supported")

    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", control)
    monkeypatch.setattr(os, "fsync", lambda fd: asked.append("fsync"))
    append(tmp_path / "journal.jsonl", b"one\n")
    assert asked == (["full 51"] if knows else ["full 51", "fsync"])


def test_two_who_make_the_same_folder_at_once_both_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.mkdir

    def rival_is_faster(self: Path, mode: int = 0o777) -> None:
        real(self, mode)
        real(self, mode)

    monkeypatch.setattr(Path, "mkdir", rival_is_faster)
    files.make_folder(tmp_path / "data")
    assert (tmp_path / "data").is_dir()
