"""Keys of any bytes into every place that asks. The first letter says who asks.

The byte FF (never part of a text in UTF-8) is a pause of a second and a half, FE is Ctrl-C, FD the end of the input;
each other byte comes 20 ms after the one before. Ten seconds after the last byte the input has ended.
"""

import io
import re
from collections.abc import Callable, Mapping
from typing import Final

from backmove.term.guide_keys import BURST_S
from backmove.term.keys import TerminalKeys
from fuzz import journals
from fuzz.desk import CALM, Broken, Desk, chosen

PAUSE: Final = b"\xff"
_INTERRUPT, _END = 0xFE, 0xFD
_GAP_S, _PAUSE_S = 0.02, 1.5
_IDLE_S: Final = 10.0
"""So long nothing comes after the last byte, and then the end of the input."""
_FRAME_S: Final = 1.0
"""The guide looks at the clock as seldom as this; a few times a second is all the same to it, and takes time."""


class _NoFile(io.StringIO):
    def fileno(self) -> int:
        return -1


class Typed(TerminalKeys):
    """The keyboard of the program itself, with its decoding, but bytes and a clock of our own."""

    def __init__(self, data: bytes) -> None:
        super().__init__(_NoFile(), lambda: self.clock)
        self.clock = 0.0
        self.data = data.replace(bytes([_INTERRUPT]), b"").replace(bytes([_END]), b"")
        at = 0.0
        self._coming: list[tuple[float, int]] = []
        for byte in data:
            at += _PAUSE_S if byte == PAUSE[0] else _GAP_S
            if byte != PAUSE[0]:
                self._coming.append((at, byte))
        self._coming.reverse()
        self._end_at = at + _IDLE_S
        self._after = 0

    def now(self) -> float:
        return self.clock

    def key(self, timeout_s: float | None = None) -> str | None:
        if timeout_s is not None and timeout_s > BURST_S:
            timeout_s = max(timeout_s, _FRAME_S)
        return super().key(timeout_s)

    def flush(self) -> None:
        self._typed = ""
        while self._coming and self._coming[-1][0] <= self.clock and self._coming[-1][1] < _END:
            self._coming.pop()

    def _wait(self, until: float | None) -> bool:
        if not self._coming:
            self._after += 1
            if self._after > 10_000:
                raise Broken("it goes on asking after the end of the input")
            if until is None or until > self._end_at:
                return True
            self.clock = max(self.clock, until)
            return False
        at = self._coming[-1][0]
        if until is not None and at > until:
            self.clock = max(self.clock, until)
            return False
        self.clock = max(self.clock, at)
        return True

    def _read(self) -> bytes:
        if not self._coming:
            return b""
        _, byte = self._coming.pop()
        if byte == _INTERRUPT:
            raise KeyboardInterrupt
        if byte == _END:
            self._coming.clear()
            self._end_at = 0.0
            return b""
        return bytes([byte])


def keys(desk: Desk, data: bytes) -> None:
    """One letter and what comes from the keyboard."""
    chosen(_WAYS, data)(desk, Typed(data[1:]))


_QUESTIONS: Final = 30
"""A clean run of the safety questions has more screens than this, each with an answer of at least one letter."""
_SPECIAL: Final = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|.)?", re.DOTALL)
"""A key that sends several bytes, none of which is an answer."""


def _answered(typed: Typed) -> int:
    """At most so many letters and numbers were typed, worked out from the bytes alone."""
    return sum(sign.isalnum() for sign in _SPECIAL.sub(b"", typed.data).decode("latin-1"))


def _triage(*flags: str) -> Callable[[Desk, Typed], None]:
    def ask(desk: Desk, typed: Typed) -> None:
        desk.clear()
        desk.run("triage", *flags, keys=typed)
        if journals.gate(desk) and _answered(typed) < _QUESTIONS:
            raise Broken(f"opened by {_answered(typed)} letters")

    return ask


def _triage_while_locked(*flags: str) -> Callable[[Desk, Typed], None]:
    """One run alone never lifts an emergency, unless a clinician's yes was typed."""

    def ask(desk: Desk, typed: Typed) -> None:
        desk.clear(journals.emergency())
        desk.run("triage", *flags, keys=typed)
        desk.later(25)
        if journals.gate(desk) and (not flags or _answered(typed) < _QUESTIONS):
            raise Broken("an emergency was lifted")

    return ask


def _session(*flags: str) -> Callable[[Desk, Typed], None]:
    def ask(desk: Desk, typed: Typed) -> None:
        desk.clear(journals.made("open"))
        before = desk.journal.read_bytes()
        desk.run("session", "--minutes", "5", *flags, keys=typed)
        new = desk.journal.read_bytes().removeprefix(before)
        if b'"kind":"session"' in new and (_answered(typed) < 6 or not set(b"nN2") & set(typed.data)):
            raise Broken(f"a check was passed with {_answered(typed)} letters")
        if b'"kind":"triage"' in new and b'"unlocked":true' in new:
            raise Broken("a session opened what is locked")

    return ask


