"""The terminal is given back as it was, whatever happens: a small reader of keys under a small shell."""

import os
import signal
from pathlib import Path

import pytest
from ptyrun import Terminal

READER = """
import sys, time
from backmove.term.keys import TerminalKeys
with TerminalKeys(sys.stdin, time.monotonic) as keys:
    sys.stdout.write("ready\\n")
    sys.stdout.flush()
    while (key := keys.key()) != "Q":
        sys.stdout.write(f"<{key}>")
        sys.stdout.flush()
    sys.stdout.write("line? ")
    sys.stdout.flush()
    sys.stdout.write(f"[{keys.line()}]")
    sys.stdout.flush()
    keys.key()
"""


@pytest.fixture
def reader(tmp_path: Path) -> Terminal:
    return Terminal(folder=tmp_path, program=("-c", READER), shell=True)


def test_keys_are_read_one_by_one_and_lines_are_echoed(reader: Terminal) -> None:
    with reader as terminal:
        terminal.wait_for("ready")
        assert not terminal.echoes()
        terminal.press("é")
        terminal.press("\x1b[D")
        terminal.wait_for("<é><left>")
        terminal.press("Q")
        terminal.wait_for("line?")
        assert terminal.echoes()
        terminal.press("3 weeks\r")
        terminal.wait_for("line? 3 weeks [3 weeks]")
        assert not terminal.echoes()


def test_ctrl_c_leaves_the_terminal_as_it_was(reader: Terminal) -> None:
    with reader as terminal:
        terminal.wait_for("ready")
        terminal.type("\x03")
        assert terminal.end() == 130
        assert terminal.echoes()
        assert "KeyboardInterrupt" in terminal.flat


def test_ctrl_z_gives_the_terminal_to_the_shell_and_fg_takes_it_back(reader: Terminal) -> None:
    with reader as terminal:
        terminal.wait_for("ready")
        terminal.press("a")
        terminal.type("\x1a")
        terminal.wait_for("[stopped]")
        assert terminal.echoes()
        terminal.foreground()
        terminal.wait_for("<redraw>")
        assert not terminal.echoes()
        terminal.press("b")
        terminal.wait_for("<b>")


def test_ctrl_z_in_a_line_goes_on_with_the_line(reader: Terminal) -> None:
    with reader as terminal:
        terminal.wait_for("ready")
        terminal.press("Q")
        terminal.wait_for("line?")
        terminal.press("\x1a")
        terminal.foreground()
        terminal.press("3 days\r")
        terminal.wait_for("[3 days]")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_end_gives_the_terminal_back(tmp_path: Path, number: signal.Signals) -> None:
    with Terminal(folder=tmp_path, program=("-c", READER)) as terminal:
        terminal.wait_for("ready")
        assert not terminal.echoes()
        os.kill(terminal.child.pid, number)
        assert terminal.end() == 1
        assert terminal.echoes()
        assert ("EOFError" if number == signal.SIGTERM else "WindowGone") in terminal.flat
