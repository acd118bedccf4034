"""What got in the way, and the plan for a flare-up, in a real pseudo-terminal."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from ptyrun import Terminal, words
from test_session_pty import answered

CHECK = ("between your legs", "weakness, numbness", "feel ill today", "a fall or crash", "much worse")


def away(folder: Path, days: int = 10) -> None:
    """A clear triage and one session that was done, both so many days ago."""
    answered(folder)
    journal = folder / "journal.jsonl"
    then = datetime.now().astimezone() - timedelta(days=days)
    stamp = {"v": 1, "at": then.isoformat(timespec="seconds"), "day": then.date().isoformat()}
    row = {"exercise": "bridge", "block": "main", "dose": {"kind": "reps", "counts": [8]}, "seconds": 60}
    given = {
        "kind": "session",
        "id": "given0000001",
        "zone": "green",
        "stage": "chronic",
        "mode": "normal",
        "pain": 2,
        "variant": 0,
        "requested_min": 20,
        "effective_min": 20,
        "estimated_s": 900,
        "place": "floor",
        "items": [row],
    }
    triage = json.loads(journal.read_text()) | stamp
    done = {"kind": "done", "id": "done00000001", "session": "given0000001"}
    lines = [triage, given | stamp, done | stamp]
    journal.write_text("".join(json.dumps(line) + "\n" for line in lines))


def kept(folder: Path, kind: str) -> list[dict[str, object]]:
    lines = map(json.loads, (folder / "journal.jsonl").read_text().splitlines())
    return [line for line in lines if line["kind"] == kind]


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_enter_is_no_answer_and_one_key_is(tmp_path: Path, columns: int) -> None:
    away(tmp_path)
    with Terminal("session", folder=tmp_path, columns=columns, rows=30) as terminal:
        for text in CHECK:
            terminal.wait_for(text)
            terminal.press("n")
        terminal.wait_for("how bad is the pain now")
        terminal.press("2\r")
        terminal.wait_for("What got in the way lately?")
        terminal.press("\r")
        terminal.wait_for("Enter alone is not an answer.")
        terminal.press("w")
        terminal.wait_until(lambda t: "one small step at a time" in words(t.history), "answered")
        assert max(map(len, terminal.lines)) <= columns
    assert [line["word"] for line in kept(tmp_path, "barrier")] == ["worry"]


def test_the_plan_is_typed_line_by_line(tmp_path: Path) -> None:
    with Terminal("profile", "flare-plan", folder=tmp_path) as terminal:
        for text, typed in (
            ("Which position", "legs on a chair"),
            ("a second one", "s"),
            ("Which way of moving", "2"),
            ("good to talk to", "skip"),
            ("Which one thing", "walk the dog"),
        ):
            terminal.wait_for(text)
            terminal.press(f"{typed}\r")
        assert terminal.end() == 0
    (record,) = kept(tmp_path, "profile")
    assert record["set"] == {
        "ease_positions": ["legs on a chair"],
        "ease_direction": "arching",
        "keep_activity": "walk the dog",
    }
