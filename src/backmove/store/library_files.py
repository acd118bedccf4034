"""The library's YAML files: shape and agreement of all of them, every fault at once with its line.

This is the slow way in: it loads yaml and pydantic. ``library`` takes it when the cache has nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

from msgspec import Struct, field

from backmove.core import coherence, plain_words
from backmove.core.emergency import EmergencyNumbers, Region
from backmove.core.exercise import Card, Catalog, Exercise, Precaution, Reference, StopCode
from backmove.core.fault import Fault
from backmove.core.parameters import Parameters
from backmove.errors import DataProblem
from backmove.store.figures_check import album_problems
from backmove.store.figures_file import FILE as FIGURES_FILE
from backmove.store.resources import resource
from backmove.store.yaml_file import check, load_yaml, validate
from backmove.store.yaml_text import Document, Problem, parse_yaml, refuse

T = TypeVar("T")
Version = Literal[1]


class ExerciseFile(Struct, frozen=True):
    schema_version: Version
    exercises: tuple[Exercise, ...]


class PrecautionFile(Struct, frozen=True):
    schema_version: Version
    precautions: tuple[Precaution, ...]


class StopCodeFile(Struct, frozen=True):
    schema_version: Version
    stop_codes: tuple[StopCode, ...]


class ReferenceFile(Struct, frozen=True):
    schema_version: Version
    references: tuple[Reference, ...]


class CardFile(Struct, frozen=True):
    schema_version: Version
    cards: tuple[Card, ...]


class NumbersFile(Struct, frozen=True):
    schema_version: Version
    unknown: str
    regions: tuple[Region, ...]


SHAPES: Final[Mapping[str, type[Any]]] = {
    "exercises": ExerciseFile,
    "precautions": PrecautionFile,
    "stop_codes": StopCodeFile,
    "references": ReferenceFile,
    "cards": CardFile,
    "regions": NumbersFile,
}
"""The key by which a file is known, and its shape."""

SOURCES: Final[Mapping[str, str]] = {
    "exercises": "exercises.yaml",
    "precautions": "precautions.yaml",
    "stop_codes": "stop_codes.yaml",
    "references": "references.yaml",
    "cards": "cards.yaml",
}
FIGURES: Final = "figures"
"""The key by which a file of figures is known; ``figures_check`` has its shape and what must agree in it."""
NUMBERS: Final = "emergency_numbers.yaml"
PARAMETERS: Final = "parameters.yaml"


class _Reading(Struct):
    """Documents read so far, what they hold, and everything that is wrong."""

    documents: dict[str, Document] = field(default_factory=dict)
    entries: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def take(self, part: str, document: Document) -> None:
        value, problems = check(document, SHAPES[part])
        self.documents[part] = document
        self.entries[part] = () if value is None else getattr(value, part)
        self.problems += problems

    def say(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            self.problems.append(self.documents[str(fault.loc[0])].problem(fault.loc, fault.what))


def read_library(contents: Mapping[str, bytes]) -> tuple[Catalog, Parameters]:
    """Catalogue and parameters from the bytes of the shipped files, by file name.

    Raises one DataProblem with every fault of every file.
    """
    reading = _Reading()
    for part, name in SOURCES.items():
        reading.take(part, parse_yaml(contents[name], resource(name)))
    numbers = parse_yaml(contents[PARAMETERS], resource(PARAMETERS))
    parameters, problems = check(numbers, Parameters)
    reading.problems += problems
    if not reading.problems:  # entries that lost their shape would only echo here
        reading.say(_agreement(reading.entries))
        reading.problems += _parameter_problems(numbers, parameters, reading.entries)
    refuse(reading.problems)
    assert parameters is not None
    return _catalog(reading.entries), parameters


def _parameter_problems(
    numbers: Document, parameters: Parameters | None, entries: Mapping[str, Sequence[Any]]
) -> list[Problem]:
    """What does not agree between the parameters and the library."""
    if parameters is None:
        return []
    faults = [
        *coherence.parameter_faults(parameters, [entry.key for entry in entries["references"]]),
        *coherence.ladder_faults(parameters.ladders, {row.id: row for row in entries["exercises"]}),
    ]
    return [numbers.problem(fault.loc, fault.what) for fault in faults]


def _catalog(entries: Mapping[str, Sequence[Any]]) -> Catalog:
    return Catalog(
        exercises={row.id: row for row in entries["exercises"]},
        precautions={entry.tag: entry for entry in entries["precautions"]},
        stop_codes={entry.code: entry for entry in entries["stop_codes"]},
        cards={card.number: card for card in entries["cards"]},
        references={entry.key: entry for entry in entries["references"]},
    )


def _agreement(
    entries: Mapping[str, Sequence[Any]], shipped: Mapping[str, Sequence[Any]] | None = None
) -> list[Fault]:
    """Faults of ``entries``; what they lack is looked up in ``shipped``."""
    whole = {**(shipped or {}), **entries}
    references = [entry.key for entry in whole["references"]]
    codes = [entry.code for entry in whole["stop_codes"]]
    others = (shipped or {}).get("exercises", ())
    faults = coherence.exercise_faults(
        entries.get("exercises", ()), stop_codes=codes, references=references, others=others
    )
    faults += coherence.precaution_faults(entries.get("precautions", ()), references)
    faults += coherence.card_faults(entries.get("cards", ()), references)
    faults += coherence.reference_faults(entries.get("references", ()))
    if "stop_codes" in entries:
        faults += coherence.stop_code_faults(entries["stop_codes"])
    return faults


def _wording(entries: Mapping[str, Sequence[Any]]) -> Iterable[Fault]:
    """Faults of the words: reading grade, banned words, easier forms that lead elsewhere."""
    for number, row in enumerate(entries.get("exercises", ())):
        for fault in plain_words.row_word_faults(row):
            yield Fault(("exercises", number, *fault.loc), fault.what)
    for number, card in enumerate(entries.get("cards", ())):
        yield from plain_words.text_faults(("cards", number, "text"), f"{card.title}. {card.text}")
    for number, entry in enumerate(entries.get("precautions", ())):
        yield from plain_words.text_faults(
            ("precautions", number, "question"), f"{entry.question} {entry.hint}"
        )
    for number, code in enumerate(entries.get("stop_codes", ())):
        yield from plain_words.text_faults(("stop_codes", number, "text"), code.text)


def check_file(path: Path) -> list[Problem]:
    """Everything that is wrong in a file of exercises (or precautions, cards, figures, ...) of one's own.

    The file is judged as it would stand beside the shipped library: its rows may name shipped ids, codes and
    sources, and a row with a shipped id takes that row's place. Raises DataProblem when it is no YAML.
    """
    document = load_yaml(path)
    if isinstance(document.data, dict) and FIGURES in document.data:
        return sorted(album_problems(document), key=lambda problem: (problem.line, problem.column))
    part = next((key for key in SHAPES if isinstance(document.data, dict) and key in document.data), None)
    if part is None:
        keys = ", ".join([*SHAPES, FIGURES])
        return [document.problem((), f"no part of the library: one of these keys begins it: {keys}")]
    reading = _Reading()
    reading.take(part, document)
    if not reading.problems:
        shipped = {name: _shipped(name) for name in ("exercises", "stop_codes", "references")}
        reading.say(_agreement(reading.entries, shipped))
    reading.say(_wording(reading.entries))
    return sorted(reading.problems, key=lambda problem: (problem.line, problem.column))


@cache
def _shipped(part: str) -> tuple[Any, ...]:
    entries: tuple[Any, ...] = getattr(validate(load_yaml(resource(SOURCES[part])), SHAPES[part]), part)
    return entries


def check_shipped() -> list[Problem]:
    """Everything that is wrong in the shipped files."""
    problems: list[Problem] = []
    for name in (*SOURCES.values(), FIGURES_FILE, NUMBERS):
        try:
            problems += check_file(resource(name))
        except DataProblem as broken:
            problems.append(Problem(resource(name), 1, 1, "", broken.message))
    return [*problems, *_check_parameters()]


def _check_parameters() -> list[Problem]:
    """Faults of the shipped parameters, also beside the shipped library; nothing where that cannot be read."""
    numbers = load_yaml(resource(PARAMETERS))
    parameters, problems = check(numbers, Parameters)
    try:
        entries = {part: _shipped(part) for part in ("exercises", "references")}
    except DataProblem:
        return problems
    return [*problems, *_parameter_problems(numbers, parameters, entries)]


def read_numbers() -> EmergencyNumbers:
    """The emergency numbers. Raises DataProblem with every fault and its line."""
    document = load_yaml(resource(NUMBERS))
    file = validate(document, NumbersFile)
    words = [word for region in file.regions for word in (region.code, *region.also)]
    twice = [
        document.problem(("regions", number), "a word for this region already stands for another one")
        for number, region in enumerate(file.regions)
        if any(words.count(word) > 1 for word in (region.code, *region.also))
    ]
    refuse(twice)
    return EmergencyNumbers(file.unknown, file.regions)
