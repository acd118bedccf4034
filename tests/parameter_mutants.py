"""Small faults in ``data/parameters.yaml``: every number a little more and a little less, every list without one entry
and, where the order matters, with two neighbours changed over.

A fault is noticed when the reader refuses the file, when a statement about the number no longer holds
(``tests/parameter_meanings.py``), or when a recorded day comes out otherwise (``tests/plan_battery.py``).
"""

import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from pydantic import ValidationError

import shipped
from backmove.core import coherence
from backmove.core.parameters import Parameters
from backmove.store.resources import resource
from backmove.store.twin import reader
from backmove.store.yaml_text import parse_yaml
from parameter_meanings import statements_about
from plan_battery import first_difference

Path = tuple[str | int, ...]

NOT_NUMBERS: Final = ("unit", "source")
"""Words beside a number."""
IN_ORDER: Final = ("relief_rows", "ladders", "sequence")
"""Lists whose order is part of what they say."""
OTHER_ROW: Final = {"breathing-diaphragm": "breathing-long-exhale"}
"""A row that stands alone is changed for its nearest neighbour."""

_WHOLE: Final = "Scores are whole: no two of them differ by a share between this one and 30 per cent."
_ENDS: Final = "These chains have rows for the ends of a session only, so that a main block never asks."
_NEXT: Final = "After the start the unseen card of the lowest number comes, and that is 14 anyway."
_OUTINGS: Final = "The rows of this ladder are walks. Nothing is offered of it; walking has its own plan."
_APART: Final = "The two rows stand in different parts of a session, so that neither takes the other's place."
_LYING: Final = (
    "This row has no place in the main block and none at the end, so the relief order never meets it."
)

SURVIVORS: Final[Mapping[str, str]] = {
    "zone.steady_usual_min: 5 -> 4": "Six is amber for who is at most 1 above the usual, and then that is 5 or more.",
    "flare.amber_from: 2 -> 1": "A first day is one by word or by much more pain; both ask for relief by themselves.",
    "progress.easy_exposures: 1 -> 0": "What was earned rests on one session at least.",
    "blocks.attempts: 200 -> 201": "One try more; of the recorded people nobody's session uses up its tries.",
    "fear.fall: 30 -> 29": _WHOLE,
    "notice.real_change_share: 30 -> 31": _WHOLE,
    "notice.real_change_share: 30 -> 29": _WHOLE,
    "placement.one_leg_5s: without standhip": "Both rows of this chain are of level 1 and open to everybody.",
    "placement.equals: without breath": _ENDS,
    "placement.equals: without desk": _ENDS,
    "placement.equals: without ham": _ENDS,
    "cards.sequence.13: 14 -> 13": _NEXT,
    "cards.sequence: without 14": _NEXT,
    "ladders.rows.walking: without walk-easy": _OUTINGS,
    "ladders.rows.walking: without walk-steady": _OUTINGS,
    "ladders.rows.walking: without walk-thirty": _OUTINGS,
    "relief_rows.bending: knee-to-chest-single before rest-90-90": _APART,
    "relief_rows.neither: seated-cat-cow before rest-lean-forward": _APART,
    "relief_rows.neither: taichi-seated before seated-cat-cow": _APART,
    "relief_rows.arching: without prone-lying": _LYING,
    "relief_rows.arching: prone-elbows before prone-lying": _LYING,
}
"""Changes that nothing can notice, with the reason. No other may join them unseen."""


@dataclass(frozen=True, eq=False)
class Mutant:
    """One change of the file. ``path``: where it is; ``value``: what stands there now."""

    path: Path
    change: str
    value: Any

    @property
    def name(self) -> str:
        return f"{called(self.path)}: {self.change}"

    @property
    def group(self) -> str:
        return str(self.path[0])

    @property
    def parameters(self) -> Parameters | None:
        """The file with the change, as the program would read it; None when it is refused."""
        return read(_with(shipped_data(), self.path, self.value))


def called(path: Path) -> str:
    """A path in words: ``walk.step_share``, ``blocks.rows.2.main.0``."""
    return ".".join(str(part) for part in path if part != "value")


@cache
def shipped_data() -> dict[str, Any]:
    """The file as plain mappings, lists, words and numbers."""
    data = parse_yaml(shipped.contents()["parameters.yaml"], resource("parameters.yaml")).data
    assert isinstance(data, dict)
    return data


def read(data: Mapping[str, Any]) -> Parameters | None:
    """As the library reads the file: shape, sources, ladders. None when it is refused."""
    catalog = shipped.catalog()
    try:
        parameters: Parameters = reader(Parameters).validate_json(json.dumps([data]))[0]
    except ValidationError:
        return None
    faults = [
        *coherence.parameter_faults(parameters, catalog.references),
        *coherence.ladder_faults(parameters.ladders, catalog.exercises),
    ]
    return None if faults else parameters


def _with(data: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    copied = copy.copy(data)
    copied[path[0]] = _with(data[path[0]], path[1:], value)
    return copied


def numbers(data: Any, path: Path = ()) -> Iterator[tuple[Path, int]]:
    """Every number of the file and where it stands."""
    if isinstance(data, int):
        yield path, data
    elif isinstance(data, dict | list):
        pairs = data.items() if isinstance(data, dict) else enumerate(data)
        for key, value in pairs:
            if key not in NOT_NUMBERS:
                yield from numbers(value, (*path, key))


def lists(data: Any, path: Path = ()) -> Iterator[tuple[Path, list[Any]]]:
    """Every list whose entries can be taken away: of ids, of features, of numbers, of rows."""
    if isinstance(data, list):
        if not _is_range(path):
            yield path, data
        for number, value in enumerate(data):
            yield from lists(value, (*path, number))
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from lists(value, (*path, key))


def _is_range(path: Path) -> bool:
    """A pair of numbers: least and most."""
    return path[:2] == ("blocks", "rows") and len(path) > 2


def mutants() -> Iterator[Mutant]:
    """Every change, in the order of the file."""
    data = shipped_data()
    for path, number in numbers(data):
        yield from (
            Mutant(path, f"{number} -> {number + by}", number + by) for by in (1, -1) if number + by >= 0
        )
    for path, entries in lists(data):
        for place, entry in enumerate(entries):
            less = [*entries[:place], *entries[place + 1 :]]
            yield Mutant(path, f"without {_short(entry)}", less)
        if not set(IN_ORDER).isdisjoint(path):
            for place in range(len(entries) - 1):
                swapped = list(entries)
                swapped[place : place + 2] = entries[place + 1], entries[place]
                yield Mutant(path, f"{_short(entries[place + 1])} before {_short(entries[place])}", swapped)
    for path, row in _rows_alone(data):
        yield Mutant(path, f"{row} -> {OTHER_ROW[row]}", OTHER_ROW[row])


def _rows_alone(data: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _rows_alone(value, (*path, key))
    elif isinstance(data, str) and data in OTHER_ROW:
        yield path, data


def _short(entry: Any) -> str:
    return f"the row of {entry['minutes']} minutes" if isinstance(entry, dict) else str(entry)


def noticed(mutant: Mutant) -> str | None:
    """What notices a change (``refused``, ``statement: ...`` or ``battery: ...``), or None when nothing does."""
    parameters = mutant.parameters
    if parameters is None:
        return "refused"
    for name, holds in statements_about(called(mutant.path)):
        try:
            holds(parameters)
        except Exception:  # noqa: BLE001 - a statement that cannot even be tried does not hold
            return f"statement: {name}"
    found = first_difference(parameters, first=mutant.group)
    return f"battery: {found}" if found else None
