"""A table (CSV) into pain entries and walks: every value is understood, or the file is refused as a whole.

One row may hold a pain score, minutes walked, or both. Columns are found by their names or by a mapping. A cell that is
empty was not said; a row that says neither pain nor minutes is passed over and counted. Ids come from the content, and
from how often it stood before, so that the same table twice adds nothing.
"""

import csv
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from msgspec import Struct, field

from backmove.core.cells import unguarded
from backmove.core.incoming import SHOWN, File
from backmove.core.lines import BOM, write_line
from backmove.core.naming import name_for
from backmove.core.record import KINDS, VERSION, AnyRecord, Pain, Walk, kind_of
from backmove.core.strand import STEP, Progress
from backmove.core.table_values import FIELDS, MAIN, NOTHING, VALUES, Clock, Moment
from backmove.core.typed import choice, guess
from backmove.errors import DataProblem, UsageProblem

COLUMNS: Final = ("day", "time", "at", "score", "minutes", "morning", "leg", "limb", "sleep", "note", "kind")
"""What a column can be mapped to."""
_OURS: Final = ("kind", "id", "at", "day")
"""How a table begins that ``backmove export`` made."""

_ID: Final = re.compile(r"[0-9a-z]{12,36}")


class Here(Struct, frozen=True):
    """What the journal holds of entries that a table may bring again. ``known``: every id; ``stands``: entries by id;
    ``gone``: ids that went when an import was taken back."""

    known: Collection[str]
    stands: Mapping[str, AnyRecord]
    gone: Collection[str]


class Asked(Struct, frozen=True):
    """How to read the table. ``columns``: our name to theirs; ``dates``: such as ``DD.MM.YYYY``, None for ISO dates."""

    columns: Mapping[str, str]
    dates: str | None
    now: datetime
    day_ends: str


class Table(Struct):
    """What a table brings. ``lines`` are those of the new records, with their ``ids``; ``same`` are here already,
    ``differ`` are here with other values (row, id) and stay as they are here. ``deleted``: they were here and were
    taken back. ``silent``: rows without pain or minutes; ``others`` counts kinds that a table cannot bring; ``unused``:
    columns.
    """

    lines: list[bytes] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    same: int = 0
    differ: list[tuple[int, str]] = field(default_factory=list)
    deleted: int = 0
    silent: int = 0
    others: Counter[str] = field(default_factory=Counter)
    unused: tuple[str, ...] = ()


class _Fault(NamedTuple):
    line: int
    what: str


def mapping(words: Sequence[str]) -> dict[str, str]:
    """``day=Date`` and so on. Raises UsageProblem."""
    found: dict[str, str] = {}
    for word in words:
        name, equals, theirs = word.partition("=")
        if not equals or not theirs:
            raise UsageProblem(f"--map: {word!r} is not NAME=COLUMN, such as day=Date.")
        choice("--map", name.strip(), COLUMNS)
        if name.strip() in found:
            raise UsageProblem(f"--map: {name.strip()} stands twice.")
        found[name.strip()] = theirs.strip()
    return found


def only_for_tables(columns: Sequence[str], dates: str | None) -> None:
    """Raises UsageProblem for options that fit a table alone."""
    for option, given in (("--map", columns), ("--dates", dates)):
        if given:
            raise UsageProblem(f"{option} is for tables (--format csv); this file is none.")


def read_table(file: File, asked: Asked, here: Here, progress: Progress) -> Table:
    """What the table brings. Raises DataProblem with every value that is not understood (20 of them in words),
    UsageProblem when a column is missing."""
    rows = _Rows(file)
    places = _places(rows.header, asked.columns)
    reader = _Reader(rows.header, places, asked, here, ours=tuple(rows.header[: len(_OURS)]) == _OURS)
    for number, cells in rows:
        reader.read(number, cells)
        if number % STEP == 0:
            progress(number)
    if reader.faults:
        raise _refusal(file, reader.faults)
    return reader.table


