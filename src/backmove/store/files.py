"""The disk, the careful way: a lock, one write, fsync, and back to what was if anything fails.

Failures are raised as ``OSError``; ``explained`` puts them into words. Folders are made 0700 and files 0600;
those that are there already keep their modes, and a link stays a link.
"""

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from backmove.errors import StorageProblem

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

Tell = Callable[[str], None]

WAITING: Final = "Waiting: another backmove is using the journal."

_ALWAYS: Final = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOINHERIT", 0)
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NOT_ALLOWED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_NO_FOLDER_SYNC: Final = frozenset({errno.EINVAL, errno.ENOTSUP})
_CHUNK: Final = 1 << 20
GONE: Final = "it was there, and now it is gone or moved. Put it back where it was"
"""What was read a moment ago cannot be an empty journal now."""
LARGEST: Final = 1 << 28
"""Bytes of a journal, at most: more than a million entries. What is larger was never a journal."""


@contextmanager
def explained(path: Path, what: str) -> Iterator[None]:
    """Turns an ``OSError`` into a ``StorageProblem``: ``what``, the place, the reason."""
    try:
        yield
    except OSError as refused:
        place = refused.filename or path
        reason = refused.strerror or str(refused)
        hint = ""
        if refused.errno in _NO_ROOM:
            hint = "Make room on the disk, then give the command again."
        elif refused.errno in _NOT_ALLOWED:
            hint = "See who may write there, or set BACKMOVE_DIR to a folder of your own."
        raise StorageProblem(f"{what}: {place}: {reason[:1].lower()}{reason[1:]}.", hint=hint) from refused


# --- open -----------------------------------------------------------------------------------------


@contextmanager
def opened_to_read(path: Path, tell: Tell) -> Iterator[int]:
    """A descriptor of a file that nobody writes to meanwhile."""
    with _opened(path, os.O_RDONLY, tell) as fd:
        yield fd


@contextmanager
def opened_to_append(path: Path, tell: Tell, *, known: bool = False) -> Iterator[int]:
    """A descriptor that is ours alone until the end of the block. Makes folder and file where missing, but not when the
    file is ``known``: what was there a moment ago is somewhere else now, and a new one would hide it."""
    refuse_a_dangling_link(path)
    if known and not path.exists():
        raise OSError(errno.ENOENT, GONE, str(path))
    make_folder(path.parent)
    with _opened(path, os.O_RDWR | os.O_APPEND | (0 if known else os.O_CREAT), tell) as fd:
        yield fd


@contextmanager
def _opened(path: Path, flags: int, tell: Tell) -> Iterator[int]:
    while True:
        fd = os.open(path, flags | _ALWAYS, 0o600)
        try:
            if not stat.S_ISREG(os.fstat(fd).st_mode):
                raise OSError(errno.EINVAL, "it is not an ordinary file", str(path))
            _lock(fd, tell, shared=flags == os.O_RDONLY)
            try:
                if _is_still_at(path, fd):
                    yield fd
                    return
            finally:
                _unlock(fd)
        finally:
            os.close(fd)


def is_free(path: Path) -> bool:
    """Whether nobody writes to the file at this moment; does not wait. Raises ``OSError`` when it cannot be opened."""

    def busy(line: str) -> None:
        raise BlockingIOError(line)

    try:
        with opened_to_read(path, busy):
            return True
    except BlockingIOError:
        return False


def refuse_a_dangling_link(path: Path) -> None:
    """A link to nothing is a disk that is not there, not an empty journal."""
    for place in (path, path.parent):
        if place.is_symlink() and not place.exists():
            there = f"it is a link, and there is nothing at {place.readlink()}"
            raise OSError(errno.ENOENT, there, str(place))


def _is_still_at(path: Path, fd: int) -> bool:
    """False when an editor has put another file in its place while we waited: a write would be lost."""
    try:
        return os.path.samestat(path.stat(), os.fstat(fd))
    except FileNotFoundError:
        return False


# --- what differs between systems ------------------------------------------------------------------------

if sys.platform == "win32":

    def put_in_place(path: Path, fd: int, chunks: Iterable[bytes]) -> None:
        """Writes over the file: Windows puts no other one in the place of an open one. A kill in the middle of it
        leaves a part; the copy that was made before has all."""
        put_at_end(fd, 0, b"".join(chunks))

    _FAR: Final = 2**31 - 2  # behind every byte: Windows lets nobody read a locked one

    def _lock(fd: int, tell: Tell, *, shared: bool) -> None:
        told = False
        while True:
            os.lseek(fd, _FAR, os.SEEK_SET)
            try:
                msvcrt.locking(fd, msvcrt.LK_LOCK if told else msvcrt.LK_NBLCK, 1)
                return
            except OSError as busy:
                if busy.errno not in (errno.EACCES, errno.EDEADLK):
                    raise
                if not told:
                    tell(WAITING)
                told = True

    def _unlock(fd: int) -> None:
        os.lseek(fd, _FAR, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_UNLCK, 1)

    sync = os.fsync

    def sync_folder(folder: Path) -> None:
        """Windows has no such call."""

