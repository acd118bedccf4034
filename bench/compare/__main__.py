"""backmove beside jrnl, Watson, timew, task and hledger; writes a Markdown page and the numbers as JSON.

    python bench/compare --setup PLACE             (once: environments with the newest pip, the peers, the newest Typer)
    python bench/compare --place PLACE [--runs 11] [--entries 0 --entries 1000 ...] [--out docs] [--only TEXT]

timew, task and hledger come from the system: apt-get install timewarrior taskwarrior hledger time. What is not
installed says so in its row; the memory needs GNU time. Whole processes, taken in turns. PYTHONDONTWRITEBYTECODE is
unset: with it every figure of every Python program is wrong. A command that takes long is run less often; the table
says how often. ``--keep``: tables of sizes that are not measured now stay as they are on the page, with their own day.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

SIZES = (0, 1_000, 10_000, 100_000)


def main() -> None:
    from compare.measure import Row, Spread, race
    from compare.page import page
    from compare.place import Place, set_up
    from compare.programs import everybody
    from compare.writers import at_once
    from compare.years import years

    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--setup", type=Path, metavar="PLACE")
    options.add_argument("--place", type=Path, metavar="PLACE")
    options.add_argument("--runs", type=int, default=11)
    options.add_argument("--entries", type=int, action="append", metavar="N")
    options.add_argument(
        "--only", action="append", default=[], metavar="TEXT", help="programs with this in their name"
    )
    options.add_argument("--out", type=Path, default=Path(__file__).resolve().parent.parent.parent / "docs")
    options.add_argument("--keep", action="store_true", help="leave the other sizes of the page as they are")
    chosen = options.parse_args()
    if chosen.setup:
        set_up(chosen.setup)
        return
    place = Place(chosen.place)
    sizes = tuple(chosen.entries or SIZES)
    found: dict[str, dict[str, Spread]] = {}
    programs = [p for p in everybody(place) if not chosen.only or any(t in p.name for t in chosen.only)]
    with tempfile.TemporaryDirectory(dir=place.scratch) as name:
        root = Path(name)
        for size in sizes:
            rows: dict[str, Row | str] = {}
            for program in programs:
                folder = root / f"{program.name}-{size}"
                rows |= {f"{program.name}: {row.name}": row for row in program.rows(folder, size)}
            found[str(size)] = race(place.measures() | rows, chosen.runs, f"{size:,} entries")
        found["years"] = race(
            place.measures() | years(place, root), chosen.runs, "a life of one and of ten years"
        )
        found["typer"] = race(place.typers(root), chosen.runs, "Typer, pinned and newest")
        lost = {p.name: at_once(p, root / f"{p.name}-writers") for p in programs}
    answer = {
        "machine": place.about(),
        "programs": {p.name: p.version() for p in programs},
        "what": {p.name: p.says for p in programs},
        "times": {
            size: {row: spread.numbers() for row, spread in rows.items()} for size, rows in found.items()
        },
        "writers": lost,
    }
    answer["measured"] = dict.fromkeys(found, answer["machine"])
    if chosen.keep:
        keep(answer, json.loads((chosen.out / "bench.json").read_text(encoding="utf-8")))
    chosen.out.mkdir(parents=True, exist_ok=True)
    (chosen.out / "bench.json").write_text(json.dumps(answer, indent=1) + "\n", encoding="utf-8")
    (chosen.out / "bench.md").write_text(page(answer), encoding="utf-8")


def keep(answer: dict[str, Any], before: dict[str, Any]) -> None:
    """The sizes of an earlier run that this one did not measure; the smallest first."""
    measured = dict.fromkeys(before["times"], before["machine"]) | before.get("measured", {})
    times = before["times"] | answer["times"]
    order = sorted(times, key=lambda size: (not size.isdecimal(), int(size) if size.isdecimal() else 0))
    answer["times"] = {size: times[size] for size in order}
    answer["measured"] = measured | answer["measured"]


if __name__ == "__main__":
    main()
