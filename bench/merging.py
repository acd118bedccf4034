"""Import and merge of many lines: time and peak memory, as multiples of reading the same file once and of its size.

``python bench/merging.py [LINES]`` (a million by default). Every case is a process of its own in a folder of its own.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

TABLE = ("import", "FILE", "--map", "day=Date", "--map", "score=Pain", "--json")
START = datetime(2015, 1, 1, tzinfo=UTC)


def lines(count: int, *, first: int = 0, step: int = 1) -> bytes:
    """Pain entries with a walk in ten and a note in five; ``first`` and ``step`` make two machines that take turns."""
    made = []
    for n in range(first, first + count * step, step):
        moment = START + timedelta(seconds=200 * n)
        stamp = {"v": 1, "id": f"{n:012d}", "at": moment.isoformat(), "day": moment.date().isoformat()}
        if n % 10 == 0:
            record = {"kind": "walk", **stamp, "minutes": 20 + n % 30}
        else:
            record = {"kind": "pain", **stamp, "score": n % 10} | (
                {"note": "after sitting long"} if n % 5 == 1 else {}
            )
        made.append(json.dumps(record, separators=(",", ":")).encode())
    return b"\n".join(made) + b"\n"


def table(count: int) -> bytes:
    """A spreadsheet of pain scores."""
    rows = (f"{(START + timedelta(seconds=200 * n)):%Y-%m-%d,%H:%M},{n % 10},\n" for n in range(count))
    return ("Date,time,Pain,note\n" + "".join(rows)).encode()


def measured(folder: Path, *words: str) -> tuple[float, float]:
    """Seconds and peak megabytes of one command."""
    code = (
        "import sys, resource\nfrom backmove.cli.app import app\n"
        "try: app(sys.argv[1:])\nfinally: sys.stderr.write('PEAK %d' % "
        "resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    env = {**os.environ, "BACKMOVE_DIR": str(folder), "COLUMNS": "80"}
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, *words], env=env, capture_output=True, text=True, check=False
    )
    took = time.perf_counter() - began
    assert done.returncode == 0, done.stderr + done.stdout
    return took, int(done.stderr.rsplit("PEAK ", 1)[1]) / 1024


def reading(data: bytes) -> float:
    """Seconds to decode every line once, the least that any of this can take."""
    from backmove.core.lines import read_line

    began = time.perf_counter()
    for line in data.split(b"\n"):
        read_line(line)
    return time.perf_counter() - began


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    mine, other = lines(count, step=2), lines(count, first=1, step=2)
    export = b'{"backmove_journal": 1, "records": [\n' + other[:-1].replace(b"\n", b",\n") + b"\n]}\n"
    once = reading(other)
    print(f"{count:,} lines, {len(other) / 1e6:.0f} MB; reading them once {once:.1f} s")
    print(f"{'case':44} {'time':>8} {'/ once':>7} {'peak':>8} {'/ file(s)':>9}")
    for name, ours, suffix, data, words in (
        ("reading: list -n 1, a journal of that size", mine, "", b"", ("list", "-n", "1")),
        ("export into an empty folder", b"", "json", export, ("import", "FILE", "--json")),
        ("export into a journal of that size", mine, "json", export, ("import", "FILE", "--json")),
        ("a journal, merged with one of that size", mine, "jsonl", other, ("merge", "FILE", "--json")),
        ("the same again (nothing new)", mine, "jsonl", mine, ("merge", "FILE", "--json")),
        ("a table into an empty folder", b"", "csv", table(count), TABLE),
    ):  # fmt: skip
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            (folder / "home").mkdir()
            if ours:
                (folder / "home" / "journal.jsonl").write_bytes(ours)
            file = folder / f"other.{suffix}"
            file.write_bytes(data)
            took, peak = measured(folder / "home", *(str(file) if word == "FILE" else word for word in words))
            size = (len(ours) + len(data)) / 1e6
            print(f"{name:44} {took:6.1f} s {took / once:7.1f} {peak:5.0f} MB {peak / size:9.1f}", flush=True)
    print(f"peak of this script: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
