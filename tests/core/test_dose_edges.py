"""How much a dose is, and how it is said in short."""

import pytest

from backmove.core.changes import dose_said
from backmove.core.dose import amount
from backmove.core.record import GivenDose


@pytest.mark.parametrize(
    ("dose", "much", "said"),
    [
        (GivenDose("reps", (10, 10), tempo_s=4), 20, "2x10"),
        (GivenDose("holds", (3, 2), hold_s=10), 50, "3-2"),
        (GivenDose("pyramid", (6, 4, 2), hold_s=8), 96, "6-4-2"),
        (GivenDose("stretch", (2,), hold_s=30), 60, "2x30s"),
        (GivenDose("minutes", minutes=5), 5, "5min"),
    ],
)
def test_a_dose_is_counted_and_said_by_its_kind(dose: GivenDose, much: int, said: str) -> None:
    assert (amount(dose), dose_said(dose)) == (much, said)
