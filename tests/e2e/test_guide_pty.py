"""The guide in a real pseudo-terminal: a person's keys, a clock that runs faster, and everything that can go wrong.

``FAST`` runs the real program with a clock many times as fast; nothing else is different.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from ptyrun import Terminal
from test_session_pty import answered

from surroundings import surroundings

SPEED, FASTER = 8, 24
"""The second is for whole sessions: then every hiccup of the machine is an absence, and the guide waits for a key."""
READY_S = 12
"""By then the first row has begun, whatever it is."""
FAST = """
import sys, time
from backmove.cli.app import app
from backmove.cli.context import App
world = App.of_this_process()
world.monotonic = lambda: time.monotonic() * int(sys.argv[1])
app(sys.argv[2:], obj=world)
"""
CALM = json.dumps({"daily_check": dict.fromkeys(("dc1", "dc2", "dc3", "dc4", "dc5"), "n"), "pain": 3})
ARGS = ("session", "--minutes", "5", "--guide")


def run(folder: Path, *args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "backmove", *args],
        input=stdin,
        capture_output=True,
        text=True,
        env=surroundings(folder),
        timeout=60,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Somebody whose session of today, five minutes long, is in the journal."""
    answered(tmp_path)
    profile = {"place": "floor", "equipment": ["chair", "wall"], "walk_minutes": 30} | dict.fromkeys(
        ("stand_no_hands", "one_leg_5s", "floor_and_up", "counter_plank_10s"), True
    )
    journal = tmp_path / "journal.jsonl"
    line = json.loads(journal.read_text())
    told = {key: line[key] for key in ("v", "at", "day")} | {
        "kind": "profile",
        "id": "profile00001",
        "set": profile,
    }
    journal.write_text(journal.read_text() + json.dumps(told) + "\n")
    assert run(tmp_path, "session", "--minutes", "5", "--answers", "-", stdin=CALM).returncode == 0
    return tmp_path


def records(folder: Path, kind: str) -> list[dict[str, Any]]:
    lines = (folder / "journal.jsonl").read_text().splitlines()
    return [record for line in lines if (record := json.loads(line))["kind"] == kind]


def fast(folder: Path, *args: str, speed: int = SPEED, **how: Any) -> Terminal:
    return Terminal(*(args or ARGS), folder=folder, program=("-c", FAST, str(speed)), **how)


def rows(folder: Path) -> int:
    return len(records(folder, "session")[-1]["items"])


def tap(terminal: Terminal, text: str) -> None:
    """One stroke, after a look at the screen. The guide's screen never rests, so nothing is waited for."""
    terminal.linger(0.35)
    terminal.type(text)
    terminal.linger(0.1)


def carry_on(terminal: Terminal, until: str, go: str = " ") -> None:
    """Say "go on" whenever the guide waits, until the words stand on the screen."""

    def there(t: Terminal) -> bool:
        if until not in t.flat and ("space go on" in t.flat or t.flat.endswith("Enter, to go on.")):
            tap(t, go)
        return until in t.flat

    end = time.monotonic() + 150
    while not there(terminal):
        assert terminal.pump() and time.monotonic() < end, f"it never showed {until!r}:\n{terminal.history}"


def go_to_work(terminal: Terminal) -> None:
    """Past what is to be read, to the work of a row."""
    terminal.wait_for("space go on")
    tap(terminal, " ")
    terminal.wait_for("Begin in")
    terminal.wait_until(lambda t: "Begin in" not in t.flat and "Get ready" not in t.flat, "began")


# --- a whole session ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("columns", "down"), [(80, 24), (40, 15)])
def test_a_whole_session_from_the_keyboard(folder: Path, columns: int, down: int) -> None:
    with fast(folder, columns=columns, rows=down, speed=FASTER) as terminal:
        carry_on(terminal, "Done, partly, or stopped?")
        tap(terminal, "d")
        terminal.wait_for("Easy, about right, or too much?")
        tap(terminal, "r")
        assert terminal.end() == 0
        assert terminal.echoes()
        assert "Saved: session done" in terminal.flat and "Next session" in terminal.flat
    (done,) = records(folder, "done")
    assert done["effort"] == 5
    assert [row.get("status", "completed") for row in done["rows"]] == ["completed"] * rows(folder)
    assert len(records(folder, "guide")) == rows(folder)


