"""Which lines of a journal are taken along: to an export, and into another journal of the same person.

A line is carried with its own bytes, so that fields and kinds that only another version knows go along; each id once,
and the first holds, as in reading.
"""

from collections.abc import Iterable

from backmove.core.lines import BOM
from backmove.core.record import AnyRecord, Import, Retract
from backmove.core.replay import taken_back


def bare(line: bytes) -> bytes:
    """The bytes of a line without byte order mark, line end and blanks around it."""
    return line.removeprefix(BOM).strip(b" \t\r\n")


def left_behind(records: Iterable[AnyRecord]) -> frozenset[str]:
    """Ids of the notes of imports that still stand; ``records``: imports and retractions matter here, each id once.

    Such a note says nothing that the records do not say, and the next import makes its own. One that was taken back
    goes along, for without it the retraction means nothing.
    """
    events = [record for record in records if isinstance(record, Import | Retract)]
    gone = taken_back(events)
    return frozenset(r.id for r in events if isinstance(r, Import) and r.id not in gone)
