"""A chain that is closed stays closed, also when no way of moving is."""

import shipped
from backmove.core.helpful_direction import Ways

CATALOG, _ = shipped.library()


def test_a_closed_chain_is_left_out_without_any_blocked_way() -> None:
    row = next(row for row in CATALOG.exercises.values() if row.chain is not None)
    assert row.chain is not None
    assert Ways().admit(row, 1)
    assert not Ways(chains=frozenset({row.chain.id})).admit(row, 5)
    assert Ways(chains=frozenset({"another"})).admit(row, 5)


def test_a_row_without_a_chain_is_closed_by_its_own_name() -> None:
    row = next(row for row in CATALOG.exercises.values() if row.chain is None)
    assert not Ways(chains=frozenset({row.id})).admit(row, 5)