def test_every_key_at_a_moment_of_work(folder: Path) -> None:
    with fast(folder) as terminal:
        go_to_work(terminal)
        tap(terminal, "?")
        terminal.wait_for("done with it, before the clock")
        tap(terminal, " ")
        terminal.wait_for("space go on")
        tap(terminal, " ")
        tap(terminal, "+")
        terminal.wait_for("10 seconds more.")
        tap(terminal, "e")
        terminal.wait_for("The easier form")
        tap(terminal, " ")
        tap(terminal, "x")
        terminal.wait_for("2 of")
        tap(terminal, "b")
        terminal.wait_for("1 of")
        tap(terminal, "s")
        terminal.wait_for("Sound: the bell")
        tap(terminal, "n")
        terminal.wait_for("2 of")
        tap(terminal, "z")
        terminal.wait_for("does nothing here")
        tap(terminal, "q")
        terminal.wait_for("Stop here?")
        tap(terminal, "f")
        terminal.wait_for("Done, partly, or stopped?")
        tap(terminal, "p")
        terminal.wait_for("Easy, about right, or too much?")
        tap(terminal, "t")
        assert terminal.end() == 0
        assert "\a" in terminal.raw
    (done,) = records(folder, "done")
    assert (done["status"], done["effort"]) == ("partly", 8)
    assert done["rows"][0]["status"] == "skipped" and done["rows"][0]["hurt"]


def test_plain_goes_line_by_line_and_paints_nothing(folder: Path) -> None:
    with fast(folder, *ARGS, "--plain", speed=FASTER) as terminal:
        carry_on(terminal, "Done, partly, or stopped?", "1\r")
        tap(terminal, "1\r")
        terminal.wait_for("about right")
        tap(terminal, "2\r")
        assert terminal.end() == 0
        assert "\x1b[" not in terminal.raw
    (done,) = records(folder, "done")
    assert [row.get("status", "completed") for row in done["rows"]] == ["completed"] * rows(folder)


# --- windows ------------------------------------------------------------------------------------------------


def test_a_tiny_window_goes_line_by_line_with_the_same_keys(folder: Path) -> None:
    with fast(folder, columns=20, rows=5) as terminal:
        terminal.wait_until(lambda t: "Press space" in t.history.replace("\n", " "), "waited")
        tap(terminal, " ")
        terminal.wait_until(lambda t: "Begin in 3" in t.raw, "began")
        tap(terminal, "q")
        terminal.wait_until(lambda t: "f finish here" in t.raw, "asked")
        tap(terminal, "l")
        assert terminal.end() == 0
        assert "Traceback" not in terminal.history


def test_a_window_that_shrinks_and_grows_is_painted_again(folder: Path) -> None:
    with fast(folder, columns=100, rows=30) as terminal:
        go_to_work(terminal)
        for columns, down in ((40, 15), (20, 5), (80, 24), (30, 40), (120, 40)):
            terminal.resize(columns, down)
            terminal.linger(0.4)
        terminal.wait_for("q stop")
        assert "left" in terminal.flat
        tap(terminal, " ")
        terminal.wait_for("Paused")
        assert all(len(line) <= 120 for line in terminal.lines)


# --- stopped, gone, killed ----------------------------------------------------------------------------------


def test_ctrl_z_is_a_pause_and_fg_paints_the_screen_again(folder: Path) -> None:
    with fast(folder, shell=True) as terminal:
        go_to_work(terminal)
        terminal.type("\x1a")
        terminal.wait_for("[stopped]")
        assert terminal.echoes()
        terminal.linger(0.6)
        terminal.foreground()
        terminal.wait_for("You were away")
        assert not terminal.echoes()
        tap(terminal, " ")
        terminal.wait_for("space pause")


