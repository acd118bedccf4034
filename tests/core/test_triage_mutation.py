"""Small faults in the rules: every one is noticed by a golden answer set, or proven to change nothing.

The golden sets are data (``tests/data/triage_battery.jsonl``); ``tests/make_triage_battery.py`` writes them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

import z3

from battery import read_battery
from mutants import Golden, Mutant, mutants, notices, outcome, unlike
from questions import shipped

CHANGE_NOTHING = {
    # A count that was not given makes the comparison beside it false already.
    *(f"{name}: part 1 left out of AllOf" for name in ("proc6", "puerp", "operated", "E19", "C16", "C19")),
    *(f"{name}: part 1 left out of AllOf" for name in ("P-post", "P-surg")),
    *(f"{name}: procedure_days exists True -> always" for name in ("proc6", "operated", "C16", "P-surg")),
    *(f"{name}: surgery_days exists True -> always" for name in ("operated", "E19", "C16", "P-surg")),
    *(f"{name}: weeks_since_birth exists True -> always" for name in ("puerp", "C16", "C19", "P-post")),
    # An old yes is a yes.
    "C28: part 1 left out of AllOf",
    "C28: sad_sign -> always",
}
"""Faults that no answer set can show; each is proven, and no other may join them unseen."""


@cache
def battery() -> Mapping[str, Sequence[Golden]]:
    """The golden sets by the part of the rules that they were made for."""
    by_part: dict[str, list[Golden]] = defaultdict(list)
    for golden in read_battery(shipped()):
        by_part[golden.made_for.partition(":")[0]].append(golden)
    return by_part


def test_the_golden_answer_sets_come_to_what_they_should() -> None:
    sets = [golden for part in battery().values() for golden in part]
    assert len(sets) > 1000
    assert [g.made_for for g in sets if outcome(shipped(), g.answers) != g.comes_to] == []


def test_every_small_fault_is_noticed_or_proven_to_change_nothing() -> None:
    faults = list(mutants(shipped()))
    assert len(faults) > 4000
    unnoticed = [m for m in faults if not any(notices(m, golden) for golden in battery()[m.where[1]])]
    assert {m.name for m in unnoticed} == CHANGE_NOTHING
    assert [m.name for m in unnoticed if not changes_nothing(m)] == []


def changes_nothing(mutant: Mutant) -> bool:
    """Proven: no answer set comes to something else."""
    solver = z3.Solver()
    solver.add(unlike(mutant, shipped()))
    return bool(solver.check() == z3.unsat)
