"""A journal held small: its bytes as they came, and of each line only what merging has to look at.

A million records as structs are many times their file; here a line costs its bytes and about two hundred more.
Only records that can change what others mean are kept whole (``WEIGHTY``).
"""

from array import array
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, overload

from msgspec import Struct, field

from backmove.core.carrying import bare, left_behind
from backmove.core.lines import BadLine, LineError, ReadLine, is_torn, read_line
from backmove.core.record import FIXED, AnyRecord, Record, kind_of
from backmove.core.replay import without_repeats

WEIGHTY: Final = FIXED | {"profile", "amend", "retract", "import"}
"""Kinds that are kept as records: what locks, and what changes or takes back other entries."""

STEP: Final = 100_000
"""Lines between two words of progress."""

Progress = Callable[[int], None]
_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - reckoned without offsets, so that the year 1 is no fault
_MICROSECOND: Final = timedelta(microseconds=1)


def instant(record: Record) -> int:
    """When a record was written, in microseconds since 1970 in UTC."""
    said = datetime.fromisoformat(record.written or record.at)
    return (said.replace(tzinfo=None) - _EPOCH - (said.utcoffset() or timedelta())) // _MICROSECOND


class Slices(Sequence[bytes]):
    """Parts of one run of bytes, cut out when they are asked for."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._starts = array("Q")
        self._ends = array("Q")

    def add(self, start: int, end: int) -> None:
        """The bytes from ``start`` up to ``end`` are the next part."""
        self._starts.append(start)
        self._ends.append(end)

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, place: int) -> bytes: ...

    @overload
    def __getitem__(self, place: slice) -> list[bytes]: ...

    def __getitem__(self, place: int | slice) -> bytes | list[bytes]:
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(len(self)))]
        return self.data[self._starts[place] : self._ends[place]]


class Strand(Struct):
    """The records of one file in its order: at each place an id, the moment it was written (``instant``), its kind,
    and its bare bytes. ``weighty``: the records of those kinds, by place.

    ``bad``: lines that are no records; ``torn``: bytes of a tail that never was one. ``skip``: ids that merging passes
    over.
    """

    raws: Sequence[bytes]
    ids: list[str] = field(default_factory=list)
    instants: "array[int]" = field(default_factory=lambda: array("q"))
    kinds: list[str] = field(default_factory=list)
    weighty: dict[int, AnyRecord] = field(default_factory=dict)
    bad: list[BadLine] = field(default_factory=list)
    torn: int = 0
    skip: frozenset[str] = frozenset()

    def __len__(self) -> int:
        """How many records there are to merge."""
        return len(self.ids) - len(self.skip)

    def add(self, record: AnyRecord) -> None:
        """The record whose bytes are the next part."""
        kind = kind_of(record)
        if kind in WEIGHTY:
            self.weighty[len(self.ids)] = record
        self.ids.append(record.id)
        self.instants.append(instant(record))
        self.kinds.append(_NAMES.setdefault(kind, kind))

    def record(self, place: int, read: ReadLine = read_line) -> AnyRecord:
        """The record at a place, read again where it was not kept."""
        kept = self.weighty.get(place)
        found = kept if kept is not None else read(self.raws[place])
        assert found is not None, "an empty line has no place"
        return found

    def light(self) -> list[AnyRecord]:
        """What decides over the rest, small enough to fold: the weighty records and whatever they correct."""
        named = _targets(self.weighty)
        places = {place for place, one in enumerate(self.ids) if one in named} if named else set()
        return [self.record(place) for place in sorted(places | self.weighty.keys())]

    def standing_notes(self) -> frozenset[str]:
        """Ids of imports that still stand: they are not carried (``core/carrying.py``)."""
        return left_behind(without_repeats(self.weighty.values()))


_NAMES: Final[dict[str, str]] = {}
"""One object for each name of a kind, however many records have it."""


def _targets(weighty: Mapping[int, AnyRecord]) -> Collection[str]:
    return {
        target for r in weighty.values() if (target := getattr(r, "target", None)) and kind_of(r) == "amend"
    }


def strand_of(data: bytes, read: ReadLine = read_line, progress: Progress = lambda lines: None) -> Strand:
    """The lines of a journal. What cannot be read is in ``bad``, with its number counted from 1."""
    slices = Slices(data)
    strand = Strand(slices)
    for number, (start, end) in enumerate(_line_places(data), 1):
        line = data[start:end]
        try:
            record = read(line)
        except LineError as problem:
            if end == len(data) and is_torn(line):
                strand.torn = len(line)
            else:
                strand.bad.append(BadLine(number, problem.what, newer=problem.newer is not None))
            continue
        if record is not None:
            naked = bare(line)
            at = start + line.index(naked)
            slices.add(at, at + len(naked))
            strand.add(record)
        if number % STEP == 0:
            progress(number)
    return strand


def _line_places(data: bytes) -> Iterator[tuple[int, int]]:
    start = 0
    while (end := data.find(b"\n", start)) >= 0:
        yield start, end
        start = end + 1
    if start < len(data):
        yield start, len(data)
