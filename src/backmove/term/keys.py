"""The keyboard of a real terminal: one key, a line, and the terminal given back as it was.

Why our own and not a library: docs/decisions/0006-keys.md.

Conventions of this file
- ``key`` gives one character as typed, or a name of several letters (``left``, ``redraw``) for a key that is
  no character; a name is never an answer. Enter is a line feed, backspace is DEL.
- The end of input (Ctrl-D, SIGTERM; a closed window, SIGHUP) is EOFError; Ctrl-C is KeyboardInterrupt. Both come
  only out of ``key`` and ``line``: what is computed between two keys is never torn apart.
- Between ``__enter__`` and ``__exit__`` nothing typed is echoed, except while ``line`` reads. The former mode
  comes back on every way out: the end, an exception, Ctrl-C, Ctrl-Z (ours after ``fg``), SIGTERM, SIGHUP.
- Seconds are those of the clock that the caller gives.
"""

import codecs
import contextlib
import os
import select
import signal
import unicodedata
from collections.abc import Callable, Iterator
from types import FrameType, TracebackType
from typing import IO, Any, Final, Self

try:
    import termios
except ImportError:  # Windows: lines only, the numbered form of every question
    SINGLE_KEYS = False
else:
    SINGLE_KEYS = True

REDRAW: Final = "redraw"
"""What ``key`` gives after Ctrl-L and after ``fg``: paint again what you were showing."""

ESCAPE: Final = "escape"
_ESCAPE: Final = "\x1b"
_ESCAPE_GAP_S: Final = 0.05
"""The letters of one special key follow each other faster than this."""
_ESCAPE_TAIL_S: Final = 0.5
"""On a slow line the rest of a special key may still come this much later; it is then swallowed, too."""
_NAMES: Final = {"A": "up", "B": "down", "C": "right", "D": "left", "H": "home", "F": "end"}
_ENDING: Final = ("SIGTERM", "SIGHUP")


class WindowGone(EOFError):
    """The end of input because the terminal is no more: nothing can be shown either."""


