"""How long a typed number may be, and the bands of ages."""

from itertools import pairwise

import pytest

from backmove.core.profile import AGE_BANDS
from backmove.core.typed import whole_number
from backmove.errors import UsageProblem


def test_nine_digits_are_read_and_ten_are_outside() -> None:
    assert whole_number("--size", "123456789", 0, 10**9) == 123456789
    with pytest.raises(UsageProblem, match="outside"):
        whole_number("--size", "1234567890", 0, 10**12)


def test_the_bands_of_ages_begin_with_grown_ups_and_leave_nobody_out() -> None:
    bands = [band.removesuffix("+").split("-") for band in AGE_BANDS]
    assert bands[0][0] == "18" and AGE_BANDS[-1].endswith("+")
    assert all(int(before[1]) + 1 == int(after[0]) for before, after in pairwise(bands))
