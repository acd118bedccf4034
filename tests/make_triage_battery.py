"""Writes the golden data of the questionnaire: ``triage_battery.jsonl`` and ``triage_replies.jsonl`` in ``tests/data``.

    PYTHONPATH=src:tests python tests/make_triage_battery.py            both, some minutes
    PYTHONPATH=src:tests python tests/make_triage_battery.py replies    what every reply sets, at once

Run it only when rules or prompts were changed on purpose, and read the difference. Each line of the battery says which
slip it is there for, the answers that differ from the calm ones, and what they must come to.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import z3

from backmove.core.condition import Answers
from backmove.core.questionnaire import Questionnaire
from backmove.store.resources import resource
from backmove.store.triage_file import read_questionnaire
from battery import BATTERY, REPLIES, as_line, calm, what_replies_say
from mutants import Golden, Mutant, adults, mutants, notices, outcome, unlike
from smt import Logic, answers_of


def battery_of(q: Questionnaire) -> Iterator[Golden]:
    """One golden answer set for each fault that no earlier one notices."""
    made: dict[tuple[str, str], list[Golden]] = {}
    for mutant in mutants(q):
        if any(notices(mutant, golden) for golden in made.get(mutant.where, ())):
            continue
        found = _found(mutant, q)
        if found is not None:
            answers = _plainest(mutant, q, found)
            golden = Golden(answers, outcome(q, answers), mutant.name)
            if not notices(mutant, golden):
                sys.stderr.write(f"not noticed: {mutant.name}\n")
            made.setdefault(mutant.where, []).append(golden)
            yield golden


def _found(mutant: Mutant, q: Questionnaire) -> Answers | None:
    """An answer set that the fault changes: of an adult who answered everything, if there is one."""
    logic = Logic.of(q)
    for limits in ([*adults(logic), z3.Not(logic.at_least("CLINICIAN_FIRST"))], adults(logic), []):
        solver = z3.Solver()
        solver.add(unlike(mutant, q), *limits)
        if solver.check() == z3.sat:
            return answers_of(logic, solver.model())
    return None


def _plainest(mutant: Mutant, q: Questionnaire, found: Answers) -> Answers:
    """The answers with everything calm, or not there at all, that the fault does not need."""
    return _calmed(mutant, q, found, list({**calm(q), **found}))


def _calmed(mutant: Mutant, q: Questionnaire, answers: Answers, names: Sequence[str]) -> Answers:
    """Calms these answers together if that will do, else each half by itself."""
    base = calm(q)
    tried = {name: value for name, value in answers.items() if name not in names}
    tried.update({name: base[name] for name in names if name in base})
    if notices(mutant, Golden(tried, outcome(q, tried))):
        return tried
    if len(names) == 1:
        return answers
    half = len(names) // 2
    return _calmed(mutant, q, _calmed(mutant, q, answers, names[:half]), names[half:])


def write(target: Path, lines: Iterable[Any]) -> None:
    text = [json.dumps(line, ensure_ascii=False) for line in lines]
    target.write_text("\n".join(text) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(text)} lines in {target}\n")


def main() -> None:
    q = read_questionnaire(resource("triage.yaml"))
    write(REPLIES, what_replies_say(q))
    if sys.argv[1:] != ["replies"]:
        write(BATTERY, (as_line(q, golden) for golden in battery_of(q)))


if __name__ == "__main__":
    main()
