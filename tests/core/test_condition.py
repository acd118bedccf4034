import pytest

from backmove.core.condition import (
    ALWAYS,
    AllOf,
    AnyOf,
    AtLeast,
    Compare,
    Condition,
    Is,
    Not,
    Operator,
    Value,
    fields_in,
    holds,
    names_in,
)

YES = Compare("here", "=", "y")
NO = Compare("here", "=", "n")
ANSWERS: dict[str, Value] = {
    "here": "y",
    "age": 70,
    "list": ("leak",),
    "skipped": "skip",
    "empty": (),
    "nothing": None,
}


def true(condition: Condition) -> bool:
    return holds(condition, ANSWERS, {"old": Compare("age", ">=", 70)})


@pytest.mark.parametrize(
    ("op", "value", "expected"),
    [
        ("=", 70, True),
        ("=", 71, False),
        ("!=", 71, True),
        ("!=", 70, False),
        (">", 69, True),
        (">", 70, False),
        ("<", 71, True),
        ("<", 70, False),
        (">=", 70, True),
        (">=", 71, False),
        ("<=", 70, True),
        ("<=", 69, False),
    ],
)
def test_numbers_are_compared(op: Operator, value: Value, expected: bool) -> None:
    assert true(Compare("age", op, value)) is expected


@pytest.mark.parametrize("op", ["=", "!=", ">", "<", ">=", "<=", "in", "has", "exists"])
@pytest.mark.parametrize("field", ["never-said", "nothing"])
def test_what_was_not_given_makes_every_comparison_false(op: Operator, field: str) -> None:
    value: Value | bool = True if op == "exists" else ("y",) if op == "in" else 1
    assert not true(Compare(field, op, value))


def test_a_word_is_one_of_several() -> None:
    assert true(Compare("here", "in", ("y", "u")))
    assert not true(Compare("here", "in", ("n", "u")))


def test_a_list_has_its_items_and_a_skipped_one_has_none() -> None:
    assert true(Compare("list", "has", "leak"))
    assert not true(Compare("list", "has", "urgency"))
    assert not true(Compare("skipped", "has", "skip"))
    assert true(Compare("skipped", "=", "skip"))


def test_exists_means_given_and_neither_empty_nor_skipped() -> None:
    assert true(Compare("here", "exists", True))
    assert true(Compare("list", "exists", True))
    assert not true(Compare("empty", "exists", True))
    assert not true(Compare("skipped", "exists", True))


def test_a_word_is_neither_more_nor_less_than_a_number() -> None:
    assert not true(Compare("here", ">", 1))
    assert not true(Compare("here", "<=", 1))


def test_all_any_not_and_at_least() -> None:
    assert true(AllOf((YES, YES)))
    assert not true(AllOf((YES, NO)))
    assert true(AnyOf((NO, YES)))
    assert not true(AnyOf((NO, NO)))
    assert true(Not(NO))
    assert not true(Not(YES))
    assert true(AtLeast(2, (YES, NO, YES)))
    assert not true(AtLeast(3, (YES, NO, YES)))
    assert true(ALWAYS)
    assert not true(AnyOf(()))


def test_a_named_condition_holds_when_what_it_names_does() -> None:
    assert true(Is("old"))
    assert not true(Not(Is("old")))


def test_the_fields_of_a_condition_are_found_through_names() -> None:
    condition = AllOf((Is("old"), Not(AtLeast(1, (YES, Compare("list", "has", "leak"))))))
    assert fields_in(condition, {"old": Compare("age", ">=", 70)}) == {"age", "here", "list"}
    assert list(names_in(condition)) == ["old"]
