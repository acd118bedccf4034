"""The names in the data files, by a glance at their lines: for TAB, which cannot wait for YAML (``cli/tab.py``).

A test holds them against what the files say when they are read in full. A file that cannot be read has no names: TAB
has nowhere to say what is wrong.
"""

import re
from typing import Final

from backmove.errors import DataProblem
from backmove.store.resources import resource

_EXERCISE: Final = re.compile(r'^  - id: "?([\w-]+)"?\n    name: "?([^"\n]*)', re.MULTILINE)
_CARD: Final = re.compile(r'^    topic: "?([\w-]+)"?\n    title: "?([^"\n]*)', re.MULTILINE)
_TAG: Final = re.compile(r'^  - tag: "?([\w-]+)"?\n    label: "?([^"\n]*)', re.MULTILINE)
_REGION: Final = re.compile(r'^  - code: "?([\w-]+)"?\n    name: "?([^"\n]*)', re.MULTILINE)

Names = tuple[tuple[str, str], ...]
"""Pairs: the word to type, and what it means."""


def exercise_names() -> Names:
    """Every exercise: id and name."""
    return _pairs("exercises.yaml", _EXERCISE)


def card_names() -> Names:
    """Every card: topic and title."""
    return _pairs("cards.yaml", _CARD)


def precaution_names() -> Names:
    """Every precaution: tag and label."""
    return _pairs("precautions.yaml", _TAG)


def region_names() -> Names:
    """Every region with an emergency number: code and name."""
    return _pairs("emergency_numbers.yaml", _REGION)


def _pairs(name: str, pattern: re.Pattern[str]) -> Names:
    try:
        text = resource(name).read_text(encoding="utf-8")
    except (OSError, UnicodeError, DataProblem):
        return ()
    return tuple((found[1], found[2].strip()) for found in pattern.finditer(text))
