"""A real process that appends: ``journal_writer.py JOURNAL NAME COUNT [PADDING]``.

Each line on standard output is a number that was acknowledged. COUNT 0 goes on until somebody stops it. With
PADDING each note is that many letters longer. A refusal ends it with the exit code of the refusal.
"""

import os
import sys
from collections.abc import Callable
from datetime import datetime
from itertools import count
from pathlib import Path

from backmove.core.record import Pain
from backmove.errors import BackmoveError
from backmove.store.journal import Journal

AT = "2026-03-02T09:00:00+01:00"


def pain(name: str, number: int, padding: int = 0) -> Pain:
    return Pain(
        v=1,
        id=f"{name}{number:08d}".rjust(12, "0"),
        at=AT,
        day="2026-03-02",
        score=number % 11,
        note=name + "." * padding,
    )


def complain(line: str) -> None:
    os.write(2, line.encode() + b"\n")


def journal_at(path: Path, tell: Callable[[str], None] = complain) -> Journal:
    ids = count(1)
    return Journal(
        path,
        now=lambda: datetime.fromisoformat(AT),
        new_id=lambda: f"{os.getpid()}x{next(ids)}",
        tell=tell,
    )


def main(path: str, name: str, how_many: str, padding: str = "0") -> int:
    journal = journal_at(Path(path))
    for number in range(1, int(how_many) + 1) if int(how_many) else count(1):
        try:
            journal.append(pain(name, number, int(padding)))
        except BackmoveError as problem:
            complain(problem.message)
            return problem.exit_code
        os.write(1, b"%d\n" % number)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
