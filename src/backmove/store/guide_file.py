"""Where a guided session stands, to the second, in a file that may be lost.

It is written every second, so nothing is synced: a process that is killed loses nothing, and after a power cut the
journal still knows every row that was over. A file that cannot be read, or is none of ours, is as if it were not there.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from backmove.core.guide_report import Kept

NAME: Final = "guide.json"
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)


def read_kept(folder: Path) -> Kept | None:
    """What the small file in the cache folder says, or None."""
    try:
        return msgspec.json.decode((folder / NAME).read_bytes(), type=Kept)
    except (OSError, msgspec.MsgspecError, ValueError):
        return None


def write_kept(folder: Path, kept: Kept) -> None:
    """Put it in the place of the former one. A folder that refuses is no error: the journal has the rows."""
    fresh = folder / f".{NAME}.new"
    with suppress(OSError):
        if not folder.is_dir():
            folder.mkdir(mode=0o700)  # and none above it: if they are gone, so is the journal
        fd = os.open(fresh, _NEW, 0o600)
        with os.fdopen(fd, "wb") as file:
            file.write(msgspec.json.encode(kept))
        fresh.replace(folder / NAME)


def forget_kept(folder: Path) -> None:
    """The session is reported: nothing is left to go on with."""
    with suppress(OSError):
        (folder / NAME).unlink()
