"""A story under strace, one real process for each of its commands."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from faults.program import Ended
from faults.stage import JOURNAL
from traced.calls import TRACE, calls_of
from traced.ground import Ground
from traced.judge import Judge, Seen
from traced.story import Put, Step

_STRACE: Final = ("-f", "-ff", "--seccomp-bpf", "-qq", "-y", "-s", "4096", "-e", f"trace={TRACE}")
"""A file for each process; open files by their names. Calls that are not asked for do not stop the program: half the
time."""


class DoesNotRun(Exception):
    """A command of the story does not do what it is there for."""


def strace_works() -> bool:
    """Whether strace is here and may look into our own processes."""
    if sys.platform != "linux" or shutil.which("strace") is None:
        return False
    with tempfile.TemporaryDirectory() as scratch:
        words = ["strace", *_STRACE, "-o", f"{scratch}/log", "true"]
        return subprocess.run(words, capture_output=True, check=False).returncode == 0


@dataclass
class Tracer:
    """Runs steps on one ground."""

    ground: Ground

    def __post_init__(self) -> None:
        self.judge = Judge(self.ground)
        self._count = 0

    def tell(self, story: Iterable[Step | Put]) -> Iterator[Seen]:
        """Lives the story. Raises ``DoesNotRun`` when a command ends in another way than it should."""
        for step in story:
            if isinstance(step, Put):
                self.put(step)
            else:
                yield self.run(step)

    def run(self, step: Step) -> Seen:
        self._count += 1
        logs = self.ground.logs / f"{self._count}"
        logs.mkdir()
        ended = self._ended(step, logs / "log")
        if ended.code not in step.codes or step.shows not in ended.out + ended.err:
            raise DoesNotRun(f"{step.title}: {ended.code}\n{ended.out}\n{ended.err}")
        files = sorted(logs.iterdir(), key=lambda file: int(file.suffix[1:]))
        texts = {int(file.suffix[1:]): file.read_text(errors="replace") for file in files}
        shutil.rmtree(logs)
        calls = {number: list(calls_of(text, self.ground.here)) for number, text in texts.items()}
        return self.judge.seen(step, calls)

    def _ended(self, step: Step, log: Path) -> Ended:
        ground, program = self.ground, self.ground.program
        strace = shutil.which("strace") or ""
        before = ("/usr/bin/env", "-C", str(ground.here), strace, *_STRACE, "-o", str(log))
        args, env = tuple(map(self._placed, step.args)), ground.env(step.env)
        env = {name: self._placed(said) for name, said in env.items()}
        if step.keys is not None:
            return program.type(ground.folder, args, step.keys, env, before=before)
        return program.run(ground.folder, args, self._placed(step.stdin), env=env, before=before)

    def _placed(self, words: str) -> str:
        """With places and exercises in the stead of their names."""
        names = {"{folder}": str(self.ground.folder), "{temporary}": str(self.ground.temporary)}
        if "{first}" in words or "{second}" in words:
            names["{first}"], names["{second}"] = self._given()[:2]
        for name, said in names.items():
            words = words.replace(name, said)
        return words

    def _given(self) -> list[str]:
        """The exercises of the last session."""
        lines = (self.ground.folder / JOURNAL).read_text().splitlines()
        last = next(line for line in reversed(lines) if '"kind":"session"' in line)
        return [item["exercise"] for item in json.loads(last)["items"]]

    def put(self, put: Put) -> None:
        """Lays a file, or more of one, where the story wants it."""
        place = Path(self._placed(put.place))
        place.parent.mkdir(exist_ok=True)
        with place.open("ab") as file:
            file.write(put.content)
        place.chmod(put.mode)
