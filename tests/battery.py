"""The golden answer sets of ``tests/data/triage_battery.jsonl``: one JSON object a line, calm answers left
out.
"""

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from backmove.core.condition import ALWAYS, Answers, Value
from backmove.core.interview import Reply, apply_answer, offered
from backmove.core.questionnaire import Questionnaire
from mutants import Golden, Outcome

BATTERY = Path(__file__).parent / "data" / "triage_battery.jsonl"
REPLIES = Path(__file__).parent / "data" / "triage_replies.jsonl"


def calm(q: Questionnaire) -> dict[str, Value]:
    """The defaults of the answer file; the temperature is not among them."""
    fields = (f for f in q.fields.values() if not f.internal and f.type != "temperature")
    return {f.name: f.default for f in fields}


def as_line(q: Questionnaire, golden: Golden) -> dict[str, Any]:
    """A golden answer set as it is written: what differs from calm, and what was not said at all."""
    base = calm(q)
    told = {name: value for name, value in golden.answers.items() if name not in base or base[name] != value}
    absent = [name for name in base if name not in golden.answers]
    comes_to = {f.name: getattr(golden.comes_to, f.name) for f in dataclasses.fields(Outcome)}
    sets = {name: sorted(value) for name, value in comes_to.items() if isinstance(value, frozenset)}
    sets["asked"] = sorted(set(sets["asked"]) - always_asked(q))
    rest = {name: value for name, value in comes_to.items() if name not in sets}
    return {
        "for": golden.made_for,
        "answers": told,
        **({"absent": absent} if absent else {}),
        **rest,
        **{name: value for name, value in sets.items() if value},
    }


def always_asked(q: Questionnaire) -> set[str]:
    """Fields whose question everybody is asked; a golden set names only the others."""
    return {name for name, field in q.fields.items() if field.asked == ALWAYS}


def read_battery(q: Questionnaire) -> list[Golden]:
    """Every golden answer set of the file."""
    return [_golden(q, json.loads(line)) for line in BATTERY.read_text(encoding="utf-8").splitlines()]


def _golden(q: Questionnaire, line: dict[str, Any]) -> Golden:
    told = {
        name: tuple(value) if isinstance(value, list) else value for name, value in line["answers"].items()
    }
    answers: Answers = {n: v for n, v in {**calm(q), **told}.items() if n not in line.get("absent", ())}
    said = {**line, "asked": [*line.get("asked", ()), *always_asked(q)]}
    comes_to = {f.name: said.get(f.name, []) for f in dataclasses.fields(Outcome)}
    sets: dict[str, Any] = {
        name: frozenset(value) if isinstance(value, list) else value for name, value in comes_to.items()
    }
    return Golden(answers, Outcome(**sets), line["for"])


PEOPLE: tuple[Answers, ...] = (
    {"age": 40, "onset_days": 200},
    {"age": 60, "onset_days": 200},
    {"bladder_since": "known", "saddle_since": "known", "bowel_since": "known"},
    {"both_legs_since": "known", "leg_weakness_since": "known", "legs_not_controlled_since": "known"},
    {"bladder_since": "longer", "saddle_since": "longer", "bowel_since": "longer"},
    {"both_legs_since": "longer", "leg_weakness_since": "longer", "legs_not_controlled_since": "longer"},
)
"""Between them they are offered every option there is."""


def what_replies_say(q: Questionnaire) -> Iterator[dict[str, Any]]:
    """Every option of every prompt, and a number where one may be typed, with what it sets."""
    for prompt in q.prompts.values():
        for option in prompt.options:
            person = next(p for p in PEOPLE if option in offered(q, prompt, p))
            said = apply_answer(q, person, prompt, Reply(keys=(option.key,)))
            yield {"prompt": prompt.id, "reply": option.word, "sets": _news(person, said)}
        if prompt.typed is not None:
            said = apply_answer(q, {}, prompt, Reply(number=prompt.typed.maximum))
            yield {"prompt": prompt.id, "reply": prompt.typed.maximum, "sets": _news({}, said)}
        yield {"prompt": prompt.id, "follows": prompt.follows, "about": list(prompt.about)}


def _news(before: Answers, after: Answers) -> dict[str, Value]:
    return {name: value for name, value in after.items() if name not in before or before[name] != value}
