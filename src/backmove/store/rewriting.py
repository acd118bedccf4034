"""The journal written anew, once, for an import: the old bytes or the new, and a copy of the old ones beside it.

Under the lock: read, prove every line, ask what the new journal is, keep a copy, write the new file beside it, fsync,
rename, fsync of the folder, unlock. A writer that waited meanwhile sees that the file at that place is another one and
opens it again (``files``).
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from backmove.core.lines import LineError
from backmove.core.record import VERSION
from backmove.core.strand import Progress, Strand, strand_of
from backmove.store import files
from backmove.store.journal import CANNOT_WRITE, TORN, Journal, refusal

COPY: Final = "before-import"
COPIES: Final = 5
"""Copies of the journal that are kept; each holds all that the one before it held."""

Compose = Callable[[Strand], Iterable[bytes] | None]


def read_small(path: Path, tell: files.Tell, progress: Progress) -> Strand:
    """The journal held small. No file is no record. Raises as ``Journal.read`` does."""
    data = b""
    with files.explained(path, "the journal cannot be read"):
        try:
            with files.opened_to_read(path, tell) as fd:
                data = files.read_from(fd, 0)
        except FileNotFoundError:
            files.refuse_a_dangling_link(path)
    strand = _proven(path, data, progress)
    if strand.torn:
        tell(TORN)
    return strand


def rewrite(
    journal: Journal, compose: Compose, *, now: datetime, tell: files.Tell, progress: Progress
) -> Path | None:
    """Puts the lines that ``compose`` makes of the journal in its place, all or none; None from it: nothing is written.

    Returns the copy of the old bytes, None when there is none. Raises ``StorageProblem``, with the journal as it was,
    ``DataProblem`` as ``Journal.read`` does, and what ``compose`` raises.
    """
    path = journal.path
    while True:
        with files.explained(path, CANNOT_WRITE), files.opened_to_append(path, tell) as fd:
            data = files.read_from(fd, 0)
            strand = _proven(path, data, progress)
            if not strand.torn:
                chunks = compose(strand)
                if chunks is None:
                    return None
                files.sweep(path)
                kept = _kept(path, now, data) if data else None
                files.put_in_place(path, fd, chunks)
                break
        journal.seal()
    _drop_old_copies(path, kept)
    return kept


def _proven(path: Path, data: bytes, progress: Progress) -> Strand:
    strand = strand_of(data, progress=progress)
    for bad in strand.bad:
        raise refusal(path, bad.number, LineError(bad.what, newer=VERSION + 1 if bad.newer else None))
    return strand


def _kept(path: Path, now: datetime, data: bytes) -> Path:
    return files.keep_copy(path, f"{path.stem}.{COPY}-{now:%Y%m%d-%H%M%S}{path.suffix}", data)


def _drop_old_copies(path: Path, newest: Path | None) -> None:
    copies = sorted(path.parent.glob(f"{path.stem}.{COPY}-*"), reverse=True)
    for copy in [one for one in copies if one != newest][COPIES - 1 :]:
        with suppress(OSError):
            copy.unlink()
