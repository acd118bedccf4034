"""The real program in processes of its own: a folder, arguments, what is typed, and how it ended."""

import importlib
import os
import pkgutil
import pty
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, NoReturn

ROOT: Final = Path(__file__).resolve().parents[2]
LIMIT_S: Final = 60
_LOOK_S: Final = 0.35
"""How long a person looks at the screen before a key; the program ignores keys that come sooner."""

_PATIENCE_S: Final = 1.5
"""How long a person looks at a screen that moves all the time."""


@dataclass(frozen=True)
class Ended:
    """``code`` is negative for a signal. ``out``: standard output (or all of the terminal); ``err``: the rest."""

    code: int
    out: str
    err: str

    @property
    def killed(self) -> bool:
        return self.code == -signal.SIGKILL


@dataclass(frozen=True)
class Program:
    """Where the code is. ``snapshot`` makes one that nobody edits meanwhile."""

    root: Path = ROOT

    @classmethod
    def snapshot(cls, into: Path) -> "Program":
        """A copy of the program and its data, compiled."""
        shutil.copytree(ROOT / "src", into / "src", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(ROOT / "data", into / "data")
        subprocess.run([sys.executable, "-m", "compileall", "-q", str(into / "src")], check=True)
        return cls(into)

    def command(self, args: Sequence[str]) -> list[str]:
        return [sys.executable, "-m", "backmove", *args]

    def env(self, folder: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """An environment without a home, in which every run does the same."""
        path = str(self.root / "src")
        return {
            "BACKMOVE_DIR": str(folder),
            "PATH": os.environ["PATH"],
            "PYTHONPATH": path,
            "PYTHONHASHSEED": "0",
            "PYTHONDONTWRITEBYTECODE": "1",
            "LC_ALL": "C.UTF-8",
            "TZ": "Europe/Berlin",
            "COLUMNS": "80",
        } | dict(more or {})

    def run(
        self,
        folder: Path,
        args: Sequence[str],
        stdin: str = "",
        *,
        before: Sequence[str] = (),
        env: Mapping[str, str] | None = None,
        file_limit: int | None = None,
    ) -> Ended:
        """One command with pipes. ``before``: words in front of it; ``file_limit``: bytes that a file may have."""

        def limited() -> None:
            if file_limit is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, file_limit))

        ran = subprocess.run(
            [*before, *self.command(args)],
            input=stdin.encode(),
            capture_output=True,
            env=self.env(folder, env),
            timeout=LIMIT_S,
            check=False,
            preexec_fn=limited,
        )
        return Ended(ran.returncode, ran.stdout.decode(errors="replace"), ran.stderr.decode(errors="replace"))

    def ask(self, folder: Path, args: Sequence[str], stdin: str = "") -> Ended:
        """As ``run``, in a process of its own that need not load the program first: it is forked from this one."""
        _load(self.root)
        with tempfile.TemporaryDirectory() as scratch:
            files = [Path(scratch) / name for name in ("in", "out", "err")]
            files[0].write_text(stdin)
            pid = os.fork()
            if pid == 0:
                _become(files, self.env(folder), args)
            code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            return Ended(code, *(file.read_text(errors="replace") for file in files[1:]))

    def type(
        self,
        folder: Path,
        args: Sequence[str],
        keys: Mapping[str, str],
        env: Mapping[str, str] | None = None,
        *,
        before: Sequence[str] = (),
    ) -> Ended:
        """One command in a terminal: whenever words of ``keys`` are the newest on the screen, their key is pressed.
        ``before``: as in ``run``, with the whole path of the first."""
        pid, terminal = pty.fork()
        if pid == 0:
            words = [*before, *self.command(args)]
            os.execve(words[0], words, self.env(folder, {"TERM": "dumb"} | dict(env or {})))
        screen = _drive(terminal, keys)
        os.close(terminal)
        return Ended(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), screen, "")


@cache
def _load(root: Path) -> None:
    """The whole program into this process; nothing of it is run here."""
    import backmove

    if not Path(backmove.__file__).is_relative_to(root):
        raise RuntimeError(f"backmove is loaded from {backmove.__file__}, not from {root}")
    for module in pkgutil.walk_packages(backmove.__path__, "backmove."):
        importlib.import_module(module.name)


def _become(files: Sequence[Path], env: Mapping[str, str], args: Sequence[str]) -> NoReturn:
    """Be the program, from its first line to its exit code."""
    code = 70
    try:
        flags = (os.O_RDONLY, os.O_WRONLY | os.O_CREAT, os.O_WRONLY | os.O_CREAT)
        for number, (file, flag) in enumerate(zip(files, flags, strict=True)):
            os.dup2(os.open(file, flag, 0o600), number)
        sys.stdin, sys.stdout, sys.stderr = map(os.fdopen, range(3), "rww")
        os.environ.clear()
        os.environ.update(env)
        time.tzset()
        sys.argv = ["backmove", *args]
        from backmove.__main__ import main

        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    except Exception:  # noqa: BLE001 - the boundary of a process
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _drive(terminal: int, keys: Mapping[str, str]) -> str:
    """Reads and types until the program has closed the terminal; looks again when the screen has rested, or has moved
    for a while."""
    screen, new, end = "", "", time.monotonic() + LIMIT_S
    patience = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end:
        if time.monotonic() < patience and select.select([terminal], [], [], _LOOK_S)[0]:
            try:
                text = os.read(terminal, 65536).decode(errors="replace")
            except OSError:
                return screen
            if not text:
                return screen
            screen, new = screen + text, new + text
            continue
        patience = time.monotonic() + _PATIENCE_S
        last = max(keys, key=lambda words: new.rfind(words))
        if last in new:
            new = ""
            try:
                os.write(terminal, keys[last].encode())
            except OSError:
                return screen
    raise TimeoutError(f"it did not end:\n{screen[-2000:]}")
