"""The diary: the journal's records folded into what is known. Replaying the same records gives the same
diary.

Conventions: every list is in the order of the file; retracted records are gone and amended ones show their
new values, except where a safeguard must remember (``alarms``). Days are ISO dates as stored. Pain is 0-10.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any, Final, NamedTuple, TypeVar

import msgspec
from msgspec import Struct, field
from msgspec.structs import force_setattr

from backmove.core import profile as profile_keys
from backmove.core.profile import Profile
from backmove.core.record import (
    Amend,
    Another,
    AnyRecord,
    Barrier,
    Check,
    Checkin,
    Clearance,
    Direction,
    Done,
    DoneRow,
    Exclude,
    Exposure,
    Flare,
    Import,
    Leg,
    Pain,
    Record,
    Refusal,
    Retract,
    Seal,
    Session,
    TherapistPlan,
    Triage,
    Walk,
)
from backmove.core.record import Profile as ProfileChange
from backmove.core.replay import (
    TURNING,
    amended,
    amendments,
    brought_and_gone,
    corrections_by_entry,
    remembered,
    taken_back,
    thought_again,
    turning,
    without_repeats,
)
from backmove.errors import DataProblem

Known = TypeVar("Known")
Kept = TypeVar("Kept", bound=Record)

ALARMING: Final = 8
"""So much pain sets a trigger, in the morning after a session, too; lower morning pain is apart."""


class LegWord(NamedTuple):
    """What was said about the leg on a day."""

    day: str
    leg: Leg


class _WorkedOut(dict[Any, tuple[Any, tuple[object, ...]]]):
    """What was worked out of a diary, with what it was worked out from; ``owner`` is that diary, None before the first
    question. It is no part of what the diary is: two diaries of the same records are equal, whatever was asked."""

    __slots__ = ("owner",)

    def __init__(self) -> None:
        super().__init__()
        self.owner: Diary | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _WorkedOut)

    __hash__ = None

    def __repr__(self) -> str:
        return f"<{len(self)} worked out>"


class Diary(Struct, frozen=True):
    """What is known, from the records alone.

    ``heard`` are the pain entries as the safety triggers see them (``alarms`` in the order of the times they tell
    of): an entry that was deleted or changed more than ten minutes after it was written still counts with its
    highest score and its worst word about the leg, and on its former day, too. ``since_triage``,
    ``fresh_heard`` and ``fresh_legs`` (words about the leg from pain entries and reports) are what stands
    in the file after the last full triage, or all of it.

    ``mixed``: an import brought answers to the safety questions, so a later result may not have known of an
    earlier lock. ``shaken``: an import that brought such answers, or a clinician's yes, was taken back after
    the last full triage. What it brought of these stays in ``triages`` and ``checks`` as a lock alone.
    """

    profile: Profile = field(default_factory=Profile)
    entries: tuple[AnyRecord, ...] = ()
    triages: tuple[Triage, ...] = ()
    clearances: tuple[Clearance, ...] = ()
    checks: tuple[Check, ...] = ()
    sessions: tuple[Session, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    dones: tuple[Done, ...] = ()
    pains: tuple[Pain, ...] = ()
    heard: tuple[Pain, ...] = ()
    walks: tuple[Walk, ...] = ()
    flares: tuple[Flare, ...] = ()
    checkins: tuple[Checkin, ...] = ()
    exposures: tuple[Exposure, ...] = ()
    directions: tuple[Direction, ...] = ()
    excludes: tuple[Exclude, ...] = ()
    barriers: tuple[Barrier, ...] = ()
    plans: tuple[TherapistPlan, ...] = ()
    anothers: tuple[Another, ...] = ()
    seals: tuple[Seal, ...] = ()
    imports: tuple[Import, ...] = ()
    mixed: bool = False
    shaken: bool = False
    since_triage: tuple[AnyRecord, ...] = ()
    fresh_heard: tuple[Pain, ...] = ()
    fresh_legs: tuple[LegWord, ...] = ()
    _known: _WorkedOut = field(default_factory=_WorkedOut)

    def once(self, key: Hashable, work_out: Callable[[], Known], *given: object) -> Known:
        """What was worked out of this diary before under this key; worked out now where it was not. A diary never
        changes, so neither does what follows from it; a changed copy begins with nothing worked out.

        ``given``: what else it follows from, such as the catalogue: the very same objects, not equal ones.
        """
        known = self._worked_out()
        place = (key, *map(id, given))
        if place not in known:
            known[place] = (work_out(), given)  # an id is only good as long as its object is kept
        found: Known = known[place][0]
        return found

    def _worked_out(self) -> _WorkedOut:
        """Its own; a copy comes with that of the diary it was made from, which knows another past."""
        if self._known.owner is not self:
            if self._known.owner is not None:
                force_setattr(self, "_known", _WorkedOut())
            self._known.owner = self
        return self._known

    @property
    def full_triage(self) -> Triage | None:
        """The last questionnaire that was answered to its end."""
        return next((t for t in reversed(self.triages) if is_full(t)), None)

    @property
    def seed(self) -> str:
        """The id of the first triage record: two machines with one journal agree (rulings 3.13)."""
        return self.triages[0].id if self.triages else ""

    @property
    def first_day(self) -> str | None:
        """The earliest day that an entry tells of."""
        return min(map(attrgetter("day"), self.entries), default=None)

    @property
    def last_triage(self) -> Triage | None:
        return self.triages[-1] if self.triages else None

    @property
    def alarms(self) -> tuple[Pain, ...]:
        """``heard`` in the order of the times they tell of."""
        return self.once("alarms", lambda: _by_time(self.heard))

    @property
    def excluded(self) -> frozenset[str]:
        """Exercises that the person has left out and not let in again."""
        last = {record.exercise: record.on for record in self.excludes}
        return frozenset(exercise for exercise, on in last.items() if on)

    def session_on(self, day: str) -> Session | None:
        """The session that stands for a day: the last one given."""
        return next((s for s in reversed(self.sessions) if s.day == day), None)

    def done_of(self, session_id: str) -> Done | None:
        """What was reported of a session; two reports are merged to the worse (rulings 5.1)."""
        return self.reports([session_id]).get(session_id)

    def reports(self, sessions: Collection[str] | None = None) -> dict[str, Done]:
        """What was reported, by session id; of all sessions or of some."""
        merged: dict[str, Done] = {}
        for done in self.dones:
            about = done.session
            if sessions is None or about in sessions:
                merged[about] = done if about not in merged else _worse(merged[about], done)
        return merged

    @property
    def highest(self) -> Mapping[str, int]:
        """The highest pain said on each day, in the log, for a session or in the safety questions; morning pain is
        apart (rulings 3.1)."""
        return self.once("highest", self._highest)

    def _highest(self) -> dict[str, int]:
        words = [(p.day, p.score) for p in self.pains if not p.morning]
        words += [(s.day, s.pain) for s in self.sessions]
        words += [(t.day, t.pain_now) for t in self.triages if t.pain_now is not None]
        return highest_by_day(words)

    @property
    def before_sessions(self) -> Mapping[str, int]:
        """The highest pain said before a session, by day."""
        return self.once("before-sessions", self._before_sessions)

    def _before_sessions(self) -> dict[str, int]:
        words = [(s.day, s.pain) for s in self.sessions]
        return highest_by_day(words + [(p.day, p.score) for p in self.pains if p.before_session])

    def pain_on(self, day: str) -> int | None:
        """The highest pain said on a day before or outside a session; morning pain is apart."""
        scores = [p.score for p in self.pains if p.day == day and not p.morning]
        return max(scores) if scores else None


def highest_by_day(words: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The highest of the scores of each day."""
    highest: dict[str, int] = {}
    for day, score in words:
        if score >= highest.get(day, 0):
            highest[day] = score
    return highest


