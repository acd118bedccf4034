"""Flare-ups of the past, as the records of single days show them; for weeks that are over (R-E4).

Whether one is on today is decided in ``core/flare.py``, from the usual pain of each day. For the weeks behind, one pass
over the records is enough: a session on a day of a flare-up is never green. A spell may seem longer than it was, never
shorter, and nothing that is noted later changes the days before it. Days are ISO dates, pain is 0-10.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from backmove.core.days import days_after
from backmove.core.diary import Diary
from backmove.core.parameters import Parameters
from backmove.core.record import Flare, Pain, Session
from backmove.core.zone import Mode, Zone

Entry = Pain | Session | Flare
_ORDER: Final = (Pain, Session, Flare)
"""Of entries at one moment the person's word comes last."""


@dataclass(frozen=True, slots=True)
class FlareSpell:
    """``begun`` and ``ended`` are days, both included. What may still be on ends some weeks ahead."""

    begun: str
    ended: str


def flare_spells(diary: Diary, today: str, parameters: Parameters) -> tuple[FlareSpell, ...]:
    """Flare-ups up to today, in order.

    One begins with the person's word, with a session of a flare-up, or with red sessions on days in a row. It is over
    by word, with a session on a green day, with little pain on days in a row, or after so long without any entry as
    asks for a new start.
    """
    key = ("flare-spells", id(parameters), today)
    return diary.once(key, lambda: (parameters, _lived(diary, today, parameters)))[1]


def _lived(diary: Diary, today: str, parameters: Parameters) -> tuple[FlareSpell, ...]:
    signs = [s.day for s in diary.sessions if s.zone == Zone.RED or s.mode == Mode.FLARE]
    signs += [word.day for word in diary.flares if word.on]
    if not signs:
        return ()
    replay, first = _Replay(parameters), min(signs)
    entries: list[Entry] = [*diary.pains, *diary.sessions, *diary.flares]
    for entry in sorted((e for e in entries if first <= e.day <= today), key=_place):
        replay.live(entry)
    return replay.spells()


class _Replay:
    def __init__(self, parameters: Parameters) -> None:
        self.figures, self.calm_most = parameters.flare, parameters.flare.over_rise.value
        self.silence = parameters.gap.restart.value
        self.over: list[FlareSpell] = []
        self.begun = self.last = ""
        self.red: list[str] = []
        self.calm: set[str] = set()

    def live(self, entry: Entry) -> None:
        if self.begun and entry.day >= days_after(self.last, self.silence):
            self._end(days_after(self.last, self.silence))
        self.last = entry.day
        if isinstance(entry, Flare):
            self._begin(entry.day) if entry.on else self._end(entry.day)
        elif isinstance(entry, Session):
            self._session(entry)
        elif not entry.morning:
            self._pain(entry)

    def _session(self, session: Session) -> None:
        self.red = _in_a_row(self.red, session.day) if session.zone == Zone.RED else []
        if session.mode == Mode.FLARE or len(self.red) >= self.figures.red_days.value:
            self._begin(min([session.day, *self.red]))
        elif session.zone == Zone.GREEN:
            self._end(session.day)

    def _pain(self, pain: Pain) -> None:
        if pain.score > self.calm_most:
            self.calm.clear()
            return
        self.calm.add(pain.day)
        if len(self.calm) >= self.figures.over_entries.value:
            self._end(pain.day)

    def _begin(self, day: str) -> None:
        self.begun = self.begun or day
        self.calm.clear()

    def _end(self, day: str) -> None:
        if self.begun:
            self.over.append(FlareSpell(self.begun, day))
        self.begun = ""

    def spells(self) -> tuple[FlareSpell, ...]:
        still = [FlareSpell(self.begun, days_after(self.last, self.silence))] if self.begun else []
        return (*self.over, *still)


def _place(entry: Entry) -> tuple[str, str, int, str]:
    """By the time on the person's own clock; reading every one as a moment took a third of the replay."""
    return entry.day, entry.at, _ORDER.index(type(entry)), entry.id


def _in_a_row(days: Iterable[str], day: str) -> list[str]:
    """The days with one more, if it is the same or the next; else it alone."""
    row = list(days)
    return [*row, day] if row and row[-1] == days_after(day, -1) else row if row[-1:] == [day] else [day]
