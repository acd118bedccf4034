"""What a copy of the journal holds that the journal does not."""

from pathlib import Path

from backmove.core.bringing import Source, bring
from backmove.core.brought import Brought, of_strand
from backmove.core.incoming import File, format_of, refuse_table, strand_from
from backmove.core.strand import Strand
from backmove.errors import BackmoveError
from backmove.store import files
from backmove.store.incoming_file import read_ordinary


def news_in(copy: Path, journal: Path, ours: Strand, tell: files.Tell) -> Brought | str:
    """What the copy would bring into ``ours``; in words why it cannot be taken in. Writes nothing."""
    try:
        file = read_ordinary(str(copy), journal, tell)
        theirs = _records(file)
        source = Source(file.name, "journal")
        what = bring(ours, theirs, source, stamp=_nobody, group="", same_person=True)
    except BackmoveError as problem:
        return problem.message
    return of_strand(source, theirs, what)


def _records(file: File) -> Strand:
    return strand_from(file, refuse_table(format_of(file, None)), lambda lines: None)


def _nobody(day_ends: str) -> dict[str, object]:
    """The stamp of records that are never written."""
    return {"v": 1, "id": "", "at": "1970-01-01T00:00:00+00:00", "day": "1970-01-01"}
