"""Where somebody stands before a command: folders made once by the real program, and copied for every run."""

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from faults.commands import STARTS, TORN, Command, Put
from faults.program import Program

JOURNAL: Final = "journal.jsonl"


class DoesNotRun(Exception):
    """A command does not do what it is there for, without any fault."""


class Stage:
    """Makes folders below ``scratch``; each start once."""

    def __init__(self, program: Program, scratch: Path) -> None:
        self.program = program
        self._scratch = scratch
        self._made: dict[str, Path] = {}
        self._count = 0

    def empty(self) -> Path:
        """A folder's name that nobody has used yet."""
        self._count += 1
        return self._scratch / f"run{self._count}"

    def copy(self, of: Path) -> Path:
        """The same again."""
        folder = self.empty()
        if of.exists():
            shutil.copytree(of, folder, symlinks=True)
        return folder

    def before(self, command: Command, *, torn: bool = False) -> Path:
        """A fresh folder in which ``command`` can be given; ``torn``: the journal ends in the start of a line."""
        folder = self.copy(self._start(command.start))
        if command.cold:
            shutil.rmtree(folder / "cache")
        if torn:
            folder.mkdir(mode=0o700, exist_ok=True)
            with (folder / JOURNAL).open("ab") as journal:
                journal.write(TORN)
        return folder

    def _start(self, name: str) -> Path:
        if name not in self._made:
            folder = self._scratch / f"start-{name.replace(' ', '-')}"
            for step in STARTS[name]:
                if isinstance(step, str):
                    _a_day_passes(folder / JOURNAL)
                elif isinstance(step, bytes):
                    with (folder / JOURNAL).open("ab") as journal:
                        journal.write(step)
                elif isinstance(step, Put):
                    (folder / step.name).write_bytes(step.content)
                    (folder / step.name).chmod(0o600)
                else:
                    ended = self.program.ask(folder, placed(step[0], folder), step[1])
                    if ended.code in (1, 2, 3, 4):
                        raise DoesNotRun(f"{name}: {' '.join(step[0])}: {ended}")
            self._made[name] = folder
        return self._made[name]


def placed(args: tuple[str, ...], folder: Path) -> tuple[str, ...]:
    """Arguments with the folder's name in them."""
    return tuple(word.replace("{folder}", str(folder)) for word in args)


def _a_day_passes(journal: Path) -> None:
    """Real processes have the real clock, so the journal is put back instead. At most two dates stand in it."""
    text = journal.read_text()
    today = date.today()
    journal.write_text(text.replace(today.isoformat(), (today - timedelta(days=1)).isoformat()))


def lines_of(folder: Path) -> list[bytes]:
    """The whole lines of the journal; what follows the last newline is none."""
    file = folder / JOURNAL
    return file.read_bytes().split(b"\n")[:-1] if file.exists() else []


def tail_of(folder: Path) -> bytes:
    """What follows the last newline."""
    file = folder / JOURNAL
    return file.read_bytes().rpartition(b"\n")[2] if file.exists() else b""


def beside(folder: Path) -> bytes:
    """Everything in the files beside the journal."""
    if not folder.exists():
        return b""
    return b"\n".join(file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file())
