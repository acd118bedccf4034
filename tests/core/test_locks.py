from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest

from backmove.core.assess import Assessment, assess
from backmove.core.condition import Answers
from backmove.core.locks import Held, another_person, as_stored, hold, standing_locks, to_record
from backmove.core.questionnaire import Claim
from backmove.core.record import Triage
from questions import claim_for, result_of, shipped, told

Q = shipped()
START = datetime.fromisoformat("2026-11-01T10:00:00+01:00")


class Life:
    """One person's triages, one after the other."""

    def __init__(self) -> None:
        self.records: list[Triage] = []
        self.last: Held | None = None

    def run(
        self,
        hours: float,
        *,
        wrongly: bool = False,
        claim: Claim | None = None,
        ended: Any = "finished",
        assumed: bool = False,
        **changes: Any,
    ) -> Triage:
        at = START + timedelta(hours=hours)
        answers = told(**changes)
        result = assess(Q, answers, claim, today=at.date(), assumed=assumed)
        self.last = hold(Q, self.records, result, at, day=at.date(), wrongly=wrongly, claim=claim)
        stamp = {
            "v": 1,
            "id": f"{len(self.records):012d}",
            "at": at.isoformat(),
            "day": at.date().isoformat(),
        }
        record = to_record(result, answers, self.last, stamp, ended=ended, wrongly=wrongly)
        self.records.append(record)
        return record


NUMB: dict[str, Any] = {"saddle": "y", "saddle_days": 0, "saddle_trend": "new"}
FEVER: dict[str, Any] = {"fever": "y"}
THIN: dict[str, Any] = {"weight_loss": "y"}


def claim_on(hours: float, *rules: str, **changes: Any) -> Claim:
    return claim_for(*rules, day=(START + timedelta(hours=hours)).date(), **changes)


def test_a_clean_first_run_is_held_by_nothing() -> None:
    record = Life().run(0)
    assert record.disposition == "SELF_CARE"
    assert record.unlocked
    assert record.held_by is None


# --- after EMERGENCY and SAME_DAY --------------------------------------------------------------------------


@pytest.mark.parametrize("sign", [NUMB, FEVER], ids=["EMERGENCY", "SAME_DAY"])
def test_f04_milder_answers_five_minutes_later_open_nothing(sign: dict[str, Any]) -> None:
    life = Life()
    first = life.run(0, ended="emergency", **sign)
    again = life.run(0.1)
    assert again.disposition == first.disposition
    assert again.held_by == first.disposition
    assert again.result == "SELF_CARE"
    assert not again.unlocked
    assert again.valid_until is None


def test_f05_two_clean_runs_a_day_apart_and_answered_wrongly_both_times_open_gently() -> None:
    life = Life()
    life.run(0, **NUMB)
    assert life.run(1, wrongly=True).disposition == "EMERGENCY"
    opened = life.run(26, wrongly=True)
    assert opened.disposition == "SELF_CARE"
    assert opened.unlocked
    assert opened.gentle
    assert not life.run(24 * 9).gentle


@pytest.mark.parametrize(
    ("first", "second", "hours"),
    [(True, True, 24.9), (False, True, 40), (True, False, 40), (False, False, 40)],
    ids=["too soon", "only the second", "only the first", "neither"],
)
def test_two_clean_runs_that_do_not_open(first: bool, second: bool, hours: float) -> None:
    life = Life()
    life.run(0, **NUMB)
    life.run(1, wrongly=first)
    assert life.run(hours, wrongly=second).disposition == "EMERGENCY"


def test_a_new_sign_between_two_clean_runs_begins_anew() -> None:
    life = Life()
    life.run(0, **NUMB)
    life.run(1, wrongly=True)
    life.run(2, **FEVER)
    assert life.run(27, wrongly=True).disposition == "EMERGENCY"
    assert life.run(52, wrongly=True).disposition == "SELF_CARE"


def test_f06_a_clearance_the_next_day_opens_gently_when_the_fever_is_gone() -> None:
    life = Life()
    life.run(0, **FEVER)
    opened = life.run(26, claim=claim_on(24, "U1"))
    assert opened.disposition == "SELF_CARE"
    assert opened.cleared == ("U1",)
    assert opened.gentle
    assert opened.unlocked


def test_f07_a_clearance_does_not_help_while_the_chest_still_hurts() -> None:
    life = Life()
    life.run(0, chest_or_faint="y")
    assert life.run(26, claim=claim_on(24, "E1"), chest_or_faint="y").disposition == "EMERGENCY"
    assert life.run(27, claim=claim_on(24, "E1")).disposition == "SELF_CARE"