def test_ctrl_c_keeps_what_was_done_and_the_next_session_goes_on_there(folder: Path) -> None:
    with fast(folder) as terminal:
        go_to_work(terminal)
        terminal.type("\x03")
        assert terminal.end() == 130
        assert terminal.echoes()
        assert "What you did is kept." in terminal.flat
    (mark,) = records(folder, "guide")
    with fast(folder, "session", "--minutes", "5") as terminal:
        terminal.wait_for("Go on there?")
        tap(terminal, "g")
        terminal.wait_for("You were here")
        tap(terminal, "q")
        terminal.wait_for("Stop here?")
        tap(terminal, "l")
        assert terminal.end() == 0
    assert records(folder, "guide")[-1]["seconds"] == mark["seconds"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_end_keeps_what_was_done(folder: Path, number: signal.Signals) -> None:
    with fast(folder) as terminal:
        go_to_work(terminal)
        os.kill(terminal.child.pid, number)
        assert terminal.end() == 130
        assert terminal.echoes()
        assert "Traceback" not in terminal.history
    assert records(folder, "guide")[-1]["seconds"] > 3


def test_a_window_that_is_closed_keeps_what_was_done(folder: Path) -> None:
    terminal = fast(folder)
    go_to_work(terminal)
    process = terminal.child.pid
    os.close(terminal.child.child_fd)
    end = time.monotonic() + 20
    while time.monotonic() < end and _alive(process):
        time.sleep(0.05)
    assert not _alive(process)
    assert records(folder, "guide")[-1]["seconds"] > 3
    assert not list((folder / "log").glob("fault-*")) if (folder / "log").exists() else True


def _alive(process: int) -> bool:
    try:
        return os.waitpid(process, os.WNOHANG) == (0, 0)
    except ChildProcessError:
        return False


def test_the_end_of_input_is_no_answer(folder: Path) -> None:
    with fast(folder) as terminal:
        go_to_work(terminal)
        tap(terminal, "q")
        terminal.wait_for("Stop here?")
        terminal.linger(0.4)
        terminal.type("\x04")
        assert terminal.end() == 130
    assert records(folder, "done") == []


def begun(folder: Path) -> bool:
    file = folder / "cache" / "guide.json"
    kept = json.loads(file.read_text()) if file.exists() else {}
    return bool(kept.get("row") or kept.get("seconds", 0) > READY_S)


def test_killed_at_ten_random_moments_it_goes_on_to_the_second_and_the_journal_is_whole(folder: Path) -> None:
    rng = random.Random(5)
    kept: dict[str, Any] = {}
    for number in range(10):
        with fast(folder, speed=SPEED // 2) as terminal:
            if number:
                terminal.wait_for("Go on there?")
                assert f"You were at {kept['row'] + 1} of" in terminal.flat
                tap(terminal, "g")
                terminal.wait_for("You were here")
            terminal.wait_for("space go on")
            if number % 3 == 2:
                tap(terminal, "n")
            tap(terminal, " ")
            while not begun(folder):  # before that there is nothing to go on from
                terminal.linger(0.1)
            terminal.linger(rng.uniform(0.0, 2.5))
            os.kill(terminal.child.pid, signal.SIGKILL)
            terminal.end()
            assert "\x1b[?" not in terminal.raw, "the screen was not switched, the cursor not hidden"
        assert run(folder, "doctor").returncode == 0
        kept = json.loads((folder / "cache" / "guide.json").read_text())
        assert kept["marks"] == len(records(folder, "guide"))
    with fast(folder) as terminal:
        terminal.wait_for("Go on there?")
        tap(terminal, "g")
        terminal.wait_for("You were here")
        tap(terminal, "q")
        terminal.wait_for("Stop here?")
        tap(terminal, "l")
        assert terminal.end() == 0
    last = records(folder, "guide")[-1]
    assert (last["row"], last.get("seconds", 0.0)) == (kept["row"], kept["seconds"])
    assert len(last["rows"]) == 3 == kept["row"]


def test_without_the_small_file_it_goes_on_at_the_row(folder: Path) -> None:
    with fast(folder) as terminal:
        terminal.wait_for("space go on")
        tap(terminal, "n")
        terminal.wait_for("2 of")
        os.kill(terminal.child.pid, signal.SIGKILL)
        terminal.end()
    (folder / "cache" / "guide.json").unlink(missing_ok=True)
    with fast(folder) as terminal:
        terminal.wait_for("You were at 2 of")


def test_typed_before_the_guide_stands_there_starts_nothing(folder: Path) -> None:
    with fast(folder) as terminal:
        terminal.type("   nnnxxx\r\rq")
        terminal.wait_for("space go on")
        terminal.linger(0.5)
        assert "1 of" in terminal.flat and "space go on" in terminal.flat
        terminal.type("\x03")
        terminal.end()
    assert all(not mark.get("rows") for mark in records(folder, "guide"))
