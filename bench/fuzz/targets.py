"""The targets by name: how to run one input, where each begins, and what its inputs are made of."""

from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from fuzz import answers, incoming, journals, keys, words, yaml_files
from fuzz.desk import Desk

ROOT: Final = Path(__file__).parent.parent.parent
SAVED: Final = ROOT / "tests" / "data" / "fuzz"
"""One folder a target, with the inputs that are replayed."""


class Target(NamedTuple):
    """``run`` raises for a broken promise or a fault of ours. ``most``: bytes of an input while fuzzing.

    ``wired``: lines with structure (JSON or tables), which are also changed as such.
    """

    run: Callable[[Desk, bytes], None]
    prepare: Callable[[Desk], None]
    seeds: Callable[[], list[bytes]]
    lines: Callable[[], list[bytes]]
    most: int
    wired: bool


TARGETS: Final = {
    "journals": Target(journals.journals, journals.prepare, journals.seeds, journals.lines, 6000, True),
    "answers": Target(answers.answers, answers.prepare, answers.seeds, answers.lines, 4000, True),
    "incoming": Target(incoming.incoming, incoming.prepare, incoming.seeds, incoming.lines, 5000, True),
    "keys": Target(keys.keys, keys.prepare, keys.seeds, keys.lines, 1500, False),
    "words": Target(words.words, words.prepare, words.seeds, words.lines, 1500, False),
    "yaml": Target(
        yaml_files.yaml_files, yaml_files.prepare, yaml_files.seeds, yaml_files.lines, 4500, False
    ),
}


def saved(name: str) -> list[bytes]:
    """The inputs of a target that are kept, by the names of their files."""
    return [file.read_bytes() for file in sorted((SAVED / name).glob("*")) if file.is_file()]
