"""Every number of the file means what is said of it in ``tests/parameter_meanings.py``."""

import pytest

import shipped
from parameter_meanings import STATEMENTS, Statement


@pytest.mark.parametrize("statement", [pytest.param(holds, id=name) for _, name, holds in STATEMENTS])
def test_the_shipped_numbers_mean_what_is_said_of_them(statement: Statement) -> None:
    statement(shipped.library()[1])


def test_no_two_statements_have_one_name() -> None:
    names = [name for _, name, _ in STATEMENTS]
    assert len(set(names)) == len(names)
