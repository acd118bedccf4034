"""The journal's text: one line is one record. Bytes in, records out, and in words what is wrong.

- A line is compact JSON in UTF-8. A byte order mark, DOS line ends and empty lines are harmless: the records
  can be read exactly, so an editor that leaves them locks nobody out.
- ``v`` decides before anything else. A line that is valid for our own version has passed that look already,
  so the quick way may come first; every other line goes the slow way, where ``v`` is looked at first.
- The tail is what follows the last newline. A write that was broken off leaves the start of an object there.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

import msgspec
from msgspec import Struct

from backmove.core.days import in_reach, is_day
from backmove.core.record import KINDS, UPGRADES, VERSION, AnyRecord, Day, Known, Unknown

ReadLine = Callable[[bytes], AnyRecord | None]

BOM: Final = b"\xef\xbb\xbf"
UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_SHOWN: Final = 40
"""Letters of a wrong value that a message repeats."""
_NOT_JSON: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class _Version(msgspec.Struct, frozen=True):
    """The one thing to know of a line before anything else."""

    v: int


_known: Final = msgspec.json.Decoder(Known)
_known_lines: Final = _known.decode_lines
_version: Final = msgspec.json.Decoder(_Version)


_BEGIN: Final = b'{"kind":"'
"""How every line begins that ``write_line`` made."""
_BETWEEN: Final = b"}\n" + _BEGIN


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


class BadLine(Struct, frozen=True):
    """A line that cannot be read; ``number`` counts from 1. ``newer``: only a newer backmove can read it."""

    number: int
    what: str
    newer: bool = False


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


def read_block(block: bytes) -> list[AnyRecord] | None:
    """The records of whole lines, all at once and in half the time; None when ``read_line`` must look at each.

    ``block`` ends with a newline. What this returns is what ``read_line`` gives line by line: every line holds one
    object from its first byte to its last. No text holds a raw newline, so one that stands between ``}`` and ``{``
    stands between two records; where all do, and there are as many records as lines, each line is one.
    """
    lines = block.count(b"\n")
    begins = block.startswith(_BEGIN) and block.endswith(b"}\n")
    if not begins or block.count(_BETWEEN) != lines - 1:
        return None
    try:
        found: list[AnyRecord] = _known_lines(block)
        if not block.isascii():
            block.decode()
    except _NOT_JSON:
        return None
    if len(found) != lines or {record.v for record in found} != {VERSION}:
        return None
    return found if _times_hold(found) else None


def _times_hold(found: list[AnyRecord]) -> bool:
    """Whether every date is in the calendar, and every moment has an offset and a year to reckon with."""
    try:
        if not all(map(is_day, {record.day for record in found})):
            return False
        moments = [record.at for record in found]
        moments += [record.written for record in found if record.written is not None]
        earliest, latest = min(moments), max(moments)
        zones = map(attrgetter("tzinfo"), map(datetime.fromisoformat, moments))
        return all(zones) and in_reach(earliest) and in_reach(latest)
    except ValueError:
        return False


def write_line(record: AnyRecord) -> bytes:
    """The line of one record, newline included, after proof that it can be read again.

    Raises ``UnicodeEncodeError`` for text that is no text, ``LineError`` for a record against its own rules.
    """
    line = msgspec.json.encode(record.raw if isinstance(record, Unknown) else record)
    read_line(line)
    return line + b"\n"


def version_of(line: bytes) -> int:
    """The version that a readable line says it is of."""
    return _version.decode(line.removeprefix(BOM)).v


def is_torn(tail: bytes) -> bool:
    """Whether an unreadable tail is the rest of a broken write, and so never was a record.

    A broken write leaves less than a whole object. A tail that begins with a whole one, or is UTF-16, is an
    edit that went wrong (line ends lost, a value out of range): records may be in it, so it is left alone.
    """
    if tail.startswith(UTF16):
        return False
    text = tail.removeprefix(BOM).decode("utf-8", "replace").lstrip()
    try:
        return not isinstance(json.JSONDecoder().raw_decode(text)[0], dict)
    except (ValueError, RecursionError):
        return True


# --- the slow way ------------------------------------------------------------------------------------------


def _slowly(
    line: bytes, version: int, upgrades: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]]
) -> AnyRecord | None:
    line = line.removeprefix(BOM)
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
    if line.startswith(UTF16):
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
    if not is_day(found.day):
        raise LineError(f"day: no calendar has {found.day[:_SHOWN]!r}")
    for name, moment in (("at", found.at), ("written", found.written)):
        if moment is None:
            continue
        try:
            zone = datetime.fromisoformat(moment).tzinfo
        except ValueError:
            raise LineError(f"{name}: {moment!r} is not a date and time") from None
        if zone is None:
            raise LineError(f"{name}: {moment!r} has no offset from UTC")
        if not in_reach(moment):
            raise LineError(f"{name}: {moment!r} is out of reach")
