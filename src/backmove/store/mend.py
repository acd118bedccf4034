"""Mends the journal and its surroundings, and throws nothing away.

In order, all under the journal's lock: the whole old journal as a file of its own, the bytes that are set aside as
files of their own, and then the new journal in the place of the old one, in one step. Whatever is killed in between,
the old journal stands, or the new one does; the worst that is left is a copy too many.
"""

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from msgspec import Struct

from backmove.core.lines import write_line
from backmove.core.mending import Mending, mending
from backmove.errors import DataProblem
from backmove.store import files
from backmove.store.journal import Journal
from backmove.store.paths import Paths

CANNOT_MEND: Final = "nothing was mended"
COPY: Final = "before-mending"
_OTHERS: Final = 0o077
"""The bits that let other people of this computer in."""


class Mended(Struct, frozen=True):
    """What was done to the journal (or would be). The paths are None where there was nothing to keep there."""

    plan: Mending
    copy: Path | None = None
    aside: Path | None = None
    torn: Path | None = None


def mend_journal(journal: Journal, tell: files.Tell, *, dry_run: bool) -> Mended:
    """Sets aside what cannot be read and what stands twice. ``dry_run`` only says what that would be.

    Raises ``DataProblem`` for a journal with lines of a newer version or in another alphabet, ``StorageProblem`` when
    the disk refuses; the journal is as it was then.
    """
    path = journal.path
    with files.explained(path, CANNOT_MEND):
        if dry_run or not path.exists():
            files.refuse_a_dangling_link(path)
            return Mended(_plan(path, _bytes(path, tell)))
        with files.opened_to_append(path, tell) as fd:
            data = files.read_from(fd, 0)
            plan = _plan(path, data)
            return _rewritten(journal, fd, plan, data) if plan.needed else Mended(plan)


def _bytes(path: Path, tell: files.Tell) -> bytes:
    try:
        with files.opened_to_read(path, tell) as fd:
            return files.read_from(fd, 0)
    except FileNotFoundError:
        return b""


def _plan(path: Path, data: bytes) -> Mending:
    plan = mending(data)
    if plan.refused == "newer":
        raise DataProblem(
            f"the journal holds lines of a newer backmove: {path}.",
            hint="Nothing was changed. Bring backmove up to date, then give the command again.",
            code="newer-version",
        )
    if plan.refused == "utf-16":
        raise DataProblem(
            f"the journal was saved in another alphabet (UTF-16): {path}.",
            hint="Nothing was changed. Open it in a text editor and save it as UTF-8; then no line is lost.",
            code="bad-line",
        )
    return plan


def _rewritten(journal: Journal, fd: int, plan: Mending, data: bytes) -> Mended:
    """The new journal, on the disk. ``fd``: the old one, which is locked."""
    path = journal.path
    now = journal.moment()
    files.sweep(path)
    copy = files.keep_copy(path, f"{path.stem}.{COPY}-{now}{path.suffix}", data)
    new = plan.kept
    if new and not new.endswith(b"\n"):
        new += b"\n"
    aside = torn = None
    if plan.aside:
        aside = files.keep_copy(path, f"{path.stem}.set-aside-{now}{path.suffix}", plan.bytes_aside)
        new += write_line(journal.seal_of(aside, len(plan.bytes_aside), blind=plan.blind))
    if plan.torn:
        torn = files.create_beside(path, f"{path.stem}.torn-{now}", plan.torn)
        new += write_line(journal.seal_of(torn, len(plan.torn)))
    files.put_in_place(path, fd, [new])
    return Mended(plan, copy, aside, torn)


# --- who may read ------------------------------------------------------------------------------------------------


def open_to_others(paths: Paths) -> tuple[Path, ...]:
    """Our folders and files that other people of this computer may look into."""
    if sys.platform == "win32":
        return ()
    return tuple(place for place in _ours(paths) if _mode(place) & _OTHERS)


def close_to_others(places: Iterable[Path]) -> None:
    """Takes the rights of others away, and nothing else. A link is never followed. Raises ``StorageProblem``."""
    for place in places:
        with files.explained(place, "its rights cannot be changed"):
            fd = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            try:
                about = os.fstat(fd)
                if stat.S_ISREG(about.st_mode) or stat.S_ISDIR(about.st_mode):
                    os.fchmod(fd, stat.S_IMODE(about.st_mode) & ~_OTHERS)
            finally:
                os.close(fd)


def _ours(paths: Paths) -> Iterator[Path]:
    """The folders where nothing but ours stands, and every file of ours in them. Of links only the
    journal's own is followed."""
    for folder in dict.fromkeys((paths.data, paths.cache, paths.log)):
        with suppress(OSError):
            inside = sorted(folder.iterdir())
            if all(_is_ours(paths, one) for one in inside):
                yield folder
            for one in inside:
                if _is_ours(paths, one) and one.is_file() and not one.is_symlink():
                    yield one
    if paths.journal.is_symlink() and paths.journal.is_file():
        yield paths.journal.resolve()


def _is_ours(paths: Paths, place: Path) -> bool:
    if place.parent == paths.data and place.name.lstrip(".").startswith(f"{paths.journal.stem}."):
        return True
    return place in (paths.cache, paths.log) or (place.parent != paths.data and not place.is_dir())


def _mode(place: Path) -> int:
    try:
        return stat.S_IMODE(place.lstat().st_mode)
    except OSError:
        return 0
