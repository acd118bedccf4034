"""Every small fault that a slip could put into the rules of ``data/triage.yaml``, one at a time.

Thresholds one up and one down, every operator for its neighbour, a word of a list dropped, a plain yes
widened to "yes or not sure", all for any, a part left out, a "not" lost, a named condition always or never
true, a level too low or too high, a weak point that is strong or not.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import z3
from msgspec.structs import replace

from backmove.core.answers import seen_by_rules
from backmove.core.assess import ADULT, assess
from backmove.core.condition import (
    ALWAYS,
    AllOf,
    Answers,
    AnyOf,
    AtLeast,
    Compare,
    Condition,
    Is,
    Not,
    Operator,
    comparisons,
    holds,
    names_in,
)
from backmove.core.questionnaire import DayLimit, Questionnaire, TagRule, highest
from backmove.core.record import Disposition
from smt import LEVELS, Logic, Number, given

NEVER = AnyOf(())
NEIGHBOURS: dict[str, tuple[Operator, ...]] = {
    "=": ("!=",),
    "!=": ("=",),
    ">": (">=", "<"),
    ">=": (">", "<"),
    "<": ("<=", ">"),
    "<=": ("<", ">"),
}
LADDER: tuple[Disposition, ...] = ("SELF_CARE", "CAREFUL", "CLINICIAN_FIRST", "SAME_DAY", "EMERGENCY")


@dataclass(frozen=True)
class Mutant:
    """A questionnaire with one fault. ``where`` is the section and the id of what was changed."""

    where: tuple[str, str]
    what: str
    q: Questionnaire

    @property
    def name(self) -> str:
        return f"{self.where[1]}: {self.what}"


def mutants(q: Questionnaire) -> Iterator[Mutant]:
    """All of them, in the order of the file. Which prompt comes next is not among them: no rule rests on
    it.
    """
    judging = _judging(q)
    for name, condition in q.defines.items():
        if name in judging:
            for what, other in variants(condition, q):
                yield Mutant(("defines", name), what, replace(q, defines={**q.defines, name: other}))
    for field in q.fields.values():
        if field.asked is not None:
            for what, other in variants(field.asked, q):
                fields = {**q.fields, field.name: replace(field, asked=other)}
                yield Mutant(("fields", field.name), f"asked {what}", replace(q, fields=fields))
    for rule in q.rules.values():
        for what, other in variants(rule.when, q):
            rules = {**q.rules, rule.id: replace(rule, when=other)}
            yield Mutant(("rules", rule.id), what, replace(q, rules=rules))
        for level in LADDER:
            if abs(LADDER.index(level) - LADDER.index(rule.disposition)) == 1:
                rules = {**q.rules, rule.id: replace(rule, disposition=level)}
                yield Mutant(("rules", rule.id), level, replace(q, rules=rules))
    for point in q.weak_points.values():
        points = {**q.weak_points, point.id: replace(point, strong=not point.strong)}
        yield Mutant(("weak_points", point.id), "strong", replace(q, weak_points=points))
        for what, other in variants(point.when, q):
            points = {**q.weak_points, point.id: replace(point, when=other)}
            yield Mutant(("weak_points", point.id), what, replace(q, weak_points=points))
    yield from _tag_mutants(q)
    for section in ("validity", "bookings"):
        limits: tuple[DayLimit, ...] = getattr(q, section)
        for n, limit in enumerate(limits):
            faults = [(what, replace(limit, when=other)) for what, other in variants(limit.when, q)]
            faults += [
                (f"{limit.days + step} days", replace(limit, days=limit.days + step)) for step in (1, -1)
            ]
            for what, other_limit in faults:
                changed = (*limits[:n], other_limit, *limits[n + 1 :])
                yield Mutant((section, f"{section} {n + 1}"), what, _with_limits(q, section, changed))


def _with_limits(q: Questionnaire, section: str, limits: tuple[DayLimit, ...]) -> Questionnaire:
    return replace(q, validity=limits) if section == "validity" else replace(q, bookings=limits)


def _tag_mutants(q: Questionnaire) -> Iterator[Mutant]:
    for n, tag in enumerate(q.tags):
        faults = [(what, replace(tag, when=other)) for what, other in variants(tag.when, q)]
        if tag.span is not None:
            for part in ("at", "below"):
                bound = getattr(tag.span, part)
                for step in (1, -1) if bound is not None else ():
                    span = replace(tag.span, **{part: bound + step})
                    faults.append((f"{part} {bound + step}", replace(tag, span=span)))
        for what, other_tag in faults:
            tags = (*q.tags[:n], other_tag, *q.tags[n + 1 :])
            yield Mutant(("tags", f"tag {n + 1} {tag.tag}"), what, replace(q, tags=tags))


def _judging(q: Questionnaire) -> frozenset[str]:
    """Named conditions that a rule or a weak point uses, directly or through others."""
    entries: list[Any] = [*q.rules.values(), *q.weak_points.values(), *q.tags, *q.validity, *q.bookings]
    conditions = [entry.when for entry in entries] + [
        f.asked for f in q.fields.values() if f.asked is not None
    ]
    return frozenset(name for condition in conditions for name in used_names(q, condition))


def variants(condition: Condition, q: Questionnaire) -> Iterator[tuple[str, Condition]]:
    """The condition with one fault in it."""
    match condition:
        case Compare():
            yield from _compare_variants(condition, q)
        case AllOf(parts):
            if len(parts) > 1:
                yield "all -> any", AnyOf(parts)
            yield from _part_variants(condition, parts, q, AllOf)
        case AnyOf(parts):
            if len(parts) > 1:
                yield "any -> all", AllOf(parts)
            yield from _part_variants(condition, parts, q, AnyOf)
        case AtLeast(count, parts):
            yield f"at least {count} -> {count + 1}", AtLeast(count + 1, parts)
            yield f"at least {count} -> {count - 1}", AtLeast(count - 1, parts)
            for n, part in enumerate(parts):
                for what, other in variants(part, q):
                    yield what, AtLeast(count, (*parts[:n], other, *parts[n + 1 :]))
        case Not(part):
            yield "not lost", part
            for what, other in variants(part, q):
                yield f"not {what}", Not(other)
        case Is(name):
            yield f"{name} -> always", ALWAYS
            yield f"{name} -> never", NEVER


def _part_variants(
    condition: AllOf | AnyOf, parts: tuple[Condition, ...], q: Questionnaire, kind: type[AllOf] | type[AnyOf]
) -> Iterator[tuple[str, Condition]]:
    for n, part in enumerate(parts):
        if len(parts) > 1:
            yield f"part {n + 1} left out of {kind.__name__}", kind((*parts[:n], *parts[n + 1 :]))
        for what, other in variants(part, q):
            yield what, kind((*parts[:n], other, *parts[n + 1 :]))


def _compare_variants(test: Compare, q: Questionnaire) -> Iterator[tuple[str, Condition]]:
    shown = f"{test.field} {test.op} {test.value}"
    for op in NEIGHBOURS.get(test.op, ()):
        yield f"{shown} -> {op}", dataclasses.replace(test, op=op)
    if isinstance(test.value, int | float) and not isinstance(test.value, bool):
        for step in (1, -1):
            yield f"{shown} -> {test.value + step}", dataclasses.replace(test, value=test.value + step)
    field = q.fields.get(test.field)
    if test.op == "=" and test.value in ("y", "n") and field is not None and "u" in field.values:
        yield f"{shown} -> or u", Compare(test.field, "in", (test.value, "u"))
    if isinstance(test.value, tuple):
        for word in test.value:
            rest = tuple(other for other in test.value if other != word)
            yield f"{shown} without {word}", dataclasses.replace(test, value=rest)
        for word in field.values if field is not None else ():
            if word not in test.value:
                yield f"{shown} with {word}", dataclasses.replace(test, value=(*test.value, word))
    if test.op == "has" and field is not None:
        after = field.values[(field.values.index(str(test.value)) + 1) % len(field.values)]
        yield f"{shown} -> {after}", dataclasses.replace(test, value=after)
    yield f"{shown} -> always", ALWAYS
    yield f"{shown} -> never", NEVER


# --- the battery that must notice ----------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """What an answer set comes to. ``level``: the highest of the rules; ``asked``: what is asked only now
    and then.

    ``tags`` as "tag first last" in days from the result; ``valid`` and ``book`` in days, -1 for none.
    """

    level: Disposition
    rules: frozenset[str]
    weak_points: frozenset[str]
    asked: frozenset[str]
    tags: frozenset[str]
    valid: int
    book: int


@dataclass(frozen=True)
class Golden:
    """An answer set, what it must come to, and the fault it is there to notice."""

    answers: Answers
    comes_to: Outcome
    made_for: str = ""


def outcome(q: Questionnaire, answers: Answers) -> Outcome:
    """What these answers come to now."""
    result = assess(q, answers)
    view = seen_by_rules(q, answers)
    asked = [name for name, f in q.fields.items() if f.asked and holds(f.asked, view, q.defines)]
    return Outcome(
        level=highest(q.rules[rule].disposition for rule in result.rules),
        rules=frozenset(result.rules),
        weak_points=frozenset(result.weak_points),
        asked=frozenset(asked),
        tags=frozenset(f"{t.tag} {t.first} {t.last}" for t in result.tags),
        valid=-1 if result.valid_days is None else result.valid_days,
        book=-1 if result.book_days is None else result.book_days,
    )


def notices(mutant: Mutant, golden: Golden) -> bool:
    """The answer set comes to something else with this fault."""
    return outcome(mutant.q, golden.answers) != golden.comes_to


def unlike(mutant: Mutant, q: Questionnaire) -> Any:
    """The answer sets that the fault changes, as logic: some condition that judges comes out otherwise."""
    sound, faulty = Logic.of(q), Logic.of(mutant.q)
    section = mutant.where[0]
    pairs = [
        *((q.rules[n].when, mutant.q.rules[n].when) for n in q.rules),
        *((q.weak_points[n].when, mutant.q.weak_points[n].when) for n in q.weak_points),
        *((f.asked or NEVER, mutant.q.fields[n].asked or NEVER) for n, f in q.fields.items()),
    ]
    differs = [sound.says(a) != faulty.says(b) for a, b in pairs if a != b or touches(mutant, a, q)]
    both = zip(q.tags, mutant.q.tags, strict=True)
    tags = {a.tag for a, b in both if a != b or touches(mutant, a.when, q)}
    differs += [_tag_differs(sound, faulty, tag) for tag in sorted(tags)]
    if any(q.rules[n].disposition != mutant.q.rules[n].disposition for n in q.rules):
        differs += [sound.at_least(level) != faulty.at_least(level) for level in LEVELS]
    if any(q.weak_points[n].strong != mutant.q.weak_points[n].strong for n in q.weak_points):
        differs += [sound.fires(n) != faulty.fires(n) for n in ("W1", "W2", "W3")]
    for part in ("validity", "bookings"):
        if section == part or any(touches(mutant, limit.when, q) for limit in getattr(q, part)):
            differs += [_days_differ(sound, faulty, part)]
    return z3.And(*sound.possible(), z3.Or(differs))


def _tag_differs(sound: Logic, faulty: Logic, tag: str) -> Any:
    """The tag holds on other days: from its first day (-1: before today) to its last (OPEN: no end)."""
    return z3.Or([a != b for a, b in zip(_tag_days(sound, tag), _tag_days(faulty, tag), strict=True)])


OPEN = 1_000_000


def _tag_days(logic: Logic, tag: str) -> tuple[Any, Any]:
    first, last = z3.IntVal(OPEN), z3.IntVal(-OPEN)
    for rule in logic.q.tags:
        if rule.tag == tag:
            begins, ends = _span_days(logic, rule)
            holds_now = z3.And(logic.says(rule.when), ends >= 0)
            first = z3.If(z3.And(holds_now, begins < first), begins, first)
            last = z3.If(z3.And(holds_now, ends > last), ends, last)
    return first, last


def _span_days(logic: Logic, rule: TagRule) -> tuple[Any, Any]:
    span = rule.span
    if span is None:
        return z3.IntVal(-1), z3.IntVal(OPEN)
    count = logic.read(span.field)
    assert isinstance(count, Number)
    at = (
        z3.IntVal(-1)
        if span.at is None
        else z3.If(count.value >= span.at, -1, (span.at - count.value) * span.days_each)
    )
    below = z3.IntVal(OPEN) if span.below is None else (span.below - count.value) * span.days_each - 1
    return z3.If(count.given, at, -1), z3.If(count.given, below, OPEN)


def _days_differ(sound: Logic, faulty: Logic, section: str) -> Any:
    """The least number of days that applies is another one."""

    def least(logic: Logic) -> Any:
        number = z3.IntVal(-1)
        for limit in sorted(getattr(logic.q, section), key=lambda one: -one.days):
            number = z3.If(logic.says(limit.when), limit.days, number)
        return number

    lower = z3.Not(sound.at_least("CLINICIAN_FIRST" if section == "validity" else "EMERGENCY"))
    return z3.And(least(sound) != least(faulty), *adults(sound), lower)


def adults(logic: Logic) -> list[Any]:
    """Answer sets of adults who answered everything."""
    age = logic.terms["age"]
    assert isinstance(age, Number)
    asked = [f.name for f in logic.q.fields.values() if f.asked and not f.nullable]
    return [age.value >= ADULT, *(given(logic.terms[name]) for name in asked)]


def touches(mutant: Mutant, condition: Condition, q: Questionnaire) -> bool:
    """The condition looks at the named condition that was changed, or at the weak points when one was."""
    section, name = mutant.where
    counts = any(test.field.startswith("weak_") for test in comparisons(condition, q.defines))
    if section == "weak_points":
        return counts
    points = [p.when for p in q.weak_points.values()] if counts else []
    return section == "defines" and any(name in used_names(q, c) for c in (condition, *points))


def used_names(q: Questionnaire, condition: Condition) -> frozenset[str]:
    """Named conditions inside, through each other."""
    found: set[str] = set()
    todo = list(names_in(condition))
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += names_in(q.defines[name])
    return frozenset(found)
