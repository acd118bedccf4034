"""A life on the plan, in records: sessions that the program itself gave, and what was reported of them.

Days count from the first one. The same functions write the records that the commands write.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from msgspec.structs import replace

import shipped
from backmove.core.clearance import Standing
from backmove.core.diary import Diary, fold
from backmove.core.plan import Block, Plan, PlannedItem, Refused, Request
from backmove.core.prescription import plan_session
from backmove.core.record import RULES_VERSION, AnyRecord, Flare, Pain, Profile, Seal, Session, Triage
from backmove.core.reporting import Report, done_of
from backmove.core.visit import outcome_records

CATALOG, PARAMETERS = shipped.library()
FIRST: Final = date(2026, 1, 5)
HOUSEHOLD: Final = ["wall", "chair", "table", "cushion", "towel"]
ABLE: Final = dict.fromkeys(("stand_no_hands", "one_leg_5s", "floor_and_up", "counter_plank_10s"), True)


def day_of(number: int) -> str:
    return (FIRST + timedelta(days=number)).isoformat()


@dataclass
class Course:
    """One person and their journal. ``pain`` is the usual one; ``age`` in years; ``tags``: precautions."""

    pain: int = 3
    age: int = 45
    onset: str = "2020-01-01"
    tags: tuple[str, ...] = ()
    records: list[AnyRecord] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.told(0, place="floor", equipment=HOUSEHOLD, minutes=20, **ABLE)
        self.records.append(
            Triage(
                **self.at(0, 7),
                disposition="SELF_CARE",
                result="SELF_CARE",
                ended="finished",
                complete=True,
                rules_version=RULES_VERSION,
                unlocked=True,
                valid_until="2099-01-01",
                episode_start=self.onset,
                pain_usual=self.pain,
                age=self.age,
            )
        )

    def at(self, day: int, hour: int = 9) -> dict[str, Any]:
        number = len(self.records)
        return {
            "v": 1,
            "id": f"{number:012d}",
            "at": f"{day_of(day)}T{hour:02d}:00:00+01:00",
            "day": day_of(day),
        }

    @property
    def diary(self) -> Diary:
        return fold(self.records)

    def told(self, day: int, **profile: Any) -> None:
        self.records.append(Profile(**self.at(day, 7), set=profile))

    def morning(self, day: int, score: int) -> None:
        self.records.append(Pain(**self.at(day, 8), score=score, morning=True))

    def flare(self, day: int, *, on: bool = True) -> None:
        self.records.append(Flare(**self.at(day, 8), on=on))

    def torn(self, day: int) -> None:
        self.records.append(Seal(**self.at(day, 8), kept="journal.torn-1", size=3))

    def asks(self, day: int, **request: Any) -> Plan | Refused:
        """What the program gives, without writing it down."""
        asked = replace(Request(pain=self.pain, minute_of_day=9 * 60), **request)
        held = Standing(
            disposition="SELF_CARE",
            valid_until="2099-01-01",
            age=self.age,
            tags=frozenset(self.tags),
            fresh=True,
        )
        diary = self.diary
        return plan_session(CATALOG, PARAMETERS, diary, held, asked, day_of(day), diary.seed)

    def plan(self, day: int, **request: Any) -> Plan:
        plan = self.asks(day, **request)
        assert isinstance(plan, Plan), plan
        return plan

    def does(self, day: int, report: Report | None = None, **request: Any) -> Plan:
        """A day's session, given and reported."""
        plan = self.plan(day, **request)
        self.records += outcome_records(self.diary, plan, lambda: self.at(day), day_of(day), another=False)
        session = self.records[-1]
        assert isinstance(session, Session)
        if report is not None:
            self.records.append(done_of(report, session, self.at(day, 10)))
        return plan

    def lives(self, days: Sequence[int], effort: int | None = 4, **request: Any) -> list[Plan]:
        """Good sessions on these days."""
        return [self.does(day, Report(effort=effort), **request) for day in days]


def main_of(plan: Plan) -> dict[str, PlannedItem]:
    """The main rows of a plan by id."""
    return {item.exercise.id: item for item in plan.block(Block.MAIN)}


def reasons(plan: Plan) -> dict[str, tuple[str, str]]:
    """For each row that changed: the rule and its words."""
    return {change.exercise: (change.rule, change.why) for change in plan.changes}
