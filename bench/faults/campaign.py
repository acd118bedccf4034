"""Every fault on every command, and what came of it."""

import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from faults.commands import COMMANDS, TORN, Command
from faults.engines import Call, Engine, Job, Shim
from faults.judge import Reference, Wrong, gate, judged, kind
from faults.program import Ended
from faults.stage import JOURNAL, DoesNotRun, Stage, lines_of, placed, tail_of

FAULTS: Final = {
    "killed": "SIGKILL before each call",
    "killed, torn": "the same, when the journal already ends in half a line",
    "no space": "ENOSPC from each call that takes room",
    "over quota": "EDQUOT from each write",
    "bad disk": "EIO from each fsync",
    "short write": "a size limit lets only 7 bytes of each append in",
    "short, killed": "7 bytes of each write go in, and SIGKILL before they are taken back",
    "full disk": "a small tmpfs without one free byte",
    "read-only": "a folder on a read-only mount",
}
"""The columns of the table."""
_TAKES_ROOM: Final = ("open", "write", "mkdir", "link", "rename", "symlink")
_SHORT: Final = 7


@dataclass
class Cell:
    """How often a fault struck, and everything that was wrong then."""

    runs: int = 0
    missed: int = 0
    wrong: list[str] = field(default_factory=list)
    whats: list[str] = field(default_factory=list)


@dataclass
class Row:
    """One command."""

    command: Command
    engine: str
    calls: int
    agree: bool | None
    cells: dict[str, Cell]


def known(commands: Sequence[Command], names: Sequence[str]) -> tuple[list[Command], list[str]]:
    """Those that the program has, and the titles of the rest. ``names`` are the program's commands."""
    there = [command for command in commands if command.args[0] in names]
    return there, [command.title for command in commands if command not in there]