def fold(records: Iterable[AnyRecord]) -> Diary:
    """Fold the journal into a diary. Pure and total: any prefix of a readable journal can be folded.

    Raises DataProblem when a profile record holds a key or value that this version does not know: guessing
    there could loosen a precaution.
    """
    unique = without_repeats(records)
    kinds = _by_kind(unique)
    turns = [] if TURNING.isdisjoint(kinds) else turning(unique)
    gone = taken_back(unique) if turns else {}
    lost = brought_and_gone(turns, gone)
    effective = _effective(unique, gone, amendments(turns, gone))
    start = _after_full_triage(unique, lost) if any(map(is_full, kinds.get(Triage, ()))) else 0
    after = {r.id for r in unique[start:]} if start else None
    events = corrections_by_entry(turns)
    forgotten = thought_again(turns, gone)
    told = kinds if not forgotten else _by_kind(r for r in unique if r.id not in forgotten)
    heard = _heard(told.get(Pain, ()), events, lost)
    fresh: dict[type, tuple[Any, ...]] = {
        kind: _among(told.get(kind, ()), after) for kind in (Pain, Done, Direction)
    }
    kinds = kinds if effective is unique else _by_kind(effective)
    return Diary(
        profile=_profile(kinds.get(ProfileChange, [])),
        entries=tuple(effective),
        triages=tuple(_as_lock(t) if t.id in lost else t for t in kinds.get(Triage, [])),
        clearances=tuple(c for c in kinds.get(Clearance, []) if c.id not in lost),
        checks=tuple(c for c in kinds.get(Check, []) if c.id not in lost or c.outcome != "open"),
        sessions=tuple(kinds.get(Session, [])),
        refusals=tuple(kinds.get(Refusal, [])),
        dones=tuple(kinds.get(Done, [])),
        pains=tuple(kinds.get(Pain, [])),
        heard=tuple(heard),
        walks=tuple(kinds.get(Walk, [])),
        flares=tuple(kinds.get(Flare, [])),
        checkins=tuple(kinds.get(Checkin, [])),
        exposures=tuple(kinds.get(Exposure, [])),
        directions=tuple(kinds.get(Direction, [])),
        excludes=tuple(kinds.get(Exclude, [])),
        barriers=tuple(kinds.get(Barrier, [])),
        plans=tuple(kinds.get(TherapistPlan, [])),
        anothers=tuple(kinds.get(Another, [])),
        seals=tuple(kinds.get(Seal, [])),
        imports=tuple(kinds.get(Import, [])),
        mixed=_brought_a_triage(unique, turns),
        shaken=_shaken(unique, lost, after),
        since_triage=_among(effective, after),
        fresh_heard=_among(heard, after),
        fresh_legs=_legs(fresh, events, lost),
    )


