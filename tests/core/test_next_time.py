"""The look ahead after a session: from the records alone, and silent where there is nothing to tell."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

import shipped
from backmove.core.clearance import Standing
from backmove.core.diary import Diary
from backmove.core.next_time import next_change
from backmove.core.plan import Block
from session_strategies import person

CATALOG, PARAMETERS = shipped.library()
OPEN = Standing(disposition="SELF_CARE", valid_until="2026-04-01")


def test_before_any_session_there_is_nothing_to_tell() -> None:
    assert next_change(CATALOG, PARAMETERS, Diary(), OPEN, "2026-03-04") is None


@settings(max_examples=40)
@given(st.randoms(use_true_random=False))
def test_what_is_told_is_a_main_row_with_its_reason_and_the_same_when_asked_again(rng: Random) -> None:
    someone = person(rng, CATALOG)
    if not someone.diary.sessions:
        return
    day = "2026-03-09"
    told = next_change(CATALOG, PARAMETERS, someone.diary, someone.standing, day)
    assert told == next_change(CATALOG, PARAMETERS, someone.diary, someone.standing, day)
    if told is not None:
        item, why = told
        assert item.block is Block.MAIN and why
    last = someone.diary.sessions[-1].day
    assert next_change(CATALOG, PARAMETERS, someone.diary, someone.standing, last) is None
