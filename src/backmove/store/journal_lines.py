"""The journal's lines as they stand in the file, to be taken along: every line is proved first, none is kept in memory.

For a journal of any length: a first reading looks at every line under the lock and notes which to pass over; a second
one gives their bytes. The file is only ever added to, so that the lock can go in between: who reads slowly keeps
nobody from writing.
"""

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from backmove.core.carrying import bare, left_behind
from backmove.core.lines import LineError, is_torn, read_line
from backmove.core.record import AnyRecord, Import, Retract
from backmove.store import files
from backmove.store.journal import TORN, refusal


class _Proof(Struct, frozen=True):
    """How many lines were read, and the numbers (from 1) of those that are not taken along."""

    lines: int
    passed_over: frozenset[int]


def lines_to_carry(path: Path, tell: files.Tell) -> Iterator[bytes]:
    """Proves every line, now; then gives the bytes of those to take along (``carrying``), one record each.

    No file is no record; a torn tail is none either, and is told. Raises ``StorageProblem`` when the file cannot be
    opened, ``DataProblem`` for an unreadable line.
    """
    with files.explained(path, "the journal cannot be read"):
        try:
            with files.opened_to_read(path, tell) as fd:
                with open(fd, "rb", closefd=False) as file:
                    proof = _prove(path, file, tell)
                again = os.dup(fd)
        except FileNotFoundError:
            files.refuse_a_dangling_link(path)
            return iter(())
    return _again(again, proof)


def _prove(path: Path, file: BinaryIO, tell: files.Tell) -> _Proof:
    seen: set[str] = set()
    events: dict[int, AnyRecord] = {}
    passed_over: set[int] = set()
    number = 0
    for number, line in enumerate(file, 1):
        try:
            record = read_line(line.removesuffix(b"\n"))
        except LineError as problem:
            if line.endswith(b"\n") or not is_torn(line):
                raise refusal(path, number, problem) from None
            tell(TORN)
            number -= 1  # it does not count
            break
        if record is None or record.id in seen:
            passed_over.add(number)
            continue
        seen.add(record.id)
        if isinstance(record, Import | Retract):
            events[number] = record
    behind = left_behind(events.values())
    return _Proof(number, frozenset(passed_over | {n for n, r in events.items() if r.id in behind}))


def _again(fd: int, proof: _Proof) -> Iterator[bytes]:
    os.lseek(fd, 0, os.SEEK_SET)
    with open(fd, "rb") as file:
        for number, line in enumerate(islice(file, proof.lines), 1):
            if number not in proof.passed_over:
                yield bare(line)
