"""A year of somebody's journal, made by hand and quickly: all that leaves the journal, with edits and deletions."""

from typing import Any

from backmove.core.days import days_after
from backmove.core.record import (
    Amend,
    AnyRecord,
    Barrier,
    Check,
    Checkin,
    Direction,
    Done,
    DoneRow,
    Exclude,
    Exposure,
    Flare,
    GivenDose,
    GivenItem,
    Pain,
    Profile,
    Refusal,
    Retract,
    Session,
    TagSpan,
    Triage,
    Walk,
)

FIRST = "2026-01-05"
"""A Monday."""
HOSTILE = '=HYPERLINK("http://x","y"), said "so",\nnew line\r\nand שלום 🙂 \x1b[31m\x07 \u202etxt.exe'


class _Year:
    def __init__(self) -> None:
        self.records: list[AnyRecord] = []

    def add(self, kind: type, day: int, hour: int = 9, **own: Any) -> Any:
        date = days_after(FIRST, day)
        offset = "+02:00" if "2026-03-29" <= date < "2026-10-25" else "+01:00"
        head = {
            "v": 1,
            "id": f"{len(self.records):012d}",
            "at": f"{date}T{hour:02d}:00:00{offset}",
            "day": date,
        }
        self.records.append(kind(**head, **own))
        return self.records[-1]


def a_year(days: int = 365) -> tuple[AnyRecord, ...]:
    year = _Year()
    year.add(Profile, 0, 7, set={"activities": ["tie my shoes", "lift the shopping"]})
    for day in range(days):
        if day % 28 == 0:
            _questions(year, day)
        if day % 7 in (0, 2, 4):
            _session(year, day)
        if day % 7 == 1:
            year.add(Pain, day, 8, score=day % 11, morning=True, leg="closer", limb=1, sleep=7)
            year.add(
                Walk, day, 17, minutes=20 + day % 10, limb=2 if day % 3 else None, note="along the river"
            )
        if day % 7 == 6:
            _look_back(year, day)
    _corrections(year)
    return tuple(year.records)


def _questions(year: _Year, day: int) -> None:
    broken = day == 28
    year.add(
        Triage,
        day,
        7,
        disposition="INCOMPLETE" if broken else "CAREFUL",
        result="INCOMPLETE" if broken else "CAREFUL",
        ended="broken-off" if broken else "finished",
        complete=not broken,
        rules_version="0" if day == 0 else "1",
        rules=("U5", "E1") if day == 0 else ("U5",),
        weak_points=("tired",),
        unlocked=not broken,
        valid_until=days_after(FIRST, day + 28),
        episode_start="2025-12-01",
        pain_now=4,
        pain_usual=3,
        tags=(TagSpan("osteoporosis"),),
        age=47,
    )


def _session(year: _Year, day: int) -> None:
    year.add(Check, day, 8, answers={"dc1": "n"}, outcome="open", pain=3)
    if day % 50 == 0:
        year.add(Refusal, day, 8, code="pain-too-high")
        return
    year.add(Pain, day, 8, score=3, before_session=True)
    items = tuple(
        GivenItem(name, "main", GivenDose("reps", (8, 8)), 120) for name in ("bridge", "bird-dog", "cat-cow")
    )
    given = year.add(
        Session,
        day,
        8,
        zone="green",
        stage="chronic",
        mode="normal",
        pain=3,
        variant=0,
        requested_min=20,
        effective_min=20,
        estimated_s=1100,
        place="floor",
        items=items,
    )
    rows = (DoneRow("bridge"), DoneRow("bird-dog", "easier"), DoneRow("cat-cow", "skipped"))
    year.add(
        Done,
        day,
        10,
        session=given.id,
        status="stopped" if day % 35 == 2 else "done",
        reason="pain" if day % 35 == 2 else None,
        effort=4,
        peak=3,
        leg="usual" if day % 3 else None,
        rows=rows if day % 2 else (),
    )


def _look_back(year: _Year, day: int) -> None:
    year.add(
        Checkin,
        day,
        20,
        activities={"tie my shoes": 5, "lift the shopping": 3},
        pain=4,
        enjoyment=3,
        activity=None if day % 5 else 2,
        confidence=6,
        sleep=7,
        mood=8 if day % 42 == 6 else None,
        note=HOSTILE if day % 21 == 6 else "",
    )


def _corrections(year: _Year) -> None:
    pains = [r for r in year.records if isinstance(r, Pain)]
    if len(pains) < 3:
        return
    day = 200
    year.add(Flare, day, on=True)
    year.add(Flare, day + 3, on=False)
    year.add(Exposure, day, exercise="bridge", prediction=6)
    year.add(Exclude, day, exercise="plank", because="-my wrist")
    year.add(Barrier, day, word="time")
    year.add(Direction, day, bending="worse", arching="better", bending_leg="further")
    year.add(Pain, day, score=5, note=HOSTILE)
    year.add(Amend, day, 11, target=pains[0].id, set={"score": 9, "note": "@changed"})
    year.add(Retract, day, 11, target=pains[1].id)
