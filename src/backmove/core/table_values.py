"""The cells of a table: what each may say, and the moment that a row tells of. Nothing is guessed.

Every function raises UsageProblem for a cell that it does not understand.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from backmove.core.days import is_day
from backmove.core.logbook import LEGS
from backmove.core.typed import choice, text, whole_number
from backmove.core.when import EARLIEST, SLACK, day_of, parse_when
from backmove.errors import UsageProblem

MAIN: Final = {"pain": "score", "walk": "minutes"}
FIELDS: Final = {
    "pain": ("score", "morning", "before_session", "leg", "limb", "sleep", "note"),
    "walk": ("minutes", "limb", "note"),
}
NOTHING: Final[Mapping[str, Any]] = {"morning": False, "before_session": False, "note": ""}


_YES: Final = frozenset({"yes", "y", "true", "1", "x"})
_NO: Final = frozenset({"no", "n", "false", "0"})
_PART: Final = {"D": r"(?P<d>\d{1,2})", "M": r"(?P<m>\d{1,2})", "Y": r"(?P<y>\d{4})"}
_ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?", re.ASCII)


def _yes(cell: str) -> bool:
    word = cell.lower()
    if word not in _YES | _NO:
        raise UsageProblem(f"{cell!r} is neither yes nor no")
    return word in _YES


def _score(cell: str) -> int:
    return whole_number("", cell, 0, 10)


VALUES: Final[Mapping[str, Callable[[str], Any]]] = {
    "score": _score,
    "minutes": lambda cell: whole_number("", cell, 1, 1440),
    "morning": _yes,
    "before_session": _yes,
    "leg": lambda cell: choice("leg", cell.lower(), LEGS),
    "limb": _score,
    "sleep": _score,
    "note": text,
}


class Moment(NamedTuple):
    """When something was: ``at`` and ``day`` of the record, and the words in the table that say so."""

    at: str
    day: str
    said: str


class Clock:
    """Reads moments. ``dates``: how dates are written, such as ``DD.MM.YYYY``, None for ISO; ``now`` is aware."""

    def __init__(self, dates: str | None, now: datetime, day_ends: str) -> None:
        self._written = dates
        self._pattern = None if dates is None else _date_pattern(dates)
        self._now = now
        self._day_ends = day_ends

    def moment(self, word: str, time: str, day: str) -> Moment:
        """``word`` is a date, or a date and a time; ``time`` may stand apart; ``day`` is what a table of ours says."""
        return self._with_offset(word, day) or self._local(word, time)

    def _with_offset(self, word: str, day: str) -> Moment | None:
        """A moment that says where it was: it is kept as it is."""
        try:
            moment = datetime.fromisoformat(word)
        except ValueError:
            return None
        if moment.tzinfo is None:
            return None
        if moment > self._now + SLACK:
            raise UsageProblem(f"{word!r} is still to come")
        if moment.date() < EARLIEST:
            raise UsageProblem(f"{word!r} is out of reach")
        at = moment.isoformat(timespec="seconds")
        return Moment(at, day if is_day(day) else day_of(moment, self._day_ends).isoformat(), at)

    def _local(self, word: str, time: str) -> Moment:
        date, _, rest = word.replace("T", " ").partition(" ")
        clock = (time or rest).strip()
        said = self._iso_date(date)
        if clock:
            found = _CLOCK.fullmatch(clock)
            if found is None:
                raise UsageProblem(f"{clock!r} is not a time such as 08:30")
            said += f"T{int(found[1]):02}:{found[2]}"
        moment = parse_when(said, self._now, self._day_ends)
        return Moment(moment.isoformat(timespec="seconds"), day_of(moment, self._day_ends).isoformat(), said)

    def _iso_date(self, word: str) -> str:
        if self._pattern is None:
            if _ISO_DAY.fullmatch(word):
                return word
            raise UsageProblem(
                f"{word!r} is not a date such as 2026-03-01; say how dates are written: --dates DD.MM.YYYY"
            )
        found = self._pattern.fullmatch(word)
        if found is None:
            raise UsageProblem(f"{word!r} is not a date like {self._written}")
        return f"{found['y']}-{int(found['m']):02}-{int(found['d']):02}"


def _date_pattern(dates: str) -> re.Pattern[str]:
    """How dates are written, such as DD.MM.YYYY or M/D/YYYY. Raises UsageProblem."""
    parts = re.fullmatch(
        r"(D{1,2}|M{1,2}|Y{4})(\W)(D{1,2}|M{1,2}|Y{4})\2(D{1,2}|M{1,2}|Y{4})", dates, re.ASCII
    )
    letters = [parts[n][0] for n in (1, 3, 4)] if parts else []
    if parts is None or sorted(letters) != ["D", "M", "Y"]:
        raise UsageProblem(
            f"--dates: {dates!r} is not a way to write dates.",
            hint="Such as:  --dates DD.MM.YYYY  or  MM/DD/YYYY",
        )
    return re.compile(re.escape(parts[2]).join(_PART[letter] for letter in letters), re.ASCII)
