"""Whole processes in turns: wall clock, processor time, peak memory."""

import os
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LONG_S = 20.0
"""So much time in all is spent on one command, after its first two runs."""
LIMIT_S = 600.0
TIME = shutil.which("time")
"""GNU time, for the memory (apt-get install time)."""


@dataclass
class Row:
    """One command. ``command``: what to run, made anew for each run; ``codes``: exit codes that are no fault."""

    name: str
    command: Callable[[], list[str]]
    env: Mapping[str, str]
    folder: Path
    stdin: str = ""
    codes: tuple[int, ...] = (0,)


def always(command: list[str]) -> Callable[[], list[str]]:
    """The same command in each run."""
    return lambda: command


@dataclass
class Spread:
    """What was measured: seconds by the clock and of the processor, and the most memory, in MB."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    memory_mb: float = 0.0
    missing: str = ""

    def numbers(self) -> dict[str, Any]:
        if self.missing or not self.wall:
            return {"missing": self.missing or "not run"}
        return {
            "runs": len(self.wall),
            "median_ms": round(statistics.median(self.wall) * 1000, 1),
            "lowest_ms": round(min(self.wall) * 1000, 1),
            "highest_ms": round(max(self.wall) * 1000, 1),
            "cpu_ms": round(statistics.median(self.cpu) * 1000, 1),
            "memory_mb": round(self.memory_mb, 1),
        }


def race(rows: Mapping[str, Row | str], runs: int, title: str) -> dict[str, Spread]:
    """Every row in turn, so many times; a first run of each only warms up, and its memory is measured. A string is the
    reason why there is none."""
    found = {name: Spread(missing=row if isinstance(row, str) else "") for name, row in rows.items()}
    spent = dict.fromkeys(rows, 0.0)
    for turn in range(runs + 1):
        sys.stderr.write(f"\r{title}: {turn} of {runs} ")
        for name, row in rows.items():
            spread = found[name]
            if isinstance(row, str) or spread.missing or (turn > 1 and spent[name] > LONG_S):
                continue
            wall, cpu, fault = run(row, watched=not turn)
            if fault:
                spread.missing = fault
                continue
            spent[name] += wall
            if not turn:
                spread.memory_mb = _most_memory_mb(row.folder)
            else:
                spread.wall.append(wall)
                spread.cpu.append(cpu)
    sys.stderr.write("\n")
    return found


def run(row: Row, *, watched: bool = False) -> tuple[float, float, str]:
    """Seconds by the clock and of the processor, and what went wrong. ``watched``: a small program in between writes
    down the most memory; asked for ourselves, it would never be less than our own."""
    before = [TIME, "-q", "-f", "%M", "-o", str(row.folder / "memory")] if watched and TIME else []
    command = [*before, *row.command()]
    read, write = os.pipe()
    os.write(write, row.stdin.encode())
    os.close(write)
    with (row.folder / "said").open("wb") as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            env=environment(row.env),
            stdin=read,
            stdout=said,
            stderr=subprocess.STDOUT,
            cwd=row.folder,
        )
        signal.signal(signal.SIGALRM, lambda *_: process.kill())
        signal.setitimer(signal.ITIMER_REAL, LIMIT_S)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        signal.setitimer(signal.ITIMER_REAL, 0)
    os.close(read)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode in row.codes:
        return wall, used.ru_utime + used.ru_stime, ""
    last = (row.folder / "said").read_text("utf-8", "replace").strip().splitlines()[-1:]
    return wall, 0.0, f"ended with {process.returncode}: {' '.join(last)[:80]}"


def _most_memory_mb(folder: Path) -> float:
    """What GNU time wrote down; 0 where there is none."""
    file = folder / "memory"
    return int(file.read_text()) / 1024 if TIME and file.exists() else 0.0


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """A bare one: nothing of the person who measures gets in."""
    plain = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TZ": "UTC", "NO_COLOR": "1"}
    return plain | dict(more)
