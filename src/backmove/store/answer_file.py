"""A file of answers for ``--answers``: one JSON object, or standard input when the name is ``-``."""

import json
from collections import Counter
from pathlib import Path
from typing import IO, Any

from backmove.errors import NotFound, UsageProblem

SHOWN = 20
"""Keys that stand twice and are named."""
LIMIT = 1_000_000
"""Bytes; a whole questionnaire has a hundredth of this."""


def read_answer_file(name: str, stdin: IO[str]) -> Any:
    """The document. Raises NotFound for a missing file, UsageProblem for what is no JSON, with line and column."""
    where = "standard input" if name == "-" else name
    try:
        text = stdin.read(LIMIT + 1) if name == "-" else Path(name).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise NotFound(f"there is no file {name}.") from None
    except (OSError, UnicodeDecodeError) as wrong:
        raise UsageProblem(f"{where} cannot be read: {wrong}.") from None
    if len(text) > LIMIT:
        raise UsageProblem(f"{where} is too long for answers.")
    try:
        return json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as wrong:
        raise UsageProblem(f"{where}:{wrong.lineno}:{wrong.colno}: not a JSON object: {wrong.msg}.") from None
    except (ValueError, RecursionError) as wrong:  # Python reads no whole number of more than 4,300 digits
        what = "nested too deep" if isinstance(wrong, RecursionError) else "a number is too long"
        raise UsageProblem(f"{where}: not a JSON object: {what}.") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """One object. A key that stands twice is refused: which of the two answers was meant?"""
    document = dict(pairs)
    if len(document) < len(pairs):
        twice = sorted(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
        raise UsageProblem(f"the answers name {', '.join(twice[:SHOWN])} twice.")
    return document
