"""How long it takes to plan one session, for random people, in milliseconds and as a ratio.

    PYTHONPATH=src:tests python bench/plan_session.py [--people 1000] [--runs 5]

The ratio is to sorting 10,000 numbers in the same process, measured in turn with the sessions, so that a slow or busy
machine does not tell a story of its own. Prints a Markdown table. Goal: a median of 2 ms.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from random import Random

import shipped
from backmove.core.plan import Refused
from backmove.core.prescription import plan_session
from session_strategies import SEED, TODAY, Person, person


def timed(work: Callable[[], object]) -> tuple[float, object]:
    begin = time.process_time_ns()
    result = work()
    return (time.process_time_ns() - begin) / 1e6, result


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=1000)
    options.add_argument("--runs", type=int, default=5)
    chosen = options.parse_args()
    catalog, parameters = shipped.library()
    rng = Random(1)
    crowd = [person(rng, catalog) for _ in range(chosen.people)]
    numbers = [rng.random() for _ in range(10_000)]
    given: list[float] = []
    sorting: list[float] = []

    def plan(who: Person) -> object:
        return plan_session(catalog, parameters, who.diary, who.standing, who.request, TODAY, SEED)

    for _ in range(chosen.runs):
        for number, who in enumerate(crowd):
            if number % 10 == 0:
                sorting.append(timed(lambda: sorted(numbers))[0])
            took, outcome = timed(lambda who=who: plan(who))  # type: ignore[misc]
            if not isinstance(outcome, Refused):
                given.append(took)
    base = statistics.median(sorting)
    marks = statistics.quantiles(given, n=100)
    print(f"| {len(given)} sessions | ms | x sorting 10,000 numbers |\n|---|---|---|")
    for name, value in (
        ("median", marks[49]),
        ("95th", marks[94]),
        ("99th", marks[98]),
        ("slowest", max(given)),
    ):
        print(f"| {name} | {value:.2f} | {value / base:.2f} |")


if __name__ == "__main__":
    main()
