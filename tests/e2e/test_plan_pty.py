"""A physiotherapist's plan in a real terminal, wide and narrow."""

from datetime import datetime
from pathlib import Path

from ptyrun import Terminal

from backmove.core.when import day_of
from backmove.store.plan_file import example


def test_a_plan_is_taken_up_and_shown_within_the_width(tmp_path: Path) -> None:
    file, folder = tmp_path / "my-plan.yaml", tmp_path / "home"
    file.write_text(example(day_of(datetime.now().astimezone()).isoformat()), encoding="utf-8")
    with Terminal("plan", "use", str(file), folder=folder, columns=40, rows=40) as terminal:
        assert terminal.end() == 0
        assert "Saved: Anna Weber's plan, 5 exercises" in " ".join(terminal.flat.split())
        assert terminal.echoes()
    for columns in (40, 120):
        with Terminal("plan", folder=folder, columns=columns, rows=60) as terminal:
            assert terminal.end() == 0
            words = " ".join(terminal.flat.split())
            assert "For Mara." in words and "No session by it yet." in words
            assert "Bird dog: 6 holds, then 4, then 2 each side, 8 seconds each" in words
            assert all(len(line.rstrip()) <= min(columns, 88) for line in terminal.screen.splitlines())
