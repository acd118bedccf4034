"""One turn at one target, guided by coverage (atheris on libFuzzer). A process of its own: it ends with the time.

Whatever an input breaks is written down with the input, once for each place, and the turn goes on.
"""

import argparse
import importlib
import json
import pkgutil
import resource
import sys
import time
import traceback
from hashlib import sha256
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, Final

import atheris

with atheris.instrument_imports(include=["backmove"]):
    import backmove

    for module in pkgutil.walk_packages(backmove.__path__, "backmove."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)

from fuzz.desk import Desk, in_memory
from fuzz.mutating import mutate
from fuzz.targets import TARGETS

LIMIT_S: Final = 1.0
"""Of the processor, for one execution with all of its commands."""
MOST_MB: Final = 100
"""By so much one execution may raise the most memory that was used."""
_NOTE_EVERY_S: Final = 2.0


class Turn:
    """Counts what happens and keeps what broke."""

    def __init__(self, name: str, desk: Desk, notes: Path, seconds: float) -> None:
        self.name = name
        self.target = TARGETS[name]
        self.desk = desk
        self.notes = notes
        self.begun = time.monotonic()
        self.noted = 0.0
        self.until = self.begun + seconds
        self.executions = 0
        self.slowest = 0.0
        self.found: dict[str, str] = {}
        self.lines = self.target.lines()

    def one(self, data: bytes) -> None:
        """One execution."""
        self.executions += 1
        memory, begin = _most_mb(), time.process_time()
        try:
            self.target.run(self.desk, data)
        except Exception as broken:  # noqa: BLE001 - every one of them is a finding
            self._keep(_place(broken), data)
        took = time.process_time() - begin
        if took > LIMIT_S and self._slow_again(data):
            self._keep(f"slow: {took:.1f} s", data)
        if self.executions > 50 and _most_mb() - memory > MOST_MB:
            self._keep(f"memory: {_most_mb() - memory} MB more", data)
        self.slowest = max(self.slowest, took)
        if time.monotonic() - self.noted > _NOTE_EVERY_S:
            self.note()

    def _slow_again(self, data: bytes) -> bool:
        """A pause of the machine is no fault of the input."""
        begin = time.process_time()
        try:
            self.target.run(self.desk, data)
        except Exception:  # noqa: BLE001 - told already
            return False
        return time.process_time() - begin > LIMIT_S

    def _keep(self, what: str, data: bytes) -> None:
        place = what.split(": ")[0] if what.startswith(("slow", "memory")) else what
        if place in self.found:
            return
        self.found[place] = what
        name = sha256(place.encode()).hexdigest()[:10]
        (self.notes / f"{self.name}-{name}.input").write_bytes(data)
        (self.notes / f"{self.name}-{name}.txt").write_text(what, encoding="utf-8", errors="backslashreplace")
        self.note()

    def note(self) -> None:
        """Says on the disk how far it is."""
        self.noted = time.monotonic()
        said = {
            "target": self.name,
            "executions": self.executions,
            "seconds": round(self.noted - self.begun, 1),
            "slowest_s": round(self.slowest, 2),
            "most_mb": _most_mb(),
            "found": sorted(self.found),
        }
        (self.notes / f"{self.name}.json").write_text(json.dumps(said))

    def mutated(self, data: bytes, most: int, seed: int) -> bytes:
        rng = Random(seed)
        if rng.random() < 0.35:
            return bytes(atheris.Mutate(data, most))
        return mutate(data, most, rng, self.lines, wired=self.target.wired)


def _place(broken: Exception) -> str:
    """What broke, and where in our code: the same for every input that breaks the same."""
    frames = [
        f
        for f in traceback.extract_tb(broken.__traceback__)
        if "backmove" in f.filename or "fuzz" in f.filename
    ]
    last = frames[-1] if frames else None
    where = f"{Path(last.filename).name}:{last.name}" if last else "?"
    words = str(broken) if type(broken).__name__ == "Broken" else ""
    return f"{type(broken).__name__} in {where} {''.join(c for c in words if not c.isdecimal())[:60]}"


def _most_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("target", choices=TARGETS)
    options.add_argument("--seconds", type=float, required=True)
    options.add_argument("--corpus", type=Path, required=True)
    options.add_argument("--notes", type=Path, required=True)
    chosen = options.parse_args()
    scratch: Any = TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None)
    desk = Desk(Path(scratch.name) / "desk")
    with in_memory():
        target = TARGETS[chosen.target]
        target.prepare(desk)
        for seed in target.seeds():
            (chosen.corpus / sha256(seed).hexdigest()[:16]).write_bytes(seed)
        turn = Turn(chosen.target, desk, chosen.notes, chosen.seconds)
        limits = [
            f"-max_total_time={int(chosen.seconds)}",
            f"-max_len={target.most}",
            "-timeout=30",
            "-rss_limit_mb=2048",
        ]
        quiet = [
            "-print_final_stats=1",
            "-verbosity=1",
            "-len_control=0",
            "-use_value_profile=0",
            "-detect_leaks=0",
        ]
        atheris.Setup(
            [sys.argv[0], *limits, *quiet, str(chosen.corpus)], turn.one, custom_mutator=turn.mutated
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
