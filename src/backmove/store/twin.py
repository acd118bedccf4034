"""How pydantic reads a type of the core.

The core's values are msgspec structs, because they cost nothing to define and little to make
(``docs/decisions/0017``); pydantic does not know them. So each is given a twin for the time of reading: a dataclass
with the same fields, types, limits and defaults, from which the struct is made once all of it was found right.
"""

import types
import typing
from collections.abc import Hashable
from dataclasses import field, make_dataclass
from functools import cache, reduce
from operator import or_
from typing import Annotated, Any, Final

import msgspec
from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter

_STRICT: Final = ConfigDict(extra="forbid", strict=True)
_LIMITS: Final = ("ge", "le", "min_length", "max_length")


def reader(wanted: Any) -> TypeAdapter[list[Any]]:
    """Reads a list of ``wanted``, strictly and with unknown fields refused. A list, because only inside something do
    the strict settings reach a standard dataclass."""
    return _reader(wanted)


@cache
def _reader(wanted: Hashable) -> TypeAdapter[list[Any]]:
    rows: Any = types.GenericAlias(list, (_readable(wanted),))
    return TypeAdapter(rows, config=_STRICT)


def _readable(kind: Any) -> Any:
    """The type as pydantic can read it: every struct in it has become its twin."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return _twin(kind)
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is Annotated:
        return Annotated[_readable(inner[0]), *map(_limits, inner[1:])]
    if origin in (typing.Union, types.UnionType):
        return reduce(or_, map(_readable, inner))
    if origin in (None, typing.Literal) or not inner:
        return kind
    return types.GenericAlias(origin, tuple(map(_readable, inner)))


def _limits(said: Any) -> Any:
    """What is said about a type, in pydantic's own form."""
    if not isinstance(said, msgspec.Meta):
        return said
    return Field(**{name: limit for name in _LIMITS if (limit := getattr(said, name)) is not None})


@cache
def _twin(struct: type[msgspec.Struct]) -> Any:
    hints = typing.get_type_hints(struct, include_extras=True)
    parts: list[Any] = []
    for part in msgspec.structs.fields(struct):
        given: dict[str, Any] = {}
        if part.default_factory is not msgspec.NODEFAULT:
            given = {"default_factory": part.default_factory}
        elif part.default is not msgspec.NODEFAULT:
            given = {"default": part.default}
        parts.append((part.name, _readable(hints[part.name]), field(**given)))
    twin = make_dataclass(struct.__name__, parts, frozen=True, slots=True)
    twin.__doc__ = struct.__doc__
    names = [name for name, *_ in parts]

    def made(read: Any) -> msgspec.Struct:
        return struct(**{name: getattr(read, name) for name in names})

    return Annotated[twin, AfterValidator(made)]
