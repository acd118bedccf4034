"""The journal's text: one line is one record. Bytes in, records out, and in words what is wrong.

- A line is compact JSON in UTF-8. A byte order mark, DOS line ends and empty lines are harmless: the records
  can be read exactly, so an editor that leaves them locks nobody out.
- ``v`` decides before anything else. A line that is valid for our own version has passed that look already,
  so the quick way may come first; every other line goes the slow way, where ``v`` is looked at first.
- The tail is what follows the last newline. A write that was broken off leaves the start of an object there.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import msgspec

from backmove.core.record import KINDS, UPGRADES, VERSION, AnyRecord, Day, Known, Unknown, kind_of

ReadLine = Callable[[bytes], AnyRecord | None]

_BOM: Final = b"\xef\xbb\xbf"
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_NOT_JSON: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class _Version(msgspec.Struct, frozen=True):
    """The one thing to know of a line before anything else."""

    v: int


_known: Final = msgspec.json.Decoder(Known)
_version: Final = msgspec.json.Decoder(_Version)


class _Header(msgspec.Struct, frozen=True):
    """What a record of an unknown kind must still have."""

    v: int
    id: str
    at: str
    day: Day
    kind: str
    group: str | None = None
    written: str | None = None


class LineError(ValueError):
    """A line is no record. ``newer`` is its version when a newer backmove wrote it, else None."""

    def __init__(self, what: str, newer: int | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.newer = newer


def read_line(
    line: bytes,
    version: int = VERSION,
    upgrades: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = UPGRADES,
) -> AnyRecord | None:
    """The record of one line, None for an empty one. Raises ``LineError``."""
    found: AnyRecord | None
    try:
        found = _known.decode(line)
        if not line.isascii():
            line.decode()  # msgspec does not look at the text of fields it does not know
        at_once = found.v == version
    except _NOT_JSON:
        at_once = False
    if not at_once:
        found = _slowly(line, version, upgrades)
    if found is not None:
        _prove_times(found)
    return found


def write_line(record: AnyRecord) -> bytes:
    """The line of one record, newline included, after proof that it can be read again.

    Raises ``UnicodeEncodeError`` for text that is no text, ``LineError`` for a record against its own rules.
    """
    line = msgspec.json.encode(record.raw if isinstance(record, Unknown) else record)
    read_line(line)
    return line + b"\n"


def is_torn(tail: bytes) -> bool:
    """Whether an unreadable tail is the rest of a broken write, and so never was a record.

    A broken write leaves less than a whole object. A tail that begins with a whole one, or is UTF-16, is an
    edit that went wrong (line ends lost, a value out of range): records may be in it, so it is left alone.
    """
    if tail.startswith(_UTF16):
        return False
    text = tail.removeprefix(_BOM).decode("utf-8", "replace").lstrip()
    try:
        return not isinstance(json.JSONDecoder().raw_decode(text)[0], dict)
    except (ValueError, RecursionError):
        return True


# --- the slow way ------------------------------------------------------------------------------------------


def _slowly(
    line: bytes, version: int, upgrades: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]]
) -> AnyRecord | None:
    line = line.removeprefix(_BOM)
    if not line.strip(b" \t\r"):
        return None
    raw = _object_of(line)
    found = raw.get("v")
    if not isinstance(found, int) or isinstance(found, bool):
        raise LineError("v: the version is missing or is not a whole number")
    if found > version:
        raise LineError(f"it is of version {found}; this backmove knows {version}", newer=found)
    try:
        for step in range(found, version):
            raw = upgrades[step](raw) | {"v": step + 1}
        if raw.get("kind") in KINDS:
            known: AnyRecord = msgspec.convert(raw, Known)
            return known
        head = msgspec.convert(raw, _Header)
    except msgspec.ValidationError as wrong:
        raise LineError(_in_words(wrong)) from None
    except (LookupError, TypeError, ValueError):
        raise LineError(f"it says version {found} and is not a record of that version") from None
    return Unknown(
        v=head.v, id=head.id, at=head.at, day=head.day, group=head.group, written=head.written, raw=raw
    )


def _object_of(line: bytes) -> dict[str, Any]:
    if line.startswith(_UTF16):
        raise LineError("the file is UTF-16 text; save it as UTF-8")
    if b"\0" in line:
        raise LineError("it holds zero bytes, as after a power cut or on a failing disk")
    try:
        line.decode()
        raw = msgspec.json.decode(line)
    except UnicodeDecodeError as wrong:
        raise LineError(f"byte {wrong.start + 1} is not UTF-8 text") from None
    except _NOT_JSON as wrong:
        why = re.sub(r"\(byte (\d+)\)", lambda at: f"(byte {int(at[1]) + 1})", str(wrong))
        raise LineError(f"it is not whole JSON: {why.removeprefix('JSON is malformed: ')}") from None
    if not isinstance(raw, dict):
        raise LineError("it is not a record in {curly brackets}")
    return raw


def _in_words(wrong: msgspec.ValidationError) -> str:
    shown = "".join(letter if letter.isprintable() else "�" for letter in str(wrong))
    what, _, where = shown.partition(" - at `$.")
    return f"{where.rstrip('`')}: {what}" if where else what


def _prove_times(found: AnyRecord) -> None:
    """Dates that no calendar has would be a fault much later, far from their line."""
    try:
        date.fromisoformat(found.day)
    except ValueError:
        raise LineError(f"day: no calendar has {found.day!r}") from None
    for name, moment in (("at", found.at), ("written", found.written)):
        if moment is None:
            continue
        try:
            zone = datetime.fromisoformat(moment).tzinfo
        except ValueError:
            raise LineError(f"{name}: {moment!r} is not a date and time") from None
        if zone is None:
            raise LineError(f"{name}: {moment!r} has no offset from UTC")


# --- the examination ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be read; ``number`` counts from 1. ``newer``: only a newer backmove can read it."""

    number: int
    what: str
    newer: bool = False