@pytest.mark.parametrize(
    "claim",
    [
        claim_on(24, "C1"),
        claim_on(-24, "U1"),
        claim_on(72, "U1"),
        claim_on(24, "U1", looked_at_sign=False),
        claim_on(24, "U1", exercise_fine=False),
        claim_on(24, "U1", nothing_worse=False),
    ],
    ids=["another rule", "before the sign was told", "still to come", "not looked", "not fine", "worse"],
)
def test_a_clearance_that_lifts_nothing(claim: Claim) -> None:
    life = Life()
    life.run(0, **FEVER)
    assert life.run(26, claim=claim).disposition == "SAME_DAY"


def test_every_rule_of_a_lock_must_be_named() -> None:
    life = Life()
    assert set(life.run(0, **FEVER, **THIN).rules) == {"U1", "U6b", "C1"}
    assert life.run(20, claim=claim_on(20, "U1", "U6b")).held_by == "CLINICIAN_FIRST"
    assert life.run(20, claim=claim_on(20, "U1", "U6b", "C1")).disposition == "SELF_CARE"


def test_the_emergency_of_a_daily_check_is_lifted_by_its_own_name() -> None:
    life = Life()
    life.run(0)
    check = {**{n: getattr(life.records[0], n) for n in ("v", "id", "day")}, "at": START.isoformat()}
    life.records.append(
        Triage(
            **check,
            disposition="EMERGENCY",
            result="EMERGENCY",
            ended="emergency",
            complete=False,
            rules_version="1",
            rules=("DC1",),
        )
    )
    assert [lock.rule for lock in standing_locks(Q, life.records)] == ["DC1"]
    assert life.run(26).disposition == "EMERGENCY"
    assert life.run(26, claim=claim_on(24, "E5")).disposition == "EMERGENCY"
    assert life.run(26, claim=claim_on(24, "DC1")).disposition == "SELF_CARE"


def test_a_rule_of_another_version_locks_as_its_result_did() -> None:
    life = Life()
    life.run(0, **FEVER)
    for rules in (("Z9",), (), ("P-age",)):
        life.records[:] = [msgspec.structs.replace(life.records[0], rules=rules)]
        assert life.run(100).disposition == "SAME_DAY"


# --- after CLINICIAN_FIRST ---------------------------------------------------------------------------------


def test_one_clean_run_a_day_later_opens_gently() -> None:
    life = Life()
    life.run(0, **THIN)
    assert life.run(23.9).held_by == "CLINICIAN_FIRST"
    opened = life.run(24)
    assert opened.disposition == "SELF_CARE"
    assert opened.gentle


def test_the_day_is_counted_from_when_the_sign_was_last_told() -> None:
    life = Life()
    life.run(0, **THIN)
    life.run(20, **THIN)
    assert life.run(30).held_by == "CLINICIAN_FIRST"
    assert life.run(44).disposition == "SELF_CARE"


ONLY_CLEARANCE: dict[str, dict[str, Any]] = {
    "C2": {"cancer": "past", "trend": "same"},
    "C11": {"infection_risks": ["low-immunity"]},
    "C16": {"surgery_days": 20},
    "C18": {"exercise_limited": "y"},
    "C21": {"weak_bones": "y"},
    "C26": {"precautions": ["spine-fracture-history"]},
}


@pytest.mark.parametrize("rule", ONLY_CLEARANCE)
def test_some_locks_open_only_with_a_clearance(rule: str) -> None:
    life = Life()
    first = life.run(0, **ONLY_CLEARANCE[rule])
    assert rule in first.rules
    for days in (2, 4, 40):
        assert life.run(24 * days, wrongly=True).held_by == "CLINICIAN_FIRST"
    assert life.run(24 * 41, claim=claim_on(24 * 41, rule)).disposition == "SELF_CARE"
    assert {r.id for r in Q.rules.values() if not r.rerun} == set(ONLY_CLEARANCE)


def test_a_lock_that_needs_a_clearance_stays_when_a_higher_one_is_lifted() -> None:
    life = Life()
    life.run(0, **NUMB, cancer="past", trend="same")
    life.run(1, wrongly=True)
    left = life.run(30, wrongly=True)
    assert left.held_by == "CLINICIAN_FIRST"
    assert life.last is not None
    assert [lock.rule for lock in life.last.locks] == ["C2"]


def test_a_sign_that_is_still_there_is_cleared_and_its_lock_lifted() -> None:
    life = Life()
    life.run(0, **THIN)
    opened = life.run(1, claim=claim_on(0, "C1"), **THIN)
    assert opened.disposition == "CAREFUL"
    assert opened.cleared == ("C1",)
    assert opened.gentle
    assert life.run(2).disposition == "SELF_CARE"


# --- what counts as a run ----------------------------------------------------------------------------------


def test_assumed_answers_lock_and_never_open() -> None:
    life = Life()
    life.run(0, assumed=True, **THIN)
    assert life.run(48, assumed=True).held_by == "CLINICIAN_FIRST"
    assert life.run(49).disposition == "SELF_CARE"


