"""The reader of keys, on a pseudo-terminal of its own: what is a key, and how the terminal is left."""

import io
import os
import pty
import select
import signal
import termios
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

import pytest

from backmove.term.keys import REDRAW, TerminalKeys


@dataclass
class Wire:
    """Both ends of a pseudo-terminal: what is typed goes in at ``hand``."""

    hand: int
    stdin: IO[str]

    @property
    def fd(self) -> int:
        return self.stdin.fileno()

    def type(self, text: str | bytes) -> None:
        os.write(self.hand, text.encode() if isinstance(text, str) else text)

    def later(self, seconds: float, text: str) -> None:
        threading.Timer(seconds, self.type, [text]).start()

    def keys(self) -> TerminalKeys:
        return TerminalKeys(self.stdin, time.monotonic)

    def echoes(self) -> bool:
        return bool(termios.tcgetattr(self.fd)[3] & termios.ECHO)


@pytest.fixture
def wire() -> Iterator[Wire]:
    hand, fd = pty.openpty()
    with os.fdopen(fd, encoding="utf-8") as stdin:
        yield Wire(hand, stdin)
    os.close(hand)


def test_one_key_is_enough_and_is_not_echoed(wire: Wire) -> None:
    with wire.keys() as keys:
        assert not wire.echoes()
        wire.type("n")
        assert keys.key(2) == "n"
        assert not select.select([wire.hand], [], [], 0.05)[0]
    assert wire.echoes()


def test_letters_beyond_ascii_come_whole(wire: Wire) -> None:
    with wire.keys() as keys:
        wire.type("é".encode()[:1])
        wire.later(0.05, "")
        assert keys.key(0.1) is None
        wire.type("é".encode()[1:])
        assert keys.key(2) == "é"
        wire.type(b"\xff")
        assert keys.key(2) == "\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("\x1b[D", "left"),
        ("\x1bOA", "up"),
        ("\x1b[1;5C", "right"),
        ("\x1b[15~", "special"),
        ("\x1b[200~", "special"),
        ("\x1by", "special"),
        ("\x1b[<0;3;4M", "special"),
    ],
)
def test_a_special_key_is_one_name_and_never_a_letter(wire: Wire, sent: str, name: str) -> None:
    with wire.keys() as keys:
        wire.type(sent + "n")
        assert keys.key(2) == name
        assert keys.key(2) == "n"


def test_a_special_key_on_a_slow_line_leaves_no_letters_behind(wire: Wire) -> None:
    with wire.keys() as keys:
        wire.type("\x1b")
        assert keys.key(2) == "escape"
        wire.type("[D")
        assert keys.key(2) == "left"
        assert keys.key(0.05) is None


def test_enter_and_backspace_have_one_form(wire: Wire) -> None:
    with wire.keys() as keys:
        wire.type("\r\n\x7f\b")
        assert [keys.key(2) for _ in range(4)] == ["\n", "\n", "\x7f", "\x7f"]


def test_ctrl_l_asks_for_a_fresh_painting(wire: Wire) -> None:
    with wire.keys() as keys:
        wire.type("\x0c")
        assert keys.key(2) == REDRAW


def test_control_letters_are_no_keys(wire: Wire) -> None:
    with wire.keys() as keys:
        wire.type("\x00\x01\x02\x05n")
        assert keys.key(2) == "n"


def test_what_was_typed_ahead_is_forgotten(wire: Wire) -> None:
    with wire.keys() as keys:
        wire.type("yyn")
        assert keys.key(2) == "y"
        keys.flush()
        assert keys.key(0.05) is None
        wire.type("nnn\n")
        time.sleep(0.05)
        keys.flush()
        assert keys.key(0.05) is None


def test_the_end_of_input_is_no_answer(wire: Wire) -> None:
    with wire.keys() as keys:
        wire.type("\x04")
        with pytest.raises(EOFError):
            keys.key(2)
    with wire.keys() as keys:
        wire.later(0.1, "\x04")
        with pytest.raises(EOFError):
            keys.line()


def test_a_closed_window_is_the_end_of_input() -> None:
    hand, fd = pty.openpty()
    with os.fdopen(fd, encoding="utf-8") as stdin, TerminalKeys(stdin, time.monotonic) as keys:
        os.close(hand)
        with pytest.raises(EOFError):
            keys.key(2)
        with pytest.raises(EOFError):
            keys.line()


def test_the_end_of_input_after_the_start_of_a_line_is_no_answer(wire: Wire) -> None:
    with wire.keys() as keys:
        wire.later(0.1, "n\x04")
        wire.later(0.2, "\x04")
        wire.later(0.4, "\n")  # so that a line that goes on waiting ends here
        with pytest.raises(EOFError):
            keys.line()
        time.sleep(0.4)


def test_a_line_is_echoed_and_can_be_corrected(wire: Wire) -> None:
    with wire.keys() as keys:
        wire.later(0.1, "4\x7f52\n")
        assert keys.line() == "52"
        assert not wire.echoes()
    assert b"52" in os.read(wire.hand, 100)


def test_a_line_keeps_no_traces_of_arrow_keys(wire: Wire) -> None:
    with wire.keys() as keys:
        wire.later(0.1, "3\x1b[D8\x1bOA.\x1b[1;5C7\n")
        assert keys.line() == "38.7"


def test_without_single_keys_lines_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backmove.term.keys.SINGLE_KEYS", False)
    stdin = io.StringIO("no\n\n")
    stdin.fileno = lambda: -1  # type: ignore[method-assign]
    with TerminalKeys(stdin, time.monotonic) as keys:
        assert not keys.single
        keys.flush()
        assert [keys.line(), keys.line()] == ["no", ""]
        with pytest.raises(EOFError):
            keys.line()


def test_an_exception_gives_the_terminal_back(wire: Wire) -> None:
    with pytest.raises(ZeroDivisionError), wire.keys():
        raise ZeroDivisionError
    assert wire.echoes()


def test_a_signal_to_end_is_the_end_of_input(wire: Wire) -> None:
    for number in (signal.SIGTERM, signal.SIGHUP):
        outside = signal.signal(number, signal.SIG_DFL)  # whoever runs the tests may ignore it (nohup)
        with wire.keys() as keys:
            threading.Timer(0.1, os.kill, [os.getpid(), number]).start()
            with pytest.raises(EOFError):
                keys.key(5)
        assert wire.echoes()
        assert signal.getsignal(number) == signal.SIG_DFL
        signal.signal(number, outside)
