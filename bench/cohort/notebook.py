"""A simulated person's journal and clock, and the commands they type: the same functions that the commands call."""

import string
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import Any

from backmove.core.answers import parse_answers
from backmove.core.clearance import Standing, standing
from backmove.core.daily import DailyAnswers
from backmove.core.diary import Diary, fold
from backmove.core.emergency import EmergencyNumbers
from backmove.core.exercise import Catalog, Exercise
from backmove.core.feared import to_predict
from backmove.core.logbook import Said, records_of
from backmove.core.parameters import Parameters
from backmove.core.plan import Plan, Refused, Request
from backmove.core.profile import Place
from backmove.core.questionnaire import Questionnaire
from backmove.core.record import VERSION, AnyRecord, Done, Exposure
from backmove.core.record import Profile as ProfileChange
from backmove.core.reporting import Report, done_of, next_day
from backmove.core.verdict import Verdict, decide, told_by_file
from backmove.core.verdict import records_of as verdict_records
from backmove.core.visit import heard, outcome_records, todays_session, variant_today
from backmove.core.when import day_of
from backmove.store.library import load_emergency_numbers, load_library, load_questionnaire
from backmove.store.paths import find_paths

FIRST_DAY = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
"""A Monday."""
_LETTERS = string.digits + string.ascii_lowercase


@dataclass(frozen=True)
class Shelf:
    """What the program ships, read once in a process."""

    catalog: Catalog
    parameters: Parameters
    questionnaire: Questionnaire
    numbers: EmergencyNumbers
    clear_first: tuple[str, ...]


@cache
def shelf() -> Shelf:
    library = load_library(find_paths({"BACKMOVE_DIR": str(Path(mkdtemp()))}))
    tags = (p.tag for p in library.catalog.precautions.values() if p.clear_first)
    return Shelf(
        library.catalog, library.parameters, load_questionnaire(), load_emergency_numbers(), tuple(tags)
    )


class Notebook:
    """One journal in memory. ``day`` counts from 0; ``hour`` is the time of what is typed next."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._records: list[AnyRecord] = []
        self._diary: Diary | None = None
        self.day = 0
        self.hour = 8.0

    @property
    def now(self) -> datetime:
        return FIRST_DAY.replace(hour=0) + timedelta(days=self.day, hours=self.hour)

    @property
    def today(self) -> str:
        return day_of(self.now, "03:00").isoformat()

    @property
    def diary(self) -> Diary:
        if self._diary is None:
            self._diary = fold(self._records)
        return self._diary

    @property
    def records(self) -> tuple[AnyRecord, ...]:
        return tuple(self._records)

    def stamp(self) -> dict[str, Any]:
        self.hour += 1 / 3600
        name = "".join(self._rng.choice(_LETTERS) for _ in range(12))
        return {
            "v": VERSION,
            "id": name,
            "at": self.now.isoformat(timespec="seconds"),
            "day": self.today,
        }

    def write(self, records: Iterable[AnyRecord]) -> None:
        before = len(self._records)
        self._records.extend(records)
        if len(self._records) > before:
            self._diary = None

    # --- what is typed ----------------------------------------------------------------------------------

    def set_profile(self, values: dict[str, Any]) -> None:
        """``backmove profile set``, and what the first session asks."""
        self.write([ProfileChange(**self.stamp(), set=values)])

    def triage(self, answers: dict[str, Any]) -> Verdict:
        """``backmove triage --answers``"""
        library = shelf()
        told = told_by_file(parse_answers(library.questionnaire, answers), self.diary.profile)
        verdict = decide(library.questionnaire, told, self.diary.triages, self.stamp(), library.numbers, None)
        self.write(verdict_records(verdict, self.diary, self.stamp))
        return verdict

    def standing(self) -> Standing:
        """What is locked now."""
        changes = [r for r in self.diary.since_triage if isinstance(r, ProfileChange)]
        tags = shelf().clear_first if any(r.set.get("precautions") for r in changes) else ()
        return standing(self.diary, now=self.now, today=self.today, clear_first=tags)

    def session(
        self,
        said: DailyAnswers | None,
        *,
        minutes: int | None = None,
        place: Place | None = None,
        another: bool = False,
    ) -> Plan | Refused:
        """``backmove session``: the five questions, today's pain, then the session or why there is none."""
        library, today = shelf(), self.today
        self.write(heard(self.diary, said, self.stamp, today))
        variant = variant_today(self.diary, today) + 1 if another else 0
        minute = self.now.hour * 60 + self.now.minute
        request = Request(pain=0, minute_of_day=minute, minutes=minutes, place=place, variant=variant)
        held = self.standing()
        outcome = todays_session(library.catalog, library.parameters, self.diary, held, request, today)
        self.write(outcome_records(self.diary, outcome, self.stamp, today, another=another))
        return outcome

    def feared(self, plan: Plan) -> Exercise | None:
        """The row of which ``session`` asks how bad it will be."""
        return to_predict(plan, self.diary, self.today)

    def predict(self, row: Exercise, score: int) -> None:
        """The answer to that question."""
        self.write([Exposure(**self.stamp(), exercise=row.id, prediction=score)])

    def done(self, report: Report) -> Done:
        """``backmove done``"""
        given = self.diary.session_on(self.today)
        assert given is not None, "no session was given today"
        record = done_of(report, given, self.stamp())
        self.write([record])
        return record

    def log(self, said: Said) -> None:
        """``backmove log``"""
        group = self.stamp()["id"]
        self.write(records_of(said, self.diary, self.stamp, group))

    def next_day(self) -> str | None:
        """The day that ``done`` names for the next session."""
        return next_day(self.diary)
