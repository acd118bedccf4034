"""Twenty at once: how many entries are there afterwards, and how many said that they were."""

import subprocess
from pathlib import Path
from typing import Any

from compare.measure import environment
from compare.programs import Program

WRITERS = 20
ROUNDS = 3


def at_once(program: Program, folder: Path) -> list[dict[str, Any]] | str:
    """For each round: entries kept of 20, and processes that ended well."""
    if program.version() == "not installed":
        return "not installed"
    if not program.append():
        return "has no command that appends without asking"
    found = []
    for turn in range(ROUNDS):
        there = folder.with_name(f"{folder.name}-{turn}")
        program.prepare(there, 1000)
        before = program.kept(there)
        running = [
            subprocess.Popen(
                program.append(),
                env=environment(program.env(there)),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            for _ in range(WRITERS)
        ]
        well = sum(process.wait(120) == 0 for process in running)
        found.append({"kept": program.kept(there) - before, "said so": well})
    return found
