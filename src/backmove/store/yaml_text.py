"""YAML text into plain data and the place of each part, or every fault at once as ``file:line:column``.

Conventions of this file
- Only the YAML 1.2 core scalars count: ``true``/``false``, decimal numbers, ``null``. ``no``, ``1:30``,
  ``0o17`` and dates are words.
- Keys are words and stand once. Anchors, aliases and tags are refused: nobody needs them in these files, and
  they can make a small file grow without end.
- A ``Loc`` is a path into the data: keys and list positions.
- Lines and columns count from 1.
"""

import math
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct, field

from backmove.errors import DataProblem

Loc = tuple[str | int, ...]

DEPTH_LIMIT = 40
PARTS_LIMIT = 60_000
"""Keys and values of one file. The shipped library has less than half. So a file of any
content is refused in seconds: each fault costs its place and its words."""

_INT = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,3})?")
_WORDS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NULLS = ("", "~", "null", "Null", "NULL")


class _Spot(Struct):
    """Where a value stands; for mappings also where each key stands."""

    line: int
    column: int
    parts: dict[str | int, "_Spot"] = field(default_factory=dict)
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)


class Problem(Struct, frozen=True):
    """One fault of a file. ``field`` may be empty (a fault of the text itself)."""

    path: Path
    line: int
    column: int
    field: str
    what: str

    def __str__(self) -> str:
        """One line. A sign that could steer the terminal stands as its escape: keys and values are somebody else's."""
        middle = f" {self.field}:" if self.field else ""
        line = f"{self.path}:{self.line}:{self.column}:{middle} {self.what}"
        return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in line)

    def as_json(self) -> dict[str, str | int]:
        """The parts by name."""
        return {
            "file": str(self.path),
            "line": self.line,
            "column": self.column,
            "field": self.field,
            "what": self.what,
        }


class Document(Struct, frozen=True):
    """A file that is well-formed YAML: its data, and where each part of it stands."""

    path: Path
    data: Any
    _root: _Spot

    def where(self, loc: Sequence[str | int], *, key: bool = False) -> tuple[int, int]:
        """Line and column of the value at ``loc``, or of its key.

        Parts of ``loc`` that are not in the file are passed over, so a missing field is where its parent is.
        """
        spot = self._root
        at = (spot.line, spot.column)
        for part in loc:
            name = part if part in spot.parts else str(part)
            if name in spot.parts:
                place = spot.keys.get(str(name))
                spot = spot.parts[name]
                at = place if key and place else (spot.line, spot.column)
        return at

    def name(self, loc: Sequence[str | int]) -> str:
        """``loc`` as a person reads it: list entries go by their own id where they have one."""
        here, names = self.data, []
        for number, part in enumerate(loc):
            if isinstance(here, list) and isinstance(part, int) and part < len(here):
                here = here[part]
                names.append(_own_name(here) or str(part))
            elif isinstance(here, dict) and str(part) in here:
                here = here[str(part)]
                names.append(str(part))
            elif number == len(loc) - 1:
                names.append(str(part))
        return ".".join(names)

    def problem(self, loc: Sequence[str | int], what: str, *, key: bool = False) -> Problem:
        """A fault of the part at ``loc``."""
        line, column = self.where(loc, key=key)
        return Problem(self.path, line, column, self.name(loc), what)


def _own_name(entry: Any) -> str:
    if isinstance(entry, dict):
        for key in ("id", "tag", "code", "key", "number", "region", "exercise"):
            if isinstance(entry.get(key), str | int):
                return str(entry[key])
    return ""


def refuse(problems: Sequence[Problem]) -> None:
    """Raise one DataProblem that lists every problem in file order; nothing happens without problems."""
    if not problems:
        return
    lines = sorted(set(problems), key=lambda p: (str(p.path), p.line, p.column, p.what))
    count = "1 thing is" if len(lines) == 1 else f"{len(lines)} things are"
    raise DataProblem(
        "\n".join([f"{count} wrong in the data files:", *map(str, lines)]),
        hint="Mend these lines, then check again:  backmove exercises check FILE",
    )


