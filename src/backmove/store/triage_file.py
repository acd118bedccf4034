"""``data/triage.yaml`` into a ``Questionnaire``, or every fault of the file at once with its line.

Three steps: conditions are put into their long form (``{f: age, ">=": 70}`` becomes a field, an operator and
a value), the whole is validated strictly, and what one part says of another is checked
(``store/triage_check.py``). The file is read anew each time: no cache stands between a rule and its effect.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from backmove.core.condition import OPERATORS, AllOf, AnyOf, Compare, Condition, Not
from backmove.core.questionnaire import (
    Contradiction,
    DayLimit,
    Early,
    Field,
    Message,
    Option,
    Prompt,
    Questionnaire,
    Rule,
    TagRule,
    WeakPoint,
)
from backmove.store.triage_check import faults
from backmove.store.yaml_file import load_yaml, validate
from backmove.store.yaml_text import Document, Loc, Problem, refuse

T = TypeVar("T", Field, Rule, WeakPoint, Prompt, Message)

CONDITION_KEYS: Final = ("when", "ask", "asked")
_FORMS: Final = {
    ("all",): "all_of",
    ("any",): "any_of",
    ("not",): "negated",
    ("atleast", "of"): "of",
    ("is",): "name",
}
"""The combinations, by the keys that make them up."""


class TriageFile(Struct, frozen=True):
    """The file as it is written: lists in order, each entry with its own id."""

    schema_version: int
    rules_version: str
    fields: tuple[Field, ...]
    defines: Mapping[str, Condition]
    rules: tuple[Rule, ...]
    weak_points: tuple[WeakPoint, ...]
    prompts: tuple[Prompt, ...]
    early: tuple[Early, ...]
    contradictions: tuple[Contradiction, ...]
    tags: tuple[TagRule, ...]
    clearable_tags: Mapping[str, str]
    daily_locks: Mapping[str, str]
    validity: tuple[DayLimit, ...]
    bookings: tuple[DayLimit, ...]
    messages: tuple[Message, ...]
    card: tuple[str, ...]
    card_title: str


def read_questionnaire(path: Path) -> Questionnaire:
    """The questionnaire of a file. Raises DataProblem that lists every fault as ``file:line:column``."""
    document = load_yaml(path)
    problems: list[Problem] = []
    long = _lengthened(document, document.data, (), problems)
    refuse(problems)
    document = replace(document, data=long)
    file = validate(document, TriageFile)
    q = _questionnaire(file)
    refuse([document.problem(loc, what) for loc, what in faults(file, q)])
    return q


def _questionnaire(file: TriageFile) -> Questionnaire:
    prompts, internal = [], []
    for prompt in file.prompts:
        asked, field = one_by_one(prompt)
        prompts += asked
        internal += field
    return Questionnaire(
        rules_version=file.rules_version,
        fields={f.name: f for f in (*file.fields, *internal)},
        defines=file.defines,
        rules={r.id: r for r in file.rules},
        weak_points={p.id: p for p in file.weak_points},
        prompts={p.id: p for p in prompts},
        early=file.early,
        tags=file.tags,
        validity=file.validity,
        bookings=file.bookings,
        contradictions=file.contradictions,
        messages={m.id: m for m in file.messages},
        card=file.card,
        card_title=file.card_title,
        clearable_tags=file.clearable_tags,
        daily_locks=file.daily_locks,
    )


def one_by_one(prompt: Prompt) -> tuple[list[Prompt], list[Field]]:
    """The prompt; for a list whose items have a question of their own also "not sure", and one prompt for
    each item.

    An item is passed over when another one has already said yes to the same thing.
    """
    items = [o for o in prompt.options if o.question]
    if not items:
        return [prompt], []
    name = f"{prompt.id}-each"
    unsure = Option(key="u", word="unsure", label="not sure", sets={name: "y"}, exclusive=True)
    whole = replace(prompt, options=(*prompt.options, unsure), fields=(*prompt.fields, name))
    asked = [_item_prompt(prompt, item, name) for item in items]
    return [whole, *asked], [Field(name, "choice", default="n", values=("y", "n"), internal=True)]


def _item_prompt(prompt: Prompt, item: Option, each: str) -> Prompt:
    told = [Compare(f, "=", v) for f, v in item.sets.items() if isinstance(v, str)]
    return Prompt(
        id=f"{prompt.id}.{item.word}",
        block=prompt.block,
        title=prompt.title,
        text=item.question,
        kind="choice",
        why=prompt.why,
        sources=prompt.sources,
        options=(
            Option(key="n", word="no", label="no"),
            Option(key="y", word="yes", label="yes", sets=item.sets),
            Option(key="u", word="unsure", label="not sure", sets=item.unsure),
        ),
        ask=AllOf((Compare(each, "=", "y"), Not(AnyOf(tuple(told))), *([item.ask] if item.ask else []))),
        follows=prompt.id,
        about=tuple(item.sets),
    )


# --- conditions --------------------------------------------------------------------------------------------


def _lengthened(document: Document, data: Any, loc: Loc, problems: list[Problem]) -> Any:
    """The same data with every condition in its long form."""
    if isinstance(data, list):
        return [_lengthened(document, part, (*loc, n), problems) for n, part in enumerate(data)]
    if not isinstance(data, dict):
        return data
    return {
        key: _condition(document, part, (*loc, key), problems)
        if key in CONDITION_KEYS or loc == ("defines",)
        else _lengthened(document, part, (*loc, key), problems)
        for key, part in data.items()
    }


def _condition(document: Document, data: Any, loc: Loc, problems: list[Problem]) -> Any:
    if data == "always" and loc[-1] == "asked":
        return {"all_of": []}
    found = list(_long(data))
    if len(found) != 1:
        allowed = f"all, any, not, atleast with of, is, or f with one of {', '.join(OPERATORS)}"
        what = f"this is no condition (allowed: {allowed})"
        problems.append(document.problem(loc, what))
        return None
    long = found[0]
    for key in ("all_of", "any_of", "of"):
        if key in long:
            if not isinstance(long[key], list):
                problems.append(document.problem(loc, "a list of conditions is needed here"))
                return None
            source = {"all_of": "all", "any_of": "any"}.get(key, key)
            long[key] = [
                _condition(document, c, (*loc, source, n), problems) for n, c in enumerate(long[key])
            ]
    if "negated" in long:
        long["negated"] = _condition(document, long["negated"], (*loc, "not"), problems)
    return long


def _long(data: Any) -> Iterator[dict[str, Any]]:
    """The long form; nothing when it is no condition."""
    if not isinstance(data, dict):
        return
    if "f" in data:
        operators = [op for op in data if op != "f"]
        if len(operators) == 1 and operators[0] in OPERATORS and _fits(operators[0], data[operators[0]]):
            yield {"field": data["f"], "op": operators[0], "value": data[operators[0]]}
        return
    for keys, name in _FORMS.items():
        if tuple(data) == keys:
            yield {name: data[keys[-1]], **({"count": data["atleast"]} if len(keys) > 1 else {})}


def _fits(operator: str, value: Any) -> bool:
    """``in`` takes a list of words, ``exists`` true, every other operator one word or number."""
    match operator:
        case "exists":
            return value is True
        case "in":
            return isinstance(value, list) and all(isinstance(word, str) for word in value)
        case _:
            return isinstance(value, str | int | float) and not isinstance(value, bool)
