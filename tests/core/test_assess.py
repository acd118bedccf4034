from datetime import timedelta
from typing import Any

import pytest

from backmove.core.assess import TagDays, assess, fired_now
from backmove.core.clearance import TAG_RULES
from backmove.core.condition import SKIP, Answers
from questions import TODAY, claim_for, keys, number, result_of, shipped, told, walked

Q = shipped()


# --- scope and completeness --------------------------------------------------------------------------------


def test_calm_answers_are_self_care() -> None:
    result = result_of()
    assert result.disposition == "SELF_CARE"
    assert result.opens
    assert result.complete
    assert result.rules == ()


@pytest.mark.parametrize(
    ("changes", "disposition"),
    [
        ({}, "INCOMPLETE"),
        ({"one_leg": ["pain"]}, "INCOMPLETE"),
        ({"weight_loss": "y"}, "CLINICIAN_FIRST"),
        ({"function": "cannot-stand"}, "SAME_DAY"),
        ({"chest_or_faint": "y"}, "EMERGENCY"),
    ],
)
def test_incomplete_replaces_only_what_opens(changes: dict[str, Any], disposition: str) -> None:
    result = result_of(cancer=..., **changes)
    assert result.disposition == disposition
    assert not result.complete
    assert result.missing == ("cancer",)
    assert not result.opens


@pytest.mark.parametrize("sign", ["bladder", "saddle", "bowel"])
def test_a_skipped_private_question_needs_a_clinician_and_is_incomplete(sign: str) -> None:
    skipped: dict[str, Any] = {sign: SKIP}
    result = result_of(**skipped)
    assert result.disposition == "CLINICIAN_FIRST"
    assert result.rules == ("S-skip",)
    assert not result.complete


def test_the_question_on_sex_may_be_skipped() -> None:
    assert result_of(sexual_change=SKIP).disposition == "SELF_CARE"


@pytest.mark.parametrize(
    ("changes", "disposition"),
    [
        ({}, "OUT_OF_SCOPE"),
        ({"cancer": ...}, "OUT_OF_SCOPE"),
        ({"weight_loss": "y"}, "OUT_OF_SCOPE"),
        ({"function": "cannot-stand"}, "SAME_DAY"),
        ({"chest_or_faint": "y"}, "EMERGENCY"),
    ],
)
def test_under_eighteen_only_what_is_urgent_stays(changes: dict[str, Any], disposition: str) -> None:
    result = result_of(age=17, **changes)
    assert result.disposition == disposition
    assert result.under_age
    assert not result.opens
    assert result_of(age=18).disposition == "SELF_CARE"


def test_someone_elses_answers_are_assessed_and_open_nothing() -> None:
    assert result_of(for_me="n").disposition == "SELF_CARE"
    assert not result_of(for_me="n").opens
    assert result_of(for_me="n", chest_or_faint="y").disposition == "EMERGENCY"


def test_assumed_answers_open_nothing() -> None:
    assert not assess(Q, told(), assumed=True).opens


def test_every_rule_that_fired_is_named_the_highest_first() -> None:
    result = result_of(chest_or_faint="y", weight_loss="y", age=71)
    assert result.rules == ("E1", "C1", "P-age")
    assert result.signs == ("new chest pain, hard breathing or a faint",)
    steady_and_new = result_of(bladder=["leak"], bladder_days=40, saddle="y", saddle_days=0)
    assert steady_and_new.rules[:2] == ("E5", "E4b")


def test_a_rule_names_the_part_of_it_that_fired() -> None:
    assert result_of(cold_leg="y").signs == ("a leg that has gone cold, pale or blue",)
    assert result_of(beating_lump="y").signs == ("a lump in the belly that beats",)
    assert result_of(fever="y", infection_risks=["dialysis"]).signs == ("a fever",)