def test_an_assumed_run_is_not_the_first_of_two_clean_ones() -> None:
    life = Life()
    life.run(0, **NUMB)
    life.run(1, wrongly=True, assumed=True)
    assert life.run(26, wrongly=True).disposition == "EMERGENCY"


def test_a_run_that_says_it_was_broken_off_counts_for_nothing_whatever_else_it_says() -> None:
    life = Life()
    life.run(0, **NUMB)
    life.run(1, wrongly=True)
    life.records[-1] = msgspec.structs.replace(life.records[-1], ended="broken-off")
    assert life.run(26, wrongly=True).disposition == "EMERGENCY"


@pytest.mark.parametrize("ended", ["broken-off", "emergency"])
def test_a_run_that_was_broken_off_keeps_its_lock_and_opens_nothing(ended: str) -> None:
    life = Life()
    first = life.run(0, ended=ended, cancer="past", trend="same")
    assert first.disposition == "CLINICIAN_FIRST"
    assert not first.complete
    half = life.run(30, ended="broken-off")
    assert half.result == "INCOMPLETE"
    assert half.disposition == "CLINICIAN_FIRST"
    assert not half.unlocked


def test_f02_calm_answers_broken_off_are_incomplete() -> None:
    record = Life().run(0, ended="broken-off")
    assert record.disposition == record.result == "INCOMPLETE"
    assert not record.complete
    assert not record.unlocked


def test_a_clock_that_was_set_back_lifts_nothing() -> None:
    life = Life()
    life.run(0, **THIN)
    assert life.run(-48).held_by == "CLINICIAN_FIRST"
    life = Life()
    life.run(0, **NUMB)
    life.run(1, wrongly=True)
    assert life.run(-48, wrongly=True).disposition == "EMERGENCY"


def test_out_of_scope_does_not_hide_a_lock() -> None:
    life = Life()
    life.run(0, **THIN)
    assert life.run(1, age=17).disposition == "CLINICIAN_FIRST"
    assert Life().run(0, age=17).disposition == "OUT_OF_SCOPE"


def test_a_higher_new_result_is_not_held_by_the_lower_lock() -> None:
    life = Life()
    life.run(0, **THIN)
    worse = life.run(1, **NUMB)
    assert worse.disposition == "EMERGENCY"
    assert worse.held_by is None


# --- the record --------------------------------------------------------------------------------------------


def test_the_record_has_dates_and_no_intimate_answer() -> None:
    record = Life().run(
        0,
        age=50,
        sex="f",
        onset_days=30,
        bladder=["leak"],
        bladder_days=4000,
        bladder_baseline="y",
        assessed="y",
    )
    assert record.day == "2026-11-01"
    assert record.episode_start == "2026-10-02"
    assert record.valid_until == "2026-11-15"
    assert record.age == 50
    assert record.sex == "f"
    assert record.assessed is True
    assert record.baselines == ("bladder",)
    assert {t.tag for t in record.tags} == {"pelvic-floor-symptoms"}
    assert "leak" not in repr(record)


def test_tags_are_kept_with_their_days() -> None:
    record = Life().run(0, pregnant="y", pregnancy_weeks=12)
    spans = {t.tag: (t.since, t.until) for t in record.tags}
    assert spans["pregnancy-1"] == (None, "2026-11-07")
    assert spans["pregnancy-2-3"] == ("2026-11-08", None)


def test_a_lock_is_booked_for_within_its_days() -> None:
    life = Life()
    assert life.run(0, **THIN).book_by == "2026-11-08"
    assert life.run(1).book_by == "2026-11-08"
    assert Life().run(0, **FEVER).book_by == "2026-11-01"
    assert Life().run(0, **NUMB).book_by is None


def test_a_result_is_told_with_what_was_kept() -> None:
    result = result_of()
    record = Life().run(0, ended="broken-off")
    assert as_stored(result, record).disposition == "INCOMPLETE"


@pytest.mark.parametrize(
    ("age", "sex", "days", "other"),
    [
        (40, None, 0, False),
        (42, None, 0, False),
        (43, None, 0, True),
        (37, None, 0, True),
        (50, None, 3650, False),
        (40, None, 3650, True),
        (20, None, 0, True),
        (40, "f", 0, True),
        (40, "m", 0, False),
    ],
)
def test_another_age_or_sex_is_another_person(age: int, sex: str | None, days: int, other: bool) -> None:
    last = Life().run(0, age=40, sex="m")
    answers: Answers = {"age": age, **({"sex": sex} if sex else {})}
    day = START.date() + timedelta(days=days)
    assert another_person(last, answers, day) is other
    assert not another_person(None, answers, day)
    assert not another_person(last, {}, day)


def test_an_assessment_is_a_value() -> None:
    assert isinstance(result_of(), Assessment)
    assert result_of() == result_of()
