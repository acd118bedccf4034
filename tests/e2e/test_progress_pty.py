"""Looking back in a real terminal: three days, three months, three years, with gaps, at every width."""

import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from ptyrun import Terminal

from backmove.core.when import day_of

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "bench"))

from long_journal import Life, write  # noqa: E402


def folder_of(path: Path, days: int, *, gaps: bool = False) -> Path:
    """A journal of so many days that ends today or, where that is a pause, some weeks before."""
    first = date.fromordinal(day_of(datetime.now().astimezone()).toordinal() - days + 1)
    write(path, Life(first, days, 1, gaps=gaps), None)
    return path


@pytest.mark.parametrize(("days", "columns"), [(3, 40), (90, 80), (1200, 120), (1200, 40)])
def test_the_whole_of_it_fits_and_ends_with_what_comes_next(tmp_path: Path, days: int, columns: int) -> None:
    folder = folder_of(tmp_path, days, gaps=days > 1000)
    with Terminal("progress", "--all", folder=folder, columns=columns, rows=60) as terminal:
        assert terminal.end() == 0
        seen = terminal.history
        assert terminal.echoes()
    lines = [line for line in seen.splitlines() if line]
    assert lines[-1].endswith("backmove")
    assert [int(line[:2]) for line in lines if line[2:4] == " │"] == list(range(10, -1, -1))
    assert "●" in seen
    text = " ".join(seen.split())
    assert text.index("What you did") < text.index("Pain, ")
    grain = "quarter" if days > 1000 else "week"
    assert f"Pain, {grain} by {grain}" in text


def test_plain_has_the_sentence_and_no_plot(tmp_path: Path) -> None:
    with Terminal("progress", "--all", "--plain", folder=folder_of(tmp_path, 90), rows=60) as terminal:
        assert terminal.end() == 0
        assert "Pain: " in terminal.history
        assert "│" not in terminal.history
        assert "\x1b[" not in terminal.raw


def test_a_terminal_without_utf8_gets_plain_signs(tmp_path: Path) -> None:
    env = {"PYTHONIOENCODING": "latin-1", "LANG": "C"}
    with Terminal("progress", folder=folder_of(tmp_path, 30), rows=60, env=env) as terminal:
        assert terminal.end() == 0
        assert "10 |" in terminal.history
        assert "*" in terminal.history
