"""What opens a session and what locks it again: each line of the gate, on both of its sides."""

import statistics
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backmove.core.clearance import TAG_RULES, Standing, pain_reasons, standing
from backmove.core.diary import fold
from backmove.core.record import (
    RULES_VERSION,
    Check,
    Done,
    Pain,
    Profile,
    Retract,
    Session,
    TagSpan,
    Triage,
)
from backmove.core.triggers import median, triggers
from backmove.errors import ExitCode
from backmove.store.library import load_questionnaire

NOON = datetime.fromisoformat("2026-03-02T12:00:00+01:00")
Stamp = Callable[..., Mapping[str, Any]]


def triage(stamp: Stamp, *, days: float = -1, valid: int = 28, **fields: Any) -> Triage:
    start = stamp(days=days, at=NOON)
    until = (datetime.fromisoformat(start["at"]) + timedelta(days=valid)).date().isoformat()
    given: dict[str, Any] = {
        "disposition": "SELF_CARE",
        "result": "SELF_CARE",
        "ended": "finished",
        "complete": True,
        "unlocked": True,
        "rules_version": RULES_VERSION,
        "valid_until": until,
        "age": 45,
    }
    return Triage(**start, **given | fields)


def pain(stamp: Stamp, score: int, *, days: float = 0, **fields: Any) -> Pain:
    return Pain(**stamp(days=days, at=NOON), score=score, **fields)


def done(stamp: Stamp, *, days: float = 0, session: str = "s", **fields: Any) -> Done:
    return Done(**stamp(days=days, at=NOON), session=session, **fields)


def check(stamp: Stamp, outcome: Any, *, days: float = 0) -> Check:
    return Check(**stamp(days=days, at=NOON), answers={"dc1": "n"}, outcome=outcome)


def today(*records: Any, now: datetime = NOON, clear_first: tuple[str, ...] = ()) -> Standing:
    return standing(fold(records), now=now, today=now.date().isoformat(), clear_first=clear_first)


def codes(held: Standing) -> list[str]:
    return [reason.code for reason in held.reasons]


def test_no_triage_is_locked() -> None:
    assert codes(today()) == ["no-triage"]


def test_a_clear_result_opens(stamp: Stamp) -> None:
    assert today(triage(stamp)).open


@pytest.mark.parametrize(
    ("disposition", "exit_code"),
    [
        ("EMERGENCY", ExitCode.EMERGENCY),
        ("SAME_DAY", ExitCode.SAME_DAY),
        ("CLINICIAN_FIRST", ExitCode.LOCKED),
        ("OUT_OF_SCOPE", ExitCode.LOCKED),
        ("INCOMPLETE", ExitCode.LOCKED),
    ],
)
def test_every_other_disposition_locks(stamp: Stamp, disposition: Any, exit_code: ExitCode) -> None:
    held = today(triage(stamp, disposition=disposition, unlocked=False))
    assert codes(held) == ["triage-not-clear"] and held.reasons[0].exit_code is exit_code


@pytest.mark.parametrize(
    "fields", [{"unlocked": False}, {"complete": False}, {"ended": "broken-off"}, {"assumed": True}]
)
def test_a_result_that_did_not_open_does_not_open_later(stamp: Stamp, fields: Any) -> None:
    assert "triage-not-clear" in codes(today(triage(stamp, **fields)))


def test_a_broken_off_run_locks_what_an_older_result_had_opened(stamp: Stamp) -> None:
    broken = triage(
        stamp, days=0, disposition="INCOMPLETE", unlocked=False, ended="broken-off", complete=False
    )
    assert not today(triage(stamp), broken).open


def test_the_last_day_is_included_and_the_next_is_not(stamp: Stamp) -> None:
    assert today(triage(stamp, days=-14, valid=14)).open
    assert codes(today(triage(stamp, days=-15, valid=14))) == ["triage-stale"]


def test_a_clock_set_back_locks(stamp: Stamp) -> None:
    assert codes(today(triage(stamp, days=0.1))) == ["triage-stale"]


