"""What stands around the journal and can do it harm: who may look in, a folder that is copied elsewhere, a disk of
another computer, a cache that is not whole. Only looks; every question that cannot be answered is not said."""

import os
import re
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from backmove.core.surroundings import Surroundings
from backmove.store import files
from backmove.store.copies import copies_to_look_at
from backmove.store.library_cache import whole
from backmove.store.mend import open_to_others
from backmove.store.paths import Paths

_BY_NAME: Final = (
    (re.compile(r"dropbox( .*)?", re.IGNORECASE), "Dropbox"),
    (re.compile(r"onedrive( ?- .*)?", re.IGNORECASE), "OneDrive"),
    (re.compile(r"mobile documents|icloud ?drive|com~apple~clouddocs", re.IGNORECASE), "iCloud"),
    (re.compile(r"google ?drive|my drive|googledrive-.*", re.IGNORECASE), "Google Drive"),
    (re.compile(r"nextcloud|owncloud", re.IGNORECASE), "Nextcloud"),
    (re.compile(r"syncthing|sync", re.IGNORECASE), "Syncthing"),
)
"""Names of folders, with what copies them."""
_BY_MARK: Final = {
    ".stfolder": "Syncthing",
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".owncloudsync.log": "Nextcloud",
    ".nextcloudsync.log": "Nextcloud",
    ".sync": "Resilio Sync",
}
"""What such programs leave in the folder that they copy."""
_FAR: Final = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "afs",
        "9p",
        "fuse.sshfs",
        "fuse.rclone",
        "fuse.s3fs",
        "davfs",
        "ceph",
    }
)
"""Kinds of disks that are on another computer: a lock may not hold there."""
_MOUNTS: Final = Path("/proc/self/mounts")


def surroundings(paths: Paths) -> Surroundings:
    """Looks around. Never fails: what cannot be seen is left away."""
    journal = paths.journal
    beside = _names(paths.data)
    return Surroundings(
        folder_mode=_mode(paths.data),
        file_mode=_mode(journal),
        link=journal.is_symlink(),
        open_to_others=tuple(map(str, open_to_others(paths))),
        sync=sync_of(journal),
        far_disk=_far_disk(journal),
        lock=_lock(journal),
        cache=_cache(paths.cache),
        copies=tuple(copy.name for copy in copies_to_look_at(journal, paths.cache)),
        backups=tuple(name for name in beside if name.startswith(f"{journal.stem}.before-")),
    )


def sync_of(journal: Path) -> str | None:
    """The program that copies the journal's folder to other computers, by the names and marks of such folders."""
    for folder in (*journal.parents, *_resolved(journal).parents):
        for pattern, name in _BY_NAME:
            if pattern.fullmatch(folder.name):
                return name
        for mark, name in _BY_MARK.items():
            if os.path.lexists(folder / mark):
                return name
    return None


def broken_caches(folder: Path) -> tuple[Path, ...]:
    """Files of the cache that are not what was written."""
    return tuple(file for file in _libraries(folder) if not whole(file))


def forget(caches: Iterable[Path]) -> None:
    """Takes caches away; the next command that needs one makes it anew."""
    for file in caches:
        file.unlink(missing_ok=True)


def _cache(folder: Path) -> str:
    if not _libraries(folder):
        return "none"
    return "broken" if broken_caches(folder) else "whole"


def _libraries(folder: Path) -> list[Path]:
    return [folder / name for name in _names(folder) if name.endswith(".json") and "-" in name]


def _names(folder: Path) -> list[str]:
    try:
        return sorted(entry.name for entry in folder.iterdir())
    except OSError:
        return []


def _mode(place: Path) -> str:
    try:
        return "" if sys.platform == "win32" else f"{stat.S_IMODE(place.stat().st_mode):04o}"
    except OSError:
        return ""


def _resolved(place: Path) -> Path:
    try:
        return place.resolve()
    except (OSError, RuntimeError):  # RuntimeError: a link to itself, before Python 3.13
        return place


def _far_disk(journal: Path) -> str | None:
    """By the longest mount point above it; Linux alone tells."""
    try:
        mounts = [line.split() for line in _MOUNTS.read_text(errors="replace").splitlines()]
    except OSError:
        return None
    place = _resolved(journal)
    above = [
        (len(words[1]), words[2])
        for words in mounts
        if len(words) > 2 and place.is_relative_to(_plain(words[1]))
    ]
    kind = max(above, default=(0, ""))[1]
    return kind if kind in _FAR else None


def _plain(mount: str) -> str:
    """Blanks stand as ``\\040`` there."""
    return re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), mount)


def _lock(journal: Path) -> str:
    """Whether somebody writes at this moment. Asks without waiting."""
    try:
        return "free" if files.is_free(journal) else "held"
    except OSError:
        return "unknown"
