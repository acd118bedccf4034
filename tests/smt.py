"""``data/triage.yaml`` as logic for z3: every answer set at once.

An answer set is a set of truths and whole numbers: one truth for each word a field can have (at most one
holds, none when it was not answered), one for each item of a list, a number and "was it given" for a count.
Temperatures are hundredths of a degree. What the engine derives (``core/answers.py``) is derived here again,
independently; the translation itself is tested against the engine on random answer sets
(``test_triage_proof.py``).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import z3

from backmove.core.condition import (
    SKIP,
    AllOf,
    Answers,
    AnyOf,
    AtLeast,
    Compare,
    Condition,
    Is,
    Not,
    Value,
    fields_in,
)
from backmove.core.questionnaire import RANK, Field, Questionnaire
from backmove.core.record import Disposition

NO, YES = z3.BoolVal(False), z3.BoolVal(True)
LEVELS: tuple[Disposition, ...] = ("CAREFUL", "CLINICIAN_FIRST", "SAME_DAY", "EMERGENCY")
NUMBERS = ("days", "weeks", "years", "score", "temperature")
FREE = ("clearance_used", "no_spread_to_bone")
"""Derived fields that the proof leaves open: any value counts."""


@dataclass(frozen=True)
class Words:
    """A word or none."""

    of: Mapping[str, Any]


@dataclass(frozen=True)
class Items:
    """A list of words; ``skipped`` when the question was."""

    of: Mapping[str, Any]
    skipped: Any = NO


@dataclass(frozen=True)
class Number:
    """A whole number, and whether it was given."""

    value: Any
    given: Any


Term = Words | Items | Number


def put_in(logic: "Logic", answers: Answers) -> list[tuple[Any, Any]]:
    """One answer set as replacements for every symbol of ``logic``."""
    found: list[tuple[Any, Any]] = []
    for name, term in logic.terms.items():
        value = answers.get(name)
        match term:
            case Number(number, said):
                scale = 100 if name == "temperature" else 1
                whole = round(value * scale) if isinstance(value, int | float) else 0
                found += [(number, z3.IntVal(whole)), (said, z3.BoolVal(value is not None))]
            case Words(of):
                found += [(truth, z3.BoolVal(word == value)) for word, truth in of.items()]
            case Items(of, skipped):
                items = value if isinstance(value, tuple) else ()
                found += [(truth, z3.BoolVal(word in items)) for word, truth in of.items()]
                found += [] if z3.is_false(skipped) else [(skipped, z3.BoolVal(value == SKIP))]
    return found


def given(term: Term) -> Any:
    """There is an answer, and it is no skip."""
    match term:
        case Number(_, said):
            return said
        case Words(of):
            return z3.Or([truth for word, truth in of.items() if word != SKIP])
        case Items(_, skipped):
            return z3.Not(skipped)


@dataclass
class Logic:
    """One symbolic answer set, and what it says of every condition and rule.

    ``terms`` may replace some answers of another set (``changed``); everything that does not look at them is
    shared.
    """

    q: Questionnaire
    terms: dict[str, Term]
    base: "Logic | None" = None
    differs: frozenset[str] = frozenset()
    _known: dict[str, Any] = field(default_factory=dict)
    _looks: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, q: Questionnaire) -> "Logic":
        """Every answer set, with the fields that only the questions set."""
        terms = {name: _term(f) for name, f in q.fields.items()}
        free = {name: _term(Field(name, "choice", values=("y", "n"))) for name in FREE}
        return cls(q, {**terms, **free})

    def changed(self, **terms: Term) -> "Logic":
        """The same answer set but for these answers."""
        return Logic(self.q, {**self.terms, **terms}, self, frozenset(terms), {}, self._looks)

    # --- the set itself ----------------------------------------------------------------------------------

    def possible(self) -> list[Any]:
        """What every answer set keeps to: one word for a field, items only when not skipped, numbers in
        range.
        """
        return [c for name, term in self.terms.items() for c in _limits(self.q.fields.get(name), term)]

    # --- what it says ------------------------------------------------------------------------------------

    def says(self, condition: Condition) -> Any:
        match condition:
            case Compare():
                return self._compare(condition)
            case AllOf(parts):
                return z3.And([self.says(part) for part in parts])
            case AnyOf(parts):
                return z3.Or([self.says(part) for part in parts])
            case Not(part):
                return z3.Not(self.says(part))
            case AtLeast(count, parts):
                return z3.AtLeast(*[self.says(part) for part in parts], count)
            case Is(name):
                return self._cached(f"is {name}", self.q.defines[name])

    def fires(self, rule: str) -> Any:
        return self._cached(f"rule {rule}", self.q.rules[rule].when)

    def at_least(self, level: Disposition, *, without: Iterable[str] = ()) -> Any:
        """Some rule of this level or above fires."""
        gone = set(without)
        rules = [
            r.id for r in self.q.rules.values() if RANK[r.disposition] >= RANK[level] and r.id not in gone
        ]
        return z3.Or([self.fires(rule) for rule in rules])

    def _cached(self, key: str, condition: Condition) -> Any:
        if self.base is not None and not self._touched(key, condition):
            return self.base._cached(key, condition)
        if key not in self._known:
            self._known[key] = self.says(condition)
        return self._known[key]

    def _touched(self, key: str, condition: Condition) -> bool:
        if key not in self._looks:
            self._looks[key] = looks_at(self.q, condition)
        return bool(self._looks[key] & self.differs)

    # --- comparisons -------------------------------------------------------------------------------------

    def _compare(self, test: Compare) -> Any:
        if test.field in ("fired", "careful_by", "result"):
            return self._compare_result(test)
        term = self.read(test.field)
        if isinstance(term, Number):
            return _compare_number(test, term)
        if isinstance(term, Items):
            match test.op:
                case "has":
                    return term.of[str(test.value)]
                case "exists":
                    return z3.Or(list(term.of.values()))
            return term.skipped if test.value == SKIP and test.op == "=" else NO
        words = term.of
        match test.op:
            case "=":
                return words.get(str(test.value), NO)
            case "!=":
                return z3.Or([truth for word, truth in words.items() if word != test.value])
            case "in":
                wanted = test.value if isinstance(test.value, tuple) else ()
                return z3.Or([words[word] for word in wanted if word in words])
            case "exists":
                return z3.Or([truth for word, truth in words.items() if word != SKIP])
        return NO

    def _compare_result(self, test: Compare) -> Any:
        """What fired, and the level it comes to (without INCOMPLETE and scope)."""
        if test.field == "fired":
            return self.fires(str(test.value))
        if test.field == "careful_by":
            careful = [
                r.id for r in self.q.rules.values() if r.disposition == "CAREFUL" and r.id != "P-clear"
            ]
            return z3.Or([self.fires(rule) for rule in careful])
        place = LEVELS.index(test.value)
        above = self.at_least(LEVELS[place + 1]) if place + 1 < len(LEVELS) else NO
        return z3.And(self.at_least(LEVELS[place]), z3.Not(above))

    def read(self, name: str) -> Term:
        """The answer as the rules see it: derived, or filled in where "not said" counts for something."""
        derived: dict[str, Callable[[], Term]] = {
            "pain": self._pain,
            "age_at_onset": self._age_at_onset,
            "temp_c": lambda: self.terms["temperature"],
            "weak_count": lambda: self._weak(strong=False),
            "weak_strong": lambda: self._weak(strong=True),
        }
        if name in derived:
            return derived[name]()
        term, absent = self.terms[name], self.q.fields[name].absent if name in self.q.fields else None
        if absent is None:
            return term
        if isinstance(term, Number):
            return Number(z3.If(term.given, term.value, absent), YES)
        assert isinstance(term, Words)
        none = z3.Not(z3.Or(list(term.of.values())))
        return Words(
            {word: z3.Or(truth, none) if word == absent else truth for word, truth in term.of.items()}
        )

    def _pain(self) -> Number:
        now, usual = self.terms["pain_now"], self.terms["pain_usual"]
        assert isinstance(now, Number)
        assert isinstance(usual, Number)
        first = z3.And(now.given, z3.Or(z3.Not(usual.given), now.value >= usual.value))
        return Number(z3.If(first, now.value, usual.value), z3.Or(now.given, usual.given))

    def _age_at_onset(self) -> Number:
        """In hundredths of a day."""
        age, onset = self.terms["age"], self.terms["onset_days"]
        assert isinstance(age, Number)
        assert isinstance(onset, Number)
        return Number(36525 * age.value - 100 * onset.value, z3.And(age.given, onset.given))

    def _weak(self, *, strong: bool) -> Number:
        points = [p for p in self.q.weak_points.values() if p.strong or not strong]
        truths = [self._cached(f"weak {p.id}", p.when) for p in points]
        return Number(z3.Sum([z3.If(truth, 1, 0) for truth in truths]), YES)


def _term(f: Field) -> Term:
    if f.type in NUMBERS:
        return Number(z3.Int(f.name), z3.Bool(f"{f.name} given"))
    truths = {word: z3.Bool(f"{f.name}={word}") for word in f.values}
    skipped = z3.Bool(f"{f.name}={SKIP}") if f.skip else NO
    if f.type == "list":
        return Items(truths, skipped)
    return Words({**truths, **({SKIP: skipped} if f.skip else {})})


def _limits(f: Field | None, term: Term) -> list[Any]:
    match term:
        case Words(of):
            return [z3.AtMost(*of.values(), 1)]
        case Items(of, skipped):
            return [z3.Implies(skipped, z3.Not(truth)) for truth in of.values()]
        case Number(value, _):
            assert f is not None
            low, high = (3000, 4500) if f.type == "temperature" else (f.minimum, f.maximum)
            return [value >= low, value <= high]


def _compare_number(test: Compare, term: Number) -> Any:
    scale = {"temp_c": 100, "age_at_onset": 36525}.get(test.field, 1)
    if test.op == "exists":
        return term.given
    assert isinstance(test.value, int | float)
    bound = round(test.value * scale)
    truths = {
        "=": term.value == bound,
        "!=": term.value != bound,
        ">": term.value > bound,
        "<": term.value < bound,
        ">=": term.value >= bound,
        "<=": term.value <= bound,
    }
    return z3.And(term.given, truths[test.op])


DERIVED_FROM = {
    "pain": ("pain_now", "pain_usual"),
    "age_at_onset": ("age", "onset_days"),
    "temp_c": ("temperature",),
}


def looks_at(q: Questionnaire, condition: Condition) -> frozenset[str]:
    """The answers that a condition depends on, through definitions and derived fields."""
    names = fields_in(condition, q.defines)
    found = {answer for name in names for answer in DERIVED_FROM.get(name, (name,))}
    if names & {"weak_count", "weak_strong"}:
        found |= {a for p in q.weak_points.values() for a in looks_at(q, p.when)}
    return frozenset(found)


def answers_of(logic: Logic, model: z3.ModelRef) -> dict[str, Value]:
    """The answer set of a model, as the engine takes it (temperatures in degrees)."""
    told: dict[str, Value] = {}
    for name, term in logic.terms.items():
        value = _value_of(term, model)
        if value is not None or (name in logic.q.fields and logic.q.fields[name].nullable):
            told[name] = value / 100 if name == "temperature" and isinstance(value, int) else value
    return told


def _value_of(term: Term, model: z3.ModelRef) -> Value:
    def true(truth: Any) -> bool:
        return bool(z3.is_true(model.eval(truth, model_completion=True)))

    match term:
        case Number(value, given):
            return int(model.eval(value, model_completion=True).as_long()) if true(given) else None
        case Words(of):
            return next((word for word, truth in of.items() if true(truth)), None)
        case Items(of, skipped):
            return SKIP if true(skipped) else tuple(word for word, truth in of.items() if true(truth))