class _Rows:
    """The rows of the file, each with the number of its first line."""

    def __init__(self, file: File) -> None:
        self._file = file
        first = file.data.removeprefix(BOM).split(b"\n", 1)[0]
        delimiter = max((",", ";", "\t"), key=lambda sign: first.count(sign.encode()))
        self._rows = csv.reader(self._lines(), delimiter=delimiter, strict=True)
        self.header = [name.strip() for name in next(iter(self), (1, []))[1]]

    def _lines(self) -> Iterator[str]:
        data, number = self._file.data, 0
        start = len(BOM) if data.startswith(BOM) else 0
        while start < len(data):
            number += 1
            end = data.find(b"\n", start) + 1 or len(data)
            try:
                yield data[start:end].decode()
            except UnicodeDecodeError:
                raise _refusal(self._file, [_Fault(number, "it is not UTF-8 text")]) from None
            start = end

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        while True:
            number = self._rows.line_num + 1
            try:
                cells = next(self._rows)
            except StopIteration:
                return
            except csv.Error as wrong:
                raise _refusal(self._file, [_Fault(number, str(wrong))]) from None
            if any(cell.strip() for cell in cells):
                yield number, cells


def _places(header: Sequence[str], columns: Mapping[str, str]) -> dict[str, int]:
    """Where each of our columns stands. Raises UsageProblem."""
    places: dict[str, int] = {}
    folded = [name.casefold() for name in header]
    for name in ("id", "before_session", *COLUMNS):
        theirs = columns.get(name, name)
        found = [n for n, one in enumerate(header) if one == theirs]
        found = found or [n for n, one in enumerate(folded) if one == theirs.casefold()]
        if len(found) > 1:
            raise UsageProblem(f"the table has two columns {theirs!r}; which is meant?")
        if found:
            places[name] = found[0]
        elif name in columns:
            there = ", ".join(map(repr, header))
            raise UsageProblem(f"the table has no column {theirs!r}.{guess(theirs, folded)} It has: {there}.")
    missing = [
        words
        for words, names in (("day or at", ("day", "at")), ("score or minutes", ("score", "minutes")))
        if not any(name in places for name in names)
    ]
    if missing:
        raise UsageProblem(
            f"the table has no column for {' and none for '.join(missing)}. It has: {', '.join(map(repr, header))}.",
            hint="Say which is which, such as:  --map day=Date --map score=Pain",
        )
    return places


