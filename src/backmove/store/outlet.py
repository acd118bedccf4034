"""Where an export goes: a new file for the person's own eyes (mode 0600), or standard output, byte by byte.

Pieces are made while they are written, so that a long journal needs no more room than a short one. A file stands whole
or not at all.
"""

import io
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final

from backmove.errors import StorageProblem
from backmove.store import files

_PIECE: Final = 1 << 18


def write_new(path: Path, pieces: Iterable[bytes]) -> int:
    """Writes a file that was not there, on the disk when this returns; gives its size.

    Raises StorageProblem when there is one already or the disk refuses; whatever goes wrong, Ctrl-C included, nothing
    of it stays.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    try:
        fd = os.open(path, flags, 0o600)
        size = _whole(fd, path, pieces)
    except FileExistsError as there:
        raise StorageProblem(
            f"{str(path)!r} is there already; it was left as it is.",
            hint="Give another name, or move the old file away first.",
            code="file-exists",
        ) from there
    except OSError as refused:
        raise StorageProblem(
            f"the export was not written: {str(path)!r}: {_reason(refused)}. Nothing of it was kept."
        ) from refused
    return size


def write_out(stream: IO[str], pieces: Iterable[bytes]) -> None:
    """Writes to standard output, unchanged by line ends or the terminal's alphabet.

    Raises StorageProblem when it cannot be written; a reader that has gone (``| head``) is a BrokenPipeError.
    """
    stream.flush()
    try:
        fd = stream.fileno()
    except (OSError, io.UnsupportedOperation):  # a stream of a test, without a file behind it
        stream.write(b"".join(pieces).decode("utf-8", "replace"))
        return
    try:
        _write(fd, pieces)
    except BrokenPipeError:
        raise
    except OSError as refused:
        raise StorageProblem(f"the export could not be written to its end: {_reason(refused)}.") from refused


def _whole(fd: int, path: Path, pieces: Iterable[bytes]) -> int:
    done = False
    try:
        size = _write(fd, pieces)
        files.sync(fd)
        files.sync_folder(path.absolute().parent)
        done = True
    finally:
        os.close(fd)
        if not done:
            path.unlink()
    return size


def _reason(refused: OSError) -> str:
    words = refused.strerror or str(refused)
    return words[:1].lower() + words[1:]


def _write(fd: int, pieces: Iterable[bytes]) -> int:
    size = 0
    for piece in _gathered(pieces):
        rest = memoryview(piece)
        while rest:
            written = os.write(fd, rest)
            size += written
            rest = rest[written:]
    return size


def _gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces in fewer and larger ones."""
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= _PIECE:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)
