"""Random diaries to look back on, fast: sessions with reports, pain, walks, look backs, flare-ups, corrections."""

from random import Random
from typing import Any

import msgspec

from backmove.core.days import days_after
from backmove.core.record import (
    Amend,
    AnyRecord,
    Barrier,
    Check,
    Checkin,
    Done,
    DoneRow,
    Flare,
    GivenDose,
    GivenItem,
    Pain,
    Profile,
    Refusal,
    Retract,
    Session,
    Triage,
    Walk,
)

FIRST = "2026-01-05"
"""A Monday."""
DAYS = 120
ACTIVITIES = ("lift the shopping", "sit, long", "tie my shoes")
_DOSE = GivenDose("reps", (8,))


class Book:
    """A journal by day numbers, counted from ``FIRST``."""

    def __init__(self) -> None:
        self.records: list[AnyRecord] = []

    def add(self, kind: Any, day: int, hour: int = 12, **fields: Any) -> Any:
        there = days_after(FIRST, day)
        number = len(self.records)
        at = f"{there}T{hour:02d}:{number % 60:02d}:00+01:00"
        record = kind(v=1, id=f"r{number:011d}", at=at, day=there, **fields)
        self.records.append(record)
        return record

    def session(
        self,
        day: int,
        *,
        status: str | None = "done",
        step: int = 1,
        pain: int = 3,
        chain: str = "bridge",
        place: str = "floor",
        zone: str = "green",
        mode: str = "normal",
        rows: tuple[DoneRow, ...] = (),
        hour: int = 9,
        rung: int = 1,
        slot: str = "leg",
    ) -> Session:
        """One main row of a chain and one to settle, ten minutes in all; reported unless ``status`` is None."""
        main = GivenItem(f"{chain}-{step}", "main", _DOSE, 480, step=step, chain=chain, rung=rung, slot=slot)
        settle = GivenItem("breathing", "settle", _DOSE, 120)
        given: Session = self.add(
            Session,
            day,
            hour,
            zone=zone,
            stage="chronic",
            mode=mode,
            pain=pain,
            variant=0,
            requested_min=10,
            effective_min=10,
            estimated_s=600,
            place=place,
            items=(main, settle),
        )
        if status is not None:
            self.add(Done, day, hour + 1, session=given.id, status=status, rows=rows)
        return given


def random_book(rng: Random, days: int = DAYS) -> Book:
    """Anybody's months, with holes, and with corrections of any entry that can be corrected."""
    book = Book()
    if rng.random() < 0.7:
        book.add(Profile, 0, set={"activities": list(ACTIVITIES[: rng.randint(1, 3)])})
    day = 0
    while day < days:
        for _ in range(rng.choice((1, 1, 1, 2, 4))):
            _entry(rng, book, day)
        day += rng.choice((0, 1, 1, 2, 3, 9, 30) if rng.random() < 0.2 else (1, 1, 2))
    return book


def _entry(rng: Random, book: Book, day: int) -> None:
    pick, hour = rng.choice, rng.randrange(6, 22)
    kind = rng.randrange(14)
    if kind < 4:
        rows = pick(((), (), (DoneRow("bridge-1", status=pick(("completed", "skipped", "easier"))),)))
        book.session(
            day,
            hour=hour,
            status=pick(("done", "done", "done", "partly", "stopped", None)),
            step=min(4, 1 + day // 30 + pick((0, 0, 0, 1))),
            chain=pick(("bridge", "squat", "brace")),
            place=pick(("floor", "floor", "upright")),
            zone=pick(("green", "green", "amber", "red")),
            mode=pick(("normal", "normal", "flare")),
            pain=rng.randrange(11),
            rung=rng.randrange(3),
            rows=rows,
        )
    elif kind < 7:
        book.add(Pain, day, hour, score=rng.randrange(11), morning=rng.random() < 0.3)
    elif kind == 7:
        book.add(Walk, day, hour, minutes=rng.randint(1, 60))
    elif kind == 8:
        said = {name: rng.randrange(11) for name in ACTIVITIES if rng.random() < 0.6}
        pain, sleep = (rng.choice((None, rng.randrange(11))) for _ in range(2))
        book.add(Checkin, day, hour, activities=said, pain=pain, sleep=sleep, enjoyment=rng.choice((None, 4)))
    elif kind == 9:
        book.add(Flare, day, hour, on=rng.random() < 0.6)
    elif kind == 10:
        book.add(Barrier, day, hour, word=pick(("time", "pain", "worry", "boring", "ill", "forgot")))
    elif kind == 11:
        _said_elsewhere(rng, book, day, hour)
    elif book.records:
        _corrected(rng, book, day, hour)


def _said_elsewhere(rng: Random, book: Book, day: int, hour: int) -> None:
    pain = rng.choice((None, rng.randrange(11)))
    if rng.random() < 0.4:
        book.add(Check, day, hour, answers={}, outcome="open", pain=pain)
    elif rng.random() < 0.5:
        book.add(Refusal, day, hour, code="pain-too-high", pain=pain)
    else:
        result = rng.choice(("SELF_CARE", "SAME_DAY"))
        how = {"disposition": result, "result": result, "ended": "finished", "complete": True}
        book.add(Triage, day, hour, rules_version="1", pain_now=pain, **how)


def _corrected(rng: Random, book: Book, day: int, hour: int) -> None:
    target = rng.choice(book.records)
    if isinstance(target, Pain) and rng.random() < 0.5:
        book.add(Amend, day, hour, target=target.id, set={"score": rng.randrange(11)})
    elif isinstance(target, Walk) and rng.random() < 0.5:
        book.add(Amend, day, hour, target=target.id, set={"minutes": rng.randint(1, 60)})
    else:
        book.add(Retract, day, hour, target=target.id)


def shuffled_days(rng: Random, records: list[AnyRecord]) -> list[AnyRecord]:
    """The same records with those of each day in another order. Corrections keep their places behind everything."""
    corrections = [r for r in records if isinstance(r, Amend | Retract)]
    others = [r for r in records if not isinstance(r, Amend | Retract)]
    mixed = sorted(others, key=lambda record: (record.day, rng.random()))
    return [*mixed, *corrections]


def moved(record: AnyRecord, **fields: Any) -> AnyRecord:
    """The record with other values."""
    return msgspec.structs.replace(record, **fields)