def _by_kind(records: Iterable[AnyRecord]) -> dict[type, list[Any]]:
    kinds: dict[type, list[Any]] = defaultdict(list)
    for record in records:
        kinds[type(record)].append(record)
    return kinds


def _effective(
    unique: list[AnyRecord], gone: Collection[str], corrections: Mapping[str, Sequence[Amend]]
) -> list[AnyRecord]:
    """The records that stand, with their corrections."""
    if not (gone or corrections):
        return unique
    return [amended(r, corrections[r.id]) if r.id in corrections else r for r in unique if r.id not in gone]


def _among(records: Sequence[Kept], ids: Collection[str] | None) -> tuple[Kept, ...]:
    """Those with these ids; None means all."""
    return tuple(records) if ids is None else tuple(r for r in records if r.id in ids)


def is_full(triage: Triage) -> bool:
    """Answered to the end by the person, not broken off, not assumed."""
    return triage.ended == "finished" and triage.complete and not triage.assumed


def _shaken(records: Sequence[AnyRecord], lost: Mapping[str, Retract], after: Collection[str] | None) -> bool:
    if not lost:
        return False
    gone = (lost[r.id] for r in records if r.id in lost and isinstance(r, Triage | Clearance))
    return any(after is None or retract.id in after for retract in gone)


def _brought_a_triage(records: Sequence[AnyRecord], turns: Sequence[AnyRecord]) -> bool:
    brought = {one for note in turns if isinstance(note, Import) for one in note.brought}
    return any(isinstance(r, Triage) and r.id in brought for r in records) if brought else False


def _as_lock(triage: Triage) -> Triage:
    """What a result that came with an import says after that was taken back: its locks, and nothing that opens."""
    return msgspec.structs.replace(
        triage,
        **dict.fromkeys(("valid_until", "age", "sex", "episode_start", "pain_now", "pain_usual", "assessed")),
        assumed=True,
        unlocked=False,
        wrongly=False,
        cleared=(),
        baselines=(),
    )


def _after_full_triage(records: Sequence[AnyRecord], lost: Collection[str]) -> int:
    """The place after the last full triage, 0 without one. The file's order decides, never the clock."""
    for place in range(len(records), 0, -1):
        record = records[place - 1]
        if type(record) is Triage and is_full(record) and record.id not in lost:
            return place
    return 0


_Events = Mapping[str, Sequence[Amend | Retract]]


