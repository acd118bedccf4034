"""The harness that puts faults into the program: what it changes, what it leaves, and whom it draws."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "bench"))

from mutation.changes import Mutant, applies, mutants  # noqa: E402
from mutation.draw import drawn  # noqa: E402
from mutation.page import interval  # noqa: E402


def changed(source: str) -> list[str]:
    """The modules that a module may become, one fault in each; only those that are another program."""
    return [mutant.source for mutant in mutants("core/some.py", source) if applies(mutant, source)]


def one(source: str, new: str) -> Mutant:
    return next(mutant for mutant in mutants("core/some.py", source) if mutant.new == new)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = a < b", "x = (a <= b)"),
        ("x = a >= b", "x = (a > b)"),
        ("x = a == b", "x = (a != b)"),
        ("x = a in b", "x = (a not in b)"),
        ("x = a and b", "x = (a or b)"),
        ("x = a and b and c", "x = (a and c)"),
        ("x = not a", "x = (a)"),
        ("x = 3", "x = 4"),
        ("x = 3", "x = 2"),
        ("x = a + b", "x = (a - b)"),
        ("x = min(a, b)", "x = (max(a, b))"),
        ("x = all(a)", "x = (any(a))"),
        ("x = [a for a in b if a.good]", "x = [a for a in b if (True)]"),
        ("x.y = 3", "pass"),
        ("go(a)", "pass"),
        ("x = KNOWN['code']", "x = KNOWN['']"),
        ("if a:\n    b = c", "if not a:\n    b = c"),
        ("if a:\n    raise Wrong('text')", "if a:\n    pass"),
        ("def f() -> bool:\n    return g()", "def f() -> bool:\n    return True"),
        ("def f() -> str:\n    return g()", "def f() -> str:\n    return None"),
        ("for a in b:\n    continue\n    c = d", "for a in b:\n    pass\n    c = d"),
    ],
)
def test_each_of_these_slips_is_made(before: str, after: str) -> None:
    assert after in changed(before)


@pytest.mark.parametrize(
    "source",
    [
        '"""Words about it, 3 of them."""',
        "x: Literal[3]",
        "x = 'A text for people'",
        "x = f'{a + 1} minutes'",
        "import a",
        "class X(Struct, frozen=True):\n    pass",
        "if sys.platform == 'win32':\n    x = 3",
        "Way = Literal['up', 'down']",
    ],
)
def test_words_types_and_what_runs_on_windows_alone_are_left(source: str) -> None:
    assert changed(source) == []


def test_the_text_behind_raise_is_left() -> None:
    assert changed("raise Wrong(3)") == ["pass"]


def test_only_the_place_of_the_fault_is_changed() -> None:
    source = "x = 1  # ä comment\n\ny = (a <\n     b)\n"
    assert one(source, "a <= b").source == "x = 1  # ä comment\n\ny = ((a <= b))\n"


def test_a_mutant_keeps_its_name_when_lines_are_put_above_it() -> None:
    source = "def f() -> int:\n    return a + b\n"
    assert one(source, "a - b").key == one("x = 1\n\n" + source, "a - b").key


def test_two_that_read_alike_have_two_names() -> None:
    keys = [mutant.key for mutant in mutants("core/some.py", "x = f(a < b, a < b)")]
    assert len(keys) == len(set(keys))


def test_every_module_has_its_share_and_the_same_seed_draws_the_same() -> None:
    modules = {"core/much.py": "x = a < b\n" * 40, "core/little.py": "x = a < b\n"}
    first, counts = drawn(modules, 10, 1)
    assert counts == {"core/much.py": 40, "core/little.py": 1}
    assert {mutant.module for mutant in first} == set(modules)
    assert [m.key for m in first] == [m.key for m in drawn(modules, 10, 1)[0]]
    assert [m.key for m in first] != [m.key for m in drawn(modules, 10, 2)[0]]


def test_the_interval_is_wilsons() -> None:
    low, high = interval(90, 100)
    assert (round(low, 3), round(high, 3)) == (0.826, 0.945)
