"""What a file from outside is, and the records in it. Nothing of a file is taken when a part of it cannot be.

Our own are the JSON export (one document: ``{"backmove_journal": 1, "records": [...]}``), a journal (one record a
line), and a table. Everything else is refused by its name, as far as it can be told.
"""

import re
from collections.abc import Sequence
from typing import Final, Literal

import msgspec
from msgspec import Struct

from backmove.core.carrying import bare
from backmove.core.lines import BOM, UTF16, BadLine, LineError, read_line
from backmove.core.strand import STEP, Progress, Slices, Strand, strand_of
from backmove.errors import DataProblem, UsageProblem

EXPORT_VERSION: Final = 1
SHOWN: Final = 20
"""Faults that are told one by one; of the rest the number."""

Format = Literal["json", "journal", "csv"]
FORMATS: Final = ("json", "journal", "csv")

_EXPORT: Final = re.compile(rb'\s*\{\s*"backmove_journal"\s*:')
_RECORD: Final = re.compile(rb'\s*\{(?=[^\n]*"kind"\s*:)(?=[^\n]*"v"\s*:)(?=[^\n]*"id"\s*:)')
_FOREIGN: Final = (
    (rb"age-encryption\.org/|-----BEGIN AGE ENCRYPTED FILE", "an encrypted file; decrypt it first:  age -d"),
    (rb"PK\x03\x04", "a ZIP file (a spreadsheet is one, too); save it as CSV, or unpack it first"),
    (rb"\x1f\x8b", "a compressed file; unpack it first"),
    (rb"%PDF", "a PDF"),
    (rb"SQLite format 3", "a database"),
    (rb'(?i)\s*<!doctype html|\s*<html', "a web page; a report cannot be taken in, an export can"),
    (rb"\s*<", "an XML file"),
    (rb'\s*\{[^{}]{0,400}"resourceType"', "a FHIR bundle. It is made for others and has not all of the diary"),
    (rb'\s*\{\s*"backmove"\s*:', "an answer for scripts (--json), not an export"),
    (rb'\s*\{[^\[]{0,4000}"entries"\s*:', "a diary of jrnl or of a program like it"),
    (rb'\s*\[\s*\[\s*\d+', "a file of Watson"),
    (rb'\s*\[\s*\{[^}]{0,400}"start"', "a list of times, as timew makes it"),
    (rb"\s*[\[{]", "JSON, but not of backmove"),
)  # fmt: skip


class File(Struct):
    """A file from outside: its name without folders, and all its bytes."""

    name: str
    data: bytes

    def taken(self) -> bytes:
        """The bytes, once: after this only who took them holds them."""
        data, self.data = self.data, b""
        return data


def format_of(file: File, said: str | None) -> Format:
    """What the file is, or what it is said to be. Raises UsageProblem that names what it looks like otherwise."""
    data = file.data.removeprefix(BOM)
    if not data.strip():
        raise _foreign(file, "it is empty", code="empty")
    if data.startswith(UTF16):
        raise _foreign(file, "it is UTF-16 text; save it as UTF-8")
    if said == "csv":
        return "csv"
    start = data[:65536]
    if said == "json" or _EXPORT.match(start):
        return "json"
    if said == "journal" or _RECORD.match(start):
        return "journal"
    for pattern, what in _FOREIGN:
        if re.match(pattern, start):
            raise _foreign(file, f"it looks like {what}")
    if b"\0" in start:
        raise _foreign(file, "it is no text")
    if file.name.lower().endswith((".csv", ".tsv")) or _is_our_table(start):
        return "csv"
    raise _foreign(file, "it is neither an export nor a journal of backmove; for a table say --format csv")


def _is_our_table(start: bytes) -> bool:
    return re.match(rb"kind[,;]id[,;]at[,;]day[,;]", start) is not None


def _foreign(file: File, what: str, *, code: str = "foreign") -> DataProblem:
    return DataProblem(
        f"{file.name} cannot be taken in: {what}. Nothing was changed.",
        hint="What can be:  backmove import --help",
        code=code,
    )


def strand_from(file: File, format_: Format, progress: Progress) -> Strand:
    """The records of an export or a journal. Raises DataProblem with every line that is none (20 of them in words);
    code ``newer-version`` when only a newer backmove can read it."""
    strand = strand_of(file.taken(), progress=progress) if format_ == "journal" else _export(file, progress)
    refuse_bad(file, strand.bad)
    return strand


def refuse_bad(file: File, bad: Sequence[BadLine]) -> None:
    """Raises DataProblem when there is a bad line."""
    newer = next((line for line in bad if line.newer), None)
    if newer is not None:
        raise _newer(file, f"line {newer.number}: {newer.what}")
    if bad:
        shown = "".join(f"\n  line {line.number}: {line.what}" for line in bad[:SHOWN])
        rest = f"\n  and {len(bad) - SHOWN:,} more" if len(bad) > SHOWN else ""
        lines = "1 line that is" if len(bad) == 1 else f"{len(bad):,} lines that are"
        raise DataProblem(
            f"{file.name} has {lines} no record. Nothing was changed.{shown}{rest}",
            hint="Mend the file, or make the export anew.",
            code="bad-line",
        )


