"""A file of answers for ``--answers``: one JSON object, or standard input when the name is ``-``."""

import json
from pathlib import Path
from typing import IO, Any

from backmove.errors import NotFound, UsageProblem

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
    except (json.JSONDecodeError, RecursionError) as wrong:
        place = f":{wrong.lineno}:{wrong.colno}" if isinstance(wrong, json.JSONDecodeError) else ""
        what = wrong.msg if isinstance(wrong, json.JSONDecodeError) else "nested too deep"
        raise UsageProblem(f"{where}{place}: not a JSON object: {what}.") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """One object. A key that stands twice is refused: which of the two answers was meant?"""
    document = dict(pairs)
    if len(document) < len(pairs):
        twice = sorted({key for key, _ in pairs if sum(key == other for other, _ in pairs) > 1})
        raise UsageProblem(f"the answers name {', '.join(twice)} twice.")
    return document
