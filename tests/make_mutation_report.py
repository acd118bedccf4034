"""Tries every change of ``data/parameters.yaml`` and writes ``docs/parameter-mutants.md``.

    PYTHONPATH=src:tests python tests/make_mutation_report.py

It takes some minutes. It ends with an error when something survives that is not known, or no longer survives.
"""

import sys
import time
from collections import Counter
from pathlib import Path

from parameter_mutants import SURVIVORS, Mutant, mutants, noticed

REPORT = Path(__file__).resolve().parent.parent / "docs" / "parameter-mutants.md"

HEAD = """\
# Every number of the parameters, changed

Made by `PYTHONPATH=src:tests python tests/make_mutation_report.py`; not written by hand.

Every number of `data/parameters.yaml` is made 1 more and 1 less, whatever its unit. From every list one entry is taken
away, and where the order matters two neighbours are changed over. Each change must be noticed by one of these, in this
order:

- **refused**: the reader of the file does not take it.
- **statement**: a sentence about the number, checked by `tests/core/test_parameter_meanings.py`
  (`tests/parameter_meanings.py`), no longer holds.
- **battery**: a recorded plan (`tests/data/plans.jsonl`, `tests/plan_battery.py`) comes out otherwise.

`tests/test_parameter_mutants.py` tries some of the changes in every run and all of them in the long one.
"""


def main() -> None:
    began = time.monotonic()
    found = {mutant: _told(mutant) for mutant in mutants()}
    REPORT.write_text(report(found), encoding="utf-8")
    unnoticed = {mutant.name for mutant, by in found.items() if by is None}
    minutes = (time.monotonic() - began) / 60
    sys.stdout.write(
        f"{len(found) - len(unnoticed)} of {len(found)} noticed, {minutes:.0f} minutes, {REPORT}\n"
    )
    if unnoticed != set(SURVIVORS):
        sys.exit(f"not as known: {sorted(unnoticed ^ set(SURVIVORS))}")


def _told(mutant: Mutant) -> str | None:
    by = noticed(mutant)
    if by is None:
        sys.stderr.write(f"not noticed: {mutant.name}\n")
    return by


def report(found: dict[Mutant, str | None]) -> str:
    killed = sum(by is not None for by in found.values())
    ways = ("refused", "statement", "battery")
    lines = [
        HEAD,
        f"**{killed} of {len(found)} changes are noticed.** {len(found) - killed} change nothing.\n",
    ]
    lines += [
        "| group | changes | refused | statement | battery | change nothing |",
        "|---|---|---|---|---|---|",
    ]
    for group in (*dict.fromkeys(mutant.group for mutant in found), "all"):
        told = Counter(
            (by or "none").partition(":")[0] for m, by in found.items() if group in (m.group, "all")
        )
        cells = [sum(told.values()), *(told[way] for way in ways), told["none"]]
        lines.append(f"| {group} | {' | '.join(map(str, cells))} |")
    lines += ["", "## What changes nothing, and why", ""]
    lines += [
        f"- `{mutant.name}`: {SURVIVORS.get(mutant.name, 'NOT KNOWN')}"
        for mutant, by in found.items()
        if by is None
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