# --- weak points -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "disposition", "rule"),
    [
        ({"weeks_signs": ["unwell"]}, "SELF_CARE", "W1"),
        ({"weeks_signs": ["unwell"], "movement_changes_pain": "n"}, "CAREFUL", "W2"),
        ({"weeks_signs": ["unwell"], "movement_changes_pain": "n", "rash": "u"}, "CAREFUL", "W2"),
        ({"weeks_signs": ["unwell", "constant"], "movement_changes_pain": "n"}, "CLINICIAN_FIRST", "W3"),
    ],
)
def test_weak_points_act_in_company(changes: dict[str, Any], disposition: str, rule: str) -> None:
    result = result_of(**changes)
    assert result.disposition == disposition
    assert rule in result.rules


# --- how long it holds, when to book -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "days"),
    [
        ({"onset_days": 42}, 28),
        ({"onset_days": 41}, 14),
        ({"onset_days": 100, "assessed": "y", "age": 70}, 14),
        ({"onset_days": 400, "assessed": "y", "one_leg": ["pain"]}, 14),
        ({"onset_days": 400, "assessed": "y", "one_leg": ["tingling"]}, 7),
        ({"onset_days": 400, "assessed": "y", "one_leg": ["numbness"]}, 7),
        ({"onset_days": 5, "pain_now": 7}, 14),
        ({"onset_days": 5, "pain_now": 8}, 1),
        ({"onset_days": 400, "assessed": "y", "leg_weakness": "sore"}, 7),
        (
            {
                "onset_days": 4000,
                "assessed": "y",
                "leg_weakness": "severe",
                "leg_weakness_baseline": "y",
                "leg_weakness_days": 4000,
            },
            14,
        ),
    ],
)
def test_a_result_holds_for_the_smallest_number_of_days_that_applies(
    changes: dict[str, Any], days: int
) -> None:
    changes = {"assessed": "y", "trend": "better"} | changes
    result = result_of(**changes)
    assert result.opens
    assert result.valid_days == days


def test_a_result_that_locks_holds_for_no_number_of_days() -> None:
    assert result_of(weight_loss="y").valid_days is None


@pytest.mark.parametrize(
    ("changes", "days"),
    [
        ({}, None),
        ({"onset_days": 42}, 28),
        ({"weeks_signs": ["unwell"], "movement_changes_pain": "n"}, 14),
        ({"function": "needs-help"}, 7),
        ({"weight_loss": "y"}, 7),
        ({"function": "cannot-stand"}, 0),
        ({"rash": "y"}, 0),
        ({"chest_or_faint": "y"}, None),
    ],
)
def test_when_to_book(changes: dict[str, Any], days: int | None) -> None:
    assert result_of(**changes).book_days == days


# --- tags --------------------------------------------------------------------------------------------------


def tags(**changes: Any) -> dict[str, tuple[int | None, int | None]]:
    return {t.tag: (t.first, t.last) for t in result_of(**changes).tags}


OPEN = (None, None)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {}),
        ({"steroids": "u"}, {"osteoporosis": OPEN}),
        ({"weak_bones": "y"}, {"osteoporosis": OPEN}),
        ({"lost_height": "y"}, {"osteoporosis": OPEN, "lost-height": OPEN}),
        ({"exercise_limited": "y"}, {"heart-or-lung": OPEN}),
        ({"exercise_limited": "u"}, {"high-blood-pressure": OPEN}),
        ({"known_aneurysm": "y"}, {"known-aneurysm": OPEN}),
        ({"cancer": "active"}, {"active-cancer": OPEN}),
        ({"cancer": "past"}, {}),
        ({"bladder": ["leak"], "bladder_days": 4000}, {"pelvic-floor-symptoms": OPEN}),
        ({"bladder": ["urgency"]}, {"pelvic-floor-symptoms": OPEN}),
        ({"precautions": ["knee-problem"]}, {"knee-problem": OPEN}),
    ],
)
def test_answers_set_tags(changes: dict[str, Any], expected: dict[str, Any]) -> None:
    assert tags(**changes) == expected


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        (0, {"pregnancy-2-3": OPEN}),
        (1, {"pregnancy-1": (None, 83), "pregnancy-2-3": (84, None), "pregnancy-3": (189, None)}),
        (12, {"pregnancy-1": (None, 6), "pregnancy-2-3": (7, None), "pregnancy-3": (112, None)}),
        (13, {"pregnancy-2-3": OPEN, "pregnancy-3": (105, None)}),
        (27, {"pregnancy-2-3": OPEN, "pregnancy-3": (7, None)}),
        (28, {"pregnancy-2-3": OPEN, "pregnancy-3": OPEN}),
    ],
)
def test_pregnancy_tags_follow_the_weeks(weeks: int, expected: dict[str, Any]) -> None:
    assert tags(pregnant="y", pregnancy_weeks=weeks) == expected


