"""What a person sees when they look back: what was done, what they can do again, pain last (R-P4).

Every change is told with its noise: below a real change it reads "about the same". The sentence about pain says the
same as the plot; in plain mode it stands alone.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, TypeVar

from backmove.core.engagement import Pause
from backmove.core.pain_course import Grain, Shift, change_of, stretches
from backmove.core.periods import Period
from backmove.core.trend import FlareUp, Told, Trend
from backmove.term import progress_words as words
from backmove.term.clean import one_line
from backmove.term.page import Page
from backmove.term.plot import places, plot
from backmove.term.progress_words import between, count, listed, on_day, time_words

MOST: Final = 4
"""So many levels, pauses or flare-ups are told one by one: the last ones. All are in ``--json``."""
NARROWEST: Final = 40
"""Columns."""
_GRAINS: Final = tuple(Grain)

Thing = TypeVar("Thing", Pause, FlareUp, str)


def progress_page(
    course: Trend,
    asked: Period,
    names: Mapping[str, str],
    *,
    today: date,
    width: int,
    plain: bool,
    ascii_only: bool,
    daily: bool,
) -> Page:
    """The look back. ``names``: of exercises by id; ``daily``: pain day by day was asked for."""
    page = Page(width, plain)
    parts = _Parts(page, course, today)
    page.both_ends(words.TITLES[asked.span], f"{count(course.days, 'day')} shown", "head")
    page.prose(between(course.first_day, course.last_day, today), style="dim")
    if course.empty:
        parts.nothing()
        return page
    parts.done(names)
    parts.again()
    parts.pain(width, ascii_only=ascii_only, daily=daily)
    page.blank()
    page.command("What today brings:", "backmove")
    return page


def fitting(course: Trend, asked: Grain) -> Grain:
    """The finest stretch, from what was asked for on, whose columns fit side by side in the narrowest window: what is
    said of pain never depends on how wide the window is."""
    wanted = _GRAINS[_GRAINS.index(asked) :]
    room = places(NARROWEST)
    fits = (grain for grain in wanted if stretches(course.first_day, course.last_day, grain) <= room)
    return next(fits, Grain.YEAR)


class _Parts:
    """Writes the page, part by part."""

    def __init__(self, page: Page, course: Trend, today: date) -> None:
        self.page, self.course, self.today = page, course, today
        self.indent = 0 if page.plain else 2

    # --- what was done ---------------------------------------------------------------------------------

    def done(self, names: Mapping[str, str]) -> None:
        self._head(words.DID)
        for line in self._sessions():
            self._line(line)
        climbed = [
            f"A level up: from {_name(c.from_exercise, names)} to {_name(c.to_exercise, names)}, {self._on(c.day)}"
            for c in sorted(self.course.climbed, key=lambda c: c.day)
        ]
        self._last("levels up", climbed, str)
        self._last("pauses", self.course.pauses, lambda pause: words.pause_words(pause, self.today))
        if told := self._barriers():
            self._line(f"What got in the way: {told}")
        engagement = self.course.engagement
        if engagement.started is not None:
            self._line(words.engaged(engagement, self._on(engagement.started)))

    def _sessions(self) -> Iterable[str]:
        told, walking = self.course.sessions, self.course.walking
        finished = told.done + told.partly
        if finished:
            more = " or more" if told.unmeasured else ""
            on = count(told.days, "day")
            yield f"{count(finished, 'session')} on {on}, {time_words(told.minutes)}{more} of exercise"
        if told.stopped:
            yield f"{count(told.stopped, 'session')} begun and stopped early"
        if walking.walks:
            yield f"{time_words(walking.minutes)} of walking on {count(walking.days, 'day')}"
        if not (finished or told.stopped or walking.walks):
            yield words.QUIET

    def _barriers(self) -> str:
        """Words about what got in the way that no pause has told already."""
        told = {word for pause in self.course.pauses for word in pause.why}
        return listed(words.WHY[b.word] for b in self.course.barriers if b.word not in told)

    # --- what the person can do again ------------------------------------------------------------------

    def again(self) -> None:
        told = self.course
        if told.activities:
            self._head(words.AGAIN)
            for one in told.activities:
                self._figure(one.last, one_line(one.item), one)
        if told.measures:
            self._head(words.WEEKS)
            same = [one for one in told.measures if one.shift in (Shift.SAME, None)]
            for one in told.measures:
                if one not in same:
                    self._figure(one.last, words.MEASURES[one.item], one)
            if same:
                start = "About the same" if any(one.shift for one in same) else "Said once"
                self._line(f"{start}: {listed(f'{words.MEASURES[o.item]} {o.last}' for o in same)}")
        if not (told.activities or told.measures):
            self.page.blank()
            self.page.command(words.LOOK_BACK, "backmove checkin")
        elif any(one.shift for one in (*told.activities, *told.measures)):
            first = min(one.first_day for one in (*told.activities, *told.measures))
            last = max(one.last_day for one in (*told.activities, *told.measures))
            backs = f"From {count(told.checkins, 'look back')}, {between(first, last, self.today)}."
            self._aside(f"{backs} {words.NOISE}")

    def _figure(self, score: int, name: str, told: Told) -> None:
        """The number first, where the eye finds it; in plain mode the name, as it is read aloud."""
        if told.shift is None:
            change = "said once"
        else:
            seldom = f" (said {told.times} times)" if told.times < self.course.checkins else ""
            change = f"was {told.first}: {words.GAIN[told.shift]}{seldom}"
        if self.page.plain:
            self._line(f"{name}: {score}, {change}")
        else:
            self.page.prose(f"{name}, {change}", indent=2, bullet=f"{score:2d}  ")

    # --- pain ------------------------------------------------------------------------------------------

    def pain(self, width: int, *, ascii_only: bool, daily: bool) -> None:
        course = self.course
        asked = Grain.DAY if daily else Grain.WEEK
        grain = fitting(course, asked)
        self._head(words.pain_title(grain))
        points = course.pain_by(grain)
        change = change_of(points)
        if change is None:
            self._line(words.NO_PAIN)
        else:
            if not self.page.plain:
                for line in plot(points, grain, width=width, ascii_only=ascii_only):
                    self.page.line(line)
            self._line(words.pain_sentence(change, grain))
            self._aside(words.DAILY if grain is Grain.DAY else words.MIDDLE)
            if daily and grain is not Grain.DAY:
                self._aside(words.TOO_MANY)
        if course.mornings.median is not None:
            on = count(course.mornings.days, "morning")
            self._line(f"On mornings after a session: {course.mornings.median}, the middle of {on}")
        self._last("flare-ups", course.flares, self._flare)

    def _flare(self, flare: FlareUp) -> str:
        if flare.ended is None:
            return f"A flare-up, from {words.day_words(flare.begun, self.today)} on"
        return f"A flare-up, {between(flare.begun, flare.ended, self.today)}"

    # --- an empty period -------------------------------------------------------------------------------

    def nothing(self) -> None:
        page, last = self.page, self.course.engagement.last
        page.blank()
        if last is None:
            page.prose(words.NEVER)
        else:
            page.prose(f"{words.NOTHING} Your last session was {self._on(last)}.")
            page.command("To see all of it:", "backmove progress --all")
        page.command("What today brings:", "backmove")

    # --- pieces ----------------------------------------------------------------------------------------

    def _last(self, what: str, things: Sequence[Thing], tell: Callable[[Thing], str]) -> None:
        """The last few of them; before that how many there were, where there were more."""
        if len(things) > MOST:
            self._line(f"{len(things)} {what}; the last {MOST}:")
        for thing in things[-MOST:]:
            self._line(tell(thing))

    def _head(self, text: str) -> None:
        self.page.blank()
        self.page.prose(text, style="head")

    def _line(self, text: str) -> None:
        self.page.prose(text, indent=self.indent, hang=2)

    def _aside(self, text: str) -> None:
        self.page.prose(text, indent=self.indent, style="dim")

    def _on(self, day: str) -> str:
        return on_day(day, self.today)


def _name(row: str, names: Mapping[str, str]) -> str:
    return one_line(names.get(row, row))
