"""Random walkers: weeks of walks, sessions, flare-ups, sore legs and breaks, as a diary that grows day by day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec
from hypothesis import strategies as st

import shipped
from backmove.core.days import days_after
from backmove.core.diary import Diary, fold
from backmove.core.record import (
    RULES_VERSION,
    AnyRecord,
    Done,
    Flare,
    Pain,
    Profile,
    Refusal,
    Session,
    Triage,
    Walk,
)
from backmove.core.walking_plan import WalkPlan
from backmove.core.walking_weeks import walking_plan

CATALOG, PARAMETERS = shipped.library()
FIRST = "2026-01-05"
"""A Monday."""


@dataclass
class Walker:
    """A journal by day numbers, counted from ``FIRST``. Every method writes one entry, or a few."""

    records: list[AnyRecord] = field(default_factory=list)

    def add(self, kind: Callable[..., AnyRecord], day: int, hour: int = 12, **fields: Any) -> "Walker":
        date = days_after(FIRST, day)
        number = len(self.records)
        head = {
            "v": 1,
            "id": f"r{number:05d}",
            "at": f"{date}T{hour:02d}:00:{number % 60:02d}+01:00",
            "day": date,
        }
        self.records.append(kind(**head, **fields))
        return self

    def comfortable(self, minutes: int) -> "Walker":
        return self.add(Profile, 0, 6, set={"walk_minutes": minutes})

    def session(
        self, *days: int, stage: str = "chronic", zone: str = "green", mode: str = "normal", **report: Any
    ) -> "Walker":
        """A session that was done, unless ``report`` holds ``done=False``."""
        for day in days:
            pain = 7 if zone == "red" else 2
            items = {
                "zone": zone,
                "stage": stage,
                "mode": mode,
                "pain": report.get("pain", pain),
                "variant": 0,
            }
            times = {
                "requested_min": 20,
                "effective_min": 20,
                "estimated_s": 900,
                "place": "floor",
                "items": (),
            }
            self.add(Session, day, 9, **items, **times, outings=("walk-easy",))
            if report.get("done", True):
                words = {key: value for key, value in report.items() if key not in ("done", "pain")}
                self.add(Done, day, 10, session=self.records[-1].id, **words)
        return self

    def walk(self, minutes: int, *days: int, **fields: Any) -> "Walker":
        for day in days:
            self.add(Walk, day, minutes=minutes, **fields)
        return self

    def pain(self, score: int, day: int, **fields: Any) -> "Walker":
        return self.add(Pain, day, 8, score=score, **fields)

    def flare(self, day: int, *, on: bool = True) -> "Walker":
        return self.add(Flare, day, 7, on=on)

    def refused(self, code: str, day: int) -> "Walker":
        return self.add(Refusal, day, 11, code=code)

    def triage(self, day: int, disposition: str = "SELF_CARE", onset: str = "2020-01-01") -> "Walker":
        ends: dict[str, Any] = {
            "ended": "finished",
            "complete": True,
            "rules_version": RULES_VERSION,
            "episode_start": onset,
        }
        open_ = disposition in ("SELF_CARE", "CAREFUL")
        until = days_after(FIRST, day + 28) if open_ else None
        ends |= {"result": disposition, "unlocked": open_, "valid_until": until}
        return self.add(Triage, day, 5, disposition=disposition, **ends)

    def week(self, number: int, *minutes: int) -> "Walker":
        """A week with sessions on Monday, Wednesday and Friday, and walks from Monday on."""
        first = 7 * number
        self.session(first, first + 2, first + 4)
        for weekday, each in enumerate(minutes):
            self.walk(each, first + weekday)
        return self

    @property
    def diary(self) -> Diary:
        return fold(self.records)

    def diary_on(self, day: int) -> Diary:
        """What stood in the journal on the evening of a day."""
        return fold(r for r in self.records if r.day <= days_after(FIRST, day))

    def plan(self, day: int, **told: Any) -> WalkPlan:
        found = walking_plan(self.diary_on(day), days_after(FIRST, day), PARAMETERS, **told)
        assert found is not None
        return found

    def at(self, day: int) -> tuple[int, int]:
        """Minutes and days a week as they stand on a day."""
        plan = self.plan(day)
        return plan.minutes, plan.days


def doubled(records: Iterable[AnyRecord]) -> list[AnyRecord]:
    """The same lines, each twice, as a careless merge would leave them."""
    return [msgspec.structs.replace(record) for record in records for _ in range(2)]


@st.composite
def walkers(draw: st.DrawFn, weeks: int = 14) -> Walker:
    """Anybody: keen weeks, poor weeks, breaks of any length, sessions that were too much, flare-ups, sore legs."""
    one = Walker()
    if draw(st.booleans()):
        one.comfortable(draw(st.sampled_from((0, 4, 8, 15, 29, 60))))
    one.triage(0)
    one.session(draw(st.integers(0, 6)), stage=draw(st.sampled_from(("subacute", "chronic"))))
    for number in range(1, draw(st.integers(2, weeks))):
        _a_week(draw, one, 7 * number)
    return one


def _a_week(draw: st.DrawFn, one: Walker, first: int) -> None:
    kind = draw(
        st.sampled_from(("keen", "keen", "keen", "some", "few", "nothing", "only sessions", "only walks"))
    )
    if kind == "nothing":
        return
    for day in range(first, first + 7):
        if kind != "only walks" and (day - first) % 2 == 0 and draw(st.integers(0, 4)):
            stage = draw(st.sampled_from(("chronic",) * 9 + ("acute",)))
            peak = draw(st.sampled_from((None, 3, 3, 3, 3, 3, 3, 7)))
            mode = draw(st.sampled_from(("normal",) * 9 + ("flare",)))
            one.session(day, stage=stage, zone="red" if mode == "flare" else "green", mode=mode, peak=peak)
        if kind != "only sessions" and draw(st.integers(0, 9)) < {"few": 1, "some": 4}.get(kind, 8):
            one.walk(draw(st.integers(3, 45)), day, limb=draw(st.sampled_from((None,) * 12 + (4,))))
        if draw(st.integers(0, 60)) == 0:
            one.flare(day, on=draw(st.booleans()))
