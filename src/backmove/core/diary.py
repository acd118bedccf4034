"""The diary: the journal's records folded into what is known. Replaying the same records gives the same
diary.

Conventions: every list is in the order of the file; retracted records are gone and amended ones show their
new values, except where a safeguard must remember (``alarms``). Days are ISO dates as stored. Pain is 0-10.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple, TypeVar

import msgspec

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
    Leg,
    Pain,
    Refusal,
    Retract,
    Seal,
    Session,
    Triage,
    Walk,
)
from backmove.core.record import Profile as ProfileChange
from backmove.core.replay import (
    amended,
    amendments,
    corrections_by_entry,
    remembered,
    taken_back,
    without_repeats,
)
from backmove.errors import DataProblem

Known = TypeVar("Known")

ALARMING: Final = 8
"""So much pain sets a trigger, in the morning after a session, too; lower morning pain is apart."""


class LegWord(NamedTuple):
    """What was said about the leg on a day."""

    day: str
    leg: Leg


@dataclass(frozen=True, slots=True)
class Diary:
    """What is known, from the records alone.

    ``alarms`` are the pain entries as the safety triggers see them, in the order of the times they tell of:
    an entry that was deleted or changed more than ten minutes after it was written still counts with its
    highest score and its worst word about the leg, and on its former day, too. ``since_triage``,
    ``fresh_alarms`` and ``fresh_legs`` (words about the leg from pain entries and reports) are what stands
    in the file after the last full triage, or all of it.
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
    alarms: tuple[Pain, ...] = ()
    walks: tuple[Walk, ...] = ()
    flares: tuple[Flare, ...] = ()
    checkins: tuple[Checkin, ...] = ()
    exposures: tuple[Exposure, ...] = ()
    directions: tuple[Direction, ...] = ()
    excludes: tuple[Exclude, ...] = ()
    barriers: tuple[Barrier, ...] = ()
    anothers: tuple[Another, ...] = ()
    seals: tuple[Seal, ...] = ()
    since_triage: tuple[AnyRecord, ...] = ()
    fresh_alarms: tuple[Pain, ...] = ()
    fresh_legs: tuple[LegWord, ...] = ()
    _known: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, key: Hashable, work_out: Callable[[], Known]) -> Known:
        """What was worked out of this diary before under this key; worked out now where it was not. A diary never
        changes, so neither does what follows from it; a changed copy begins with nothing worked out."""
        if key not in self._known:
            self._known[key] = work_out()
        found: Known = self._known[key]
        return found

    @property
    def full_triage(self) -> Triage | None:
        """The last questionnaire that was answered to its end."""
        return next((t for t in reversed(self.triages) if is_full(t)), None)

    @property
    def seed(self) -> str:
        """The id of the first triage record: two machines with one journal agree (rulings 3.13)."""
        return self.triages[0].id if self.triages else ""

    @property
    def last_triage(self) -> Triage | None:
        return self.triages[-1] if self.triages else None

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

    def pain_on(self, day: str) -> int | None:
        """The highest pain said on a day before or outside a session; morning pain is apart."""
        scores = [p.score for p in self.pains if p.day == day and not p.morning]
        return max(scores) if scores else None


def fold(records: Iterable[AnyRecord]) -> Diary:
    """Fold the journal into a diary. Pure and total: any prefix of a readable journal can be folded.

    Raises DataProblem when a profile record holds a key or value that this version does not know: guessing
    there could loosen a precaution.
    """
    unique = without_repeats(records)
    gone = taken_back(unique)
    corrections = amendments(unique, gone)
    effective = [amended(r, corrections.get(r.id, ())) for r in unique if r.id not in gone]
    kinds: dict[type, list[Any]] = {}
    for record in effective:
        kinds.setdefault(type(record), []).append(record)
    after = _after_full_triage(unique)
    events = corrections_by_entry(unique)
    alarms = _alarms(unique, events)
    return Diary(
        profile=_profile(kinds.get(ProfileChange, [])),
        entries=tuple(effective),
        triages=tuple(kinds.get(Triage, [])),
        clearances=tuple(kinds.get(Clearance, [])),
        checks=tuple(kinds.get(Check, [])),
        sessions=tuple(kinds.get(Session, [])),
        refusals=tuple(kinds.get(Refusal, [])),
        dones=tuple(kinds.get(Done, [])),
        pains=tuple(kinds.get(Pain, [])),
        alarms=tuple(alarms),
        walks=tuple(kinds.get(Walk, [])),
        flares=tuple(kinds.get(Flare, [])),
        checkins=tuple(kinds.get(Checkin, [])),
        exposures=tuple(kinds.get(Exposure, [])),
        directions=tuple(kinds.get(Direction, [])),
        excludes=tuple(kinds.get(Exclude, [])),
        barriers=tuple(kinds.get(Barrier, [])),
        anothers=tuple(kinds.get(Another, [])),
        seals=tuple(kinds.get(Seal, [])),
        since_triage=tuple(r for r in effective if r.id in after),
        fresh_alarms=tuple(p for p in alarms if p.id in after),
        fresh_legs=tuple(_legs([r for r in unique if r.id in after], events)),
    )


def is_full(triage: Triage) -> bool:
    """Answered to the end by the person, not broken off, not assumed."""
    return triage.ended == "finished" and triage.complete and not triage.assumed


def _after_full_triage(records: Sequence[AnyRecord]) -> set[str]:
    """Ids of what stands after the last full triage. The file's order decides, never the clock."""
    after: set[str] = set()
    for record in reversed(records):
        if isinstance(record, Triage) and is_full(record):
            break
        after.add(record.id)
    return after


def _alarms(unique: Sequence[AnyRecord], events: Mapping[str, Sequence[Amend | Retract]]) -> list[Pain]:
    """Pain entries as the triggers see them, by the time they tell of: what was changed late still counts."""
    alarms: dict[tuple[str, str], Pain] = {}
    for record in unique:
        if not isinstance(record, Pain):
            continue
        for version in remembered(record, events.get(record.id, ())):
            if isinstance(version, Pain) and (not version.morning or version.score >= ALARMING):
                known = alarms.setdefault((version.id, version.at), version)
                alarms[version.id, version.at] = msgspec.structs.replace(
                    version,
                    score=max(version.score, known.score),
                    leg=max(version.leg, known.leg, key=_BY_LEG.index),
                )
    return sorted(alarms.values(), key=lambda p: datetime.fromisoformat(p.at))


def _legs(unique: Sequence[AnyRecord], events: Mapping[str, Sequence[Amend | Retract]]) -> list[LegWord]:
    """What was said about the leg, remembered like the alarms."""
    said = []
    for record in unique:
        if isinstance(record, Pain | Done):
            versions = remembered(record, events.get(record.id, ()))
            said += [
                LegWord(v.day, v.leg) for v in versions if isinstance(v, Pain | Done) and v.leg is not None
            ]
        elif isinstance(record, Direction):
            tests = [v for v in remembered(record, events.get(record.id, ())) if isinstance(v, Direction)]
            said += [LegWord(v.day, leg) for v in tests for leg in (v.bending_leg, v.arching_leg) if leg]
    return list(dict.fromkeys(said))


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
