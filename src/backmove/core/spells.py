"""Flare-ups of the past, as the records of single days show them: the rules, and no library to read (R-E4).

One begins with the person's word, with a session of a flare-up, or with red sessions on days in a row. It is over by
word, with a session on a green day, with little pain on days in a row, or after so long without any entry as asks for a
new start. What is noted later changes nothing of the days before it. Days are ISO dates, pain is 0-10.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from operator import attrgetter
from typing import Final, NamedTuple

from msgspec import Struct

from backmove.core.days import days_after
from backmove.core.diary import Diary
from backmove.core.record import Flare, Pain, Session

Entry = Pain | Session | Flare
_ORDER: Final = (Pain, Session, Flare)
"""Of entries at one moment the person's word comes last."""
_RED: Final = "red"
_GREEN: Final = "green"
_FLARE: Final = "flare"


class SpellFigures(NamedTuple):
    """``red_days`` in a row begin one; a session counts as red with pain above ``amber_max``, not when it was kept easy
    for another reason (a check, a wish). Over: ``over_entries`` days with pain of ``over_rise`` at most, or ``silence``
    days without an entry. The defaults are those of ``data/parameters.yaml``; a test compares them."""

    red_days: int = 2
    amber_max: int = 5
    over_rise: int = 1
    over_entries: int = 2
    silence: int = 29


class FlareSpell(Struct, frozen=True):
    """``begun`` and ``ended`` are days, both included. What may still be on ends some weeks ahead."""

    begun: str
    ended: str


SHIPPED: Final = SpellFigures()


def spells_until(diary: Diary, today: str, figures: SpellFigures = SHIPPED) -> tuple[FlareSpell, ...]:
    """Flare-ups up to today, in order. Days without a spell are passed over, so years of entries cost little."""
    happened: list[Entry] = [*diary.sessions, *diary.flares]
    signs = {event.day for event in happened if _may_begin(event)}
    if not signs:
        return ()
    replay = _Replay(figures)
    events: dict[str, list[Entry]] = {}
    for event in happened:
        events.setdefault(event.day, []).append(event)
    given = {session.day for session in diary.sessions}
    pains = sorted(diary.pains, key=attrgetter("day"))
    days = [pain.day for pain in pains]
    at = 0
    for day in [*sorted(day for day in events if day <= today), days_after(today, 1)]:
        if not replay.begun and day not in signs:
            if day in given:
                replay.red = []  # a session that was not red: red days are no longer in a row
            continue
        while replay.begun and at < len(days) and days[at] < day:
            end = bisect_right(days, days[at], at)
            replay.live(pains[at:end])
            at = end
        at = bisect_left(days, day, at)
        end = bisect_right(days, day, at)
        if day in events and day <= today:
            counts = replay.begun or day in signs
            replay.live([*(pains[at:end] if counts else ()), *events[day]])
        at = end
    return replay.spells()


def _may_begin(event: Entry) -> bool:
    if isinstance(event, Flare):
        return event.on
    return isinstance(event, Session) and (event.zone == _RED or event.mode == _FLARE)


class _Replay:
    def __init__(self, figures: SpellFigures) -> None:
        self.figures = figures
        self.over: list[FlareSpell] = []
        self.begun = self.last = ""
        self.red: list[str] = []
        self.calm: set[str] = set()

    def live(self, one_day: Iterable[Entry]) -> None:
        for entry in sorted(one_day, key=_place):
            self._live(entry)

    def _live(self, entry: Entry) -> None:
        if self.begun and entry.day >= days_after(self.last, self.figures.silence):
            self._end(days_after(self.last, self.figures.silence))
        self.last = entry.day
        if isinstance(entry, Flare):
            self._begin(entry.day) if entry.on else self._end(entry.day)
        elif isinstance(entry, Session):
            self._session(entry)
        elif not entry.morning:
            self._pain(entry)

    def _session(self, session: Session) -> None:
        red = session.zone == _RED and session.pain > self.figures.amber_max
        self.red = _in_a_row(self.red, session.day) if red else []
        if session.mode == _FLARE or len(self.red) >= self.figures.red_days:
            self._begin(min([session.day, *self.red]))
        elif session.zone == _GREEN:
            self._end(session.day)

    def _pain(self, pain: Pain) -> None:
        if pain.score > self.figures.over_rise:
            self.calm.clear()
            return
        self.calm.add(pain.day)
        if len(self.calm) >= self.figures.over_entries:
            self._end(pain.day)

    def _begin(self, day: str) -> None:
        self.begun = self.begun or day
        self.calm.clear()

    def _end(self, day: str) -> None:
        if self.begun:
            self.over.append(FlareSpell(self.begun, day))
        self.begun = ""

    def spells(self) -> tuple[FlareSpell, ...]:
        still = [FlareSpell(self.begun, days_after(self.last, self.figures.silence))] if self.begun else []
        return (*self.over, *still)


def _place(entry: Entry) -> tuple[str, int, str]:
    """By the time on the person's own clock, within one day."""
    return entry.at, _ORDER.index(type(entry)), entry.id


def _in_a_row(days: Iterable[str], day: str) -> list[str]:
    """The days with one more, if it is the same or the next; else it alone."""
    row = list(days)
    return [*row, day] if row and row[-1] == days_after(day, -1) else row if row[-1:] == [day] else [day]
