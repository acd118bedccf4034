"""One person's journal, lived day by day through the functions that the commands call.

``Life`` types nothing and writes no file; it keeps the records that ``triage``, ``session``, ``done``, ``log`` and
``profile set`` would have written, in the same order. Its clock stands still until ``wait``. The same calls give the
same records: ids count up.
"""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

import msgspec
from msgspec import Struct

import shipped
from backmove.core.answers import parse_answers
from backmove.core.clearance import Standing, standing
from backmove.core.daily import CheckOutcome, DailyAnswers, check_needed, judge
from backmove.core.diary import Diary, fold
from backmove.core.logbook import Said, records_of
from backmove.core.plan import Block, Plan, PlannedItem, Refused, Request
from backmove.core.profile import Place
from backmove.core.record import VERSION, AnyRecord, Done, Pain, Profile, Session, Triage
from backmove.core.reporting import Report, done_of, session_to_report
from backmove.core.verdict import decide, told_by_file
from backmove.core.verdict import records_of as triage_records
from backmove.core.visit import heard, outcome_records, todays_session, variant_today
from backmove.core.when import day_of
from backmove.store.library import load_emergency_numbers
from questions import shipped as questionnaire
from triage_answers import CLEAN

CATALOG, PARAMETERS = shipped.library()
CLEAR_FIRST = tuple(p.tag for p in CATALOG.precautions.values() if p.clear_first)
NUMBERS = load_emergency_numbers()
MONDAY = datetime.fromisoformat("2026-03-02T09:00:00+01:00")
HOUSEHOLD = ["wall", "chair", "table", "cushion", "towel"]
CALM: dict[str, Any] = CLEAN | {"first_ever": "n", "vessel_risks": [], "pain_now": 2, "pain_usual": 2}
ALL_NO: dict[str, Any] = dict.fromkeys(("dc1", "dc2", "dc3", "dc4", "dc5"), "n")


class Visit(Struct, frozen=True):
    """One call of ``session``: what the journal held when it was planned, what was asked, what came of it."""

    day: str
    at: datetime
    before: Diary
    standing: Standing
    request: Request
    said: CheckOutcome
    outcome: Plan | Refused
    first: bool
    """The first session of its day, so that the plan is this day's own."""

    @property
    def plan(self) -> Plan:
        assert isinstance(self.outcome, Plan), f"no session on {self.day}: {self.outcome.reasons}"
        return self.outcome

    @property
    def refused(self) -> Refused:
        assert isinstance(self.outcome, Refused), f"a session was given on {self.day}"
        return self.outcome

    @property
    def rows(self) -> tuple[str, ...]:
        return tuple(item.exercise.id for item in self.plan.items)

    @property
    def main(self) -> tuple[str, ...]:
        return tuple(item.exercise.id for item in self.plan.block(Block.MAIN))

    def item(self, row: str) -> PlannedItem:
        return next(i for i in self.plan.items if i.exercise.id == row)

    def of_chain(self, chain: str) -> PlannedItem | None:
        """The main row of that chain, if there is one."""
        main = self.plan.block(Block.MAIN)
        return next((i for i in main if i.exercise.chain and i.exercise.chain.id == chain), None)


