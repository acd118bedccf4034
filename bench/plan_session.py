"""How long it takes to plan a session and to read a diary, and how that grows; in milliseconds and as ratios.

    PYTHONPATH=src:tests python bench/plan_session.py [--people 300] [--runs 3] [--years 1 2 4]

Three tables. Random people and people with a year's diary: a ratio to sorting 10,000 numbers in the same process,
measured in turn with the sessions, so that a slow or busy machine does not tell a story of its own. Goal: a median of
2 ms once the sessions of the diary have been replayed; the first plan of a diary replays them and has a row of its own.
Ten and a hundred times the library, and diaries of more years: the ratio to the first row (goal: at most linear).
Folding 1,000, 10,000 and 100,000 records: the same (goal: linear). Memory is the peak that Python asked for
(tracemalloc), taken in a run of its own.
"""

import argparse
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from msgspec.structs import replace

sys.dont_write_bytecode = False

import msgspec  # noqa: E402 - the switch above comes first

import shipped  # noqa: E402
from backmove.core.diary import Diary, fold  # noqa: E402
from backmove.core.exercise import Catalog, ChainStep, Exercise  # noqa: E402
from backmove.core.plan import Plan, Refused, Request  # noqa: E402
from backmove.core.prescription import plan_session  # noqa: E402
from backmove.core.record import AnyRecord, Done  # noqa: E402
from cohort.life import Life  # noqa: E402
from cohort.models import PEOPLE  # noqa: E402
from session_strategies import SEED, TODAY, Person, person  # noqa: E402

CATALOG, PARAMETERS = shipped.library()
TIMES = (1, 10, 100)
RECORDS = (1_000, 10_000, 100_000)
_DICE = Random(1)
NUMBERS = [_DICE.random() for _ in range(10_000)]
DIARIES = ("steady", "older", "the-plan", "flare-prone", "recovered", "hour")


def timed(work: Callable[[], object]) -> tuple[float, object]:
    begin = time.process_time_ns()
    result = work()
    return (time.process_time_ns() - begin) / 1e6, result


def peak_mb(work: Callable[[], object]) -> float:
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def life(name: str, years: int) -> Life:
    """A simulated person after so many years."""
    model = next(m for m in PEOPLE if m.name == name)
    planned = next(m for m in PEOPLE if m.name == "the-plan")
    lived = Life(model if model.draw else replace(model, draw=planned.draw), 7, 52 * years)
    lived.run()
    return lived


def planning(lived: Life, catalog: Catalog = CATALOG, *, first: bool = False) -> Callable[[], object]:
    """The next session of a person, on the first morning that may have one. ``first``: nothing has been worked out of
    the diary yet, as in a program that has just started; else its sessions have been replayed before."""
    book = lived.book
    book.day = lived.days + 1
    book.hour = 12.0
    held, today, diary = replace(book.standing(), reasons=()), book.today, book.diary
    request = Request(pain=2, minute_of_day=12 * 60)
    if first:
        return lambda: plan_session(catalog, PARAMETERS, replace(diary), held, request, today, diary.seed)
    return lambda: plan_session(catalog, PARAMETERS, diary, held, request, today, diary.seed)


def larger(times: int) -> Catalog:
    """The library so many times over, with ids and chains of their own."""
    rows: dict[str, Exercise] = dict(CATALOG.exercises)
    for number in range(1, times):
        for row in CATALOG.exercises.values():
            chain = None if row.chain is None else ChainStep(f"{row.chain.id}-{number}", row.chain.step)
            copy = replace(row, id=f"{row.id}-{number}", chain=chain, aliases=())
            rows[copy.id] = copy
    return replace(CATALOG, exercises=rows)


