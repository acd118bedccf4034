"""The journal on the disk: read it whole, append to its end, change nothing that stands in it.

Append, in order: open, lock, look at every line, set a torn tail aside, one write, fsync, unlock; only then
return. A line that cannot be read stops reading and appending both: nothing is decided on half a history.
"""

import errno
import os
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from backmove.core.examination import Examination, examine
from backmove.core.lines import LineError, ReadLine, is_torn, read_block, read_line, write_line
from backmove.core.record import VERSION, AnyRecord, Seal
from backmove.errors import DataProblem, UsageProblem
from backmove.store import files

TORN: Final = (
    "The last line of the journal was cut short, as after a crash. It does not count; its bytes will be kept."
)
CANNOT_WRITE: Final = "nothing was recorded, the journal cannot be written"
SEALED: Final = "The last line of the journal was cut short, as after a crash. Its bytes are kept in {kept}."


class Journal:
    """One file of records in the order in which they were written.

    ``now`` gives an aware local time and ``new_id`` an id, both for the seal; ``tell`` says a line to people.
    """

    def __init__(
        self,
        path: Path,
        *,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        tell: files.Tell,
        read_line: ReadLine = read_line,
    ) -> None:
        self.path = path
        self._now = now
        self._new_id = new_id
        self._tell = tell
        self._read_line = read_line
        self._proven = b""
        self._records: list[AnyRecord] = []
        self._lines = 0
        self._about: os.stat_result | None = None

    @property
    def seen(self) -> tuple[os.stat_result, bytes] | None:
        """The file as it was before it was last read, and its bytes, if each of them belongs to a whole line that was
        understood; else None."""
        whole = self._about is not None and self._about.st_size == len(self._proven)
        return (self._about, self._proven) if self._about is not None and whole else None

    def read(self) -> tuple[AnyRecord, ...]:
        """Every record. No file is no record; a torn tail is none either, and is told.

        Raises ``StorageProblem`` when the file cannot be opened, ``DataProblem`` for an unreadable line.
        """
        records, torn = self._understand(self._bytes() or b"")
        if torn:
            self._tell(TORN)
        return records

    def append(self, *records: AnyRecord) -> None:
        """Returns when all of them are on the disk. Otherwise none is, and the journal is as it was.

        Raises ``StorageProblem``, ``DataProblem`` as ``read`` does, ``UsageProblem`` for broken text.
        """
        if not records:
            return
        try:
            lines = b"".join(map(write_line, records))
        except UnicodeEncodeError:
            raise UsageProblem("the text holds signs that cannot be stored. Nothing was recorded.") from None
        self._append(lines)

    def append_lines(self, lines: Iterable[bytes]) -> None:
        """Like ``append``, for many records at once, as ``write_line`` made them."""
        self._append(b"".join(lines))

    def seal(self) -> None:
        """Sets a torn tail aside now, for those who must know of it before they decide; else does nothing."""
        if self._understand(self._bytes() or b"")[1]:
            self._append(b"")

    def examine(self) -> Examination:
        """What is in it and what is wrong with it, whatever that is. Raises ``StorageProblem`` only."""
        data = self._bytes()
        aside = [*self.path.parent.glob(f"{self.path.stem}.torn-*")]
        aside += self.path.parent.glob(f"{self.path.stem}.set-aside-*")
        return examine(
            data or b"",
            path=str(self.path),
            exists=data is not None,
            set_aside=tuple(sorted(map(str, aside))),
            read=self._read_line,
        )

    def _bytes(self) -> bytes | None:
        with files.explained(self.path, "the journal cannot be read"):
            try:
                with files.opened_to_read(self.path, self._tell) as fd:
                    self._about = os.fstat(fd)
                    return files.read_from(fd, 0)
            except FileNotFoundError:
                files.refuse_a_dangling_link(self.path)
                if self._proven:
                    raise OSError(errno.ENOENT, files.GONE, str(self.path)) from None
                return None

    def _append(self, lines: bytes) -> None:
        kept = None
        with (
            files.explained(self.path, CANNOT_WRITE),
            files.opened_to_append(self.path, self._tell, known=bool(self._proven)) as fd,
        ):
            data = files.read_from(fd, 0)
            _, torn = self._understand(data)
            at = len(data)
            if torn:
                at = data.rfind(b"\n") + 1
                kept = self._set_aside(data[at:])
                lines = write_line(self.seal_of(kept, len(data) - at)) + lines
            elif data and not data.endswith(b"\n"):
                lines = b"\n" + lines
            files.put_at_end(fd, at, lines, new_in=None if data else self.path.resolve().parent)
        if kept:
            self._tell(SEALED.format(kept=kept))

    def _understand(self, data: bytes) -> tuple[tuple[AnyRecord, ...], bool]:
        """The records, and whether the tail is torn. Bytes read before are compared, not decoded again."""
        if not data.startswith(self._proven):
            self._proven, self._records, self._lines = b"", [], 0
        end = data.rfind(b"\n") + 1
        block = data[len(self._proven) : end]
        self._records += self._records_of(block)
        self._proven = data[:end]
        tail = data[end:]
        try:
            last = self._read_line(tail)
        except LineError as problem:
            if is_torn(tail):
                return tuple(self._records), True
            raise refusal(self.path, self._lines + 1, problem) from None
        return tuple(self._records) if last is None else (*self._records, last), False

    def _records_of(self, block: bytes) -> list[AnyRecord]:
        at_once = read_block(block) if self._read_line is read_line else None
        if at_once is not None:
            self._lines += len(at_once)
            return at_once
        records: list[AnyRecord] = []
        lines = block.split(b"\n")[:-1]
        number = self._lines
        try:
            for number, line in enumerate(lines, self._lines + 1):  # noqa: B007 - the handler names it
                record = self._read_line(line)
                if record is not None:
                    records.append(record)
        except LineError as problem:
            raise refusal(self.path, number, problem) from None
        self._lines += len(lines)
        return records

    def _set_aside(self, tail: bytes) -> Path:
        return files.create_beside(self.path, f"{self.path.stem}.torn-{self.moment()}", tail)

    def moment(self) -> str:
        """The time as it stands in the names of files beside the journal."""
        return f"{self._now():%Y%m%d-%H%M%S}"

    def seal_of(self, kept: Path, size: int, blind: int = 0) -> Seal:
        """The record that ``size`` bytes are in ``kept`` now."""
        now = self._now()
        return Seal(
            v=VERSION,
            id=self._new_id(),
            at=now.isoformat(timespec="seconds"),
            day=now.date().isoformat(),
            kept=kept.name,
            size=size,
            blind=blind,
        )


def refusal(path: Path, number: int, problem: LineError) -> DataProblem:
    """What is said of a line that cannot be read; ``number`` counts from 1."""
    if problem.newer is not None:
        return DataProblem(
            f"the journal was written by a newer backmove: {path}, line {number}: {problem.what}.",
            hint="Nothing was changed. Bring backmove up to date, then give the command again.",
            code="newer-version",
        )
    return DataProblem(
        f"the journal has a line it cannot read: {path}, line {number}: {problem.what}.",
        hint="Nothing was changed. Look at it and mend it without losing anything:  backmove doctor",
        code="bad-line",
    )
