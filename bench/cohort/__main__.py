"""Simulated people who use backmove for weeks; prints a Markdown page, ends with 1 when a rule was broken.

python bench/cohort [--people 1000] [--weeks 26] [--seed 1] [--jobs 2] [--only MODEL] > docs/cohort.md
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

_TELLS = 50


def main() -> None:
    from cohort.models import models
    from cohort.notebook import shelf
    from cohort.report import markdown
    from cohort.run import campaign, crowd

    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--people", type=int, default=1000)
    options.add_argument("--weeks", type=int, default=26)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--only", action="append", default=[], metavar="MODEL")
    chosen = options.parse_args()
    begin = time.perf_counter()

    def tell(through: int) -> None:
        if through % _TELLS == 0:
            print(f"{through} people, {time.perf_counter() - begin:.0f} s", file=sys.stderr, flush=True)

    people = campaign(crowd(chosen.people, chosen.only), chosen.weeks, chosen.seed, chosen.jobs, tell)
    known = {model.name: model for model in models(shelf().catalog.precautions)}
    command = f"python bench/cohort --people {chosen.people} --weeks {chosen.weeks} --seed {chosen.seed}"
    command += "".join(f" --only {name}" for name in chosen.only)
    print(markdown(people, known, chosen.weeks, command), end="")
    print(f"{time.perf_counter() - begin:.0f} s in {chosen.jobs} processes", file=sys.stderr)
    sys.exit(any(one.breaks for one in people))


if __name__ == "__main__":
    main()
