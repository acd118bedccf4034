"""What happened in a period, in figures: what was done, what the person can do again, pain last (R-P4).

A pure function of the diary; no library is read, so that it costs little beside reading the journal. The few numbers
it needs stand in code beside their meaning, and tests hold them against ``data/parameters.yaml``. Days are ISO dates,
both ends of a period are in it, scores are 0-10. Counts of two periods that follow each other add up. The order of the
entries of one day changes nothing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

from backmove.core.climbs import Climb, climbs_of
from backmove.core.days import days_between
from backmove.core.diary import Diary
from backmove.core.engagement import Engagement, Pause, engagement, pauses_of
from backmove.core.pain_course import (
    REAL_CHANGE,
    Grain,
    PainChange,
    PainPoint,
    Shift,
    change_of,
    daily_pain,
    middle,
    points,
    shift_of,
)
from backmove.core.record import Checkin, Done, Hurdle, Pain, Record, Session
from backmove.core.spells import FlareSpell, spells_until

MEASURES: Final = ("activity", "enjoyment", "confidence", "sleep")
"""The other weekly answers, in the order in which they are told. Pain is apart."""
BEST_LOW: Final = frozenset({"activity", "enjoyment"})
"""Here 10 is worst: how much pain got in the way."""


class Sessions(Struct, frozen=True):
    """``given``: each session that stood, reported or not; one that another replaced before it was begun does not
    count. ``minutes``: of the rows known to be done, without what nobody knows: ``unmeasured`` sessions were partly
    done or stopped and no row was named. ``days``: with a session done or partly done."""

    given: int
    done: int
    partly: int
    stopped: int
    minutes: int
    unmeasured: int
    days: int


class Walking(Struct, frozen=True):
    walks: int
    minutes: int
    days: int


class Told(Struct, frozen=True):
    """One answer of the weekly look backs, first to last. ``item``: an activity in the person's own words, or one of
    ``MEASURES``. ``gain``: last - first, turned so that more is better; ``shift`` says whether that is more than noise
    (None: said once only); ``times``: how often it was said."""

    item: str
    first: int
    first_day: str
    last: int
    last_day: str
    times: int
    gain: int
    shift: Shift | None


class Mornings(Struct, frozen=True):
    """Pain on mornings after a session, apart from all other pain. ``median`` None: nothing was said."""

    days: int
    median: int | None


class FlareUp(Struct, frozen=True):
    """A flare-up that touches the period. ``ended`` None: it was still on at the end of the period."""

    begun: str
    ended: str | None


class Barriers(Struct, frozen=True):
    """A word about what got in the way, and how often it was said."""

    word: Hurdle
    times: int


class Trend(Struct, frozen=True):
    """A period in figures. ``activities``: the person's own, best gain first; ``measures``: the other weekly answers.

    ``weeks``: pain by weeks (named by their Monday) without a hole; ``pain``: what they say together, None without any
    figure; ``pain_days``: the days with a word, for who asks. ``engagement`` is about the whole journal.
    """

    first_day: str
    last_day: str
    days: int
    sessions: Sessions
    walking: Walking
    climbed: tuple[Climb, ...]
    checkins: int
    activities: tuple[Told, ...]
    measures: tuple[Told, ...]
    weeks: tuple[PainPoint, ...]
    pain: PainChange | None
    pain_days: tuple[tuple[str, int], ...]
    said: tuple[tuple[str, int], ...]
    """Average pain as the weekly look backs told it, by day."""
    mornings: Mornings
    flares: tuple[FlareUp, ...]
    barriers: tuple[Barriers, ...]
    pauses: tuple[Pause, ...]
    engagement: Engagement

    @property
    def empty(self) -> bool:
        """Nothing of any kind was written down in the period."""
        return not (
            self.sessions.given
            or self.walking.walks
            or self.checkins
            or self.pain
            or self.mornings.days
            or self.flares
            or self.barriers
        )

    def pain_by(self, grain: Grain) -> tuple[PainPoint, ...]:
        """Pain in longer or shorter stretches than weeks."""
        return points(dict(self.pain_days), dict(self.said), self.first_day, self.last_day, grain)


def trend(diary: Diary, first_day: str, last_day: str, *, today: str | None = None) -> Trend:
    """The period from ``first_day`` to ``last_day``. ``today``: for what still lasts; the last day when it is not said.

    Raises ValueError when the period ends before it begins.
    """
    if last_day < first_day:
        raise ValueError("a period cannot end before it begins")
    today = last_day if today is None else today
    reports = diary.reports()
    ordered = sorted(diary.sessions, key=_place)
    done_days = [s.day for s in ordered if s.id in reports and reports[s.id].status != "stopped"]
    spells = spells_until(diary, today)
    pains = [pain for pain in diary.pains if first_day <= pain.day <= last_day]
    daily = daily_pain(diary, pains, first_day, last_day)
    checkins = sorted((c for c in diary.checkins if first_day <= c.day <= last_day), key=_place)
    said = {c.day: c.pain for c in checkins if c.pain is not None}
    weeks = points(daily, said, first_day, last_day, Grain.WEEK)
    return Trend(
        first_day=first_day,
        last_day=last_day,
        days=days_between(first_day, last_day) + 1,
        sessions=_sessions([s for s in ordered if first_day <= s.day <= last_day], reports),
        walking=_walking(diary, first_day, last_day),
        climbed=climbs_of(ordered, reports, first_day, last_day),
        checkins=len(checkins),
        activities=_activities(checkins, diary.profile.activities),
        measures=_measures(checkins),
        weeks=weeks,
        pain=change_of(weeks),
        pain_days=tuple(daily.items()),
        said=tuple(said.items()),
        mornings=_mornings(pains),
        flares=tuple(_within(spells, first_day, last_day)),
        barriers=_barriers(diary, first_day, last_day),
        pauses=pauses_of(diary, done_days, spells, first_day, last_day, today),
        engagement=engagement(done_days, {walk.day for walk in diary.walks}, today),
    )


def _place(record: Record) -> tuple[str, str, str]:
    """By day, then by the time on the person's own clock; the order of the file does not matter."""
    return record.day, record.at, record.id


