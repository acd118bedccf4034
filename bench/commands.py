"""How long the daily commands take, as ratios to a bare interpreter and to ``import typer``.

    python bench/commands.py [--runs 15] [--days 365]

Whole processes, interleaved, medians and spread. ``PYTHONDONTWRITEBYTECODE`` is unset: with it every figure is wrong.
Prints a Markdown table. Goals of this step: ``log`` and ``list`` at most 1.6 x ``import typer``, ``session`` warm at
most 3 x.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

CLEAN_DAY = {"daily_check": {f"dc{n}": "n" for n in range(1, 6)} | {"dc3_signs": []}, "pain": 3}
TRIAGE = Path(__file__).parent / "triage_answers.json"


def environment(folder: Path) -> dict[str, str]:
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return env | {"BACKMOVE_DIR": str(folder)}


def run(command: list[str], folder: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        env=environment(folder),
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def fill(journal: Path, days: int) -> None:
    """A diary of so many days: a walk and every third day a pain entry, at noon."""
    today = datetime.now().astimezone()
    with journal.open("a", encoding="utf-8") as out:
        for back in range(days, 0, -1):
            moment = (today - timedelta(days=back)).replace(hour=12, minute=0, second=0, microsecond=0)
            line = {"v": 1, "at": moment.isoformat(), "day": moment.date().isoformat()}
            out.write(json.dumps({"kind": "walk", "id": f"w{back:011d}", **line, "minutes": 12}) + "\n")
            if back % 3 == 0:
                out.write(json.dumps({"kind": "pain", "id": f"p{back:011d}", **line, "score": 3}) + "\n")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=15)
    options.add_argument("--days", type=int, default=365)
    chosen = options.parse_args()
    backmove = [sys.executable, "-m", "backmove"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run([*backmove, "log", "3"], folder)
        journal = Path(json.loads(run([*backmove, "path", "--json"], folder).stdout)["data"]["journal"])
        journal.unlink()
        fill(journal, chosen.days)
        opened = run([*backmove, "triage", "--answers", str(TRIAGE), "--json"], folder)
        given = run([*backmove, "session", "--answers", "-", "--json"], folder, json.dumps(CLEAN_DAY))
        if opened.returncode or given.returncode:
            sys.exit(f"the story does not run: {opened.stdout}{opened.stderr}{given.stdout}{given.stderr}")
        measure(backmove, folder, chosen.runs)


def pressed(line: str) -> list[str]:
    """The program as bash calls it when TAB is pressed behind this line."""
    words = line.split(" ")
    asked = {
        "_BACKMOVE_COMPLETE": "complete_bash",
        "COMP_WORDS": "\n".join(words),
        "COMP_CWORD": str(len(words) - 1),
    }
    program = "import sys; sys.argv = ['backmove']; from backmove.__main__ import main; main()"
    return ["env", *(f"{name}={said}" for name, said in asked.items()), sys.executable, "-c", program]


def measure(backmove: list[str], folder: Path, runs: int) -> None:
    rows: dict[str, tuple[list[str], str]] = {
        "python -c pass": ([sys.executable, "-c", "pass"], ""),
        'python -c "import typer"': ([sys.executable, "-c", "import typer"], ""),
        "backmove --version": ([*backmove, "--version"], ""),
        "backmove --help": ([*backmove, "--help"], ""),
        "a TAB behind backmove ex": (pressed("backmove ex"), ""),
        "a TAB behind backmove exercises show bri": (pressed("backmove exercises show bri"), ""),
        "backmove log 4": ([*backmove, "log", "4"], ""),
        "backmove list": ([*backmove, "list"], ""),
        "backmove": (backmove, ""),
        "backmove session --show": ([*backmove, "session", "--show"], ""),
        "backmove session --json": ([*backmove, "session", "--json"], ""),
        "backmove triage --answers": ([*backmove, "triage", "--answers", str(TRIAGE), "--json"], ""),
    }
    times: dict[str, list[float]] = {name: [] for name in rows}
    for turn in range(runs + 1):
        for name, (command, stdin) in rows.items():
            start = time.perf_counter()
            ended = run(command, folder, stdin)
            if ended.returncode not in (0, 5):
                sys.exit(f"{name} ended with {ended.returncode}: {ended.stderr}")
            if turn:
                times[name].append(time.perf_counter() - start)
    bare = statistics.median(times["python -c pass"])
    typer = statistics.median(times['python -c "import typer"'])
    print("| command | median ms | lowest | highest | x pass | x import typer |")
    print("|---|---|---|---|---|---|")
    for name, taken in times.items():
        middle = statistics.median(taken)
        cells = [f"{middle * 1000:.0f}", f"{min(taken) * 1000:.0f}", f"{max(taken) * 1000:.0f}"]
        print(f"| `{name}` | {' | '.join(cells)} | {middle / bare:.2f} | {middle / typer:.2f} |")


if __name__ == "__main__":
    main()
