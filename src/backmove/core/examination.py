"""What is in the journal and what is wrong with it, line by line, also behind a bad one: the facts of the doctor."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from backmove.core.lines import BadLine, LineError, ReadLine, is_torn, read_line, version_of
from backmove.core.profile import Profile, change
from backmove.core.record import Profile as Change
from backmove.core.record import kind_of

_STEP_BACK: Final = timedelta(minutes=1)


class ClockJump(Struct, frozen=True):
    """A line that says it was written ``seconds`` before the line above it: the clock was set back in between."""

    number: int
    seconds: int


class Examination(Struct, frozen=True):
    """What is in the journal and what is wrong with it; its field names are the keys of ``doctor --json``.

    ``kinds`` and ``versions`` count records; ``duplicate_ids`` has the lines of each id that stands more than
    once; ``torn_bytes`` is the size of a tail that never was a record; ``set_aside`` names the files of these and of
    lines that were taken out. ``puzzles`` are lines that can be read and not understood: of a profile that this version
    does not know. They are never set aside.
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
    clock_jumps: tuple[ClockJump, ...] = ()
    puzzles: tuple[BadLine, ...] = ()

    @property
    def intact(self) -> bool:
        """Every line is a record, each id stands once, and nothing was broken off."""
        return not (self.bad_lines or self.duplicate_ids or self.torn_bytes or self.puzzles)


def examine(
    data: bytes, *, path: str, exists: bool, set_aside: tuple[str, ...], read: ReadLine = read_line
) -> Examination:
    """Looks at every line, also behind a bad one."""
    *lines, tail = data.split(b"\n")
    kinds: Counter[str] = Counter()
    versions: Counter[int] = Counter()
    places: dict[str, list[int]] = {}
    written: list[tuple[int, datetime]] = []
    puzzles: list[BadLine] = []
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
            versions[version_of(line)] += 1
            places.setdefault(found.id, []).append(number)
            if isinstance(found, Change) and (what := _puzzle(found)):
                puzzles.append(BadLine(number, what))
            written.append((number, datetime.fromisoformat(found.written or found.at)))
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
        clock_jumps=tuple(_jumps(written)),
        puzzles=tuple(puzzles),
    )


def _puzzle(record: Change) -> str | None:
    """Why a change of the profile cannot be understood, or None. By itself: no change depends on another."""
    try:
        change(Profile(), record.set, record.unset)
    except (ValueError, TypeError) as wrong:
        return "".join(letter if letter.isprintable() else "�" for letter in f"profile: {wrong}")
    return None


def _jumps(written: Iterable[tuple[int, datetime]]) -> Iterator[ClockJump]:
    """Steps back of more than a minute: less is a clock that was put right, or two programs at once."""
    before: datetime | None = None
    for number, at in written:
        if before is not None and before - at > _STEP_BACK:
            yield ClockJump(number, int((before - at).total_seconds()))
        before = at