def test_maybe_pregnant_without_weeks_is_the_stricter_tag() -> None:
    assert tags(pregnant="maybe") == {"pregnancy-2-3": OPEN}


def test_the_first_weeks_after_a_birth_end_with_the_twelfth() -> None:
    assert tags(weeks_since_birth=0)["postpartum-early"] == (None, 83)
    assert tags(weeks_since_birth=11)["postpartum-early"] == (None, 6)
    assert "postpartum-early" not in tags(weeks_since_birth=12)


@pytest.mark.parametrize(
    ("changes", "last"),
    [
        ({"procedure_days": 0}, 84),
        ({"procedure_days": 84}, 0),
        ({"procedure_days": 85}, None),
        ({"procedure_days": 100, "back_operation": "y", "fusion": "y"}, 80),
        ({"procedure_days": 180, "back_operation": "y", "fusion": "y"}, 0),
        ({"procedure_days": 181, "back_operation": "y", "fusion": "y"}, None),
        ({"procedure_days": 14, "back_needle": "y"}, 0),
        ({"procedure_days": 15, "back_needle": "y"}, None),
        ({"procedure_days": 20, "back_needle": "y", "back_operation": "y"}, 64),
        ({"surgery_days": 80}, 4),
        ({"surgery_days": 80, "other_operation": "y"}, None),
    ],
)
def test_an_operation_on_the_back_sets_a_tag_for_its_time(changes: dict[str, Any], last: int | None) -> None:
    found = tags(surgery_cleared="y", **changes)
    assert found.get("recent-spine-surgery") == (None if last is None else (None, last))


@pytest.mark.parametrize(
    ("changes", "tag"),
    [
        ({"one_leg": ["pain"], "onset_days": 41}, "leg-symptoms-irritable"),
        ({"one_leg": ["pain"], "onset_days": 42}, "leg-symptoms-settled"),
        ({"one_leg": ["tingling"], "onset_days": 400}, "leg-symptoms-irritable"),
        ({"one_leg": ["pain"], "onset_days": 400, "trend": "worse"}, "leg-symptoms-irritable"),
        ({"one_leg": ["pain"], "onset_days": 400, "pain_usual": 7}, "leg-symptoms-irritable"),
        ({"site": "one-leg", "onset_days": 400}, "leg-symptoms-settled"),
        ({"both_legs": ["pain"], "both_legs_days": 400, "onset_days": 400}, "leg-symptoms-settled"),
        ({"leg_weakness": "sore", "onset_days": 400}, "leg-symptoms-irritable"),
    ],
)
def test_leg_signs_are_irritable_or_settled(changes: dict[str, Any], tag: str) -> None:
    found = tags(**changes)
    assert tag in found
    assert len({"leg-symptoms-irritable", "leg-symptoms-settled"} & set(found)) == 1


@pytest.mark.parametrize("sign", ["both_legs", "leg_weakness", "legs_not_controlled"])
def test_an_old_unchanged_leg_sign_asks_for_steadiness_and_not_for_rest(sign: str) -> None:
    value: Any = {"both_legs": ["numbness"], "leg_weakness": "severe", "legs_not_controlled": "y"}[sign]
    result = result_of(**{sign: value, f"{sign}_baseline": "y", f"{sign}_days": 4000})
    assert {t.tag for t in result.tags} == {"fall-risk", "reduced-sensation"}
    assert result.disposition == "CAREFUL"
    assert result.rules == ("P-base", "P-leg") if sign == "leg_weakness" else ("P-base",)
    assert result.baselines == (sign,)