def test_another_version_of_the_rules_locks(stamp: Stamp) -> None:
    assert codes(today(triage(stamp, rules_version="0"))) == ["triage-stale"]


def test_a_break_of_28_days_asks_again_and_27_do_not(stamp: Stamp) -> None:
    assert codes(today(triage(stamp, days=-10), done(stamp, days=-28))) == ["triage-stale"]
    assert today(triage(stamp, days=-10), done(stamp, days=-27)).open
    assert today(triage(stamp, days=-7), done(stamp, days=-40)).open


def test_a_new_spell_after_four_good_weeks_asks_again(stamp: Stamp) -> None:
    free = [pain(stamp, 1, days=d) for d in (-28, -14)]
    assert codes(today(*free, triage(stamp, days=-10), pain(stamp, 2))) == ["triage-stale"]
    assert today(*free, triage(stamp, days=-10), pain(stamp, 1)).open
    assert today(*free[1:], triage(stamp, days=-10), pain(stamp, 2)).open
    assert today(*free, pain(stamp, 2, days=-2), triage(stamp)).open


@pytest.mark.parametrize(
    ("outcome", "code", "exit_code"),
    [
        ("emergency", "new-red-flag", ExitCode.EMERGENCY),
        ("full-triage", "new-red-flag", ExitCode.LOCKED),
        ("too-much-pain", "pain-too-high", ExitCode.LOCKED),
    ],
)
def test_a_yes_in_the_daily_check_locks_until_a_full_triage(
    stamp: Stamp, outcome: Any, code: str, exit_code: ExitCode
) -> None:
    yes, no = check(stamp, outcome, days=-3), check(stamp, "open")
    held = today(triage(stamp, days=-9), yes, no)
    assert codes(held) == [code] and held.reasons[0].exit_code is exit_code
    assert today(triage(stamp, days=-9), yes, triage(stamp)).open


def test_a_clean_triage_after_a_yes_opens_a_gentle_day(stamp: Stamp) -> None:
    held = today(triage(stamp, days=-9), check(stamp, "full-triage"), triage(stamp, days=0))
    assert held.open and held.gentle


def test_not_sure_about_todays_pain_is_a_gentle_day(stamp: Stamp) -> None:
    held = today(triage(stamp), check(stamp, "gentle"))
    assert held.open and held.gentle
    assert not today(triage(stamp), check(stamp, "gentle", days=-1)).gentle


def test_gentle_needs_seven_days_and_two_sessions(stamp: Stamp) -> None:
    start = triage(stamp, days=-7, gentle=True)
    assert today(start, done(stamp, days=-3)).gentle
    assert not today(start, done(stamp, days=-3), done(stamp, days=-1)).gentle
    assert today(triage(stamp, days=-6, gentle=True), done(stamp, days=-3), done(stamp, days=-1)).gentle


def test_a_jump_of_three_for_two_entries_asks_again(stamp: Stamp) -> None:
    base = [pain(stamp, 3, days=d) for d in (-6, -5, -4)]
    assert codes(today(triage(stamp, days=-9), *base, pain(stamp, 6, days=-1), pain(stamp, 6))) == [
        "pain-too-high"
    ]
    assert today(triage(stamp, days=-9), *base, pain(stamp, 5, days=-1), pain(stamp, 6)).open
    assert today(triage(stamp, days=-9), *base, pain(stamp, 6, days=-1), pain(stamp, 5)).open
    assert today(triage(stamp, days=-9), *base, pain(stamp, 6, days=-4), pain(stamp, 6)).open
    assert today(
        triage(stamp, days=-9), *base, pain(stamp, 6, days=-1), pain(stamp, 6), triage(stamp, days=0)
    ).open


def test_eight_today_asks_again_and_yesterday_does_not(stamp: Stamp) -> None:
    assert [r.code for r in triggers(fold([pain(stamp, 8)]), "2026-03-02")] == ["pain-too-high"]
    assert not triggers(fold([pain(stamp, 7)]), "2026-03-02")
    assert not triggers(fold([pain(stamp, 8, days=-1)]), "2026-03-02")


