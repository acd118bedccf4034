"""The entries as a table (CSV): one row an entry, as it stands after corrections.

UTF-8, RFC 4180: commas, CRLF, quotes doubled, line ends within a note kept. Scores are whole numbers 0-10; an empty
cell is "not said". Cells of words are cleaned and guarded (``core/cells.py``).
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec

from backmove.core.cells import cleaned, guarded
from backmove.core.checkin import FLAGS
from backmove.core.record import (
    AnyRecord,
    Barrier,
    Check,
    Checkin,
    Clearance,
    Direction,
    Done,
    Exclude,
    Exposure,
    Flare,
    Pain,
    Refusal,
    Session,
    Triage,
    Walk,
    kind_of,
)

COLUMNS: Final = (
    *("kind", "id", "at", "day"),
    *("score", "morning", "before_session", "leg", "limb", "sleep", "minutes"),
    *("status", "reason", "effort", "peak", "soreness", "expected", "found"),
    *("session", "exercise", "estimated_min"),
    *("average_pain", "enjoyment", "activity", "confidence", *FLAGS, "activities"),
)
NOTE: Final = "note"
"""The last column, there only when notes were asked for."""
MARK: Final = "\ufeff"
"""What tells Excel that the file is UTF-8."""

Cell = str | int | bool | None
Row = Mapping[str, Cell]


def table(
    entries: Iterable[AnyRecord], *, notes: bool, mark: bool = False, semicolon: bool = False
) -> Iterator[str]:
    """The lines of the table, header first; kinds without a row are passed over."""
    line = _Line()
    names = [*COLUMNS, NOTE] if notes else [*COLUMNS]
    rows = csv.DictWriter(
        line, names, delimiter=";" if semicolon else ",", lineterminator="\r\n", extrasaction="ignore"
    )
    rows.writeheader()
    yield (MARK if mark else "") + line.taken()
    for record in entries:
        told = _ROWS.get(type(record))
        if told is not None:
            rows.writerow({name: _cell(value) for name, value in {**_head(record), **told(record)}.items()})
            yield line.taken()


class _Line:
    """Takes what the csv module writes; gives it away once."""

    def __init__(self) -> None:
        self._text = ""

    def write(self, text: str) -> None:
        self._text += text

    def taken(self) -> str:
        text, self._text = self._text, ""
        return text


def _cell(value: Cell) -> str | int:
    if isinstance(value, bool) or value is None:
        return "yes" if value else ""
    return value if isinstance(value, int) else guarded(cleaned(value))


# --- one kind each ----------------------------------------------------------------------------------


def _head(record: AnyRecord) -> dict[str, Cell]:
    return {"kind": kind_of(record), "id": record.id, "at": record.at, "day": record.day}


def _pain(record: Pain) -> Row:
    return {
        "score": record.score,
        "morning": record.morning,
        "before_session": record.before_session,
        "leg": record.leg,
        "limb": record.limb,
        "sleep": record.sleep,
        NOTE: record.note,
    }


def _walk(record: Walk) -> Row:
    return {"minutes": record.minutes, "limb": record.limb, NOTE: record.note}


def _flare(record: Flare) -> Row:
    return {"status": "began" if record.on else "over"}


def _session(record: Session) -> Row:
    return {
        "status": record.mode,
        "exercise": _several([item.exercise for item in record.items]),
        "estimated_min": -(-record.estimated_s // 60),
    }


def _done(record: Done) -> Row:
    done = [row.exercise for row in record.rows if row.status != "skipped"]
    return {
        "session": record.session,
        "status": record.status,
        "reason": record.reason,
        "effort": record.effort,
        "peak": record.peak,
        "leg": record.leg,
        "soreness": record.soreness,
        "expected": record.prediction,
        "found": record.found,
        "exercise": _several(done),
        NOTE: record.note,
    }


def _checkin(record: Checkin) -> Row:
    scores = msgspec.structs.asdict(record)
    own: dict[str, Any] = {
        name: scores[name] for name in ("enjoyment", "activity", "confidence", "sleep", *FLAGS)
    }
    activities = _several([f"{name}: {score}" for name, score in record.activities.items()])
    return own | {"average_pain": record.pain, "activities": activities, NOTE: record.note}


def _exposure(record: Exposure) -> Row:
    return {"exercise": record.exercise, "expected": record.prediction}


def _direction(record: Direction) -> Row:
    tried = (("bending", record.bending), ("arching", record.arching))
    legs = (("bending", record.bending_leg), ("arching", record.arching_leg))
    return {
        "status": _several([f"{name} {word}" for name, word in tried if word]),
        "leg": _several([f"{name} {word}" for name, word in legs if word]),
    }


def _exclude(record: Exclude) -> Row:
    return {
        "exercise": record.exercise,
        "status": "left out" if record.on else "let in",
        NOTE: record.because,
    }


def _barrier(record: Barrier) -> Row:
    return {"reason": record.word}


def _triage(record: Triage) -> Row:
    return {"status": record.disposition, "reason": _several(record.rules)}


def _clearance(record: Clearance) -> Row:
    return {"status": record.who, "reason": _several(record.rules)}


def _check(record: Check) -> Row:
    return {"status": record.outcome}


def _refusal(record: Refusal) -> Row:
    return {"reason": record.code}


def _several(words: Sequence[str]) -> str:
    return "; ".join(words)


_ROWS: Final[Mapping[type, Callable[[Any], Row]]] = {
    Pain: _pain,
    Walk: _walk,
    Flare: _flare,
    Session: _session,
    Done: _done,
    Checkin: _checkin,
    Exposure: _exposure,
    Direction: _direction,
    Exclude: _exclude,
    Barrier: _barrier,
    Triage: _triage,
    Clearance: _clearance,
    Check: _check,
    Refusal: _refusal,
}