def many_records(count: int, year: Sequence[AnyRecord]) -> list[AnyRecord]:
    """A year's records again and again, with new ids, until there are ``count``."""
    found: list[AnyRecord] = []
    for turn in range(count // len(year) + 1):
        for record in year:
            changes: dict[str, Any] = {"id": f"{turn}-{record.id}"}
            if isinstance(record, Done):
                changes["session"] = f"{turn}-{record.session}"
            found.append(msgspec.structs.replace(record, **changes))
    return found[:count]


def spread(given: Sequence[float], base: float) -> str:
    marks = statistics.quantiles(given, n=100)
    numbers = (marks[49], marks[94], marks[98], max(given))
    return " | ".join(f"{n:.2f} ({n / base:.2f})" for n in numbers)


def one_session(people: Sequence[Person], lives: Sequence[Life], runs: int) -> None:
    sorting: list[float] = []
    random_people: list[float] = []
    diaries: list[float] = []
    firsts: list[float] = []
    plans = [planning(lived) for lived in lives]
    first_plans = [planning(lived, first=True) for lived in lives]
    for _ in range(runs):
        for number, who in enumerate(people):
            if number % 10 == 0:
                sorting.append(timed(lambda: sorted(NUMBERS))[0])
            took, outcome = timed(lambda who=who: _random(who))  # type: ignore[misc]
            random_people += [] if isinstance(outcome, Refused) else [took]
            took, outcome = timed(plans[number % len(plans)])
            assert isinstance(outcome, Plan), outcome
            diaries.append(took)
            firsts.append(timed(first_plans[number % len(plans)])[0])
    base = statistics.median(sorting)
    entries = statistics.median(len(lived.book.records) for lived in lives)
    print("| planning a session, ms (x sorting 10,000 numbers) | sessions | median | 95th | 99th | slowest |")
    print("|---|---|---|---|---|---|")
    print(f"| random people, short diaries | {len(random_people)} | {spread(random_people, base)} |")
    about = f"a year's diary, about {entries:.0f} records"
    print(f"| {about}, sessions replayed before | {len(diaries)} | {spread(diaries, base)} |")
    print(f"| {about}, first plan | {len(firsts)} | {spread(firsts, base)} |")


def _random(who: Person) -> object:
    return plan_session(CATALOG, PARAMETERS, who.diary, who.standing, who.request, TODAY, SEED)


def growth(lives: Sequence[Life], years: Sequence[int], runs: int) -> None:
    print("\n| planning a session | median ms | x the first | size x the first | peak MB |")
    print("|---|---|---|---|---|")
    first = 0.0
    for times in TIMES:
        plans = [planning(lived, larger(times), first=True) for lived in lives]
        middle = statistics.median(timed(plan)[0] for _ in range(runs * 5) for plan in plans)
        first = first or middle
        size = f"{times * len(CATALOG.exercises):,} exercises"
        print(f"| {size} | {middle:.2f} | {middle / first:.1f} | {times} | {peak_mb(plans[0]):.1f} |")
    first = 0.0
    for span in years:
        lived = life("the-plan", span)
        work = planning(lived, first=True)
        middle = statistics.median(timed(work)[0] for _ in range(runs * 20))
        first = first or middle
        size = f"{span} years, {len(lived.book.records):,} records"
        print(
            f"| {size} | {middle:.2f} | {middle / first:.1f} | {span / years[0]:.0f} | {peak_mb(work):.1f} |"
        )


def folding(lived: Life, runs: int) -> None:
    print("\n| folding | median ms | x the first | records x the first | peak MB |")
    print("|---|---|---|---|---|")
    first = 0.0
    for count in RECORDS:
        records = many_records(count, lived.book.records)
        middle = statistics.median(timed(lambda r=records: _folded(r))[0] for _ in range(runs))  # type: ignore[misc]
        first = first or middle
        cells = f"{middle:.1f} | {middle / first:.1f} | {count // RECORDS[0]}"
        print(f"| {count:,} records | {cells} | {peak_mb(lambda r=records: _folded(r)):.1f} |")  # type: ignore[misc]


def _folded(records: Sequence[AnyRecord]) -> Diary:
    return fold(records)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=300)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--years", type=int, nargs="+", default=[1, 2, 4])
    chosen = options.parse_args()
    rng = Random(1)
    lives = [life(name, 1) for name in DIARIES]
    one_session([person(rng, CATALOG) for _ in range(chosen.people)], lives, chosen.runs)
    growth(lives, chosen.years, chosen.runs)
    folding(lives[0], chosen.runs)


if __name__ == "__main__":
    main()