@dataclass
class Life:
    """A journal and a clock. Every method writes what the command of its name writes."""

    now: datetime = MONDAY
    records: list[AnyRecord] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    prefix: str = "r"

    @property
    def diary(self) -> Diary:
        if self._folded[0] != len(self.records):
            self._folded = (len(self.records), fold(self.records))
        return self._folded[1]

    @cached_property
    def _folded(self) -> tuple[int, Diary]:
        return -1, Diary()

    @property
    def today(self) -> str:
        return day_of(self.now, self.diary.profile.day_ends).isoformat()

    def wait(self, days: int, *, hour: int | None = None) -> "Life":
        self.now += timedelta(days=days)
        if hour is not None:
            self.now = self.now.replace(hour=hour, minute=0)
        return self

    def stamp(self) -> dict[str, Any]:
        return {
            "v": VERSION,
            "id": f"{self.prefix}{len(self.records):06d}",
            "at": self.now.isoformat(timespec="seconds"),
            "day": self.today,
        }

    def write(self, kind: Callable[..., AnyRecord], **fields: Any) -> AnyRecord:
        """One record as it stands, for kinds that carry nothing to work out (check-in, exclude, flare)."""
        record = kind(**self.stamp(), **fields)
        self.records.append(record)
        return record

    def _append(self, records: Sequence[AnyRecord]) -> None:
        """Lay records down in order; their ids are counted anew, for one stamp may serve several."""
        for record in records:
            self.records.append(msgspec.structs.replace(record, id=f"{self.prefix}{len(self.records):06d}"))

    # --- the commands --------------------------------------------------------------------------------------

    def set(self, **values: Any) -> "Life":
        """``profile set``."""
        self.write(Profile, set={k: list(v) if isinstance(v, tuple) else v for k, v in values.items()})
        return self

    def triage(self, **answers: Any) -> Triage:
        """The whole questionnaire with calm answers but for the changes, and what is kept of it."""
        document = {name: value for name, value in (CALM | answers).items() if value is not ...}
        q = questionnaire()
        told = told_by_file(parse_answers(q, document), self.diary.profile)
        verdict = decide(q, told, self.diary.triages, self.stamp(), NUMBERS, None)
        self._append(triage_records(verdict, self.diary, self.stamp))
        last = self.diary.last_triage
        assert last is not None
        return last

    @property
    def standing(self) -> Standing:
        return standing(self.diary, now=self.now, today=self.today, clear_first=CLEAR_FIRST)

    def session(
        self,
        pain: int | None = None,
        *,
        minutes: int | None = None,
        place: Place | None = None,
        gentle: bool = False,
        another: bool = False,
        **said: Any,
    ) -> Visit:
        """The daily check (five times no but for the changes), the pain, then today's session."""
        asked = self.standing.open and (check_needed(self.diary, self.today) or bool(said))
        told = DailyAnswers(
            {q: a for q, a in (ALL_NO | said).items() if q in ALL_NO} if asked else {},
            tuple(said.get("dc3_signs", ())),
            pain,
        )
        self._append(heard(self.diary, told, self.stamp, self.today))
        variant = variant_today(self.diary, self.today) + 1 if another else 0
        request = Request(
            pain=0,
            minute_of_day=self.now.hour * 60 + self.now.minute,
            minutes=minutes,
            place=place,
            gentle=gentle,
            variant=variant,
        )
        before, held, first = self.diary, self.standing, self.diary.session_on(self.today) is None
        outcome = todays_session(CATALOG, PARAMETERS, before, held, request, self.today)
        visit = Visit(self.today, self.now, before, held, request, judge(told), outcome, first)
        self._append(outcome_records(before, outcome, self.stamp, self.today, another=another))
        self.visits.append(visit)
        return visit

    def done(self, *, day: str | None = None, **report: Any) -> Done:
        """The report of the session of ``day`` (today's)."""
        given = session_to_report(self.diary, day or self.today, self.today)
        words: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in report.items()}
        record = done_of(Report(**words), given, self.stamp())
        self.records.append(record)
        return record

    def log(self, pain: int | None = None, **said: Any) -> None:
        """``log``: pain, a walk, a flare-up, in any mixture."""
        group = f"g{len(self.records)}"
        self._append(records_of(Said(pain=pain, **said), self.diary, self.stamp, group))

    # --- what a test looks at -------------------------------------------------------------------------------

    @property
    def plans(self) -> list[Plan]:
        """The sessions that were given, the first of each day."""
        return [v.outcome for v in self.visits if isinstance(v.outcome, Plan) and v.first]

    def looking_ahead(self, days: int, pain: int, **asked: Any) -> Visit:
        """What a session in so many days would be; nothing of it is kept."""
        other = dataclasses.replace(self, records=list(self.records), visits=[])
        return other.wait(days).session(pain, **asked)

    def a_session(self, pain: int = 3, *, morning: int | None = None, every: int = 2, **report: Any) -> Visit:
        """A session that was done, some days after the last thing that happened; the morning after, if told."""
        self.wait(every)
        visit = self.session(pain)
        if isinstance(visit.outcome, Plan):
            self.done(**report)
            if morning is not None:
                self.wait(1, hour=8)
                self.log(morning, morning=True)
                self.wait(-1, hour=9)
        return visit

    @property
    def given(self) -> tuple[Session, ...]:
        return self.diary.sessions

    @property
    def pains(self) -> tuple[Pain, ...]:
        return self.diary.pains


def shown(records: Sequence[AnyRecord]) -> str:
    """Records as journal lines, for the message of a failure."""
    return "\n".join(msgspec.json.encode(r).decode() for r in records)