def _newer(file: File, what: str) -> DataProblem:
    return DataProblem(
        f"{file.name} was written by a newer backmove: {what}. Nothing was changed.",
        hint="Bring backmove up to date, then give the command again.",
        code="newer-version",
    )


# --- the JSON export ----------------------------------------------------------------------------------------


class _Head(msgspec.Struct):
    backmove_journal: int


class _Export(msgspec.Struct):
    backmove_journal: int
    records: list[msgspec.Raw]


def _export(file: File, progress: Progress) -> Strand:
    data = file.taken().removeprefix(BOM)
    by_line = _by_line(data, progress)
    if by_line is not None:
        return by_line
    try:
        head = msgspec.json.decode(data, type=_Head)
        if head.backmove_journal > EXPORT_VERSION:
            raise _newer(file, f"its format is {head.backmove_journal}; this backmove knows {EXPORT_VERSION}")
        records = msgspec.json.decode(data, type=_Export).records
    except msgspec.ValidationError as wrong:
        raise _not_whole(file, str(wrong)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as wrong:
        raise _not_whole(file, _with_line(data, str(wrong))) from None
    return _strand(records, _first_line(data), progress)


def _by_line(data: bytes, progress: Progress) -> Strand | None:
    """The records of an export that is laid out as ours are, with the parts of ``data`` as their bytes; else None."""
    head, foot = _HEAD.match(data), _FOOT.search(data, max(0, len(data) - 64))
    if head is None or foot is None:
        return None
    slices = Slices(data)
    strand = Strand(slices)
    start = head.end()
    while start < foot.start():
        end = data.find(b"\n", start, foot.start())
        end = foot.start() if end < 0 else end
        last = end == foot.start()
        line = data[start : end if last else end - 1]
        try:
            record = read_line(line)
        except LineError:
            return None
        if record is None or not (last or data[end - 1 : end] == b",") or line != bare(line):
            return None
        slices.add(start, start + len(line))
        strand.add(record)
        if len(slices) % STEP == 0:
            progress(len(slices))
        start = end + 1
    return strand


_HEAD: Final = re.compile(rb'\{"backmove_journal": 1, "records": \[\n')
_FOOT: Final = re.compile(rb"\n\]\}\n?\Z")


def _strand(records: Sequence[msgspec.Raw], first_line: int | None, progress: Progress) -> Strand:
    raws: list[bytes] = []
    strand = Strand(raws)
    for number, record in enumerate(records):
        raw = _one_line(bytes(record))
        place = number + 1 if first_line is None else number + first_line
        try:
            found = read_line(raw)
        except LineError as problem:
            strand.bad.append(BadLine(place, problem.what, newer=problem.newer is not None))
            continue
        assert found is not None, "a JSON value is never an empty line"
        raws.append(raw)
        strand.add(found)
        if (number + 1) % STEP == 0:
            progress(number + 1)
    return strand


def _one_line(raw: bytes) -> bytes:
    """A record that a formatter has spread over several lines, on one."""
    return raw if b"\n" not in raw and b"\r" not in raw else bytes(msgspec.json.format(raw, indent=-1))


def _first_line(data: bytes) -> int | None:
    """The number of the line with the first record, where each has a line of its own."""
    return 2 if re.match(rb'\{"backmove_journal": ?\d+, ?"records": ?\[\r?\n', data) else None


def _with_line(data: bytes, what: str) -> str:
    found = re.search(r"\(byte (\d+)\)", what)
    if found is None:
        return f"{what[:1].lower()}{what[1:]}"
    line = data.count(b"\n", 0, int(found[1])) + 1
    return f"line {line}: {what.removeprefix('JSON is malformed: ').replace(found[0], '').strip()}"


def _not_whole(file: File, what: str) -> DataProblem:
    return DataProblem(
        f"{file.name} is not a whole export: {what}. Nothing was changed.",
        hint="Make the export anew:  backmove export --out FILE",
        code="bad-line",
    )


def refuse_format(format_: str | None) -> None:
    """Raises UsageProblem for a format that is none."""
    if format_ is not None and format_ not in FORMATS:
        raise UsageProblem(f"--format: {format_!r} is not known. Allowed: {', '.join(FORMATS)}.")


def refuse_table(format_: Format) -> Literal["json", "journal"]:
    """Raises UsageProblem for a table, which is no journal."""
    if format_ == "csv":
        raise UsageProblem("a table is no journal.", hint="Take it in:  backmove import FILE")
    return format_