def _versions(record: AnyRecord, events: _Events, lost: Collection[str]) -> tuple[AnyRecord, ...]:
    """What a safeguard remembers of an entry, also as if corrections that went with an import had never been."""
    own = events.get(record.id, ())
    left = [event for event in own if event.id not in lost] if lost else own
    found = remembered(record, own)
    return found if len(left) == len(own) else (*found, *remembered(record, left))


def _heard(pains: Sequence[Pain], events: _Events, lost: Collection[str]) -> list[Pain]:
    """Pain entries as the triggers see them: what was changed late still counts."""
    said = [pain for pain in pains if pain.id in events or not pain.morning or pain.score >= ALARMING]
    if not events:
        return said
    return [
        version
        for pain in said
        for version in (_heard_of(_versions(pain, events, lost)) if pain.id in events else (pain,))
    ]


def _by_time(pains: Sequence[Pain]) -> tuple[Pain, ...]:
    moments = list(map(datetime.fromisoformat, map(attrgetter("at"), pains)))
    return tuple(pains[place] for place in sorted(range(len(pains)), key=moments.__getitem__))


def _heard_of(versions: Sequence[AnyRecord]) -> list[Pain]:
    """What the versions of one entry say: for each time it ever told of, the worst."""
    worst: dict[str, Pain] = {}
    for version in versions:
        if isinstance(version, Pain) and (not version.morning or version.score >= ALARMING):
            known = worst.get(version.at, version)
            worst[version.at] = msgspec.structs.replace(
                version,
                score=max(version.score, known.score),
                leg=max(version.leg, known.leg, key=_BY_LEG.index),
            )
    return list(worst.values())


def _legs(fresh: Mapping[type, Sequence[Any]], events: _Events, lost: Collection[str]) -> tuple[LegWord, ...]:
    """What was said about the leg, remembered like the alarms."""
    said = [
        LegWord(version.day, version.leg)
        for report in (*fresh[Pain], *fresh[Done])
        if report.leg is not None or report.id in events
        for version in _versions(report, events, lost)
        if isinstance(version, Pain | Done) and version.leg is not None
    ]
    for test in fresh[Direction]:
        tests = [v for v in _versions(test, events, lost) if isinstance(v, Direction)]
        said += [LegWord(v.day, leg) for v in tests for leg in (v.bending_leg, v.arching_leg) if leg]
    return tuple(dict.fromkeys(said))


def _profile(changes: Sequence[ProfileChange]) -> Profile:
    profile = Profile()
    for record in changes:
        try:
            profile = profile_keys.change(profile, record.set, record.unset)
        except (ValueError, TypeError) as wrong:
            raise DataProblem(
                f"the profile entry {record.id} cannot be understood: {wrong}.",
                hint="Look:  backmove doctor",
            ) from None
    return profile


_BY_STATUS: Final = ("done", "partly", "stopped")
_BY_REASON: Final = (None, "time", "other", "unwell", "dizzy", "pain", "leg")
_BY_ROW: Final = ("completed", "easier", "skipped")
_BY_LEG: Final = (None, "none", "usual", "closer", "further", "new")


def _worse(first: Done, second: Done) -> Done:
    """Two reports of one session: the worse of each thing said counts (rulings 5.1)."""
    rows = {row.exercise: row for row in first.rows}
    for row in second.rows:
        rows[row.exercise] = _worse_row(rows.get(row.exercise, row), row)
    return msgspec.structs.replace(
        second,
        status=max(first.status, second.status, key=_BY_STATUS.index),
        reason=max(first.reason, second.reason, key=_BY_REASON.index),
        effort=_higher(first.effort, second.effort),
        peak=_higher(first.peak, second.peak),
        leg=max(first.leg, second.leg, key=_BY_LEG.index),
        soreness=first.soreness or second.soreness,
        prediction=_higher(first.prediction, second.prediction),
        found=_higher(first.found, second.found),
        rows=tuple(rows.values()),
    )


def _worse_row(first: DoneRow, second: DoneRow) -> DoneRow:
    return DoneRow(
        first.exercise,
        status=max(first.status, second.status, key=_BY_ROW.index),
        effort=_higher(first.effort, second.effort),
        hurt=first.hurt or second.hurt,
    )


def _higher(first: int | None, second: int | None) -> int | None:
    said = [n for n in (first, second) if n is not None]
    return max(said) if said else None