def test_legs_that_ache_on_walking_only_set_the_tag_for_it() -> None:
    walking: dict[str, Any] = {
        "both_legs": ["pain"],
        "both_legs_days": 400,
        "both_legs_only_walking": "y",
        "onset_days": 400,
    }
    assert "spinal-stenosis" in tags(**walking)
    assert "R-sten" in result_of(**walking).rules


def test_what_sessions_leave_out_is_said_for_the_tags_that_hold_today() -> None:
    assert result_of(pregnant="y", pregnancy_weeks=12).left_out == ("hard effort, heat and head-down moves",)
    assert result_of().left_out == ()


# --- gentle, and what CAREFUL rests on ---------------------------------------------------------------------


def test_strong_pain_now_is_gentle_and_strong_usual_pain_is_not() -> None:
    assert result_of(pain_now=7).gentle
    assert not result_of(pain_usual=7).gentle
    assert not result_of(pain_now=6).gentle


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({"age": 70}, ()),
        ({"precautions": ["knee-problem"]}, ()),
        ({"steroids": "u", "onset_days": 100, "trend": "better"}, ()),
        ({"pain_usual": 7}, ("P-sev",)),
        ({"function": "limited", "age": 70}, ("P-func",)),
        ({"injury": "minor", "injury_days": 5}, ("P-strain",)),
        ({"onset_days": 42}, ("R-6wk",)),
        ({"weeks_signs": ["unwell"], "movement_changes_pain": "n"}, ("W2",)),
    ],
)
def test_what_careful_rests_on_besides_age_and_tags(
    changes: dict[str, Any], reasons: tuple[str, ...]
) -> None:
    result = result_of(**changes)
    assert result.disposition == "CAREFUL"
    assert tuple(rule for rule in result.rules if rule not in TAG_RULES) == reasons


# --- clearance ---------------------------------------------------------------------------------------------

FOOT = {
    "leg_weakness": "severe",
    "leg_weakness_days": 42,
    "onset_days": 60,
    "assessed": "y",
}


def test_a_clearance_takes_its_rules_away_and_is_careful_and_gentle() -> None:
    result = result_of(claim_for("U7"), **FOOT)
    assert result.cleared == ("U7",)
    assert "U7" not in result.rules
    assert "P-clear" in result.rules
    assert result.disposition == "CAREFUL"
    assert result.gentle


@pytest.mark.parametrize("said", ["looked_at_sign", "exercise_fine", "nothing_worse"])
def test_a_clearance_must_say_everything(said: str) -> None:
    unsaid: dict[str, Any] = {said: False}
    assert result_of(claim_for("U7", **unsaid), **FOOT).disposition == "SAME_DAY"


def test_a_rule_that_locks_and_is_not_named_ends_the_clearance() -> None:
    result = result_of(claim_for("U7"), **FOOT, weight_loss="y")
    assert result.cleared == ()
    assert result.disposition == "SAME_DAY"
    assert result_of(claim_for("U7", "C1"), **FOOT, weight_loss="y").disposition == "CAREFUL"


def test_three_weak_points_lock_like_a_rule_and_can_be_cleared_like_one() -> None:
    weak = {"weeks_signs": ["unwell", "constant"], "movement_changes_pain": "n"}
    assert result_of(claim_for("W3"), **weak).disposition == "CAREFUL"
    assert result_of(claim_for("U7"), **weak).disposition == "CLINICIAN_FIRST"


def test_rules_that_did_not_fire_may_be_named() -> None:
    result = result_of(claim_for("U7", "E3n", "C16"), **FOOT)
    assert result.cleared == ("U7",)


def test_a_clearance_that_clears_nothing_is_not_used() -> None:
    result = result_of(claim_for("U7"))
    assert result.disposition == "SELF_CARE"
    assert not result.gentle


