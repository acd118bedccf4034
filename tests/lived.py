"""A life under given parameters, and what each of its days is in a few words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import shipped
from backmove.core.changes import dose_said
from backmove.core.clearance import Standing
from backmove.core.parameters import Parameters
from backmove.core.plan import Block, Plan, PlannedItem, Refused, Request
from backmove.core.record import Session
from backmove.core.reporting import Report, done_of
from backmove.core.todays_session import session_now
from backmove.core.visit import outcome_records
from course import Course, day_of

CATALOG, SHIPPED = shipped.library()

Moment = Mapping[str, str]
Tells = Callable[[Parameters], Iterator[tuple[str, Moment]]]
SCENES: Final[dict[str, tuple[tuple[str, ...], Tells]]] = {}
"""By name: the groups of parameters that a scene was made for, and what it tells."""


def scene(name: str, *groups: str) -> Callable[[Tells], Tells]:
    def kept(tells: Tells) -> Tells:
        SCENES[name] = groups, tells
        return tells

    return kept


# --- what a plan is, in words ----------------------------------------------------------------------------------


def told(outcome: Plan | Refused) -> Moment:
    """A session in a few words."""
    if isinstance(outcome, Refused):
        return {"day": f"refused: {outcome.code}", "card": str(outcome.card)}
    rows = "; ".join(f"{block}: " + ", ".join(_row(item) for item in outcome.block(block)) for block in Block)
    return {
        "day": f"{outcome.zone} {outcome.stage} {outcome.mode}, usual {outcome.usual:g}",
        "time": f"{outcome.effective} of {outcome.requested} min, {outcome.estimated_s} s",
        "learn": str(outcome.learn_max),
        "next": outcome.next_date[5:],
        "card": str(outcome.card),
        "held": str(outcome.held),
        "rows": rows,
        "walk": ", ".join(
            f"{o.exercise.id} {o.minutes} min x{o.days_per_week} in {o.parts} {o.pace}"
            for o in outcome.outings
        ),
        "changes": ", ".join(
            f"{change.rule} {change.exercise}" for change in outcome.changes if change.rule != "K2"
        ),
        "notices": " ".join(notice.code for notice in outcome.notices),
    }


def _row(item: PlannedItem) -> str:
    rung = f" r{item.rung}" if item.rung else ""
    marks = f"{'+' if item.fill else ''}{'' if item.form == 'usual' else '~'}"
    return f"{item.exercise.id} {dose_said(item.dose)}{rung}{marks}"


# --- lives -----------------------------------------------------------------------------------------------------


@dataclass
class Lived(Course):
    """A life under given parameters."""

    parameters: Parameters = field(default_factory=lambda: SHIPPED)
    careful: bool = False
    gentle: bool = False

    def asks(self, day: int, **request: Any) -> Plan | Refused:
        asked = Request(**{"pain": self.pain, "minute_of_day": 9 * 60, **request})
        held = Standing(
            disposition="SELF_CARE",
            valid_until="2099-01-01",
            age=self.age,
            tags=frozenset(self.tags),
            careful=self.careful,
            gentle=self.gentle,
            fresh=True,
        )
        diary = self.diary
        return session_now(CATALOG, self.parameters, diary, held, asked, day_of(day), diary.seed)

    def note(self, kind: Callable[..., Any], day: int, hour: int = 8, **fields: Any) -> None:
        self.records.append(kind(**self.at(day, hour), **fields))

    def has(
        self, day: int, tale: Callable[[list[str]], Report] | None = None, **request: Any
    ) -> Plan | Refused:
        """A day's session, given and reported. ``tale``: what is said of it, from its main rows."""
        outcome = self.asks(day, **request)
        if isinstance(outcome, Plan):
            news = outcome_records(self.diary, outcome, lambda: self.at(day), day_of(day), another=False)
            self.records += news
            if tale is not None and news and isinstance(news[-1], Session):
                main = [item.exercise.id for item in outcome.block(Block.MAIN)]
                self.records.append(done_of(tale(main), news[-1], self.at(day, 10)))
        return outcome

    def went_well(self, days: Iterable[int], effort: int = 4, **request: Any) -> "Lived":
        for day in days:
            self.has(day, lambda _: Report(effort=effort), **request)
        return self

    def looks(self, days: Iterable[int], **request: Any) -> Iterator[tuple[str, Moment]]:
        """What each of these days would be; nothing of it is kept."""
        for day in days:
            yield f"day {day}", told(self.asks(day, **request))


def someone(parameters: Parameters, **who: Any) -> Lived:
    return Lived(parameters=parameters, **who)