class Campaign:
    """Runs the faults. ``every``: only each n-th call is struck (1: all of them)."""

    def __init__(self, stage: Stage, engine: Engine, *, every: int = 1) -> None:
        self._stage = stage
        self._engine = engine
        self._every = every

    def row(self, command: Command, faults: Sequence[str] = tuple(FAULTS)) -> Row:
        """Every fault of ``faults`` on one command."""
        engine = Shim() if command.keys is not None else self._engine
        reference = self._reference(command, engine, torn=False)
        agree = None
        if engine.name == "strace":
            other = self._reference(command, Shim(), torn=False)
            agree = [c[:2] for c in other.calls] == [c[:2] for c in reference.calls]
        row = Row(command, engine.name, len(reference.calls), agree, {})
        for fault in faults:
            if (command.rewrites or command.keys) and fault == "killed, torn":
                continue  # such a journal is not taken up, or only like any other
            of = self._reference(command, engine, torn=True) if fault == "killed, torn" else reference
            cell = row.cells[fault] = Cell()
            for folder, ended in self._runs(fault, of, engine):
                if ended is None:
                    cell.missed += 1
                    continue
                cell.runs += 1
                found = judged(self._stage, of, folder, ended)
                cell.whats += [wrong.what for wrong in found]
                cell.wrong += [f"{command.title}, {fault}: {wrong.what}: {wrong.how}" for wrong in found]
                shutil.rmtree(folder, ignore_errors=True)
        return row

    def _reference(self, command: Command, engine: Engine, *, torn: bool) -> Reference:
        start = self._stage.before(command, torn=torn)
        folder = self._ready(command, start)
        before, tail = lines_of(folder), tail_of(folder)
        calls, ended = engine.watch(self._job(command, folder))
        now = lines_of(folder)
        new = now if command.rewrites else now[len(before) :]
        if ended.code in (1, 2, 3, 4) or not (new or command.makes):
            raise DoesNotRun(f"{command.title}: {ended}")
        reference = Reference(command, start, calls, ended, before, tail, [kind(line) for line in new], new)
        if command.rewrites:
            reference.gates = {0: gate(self._stage, start), 1: gate(self._stage, folder)}
        return reference

    def _ready(self, command: Command, start: Path) -> Path:
        folder = self._stage.copy(start)
        if command.first:
            self._stage.program.ask(folder, command.first)
        return folder

    def _job(self, command: Command, folder: Path) -> Job:
        return Job(self._stage.program, folder, placed(command.args, folder), command.step[1], command.keys)

    def _runs(self, fault: str, of: Reference, engine: Engine) -> Iterator[tuple[Path, Ended | None]]:
        """Folders after the fault, with how the program ended; None when the call was not met again."""
        if fault in ("killed", "killed, torn"):
            yield from self._struck(of, engine, "kill", lambda call: True)
        elif fault == "no space":
            yield from self._struck(of, engine, "ENOSPC", lambda call: call.name in _TAKES_ROOM)
        elif fault == "over quota":
            yield from self._struck(of, engine, "EDQUOT", lambda call: call.name == "write")
        elif fault == "bad disk":
            yield from self._struck(of, engine, "EIO", lambda call: call.name == "fsync")
        elif fault == "short, killed":
            yield from self._cut_short_and_killed(of)
        elif of.command.keys is None:
            yield from self._on_a_real_disk(fault, of)

    def _struck(
        self, of: Reference, engine: Engine, do: str, fits: Callable[[Call], bool]
    ) -> Iterator[tuple[Path, Ended | None]]:
        places = [at for at, call in enumerate(of.calls) if fits(call)]
        for at in places[:: self._every]:
            folder = self._ready(of.command, of.start)
            struck, ended = engine.strike(self._job(of.command, folder), of.calls, at, do)
            yield folder, None if struck is None else ended

    # --- disks ------------------------------------------------------------------------------------------

    def _on_a_real_disk(self, fault: str, of: Reference) -> Iterator[tuple[Path, Ended | None]]:
        folder = self._ready(of.command, of.start)
        program, step = self._stage.program, (placed(of.command.args, folder), of.command.step[1])
        if fault == "read-only":
            folder.mkdir(mode=0o700, exist_ok=True)
            mount = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"'
            yield folder, program.run(folder, *step, before=(*OWN_MOUNTS, mount, "sh", str(folder)))
        elif fault == "full disk":
            mount = (
                'cp -a "$1" "$1.kept" && mount -t tmpfs -o size=4m,mode=700 tmpfs "$1" && cp -a "$1.kept/." "$1"'
                ' && { cat /dev/zero > "$1/filler" 2>/dev/null; here="$1"; shift; "$@"; code=$?; rm "$here/filler";'
                ' rm -rf "$here.kept"; cp -a "$here" "$here.after"; exit $code; }'
            )
            folder.mkdir(mode=0o700, exist_ok=True)
            ended = program.run(folder, *step, before=(*OWN_MOUNTS, mount, "sh", str(folder)))
            shutil.rmtree(folder)
            Path(f"{folder}.after").rename(folder)
            yield folder, ended
        else:
            shutil.rmtree(folder, ignore_errors=True)
            yield from self._cut_short(of)

    def _cut_short(self, of: Reference) -> Iterator[tuple[Path, Ended | None]]:
        """The limit stands 7 bytes behind the end of the journal, as it is before each of its appends."""
        sizes = [0]
        for line in [] if of.command.rewrites else of.new:
            sizes.append(sizes[-1] + len(line) + 1)
        size = (of.start / JOURNAL).stat().st_size if (of.start / JOURNAL).exists() else 0
        for more in sizes[:-1] or [0]:
            folder = self._ready(of.command, of.start)
            job = self._job(of.command, folder)
            yield folder, job.program.run(folder, job.args, job.stdin, file_limit=size + more + _SHORT)

    def _cut_short_and_killed(self, of: Reference) -> Iterator[tuple[Path, Ended | None]]:
        """By the shim: a write that goes in by 7 bytes, and a kill where the program takes them back."""
        shim = Shim()
        calls, _ = shim.watch(self._job(of.command, self._ready(of.command, of.start)))
        for at in [number for number, call in enumerate(calls) if call.name == "write"]:
            folder = self._ready(of.command, of.start)
            struck, ended = shim.strike(self._job(of.command, folder), calls, at, "short and kill")
            yield folder, None if struck is None else ended


OWN_MOUNTS: Final = ("unshare", "-rm", "sh", "-c")
"""A world whose mounts nobody else sees; they end with it."""


def mounts_work() -> bool:
    """Whether this machine lets us mount something for ourselves."""
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*OWN_MOUNTS[:2], "true"], capture_output=True, check=False).returncode == 0


__all__ = [
    "COMMANDS",
    "FAULTS",
    "TORN",
    "Campaign",
    "Cell",
    "DoesNotRun",
    "Row",
    "Wrong",
    "known",
    "mounts_work",
]
