"""A file from outside, for ``import`` and ``merge``: all its bytes, or a plain word why not."""

import os
import stat
from pathlib import Path
from typing import IO, Final

from backmove.core.incoming import File
from backmove.errors import NotFound, UsageProblem
from backmove.store import files

LIMIT: Final = 512 * 1024 * 1024
"""Bytes. A diary of fifty years has less than a tenth of it."""

STANDARD_INPUT: Final = "standard input"


def read_incoming(name: str, journal: Path, stdin: IO[str], tell: files.Tell) -> File:
    """The file of that name, or standard input for ``-``. ``journal``: our own, which is refused.

    Raises NotFound, UsageProblem for what is no ordinary file or too large, StorageProblem when it cannot be read.
    """
    if name == "-":
        return File(STANDARD_INPUT, _limited(_all_of(stdin), STANDARD_INPUT))
    return read_ordinary(name, journal, tell)


def read_ordinary(name: str, journal: Path, tell: files.Tell) -> File:
    """The file of that name. Raises as ``read_incoming`` does."""
    path = Path(name)
    with files.explained(path, "the file cannot be read"):
        try:
            about = path.lstat()
        except (FileNotFoundError, NotADirectoryError):
            raise NotFound(f"there is no file {name}.") from None
        _refuse_what_is_no_file(name, path, about, journal)
        with files.opened_to_read(path, tell) as fd:
            return File(path.name, files.read_from(fd, 0))


def _refuse_what_is_no_file(name: str, path: Path, about: os.stat_result, journal: Path) -> None:
    if stat.S_ISLNK(about.st_mode):
        raise UsageProblem(f"{name} is a link. Name the file itself, so that it is clear what is taken in.")
    if stat.S_ISDIR(about.st_mode):
        raise UsageProblem(f"{name} is a folder. Name a file in it.")
    if not stat.S_ISREG(about.st_mode):
        raise UsageProblem(f"{name} is not an ordinary file. To read from another program, name -")
    if journal.exists() and os.path.samestat(about, journal.stat()):
        raise UsageProblem(f"{name} is your journal itself. There is nothing to bring in.")
    if about.st_size > LIMIT:
        raise _too_large(name)


def _all_of(stdin: IO[str]) -> bytes:
    raw = getattr(stdin, "buffer", None)
    return bytes(raw.read(LIMIT + 1)) if raw is not None else stdin.read(LIMIT + 1).encode()


def _limited(data: bytes, name: str) -> bytes:
    if len(data) > LIMIT:
        raise _too_large(name)
    return data


def _too_large(name: str) -> UsageProblem:
    return UsageProblem(
        f"{name} is larger than {LIMIT // 1024 // 1024} MB, more than a diary of fifty years. Nothing was changed.",
        code="too-large",
    )
