"""What the guide costs while it runs: the share of one core at ten frames a second, with the moving picture.

    python bench/guide.py [--seconds 20]

A real pseudo-terminal of 80 x 24 and of 120 x 40; a fresh folder with a session of today; the first exercise waits (its
picture moves while it is read). Time of the process itself, start-up left out. Goal: under 5 %. POSIX only.
"""

import argparse
import fcntl
import json
import os
import pty
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

CALM = {"daily_check": {f"dc{n}": "n" for n in range(1, 6)}, "pain": 3}
TRIAGE = Path(__file__).parent / "triage_answers.json"
SETTLE_S = 3.0


def backmove(folder: Path, *args: str, stdin: str = "") -> None:
    env = dict(os.environ) | {"BACKMOVE_DIR": str(folder)}
    command = [sys.executable, "-m", "backmove", *args]
    subprocess.run(command, input=stdin, text=True, env=env, capture_output=True, check=True, timeout=120)


def share(folder: Path, columns: int, rows: int, seconds: float) -> tuple[float, float]:
    """Percent of a core, and bytes a second that were written."""
    child, screen = pty.fork()
    if child == 0:
        env = dict(os.environ) | {"BACKMOVE_DIR": str(folder), "TERM": "xterm-256color"}
        os.execve(sys.executable, [sys.executable, "-m", "backmove", "session", "--guide"], env)
    fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    read_for(screen, SETTLE_S)
    before, begun = cpu(child), time.monotonic()
    written = read_for(screen, seconds)
    used, real = cpu(child) - before, time.monotonic() - begun
    os.write(screen, b"\x03")
    read_for(screen, 1.0)
    os.waitpid(child, 0)
    return 100 * used / real, written / real


def read_for(screen: int, seconds: float) -> int:
    end, count = time.monotonic() + seconds, 0
    while (left := end - time.monotonic()) > 0:
        if select.select([screen], [], [], left)[0]:
            try:
                count += len(os.read(screen, 65536))
            except OSError:
                break
    return count


def cpu(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=20.0)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        backmove(folder, "triage", "--answers", str(TRIAGE))
        backmove(folder, "session", "--minutes", "20", "--answers", "-", stdin=json.dumps(CALM))
        print("| window | of one core | written |\n|---|---|---|")
        for columns, rows in ((80, 24), (120, 40)):
            percent, written = share(folder, columns, rows, chosen.seconds)
            print(f"| {columns} x {rows} | {percent:.1f} % | {written / 1000:.1f} kB/s |")


if __name__ == "__main__":
    main()