def _guide(*flags: str) -> Callable[[Desk, Typed], None]:
    def ask(desk: Desk, typed: Typed) -> None:
        desk.clear(journals.made("open"))
        desk.run("session", "--minutes", "5", "--answers", "-", stdin=CALM)
        desk.run("session", "--minutes", "5", "--guide", *flags, keys=typed)
        desk.run("list", "--json")

    return ask


def _guide_while_locked(desk: Desk, typed: Typed) -> None:
    desk.clear(journals.emergency())
    ran = desk.run("session", "--guide", keys=typed)
    if ran.code == 0 or journals.gate(desk):
        raise Broken("a guide opened an emergency")


def _other(*args: str) -> Callable[[Desk, Typed], None]:
    def ask(desk: Desk, typed: Typed) -> None:
        desk.clear(journals.emergency())
        desk.run(*args, keys=typed)
        if journals.gate(desk):
            raise Broken("an emergency was lifted")

    return ask


_WAYS: Final[Mapping[str, Callable[[Desk, Typed], None]]] = {
    "t": _triage(),
    "T": _triage("--plain"),
    "e": _triage_while_locked("--clearance"),
    "w": _triage_while_locked(),
    "s": _session(),
    "S": _session("--plain"),
    "g": _guide(),
    "G": _guide("--plain"),
    "l": _guide_while_locked,
    "k": _other("checkin", "--more"),
    "K": _other("checkin", "--plain"),
    "p": _other("profile", "edit"),
    "f": _other("profile", "flare-plan"),
    "d": _other("direction"),
    "D": _other("direction", "--plain"),
    "o": _other("done"),
    "q": _other("log"),
}


def prepare(desk: Desk) -> None:
    """The journals."""
    journals.prepare(desk)


def seeds() -> list[bytes]:
    """Somebody who answers calmly, somebody who only presses Enter, and keys that are no letters."""
    from fuzz.calm import strokes

    calm, lines_ = _slowly(*strokes()), _slowly(*strokes(plain=True))
    wrongly = _slowly(*strokes("i answered wrongly\n"))
    daily = _slowly("n", "n", "n", "n", "n", "3\n", "l")
    found = [
        b"t" + calm,
        b"T" + lines_,
        b"e" + _slowly("\n", "d", "y", "y", "y") + calm,
        b"w" + wrongly,
        b"s" + daily,
        b"g" + _slowly(*(" ",) * 12),
    ]
    found += [b"s" + _slowly(*"\n\n\n\n\n", "3\n", "l"), b"s" + _slowly(*["\x1b[A"] * 5, "3\n", "l")]
    found += [
        b"S" + _slowly("2\n", "2\n", "2\n", "2\n", "2\n", "3\n", "4\n"),
        b"G" + _slowly("1\n", "2\n", "?\n"),
        b"l" + daily,
    ]
    found += [way.encode() + _slowly(*text) for way, text in {
        "k": ["sit\n", "s\n", "5\n", "b", "7\n", "6\n", "q"], "K": ["sit\n", "5\n", "5\n"], "p": ["\n",
        "floor\n", "q\n"],
        "f": ["y", "1\n", "q"], "d": ["n", "3", "c", "2"], "D": ["1\n", "2\n"], "o": ["d\n", "r\n", "3\n"],
        "q": ["\n", "x\n", "4\n"],
    }.items()]  # fmt: skip
    strange = (
        b"\x1b[A\xff\x1b[200~nnnn\x1b[201~\xff\xc3\xff\xe2\x82\xff\xf0\x9f\x98\x80\xff\x1b\xff\x1bOP\xff\x0c\xff\x00\xff\r\xff\n\xff?\xffb\xffq\xffs",
        b"\xff\n" * 40, b"nnnnnnnnnnnnnnnnnnnn\nnnnnnnnn", b"\xff\xfe", b"\xffab\xfd", b"", b"\xff\x7f\xff\x08\xff\x04",
    )  # fmt: skip
    return found + [way.encode() + text for way in _WAYS for text in strange]


def _slowly(*strokes: str) -> bytes:
    """Each stroke after a pause that is long enough to read the question."""
    return b"".join(PAUSE + PAUSE + stroke.encode() for stroke in strokes)


def lines() -> list[bytes]:
    """Keys, to be put between others."""
    return [
        b"\x1b[A", b"\x1b[B", b"\x1bOP", b"\x1b[200~", b"\x1b", b"\n", b"\r", b"\x7f", b"\x0c", b"\x04", b"n\n",
        b"y", b"u", b"b",
        b"q", b"?", b"1 2\n", b"2\n", b"none\n", b"no\n", b"not sure\n", b"44\n", b"3 weeks\n", b"\xc3\xa9",
        b"\xe2\x82",
        b"\xff", b"\xff\xff\xff", b"\xfe", b"\xfd", b"s", b"g", b" ", b"me\n", b"de\n", b"i answered wrongly\n",
    ]  # fmt: skip