# --- what was done ----------------------------------------------------------------------------------------


def _sessions(sessions: list[Session], reports: Mapping[str, Done]) -> Sessions:
    """``sessions``: of the period, in the order of time."""
    last = {session.day: session.id for session in sessions}
    open_ones = sum(session not in reports for session in last.values())
    told = [(session, reports[session.id]) for session in sessions if session.id in reports]
    status = Counter(report.status for _, report in told)
    seconds = [_seconds(session, report) for session, report in told]
    return Sessions(
        given=len(told) + open_ones,
        done=status["done"],
        partly=status["partly"],
        stopped=status["stopped"],
        minutes=sum(_minutes(known) for known in seconds if known is not None),
        unmeasured=seconds.count(None),
        days=len({session.day for session, report in told if report.status != "stopped"}),
    )


def _seconds(session: Session, report: Done) -> int | None:
    """How long the rows took that are known to be done; None when a session was broken off and no row was named."""
    if report.status != "done" and not report.rows:
        return None
    words = {row.exercise: row.status for row in report.rows}
    otherwise = "completed" if report.status == "done" else "skipped"
    return sum(i.seconds for i in session.items if words.get(i.exercise, otherwise) != "skipped")


def _minutes(seconds: int) -> int:
    """Whole minutes, for each session by itself, so that periods add up."""
    return (seconds + 30) // 60


def _walking(diary: Diary, first_day: str, last_day: str) -> Walking:
    walks = [walk for walk in diary.walks if first_day <= walk.day <= last_day]
    return Walking(len(walks), sum(w.minutes for w in walks), len({w.day for w in walks}))


# --- what the person can do again -------------------------------------------------------------------------


def _activities(checkins: list[Checkin], own: tuple[str, ...]) -> tuple[Told, ...]:
    """The person's own activities: what goes better first, then in the order of the profile."""
    names = dict.fromkeys([*own, *(name for c in checkins for name in sorted(c.activities))])
    told = (_told(name, [(c.day, c.activities.get(name)) for c in checkins]) for name in names)
    found = [one for one in told if one is not None]
    order = {Shift.MORE: 0, Shift.SAME: 1, None: 1, Shift.LESS: 2}
    return tuple(sorted(found, key=lambda one: order[one.shift]))


def _measures(checkins: list[Checkin]) -> tuple[Told, ...]:
    told = (_told(item, [(c.day, getattr(c, item)) for c in checkins]) for item in MEASURES)
    return tuple(one for one in told if one is not None)


def _told(item: str, scores: Iterable[tuple[str, int | None]]) -> Told | None:
    known = [(day, score) for day, score in scores if score is not None]
    if not known:
        return None
    (first_day, first), (last_day, last) = known[0], known[-1]
    gain = first - last if item in BEST_LOW else last - first
    shift = shift_of(gain, REAL_CHANGE) if len(known) > 1 else None
    return Told(item, first, first_day, last, last_day, len(known), gain, shift)


# --- pain, flare-ups, and what got in the way -------------------------------------------------------------


def _mornings(pains: Iterable[Pain]) -> Mornings:
    highest: dict[str, int] = {}
    for pain in pains:
        if pain.morning:
            highest[pain.day] = max(pain.score, highest.get(pain.day, 0))
    return Mornings(len(highest), middle(list(highest.values())) if highest else None)


def _within(spells: Iterable[FlareSpell], first_day: str, last_day: str) -> Iterable[FlareUp]:
    for spell in spells:
        if spell.begun <= last_day and spell.ended >= first_day:
            yield FlareUp(spell.begun, spell.ended if spell.ended <= last_day else None)


def _barriers(diary: Diary, first_day: str, last_day: str) -> tuple[Barriers, ...]:
    """The word said most often first."""
    words = Counter(barrier.word for barrier in diary.barriers if first_day <= barrier.day <= last_day)
    return tuple(Barriers(word, times) for word, times in sorted(words.items(), key=lambda w: (-w[1], w[0])))
