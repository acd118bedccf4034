"""Copies of the journal that a program for sharing files has put beside it, because two machines wrote at once.

Only names are looked at here, so that every command can afford it. Those that hold nothing new are kept in a small file
of the cache folder; without it they are named once more.
"""

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Final

from backmove.store import files

SEEN: Final = "copies-seen"
_BEHIND: Final = re.compile(r"\.sync-conflict-.+|_conflict-.+| \(.+\)| \d+|-[\w.-]+")
"""Syncthing; ownCloud; Dropbox, Nextcloud and Google Drive; iCloud; OneDrive (the name of the computer)."""


def conflict_copies(journal: Path) -> tuple[Path, ...]:
    """Files beside the journal that are called like copies of it, by name."""
    try:
        with os.scandir(journal.parent) as found:
            names = sorted(
                one.name
                for one in found
                if _is_copy(one.name, journal) and one.is_file(follow_symlinks=False)
            )
    except OSError:
        return ()
    return tuple(journal.with_name(name) for name in names)


def copies_to_look_at(journal: Path, cache: Path) -> tuple[Path, ...]:
    """Those that were not found to hold nothing new, or have changed since."""
    return tuple(copy for copy in conflict_copies(journal) if not is_seen(copy, cache))


def is_seen(copy: Path, cache: Path) -> bool:
    """Whether all of its records were found in the journal, and it is as it was then."""
    return _mark(copy) in _seen(cache)


def mark_seen(copy: Path, cache: Path) -> None:
    """All of its records are in the journal now. A disk that refuses is no error: it is named again."""
    mark = _mark(copy)
    if mark is None or mark in _seen(cache):
        return
    with suppress(OSError):
        files.make_folder(cache)
        lines = [*_seen(cache), mark][-100:]
        text = "".join(f"{line}\n" for line in lines)
        fresh = files.create_beside(cache / SEEN, f".{SEEN}.new", text.encode("utf-8", "replace"))
        fresh.replace(cache / SEEN)  # in the place of whatever is there, also of a link


def _is_copy(name: str, journal: Path) -> bool:
    inner = name.removeprefix(journal.stem).removesuffix(journal.suffix)
    return (
        name.startswith(journal.stem)
        and name.endswith(journal.suffix)
        and len(name) > len(journal.stem) + len(journal.suffix)
        and _BEHIND.fullmatch(inner) is not None
    )


def _seen(cache: Path) -> tuple[str, ...]:
    try:
        return tuple((cache / SEEN).read_text(encoding="utf-8", errors="replace").split("\n")[:-1])
    except OSError:
        return ()


def _mark(copy: Path) -> str | None:
    try:
        about = copy.stat()
    except OSError:
        return None
    name = copy.name.encode("unicode_escape").decode()
    return f"{about.st_size} {about.st_mtime_ns} {name}"
