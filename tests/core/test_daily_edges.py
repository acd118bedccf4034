"""The pain of an answer file is a whole number from 0 to 10 and nothing else."""

from typing import Any

import pytest

from backmove.core.daily import read_answers
from backmove.errors import UsageProblem


@pytest.mark.parametrize("pain", [True, False, 3.0, 3.5, "3", -1, 11, [3]])
def test_what_is_no_score_of_pain_is_refused(pain: Any) -> None:
    with pytest.raises(UsageProblem, match="from 0 to 10"):
        read_answers({"pain": pain}, ())


@pytest.mark.parametrize("pain", [0, 10, None])
def test_the_ends_of_the_scale_and_no_pain_at_all_are_taken(pain: Any) -> None:
    assert read_answers({"pain": pain}, ()).pain == pain