else:

    def _lock(fd: int, tell: Tell, *, shared: bool) -> None:
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(fd, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            tell(WAITING)
            fcntl.flock(fd, kind)

    def _unlock(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_UN)

    def put_in_place(path: Path, fd: int, chunks: Iterable[bytes]) -> None:
        """A new file with the mode of ``fd`` in the place of ``path``: its bytes or the old ones, never a part.

        The caller holds the lock of ``fd``, the old file; the new one is locked before anybody can see it and until
        its name is on the disk. A link stays a link.
        """
        target = path.resolve()
        fresh = target.with_name(f".{target.name}.fresh")
        new = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _ALWAYS, 0o600)
        done = False
        try:
            fcntl.flock(new, fcntl.LOCK_EX)
            os.fchmod(new, stat.S_IMODE(os.fstat(fd).st_mode))
            for chunk in chunks:
                _write_all(new, chunk)
            sync(new)
            fresh.replace(target)
            done = True
            sync_folder(target.parent)
        finally:
            os.close(new)
            if not done:
                fresh.unlink()

    def sync(fd: int) -> None:
        """Returns when the bytes are on the disk itself, not only on their way (macOS needs to be asked twice)."""
        full = getattr(fcntl, "F_FULLFSYNC", None)
        try:
            if full is not None:
                fcntl.fcntl(fd, full)
                return
        except OSError:  # a network disk that does not know the word
            pass
        os.fsync(fd)

    def sync_folder(folder: Path) -> None:
        """A new name survives a power cut only when its folder is on the disk."""
        fd = os.open(folder, os.O_RDONLY | _ALWAYS)
        try:
            os.fsync(fd)
        except OSError as refused:
            if refused.errno not in _NO_FOLDER_SYNC:
                raise
        finally:
            os.close(fd)


# --- read and write ----------------------------------------------------------------------------------------


def read_from(fd: int, at: int) -> bytes:
    """Every byte from ``at`` to the end. Raises ``OSError`` for more than ``LARGEST``."""
    rest = os.fstat(fd).st_size - at
    if rest > LARGEST:
        raise OSError(errno.EOVERFLOW, f"it is larger than any journal (more than {LARGEST >> 20} MB)")
    os.lseek(fd, at, os.SEEK_SET)
    parts = []
    while part := os.read(
        fd, rest if rest > 0 else _CHUNK
    ):  # at once: joining parts would copy a long journal
        parts.append(part)
        rest = 0
    return parts[0] if len(parts) == 1 else b"".join(parts)


def put_at_end(fd: int, at: int, data: bytes, new_in: Path | None = None) -> None:
    """Puts ``data`` in place of the bytes from ``at`` on, in one write: all of it, on the disk, or nothing.

    ``new_in`` is the folder to sync as well when the file is new. Whatever goes wrong, Ctrl-C included, the
    bytes that were there are there again when the exception leaves.
    """
    before = read_from(fd, at)
    done = False
    try:
        if before:
            os.ftruncate(fd, at)
        written = os.write(fd, data)
        if written != len(data):
            raise OSError(errno.ENOSPC, f"only {written} of {len(data)} bytes went in")
        sync(fd)
        if new_in:
            sync_folder(new_in)
        done = True
    finally:
        if not done:
            os.ftruncate(fd, at)
            if before:
                os.write(fd, before)


def create_beside(path: Path, name: str, data: bytes) -> Path:
    """A new file next to ``path``, on the disk when this returns; ``name`` gets a number if it is taken."""
    candidate, number = path.with_name(name), 1
    while True:
        try:
            fd = os.open(candidate, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _ALWAYS, 0o600)
            break
        except FileExistsError:
            number += 1
            candidate = path.with_name(f"{name}-{number}")
    done = False
    try:
        _write_all(fd, data)
        sync(fd)
        done = True
    finally:
        os.close(fd)
        if not done:
            candidate.unlink()
    sync_folder(candidate.parent)
    return candidate


def keep_copy(path: Path, name: str, data: bytes) -> Path:
    """A new file next to ``path`` that has its name only once all of it is on the disk. The caller holds the lock of
    ``path``, so that nobody else makes the same name."""
    stem, dot, suffix = name.rpartition(".")
    kept, number = path.with_name(name), 1
    while kept.exists():
        number += 1
        kept = path.with_name(f"{stem}-{number}{dot}{suffix}")
    fresh = create_beside(path, f".{path.name}.kept", data)
    try:
        fresh.rename(kept)
    except OSError:
        fresh.unlink()
        raise
    sync_folder(kept.parent)
    return kept


def sweep(path: Path) -> None:
    """Takes away what ``keep_copy`` and ``put_in_place`` left when they were killed. The caller holds the lock."""
    for folder in {path.parent, path.resolve().parent}:
        for name in (f".{path.name}.kept*", f".{path.resolve().name}.fresh*"):
            for left in folder.glob(name):
                left.unlink(missing_ok=True)


def replace_file(path: Path, data: bytes) -> None:
    """The file holds the old bytes or the new, never a part. For files that can be made again (caches)."""
    target = path.resolve()
    make_folder(target.parent)
    fresh = create_beside(target, f".{target.name}.new", data)
    try:
        fresh.replace(target)
    except OSError:
        fresh.unlink()
        raise
    sync_folder(target.parent)


def make_folder(path: Path) -> None:
    """Makes the folder and those above it, each on the disk before the next one needs it."""
    if path.is_dir():
        return
    make_folder(path.parent)
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        if not path.is_dir():
            raise
    sync_folder(path.parent)


def _write_all(fd: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(fd, rest) :]