class TerminalKeys:
    """A terminal as a keyboard. Use it in a ``with`` statement.

    ``single`` says whether one key is enough; where it is not (no termios), ask for lines.
    """

    def __init__(self, stdin: IO[str], clock: Callable[[], float]) -> None:
        self._fd = stdin.fileno()
        self._stdin = stdin
        self._clock = clock
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._typed = ""
        self._tail_until = 0.0
        self._former: list[Any] | None = None
        self._reading_line = False
        self._resumed = False
        self._ending: EOFError | None = None
        self._interrupted = False
        self._handlers: dict[int, Any] = {}
        self._bell: tuple[int, int] | None = None
        self._wakeup = -1

    @property
    def single(self) -> bool:
        return SINGLE_KEYS

    # --- in and out --------------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        if not SINGLE_KEYS:
            return self
        self._former = termios.tcgetattr(self._fd)
        self._bell = os.pipe()
        for end in self._bell:
            os.set_blocking(end, False)
        # The signal itself writes a byte: one that comes just before select begins to wait would be slept through.
        self._wakeup = signal.set_wakeup_fd(self._bell[1], warn_on_full_buffer=False)
        wanted = {"SIGTSTP": self._suspend, "SIGCONT": self._resume} | dict.fromkeys(_ENDING, self._end)
        for name, handler in wanted.items():
            number = getattr(signal, name)
            if signal.getsignal(number) is not signal.SIG_IGN:  # nohup keeps its meaning
                self._handlers[number] = signal.signal(number, handler)
        self._handlers[signal.SIGINT] = signal.signal(signal.SIGINT, self._interrupt)
        self._quiet()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._give_back()
        self._former = None
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._handlers.clear()
        if self._bell:
            signal.set_wakeup_fd(self._wakeup)
            for end in self._bell:
                os.close(end)
            self._bell = None

    def _quiet(self) -> None:
        """One key at a time, nothing echoed; Ctrl-C and Ctrl-Z stay signals."""
        if self._former is None:
            return
        with contextlib.suppress(termios.error):  # the window is gone: the next read says so
            mode = termios.tcgetattr(self._fd)
            mode[3] &= ~(termios.ECHO | termios.ICANON)
            mode[3] |= termios.ISIG
            mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
            termios.tcsetattr(self._fd, termios.TCSADRAIN, mode)

    def _give_back(self) -> None:
        if self._former is not None:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(self._fd, termios.TCSADRAIN, self._former)

    # --- signals -----------------------------------------------------------------------------------------

    def _suspend(self, number: int, frame: FrameType | None) -> None:
        """Ctrl-Z: the shell gets the terminal as it was; what stops us is the ordinary signal."""
        self._give_back()
        ours = signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        signal.signal(number, ours)  # reached after ``fg``

    def _resume(self, number: int, frame: FrameType | None) -> None:
        if not self._reading_line:
            self._quiet()
        self._resumed = True

    def _end(self, number: int, frame: FrameType | None) -> None:
        """Told to stop: to whoever asks this is the end of input, so what was answered can still be kept."""
        self._ending = EOFError() if number == signal.SIGTERM else WindowGone()

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        self._interrupted = True

    # --- reading -----------------------------------------------------------------------------------------

    def now(self) -> float:
        return self._clock()

    def flush(self) -> None:
        """Forget what was typed and not yet read."""
        self._typed = ""
        if SINGLE_KEYS:
            with contextlib.suppress(termios.error):
                termios.tcflush(self._fd, termios.TCIFLUSH)

    def key(self, timeout_s: float | None = None) -> str | None:
        """The next key, or None when ``timeout_s`` seconds pass without one."""
        until = None if timeout_s is None else self._clock() + timeout_s
        while True:
            letter = "" if self._came_back() else self._letter(until)
            if letter == "" or (letter is None and self._came_back()):
                return REDRAW
            if letter is None:
                return None
            if letter == _ESCAPE or (letter in "[O" and self._clock() < self._tail_until):
                return self._special(letter)
            if letter == "\x04":
                raise EOFError
            if letter == "\x0c":
                return REDRAW
            if letter in "\r\n":
                return "\n"
            if letter in "\x7f\b":
                return "\x7f"
            if unicodedata.category(letter) not in ("Cc", "Cf", "Mn"):
                return letter

    def line(self) -> str:
        """A typed line without its end. The terminal itself echoes and lets the person correct it."""
        if not SINGLE_KEYS:
            text = self._stdin.readline()
            if not text:
                raise EOFError
            return text.rstrip("\r\n")
        self._reading_line = True
        self._give_back()
        raw = b""
        try:
            while not raw.endswith((b"\n", b"\r")):
                self._wait(None)
                piece = self._read()
                if not piece:  # also after the start of a line: half a word is no answer
                    raise EOFError
                raw += piece
        finally:
            self._reading_line = False
            self._resumed = False
            self._quiet()
        return _without_special(raw.decode("utf-8", "replace")).strip()

    def _came_back(self) -> bool:
        back, self._resumed = self._resumed, False
        return back

    def _letter(self, until: float | None) -> str | None:
        """The next decoded character; None at ``until`` or after ``fg``."""
        while not self._typed:
            if not self._wait(until):
                return None
            piece = self._read()
            if not piece:
                raise EOFError
            self._typed += self._decode(piece)
        letter, self._typed = self._typed[0], self._typed[1:]
        return letter

    def _wait(self, until: float | None) -> bool:
        """Wait for input. False at ``until`` and when ``fg`` brought us back."""
        while True:
            if self._ending is not None:
                raise self._ending
            if self._interrupted:
                self._interrupted = False
                raise KeyboardInterrupt
            left = None if until is None else max(0.0, until - self._clock())
            watched = [self._fd, *(self._bell[:1] if self._bell else ())]
            ready, _, _ = select.select(watched, [], [], left)
            if self._bell and self._bell[0] in ready:
                with contextlib.suppress(BlockingIOError):
                    os.read(self._bell[0], 64)
                if self._resumed and not self._reading_line:
                    return False
                continue
            return bool(ready)

    def _read(self) -> bytes:
        try:
            return os.read(self._fd, 1024)
        except OSError:
            raise WindowGone from None

    def _special(self, first: str) -> str:
        """The name of a key that sends several characters; every one of them is swallowed."""
        if first == _ESCAPE:
            second = self._letter(self._clock() + _ESCAPE_GAP_S)
            if second is None:
                self._tail_until = self._clock() + _ESCAPE_TAIL_S
                return ESCAPE
        else:
            second = first
        self._tail_until = 0.0
        if second == "O":
            return _NAMES.get(self._letter(self._clock() + _ESCAPE_TAIL_S) or "", "special")
        if second != "[":
            return "special"  # Alt and a letter
        while (letter := self._letter(self._clock() + _ESCAPE_TAIL_S)) is not None:
            if "\x40" <= letter <= "\x7e":
                return _NAMES.get(letter, "special")
        return "special"


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Ctrl-C does nothing until this is over: nothing comes between telling of a sign and keeping it."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _without_special(text: str) -> str:
    """A line without the traces of arrow keys and other control characters."""
    kept, rest = "", text
    while rest:
        letter, rest = rest[0], rest[1:]
        if letter == _ESCAPE:
            if rest[:1] in ("[", "O"):
                rest = rest[1:]
                while rest and not "\x40" <= rest[0] <= "\x7e":
                    rest = rest[1:]
            rest = rest[1:]
        elif unicodedata.category(letter) not in ("Cc", "Cf"):
            kept += letter
    return kept
