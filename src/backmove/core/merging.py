"""Several files of one diary into one: every record once, in an order that does not depend on who merges whom.

The order. The place of a record in its file says what it came after. Its *leader* is the nearest record before it that
was written later by the clock (``instant``, then id): a clock that was set back makes leaders, a clock that runs makes
none. Leaders make a forest, and the file is that forest told from the earliest to the latest, each leader before those
behind it. So a file and its forest are the same thing said twice, and merging files is joining forests: every record
keeps its leader, and one that has two (files put together by hand) keeps the earlier one. Taking the earlier of two is
commutative, associative and idempotent, and so merging is.

The same id with different content (a line that was edited by hand). Both stay. The one whose content has the smaller
digest keeps the id; the other is called by the id with twelve letters of its own digest behind it. Such a name sorts
right behind the old one, so that no order changes, and it is the same wherever the two meet. Lines that are the same
JSON in another spelling are one record; the smaller bytes stay.
"""

import heapq
import json
from array import array
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from msgspec import Struct

from backmove.core.naming import name_for
from backmove.core.strand import Strand
from backmove.errors import DataProblem

_NOBODY: Final = -1
_BATCH: Final = 4096


class Changed(NamedTuple):
    """One id stood for two contents. ``kept``: whether the first file's content still has it; ``other``: the id that
    the other content has now."""

    id: str
    other: str
    kept: bool


class Woven(Struct):
    """Files merged. A record has a number here; ``order`` has all numbers in their order.

    By number: ``ids``, ``homes`` and ``spots`` (which file, and the place in it), ``first`` and ``later`` (whether it
    stands in the first file, and in another). ``new``: bytes of records that got another id.
    """

    strands: Sequence[Strand]
    ids: list[str]
    homes: bytearray
    spots: "array[int]"
    first: bytearray
    later: bytearray
    new: dict[int, bytes]
    order: "array[int]"
    changed: tuple[Changed, ...]

    def raw(self, number: int) -> bytes:
        """The bare bytes of a record."""
        return self.new.get(number) or self.strands[self.homes[number]].raws[self.spots[number]]

    def kind(self, number: int) -> str:
        """The kind of a record."""
        return self.strands[self.homes[number]].kinds[self.spots[number]]

    def added(self) -> list[int]:
        """What the first file does not have, in order."""
        return [number for number in self.order if not self.first[number]]

    def chunks(self) -> Iterator[bytes]:
        """The merged file, a few thousand lines at a time."""
        for start in range(0, len(self.order), _BATCH):
            yield b"".join(self.raw(number) + b"\n" for number in self.order[start : start + _BATCH])


def woven(strands: Sequence[Strand]) -> Woven:
    """The files merged. Raises DataProblem when two contents of one id cannot be compared."""
    loom = _Loom(strands)
    for number, strand in enumerate(strands):
        loom.lay(number, strand)
    loom.name_anew()
    order = loom.told(loom.leaders())
    return Woven(
        strands,
        loom.ids,
        loom.homes,
        loom.spots,
        loom.first,
        loom.later,
        loom.new,
        order,
        tuple(sorted(loom.changed)),
    )


