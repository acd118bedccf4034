"""The table of faults and commands as a Markdown page."""

from collections import Counter
from collections.abc import Iterable, Sequence

from faults.campaign import FAULTS, Cell, Row

PROMISES = {
    "lost": "acknowledged records lost",
    "open": "sessions wrongly open",
    "unread": "journals that the program cannot read afterwards",
    "stuck": "next commands that did not work",
    "words": "tracebacks, or messages that are wrong or name no place",
}


def page(rows: Sequence[Row], absent: Sequence[str], command: str) -> str:
    """The whole page. ``absent``: commands that the program does not have yet."""
    return "\n".join([*_head(rows, command), *_totals(rows), *_table(rows), *_notes(rows, absent), ""])


def _head(rows: Sequence[Row], command: str) -> list[str]:
    runs = sum(cell.runs for cell in _cells(rows))
    return [
        "# Faults",
        "",
        f"Made by `{command}`: {runs:,} runs of the real program with a fault, each a whole process of its own.",
        "",
        "After each one the real program is asked for a session (on a copy), and then given the next command. What",
        "must hold: every line that was there stands where it stood; what was acknowledged is there; of what was in",
        "flight there is a whole beginning (in the order of an undisturbed run) or nothing; the gate says what it says",
        "of the same lines without a fault; half a line is kept beside the journal; the next command works. What",
        "is asked afterwards runs in processes forked from one that has the program loaded already. A file that an",
        "export or a page was being written to may be a part after a kill; the journal is not touched by these.",
        "",
    ]


def _totals(rows: Sequence[Row]) -> list[str]:
    wrong = Counter(what for cell in _cells(rows) for what in cell.whats)
    return [*(f"- {words}: **{wrong[what]}**" for what, words in PROMISES.items()), ""]


def _table(rows: Sequence[Row]) -> list[str]:
    faults = [fault for fault in FAULTS if any(fault in row.cells for row in rows)]
    return [
        "Each number is how many times the fault struck this command; with `!` and what was wrong, if anything was.",
        "",
        f"| command | calls | {' | '.join(faults)} |",
        f"|---|---:|{'---:|' * len(faults)}",
        *(
            f"| {row.command.title} | {row.calls} | {' | '.join(_told(row.cells.get(f)) for f in faults)} |"
            for row in rows
        ),
        "",
        *(f"- **{fault}**: {FAULTS[fault]}" for fault in faults),
        "",
    ]


def _told(cell: Cell | None) -> str:
    if cell is None or not cell.runs + cell.missed:
        return ""
    bad = Counter(cell.whats)
    words = [str(cell.runs), *(f"!{what} {number}" for what, number in sorted(bad.items()))]
    return ", ".join([*words, f"{cell.missed} not met"] if cell.missed else words)


def _notes(rows: Sequence[Row], absent: Sequence[str]) -> list[str]:
    shimmed = [row.command.title for row in rows if row.engine == "shim"]
    differ = [row.command.title for row in rows if row.agree is False]
    agree = sum(row.agree is True for row in rows)
    lines = [
        "`calls` are those that touch the data folder: open for writing, write, ftruncate, fsync, rename, unlink,",
        "mkdir, link, chmod, flock. Where strace struck, the kernel itself stopped the program before the call; where",
        "the shim did, functions in front of the system's: for the guide, whose clock runs, so that it does not repeat",
        "call for call, and for `short, killed`.",
        "",
    ]
    if agree or differ:
        lines += [
            f"Both saw the same calls in the same order for {agree} of {agree + len(differ)} commands.",
            "",
        ]
    if differ:
        lines += [
            f"The shim does not see what C code writes by itself, strace does: {', '.join(differ)}.",
            "",
        ]
    if shimmed:
        lines += [f"Struck by the shim alone: {', '.join(shimmed)}.", ""]
    if absent:
        lines += [f"Not in the program yet: {', '.join(absent)}.", ""]
    wrong = [words for cell in _cells(rows) for words in cell.wrong]
    return [*lines, "## What was wrong", "", *(f"- `{w}`" for w in wrong)] if wrong else lines


def _cells(rows: Iterable[Row]) -> list[Cell]:
    return [cell for row in rows for cell in row.cells.values()]
