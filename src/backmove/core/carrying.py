"""Which lines of a journal are taken along: to an export, and into another journal of the same person.

A line is carried with its own bytes, so that fields and kinds that only another version knows go along.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

from backmove.core.record import AnyRecord, Import, Retract
from backmove.core.replay import taken_back

_BOM: Final = b"\xef\xbb\xbf"


class Line(NamedTuple):
    """One line of a journal: the record in it, and its bytes without what an editor may leave around them."""

    record: AnyRecord
    raw: bytes


def bare(line: bytes) -> bytes:
    """The bytes of a line without byte order mark, line end and blanks around it."""
    return line.removeprefix(_BOM).strip(b" \t\r\n")


def carried(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines to take along, in their order, each id once (the first holds, as in reading).

    A note of an import that still stands is left behind: it says nothing that the records do not say, and the
    next import makes its own. One that was taken back goes along, for without it the retraction means nothing.
    """
    unique: dict[str, Line] = {}
    for line in lines:
        unique.setdefault(line.record.id, line)
    behind = left_behind(line.record for line in unique.values())
    return tuple(line for line in unique.values() if line.record.id not in behind)


def left_behind(records: Iterable[AnyRecord]) -> frozenset[str]:
    """Ids of the notes of imports that still stand. Only imports and retractions matter here, each id once."""
    events = [record for record in records if isinstance(record, Import | Retract)]
    gone = taken_back(events)
    return frozenset(r.id for r in events if isinstance(r, Import) and r.id not in gone)
