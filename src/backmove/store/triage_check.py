"""What one part of the questionnaire says of another: names that exist, values that a field can have, no
circles.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from backmove.core.condition import SKIP, Compare, Condition, Value, names_in, parts_of
from backmove.core.questionnaire import Field, Prompt, Questionnaire
from backmove.core.record import RULES_VERSION
from backmove.store.yaml_text import Loc

if TYPE_CHECKING:
    from backmove.store.triage_file import TriageFile

Fault = tuple[Loc, str]

NUMBERS: Final = ("days", "weeks", "years", "score", "temperature")
DERIVED: Final[Mapping[str, Field]] = {
    f.name: f
    for f in (
        Field("pain", "score", maximum=10),
        Field("age_at_onset", "years", minimum=-200, maximum=120),
        Field("temp_c", "temperature"),
        Field("clearance_used", "choice", values=("y", "n")),
        Field("no_spread_to_bone", "choice", values=("y", "n")),
        Field("weak_count", "score", maximum=99),
        Field("weak_strong", "score", maximum=99),
        Field(
            "result", "choice", values=("EMERGENCY", "SAME_DAY", "CLINICIAN_FIRST", "CAREFUL", "SELF_CARE")
        ),
    )
}
"""Fields that the engine reckons; ``fired``, ``careful_by`` and ``weak_points`` are lists of ids, checked
apart.
"""

MESSAGES: Final = (
    *("EMERGENCY-call", "EMERGENCY-go", "EMERGENCY-maternity", "EMERGENCY-early-pregnancy"),
    *("SAME_DAY", "CLINICIAN_FIRST", "CAREFUL", "SELF_CARE", "OUT_OF_SCOPE", "INCOMPLETE"),
    *("gentle", "someone-else", "assumed"),
    *("held-EMERGENCY", "held-SAME_DAY", "held-CLINICIAN_FIRST", "held-again"),
)


def faults(file: "TriageFile", q: Questionnaire) -> Iterator[Fault]:
    """Every fault, with its place in the file."""
    if file.schema_version != 1:
        yield ("schema_version",), "this version reads schema_version 1"
    if file.rules_version != RULES_VERSION:
        yield (
            ("rules_version",),
            f"the program's rules are version {RULES_VERSION!r}; the file must say the same",
        )
    yield from _twice(file)
    yield from _circles(q)
    known = _known(q)
    for loc, condition in _conditions(file):
        yield from _condition_faults(condition, loc, known, q.defines)
    for n, prompt in enumerate(file.prompts):
        yield from _prompt_faults(prompt, ("prompts", n), q, known)
    yield from _reference_faults(file, q)


def _known(q: Questionnaire) -> dict[str, Field]:
    lists = {
        "fired": Field("fired", "list", values=tuple(q.rules)),
        "careful_by": Field("careful_by", "list", values=tuple(q.rules)),
        "weak_points": Field("weak_points", "list", values=tuple(q.weak_points)),
    }
    return {**q.fields, **DERIVED, **lists}


def _twice(file: "TriageFile") -> Iterator[Fault]:
    named: dict[str, Iterable[str]] = {
        "fields": [f.name for f in file.fields],
        "rules": [r.id for r in file.rules],
        "weak_points": [p.id for p in file.weak_points],
        "prompts": [p.id for p in file.prompts],
        "messages": [m.id for m in file.messages],
    }
    for section, ids in named.items():
        seen: set[str] = set()
        for n, entry in enumerate(ids):
            if entry in seen:
                yield (section, n), f"{entry} stands twice; keep one"
            seen.add(entry)


def _circles(q: Questionnaire) -> Iterator[Fault]:
    for name in q.defines:
        seen: set[str] = set()
        todo = [name]
        while todo:
            inside = [n for n in names_in(q.defines[todo.pop()]) if n in q.defines]
            if name in inside:
                yield ("defines", name), "this condition is defined by itself"
                break
            todo += [n for n in inside if n not in seen]
            seen.update(inside)


def _conditions(file: "TriageFile") -> Iterator[tuple[Loc, Condition]]:
    for name, condition in file.defines.items():
        yield ("defines", name), condition
    sections: dict[str, Iterable[Any]] = {
        "rules": file.rules,
        "weak_points": file.weak_points,
        "early": file.early,
        "contradictions": file.contradictions,
        "tags": file.tags,
        "validity": file.validity,
        "bookings": file.bookings,
    }
    for section, entries in sections.items():
        for n, entry in enumerate(entries):
            yield (section, n, "when"), entry.when
    for n, rule in enumerate(file.rules):
        for m, part in enumerate(rule.parts):
            yield ("rules", n, "parts", m, "when"), part.when
    for n, field in enumerate(file.fields):
        if field.asked is not None:
            yield ("fields", n, "asked"), field.asked
    for n, prompt in enumerate(file.prompts):
        yield ("prompts", n, "ask"), prompt.ask
        for m, option in enumerate(prompt.options):
            if option.ask is not None:
                yield ("prompts", n, "options", m, "ask"), option.ask


def _condition_faults(
    condition: Condition, loc: Loc, known: Mapping[str, Field], defines: Mapping[str, Condition]
) -> Iterator[Fault]:
    for name in names_in(condition):
        if name not in defines:
            yield loc, f"{name} is not in the section defines"
    for test in _own_comparisons(condition):
        if test.field not in known:
            yield loc, f"{test.field} is no field"
        elif what := _misfit(test, known[test.field]):
            yield loc, what


def _own_comparisons(condition: Condition) -> Iterator[Compare]:
    if isinstance(condition, Compare):
        yield condition
    for part in parts_of(condition):
        yield from _own_comparisons(part)


def _misfit(test: Compare, field: Field) -> str:
    """Why a comparison could never be meant; empty when it fits."""
    words = (*field.values, SKIP) if field.skip else field.values
    number = field.type in NUMBERS
    match test.op:
        case "exists":
            fits = test.value is True
        case "has":
            fits = field.type == "list" and test.value in field.values
        case "in":
            fits = not number and isinstance(test.value, tuple) and all(v in words for v in test.value)
        case "=" | "!=":
            fits = _is_number(test.value) if number else test.value in words
        case _:
            fits = number and _is_number(test.value)
    return "" if fits else f"{test.field} cannot be {test.op} {test.value!r}"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _prompt_faults(prompt: Prompt, loc: Loc, q: Questionnaire, known: Mapping[str, Field]) -> Iterator[Fault]:
    if prompt.follows is not None and prompt.follows not in q.prompts:
        yield (*loc, "follows"), f"{prompt.follows} is no prompt"
    for part, names in (("fields", prompt.fields), ("about", prompt.about)):
        for name in names:
            if name not in q.fields:
                yield (*loc, part), f"{name} is no field"
    if (prompt.kind == "typed") != (prompt.typed is not None) and prompt.kind != "choice":
        yield (*loc, "kind"), "a typed prompt needs typed, and only a choice may have it too"
    if prompt.kind != "typed" and len(prompt.options) < 2:
        yield (*loc, "options"), "two options or more are needed"
    if prompt.kind == "list" and not any(o.exclusive for o in prompt.options):
        yield (*loc, "options"), "a list needs an option for none of these"
    keys = [o.key for o in q.prompts[prompt.id].options] + [o.word for o in q.prompts[prompt.id].options]
    for n, option in enumerate(prompt.options):
        if keys.count(option.key) > 1 or option.key in ("?", "b", "q", "") or keys.count(option.word) > 1:
            yield (*loc, "options", n), f"{option.key} or {option.word} is taken"
        for part, values in (("sets", option.sets), ("unsure", option.unsure)):
            yield from _value_faults(values, (*loc, "options", n, part), known)
    if prompt.typed is not None:
        yield from _value_faults(prompt.typed.sets, (*loc, "typed", "sets"), known)
        for name in (prompt.typed.field, *prompt.typed.also):
            if name not in q.fields or q.fields[name].type not in NUMBERS:
                yield (*loc, "typed"), f"{name} is no field with a number"


def _value_faults(values: Mapping[str, Value], loc: Loc, known: Mapping[str, Field]) -> Iterator[Fault]:
    for name, value in values.items():
        if name not in known:
            yield (*loc, name), f"{name} is no field"
        elif not _can_be(known[name], value):
            yield (*loc, name), f"{name} cannot be {value!r}"


def _can_be(field: Field, value: Value) -> bool:
    if value is None:
        return field.nullable
    if value == SKIP:
        return field.skip
    if field.type == "list":
        return isinstance(value, tuple) and all(v in field.values for v in value)
    if field.type == "choice":
        return value in field.values
    return _is_number(value)


def _reference_faults(file: "TriageFile", q: Questionnaire) -> Iterator[Fault]:
    for n, field in enumerate(file.fields):
        if field.type != "temperature" and not _can_be(field, field.default):
            yield ("fields", n, "default"), f"{field.default!r} is not allowed for {field.name}"
    for n, rule in enumerate(file.rules):
        for name in rule.began:
            if name not in q.fields or q.fields[name].type != "days":
                yield ("rules", n, "began"), f"{name} is no field with days"
        if rule.disposition == "EMERGENCY" and rule.variant is None:
            yield ("rules", n), "an emergency needs its variant: call, go or maternity"
        if rule.disposition in ("OUT_OF_SCOPE", "INCOMPLETE"):
            yield (
                ("rules", n, "disposition"),
                "no rule gives this; it comes from age and from missing answers",
            )
    for n, early in enumerate(file.early):
        for part, name in (("prompt", early.prompt), ("after", early.after)):
            if name not in q.prompts:
                yield ("early", n, part), f"{name} is no prompt"
    for n, pair in enumerate(file.contradictions):
        for name in pair.prompts:
            if name not in q.prompts:
                yield ("contradictions", n, "prompts"), f"{name} is no prompt"
    for n, tag in enumerate(file.tags):
        if tag.span is not None and tag.span.field not in q.fields:
            yield ("tags", n, "span", "field"), f"{tag.span.field} is no field"
    for name, rule_id in file.clearable_tags.items():
        if rule_id not in q.rules:
            yield ("clearable_tags", name), f"{rule_id} is no rule"
    for name in MESSAGES:
        if name not in q.messages:
            yield ("messages",), f"the message {name} is missing"