def parse_yaml(raw: bytes, path: Path) -> Document:
    """The bytes of a file as a document. ``path`` is for the messages. Raises DataProblem."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        line = raw.count(b"\n", 0, cause.start) + 1
        column = cause.start - (raw.rfind(b"\n", 0, cause.start) + 1) + 1
        refuse([Problem(path, line, column, "", "this is not UTF-8 text; save the file as UTF-8")])
        raise AssertionError from cause
    builder = _Builder(path)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            builder.take(event)
    except yaml.MarkedYAMLError as cause:
        line, column = _position(cause.problem_mark or cause.context_mark)
        begun = f"(begun in line {cause.context_mark.line + 1})" if cause.context_mark else None
        what = " ".join(str(part) for part in (cause.context, begun, cause.problem) if part)
        refuse([Problem(path, line, column, "", f"not YAML: {what}{_remedy(what)}")])
    except yaml.reader.ReaderError as cause:
        line = text.count("\n", 0, cause.position) + 1
        column = cause.position - (text.rfind("\n", 0, cause.position) + 1) + 1
        refuse([Problem(path, line, column, "", f"not YAML: {cause.reason}")])
    refuse(builder.problems)
    return Document(path, builder.data, builder.root)


def _position(mark: Any) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _remedy(what: str) -> str:
    if "cannot start any token" in what:
        return " (a tab? indent with spaces; put text with signs such as @ % ` in quotes)"
    if "mapping values are not allowed" in what:
        return " (put text that holds a colon in quotes)"
    return ""


class _Builder:
    """Builds data and places from YAML events, without recursion: a deep file cannot exhaust the stack."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.data: Any = None
        self.root = _Spot(1, 1)
        self.problems: list[Problem] = []
        self._open: list[tuple[Any, _Spot]] = []
        self._key: list[str | None] = []
        self._documents = 0
        self._parts = 0

    def take(self, event: yaml.Event) -> None:
        line, column = _position(event.start_mark)
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents == 2:
                self._wrong(line, column, "a second document begins here; one file holds one document")
        if self._documents > 1:
            return
        self._parts += isinstance(event, yaml.NodeEvent)
        if self._parts > PARTS_LIMIT:
            refuse([Problem(self.path, line, column, "", f"more than {PARTS_LIMIT:,} keys and values")])
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            self._wrong(line, column, "anchors (&) and aliases (*) are not used here; write the value out")
        if (tag := getattr(event, "tag", None)) is not None:
            self._wrong(line, column, f"tags such as {tag} are not used here; write the plain value")
        if isinstance(event, yaml.ScalarEvent):
            self._put(_scalar(event), _Spot(line, column), is_text=True)
        elif isinstance(event, yaml.AliasEvent):
            self._put("*", _Spot(line, column), is_text=True)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._enter([], _Spot(line, column))
        elif isinstance(event, yaml.MappingStartEvent):
            self._enter({}, _Spot(line, column))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
            self._key.pop()

    def _enter(self, thing: Any, spot: _Spot) -> None:
        if len(self._open) >= DEPTH_LIMIT:
            what = f"nested deeper than {DEPTH_LIMIT} levels"
            refuse([Problem(self.path, spot.line, spot.column, "", what)])
        self._put(thing, spot)
        self._open.append((thing, spot))
        self._key.append(None)

    def _put(self, value: Any, spot: _Spot, *, is_text: bool = False) -> None:
        if not self._open:
            self.data, self.root = value, spot
            return
        parent, place = self._open[-1]
        if isinstance(parent, list):
            place.parts[len(parent)] = spot
            parent.append(value)
        elif self._key[-1] is None:
            self._key[-1] = self._new_key(parent, place, value, spot, is_text)
        else:
            key, self._key[-1] = self._key[-1], None
            parent[key] = value
            place.parts[key] = spot

    def _new_key(self, parent: dict[str, Any], place: _Spot, value: Any, spot: _Spot, is_text: bool) -> str:
        if not is_text or value is None or isinstance(value, bool | float):
            self._wrong(spot.line, spot.column, "a key is a word or a whole number; put it in quotes")
            value = f"?{spot.line}:{spot.column}"
        key = str(value)
        if key in place.keys:
            first = place.keys[key][0]
            self._wrong(spot.line, spot.column, f"{key!r} stands twice (first in line {first}); keep one")
        place.keys.setdefault(key, (spot.line, spot.column))
        return key

    def _wrong(self, line: int, column: int, what: str) -> None:
        self.problems.append(Problem(self.path, line, column, "", what))


def _scalar(event: yaml.ScalarEvent) -> Any:
    """A plain scalar by the core schema; a quoted one is text."""
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text in _NULLS:
        return None
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text) and math.isfinite(float(text)):
        return float(text)
    return text
