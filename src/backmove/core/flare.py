"""Flare-ups: when one is on, what its days ask for, and how the former level comes back (R-E).

A pure function of the records and today's pain. Days are ISO dates, pain is 0-10. A flare-up begins by the person's
word or by numbers, and ends by number or by word, yet never on a day on which pain is much worse. Its own days would
make bad pain look usual, so it is measured against the usual pain of the day on which it began.
"""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from msgspec import Struct

from backmove.core.days import days_after, days_between
from backmove.core.diary import Diary
from backmove.core.exercise import Stage
from backmove.core.parameters import Parameters
from backmove.core.record import Flare
from backmove.core.zone import Usual, Zone, zone_of

FULLY_BACK: Final = 2
"""So many main sessions after it the former rung is back (E3)."""


class Phase(StrEnum):
    """What a flare-up's day asks for, the strictest first."""

    RELIEF = "relief"
    """Short easy sessions, red rules."""
    AMBER = "amber"
    """Pain is coming down: main sessions by amber rules."""
    BACK = "back"
    """It is over: steps and rungs come back one session at a time."""
    QUIET = "quiet"
    """All is back; nothing goes up yet."""


class FlareUp(Struct, frozen=True):
    """A flare-up that still matters. ``begun`` and ``ended`` are days (``ended`` None while it is on).

    ``day`` counts from 1 on the day it began. ``back``: main sessions done since it ended (0: one step down at
    rung 0; 1: the former step at rung 0; 2 or more: the former rung).
    """

    begun: str
    ended: str | None
    phase: Phase
    day: int
    back: int = 0

    @property
    def on(self) -> bool:
        return self.ended is None


def flare_of(diary: Diary, today: str, pain: int | None, parameters: Parameters) -> FlareUp | None:
    """The flare-up of today, or one whose steps are not all back, or that ended within the quiet days; else None.

    ``diary``: the records before today's first session. ``pain``: today's, None when it was not said; then a
    flare-up that is on has its strictest phase, and none begins. After so long without any word as asks for a new
    start (``gap.restart``) a flare-up is forgotten.
    """
    return diary.once(("flare", today, pain), lambda: _lived(diary, today, pain, parameters), parameters)


def _lived(diary: Diary, today: str, pain: int | None, parameters: Parameters) -> FlareUp | None:
    scores, words = _scores(diary, today, pain), _last_words(diary, today)
    first = _first_sign(diary, scores, words, parameters)
    if first is None:
        return None
    replay = _Replay(diary, parameters)
    for day in sorted(day for day in {*scores, *words} if day >= first):
        replay.live(day, scores.get(day), words.get(day))
    replay.look_up(today)
    if replay.begun is None:
        return None
    number = days_between(replay.begun, today) + 1
    if replay.ended is None:
        return FlareUp(
            replay.begun, None, _phase(replay, number, scores.get(today), words.get(today)), number
        )
    back = _sessions_since(diary, replay.ended, replay.ended_at, today)
    quiet = days_between(replay.ended, today) <= parameters.flare.quiet_days.value
    if back >= FULLY_BACK and not quiet:
        return None
    phase = Phase.QUIET if back >= FULLY_BACK else Phase.BACK
    return FlareUp(replay.begun, replay.ended, phase, number, back)


def usual_as_of(flare: FlareUp | None, today: str, parameters: Parameters) -> str:
    """The day whose usual pain holds today: while a flare-up is on, and in the quiet days, the day it began."""
    if flare is None:
        return today
    if flare.ended and days_between(flare.ended, today) > parameters.flare.quiet_days.value:
        return today
    return flare.begun


def _phase(replay: "_Replay", number: int, score: int | None, word: Flare | None) -> Phase:
    figures = replay.parameters.flare
    if score is None or number < figures.amber_from.value or (word is not None and word.on):
        return Phase.RELIEF
    return Phase.AMBER if score - replay.usual_then <= figures.amber_rise.value else Phase.RELIEF


