"""Two ways to stand between the program and the system.

``Strace`` is the truth: the kernel itself stops the program, whatever made the call. (With ``--seccomp-bpf`` an
injected SIGKILL never came, strace 6.1, so it is left away: 0.4 s a run for 0.13.) It strikes at the n-th call of a
name in the whole process, so a run must do the same every time. ``Shim`` works everywhere, is three times as fast, and
counts only calls that touch the folder, so it also strikes at what does not repeat exactly (the guide, whose clock
runs). Each run of the harness compares what the two have seen.
"""

import json
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from faults.program import Ended, Program

_NAMES: Final = {
    "openat": "open", "open": "open", "creat": "open", "write": "write", "pwrite64": "write", "writev": "write",
    "ftruncate": "ftruncate", "truncate": "truncate", "fsync": "fsync", "fdatasync": "fdatasync",
    "rename": "rename", "renameat": "rename", "renameat2": "rename", "unlink": "unlink", "unlinkat": "unlink",
    "mkdir": "mkdir", "mkdirat": "mkdir", "rmdir": "rmdir", "link": "link", "linkat": "link",
    "symlink": "symlink", "symlinkat": "symlink", "chmod": "chmod", "fchmod": "chmod", "fchmodat": "chmod",
    "flock": "flock", "utimensat": "utime",
}  # fmt: skip
"""What strace calls them, and what we do."""
_SAME: Final = {"replace": "rename", "remove": "unlink", "fchmod": "chmod"}
_TIME: Final = re.compile(r"\d{8}-\d{6}")
_CALL: Final = re.compile(r"^\d+ +(\w+)\((.*)$")


class Call(NamedTuple):
    """A call that touches the folder: its name, the file in the folder, and where strace finds it again."""

    name: str
    file: str
    system: str = ""
    nth: int = 0


class Job(NamedTuple):
    """A command in a folder. With ``keys`` it runs in a terminal."""

    program: Program
    folder: Path
    args: Sequence[str]
    stdin: str
    keys: Mapping[str, str] | None = None


class Engine(Protocol):
    """What the harness needs of either."""

    name: str

    def watch(self, job: Job) -> tuple[list[Call], Ended]:
        """Runs it to its end."""

    def strike(self, job: Job, calls: Sequence[Call], at: int, do: str) -> tuple[Call | None, Ended]:
        """Runs it and strikes at call ``at`` (from 0) of ``calls``; ``do``: kill or an error's name.

        Gives the call that was struck, None when the run went another way and it was not."""


class Shim:
    """Python functions in front of the system's (shim/sitecustomize.py)."""

    name = "shim"

    def watch(self, job: Job) -> tuple[list[Call], Ended]:
        return self._run(job, 0, "kill")

    def strike(self, job: Job, calls: Sequence[Call], at: int, do: str) -> tuple[Call | None, Ended]:
        seen, ended = self._run(job, at + 1, do)
        return seen[at] if len(seen) > at else None, ended

    @staticmethod
    def _run(job: Job, at: int, do: str) -> tuple[list[Call], Ended]:
        with tempfile.TemporaryDirectory() as scratch:
            log = Path(scratch) / "calls"
            plan = json.dumps({"folder": str(job.folder), "log": str(log), "at": at, "do": do})
            here = str(Path(__file__).parent / "shim")
            env = {"BACKMOVE_FAULT": plan, "PYTHONPATH": f"{here}:{job.program.root / 'src'}"}
            if job.keys is None:
                ended = job.program.run(job.folder, job.args, job.stdin, env=env)
            else:
                ended = job.program.type(job.folder, job.args, job.keys, env)
            pairs = [line.split("\t") for line in log.read_text().splitlines()] if log.exists() else []
        return [Call(_SAME.get(name, name), _TIME.sub("TIME", file)) for name, file in pairs], ended


class Strace:
    """The kernel stops the program."""

    name = "strace"

    def watch(self, job: Job) -> tuple[list[Call], Ended]:
        return self._run(job, [])

    def strike(self, job: Job, calls: Sequence[Call], at: int, do: str) -> tuple[Call | None, Ended]:
        call = calls[at]
        how = "signal=KILL" if do == "kill" else f"error={do}"
        seen, ended = self._run(job, ["-e", f"inject={call.system}:{how}:when={call.nth}"])
        struck = next((c for c in seen if (c.system, c.nth) == (call.system, call.nth)), None)
        return struck if struck == call else None, ended

    @staticmethod
    def works() -> bool:
        """Whether strace is here and may look into our own processes."""
        if shutil.which("strace") is None:
            return False
        with tempfile.TemporaryDirectory() as scratch:
            job = Job(Program(), Path(scratch), ["--version"], "")
            return bool(Strace._run(job, [])[1].code == 0)

    @staticmethod
    def _run(job: Job, more: Sequence[str]) -> tuple[list[Call], Ended]:
        with tempfile.TemporaryDirectory() as scratch:
            log = Path(scratch) / "calls"
            words = [
                "strace",
                "-f",
                "-qq",
                "-y",
                "-s",
                "0",
                "-o",
                str(log),
                "-e",
                "trace=" + ",".join(_known()),
            ]
            ended = job.program.run(job.folder, job.args, job.stdin, before=[*words, *more])
            text = log.read_text(errors="replace")
        return _calls(text, str(job.folder)), ended


def _known() -> list[str]:
    """The names with a question mark: strace leaves out what this machine does not have."""
    return [f"?{name}" for name in _NAMES]


def _calls(text: str, folder: str) -> list[Call]:
    """The calls of a log that touch the folder. Opening to read touches nothing."""
    seen: Counter[str] = Counter()
    found = []
    for line in text.splitlines():
        match = _CALL.match(line)
        if match is None:
            continue
        system, rest = match[1], match[2]
        seen[system] += 1
        if system == "openat" and not re.search(r"O_(WRONLY|RDWR|CREAT)", rest):
            continue
        places = re.findall(r"<([^>]*)>", rest.split(" = ")[0]) if rest[:1].isdigit() else []
        places += [_absolute(named) for named in re.findall(r'"([^"]*)"', rest)]
        where = next((p for p in places if p == folder or p.startswith(folder + "/")), None)
        if where is not None:
            file = _TIME.sub("TIME", where.removeprefix(folder).strip("/"))
            found.append(Call(_NAMES[system], file, system, seen[system]))
    return found


def _absolute(named: str) -> str:
    return named if named.startswith("/") else ""
