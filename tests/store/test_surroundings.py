"""What stands around the journal: looked at, never changed, and never a reason to fail."""

import fcntl
import os
import sys
from pathlib import Path

import pytest

from backmove.core.surroundings import Surroundings
from backmove.errors import StorageProblem
from backmove.store import files, mend, surroundings
from backmove.store.mend import close_to_others, open_to_others
from backmove.store.paths import Paths

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes, links and flock")


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A folder with a journal that only its owner can read."""
    folder = tmp_path / "backmove"
    files.make_folder(folder)
    found = Paths(data=folder, cache=folder / "cache", log=folder / "log")
    found.journal.write_bytes(b"")
    found.journal.chmod(0o600)
    return found


def test_a_folder_that_is_not_there_has_nothing_to_tell(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    found = surroundings.surroundings(Paths(nowhere, nowhere / "cache", nowhere / "log"))
    assert found == Surroundings()


def test_a_quiet_folder_has_no_warnings(paths: Paths) -> None:
    found = surroundings.surroundings(paths)
    assert found == Surroundings(folder_mode="0700", file_mode="0600", lock="free")


def test_a_lock_that_somebody_holds_is_told_without_waiting(paths: Paths) -> None:
    with paths.journal.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert surroundings.surroundings(paths).lock == "held"
    assert surroundings.surroundings(paths).lock == "free"


def test_a_reader_holds_nobody_up(paths: Paths) -> None:
    with paths.journal.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_SH)
        assert surroundings.surroundings(paths).lock == "free"


@pytest.mark.parametrize(
    ("mount", "kind"), [("nfs4", "nfs4"), ("cifs", "cifs"), ("fuse.sshfs", "fuse.sshfs"), ("ext4", None)]
)
def test_a_disk_of_another_computer_is_told(
    mount: str, kind: str | None, paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = str(tmp_path).replace(" ", "\\040")
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"none / ext4 rw 0 0\nhost:/home {named} {mount} rw 0 0\nhost:/x {named}x nfs rw 0 0\nodd\n"
    )
    monkeypatch.setattr(surroundings, "_MOUNTS", mounts)
    assert surroundings.surroundings(paths).far_disk == kind


def test_where_nobody_lists_the_disks_none_is_far(
    paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surroundings, "_MOUNTS", tmp_path / "none")
    assert surroundings.surroundings(paths).far_disk is None


def test_a_blank_in_the_name_of_a_mount_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "my disk"
    folder.mkdir()
    mounts = tmp_path / "mounts"
    mounts.write_text(f"host:/home {tmp_path}/my\\040disk nfs rw 0 0\n")
    monkeypatch.setattr(surroundings, "_MOUNTS", mounts)
    assert surroundings.surroundings(Paths(folder, folder, folder)).far_disk == "nfs"


def test_a_linked_journal_is_told_and_its_own_rights_are_looked_at(paths: Paths, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere.jsonl"
    paths.journal.rename(target)
    target.chmod(0o644)
    paths.journal.symlink_to(target)
    found = surroundings.surroundings(paths)
    assert (found.link, found.open_to_others) == (True, (str(target),))
    close_to_others(open_to_others(paths))
    assert target.stat().st_mode & 0o777 == 0o600
    assert paths.journal.is_symlink()


def test_old_journals_that_were_kept_are_named(paths: Paths) -> None:
    paths.journal.with_name("journal.before-mending-1.jsonl").write_bytes(b"")
    assert surroundings.surroundings(paths).backups == ("journal.before-mending-1.jsonl",)


def test_a_link_to_itself_is_no_reason_to_fail(paths: Paths) -> None:
    paths.journal.unlink()
    paths.journal.symlink_to(paths.journal)
    assert surroundings.surroundings(paths).lock == "unknown"


def test_what_is_gone_before_it_is_closed_is_named(paths: Paths) -> None:
    with pytest.raises(StorageProblem, match="rights"):
        close_to_others([paths.data / "gone"])


def test_a_file_that_is_gone_while_we_look_is_open_to_nobody(tmp_path: Path) -> None:
    assert mend._mode(tmp_path / "gone") == 0


def test_what_is_neither_file_nor_folder_keeps_its_rights(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    pipe.chmod(0o644)
    close_to_others([pipe])
    assert pipe.stat().st_mode & 0o777 == 0o644
