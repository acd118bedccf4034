"""The computer's voice: never waited for, silent when it fails, and words are words whatever is in them."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from backmove.store.voice import PROGRAMS, Program, SystemVoice, find_voice


class Recorder:
    """A program that writes down what it was given, and speaks for as long as it is left alone."""

    def __init__(self, fails: bool = False) -> None:
        self.started: list[tuple[tuple[str, ...], str]] = []
        self.killed = 0
        self.fails = fails

    def __call__(self, command: tuple[str, ...], **how: Any) -> Any:
        if self.fails:
            raise FileNotFoundError(command[0])
        return _Speaking(self, command, how["stdin"] == subprocess.PIPE)


class _Speaking:
    def __init__(self, recorder: Recorder, command: tuple[str, ...], piped: bool) -> None:
        self.recorder, self.command, self.piped, self.alive = recorder, command, piped, True
        self.stdin = self
        if not piped:
            recorder.started.append((command, ""))

    def write(self, words: bytes) -> None:
        self.recorder.started.append((self.command, words.decode()))

    def close(self) -> None:
        pass

    def poll(self) -> int | None:
        return None if self.alive else 0

    def kill(self) -> None:
        self.alive = False
        self.recorder.killed += 1

    def wait(self, timeout: float) -> int:
        self.alive = False
        return 0


def test_words_go_in_through_standard_input() -> None:
    program = Recorder()
    SystemVoice(Program(("espeak-ng", "--stdin")), program).say("--version; rm -rf /")
    assert program.started == [(("espeak-ng", "--stdin"), "--version; rm -rf /")]


def test_a_program_without_standard_input_gets_them_behind_two_dashes() -> None:
    program = Recorder()
    voice = SystemVoice(Program(("spd-say",), piped=False, quiet=("spd-say", "-C")), program)
    voice.say("-x Bird dog")
    voice.hush()
    assert [command for command, _ in program.started] == [
        ("spd-say", "--", "-x Bird dog"),
        ("spd-say", "-C"),
    ]


def test_what_was_being_said_stops_when_something_new_is_said() -> None:
    program = Recorder()
    voice = SystemVoice(Program(("say", "-f", "-")), program)
    voice.say("one")
    voice.say("two")
    voice.hush()
    voice.hush()
    assert program.killed == 2


def test_a_voice_that_fails_is_silent() -> None:
    voice = SystemVoice(Program(("say",)), Recorder(fails=True))
    voice.say("one")
    voice.hush()


def test_the_first_program_that_is_there_is_taken() -> None:
    there = {"espeak-ng": "/usr/bin/espeak-ng", "espeak": "/usr/bin/espeak"}

    def which(name: str, path: str) -> str | None:
        return there.get(name)

    assert find_voice("/usr/bin", "linux", which).name == "espeak-ng"  # type: ignore[union-attr]
    there["spd-say"] = "/usr/bin/spd-say"
    assert find_voice("/usr/bin", "linux", which).name == "spd-say"  # type: ignore[union-attr]
    assert find_voice("/usr/bin", "darwin", which) is None
    assert find_voice("", "linux") is None


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_every_computer_has_something_to_try(platform: str) -> None:
    assert PROGRAMS.get(platform, PROGRAMS[""])


def test_a_real_program_is_started_spoken_to_and_killed(tmp_path: Path) -> None:
    heard = tmp_path / "heard"
    script = f"import sys, time; open({str(heard)!r}, 'w').write(sys.stdin.read()); time.sleep(60)"
    voice = SystemVoice(Program((sys.executable, "-c", script)))
    begun = time.monotonic()
    voice.say("Grüße, keep breathing.")
    assert time.monotonic() - begun < 5
    while not (heard.exists() and heard.read_text()):
        assert time.monotonic() - begun < 30
        time.sleep(0.02)
    voice.hush()
    assert heard.read_text(encoding="utf-8") == "Grüße, keep breathing."