@dataclass(frozen=True, slots=True)
class Examination:
    """What is in the journal and what is wrong with it; its field names are the keys of ``doctor --json``.

    ``kinds`` and ``versions`` count records; ``duplicate_ids`` has the lines of each id that stands more than
    once; ``torn_bytes`` is the size of a tail that never was a record; ``set_aside`` names their files.
    """

    path: str
    exists: bool
    size: int
    lines: int
    records: int
    kinds: Mapping[str, int]
    versions: Mapping[int, int]
    bad_lines: tuple[BadLine, ...]
    duplicate_ids: Mapping[str, tuple[int, ...]]
    torn_bytes: int
    set_aside: tuple[str, ...]

    @property
    def intact(self) -> bool:
        """Every line is a record, each id stands once, and nothing was broken off."""
        return not (self.bad_lines or self.duplicate_ids or self.torn_bytes)


def examine(
    data: bytes, *, path: str, exists: bool, set_aside: tuple[str, ...], read: ReadLine = read_line
) -> Examination:
    """Looks at every line, also behind a bad one."""
    *lines, tail = data.split(b"\n")
    kinds: Counter[str] = Counter()
    versions: Counter[int] = Counter()
    places: dict[str, list[int]] = {}
    bad: list[BadLine] = []
    torn = 0
    for number, line in enumerate([*lines, tail], 1):
        try:
            found = read(line)
        except LineError as problem:
            if number > len(lines) and is_torn(tail):
                torn = len(tail)
            else:
                bad.append(BadLine(number, problem.what, newer=problem.newer is not None))
            continue
        if found is not None:
            kinds[kind_of(found)] += 1
            versions[_version.decode(line.removeprefix(_BOM)).v] += 1
            places.setdefault(found.id, []).append(number)
    return Examination(
        path=path,
        exists=exists,
        size=len(data),
        lines=len(lines) + bool(tail),
        records=kinds.total(),
        kinds=dict(kinds),
        versions=dict(versions),
        bad_lines=tuple(bad),
        duplicate_ids={name: tuple(numbers) for name, numbers in places.items() if len(numbers) > 1},
        torn_bytes=torn,
        set_aside=set_aside,
    )
