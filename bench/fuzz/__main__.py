"""Fuzzes every target in turns and keeps what reaches new code in tests/data/fuzz; ends with 1 when something broke.

python bench/fuzz --minutes 60 [--only journals] [--turn 60] [--work FOLDER] [--keep-only]

It needs atheris (pip install 'backmove[fuzz]'). What broke lies in FOLDER/found: the input, and what it broke. With
``--work`` a later run goes on where an earlier one ended.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def main() -> None:
    from fuzz.targets import TARGETS, saved

    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--minutes", type=float, default=60)
    options.add_argument("--only", action="append", choices=TARGETS, default=[])
    options.add_argument("--turn", type=float, default=60, help="seconds")
    options.add_argument("--work", type=Path)
    options.add_argument("--keep-only", action="store_true")
    chosen = options.parse_args()
    work = chosen.work or Path(tempfile.mkdtemp(prefix="backmove-fuzz-"))
    found = work / "found"
    found.mkdir(parents=True, exist_ok=True)
    names = chosen.only or list(TARGETS)
    for name in names:
        (work / name).mkdir(exist_ok=True)
        for number, data in enumerate(saved(name)):
            (work / name / f"saved-{number}").write_bytes(data)
    until = time.monotonic() + (0 if chosen.keep_only else chosen.minutes * 60)
    number = 0
    while (left := until - time.monotonic()) > 1:
        _turn(names[number % len(names)], work, min(left, chosen.turn))
        number += 1
    for name in names:
        print(f"{name}: {_kept(name, work / name)} kept", flush=True)
    print(f"all in all: {work}")
    sys.exit(bool(list(found.glob("*.input"))))


def _turn(name: str, work: Path, seconds: float) -> None:
    """One turn in a process of its own; what it did is added to the sums."""
    notes = work / "found"
    args = [
        "-m",
        "fuzz.engine",
        name,
        "--seconds",
        str(int(seconds)),
        "--corpus",
        str(work / name),
        "--notes",
        str(notes),
    ]
    with (work / f"{name}.log").open("ab") as log:
        ended = subprocess.run(
            [sys.executable, *args], cwd=Path(__file__).parent.parent, stdout=log, stderr=log, check=False
        )
    said = notes / f"{name}.json"
    turn: dict[str, Any] = (
        json.loads(said.read_text()) if said.exists() else {"executions": 0, "seconds": 0.0}
    )
    said.unlink(missing_ok=True)
    sums = work / "sums.json"
    every: dict[str, dict[str, Any]] = json.loads(sums.read_text()) if sums.exists() else {}
    sum_ = every.setdefault(
        name, {"executions": 0, "seconds": 0.0, "turns": 0, "slowest_s": 0.0, "most_mb": 0}
    )
    sum_["executions"] += turn["executions"]
    sum_["seconds"] = round(sum_["seconds"] + turn["seconds"], 1)
    sum_["turns"] += 1
    for most in ("slowest_s", "most_mb"):
        sum_[most] = max(sum_[most], turn.get(most, 0))
    sums.write_text(json.dumps(every, indent=2))
    print(f"{name}: {turn} (exit {ended.returncode})", flush=True)


def _kept(name: str, corpus: Path) -> int:
    from fuzz.desk import Desk, in_memory
    from fuzz.keeping import keep
    from fuzz.targets import TARGETS

    with (
        tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as scratch,
        in_memory(),
    ):
        desk = Desk(Path(scratch) / "desk")
        TARGETS[name].prepare(desk)
        return keep(desk, name, [file.read_bytes() for file in corpus.iterdir()])


if __name__ == "__main__":
    main()