class _Loom:
    """The state of one merge. ``members``: of each file its records, by number, each once."""

    def __init__(self, strands: Sequence[Strand]) -> None:
        self.strands = strands
        self.ids: list[str] = []
        self.homes = bytearray()
        self.spots = array("L")
        self.instants = array("q")
        self.first = bytearray()
        self.later = bytearray()
        self.new: dict[int, bytes] = {}
        self.changed: list[Changed] = []
        self._members: list[array[int]] = []
        self._where: dict[str, int] = {}
        self._contents: dict[str, dict[bytes, int]] = {}
        self._same: dict[int, int] = {}

    # --- who is who ------------------------------------------------------------------------------------

    def lay(self, file: int, strand: Strand) -> None:
        """Finds each record of a file among those that are here already, or adds it."""
        members = array("L")
        for place, name in enumerate(strand.ids):
            if name in strand.skip:
                continue
            number = self._where.get(name, _NOBODY)
            if number == _NOBODY:
                number = self._where[name] = self._add(file, place, name)
            elif name in self._contents or self._raw(number) != strand.raws[place]:
                number = self._among(name, file, place)
            if file == 0:
                self.first[number] = 1
            else:
                self.later[number] = 1
            members.append(number)
        self._members.append(members)

    def _add(self, file: int, place: int, name: str) -> int:
        self.ids.append(name)
        self.homes.append(file)
        self.spots.append(place)
        self.instants.append(self.strands[file].instants[place])
        self.first.append(0)
        self.later.append(0)
        return len(self.ids) - 1

    def _raw(self, number: int) -> bytes:
        return self.new.get(number) or self.strands[self.homes[number]].raws[self.spots[number]]

    def _among(self, name: str, file: int, place: int) -> int:
        """The record with this content among those of one id; the smaller spelling of it stays."""
        raw = self.strands[file].raws[place]
        known = self._contents_of(name)
        content = _content(raw, name)
        if content not in known:
            known[content] = self._add(file, place, name)
        number = known[content]
        if raw < self._raw(number):
            self.homes[number], self.spots[number] = file, place
        return number

    def _contents_of(self, name: str) -> dict[bytes, int]:
        if name not in self._contents:
            number = self._where[name]
            self._contents[name] = {_content(self._raw(number), name): number}
        return self._contents[name]

    def name_anew(self) -> None:
        """One content keeps the id; the others get theirs, the shortest names first, for a new name is longer."""
        waiting = [(len(name), name) for name in self._contents]
        heapq.heapify(waiting)
        while waiting:
            _, name = heapq.heappop(waiting)
            ranked = sorted((name_for(content), content) for content in self._contents[name])
            keeper = self._contents[name][ranked[0][1]]
            self._where[name] = keeper
            for letters, content in ranked[1:]:
                self._call(self._contents[name][content], name, name + letters, content, waiting)
                self.changed.append(Changed(name, name + letters, kept=bool(self.first[keeper])))

    def _call(
        self, number: int, name: str, other: str, content: bytes, waiting: list[tuple[int, str]]
    ) -> None:
        line = _plainly(json.loads(content) | {"id": other})
        self.ids[number] = other
        self.new[number] = line
        if other not in self._where:
            self._where[other] = number
            return
        if other not in self._contents:
            heapq.heappush(waiting, (len(other), other))
        known = self._contents_of(other)
        there = known.setdefault(line, number)
        if there != number:
            self._same[number] = there
            self.first[there] |= self.first[number]
            self.later[there] |= self.later[number]
            if line < self._raw(there):
                self.new[there] = line

    # --- in which order --------------------------------------------------------------------------------

    def _later_than(self, one: int, other: int) -> bool:
        a, b = self.instants[one], self.instants[other]
        return a > b or (a == b and self.ids[one] > self.ids[other])

    def leaders(self) -> "array[int]":
        """For every record the nearest before it, in any file, that was written later; the earliest of those."""
        leaders = array("l", [_NOBODY]) * len(self.ids)
        for members in self._members:
            seen = bytearray(len(self.ids))
            before: list[int] = []
            for member in members:
                number = member
                while number in self._same:
                    number = self._same[number]
                if seen[number]:
                    continue
                seen[number] = 1
                while before and self._later_than(number, before[-1]):
                    before.pop()
                known = leaders[number]
                if before and (known == _NOBODY or self._later_than(known, before[-1])):
                    leaders[number] = before[-1]
                before.append(number)
        return leaders

    def told(self, leaders: "array[int]") -> "array[int]":
        """The forest as a file: from the earliest to the latest, each followed by those behind it."""
        behind: dict[int, list[int]] = {}
        roots: list[int] = []
        for number, leader in enumerate(leaders):
            if number not in self._same:
                (roots if leader == _NOBODY else behind.setdefault(leader, [])).append(number)
        order = array("L")
        for root in self._by_time(roots):
            waiting = [root]
            while waiting:
                number = waiting.pop()
                order.append(number)
                if number in behind:
                    waiting += reversed(self._by_time(behind[number]))
        return order

    def _by_time(self, numbers: list[int]) -> list[int]:
        numbers.sort(key=self.instants.__getitem__)
        start = 0
        for end in range(1, len(numbers) + 1):
            if end == len(numbers) or self.instants[numbers[end]] != self.instants[numbers[start]]:
                if end - start > 1:
                    numbers[start:end] = sorted(numbers[start:end], key=self.ids.__getitem__)
                start = end
        return numbers


def _content(raw: bytes, name: str) -> bytes:
    """One spelling for all spellings of the same JSON."""
    try:
        return _plainly(json.loads(raw))
    except (ValueError, RecursionError) as wrong:
        raise DataProblem(
            f"two different lines have the id {name!r}, and they cannot be compared: {wrong}."
        ) from None


def _plainly(document: Any) -> bytes:
    return json.dumps(document, sort_keys=True, separators=(",", ":")).encode()
