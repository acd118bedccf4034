"""What a diary is told apart by, and the days that a look back takes in."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from backmove.core.consultation_hurt import hurts_of
from backmove.core.corrections import EDITABLE
from backmove.core.diary import fold
from backmove.core.engagement import pauses_of
from backmove.core.lines import read_line, write_line
from backmove.core.record import KINDS, Guided, Pain, Refusal, Triage
from backmove.core.table_values import FIELDS
from given import clear_answers, done, session

Stamp = Callable[..., Mapping[str, Any]]


def triage(stamp: Stamp, days: float) -> Triage:
    return clear_answers(
        stamp(days=days),
    )


def test_later_safety_questions_do_not_change_the_seed_of_a_diary(stamp: Stamp) -> None:
    first, second = triage(stamp, -9), triage(stamp, -1)
    assert fold([first]).seed == fold([first, second]).seed == first.id
    assert fold([]).seed == ""


@pytest.mark.parametrize(("kind", "fields"), [*EDITABLE.items(), *FIELDS.items()])
def test_what_can_be_edited_or_read_from_a_table_is_a_field_of_its_kind(
    kind: str, fields: tuple[str, ...]
) -> None:
    assert set(fields) <= set(KINDS[kind].__struct_fields__)


@pytest.mark.parametrize(
    ("day", "inside"), [("2026-03-01", False), ("2026-03-02", True), ("2026-03-03", False)]
)
def test_what_hurt_on_the_first_and_the_last_day_of_a_period_is_in_it(
    stamp: Stamp, day: str, inside: bool
) -> None:
    given = session(stamp)
    refused = Refusal(**stamp(), code="pain-too-high")
    diary = fold([given, done(stamp, given, peak=8), Pain(**stamp(), score=9), refused])
    assert [hurt.source for hurt in hurts_of(diary, day, day)] == (
        ["session", "entry", "refusal"] if inside else []
    )


def test_a_day_that_has_not_come_ends_no_pause(stamp: Stamp) -> None:
    done_days = ["2026-02-01", "2026-03-09"]
    (pause,) = pauses_of(fold([]), done_days, (), "2026-02-01", "2026-03-02", "2026-03-02")
    assert (pause.begun, pause.ended) == ("2026-02-02", None)


def test_a_guide_that_has_just_begun_a_row_stands_at_its_start(stamp: Stamp) -> None:
    begun = Guided(**stamp(), session="s", row=0)
    assert (begun.seconds, begun.rows, begun.easier, begun.hurt) == (0.0, (), False, False)
    assert read_line(write_line(begun)) == begun
