"""What must stand in a journal before it may open: worked out from its lines alone, with none of the program's code.

This is a necessary condition and no sufficient one: the program locks for many more reasons.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

_BAD_CHECKS: Final = ("emergency", "full-triage", "too-much-pain")
RULES: Final = "1"


def why_locked(journal: bytes, now: datetime) -> str:
    """Why no session may be given with these bytes as the journal; empty: one may be.

    The last answers to the safety questions must be a full clean run that holds today, every line must be JSON (but
    half a line at the end), and after that run stands no bad daily check and no line that was set aside unread.
    """
    last: dict[str, Any] | None = None
    after = ""
    for record in _records(journal):
        if record is None:
            return "a line that is no JSON object"
        kind = record.get("kind")
        if kind == "triage":
            last, after = record, after if _fault_of(record, now) else ""
        elif kind == "check" and record.get("outcome") in _BAD_CHECKS:
            after = "a bad daily check"
        elif kind == "seal" and record.get("blind"):
            after = "lines set aside"
    if last is None:
        return "no answers to the safety questions"
    return _fault_of(last, now) or after


def unreadable(journal: bytes) -> bool:
    """Whether a whole line is no JSON object."""
    return None in list(_records(journal))


def clean_runs(journal: bytes, now: datetime) -> list[dict[str, Any]]:
    """The full clean runs among the lines that can be read."""
    found = [r for r in _records(journal) if r is not None and r.get("kind") == "triage"]
    return [record for record in found if not _fault_of(record, now)]


def _records(journal: bytes) -> Iterator[dict[str, Any] | None]:
    """The first of each id; None for a line that is none."""
    seen = set()
    *lines, tail = journal.split(b"\n")
    for number, line in enumerate([*lines, tail]):
        record = _record(line)
        if record is None and number < len(lines) and line.removeprefix(b"\xef\xbb\xbf").strip(b" \t\r"):
            yield None
        if record is not None and str(record.get("id")) not in seen:
            seen.add(str(record.get("id")))
            yield record


def _record(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _fault_of(run: dict[str, Any], now: datetime) -> str:
    """What keeps a run of the questions from opening."""
    today = now.date().isoformat()
    wanted = {"ended": "finished", "complete": True, "unlocked": True, "rules_version": RULES}
    for key, value in wanted.items():
        if run.get(key) != value:
            return f"{key} is {run.get(key)!r}"
    if run.get("assumed", False) is not False:
        return "answers were assumed"
    for key in ("disposition", "result", "held_by"):
        if (run.get(key) or key) not in ("SELF_CARE", "CAREFUL", "held_by"):
            return f"{key} is {run.get(key)!r}"
    if not isinstance(run.get("valid_until"), str) or run["valid_until"] < today:
        return "it has run out"
    try:
        return "it is of the future" if datetime.fromisoformat(str(run.get("at"))) > now else ""
    except (ValueError, TypeError):
        return "it has no time"
