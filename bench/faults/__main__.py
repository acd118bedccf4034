"""Every fault on every writing command; writes a Markdown page, ends with 1 when a promise was broken.

python bench/faults [--every 1] [--only TEXT] [--engine strace|shim] [--here] > docs/faults.md

``--every N`` strikes only each N-th call. ``--only`` takes commands with this text in their title. ``--here`` runs the
code where it stands instead of a copy of it.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def main() -> None:
    from faults.campaign import COMMANDS, FAULTS, Campaign, DoesNotRun, known, mounts_work
    from faults.engines import Shim, Strace
    from faults.page import page
    from faults.program import ROOT, Program
    from faults.stage import Stage

    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--every", type=int, default=1)
    options.add_argument("--only", action="append", default=[], metavar="TEXT")
    options.add_argument("--engine", choices=("strace", "shim"), default="")
    options.add_argument("--here", action="store_true")
    chosen = options.parse_args()
    engine = Shim() if chosen.engine == "shim" or not (chosen.engine or Strace.works()) else Strace()
    faults = [fault for fault in FAULTS if mounts_work() or fault not in ("full disk", "read-only")]
    rows, broken = [], []
    with tempfile.TemporaryDirectory() as scratch:
        program = Program(ROOT) if chosen.here else Program.snapshot(Path(scratch) / "program")
        sys.path.insert(0, str(program.root / "src"))
        from backmove.cli.app import COMMANDS as NAMES

        commands, absent = known(COMMANDS, list(NAMES))
        commands = [c for c in commands if not chosen.only or any(text in c.title for text in chosen.only)]
        campaign = Campaign(Stage(program, Path(scratch)), engine, every=chosen.every)
        for command in commands:
            begin = time.perf_counter()
            try:
                rows.append(campaign.row(command, faults))
            except DoesNotRun as problem:
                broken.append(str(problem))
                print("does not run:", problem, file=sys.stderr, flush=True)
                continue
            told = {fault: cell.runs for fault, cell in rows[-1].cells.items()}
            wrong = [words for cell in rows[-1].cells.values() for words in cell.wrong]
            print(
                f"{command.title}: {told} {time.perf_counter() - begin:.0f} s",
                *wrong,
                sep="\n  ",
                file=sys.stderr,
                flush=True,
            )
    every = f" --every {chosen.every}" if chosen.every > 1 else ""
    print(page(rows, absent, f"python bench/faults{every}"), end="")
    sys.exit(bool(broken) or any(cell.wrong for row in rows for cell in row.cells.values()))


if __name__ == "__main__":
    main()