def test_deleting_a_high_pain_late_keeps_the_lock(stamp: Stamp) -> None:
    high = pain(stamp, 8, days=-0.1)
    quick = Retract(**stamp(at=datetime.fromisoformat(high.at) + timedelta(minutes=10)), target=high.id)
    late = Retract(**stamp(at=datetime.fromisoformat(high.at) + timedelta(minutes=11)), target=high.id)
    assert today(triage(stamp), high, quick).open
    assert codes(today(triage(stamp), high, late)) == ["pain-too-high"]


def test_new_weakness_in_the_log_locks(stamp: Stamp) -> None:
    assert codes(today(triage(stamp), pain(stamp, 2, leg="new"))) == ["new-red-flag"]
    assert today(triage(stamp), pain(stamp, 2, leg="usual")).open


def test_pain_further_down_the_leg_on_two_days_of_a_week_locks(stamp: Stamp) -> None:
    first = done(stamp, days=-7, leg="further")
    assert codes(today(triage(stamp, days=-9), first, done(stamp, leg="further"))) == ["leg-further"]
    early = done(stamp, days=-8, leg="further")
    assert today(triage(stamp, days=-9), early, done(stamp, leg="further")).open
    assert today(triage(stamp, days=-9), first).open


def a_session(stamp: Stamp, *, days: float, pain: int) -> Session:
    return Session(
        **stamp(days=days, at=NOON),
        zone="green", stage="chronic", mode="normal", pain=pain, variant=0, requested_min=20, effective_min=20,
        estimated_s=900, place="upright", items=(),
    )  # fmt: skip


@pytest.mark.parametrize(
    "fields",
    [
        {"peak": 6},
        {"leg": "further"},
        {"status": "stopped", "reason": "pain"},
        {"status": "stopped", "reason": "leg"},
    ],
)
def test_three_overloads_in_fourteen_days_refuse(stamp: Stamp, fields: Any) -> None:
    start = triage(stamp, days=-20)
    times = (-14, -6.9, 0) if "leg" not in fields else (-14, -6, 0)
    held = today(start, *(done(stamp, days=d, **fields) for d in times))
    assert "three-overloads" in codes(held)
    assert "three-overloads" not in codes(
        today(start, *(done(stamp, days=d, **fields) for d in (-15, -7, 0)))
    )
    assert "three-overloads" not in codes(today(start, *(done(stamp, days=d, **fields) for d in times[1:])))


def test_a_bad_morning_is_an_overload(stamp: Stamp) -> None:
    records: list[Any] = [triage(stamp, days=-20)]
    for days in (-9, -6, -3):
        session = a_session(stamp, days=days, pain=2)
        records += [
            session,
            done(stamp, days=days, session=session.id),
            pain(stamp, 5, days=days + 1, morning=True),
        ]
    assert codes(today(*records)) == ["three-overloads"]
    mild = [r if not isinstance(r, Pain) else pain(stamp, 4, days=0, morning=True) for r in records]
    assert today(*mild).open


def test_two_weeks_of_rising_pain_refuse(stamp: Stamp) -> None:
    def weeks(*scores: int) -> list[Pain]:
        return [
            pain(stamp, s, days=d)
            for s, pair in zip(scores, ((-20, -15), (-13, -8), (-6, -1)), strict=True)
            for d in pair
        ]

    start = triage(stamp, days=-25)
    assert "steady-worsening" in codes(today(start, *weeks(2, 4, 6)))
    assert "steady-worsening" not in codes(today(start, *weeks(2, 4, 5)))
    assert "steady-worsening" not in codes(today(start, *weeks(2, 3, 5)))
    assert "steady-worsening" not in codes(today(start, *weeks(2, 4, 6)[:-1]))
    assert "steady-worsening" not in codes(today(start, *weeks(2, 4, 6), triage(stamp, days=-0.5)))


