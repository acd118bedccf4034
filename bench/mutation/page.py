"""What a run found, as Markdown."""

import math
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from mutation.campaign import End
from mutation.changes import Mutant

_REASONS: Final = Path(__file__).with_name("reasons.toml")
_KINDS: Final = {
    "equal": "Cannot be seen: the program does the same",
    "looks": "Only looks, words or speed",
    "gap": "Gaps that are left",
    "": "Not looked at yet",
}
_Z: Final = 1.96

Ended = Sequence[tuple[Mutant, End]]
Reason = tuple[str, str]


def page(ended: Ended, controls: Sequence[End], counts: Mapping[str, int], command: str) -> str:
    """The whole page."""
    lines = [
        "# Faults put into the program on purpose",
        "",
        "Made by a program; do not edit. The command:",
        "",
        f"    {command}",
        "",
        *_how(ended, controls, counts),
        "## How many the tests notice",
        "",
        "| | faults there can be | tried | noticed | share | 95 % interval |",
        "|---|---|---|---|---|---|",
        *(_row(name, ended, counts) for name in ("core/", "store/", "")),
        "",
        f"Each module weighed by the faults it can have, the share is {100 * _weighed(ended, counts):.1f} %.",
        "",
        "| kind | tried | noticed |",
        "|---|---|---|",
        *_by_kind(ended),
        "",
        "## What nobody noticed, and why",
        "",
        *_lives(ended, reasons()),
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def reasons() -> dict[str, Reason]:
    """By the name of the mutant: its kind ("equal", "looks", "gap") and the reason."""
    entries = tomllib.loads(_REASONS.read_text(encoding="utf-8")).get("lives", ())
    return {entry["mutant"]: (entry["kind"], entry["why"]) for entry in entries}


def _how(ended: Ended, controls: Sequence[End], counts: Mapping[str, int]) -> list[str]:
    late = sum(end.how == "too long" for _, end in ended)
    wrong = sum(end.how != "lives" for end in controls)
    return [
        "A fault is a comparison turned or moved by one, a number one up or down, `and` for `or` or a part of it left",
        "out, a `not` lost, plus for minus, another answer of a function, a statement, a filter or a code word taken",
        "away, `min` for `max`, `any` for `all`, true for false. Texts for people, docstrings, annotations and what",
        "runs on Windows alone are left as they are. "
        f"Every one of the {len(counts)} modules has its share of the sample, and one at least.",
        "",
        "Each fault is put into a copy of the program. The tests that run its line (measured once) are run there,",
        "those named after the module first, then the recorded plans, until one fails; at most 250 of the others and",
        "12 of the invariants, each kind within 20 seconds of usual time, those named after the module within 80.",
        "Property tests try 20 fixed examples. A run that takes more than five times as long as usual counts as",
        f"noticed ({late} did). A test that runs the whole program in a process of its own is not among them.",
        "",
        f"{len(controls)} runs without any fault, between the others: {wrong} ended otherwise than well.",
        "",
    ]


def _row(package: str, ended: Ended, counts: Mapping[str, int]) -> str:
    mine = [end for mutant, end in ended if mutant.module.startswith(package)]
    there = sum(count for module, count in counts.items() if module.startswith(package))
    good = sum(end.noticed for end in mine)
    low, high = interval(good, len(mine))
    return (
        f"| {package or 'both'} | {there:,} | {len(mine)} | {good} | {100 * good / max(1, len(mine)):.1f} % "
        f"| {100 * low:.1f} to {100 * high:.1f} % |"
    )


def interval(good: int, tried: int) -> tuple[float, float]:
    """Wilson's interval of a share, at 95 %."""
    if not tried:
        return 0.0, 1.0
    share, spread = good / tried, _Z * _Z / tried
    middle = share + spread / 2
    half = _Z * math.sqrt(share * (1 - share) / tried + spread / (4 * tried))
    return (middle - half) / (1 + spread), (middle + half) / (1 + spread)


def _weighed(ended: Ended, counts: Mapping[str, int]) -> float:
    tried = Counter(mutant.module for mutant, _ in ended)
    good = Counter(mutant.module for mutant, end in ended if end.noticed)
    weight = sum(counts[module] for module in tried)
    return sum(counts[module] * good[module] / tried[module] for module in tried) / max(1, weight)


def _by_kind(ended: Ended) -> Iterator[str]:
    tried = Counter(mutant.kind for mutant, _ in ended)
    good = Counter(mutant.kind for mutant, end in ended if end.noticed)
    for kind, count in tried.most_common():
        yield f"| {kind} | {count} | {good[kind]} |"


def _lives(ended: Ended, known: Mapping[str, Reason]) -> Iterator[str]:
    left = [(mutant, known.get(mutant.key, ("", ""))) for mutant, end in ended if not end.noticed]
    for kind, title in _KINDS.items():
        mine = [(mutant, why) for mutant, (of, why) in left if of == kind]
        if mine:
            yield from (f"### {title} ({len(mine)})", "")
            for mutant, why in mine:
                place = f"`{mutant.module}` {mutant.name or 'module'}"
                change = f"`{_code(mutant.old)}` became `{_code(mutant.new)}`"
                yield f"- {place}: {change}." + (f" {why}" if why else "")
            yield ""


def _code(text: str) -> str:
    return text.replace("`", "'")
