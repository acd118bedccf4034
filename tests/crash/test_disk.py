"""Real disks that refuse: full, over the limit, read-only. Exit 1, a message with the path, nothing lost."""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from journal_writer import journal_at, pain

import backmove
from backmove.core.record import Pain

WRITER = Path(__file__).with_name("journal_writer.py")
SOURCE = Path(backmove.__file__).parent.parent
ENV = {"PYTHONPATH": str(SOURCE), "PATH": os.environ["PATH"], "LC_ALL": "C"}


READ = (
    "import sys; from pathlib import Path; from backmove.store.journal import Journal\n"
    "journal = Journal(Path(sys.argv[1]), now=None, new_id=None, tell=None)\n"
    "print(len(journal.read()), journal.examine().intact)"
)
AS_OTHERS = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
"""Makes root obey the modes of files, as everybody else has to."""


def run(words: list[str], limit: Callable[[], None] | None = None) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        words, capture_output=True, text=True, env=ENV, timeout=120, check=False, preexec_fn=limit
    )


def works(*words: str) -> bool:
    return shutil.which(words[0]) is not None and run(list(words)).returncode == 0


obeys = pytest.mark.skipif(not works(*AS_OTHERS, "true"), reason="root may read and write everything here")
mounts = pytest.mark.skipif(not works("unshare", "-rm", "true"), reason="no mounts of our own here")


def with_own_mounts(script: str, *args: str) -> "subprocess.CompletedProcess[str]":
    """Runs in a world whose mounts nobody else sees; they end with it."""
    return run(["unshare", "-rm", "sh", "-c", script, "sh", *args])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "disk" / "journal.jsonl"


@mounts
@pytest.mark.parametrize("torn", [False, True], ids=["whole", "torn"])
def test_a_disk_that_fills_up_keeps_what_was_acknowledged(torn: bool, path: Path, tmp_path: Path) -> None:
    path.parent.mkdir()
    copy = tmp_path / "copy"
    laid = '{"kind":"pa' if torn else ""
    ran = with_own_mounts(
        'mount -t tmpfs -o size=32k tmpfs "$1" && printf %s "$5" > "$1/journal.jsonl"'
        ' && "$2" "$3" "$1/journal.jsonl" w 0 900; code=$?; cp "$1/journal.jsonl" "$4"; exit $code',
        str(path.parent), sys.executable, str(WRITER), str(copy), laid,
    )  # fmt: skip
    assert ran.returncode == 1, ran.stderr
    assert f"nothing was recorded, the journal cannot be written: {path}: " in ran.stderr
    acknowledged = ran.stdout.count("\n")
    assert acknowledged > 10
    assert copy.read_bytes().endswith(b"\n"), "half a line was left"
    assert len([r for r in journal_at(copy).read() if isinstance(r, Pain)]) == acknowledged


@mounts
@pytest.mark.parametrize("there", [True, False], ids=["with a journal", "without"])
def test_a_read_only_folder_is_named_and_what_is_in_it_is_read(there: bool, path: Path) -> None:
    path.parent.mkdir()
    if there:
        journal_at(path).append(pain("w", 1))
    before = [(entry.name, entry.read_bytes()) for entry in path.parent.iterdir()]
    ran = with_own_mounts(
        'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && "$2" "$3" "$1/journal.jsonl" w 1',
        str(path.parent), sys.executable, str(WRITER),
    )  # fmt: skip
    assert ran.returncode == 1, ran.stderr
    assert f"the journal cannot be written: {path}: read-only file system." in ran.stderr
    assert ran.stdout == ""
    assert [(entry.name, entry.read_bytes()) for entry in path.parent.iterdir()] == before


@mounts
def test_a_journal_on_a_read_only_disk_can_be_read(path: Path) -> None:
    path.parent.mkdir()
    journal_at(path).append(pain("w", 1))
    ran = with_own_mounts(
        'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && "$2" -c "$3" "$1/journal.jsonl"',
        str(path.parent), sys.executable, READ,
    )  # fmt: skip
    assert (ran.returncode, ran.stdout) == (0, "1 True\n"), ran.stderr


@obeys
def test_a_folder_we_may_not_write_to_is_named(path: Path) -> None:
    path.parent.mkdir(mode=0o500)
    ran = run([*AS_OTHERS, sys.executable, str(WRITER), str(path), "w", "1"])
    assert ran.returncode == 1
    assert f"the journal cannot be written: {path}: permission denied." in ran.stderr
    assert list(path.parent.iterdir()) == []


@obeys
def test_a_journal_we_may_not_read_is_never_an_empty_one(path: Path) -> None:
    journal_at(path).append(pain("w", 1))
    before = path.read_bytes()
    path.chmod(0o000)
    ran = run([*AS_OTHERS, sys.executable, "-c", READ, str(path)])
    path.chmod(0o600)
    assert ran.returncode == 1
    assert f"the journal cannot be read: {path}: permission denied." in ran.stderr
    assert (ran.stdout, path.read_bytes()) == ("", before)


def test_a_real_short_write_is_taken_back(path: Path) -> None:
    """A size limit makes the system itself put half a line into the file."""
    room = 5000

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    ran = run([sys.executable, str(WRITER), str(path), "w", "0"], limit)
    assert ran.returncode == 1, ran.stderr
    assert f"the journal cannot be written: {path}: only " in ran.stderr
    acknowledged = ran.stdout.count("\n")
    assert acknowledged > 10
    assert len(journal_at(path).read()) == acknowledged
    assert path.read_bytes().endswith(b"\n")
    journal_at(path).append(pain("after", 1))
    assert len(journal_at(path).read()) == acknowledged + 1


def test_a_full_device_is_no_journal(path: Path) -> None:
    path.parent.mkdir()
    path.symlink_to("/dev/full")
    ran = run([sys.executable, str(WRITER), str(path), "w", "1"])
    assert ran.returncode == 1
    assert "not an ordinary file" in ran.stderr
