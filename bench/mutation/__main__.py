"""Small faults in core/ and store/, one at a time: do the tests notice them? Writes a Markdown page.

python bench/mutation --sample 600 --seed 1 --jobs 1 > docs/mutants.md

--only TEXT takes mutants of the sample with this text in their name. --work FOLDER keeps what was measured and how
each mutant ended: what is there is not run again, so that a run can be broken off and gone on with. --again runs once
more those that nobody noticed. --seconds is the usual time of the tests named after a module, of the invariants, and
of the others that are tried against a mutant at most; a quick run followed by --again with more is the same as one
with more. Reasons for them stand in reasons.toml beside this file.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def main() -> None:
    from mutation.campaign import Campaign
    from mutation.page import page

    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--sample", type=int, default=600)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--jobs", type=int, default=1)
    options.add_argument("--only", action="append", default=[], metavar="TEXT")
    options.add_argument("--work", type=Path, metavar="FOLDER")
    options.add_argument("--again", action="store_true")
    options.add_argument("--seconds", type=float, default=20.0)
    chosen = options.parse_args()
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="mutation-") as scratch:
        work = chosen.work or Path(scratch) / "work"
        work.mkdir(parents=True, exist_ok=True)
        campaign = Campaign(Path(scratch), work, sample=chosen.sample, seed=chosen.seed)
        campaign.run(jobs=chosen.jobs, only=chosen.only, again=chosen.again, seconds=chosen.seconds)
        command = f"python bench/mutation --sample {chosen.sample} --seed {chosen.seed}"
        text = page(campaign.ended(), campaign.controls(), campaign.counts, command)
    print(text, end="")
    print(f"{time.perf_counter() - begin:.0f} s", file=sys.stderr)


def _with_one_order_of_sets() -> None:
    """Sets of strings have another order in every process, unless they are told not to."""
    if os.environ.get("PYTHONHASHSEED") != "0":
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | {"PYTHONHASHSEED": "0"})


if __name__ == "__main__":
    _with_one_order_of_sets()
    main()
