"""What is told of an import, whatever it came from: the counts, and the lists behind them."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct, field

from backmove.core.bringing import Bringing, Source
from backmove.core.incoming_table import Table
from backmove.core.merging import Changed
from backmove.core.strand import Strand

ANSWERS: Final = ("triage", "clearance", "check")
"""Kinds that can lock."""


class Brought(Struct, frozen=True):
    """The whole answer. ``added``: ids, with their ``kinds``; ``same``: how many were here already; ``changed``: ids
    that stood for two contents, both of which are kept; ``differ``: rows of a table (line, id) that are here with
    other values; ``refused`` counts kinds that a table cannot bring.

    ``loses``: entries of ours that corrections in the file take back; ``again``: how many came back with an earlier
    import; ``still_gone``: how many were taken back here and stay so; ``silent``: rows that say nothing; ``unused``:
    columns; ``precautions``: those that were said on one side only; ``torn``: bytes of a last line that was cut short.
    """

    source: Source
    held: int
    added: tuple[str, ...] = ()
    kinds: Mapping[str, int] = field(default_factory=dict)
    same: int = 0
    changed: tuple[Changed, ...] = ()
    differ: tuple[tuple[int, str], ...] = ()
    refused: Mapping[str, int] = field(default_factory=dict)
    loses: tuple[str, ...] = ()
    again: int = 0
    still_gone: int = 0
    silent: int = 0
    unused: tuple[str, ...] = ()
    precautions: tuple[str, ...] = ()
    torn: int = 0

    @property
    def anything(self) -> bool:
        """Whether the journal is another one by it."""
        return bool(self.added or self.again)


def of_strand(source: Source, strand: Strand, what: Bringing) -> Brought:
    """What is told of an export or a journal."""
    return Brought(
        source=source,
        held=len(strand),
        added=what.added,
        kinds=what.kinds,
        same=what.same,
        changed=what.changed,
        loses=what.loses,
        again=sum(len(note.brought) for note in what.again),
        still_gone=what.still_gone,
        precautions=what.precautions,
        torn=strand.torn,
    )


def of_table(source: Source, table: Table) -> Brought:
    """What is told of a table."""
    held = len(table.ids) + table.same + len(table.differ) + table.deleted + sum(table.others.values())
    return Brought(
        source=source,
        held=held,
        added=tuple(table.ids),
        kinds=table.kinds,
        same=table.same,
        differ=tuple(table.differ),
        refused=table.others,
        still_gone=table.deleted,
        silent=table.silent,
        unused=table.unused,
    )
