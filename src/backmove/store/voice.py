"""The computer's own voice: a program that is there anyway, started for each sentence and never waited for.

Words go in through standard input, or behind ``--``: they can be no option and no script. A voice that fails is silent.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final

from msgspec import Struct

_SPEAK: Final = (
    "Add-Type -AssemblyName System.Speech; "
    "(New-Object System.Speech.Synthesis.SpeechSynthesizer).Speak([Console]::In.ReadToEnd())"
)


class Program(Struct, frozen=True):
    """A program that speaks. ``piped``: the words go in through standard input, and it speaks while it lives;
    else they stand behind ``--`` and ``quiet`` makes it stop."""

    command: tuple[str, ...]
    piped: bool = True
    quiet: tuple[str, ...] = ()


PROGRAMS: Final[Mapping[str, tuple[Program, ...]]] = {
    "darwin": (Program(("say", "-f", "-")),),
    "win32": (Program(("powershell", "-NoProfile", "-NonInteractive", "-Command", _SPEAK)),),
    "": (
        Program(("spd-say",), piped=False, quiet=("spd-say", "-C")),
        Program(("espeak-ng", "--stdin")),
        Program(("espeak", "--stdin")),
    ),
}
"""By ``sys.platform``, in the order of choice."""


class SystemVoice:
    """Speaks with one program. ``start`` is ``subprocess.Popen``."""

    def __init__(self, program: Program, start: Callable[..., Any] = subprocess.Popen) -> None:
        self._program = program
        self._start = start
        self._speaking: Any = None

    @property
    def name(self) -> str:
        return self._program.command[0]

    def say(self, words: str) -> None:
        """Say this and nothing of what was being said."""
        self.hush()
        program = self._program
        command = program.command if program.piped else (*program.command, "--", words)
        self._speaking = self._begin(command, words if program.piped else None)

    def hush(self) -> None:
        """Stop speaking."""
        before, self._speaking = self._speaking, None
        if before is None:
            return
        if before.poll() is None:
            with suppress(OSError):
                before.kill()
            with suppress(OSError, subprocess.SubprocessError):
                before.wait(timeout=1)
        if self._program.quiet:
            quiet = self._begin(self._program.quiet, None)
            if quiet is not None:
                with suppress(OSError, subprocess.SubprocessError):
                    quiet.wait(timeout=1)

    def _begin(self, command: tuple[str, ...], words: str | None) -> Any:
        nowhere = subprocess.DEVNULL
        stdin = nowhere if words is None else subprocess.PIPE
        try:
            process = self._start(command, stdin=stdin, stdout=nowhere, stderr=nowhere, close_fds=True)
            if words is not None:
                process.stdin.write(words.encode("utf-8", "replace"))
                process.stdin.close()
        except (OSError, ValueError):
            return None
        return process


def find_voice(
    path: str, platform: str = sys.platform, which: Callable[..., str | None] = shutil.which
) -> SystemVoice | None:
    """The voice of this computer, or None. ``path``: where programs are looked for (``PATH``)."""
    for program in PROGRAMS.get(platform, PROGRAMS[""]):
        if which(program.command[0], path=path):
            return SystemVoice(program)
    return None