def test_four_weeks_without_gain_ask_again(stamp: Stamp) -> None:
    def month(first: int, last: int) -> list[Pain]:
        days = [
            (-27, first),
            (-22, first),
            (-20, first),
            (-15, first),
            (-13, last),
            (-8, last),
            (-6, last),
            (-1, last),
        ]
        return [pain(stamp, s, days=d) for d, s in days]

    start = triage(stamp, days=-27.5)
    assert codes(today(start, *month(6, 6))) == ["triage-stale"]
    assert codes(today(start, *month(4, 4))) == ["triage-stale"]
    assert today(start, *month(3, 3)).open
    assert today(start, *month(6, 5)).open
    assert today(triage(stamp, days=-27.5, assessed=True), *month(6, 6)).open
    assert today(start, *month(6, 6)[1:]).open


def test_a_precaution_that_needs_a_yes_locks_until_the_next_triage(stamp: Stamp) -> None:
    added = Profile(**stamp(at=NOON), set={"precautions": ["heart-or-lung"]})
    assert codes(today(triage(stamp), added, clear_first=("heart-or-lung",))) == ["needs-clearance"]
    assert today(triage(stamp), added, clear_first=("spine-fracture-history",)).open
    assert today(added, triage(stamp, days=0), clear_first=("heart-or-lung",)).open


def test_a_precaution_that_the_triage_knew_of_locks_no_second_time(stamp: Stamp) -> None:
    knew = triage(stamp, tags=(TagSpan("heart-or-lung"),))
    told = Profile(**stamp(at=NOON), set={"precautions": ["heart-or-lung"]})
    assert today(knew, told, clear_first=("heart-or-lung",)).open


def test_tags_hold_between_their_days(stamp: Stamp) -> None:
    spans = (
        TagSpan("open"),
        TagSpan("ends-today", until="2026-03-02"),
        TagSpan("ended", until="2026-03-01"),
        TagSpan("begins-today", since="2026-03-02"),
        TagSpan("later", since="2026-03-03"),
    )
    mine = Profile(**stamp(days=-2, at=NOON), set={"precautions": ["glaucoma"]})
    assert today(mine, triage(stamp, tags=spans)).tags == {"open", "ends-today", "begins-today", "glaucoma"}


def test_careful_for_age_or_a_tag_adds_no_level_cap(stamp: Stamp) -> None:
    assert not today(triage(stamp, disposition="CAREFUL", rules=("P-age", "P-tags"))).careful
    assert today(triage(stamp, disposition="CAREFUL", rules=("P-age", "W2"))).careful


def test_the_rules_without_a_level_cap_are_those_that_the_data_call_tag_rules() -> None:
    rules = load_questionnaire().rules.values()
    assert {rule.id for rule in rules if rule.by_tag} == TAG_RULES


def test_an_emergency_is_told_first(stamp: Stamp) -> None:
    held = today(triage(stamp, days=-40), check(stamp, "emergency"))
    assert held.reasons[0].exit_code is ExitCode.EMERGENCY and "triage-stale" in codes(held)


def test_nine_is_refused_and_eight_needs_a_fresh_clear_triage(stamp: Stamp) -> None:
    diary = fold([triage(stamp, days=-1)])
    fresh = standing(diary, now=NOON, today="2026-03-02")
    assert fresh.fresh and not pain_reasons(diary, fresh, 8, "2026-03-02")
    assert [r.code for r in pain_reasons(diary, fresh, 9, "2026-03-02")] == ["pain-too-high"]
    old = standing(fold([triage(stamp, days=-1.01)]), now=NOON, today="2026-03-02")
    assert [r.code for r in pain_reasons(diary, old, 8, "2026-03-02")] == ["pain-too-high"]
    assert not pain_reasons(diary, old, 7, "2026-03-02")


@given(st.lists(st.integers(0, 10), min_size=1))
def test_the_median_is_the_one_of_the_standard_library(scores: list[int]) -> None:
    assert median(scores) == statistics.median(scores)
