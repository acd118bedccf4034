"""The numbers as a Markdown page, with what they were meant to be, and where others are faster."""

from collections.abc import Iterator, Mapping
from typing import Any

PASS, TYPER = "python -c pass", "python -c 'import typer'"
JOBS = ("--version", "append", "last 7 days", "report", "export")
HEAD = "| {} | runs | median ms | lowest - highest | CPU ms | x pass | x import typer | MB |"
RULE = "|---|---|---|---|---|---|---|---|"
Rows = Mapping[str, Mapping[str, Any]]


def page(answer: Mapping[str, Any]) -> str:
    return (
        "\n".join([*_top(answer), *_goals(answer), *_faster(answer), *_tables(answer), *_writers(answer)])
        + "\n"
    )


def _top(answer: Mapping[str, Any]) -> Iterator[str]:
    about = answer["machine"]
    yield "# Speed beside other programs\n"
    yield (
        f"Made by `python bench/compare` on {about['when']}: Python {about['python']}, {about['system']}, "
        f"{about['processors']} processors, load {about['load']} at the end. Whole processes, taken in turns, in one "
        "run; the clock is the wall's, and *CPU* is the processor time of the process alone, which other work on the "
        "machine hardly changes. Data is warm; each program has its own files in its own form, made from the same "
        "entries (a score, three words, one tag, every two hours). The numbers are in `bench.json`.\n"
    )
    for name, version in answer["programs"].items():
        yield f"- {name}: {version}"
    yield "\nWhat each row runs:\n"
    for name, rows in answer["what"].items():
        yield f"- {name}: " + "; ".join(f"{job}: `{words}`" for job, words in rows.items())
    yield ""


def _median(rows: Rows, name: str, what: str = "median_ms") -> float | None:
    found = rows.get(name, {}).get(what)
    return float(found) if found else None


def _goals(answer: Mapping[str, Any]) -> Iterator[str]:
    yield "## What was wanted\n"
    yield "| goal | wanted | by the clock | by CPU |\n|---|---|---|---|"
    times = answer["times"]
    sizes = [size for size in times if size.isdecimal()]
    wanted = [(f"`log 4`, {int(s):,} entries", s, "backmove: append", s, PASS, 1.5) for s in sizes]
    wanted += [("`--version`", sizes[0], "backmove: --version", sizes[0], TYPER, 1.25)]
    wanted += [("TAB", s, "backmove: TAB", s, TYPER, 1.25) for s in sizes[:1]]
    one, ten = ("1 year: backmove session --json", "10 years: backmove session --json")
    wanted += [("`session --json`, one year", "years", one, "years", TYPER, 2.0)]
    wanted += [("`session --json`, ten years against one", "years", ten, "years", one, 1.1)]
    last = sizes[-1]
    for name in ("progress", "report"):
        goal = f"`{answer['what']['backmove'][name]}` against timew's export, {int(last):,} entries"
        wanted.append((goal, last, f"backmove: {name}", last, "timew: export", 0.5))
    for goal, here, row, there, base, limit in wanted:
        ratios = []
        for what in ("median_ms", "cpu_ms"):
            ours, theirs = _median(times[here], row, what), _median(times[there], base, what)
            ratios.append(None if ours is None or theirs is None else ours / theirs)
        cells = [
            "not measured" if r is None else f"{r:.2f}{'' if r <= limit else ' (missed)'}" for r in ratios
        ]
        yield f"| {goal} | <= {limit} x {base.removeprefix('1 year: ')} | {' | '.join(cells)} |"
    yield ""


def _faster(answer: Mapping[str, Any]) -> Iterator[str]:
    """Every row in which somebody else needs less time than we do."""
    yield "## Where others are faster\n"
    found = False
    for size, rows in answer["times"].items():
        for job in JOBS if size.isdecimal() else ():
            ours = _median(rows, f"backmove: {job}")
            for name in answer["programs"]:
                theirs = _median(rows, f"{name}: {job}")
                if ours and theirs and name != "backmove" and theirs < ours:
                    found = True
                    yield f"- {job}, {int(size):,} entries: {name} {theirs:.0f} ms, backmove {ours:.0f} ms."
    if not found:
        yield "In no row."
    yield (
        "\ntimew and task are C++, hledger is Haskell: they begin in a few milliseconds, where Python alone needs ten."
        "\n"
    )


def _tables(answer: Mapping[str, Any]) -> Iterator[str]:
    titles = {"years": "A life of one and of ten years", "typer": "On the newest Typer"}
    for size, rows in answer["times"].items():
        yield f"## {titles.get(size) or f'{int(size):,} entries'}\n"
        about = answer.get("measured", {}).get(size, answer["machine"])
        if about != answer["machine"]:
            yield f"Measured in another run, on {about['when']}, load {about['load']}.\n"
        yield HEAD.format("command")
        yield RULE
        ordered = sorted(rows, key=_order) if size.isdecimal() else list(rows)
        base, typer = _median(rows, PASS), _median(rows, TYPER)
        for name in ordered:
            yield _line(name, rows[name], base, typer)
        yield ""


def _order(name: str) -> tuple[int, int]:
    job = name.partition(": ")[2]
    return (-1, 0) if not job else (JOBS.index(job) if job in JOBS else len(JOBS), 0)


def _line(name: str, row: Mapping[str, Any], base: float | None, typer: float | None) -> str:
    if "missing" in row:
        return f"| {name} | {row['missing'].replace('|', '/')} | | | | | | |"
    middle = row["median_ms"]
    ratios = [f"{middle / against:.2f}" if against else "" for against in (base, typer)]
    cells = [
        row["runs"],
        f"{middle:.0f}",
        f"{row['lowest_ms']:.0f} - {row['highest_ms']:.0f}",
        f"{row['cpu_ms']:.0f}",
    ]
    return (
        f"| {name} | {' | '.join(map(str, cells))} | {' | '.join(ratios)} | {row['memory_mb']:.0f} |".replace(
            " 0 |", " |"
        )
    )


def _writers(answer: Mapping[str, Any]) -> Iterator[str]:
    yield "## Twenty writers at once\n"
    yield "Entries kept of 20, and processes that said that all was well, in each round.\n"
    yield "| program | kept | said so |\n|---|---|---|"
    for name, rounds in answer["writers"].items():
        if isinstance(rounds, str):
            yield f"| {name} | {rounds} | |"
            continue
        kept, said = (", ".join(str(one[what]) for one in rounds) for what in ("kept", "said so"))
        yield f"| {name} | {kept} | {said} |"
