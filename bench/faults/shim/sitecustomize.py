"""Python runs this before the program: it counts the calls that touch one folder, and strikes at one of them.

``BACKMOVE_FAULT`` holds JSON: ``folder``; ``log``, a file that gets a line for each call (name, tab, file); ``at``, the
number of the call that is struck (0: none; counted from 1); ``do``: kill, short (only 7 bytes of a write go in), short
and kill (killed then, before they are taken back), or the name of an error (ENOSPC).
Writes that C code makes by itself are not seen here; strace sees them (bench/faults/engines.py).
"""

import errno
import fcntl
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_SHORT = 7


class Striker:
    """Counts, notes, and strikes. The calls that it makes itself are the originals."""

    def __init__(self, folder: str, log: str, at: int, do: str) -> None:
        self._folder, self._at, self._do = folder, at, do
        self._count = 0
        self._doomed = False
        self._write = os.write
        self._log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)

    def meets(self, name: str, where: Any) -> bool:
        """Notes a call that touches the folder. Kills or raises when its turn has come; True: write short."""
        path = self._path(where)
        if path != self._folder and not path.startswith(self._folder + "/"):
            return False
        self._count += 1
        self._write(self._log, f"{name}\t{path.removeprefix(self._folder).strip('/')}\n".encode())
        if self._doomed and name in ("ftruncate", "unlink", "remove"):
            os.kill(os.getpid(), signal.SIGKILL)
        if self._count != self._at:
            return False
        if self._do == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if self._do.startswith("short"):
            self._doomed = self._do == "short and kill"
            return name == "write"
        number = getattr(errno, self._do)
        raise OSError(number, os.strerror(number), path)

    @staticmethod
    def _path(where: Any) -> str:
        if isinstance(where, int):
            try:
                return str(Path(f"/proc/self/fd/{where}").readlink()).removesuffix(" (deleted)")
            except OSError:
                return ""
        try:
            return str(Path(os.fsdecode(where)).absolute())
        except (TypeError, ValueError):
            return ""


def _wrapped(striker: Striker, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
    def call(where: Any, *rest: Any, **more: Any) -> Any:
        if striker.meets(name, where):
            return real(where, rest[0][:_SHORT])
        return real(where, *rest, **more)

    return call


def install(plan: dict[str, Any]) -> None:
    """Puts the striker between the program and the system."""
    striker = Striker(**plan)
    for name in ("write", "fsync", "fdatasync", "ftruncate", "truncate", "mkdir", "rmdir", "rename", "replace",
                 "unlink", "remove", "link", "symlink", "chmod", "fchmod", "utime"):  # fmt: skip
        if hasattr(os, name):
            setattr(os, name, _wrapped(striker, name, getattr(os, name)))
    fcntl.flock = _wrapped(striker, "flock", fcntl.flock)

    def opened(event: str, args: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(args[2], int) and args[2] & _WRITES:
            striker.meets("open", args[0])

    sys.addaudithook(opened)


if _plan := os.environ.pop("BACKMOVE_FAULT", ""):
    install(json.loads(_plan))