def test_a_new_sign_is_never_covered() -> None:
    result = result_of(claim_for("U7"), **FOOT, saddle="y", saddle_days=0)
    assert result.disposition == "EMERGENCY"
    assert result.cleared == ()


NEVER_WHILE_THERE = [
    rule.id for rule in Q.rules.values() if rule.disposition == "EMERGENCY" and rule.clearable == "gone"
]


def test_which_emergencies_a_clearance_can_cover_while_they_are_there() -> None:
    emergencies = {r.id: r.clearable for r in Q.rules.values() if r.disposition == "EMERGENCY"}
    assert {r for r, how in emergencies.items() if how == "attested"} == {"E3n", "E11"}
    assert {r for r, how in emergencies.items() if how == "hospital"} == {
        "E5",
        "E7",
        "E8",
        "E8p",
        "E9",
        "E14",
    }
    assert len(NEVER_WHILE_THERE) == len(emergencies) - 8
    others = {r.clearable for r in Q.rules.values() if r.disposition in ("SAME_DAY", "CLINICIAN_FIRST")}
    assert others == {"attested", "never"}
    assert [
        r.id for r in Q.rules.values() if r.clearable == "never" and r.disposition == "CLINICIAN_FIRST"
    ] == ["S-skip"]


def test_chest_pain_that_is_still_there_is_not_cleared() -> None:
    result = result_of(claim_for("E1", who="hospital"), chest_or_faint="y")
    assert result.disposition == "EMERGENCY"


def test_only_a_hospital_clears_numbness_and_only_after_it_began() -> None:
    numb = {"saddle": "y", "saddle_days": 10, "saddle_trend": "new", "onset_days": 30, "assessed": "y"}
    days = {days: TODAY - timedelta(days=days) for days in (0, 9, 10)}
    assert result_of(claim_for("E5", day=days[9], who="hospital"), **numb).disposition == "CAREFUL"
    assert result_of(claim_for("E5", day=days[10], who="hospital"), **numb).disposition == "EMERGENCY"
    assert result_of(claim_for("E5", day=days[0], who="doctor"), **numb).disposition == "EMERGENCY"


def test_a_clearance_is_not_older_than_the_sign() -> None:
    on_the_day, before = (claim_for("U7", day=TODAY - timedelta(days=d)) for d in (42, 43))
    assert result_of(on_the_day, **FOOT).disposition == "CAREFUL"
    assert result_of(before, **FOOT).disposition == "SAME_DAY"


def test_a_clearance_of_tomorrow_counts_for_nothing() -> None:
    assert result_of(claim_for("U7", day=TODAY + timedelta(days=1)), **FOOT).disposition == "SAME_DAY"


@pytest.mark.parametrize(
    ("rule", "days", "changes"),
    [
        ("C2", 365, {"cancer": "past", "onset_days": 500, "trend": "better"}),
        ("C11", 365, {"infection_risks": ["low-immunity"], "onset_days": 20, "trend": "same"}),
        ("C18", 365, {"exercise_limited": "y"}),
        ("C20", 183, {"belly_pain": "mild"}),
        ("C1", 28, {"weight_loss": "y"}),
    ],
)
def test_a_clearance_lasts_its_time(rule: str, days: int, changes: dict[str, Any]) -> None:
    last, after = (claim_for(rule, day=TODAY - timedelta(days=d)) for d in (days, days + 1))
    assert result_of(**changes).rules[0] == rule
    assert result_of(last, **changes).disposition == "CAREFUL"
    assert result_of(after, **changes).disposition == "CLINICIAN_FIRST"


def test_history_and_steady_signs_have_the_longer_clearances() -> None:
    years = {r.id for r in Q.rules.values() if r.clearance_days == 365}
    halves = {r.id for r in Q.rules.values() if r.clearance_days == 183}
    assert years == {"C2", "C11", "C16", "C17", "C18", "C26"}
    assert halves == {
        *["C3", "C4", "C10", "C14", "C15", "C20", "C23", "C28", "U7", "U7c", "E4b", "E5b", "E6b"]
    }
    assert {r.clearance_days for r in Q.rules.values()} == {28, 183, 365}


