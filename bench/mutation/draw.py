"""A sample of the mutants: every module has its share."""

from collections.abc import Mapping
from random import Random

from mutation.changes import Mutant, applies, mutants


def drawn(modules: Mapping[str, str], sample: int, seed: int) -> tuple[list[Mutant], dict[str, int]]:
    """About ``sample`` mutants, and how many each module has in all. A module has as many as its part of all, and
    one at least; the same seed draws the same ones."""
    every = {module: mutants(module, source) for module, source in modules.items()}
    counts = {module: len(found) for module, found in every.items()}
    share = sample / sum(counts.values())
    taken = []
    for module, found in every.items():
        chance = Random(f"{seed} {module}")
        wanted = max(1, round(share * len(found)))
        order = chance.sample(found, len(found))
        usable = (mutant for mutant in order if applies(mutant, modules[module]))
        taken += [mutant for mutant, _ in zip(usable, range(wanted), strict=False)]
    return taken, counts
