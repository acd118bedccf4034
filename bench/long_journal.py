"""A long journal of an imagined person, as fast as it can be written: for speed, and to look at screens.

    python bench/long_journal.py FOLDER [--years 3] [--entries N] [--until 2026-11-20] [--gaps]

It writes ``journal.jsonl`` into the folder. ``--years``: three sessions a week with their reports, pain before each,
a look back every week, walks, flare-ups. ``--gaps``: a pause of a few weeks now and then. ``--entries``: exactly so
many lines in all; what the life does not fill are pain entries and walks of short lines.
"""

import argparse
import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, Final

CHAINS: Final = {
    "bridge": ("bridge-mini", "bridge", "bridge-march", "bridge-single"),
    "birddog": ("bird-dog-arm", "bird-dog-leg", "bird-dog", "bird-dog-slow"),
    "squat": ("sit-to-stand-high", "sit-to-stand", "squat-box", "squat-goblet"),
}
"""Rows of a kind; whether the library has them does not matter here."""
ACTIVITIES: Final = ("lift the shopping", "sit through a film", "tie my shoes")
PAUSE_EVERY: Final = 90
PAUSE_DAYS: Final = 17


class Life:
    """Records as JSON objects. ``day`` counts from the first one."""

    def __init__(self, first: date, days: int, seed: int, *, gaps: bool) -> None:
        self.first, self.days, self.rng, self.gaps = first, days, Random(seed), gaps
        self.numbers = count(1)

    def record(self, kind: str, day: int, hour: int, **fields: Any) -> dict[str, Any]:
        there = self.first + timedelta(days=day)
        moment = datetime(there.year, there.month, there.day, hour, self.rng.randrange(60)).astimezone()
        head = {"kind": kind, "v": 1, "id": f"{next(self.numbers):012d}"}
        return head | {"at": moment.isoformat(timespec="seconds"), "day": there.isoformat()} | fields

    def lines(self) -> Iterator[dict[str, Any]]:
        yield self.record("profile", 0, 7, set={"activities": list(ACTIVITIES), "place": "floor"})
        flare_until = away_until = -1
        for day in range(self.days):
            if self.gaps and day and day % PAUSE_EVERY == 0:
                away_until = day + PAUSE_DAYS
            if day < away_until:
                continue
            if day == away_until:
                yield self.record("barrier", day, 8, word=self.rng.choice(("time", "ill", "pain", "forgot")))
            if day % 120 == 50:
                flare_until = day + 6
                yield self.record("flare", day, 8, on=True)
            if day == flare_until:
                yield self.record("flare", day, 8, on=False)
            yield from self.one_day(day, flare=day < flare_until)

    def one_day(self, day: int, *, flare: bool) -> Iterator[dict[str, Any]]:
        eased = 4.5 - 2.5 * min(1.0, day / 200)
        pain = min(10, max(0, round(self.rng.gauss(eased, 0.8)) + 3 * flare))
        if day % 7 in (0, 2, 4):
            yield self.record("pain", day, 9, score=pain, before_session=True)
            session = self.session(day, pain, flare=flare)
            yield session
            status = self.rng.choices(("done", "partly", "stopped"), (90, 8, 2))[0]
            yield self.record("done", day, 10, session=session["id"], status=status, effort=4)
        if day % 7 in (1, 3, 5, 6) and self.rng.random() < 0.7:
            yield self.record("walk", day, 17, minutes=min(30, 10 + day // 20))
        if day % 7 == 6:
            gain = min(5, day // 25)
            again = {name: min(10, max(0, 3 + gain + self.rng.randrange(-1, 2))) for name in ACTIVITIES}
            scores = {"pain": pain, "enjoyment": 4, "activity": max(0, 6 - gain), "confidence": 4 + gain}
            yield self.record("checkin", day, 20, activities=again, sleep=6, **scores)

    def session(self, day: int, pain: int, *, flare: bool) -> dict[str, Any]:
        step = min(4, 1 + day // 60)
        items = []
        for chain, rows in CHAINS.items():
            dose = {"kind": "reps", "counts": [8 + 2 * (day // 20 % 3)], "tempo_s": 4}
            item = {"exercise": rows[step - 1], "block": "main", "dose": dose, "seconds": 130}
            items.append(item | {"rung": day // 20 % 3, "step": step, "chain": chain, "slot": "leg"})
        for row, block in (("pelvic-tilt", "warmup"), ("knee-rolls", "warmup"), ("breathing", "settle")):
            dose = {"kind": "minutes", "minutes": 2}
            items.append({"exercise": row, "block": block, "dose": dose, "seconds": 130})
        how = {"zone": "red", "mode": "flare"} if flare else {"zone": "green", "mode": "normal"}
        times = {"requested_min": 20, "effective_min": 20, "estimated_s": 780}
        return self.record(
            "session",
            day,
            9,
            stage="chronic",
            pain=pain,
            variant=0,
            place="floor",
            items=items,
            **how,
            **times,
        )

    def short(self) -> Iterator[dict[str, Any]]:
        """Short lines without end, spread over the same days."""
        for number in count():
            day = number * 7919 % self.days
            if number % 3:
                yield self.record("pain", day, 8 + number % 12, score=number % 5, note="after sitting")
            else:
                yield self.record("walk", day, 8 + number % 12, minutes=5 + number % 30)


def write(folder: Path, life: Life, entries: int | None) -> int:
    """Writes the journal, by days; returns the number of its lines."""
    records = list(life.lines())
    if entries is not None:
        short = life.short()
        records = records[:entries] + [next(short) for _ in range(entries - len(records))]
    records.sort(key=lambda record: str(record["at"]))
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "journal.jsonl").open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(record, separators=(",", ":")) + "\n" for record in records)
    return len(records)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--years", type=float, default=3.0)
    options.add_argument("--entries", type=int)
    options.add_argument("--until", type=date.fromisoformat, default=date(2026, 11, 20))
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--gaps", action="store_true")
    chosen = options.parse_args()
    days = max(1, round(chosen.years * 365.25))
    life = Life(chosen.until - timedelta(days=days - 1), days, chosen.seed, gaps=chosen.gaps)
    print(write(chosen.folder, life, chosen.entries))


if __name__ == "__main__":
    main()