def test_a_clearance_may_name_a_tag() -> None:
    broken = {"precautions": ["spine-fracture-history"]}
    assert result_of(claim_for("spine-fracture-history"), **broken).disposition == "CAREFUL"
    assert result_of(claim_for("heart-or-lung"), **broken).disposition == "CLINICIAN_FIRST"
    assert result_of(claim_for("C2"), **broken).disposition == "CLINICIAN_FIRST"
    both = {"precautions": ["spine-fracture-history", "heart-or-lung"], "exercise_limited": "u"}
    named = claim_for("spine-fracture-history"), claim_for("spine-fracture-history", "heart-or-lung")
    assert [result_of(claim, **both).disposition for claim in named] == ["CLINICIAN_FIRST", "CAREFUL"]


def test_a_cleared_result_alone_holds_28_days_and_with_other_reasons_14() -> None:
    limit = {"exercise_limited": "y", "onset_days": 100, "assessed": "y", "trend": "better"}
    assert result_of(claim_for("C18"), **limit).valid_days == 28
    assert result_of(claim_for("C18"), **limit, age=70).valid_days == 14


def test_cancer_cleared_with_no_spread_to_bone_sets_no_tag() -> None:
    active = {"cancer": "active", "onset_days": 400, "assessed": "y", "trend": "same"}
    plain = result_of(claim_for("C2"), **active)
    no_spread = result_of(claim_for("C2", no_spread_to_bone=True), **active)
    assert TagDays("active-cancer") in plain.tags
    assert plain.disposition == no_spread.disposition == "CAREFUL"
    assert no_spread.tags == ()


def test_assumed_answers_compare_no_clearance_with_the_clock() -> None:
    old = claim_for("U7", day=TODAY - timedelta(days=4000))
    assert assess(Q, told(**FOOT), old, assumed=True).disposition == "CAREFUL"


# --- early exit --------------------------------------------------------------------------------------------


def test_a_new_yes_fires_at_once() -> None:
    walk = walked(("saddle", keys("y")))
    asked = walk.asked[: walk.asked.index("saddle") + 1]
    assert "E5" in fired_now(Q, walk.answers, frozenset(asked))


def test_a_sign_with_an_open_question_does_not_fire_yet() -> None:
    answers = {"bladder": ("leak",)}
    assert fired_now(Q, answers, frozenset({"bladder"})) == ()
    assert fired_now(Q, {**answers, "bladder_days": 0}, frozenset({"bladder", "bladder-since"})) == ("E4",)


def test_a_plain_yes_does_not_wait_for_the_open_question_of_another_sign() -> None:
    answers: Answers = {"tearing": "y", "onset_days": 3, "cold_leg": "u", "vessels-each": "y"}
    assert "E2" in fired_now(Q, answers, frozenset({"vessels"}))


def test_not_sure_fires_only_after_its_test() -> None:
    answers = {"saddle": "u"}
    assert fired_now(Q, answers, frozenset({"saddle"})) == ()
    assert fired_now(Q, answers, frozenset({"saddle", "saddle-test"})) == ("E5",)


def test_what_a_clearance_could_cover_does_not_end_the_questions() -> None:
    answers: Answers = {"saddle": "y", "saddle_days": 10, "saddle_trend": "new"}
    asked = frozenset({"saddle"})
    assert fired_now(Q, answers, asked, claim_for("E5", who="hospital")) == ()
    assert fired_now(Q, answers, asked, claim_for("E5")) == ("E5",)
    assert fired_now(Q, answers, asked, claim_for("U7", who="hospital")) == ("E5",)


def test_a_whole_walk_that_is_calm_fires_nothing() -> None:
    walk = walked(("age", number(40)))
    assert fired_now(Q, walk.answers, frozenset(walk.asked)) == ()
