"""Runs the real program in a real pseudo-terminal and reads its screen as text.

    with Terminal("triage", folder=tmp_path) as terminal:
        terminal.wait_for("How old are you")
        terminal.type("44\\r")
        terminal.press("n")           # waits until the question before has gone
        assert terminal.end() == 5
        assert "Next:" in terminal.screen

``shell=True`` puts a small shell with job control between the terminal and the program: Ctrl-Z stops it and
``foreground`` brings it back. Nothing sleeps longer than it must: every wait ends when the screen says so.
"""

import os
import re
import signal
import sys
import termios
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import pexpect
import pyte

from surroundings import surroundings

ROOT = Path(__file__).parent.parent.parent
GRACE_S = 0.25
"""A little more than the program ignores keys for after it has shown a question."""
LIMIT_S = 30.0

SHELL = """
import fcntl, os, signal, subprocess, sys, termios
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
signal.signal(signal.SIGINT, signal.SIG_IGN)
before = termios.tcgetattr(0)
def front():
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpid())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
child = subprocess.Popen(sys.argv[1:], preexec_fn=front)
while True:
    _, status = os.waitpid(child.pid, os.WUNTRACED)
    if os.WIFSTOPPED(status):
        os.tcsetpgrp(0, os.getpgrp())
        sys.stdout.write("[stopped]\\n")
        sys.stdout.flush()
        sys.stdin.readline()
        os.tcsetpgrp(0, child.pid)
        os.killpg(child.pid, signal.SIGCONT)
    else:
        code = os.waitstatus_to_exitcode(status)
        sys.exit(128 - code if code < 0 else code)
"""


def _hears_the_window_close() -> None:
    """A program in a window hears SIGHUP, also when whoever runs the tests ignores it (nohup)."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


class Terminal:
    """A terminal of ``columns`` x ``rows`` with the program running in it."""

    def __init__(
        self,
        *args: str,
        folder: Path,
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
        program: tuple[str, ...] = ("-m", "backmove"),
        shell: bool = False,
    ) -> None:
        environment = surroundings(
            folder, HOME=str(folder / "no-home"), TERM="xterm-256color", LANG="C.UTF-8"
        )
        command = [sys.executable, *program, *args]
        if shell:
            command = [sys.executable, "-c", SHELL, *command]
        self._screen = pyte.HistoryScreen(columns, rows, history=2000, ratio=0.5)
        self._stream = pyte.Stream(self._screen)
        self.raw = ""
        self.child = pexpect.spawn(
            command[0],
            command[1:],
            env=environment | dict(env or {}),
            dimensions=(rows, columns),
            encoding="utf-8",
            codec_errors="replace",
            echo=True,
            timeout=LIMIT_S,
            preexec_fn=_hears_the_window_close,
        )
        self.child.delaybeforesend = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.child.close(force=True)

    # --- what is seen ------------------------------------------------------------------------------------

    @property
    def lines(self) -> list[str]:
        """The screen as it stands, one string a row, without blanks at the right."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def screen(self) -> str:
        return "\n".join(self.lines).strip("\n")

    @property
    def flat(self) -> str:
        """The screen in one line, so that a sentence is found wherever it was wrapped."""
        return " ".join(self.screen.split())

    @property
    def history(self) -> str:
        """Everything that scrolled away, and the screen."""
        above = ["".join(row[n].data for n in sorted(row)).rstrip() for row in self._screen.history.top]
        return "\n".join([*above, self.screen])

    def echoes(self) -> bool:
        """Whether the terminal shows what is typed, as a shell leaves it."""
        return bool(termios.tcgetattr(self.child.child_fd)[3] & termios.ECHO)

    def pump(self, seconds: float = 0.05) -> bool:
        """Read what the program wrote within ``seconds``. False when it has ended and all is read."""
        try:
            text = self.child.read_nonblocking(65536, timeout=seconds)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += text
        self._stream.feed(text)
        return True

    def wait_until(self, good: Callable[["Terminal"], bool], what: str) -> None:
        end = time.monotonic() + LIMIT_S
        alive = True
        while not good(self):
            assert alive, f"the program ended and never {what}:\n{self.history}"
            assert time.monotonic() < end, f"in {LIMIT_S:.0f} s it never {what}:\n{self.screen}"
            alive = self.pump()

    def wait_for(self, text: str) -> None:
        """Wait until the words stand on the screen (however wrapped)."""
        self.wait_until(lambda t: " ".join(text.split()) in t.flat, f"showed {text!r}")

    def settle(self) -> None:
        """Wait until the screen rests, and until keys count."""
        end = time.monotonic() + GRACE_S
        while time.monotonic() < end:
            before = len(self.raw)
            if not self.pump():
                return
            if len(self.raw) != before:
                end = time.monotonic() + GRACE_S

    def linger(self, seconds: float) -> None:
        """Look at the screen for as long as a person would."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.pump()

    # --- what is done ------------------------------------------------------------------------------------

    def type(self, text: str) -> None:
        """Type now, whatever is on the screen."""
        self.child.send(text)

    def press(self, text: str) -> None:
        """Type when the screen has rested, as a person does, then wait for what follows."""
        self.settle()
        before = len(self.raw)
        self.type(text)
        self.wait_until(lambda t: len(t.raw) > before, f"answered {text!r}")
        self.pump(0.02)

    def answer(self, strokes: Iterable[str]) -> None:
        """One stroke after the other, each when the next question stands on the screen."""
        for stroke in strokes:
            self.press(stroke.replace("\n", "\r"))

    def resize(self, columns: int, rows: int) -> None:
        self._screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    def foreground(self) -> None:
        """``fg`` after Ctrl-Z (only with ``shell=True``)."""
        self.wait_for("[stopped]")
        self.type("\r")

    def end(self) -> int:
        """Wait for the end; the exit code."""
        deadline = time.monotonic() + LIMIT_S
        while self.pump():
            assert time.monotonic() < deadline, f"it did not end:\n{self.screen}"
        self.child.wait()
        status = self.child.exitstatus
        return int(status) if status is not None else -int(self.child.signalstatus or 0)

    def hang_up(self) -> None:
        """Close the window: the program gets SIGHUP and a terminal that is gone."""
        os.kill(self.child.pid, signal.SIGHUP)


def words(text: str) -> str:
    """Text with every run of blanks as one, for comparing what was wrapped."""
    return re.sub(r"\s+", " ", text).strip()
