"""The human door: a YAML file into the frozen types of the core, or every fault of it at once.

pydantic reads it strictly and with unknown fields refused (``twin``); each of its errors is put back on the line of
the file that caused it.
"""

import json
import types
import typing
from collections.abc import Iterable, Mapping
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from pydantic import ValidationError

from backmove.core.typed import near
from backmove.errors import DataProblem
from backmove.store.twin import reader
from backmove.store.yaml_text import Document, Loc, Problem, parse_yaml, refuse

T = TypeVar("T")

_PLAINER = {
    "Tuple should": "the list should",
    " after validation": "",
    "a valid array": "a list",
    "a valid tuple": "a list",
    "an object": "a group of fields",
    "a valid boolean": "true or false",
    "a valid integer": "a whole number",
    "a valid string": "text (in quotes, if it looks like a number)",
}
"""Words of pydantic and the plainer words that stand in a message instead."""

SIZE_LIMIT = 4_000_000
"""Bytes. The shipped library has a tenth of this."""


def load_yaml(path: Path) -> Document:
    """Read one file. Raises DataProblem when it cannot be read or is no plain YAML."""
    try:
        with path.open("rb") as file:
            raw = file.read(SIZE_LIMIT + 1)
    except OSError as cause:
        raise DataProblem(f"cannot read {path}: {cause.strerror or cause}") from cause
    if len(raw) > SIZE_LIMIT:
        refuse([Problem(path, 1, 1, "", f"the file is larger than {SIZE_LIMIT // 1_000_000} MB")])
    return parse_yaml(raw, path)


def validate(document: Document, wanted: type[T]) -> T:
    """The document as ``wanted``. Raises one DataProblem that lists every fault with its line."""
    value, problems = check(document, wanted)
    refuse(problems)
    assert value is not None
    return value


def check(document: Document, wanted: type[T]) -> tuple[T | None, list[Problem]]:
    """The document as ``wanted``, or None and its faults."""
    try:  # JSON mode is what lets a strict reader take lists for tuples and words for enums
        value: T = reader(wanted).validate_json(json.dumps([document.data]))[0]
    except ValidationError as faults:
        errors = [(error["loc"][1:], error) for error in faults.errors(include_url=False)]
        parents = {loc[:end] for loc, _ in errors for end in range(len(loc))}
        # A list that lost a bad entry is also "too short": the entry is what has to be mended.
        return None, [
            _problem(document, wanted, loc, error)
            for loc, error in errors
            if error["type"] != "too_short" or loc not in parents
        ]
    return value, []


def _problem(document: Document, wanted: Any, loc: Loc, error: Mapping[str, Any]) -> Problem:
    kind, got, context = error["type"], _shown(error["input"]), error.get("ctx", {})
    if kind in ("missing", "missing_argument"):
        return document.problem(loc, "this field is missing")
    if kind in ("unexpected_keyword_argument", "extra_forbidden"):
        allowed = _fields_of(_type_at(wanted, loc[:-1]))
        return document.problem(loc, f"unknown field{_allowed(str(loc[-1]), allowed)}", key=True)
    if kind in ("enum", "literal_error"):
        words = _words_of(_type_at(wanted, loc)) or [str(context.get("expected", ""))]
        return document.problem(loc, f"{got} is not known here{_allowed(str(error['input']), words)}")
    what = error["msg"].removeprefix("Input ").removeprefix("Value error, ")
    for theirs, ours in _PLAINER.items():
        what = what.replace(theirs, ours)
    return document.problem(loc, f"{what} (got {got})")


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."


def _allowed(got: str, words: Iterable[str]) -> str:
    words = list(words)
    close = near(got, words)
    guess = f"; did you mean {close[0]}?" if close else ""
    return f"{guess} (allowed: {', '.join(words)})" if words else guess


def _type_at(wanted: Any, loc: Loc) -> Any:
    """The declared type of the part at ``loc``; None where it cannot be told (unions of several classes)."""
    here = _bare(wanted)
    for part in loc:
        origin, arguments = typing.get_origin(here), typing.get_args(here)
        if isinstance(here, type) and issubclass(here, msgspec.Struct):
            here = typing.get_type_hints(here, include_extras=True).get(str(part))
        elif origin is tuple and isinstance(part, int) and arguments:
            here = arguments[0] if arguments[-1] is ... else arguments[min(part, len(arguments) - 1)]
        elif origin is list or origin is frozenset:
            here = arguments[0]
        elif isinstance(origin, type) and issubclass(origin, Mapping):
            here = arguments[1]
        else:
            return None
        here = _bare(here)
    return here


def _bare(kind: Any) -> Any:
    """Without ``Annotated`` and without ``| None``."""
    while typing.get_origin(kind) is typing.Annotated:
        kind = typing.get_args(kind)[0]
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        rest = [part for part in typing.get_args(kind) if part is not type(None)]
        return _bare(rest[0]) if len(rest) == 1 else kind
    return kind


def _fields_of(kind: Any) -> list[str]:
    """The names as a file has them: one that Python keeps for itself (``for``) ends in an underscore here."""
    if not (isinstance(kind, type) and issubclass(kind, msgspec.Struct)):
        return []
    return [name.rstrip("_") for name in kind.__struct_fields__]


def _words_of(kind: Any) -> list[str]:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return [str(member.value) for member in kind]
    if typing.get_origin(kind) is typing.Literal:
        return [str(word) for word in typing.get_args(kind)]
    return []
