"""The closed set of operators that the questionnaire's rules are written in.

A condition is a value, never code: it can be listed, counted, translated to logic and proven. What a rule
file may say is exactly what the classes here can hold.

Conventions of this file
- A field that was not given makes every comparison false, ``!=`` too. So does an explicit ``None`` (nothing
  of the kind: no birth, no operation).
- ``has`` asks whether a list holds a word; a skipped list holds none. ``exists`` is true for anything given
  that is not ``None``, an empty list or ``skip``.
- ``Is`` names a condition defined once for all rules.
- Standard dataclasses, where the core else has structs: they are made of each other, and ``store.twin`` has no way
  with that, while pydantic reads these as they are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

Value = str | int | float | tuple[str, ...] | None
"""One answer: a word, a number, a list of words, or "nothing of the kind"."""

Answers = Mapping[str, Value]
"""Answers by field name. A field that is not a key was not answered."""

Operator = Literal["=", "!=", ">", "<", ">=", "<=", "in", "has", "exists"]
OPERATORS: Final[tuple[Operator, ...]] = get_args(Operator)

SKIP: Final = "skip"
"""The word for "I will not answer this one"."""


@dataclass(frozen=True, slots=True)
class Compare:
    """One answer against a value. ``in`` has a tuple as its value, ``exists`` has True."""

    field: str
    op: Operator
    value: Value | Literal[True]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; without parts it always holds."""

    all_of: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part holds; without parts it never does."""

    any_of: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    negated: "Condition"


@dataclass(frozen=True, slots=True)
class AtLeast:
    """``count`` or more of the parts hold."""

    count: int
    of: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Is:
    """The condition of that name holds."""

    name: str


Condition = Compare | AllOf | AnyOf | Not | AtLeast | Is
ALWAYS: Final = AllOf(())


def holds(condition: Condition, answers: Answers, defines: Mapping[str, Condition]) -> bool:
    """Does the condition hold for these answers? Total: every condition over every answer set is true or
    false.
    """
    match condition:
        case Compare():
            return compares(condition, answers.get(condition.field))
        case AllOf(parts):
            return all(holds(part, answers, defines) for part in parts)
        case AnyOf(parts):
            return any(holds(part, answers, defines) for part in parts)
        case Not(part):
            return not holds(part, answers, defines)
        case AtLeast(count, parts):
            return sum(holds(part, answers, defines) for part in parts) >= count
        case Is(name):  # pragma: no branch - there is no other kind
            return holds(defines[name], answers, defines)


def compares(test: Compare, value: Value) -> bool:
    """One comparison. A word is never smaller or larger than anything."""
    if value is None:
        return False
    match test.op:
        case "exists":
            return value not in ((), SKIP)
        case "has":
            return isinstance(value, tuple) and test.value in value
        case "in":
            return isinstance(test.value, tuple) and value in test.value
        case "=":
            return value == test.value
        case "!=":
            return value != test.value
    if not isinstance(value, (int, float)) or not isinstance(test.value, (int, float)):
        return False
    match test.op:
        case ">":
            return value > test.value
        case "<":
            return value < test.value
        case ">=":
            return value >= test.value
        case "<=":  # pragma: no branch - there is no other sign
            return value <= test.value


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """The conditions directly inside this one."""
    match condition:
        case AllOf(parts) | AnyOf(parts) | AtLeast(_, parts):
            return parts
        case Not(part):
            return (part,)
        case _:
            return ()


def comparisons(condition: Condition, defines: Mapping[str, Condition]) -> Iterator[Compare]:
    """Every comparison inside, through named conditions as well."""
    if isinstance(condition, Compare):
        yield condition
    if isinstance(condition, Is):
        yield from comparisons(defines[condition.name], defines)
    for part in parts_of(condition):
        yield from comparisons(part, defines)


def fields_in(condition: Condition, defines: Mapping[str, Condition]) -> frozenset[str]:
    """The names of all fields that the condition looks at."""
    return frozenset(test.field for test in comparisons(condition, defines))


def names_in(condition: Condition) -> Iterator[str]:
    """The names of the conditions that this one refers to itself (not through others)."""
    if isinstance(condition, Is):
        yield condition.name
    for part in parts_of(condition):
        yield from names_in(part)
