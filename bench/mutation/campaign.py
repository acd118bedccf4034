"""The sample against the tests: each mutant against the tests that run its line, until the first one fails."""

import json
import os
import sys
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from mutation.changes import Mutant
from mutation.draw import drawn
from mutation.forks import FAILED, NONE_RUN, NOT_LOADED, NOT_STARTED, PASSED, TOO_LONG, Forks
from mutation.place import Place
from mutation.reach import Reach, reach

_CONTROLS: Final = 25
"""One of so many is run without its fault first: then no test may fail."""
_CONTROL: Final = "no fault: "
_HOW: Final = {FAILED: "noticed", NOT_LOADED: "noticed", NOT_STARTED: "noticed", TOO_LONG: "too long"}


@dataclass(frozen=True)
class End:
    """How a mutant ended. ``how``: "noticed", "too long", "lives", "no test", "broken" (the harness). ``by``: the test
    that failed; none when the tests could not even be loaded."""

    key: str
    how: str
    by: str
    tests: int
    seconds: float

    @property
    def noticed(self) -> bool:
        return self.how in ("noticed", "too long")


class Campaign:
    """``scratch`` is empty and ours; ``work`` holds what earlier runs found out."""

    def __init__(self, scratch: Path, work: Path, *, sample: int, seed: int) -> None:
        self._scratch, self._work = scratch, work
        self._place = Place.made(scratch / "place")
        self.sources = self._place.modules
        self.sample, self.counts = drawn(self.sources, sample, seed)
        self._ends = {end.key: end for end in self._read()}

    def ended(self) -> list[tuple[Mutant, End]]:
        """In the order of the sample; only those that were run."""
        return [(mutant, self._ends[mutant.key]) for mutant in self.sample if mutant.key in self._ends]

    def controls(self) -> list[End]:
        """How the runs without a fault ended; anything but "lives" says that the harness or a test is wrong."""
        return [end for key, end in self._ends.items() if key.startswith(_CONTROL)]

    def run(self, *, jobs: int, only: Collection[str], again: bool, seconds: float) -> None:
        """Runs what has not been run, in an order that is no order of modules: half a run is a sample too."""
        todo = [
            mutant
            for mutant in self.sample
            if not only or any(text in mutant.key for text in only)
            if mutant.key not in self._ends or (again and not self._ends[mutant.key].noticed)
        ]
        if not todo:
            return
        Random(len(todo)).shuffle(todo)
        known = reach(self._place, self._work / "reach.json")
        children = []
        for job in range(jobs):
            place = (
                self._place if job == 0 else Place.made(self._scratch / f"place{job}", of=self._place.root)
            )
            child = os.fork()
            if not child:
                _work(place, known, todo[job::jobs], seconds, self._work / f"ends-{os.getpid()}.jsonl")
                os._exit(0)
            children.append(child)
        wrong = [child for child in children if os.waitpid(child, 0)[1]]
        if wrong:
            raise SystemExit("the run was broken off; the same command goes on with it")
        self._ends = {end.key: end for end in self._read()}

    def _read(self) -> list[End]:
        files = sorted(self._work.glob("ends-*.jsonl"), key=lambda file: file.stat().st_mtime)
        return [End(**json.loads(line)) for file in files for line in file.read_text().splitlines()]


def _work(place: Place, known: Reach, todo: Sequence[Mutant], seconds: float, answer: Path) -> None:
    forks = Forks(place)
    begin = time.perf_counter()
    lives = 0
    for number, mutant in enumerate(todo, 1):
        rounds = known.rounds(mutant, seconds)
        if number % _CONTROLS == 1:
            _put(answer, _end(forks, known, f"{_CONTROL}{mutant.key}", rounds))
        with place.changed(mutant.module, mutant.source):
            end = _end(forks, known, mutant.key, rounds)
        lives += not end.noticed
        _put(answer, end)
        so_far = f"{number}/{len(todo)} {time.perf_counter() - begin:.0f} s, {lives} live"
        print(so_far, end.how, f"{end.seconds:.1f} s", mutant.key, file=sys.stderr, flush=True)


def _put(answer: Path, end: End) -> None:
    with answer.open("a", encoding="utf-8") as file:
        file.write(json.dumps(vars(end)) + "\n")


def _end(forks: Forks, known: Reach, key: str, rounds: Sequence[Sequence[str]]) -> End:
    begin = time.perf_counter()
    run = 0
    for tests in rounds:
        code, by = forks.run(tests, known.seconds(tests))
        run += len(tests)
        if code not in (PASSED, NONE_RUN):
            how = _HOW.get(code, "broken")
            return End(key, how, by, run, round(time.perf_counter() - begin, 1))
    return End(key, "lives" if run else "no test", "", run, round(time.perf_counter() - begin, 1))
