"""A terminal or a file that cannot take every sign: what can be written is, the rest is a question mark."""

import subprocess
import sys
from pathlib import Path

import pytest

from surroundings import surroundings

LOCK = '{"age": 45, "assume_no": true, "saddle": "y", "saddle_days": 1, "saddle_trend": "new"}'


def process(folder: Path, encoding: str, *args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "backmove", *args],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=60,
        env=surroundings(folder, PYTHONIOENCODING=encoding),
    )


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_no_sign_of_a_note_or_of_ours_stops_an_answer(tmp_path: Path, encoding: str) -> None:
    folder = tmp_path / "backmove"
    wrote = process(folder, "utf-8", "log", "4", "--note", "\u05e9\u05dc\u05d5\u05dd \u2192 better")
    assert wrote.returncode == 0, wrote.stderr
    for command in (["list"], ["report", "--include-notes"], ["progress"], []):
        shown = process(folder, encoding, *command)
        assert (shown.returncode, shown.stderr.count("fault")) == (0, 0), shown.stderr
    assert "better" in process(folder, encoding, "list").stdout


def test_an_emergency_is_told_whatever_the_terminal_can_write(tmp_path: Path) -> None:
    shown = process(tmp_path / "backmove", "ascii", "triage", "--answers", "-", stdin=LOCK)
    assert shown.returncode == 7, shown.stderr
    assert "Get emergency help now" in shown.stdout
