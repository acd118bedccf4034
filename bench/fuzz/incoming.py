"""Files that are taken in: exports, tables, and what is neither. The first letter says into which journal and how."""

import json
from collections.abc import Mapping
from typing import Final

from fuzz import journals
from fuzz.desk import Broken, Desk, chosen
from fuzz.oracle import clean_runs, why_locked


def incoming(desk: Desk, data: bytes) -> None:
    """One letter and a file: all of it comes in or nothing, and it lifts no lock."""
    name, locked, args = chosen(_WAYS, data)
    desk.clear(journals.emergency() if locked else journals.made("open"))
    before = desk.journal.read_bytes()
    file = desk.folder / name
    file.write_bytes(data[1:])
    for dry in (True, False):
        ran = desk.run("import", str(file), *args, *(["--dry-run"] if dry else []))
        if not (ran.out + ran.err).replace("\n", "").isprintable():
            raise Broken("signs that steer the terminal")
        if (dry or ran.code) and desk.journal.read_bytes() != before:
            raise Broken("what was refused, or only tried, changed the journal")
    if ran.code == 0:
        _came_in(desk, before)
    opened = journals.gate(desk)
    theirs = _lines_of(data[1:])
    if (
        locked
        and opened
        and not [run for run in clean_runs(theirs, desk.now) if run.get("wrongly") or run.get("cleared")]
    ):
        raise Broken("a file lifted an emergency")
    desk.run("list")
    desk.run("progress", "--json")


def _came_in(desk: Desk, before: bytes) -> None:
    """The same again adds nothing, and no line of before is gone."""
    now = [_without_id(line) for line in desk.journal.read_bytes().splitlines()]
    missing = [line for line in before.splitlines() if _without_id(line) not in now]
    if missing:
        raise Broken(f"{len(missing)} lines are gone")
    if why_locked(before, desk.now):
        return
    if desk.run("undo").code == 0 and not why_locked(desk.journal.read_bytes(), desk.now):
        desk.run("list", "--json")


def _without_id(line: bytes) -> dict[str, object]:
    """What a line says; two contents under one id are told apart by another id for one of them."""
    said: dict[str, object] = json.loads(line)
    return {key: value for key, value in said.items() if key != "id"}


def _lines_of(theirs: bytes) -> bytes:
    """The records of an export as lines; other files as they are."""
    try:
        records = json.loads(theirs.decode("utf-8-sig"))["records"]
        return b"".join(json.dumps(record).encode() + b"\n" for record in records)
    except (ValueError, LookupError, TypeError, RecursionError):
        return theirs


_DATES: Final = ("--map", "day=Date", "--map", "score=Pain", "--dates", "DD.MM.YYYY")
_WAYS: Final[Mapping[str, tuple[str, bool, tuple[str, ...]]]] = {
    "c": ("table.csv", False, ()),
    "d": ("table.csv", False, _DATES),
    "j": ("export.json", False, ("--same-person",)),
    "l": ("export.json", True, ("--same-person",)),
    "n": ("page.md", False, ()),
    "t": ("table.csv", True, ("--format", "csv")),
}
"""Name of the file, whether the journal is locked, and the options."""


def prepare(desk: Desk) -> None:
    """The journals."""
    journals.prepare(desk)


def seeds() -> list[bytes]:
    """Tables, exports, and files of others."""
    tables = [
        b"day,score\n2026-03-01,4\n2026-03-02,5\n", b"Date;Pain\n01.03.2026;4\n02.03.2026;\n",
        b"at,minutes\n2026-03-01T08:00,12\n",
        b'day,time,score,leg,note,morning\n2026-03-01,08:30,4,usual,"a, ""b""\nc",yes\n',
        b"day\tscore\n2026-03-01\t11\n",
        b"kind,id,at,day,score,minutes,note\npain,abcdefghijk1,2026-03-01T08:00:00+01:00,2026-03-01,4,,'=x\n",
        b"\xef\xbb\xbfday,score,sleep,limb\r\n2026-03-01,4,6,2\r\n", b'day,score\n2026-03-01,"4\n',
    ]  # fmt: skip
    exports = [
        _export(journals.made(name))
        for name in ("open", "checked", "clinician", "set aside", "v1-6", "v1-27")
    ]
    others = [
        b"# Pain\n\n- 4 today\n",
        b"%PDF-1.4",
        b"PK\x03\x04",
        b"<!doctype html>",
        b'{"entries": []}',
        b"[[1, 2]]",
        b"",
    ]
    others += [
        b'{"resourceType": "Bundle"}',
        b"\xff\xfea\0",
        b'{"backmove_journal": 2, "records": []}',
        b"\x1f\x8b",
    ]
    return (
        [way + text for way in (b"c", b"d", b"t") for text in tables]
        + [
            way + text
            for way in (b"j", b"l")
            for text in [*exports, journals.made("open"), journals.emergency()]
        ]
        + [b"n" + text for text in others]
    )


def _export(journal: bytes) -> bytes:
    """The export of a journal, as ours are laid out."""
    return b'{"backmove_journal": 1, "records": [\n' + b",\n".join(journal.splitlines()) + b"\n]}\n"


def lines() -> list[bytes]:
    """Whole records and rows."""
    rows = [line for seed in seeds() if seed[:1] in b"cdt" for line in seed[1:].splitlines()]
    return [*journals.lines(), *rows]
