"""How a journal is mended without throwing anything away: which lines stay, and which are set aside.

- Lines that stay do so byte for byte and in their order.
- A line that cannot be read is set aside whole, and so is every later line of an id that stands already.
- What was set aside no longer counts, and may have held a warning (``blind``): the seal that is put at the end says
  so, and no session is given until all the safety questions were answered after it (core/clearance.py). Only a copy
  that says the same as the line before it could not have.
- A line of a newer version is never touched, and with one nothing else is either: what it means to the rest only the
  newer backmove knows. Nor is a file in another alphabet: it can be saved as UTF-8 with every line alive.
"""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import msgspec
from msgspec import Struct

from backmove.core.lines import BOM, UTF16, LineError, ReadLine, is_torn, read_line

Refused = Literal["newer", "utf-16"]


class Aside(NamedTuple):
    """A line that is set aside; ``number`` counts from 1. ``copy``: it says what an earlier line says."""

    number: int
    line: bytes
    why: str
    copy: bool = False


class Mending(Struct, frozen=True):
    """What mending would do. ``kept``: the journal without the seal; ``torn``: the half line behind its last newline.

    ``refused``: why nothing may be done.
    """

    kept: bytes
    aside: tuple[Aside, ...] = ()
    torn: bytes = b""
    refused: Refused | None = None

    @property
    def needed(self) -> bool:
        """Whether anything in the journal would change."""
        return bool(self.aside or self.torn) and self.refused is None

    @property
    def blind(self) -> int:
        """How many of the lines may have said something that is not known now."""
        return sum(not one.copy for one in self.aside)

    @property
    def bytes_aside(self) -> bytes:
        """The lines that are set aside, as they were."""
        return b"".join(one.line + b"\n" for one in self.aside)


def mending(data: bytes, read: ReadLine = read_line) -> Mending:
    """What is to be done about a journal with these bytes. Changes nothing by itself."""
    if data.startswith(UTF16):
        return Mending(data, refused="utf-16")
    *lines, tail = data.split(b"\n")
    firsts: dict[str, tuple[int, bytes]] = {}
    kept: list[bytes] = []
    aside: list[Aside] = []
    for number, line, ended in _numbered(lines, tail):
        try:
            found = read(line)
        except LineError as problem:
            if problem.newer is not None:
                return Mending(data, refused="newer")
            if not ended and is_torn(line):
                return Mending(b"".join(kept), tuple(aside), torn=line)
            aside.append(Aside(number, line, problem.what))
            continue
        first = None if found is None else firsts.setdefault(found.id, (number, line))
        if first is None or first[0] == number:
            kept.append(line + b"\n" if ended else line)
        else:
            copy = _says(line) == _says(first[1])
            why = f"{'the same as' if copy else 'it has the id of'} line {first[0]}"
            aside.append(Aside(number, line, why, copy=copy))
    return Mending(b"".join(kept), tuple(aside))


def _says(line: bytes) -> Any:
    """All that a readable line says, fields that we do not know included."""
    return msgspec.json.decode(line.removeprefix(BOM))


def _numbered(lines: list[bytes], tail: bytes) -> Iterator[tuple[int, bytes, bool]]:
    """Number, bytes, and whether a newline follows."""
    for number, line in enumerate(lines, 1):
        yield number, line, True
    if tail:
        yield len(lines) + 1, tail, False