class _Reader:
    """Reads rows one after the other into a ``Table``, and collects what cannot be understood."""

    def __init__(
        self, header: Sequence[str], places: Mapping[str, int], asked: Asked, here: Here, *, ours: bool
    ) -> None:
        used = set(places.values())
        self.table = Table(
            unused=() if ours else tuple(n for i, n in enumerate(header) if n and i not in used)
        )
        self.faults: list[_Fault] = []
        self._header = header
        self._places = places
        self._asked = asked
        self._here = here
        self._ours = ours
        self._seen: Counter[str] = Counter()
        self._taken: set[str] = set()
        self._clock = Clock(asked.dates, asked.now, asked.day_ends)

    def read(self, line: int, cells: Sequence[str]) -> None:
        if any(cell.strip() for cell in cells[len(self._header) :]):
            self.faults.append(
                _Fault(line, f"it has {len(cells)} cells, the first line has {len(self._header)}")
            )
            return
        before = len(self.faults)
        row = {name: self._cell(cells, place) for name, place in self._places.items()}
        kind = self._kind(line, row)
        if kind is None or len(self.faults) > before:
            return
        values = {name: self._value(line, name, row.get(name, "")) for name in VALUES}
        moment = self._moment(line, row)
        if moment is None or len(self.faults) > before:
            return
        said = [one for one in ("pain", "walk") if kind in ("", one) and values[MAIN[one]] is not None]
        if not said:
            self.table.silent += 1
        for one in said:
            mine = {
                n: v for n, v in values.items() if n in FIELDS[one] and (one == said[0] or n == MAIN[one])
            }
            self._take(line, one, row, moment, mine)

    def _cell(self, cells: Sequence[str], place: int) -> str:
        return unguarded(cells[place].strip()) if place < len(cells) else ""

    def _fault(self, line: int, name: str, what: str) -> None:
        column = self._header[self._places[name]]
        self.faults.append(_Fault(line, f"column {column!r}: {what}"))

    def _kind(self, line: int, row: Mapping[str, str]) -> str | None:
        """Pain, walk, or the empty word for what the cells say; None for a kind that a table cannot bring."""
        word = row.get("kind", "").lower()
        if word in ("", "pain", "walk"):
            return word
        if word in KINDS:
            self.table.others[word] += 1
            return None
        self._fault(
            line, "kind", f"{word!r} is not known.{guess(word, ('pain', 'walk'))} Allowed: pain, walk"
        )
        return None

    def _value(self, line: int, name: str, cell: str) -> Any:
        if not cell:
            return None
        try:
            return VALUES[name](cell)
        except UsageProblem as wrong:
            self._fault(line, name, wrong.message.removeprefix(f"{name}: ").removeprefix(": ").rstrip("."))
            return None

    def _moment(self, line: int, row: Mapping[str, str]) -> Moment | None:
        name = "at" if row.get("at") else "day"
        if not row.get(name):
            self._fault(line, name if name in self._places else "at", "the day is missing")
            return None
        try:
            return self._clock.moment(
                row[name], row.get("time", ""), row.get("day", "") if self._ours else ""
            )
        except UsageProblem as wrong:
            self._fault(line, name, wrong.message.rstrip("."))
            return None

    # --- who is who -------------------------------------------------------------------------------------

    def _take(
        self,
        line: int,
        kind: str,
        row: Mapping[str, str],
        moment: tuple[str, str, str],
        values: dict[str, Any],
    ) -> None:
        at, day, said = moment
        written = self._asked.now.isoformat(timespec="seconds")
        own = {name: value for name, value in values.items() if value is not None}
        name = self._name(line, kind, row.get("id", "") if self._ours else "", said, own)
        if name is None:
            return
        stamp: dict[str, Any] = {"v": VERSION, "id": name, "at": at, "day": day, "written": written}
        record = Pain(**stamp, **own) if kind == "pain" else Walk(**stamp, **own)
        if name in self._taken:
            self._fault(line, "id", f"{name} stands twice")
            return
        self._taken.add(name)
        self.table.lines.append(write_line(record))
        self.table.ids.append(name)
        self.table.kinds[kind] += 1

    def _name(self, line: int, kind: str, given: str, said: str, own: Mapping[str, Any]) -> str | None:
        """The id of a new record; None when the entry is here already, or was and is taken back."""
        if given and not _ID.fullmatch(given):
            self._fault(line, "id", f"{given!r} is no id")
            return None
        words = [kind, given, said, *(f"{name}={own[name]}" for name in sorted(own))]
        key = "\x1f".join(words)
        self._seen[key] += 0 if given else 1
        for turn in range(len(self._here.known) + 2):
            name = given if given and not turn else name_for(f"{key}\x1f{self._seen[key]}\x1f{turn}".encode())
            if name not in self._here.known:
                return name
            if name in self._here.stands:
                self._count_known(line, name, kind, own if given else {})
                return None
            if name not in self._here.gone:
                self.table.deleted += 1
                return None
        raise AssertionError("more turns than ids")

    def _count_known(self, line: int, name: str, kind: str, own: Mapping[str, Any]) -> None:
        there = self._here.stands[name]
        names = [n for n in FIELDS[kind] if n in self._places]
        differs = own and (
            kind_of(there) != kind
            or any(own.get(n, NOTHING.get(n)) != getattr(there, n, None) for n in names)
        )
        if differs:
            self.table.differ.append((line, name))
        else:
            self.table.same += 1


def _refusal(file: File, faults: Sequence[_Fault]) -> DataProblem:
    shown = "".join(f"\n  line {fault.line}: {fault.what}" for fault in faults[:SHOWN])
    rest = f"\n  and {len(faults) - SHOWN:,} more" if len(faults) > SHOWN else ""
    count = "1 value" if len(faults) == 1 else f"{len(faults):,} values"
    return DataProblem(
        f"{file.name} has {count} that cannot be understood. Nothing was changed.{shown}{rest}",
        hint="Mend the table, then give the command again.",
        code="bad-line",
    )