class _Replay:
    """The days of a diary, lived through in order. ``usual_then``: usual pain as of the day it began."""

    def __init__(self, diary: Diary, parameters: Parameters) -> None:
        self.parameters = parameters
        self.begun: str | None = None
        self.ended: str | None = None
        self.ended_at: str | None = None
        self.usual_then = 0.0
        self._usual = Usual.of(diary, parameters)
        self._checkins = _worst_checkins(diary)
        self._looks_back = sorted(self._checkins)
        most, rise = parameters.zone.amber_max.value, parameters.flare.rise.value
        self._ordinary = min(most, rise - 1) if self._checkins else most
        self._low = 0
        self._red: list[str] = []
        self._last: str | None = None

    @property
    def on(self) -> bool:
        return self.begun is not None and self.ended is None

    def live(self, day: str, score: int | None, word: Flare | None) -> None:
        """One day: its highest pain (None when none was said) and the last word about a flare-up."""
        self.look_up(day)
        self._last = day
        if not self.on and word is None and (score is None or score <= self._ordinary):
            self._red = [] if score is not None else self._red
            return  # neither red nor a rise: most days of most people
        much_worse = score is not None and self._is_much_worse(day, score)
        if word is not None and word.on:
            self._renew(day)
        elif self.on and not much_worse:
            self._maybe_end(day, score, word)
        row = self._red if self._red[-1:] == [day] else []
        if not self.on and len(row) >= self.parameters.flare.red_days.value:
            self._begin(row[0])
        elif not self.on and score is not None and self._is_sharp(day, score):
            self._begin(day)

    def look_up(self, day: str) -> None:
        """What was so long ago that everything starts anew is forgotten."""
        if self._last and days_between(self._last, day) >= self.parameters.gap.restart.value:
            self.begun = self.ended = self.ended_at = None
            self._red = []

    def _renew(self, day: str) -> None:
        if not self.on:
            self._begin(day)
        self._low = 0

    def _maybe_end(self, day: str, score: int | None, word: Flare | None) -> None:
        """Over by number, from its second day on, or by word."""
        figures = self.parameters.flare
        if score is not None and days_between(self.begun or day, day) + 1 >= figures.amber_from.value:
            self._low = self._low + 1 if score - self.usual_then <= figures.over_rise.value else 0
        if word is not None or self._low >= figures.over_entries.value:
            self.ended, self.ended_at = day, word.at if word else None

    def _begin(self, day: str) -> None:
        self.begun, self.ended, self.ended_at, self._low = day, None, None, 0
        self.usual_then = self._usual.on(day)

    def _is_much_worse(self, day: str, score: int) -> bool:
        """Red and above the usual of those days, or a sharp rise that holds back. Red days in a row are kept."""
        red = score > self.parameters.zone.amber_max.value and self._is_red(day, score)
        follows = bool(self._red) and self._red[-1] == days_after(day, -1)
        self._red = [*(self._red if follows else []), day] if red else []
        return red or self._is_sharp(day, score)

    def _is_red(self, day: str, score: int) -> bool:
        usual = self._usual.on(day)
        zone = zone_of(score, usual, Stage.ACUTE, self.parameters.zone)
        return zone is Zone.RED and score - usual > self.parameters.flare.over_rise.value

    def _is_sharp(self, day: str, score: int) -> bool:
        """A rise while pain gets in the way, as the look back of the last week says (E1)."""
        rise, figures = self.parameters.flare.rise.value, self.parameters.checkin
        if score < rise:
            return False
        place = bisect_right(self._looks_back, day)
        last = self._looks_back[place - 1] if place else None
        if last is None or days_between(last, day) > figures.every.value:
            return False
        return self._checkins[last] >= figures.poor.value and score - self._usual.on(day) >= rise


def _first_sign(
    diary: Diary, scores: Mapping[str, int], words: Mapping[str, Flare], parameters: Parameters
) -> str | None:
    """The first day on which a flare-up could have begun: by word, with pain that can be red, or with a look back that
    says that pain gets in the way. On most days there is none, and nothing has to be lived through."""
    most, poor = parameters.zone.amber_max.value, parameters.checkin.poor.value
    signs = [day for day, score in scores.items() if score > most]
    signs += [day for day, word in words.items() if word.on]
    signs += [c.day for c in diary.checkins if (c.activity or 0) >= poor]
    return min(signs, default=None)


def _scores(diary: Diary, today: str, pain: int | None) -> dict[str, int]:
    """The highest pain said on each day up to today; what was said on mornings is apart (rulings 3.1)."""
    known = {day: score for day, score in diary.highest.items() if day <= today}
    if pain is not None:
        known[today] = max(pain, known.get(today, 0))
    return known


def _last_words(diary: Diary, today: str) -> Mapping[str, Flare]:
    """The last word of each day, by the time it tells of; of two at the same time the one that it is on."""
    words = [word for word in diary.flares if word.day <= today]
    return {w.day: w for w in sorted(words, key=lambda w: (datetime.fromisoformat(w.at), w.on))}


def _worst_checkins(diary: Diary) -> dict[str, int]:
    """How much pain got in the way, by the day of the look back; of two on one day the worse."""
    worst: dict[str, int] = {}
    for checkin in diary.checkins:
        if checkin.activity is not None:
            worst[checkin.day] = max(checkin.activity, worst.get(checkin.day, 0))
    return worst


def _sessions_since(diary: Diary, day: str, moment: str | None, today: str) -> int:
    """Main sessions done or partly done since the end: relief sessions (red) bring nothing back."""
    begun = datetime.fromisoformat(moment) if moment else None
    given = [s for s in diary.sessions if day <= s.day <= today and s.zone != Zone.RED]
    after = [s for s in given if begun is None or s.day > day or datetime.fromisoformat(s.at) >= begun]
    reports = diary.reports({session.id for session in after})
    return sum(report.status != "stopped" for report in reports.values())
