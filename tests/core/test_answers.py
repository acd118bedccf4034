from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backmove.core.answers import (
    AnswerFile,
    contradictions,
    missing_fields,
    parse_answers,
    read_temperature,
    seen_by_rules,
    take_worse,
    unsure_count,
)
from backmove.core.condition import SKIP
from backmove.errors import ExitCode, UsageProblem
from questions import shipped, told

Q = shipped()


def parsed(**document: Any) -> AnswerFile:
    return parse_answers(Q, document)


def refused(**document: Any) -> str:
    with pytest.raises(UsageProblem) as problem:
        parse_answers(Q, document)
    assert problem.value.exit_code is ExitCode.USAGE
    return problem.value.message


def test_every_field_takes_its_own_default() -> None:
    fields = [f for f in Q.fields.values() if not f.internal and f.type != "temperature"]
    document = {f.name: list(f.default) if isinstance(f.default, tuple) else f.default for f in fields}
    assert parsed(**document).answers == told()


def test_the_answer_file_has_the_fields_of_the_interface() -> None:
    named = """age for_me sex site onset_days sudden pain_now pain_usual chest_or_faint breath_pain
    calf_swollen tearing beating_lump cold_leg known_aneurysm vessel_risks injury injury_days injury_checked
    bladder bladder_days bladder_trend bladder_baseline saddle saddle_days saddle_trend saddle_baseline bowel
    bowel_days bowel_trend bowel_baseline sexual_change both_legs both_legs_days both_legs_trend
    both_legs_only_walking both_legs_baseline leg_weakness leg_weakness_side leg_weakness_days
    leg_weakness_trend leg_weakness_baseline legs_not_controlled legs_not_controlled_days
    legs_not_controlled_trend legs_not_controlled_baseline elsewhere_weakness one_leg one_leg_trend fever
    temperature very_ill infection_risks no_position_helps side_pain vomiting belly_pain cancer pregnant
    pregnancy_weeks pregnancy_signs weeks_since_birth epidural birth_straightforward sudden_after_birth
    procedure_days procedure_signs surgery_days surgery_cleared steroids weak_bones lost_height blood_thinner
    weight_loss night_pain night_sweats weeks_signs band_pain lump_or_shape rash worse_on_cough trend
    treatment_tried first_ever assessed function movement_changes_pain inflammatory_signs exercise_limited
    too_many_tablets too_many_tablets_ill black_stool_or_blood precautions"""
    assert {f.name for f in Q.fields.values() if not f.internal} == set(named.split())


def test_every_problem_is_named_at_once_with_what_is_allowed() -> None:
    message = refused(agee=40, site="back", age="forty", bladder=["drip"], saddle="maybe")
    assert "5 problems" in message
    assert "agee: no such field; allowed are age, for_me," in message
    assert 'site: "back" is not one of low, mid, side, belly, one-leg, both-legs' in message
    assert 'age: "forty" is not a whole number from 0 to 120' in message
    assert 'bladder: "drip" not known; allowed are hard-to-start' in message
    assert 'saddle: "maybe" is not one of y, n, u, skip' in message


@pytest.mark.parametrize("age", [240, -3, "forty", True, None, [40], float("nan"), float("inf")])
def test_an_age_that_is_none_is_refused(age: Any) -> None:
    assert "age" in refused(age=age)


def test_fractions_of_years_and_weeks_count_down() -> None:
    assert parsed(age=17.9).answers["age"] == 17
    assert parsed(weeks_since_birth=5.9).answers["weeks_since_birth"] == 5
    assert "onset_days" in refused(onset_days=3.5)


def test_pain_is_a_whole_number_from_zero_to_ten() -> None:
    assert parsed(pain_now=10).answers["pain_now"] == 10
    assert "pain_now" in refused(pain_now=11)
    assert "pain_now" in refused(pain_now=-1)
    assert "pain_now" in refused(pain_now="4")


def test_not_sure_of_a_day_is_today() -> None:
    assert parsed(saddle_days="u").answers["saddle_days"] == 0
    assert "onset_days" in refused(onset_days="u")


def test_skip_is_allowed_where_not_sure_is() -> None:
    for field in Q.fields.values():
        if "u" in field.values or ("unsure" in field.values and field.name in ("bladder", "bowel")):
            assert parsed(**{field.name: SKIP}).answers == {field.name: SKIP}
    assert "injury" in refused(injury=SKIP)


def test_a_list_is_put_in_order_without_repeats() -> None:
    assert parsed(bladder=["leak", "cannot-feel", "leak"]).answers["bladder"] == ("cannot-feel", "leak")
    assert "bladder" in refused(bladder="leak")


@pytest.mark.parametrize(
    ("typed", "celsius", "said"),
    [
        ("38.7 C", 38.7, False),
        ("38,7c", 38.7, False),
        ("101.5 F", 38.61, False),
        ("100.4F", 38.0, False),
        ("38.6", 38.6, True),
        (101.5, 38.61, True),
        (38, 38.0, True),
        ("45", 45.0, True),
        ("112", 44.44, True),
    ],
)
def test_a_temperature_is_read_with_its_unit(typed: Any, celsius: float, said: bool) -> None:
    degrees, notes = read_temperature(typed)
    assert degrees == pytest.approx(celsius)
    assert bool(notes) is said


@pytest.mark.parametrize("typed", ["hot", "", "38.7 K", "17 C", "12", "200", "1e2", True, None, -38, "٣٨"])
def test_what_is_no_body_temperature_is_refused(typed: Any) -> None:
    with pytest.raises(ValueError, match="temperature"):
        read_temperature(typed)


def test_a_temperature_counts_whatever_fever_says() -> None:
    file = parsed(temperature="101.5", fever="n")
    assert seen_by_rules(Q, file.answers)["temp_c"] == pytest.approx(38.61)
    assert file.notes[0] == "101.5 was read as Fahrenheit."
    assert parsed(temperature=37, fever="n").notes == ("37 was read as Celsius.",)


def test_the_document_must_be_one_object() -> None:
    documents: tuple[object, ...] = ([], "yes", None, 4)
    for document in documents:
        with pytest.raises(UsageProblem):
            parse_answers(Q, document)


def test_assumed_answers_fill_only_what_was_not_given() -> None:
    file = parsed(assume_no=True, age=50, bladder=SKIP)
    assert file.assumed
    assert file.answers == {**told(), "age": 50, "bladder": SKIP}
    assert "temperature" not in file.answers
    assert "assume_no" in refused(assume_no="yes")


CLAIM = {
    "who": "doctor",
    "date": "2026-11-20",
    "looked_at_sign": "y",
    "exercise_fine": "y",
    "nothing_worse": "y",
}


def test_a_clearance_is_read_with_its_rules_and_tags() -> None:
    claim = parsed(cleared_rules=["U7", "C26", "heart-or-lung", "DC1"], clearance=CLAIM).claim
    assert claim is not None
    assert claim.who == "doctor"
    assert claim.day == date(2026, 11, 20)
    assert claim.rules == ("U7", "C26", "heart-or-lung", "DC1")
    assert claim.looked_at_sign
    assert claim.exercise_fine
    assert claim.nothing_worse
    assert not claim.no_spread_to_bone


def test_a_clearance_that_leaves_something_out_does_not_say_it() -> None:
    claim = parsed(cleared_rules=["U7"], clearance={"who": "nurse", "date": "2026-11-20"}).claim
    assert claim is not None
    assert not claim.looked_at_sign
    assert not claim.exercise_fine
    assert not claim.nothing_worse


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"who": "friend"}, "clearance.who"),
        ({"date": "20.11.2026"}, "clearance.date"),
        ({"date": "2026-02-30"}, "clearance.date"),
        ({"date": None}, "clearance.date"),
        ({"looked_at_sign": "yes"}, "clearance.looked_at_sign"),
        ({"doctor": "y"}, "clearance.doctor"),
    ],
)
def test_a_clearance_that_cannot_be_understood_is_refused(change: dict[str, Any], named: str) -> None:
    assert named in refused(cleared_rules=["U7"], clearance=CLAIM | change)


def test_a_clearance_of_an_unknown_rule_is_refused_with_the_list() -> None:
    message = refused(cleared_rules=["U99"], clearance=CLAIM)
    assert "U99 not known; allowed are E1, E2," in message
    assert "cleared_rules" in refused(cleared_rules="U7", clearance=CLAIM)
    assert "clearance" in refused(clearance="yes")


def test_rules_named_without_a_clearance_clear_nothing() -> None:
    assert parsed(cleared_rules=["U7"]).claim is None
    assert parsed(cleared_rules=["U7"], clearance=None).claim is None


# --- derived and filled in ---------------------------------------------------------------------------------


def test_pain_is_the_higher_of_now_and_usual() -> None:
    assert seen_by_rules(Q, {"pain_now": 3, "pain_usual": 6})["pain"] == 6
    assert seen_by_rules(Q, {"pain_now": 7})["pain"] == 7
    assert "pain" not in seen_by_rules(Q, {})


def test_age_at_onset_is_counted_back_from_today() -> None:
    assert seen_by_rules(Q, {"age": 45, "onset_days": 1461})["age_at_onset"] == 41
    assert "age_at_onset" not in seen_by_rules(Q, {"age": 45})


def test_a_timing_that_was_not_said_is_new_and_steady_and_a_knock_not_checked() -> None:
    view = seen_by_rules(Q, {"saddle": "y"})
    assert view["saddle_days"] == 0
    assert view["saddle_trend"] == "same"
    assert view["injury_checked"] == "n"
    assert seen_by_rules(Q, {"saddle": "y", "saddle_days": 40})["saddle_days"] == 40


def test_only_timings_are_filled_in() -> None:
    filled = {name for name, field in Q.fields.items() if field.absent is not None}
    days = {name for name in Q.fields if name.endswith("_days")} - {
        "onset_days",
        "procedure_days",
        "surgery_days",
    }
    trends = {name for name in Q.fields if name.endswith("_trend")}
    assert filled == days | trends | {"injury_checked", "pregnancy_weeks"}


# --- what is missing ---------------------------------------------------------------------------------------


def missing(**changes: Any) -> set[str]:
    return set(missing_fields(Q, told(**changes)))


def test_nothing_is_missing_when_all_is_answered() -> None:
    assert missing() == set()


ALWAYS_ASKED = [
    "age",
    "for_me",
    "site",
    "onset_days",
    "sudden",
    "pain_now",
    "pain_usual",
    "chest_or_faint",
    "breath_pain",
    "calf_swollen",
    "tearing",
    "beating_lump",
    "cold_leg",
    "known_aneurysm",
    "injury",
    "bladder",
    "saddle",
    "bowel",
    "sexual_change",
    "both_legs",
    "leg_weakness",
    "legs_not_controlled",
    "elsewhere_weakness",
    "one_leg",
    "fever",
    "very_ill",
    "infection_risks",
    "no_position_helps",
    "side_pain",
    "vomiting",
    "belly_pain",
    "black_stool_or_blood",
    "cancer",
    "steroids",
    "weak_bones",
    "lost_height",
    "blood_thinner",
    "procedure_days",
    "surgery_days",
    "exercise_limited",
    "weight_loss",
    "night_sweats",
    "weeks_signs",
    "band_pain",
    "lump_or_shape",
    "rash",
    "night_pain",
    "movement_changes_pain",
    "function",
]


def test_with_no_answer_at_all_exactly_what_everybody_is_asked_is_missing() -> None:
    assert set(missing_fields(Q, {})) == set(ALWAYS_ASKED)


@pytest.mark.parametrize("name", ALWAYS_ASKED)
def test_an_answer_everybody_owes_is_missed(name: str) -> None:
    assert name in missing(**{name: ...})


ONLY_THEN: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("injury_days", {"injury": "bump"}, {"injury": "strain"}),
    ("injury_checked", {"injury": "strain", "age": 70}, {"injury": "strain", "age": 69}),
    ("injury_checked", {"injury": "strain", "weak_bones": "y"}, {"injury": "none", "weak_bones": "y"}),
    (
        "vessel_risks",
        {"sudden": "u", "pain_now": 7, "onset_days": 2, "age": 40},
        {"sudden": "u", "pain_now": 7, "onset_days": 2, "age": 39},
    ),
    ("vessel_risks", {"pain_usual": 9}, {"pain_usual": 8}),
    (
        "vessel_risks",
        {"age": 60, "movement_changes_pain": "n", "pain_now": 7, "onset_days": 14},
        {"age": 60, "movement_changes_pain": "n", "pain_now": 7, "onset_days": 15},
    ),
    ("pregnant", {"age": 55}, {"age": 56}),
    ("weeks_since_birth", {"age": 55}, {"age": 56}),
    ("pregnancy_weeks", {"pregnant": "maybe"}, {"pregnant": "n"}),
    ("pregnancy_signs", {"pregnant": "y"}, {"pregnant": "n"}),
    ("epidural", {"weeks_since_birth": 6}, {"weeks_since_birth": 7}),
    ("birth_straightforward", {"weeks_since_birth": 5}, {"weeks_since_birth": 6}),
    ("sudden_after_birth", {"weeks_since_birth": 52}, {"weeks_since_birth": 53}),
    ("procedure_signs", {"procedure_days": 42}, {"procedure_days": 43}),
    ("procedure_signs", {"epidural": "y"}, {"epidural": "n"}),
    ("surgery_cleared", {"surgery_days": 84}, {"surgery_days": 85}),
    ("surgery_cleared", {"procedure_days": 84}, {"procedure_days": 85}),
    ("too_many_tablets_ill", {"too_many_tablets": "u"}, {"too_many_tablets": "n"}),
    ("inflammatory_signs", {"onset_days": 90, "age": 44}, {"onset_days": 89, "age": 44}),
    ("inflammatory_signs", {"onset_days": 90, "age": 45}, {"onset_days": 90, "age": 46}),
    ("assessed", {"onset_days": 28}, {"onset_days": 27}),
    ("treatment_tried", {"onset_days": 28}, {"onset_days": 27}),
    ("first_ever", {"age": 55}, {"age": 54}),
    ("trend", {"onset_days": 28}, {"onset_days": 27}),
    ("trend", {"cancer": "unsure"}, {"cancer": "none"}),
    ("trend", {"infection_risks": ["diabetes"]}, {"infection_risks": []}),
    ("trend", {"known_aneurysm": "y"}, {"known_aneurysm": "n"}),
    ("trend", {"procedure_days": 300}, {"procedure_days": None}),
    ("trend", {"epidural": "y"}, {"epidural": "n"}),
    ("worse_on_cough", {"cancer": "past"}, {"cancer": "none"}),
    ("bladder_days", {"bladder": ["urgency"]}, {"bladder": ["burning"]}),
    ("saddle_days", {"saddle": "y"}, {"saddle": "u"}),
    ("bowel_days", {"bowel": ["soiling"]}, {"bowel": ["constipation"]}),
    ("both_legs_days", {"site": "both-legs"}, {"site": "one-leg"}),
    ("both_legs_days", {"both_legs": ["unsure"]}, {"both_legs": []}),
    ("leg_weakness_days", {"leg_weakness": "mild"}, {"leg_weakness": "sore"}),
    ("leg_weakness_side", {"leg_weakness": "severe"}, {"leg_weakness": "none"}),
    ("legs_not_controlled_days", {"legs_not_controlled": "y"}, {"legs_not_controlled": "u"}),
]


@pytest.mark.parametrize(("name", "then", "otherwise"), ONLY_THEN)
def test_an_answer_is_missed_only_when_its_question_is_asked(
    name: str, then: dict[str, Any], otherwise: dict[str, Any]
) -> None:
    assert name in missing(**then, **{name: ...})
    assert name not in missing(**otherwise, **{name: ...})


def test_every_answer_that_is_asked_only_then_is_named_above() -> None:
    asked = {name for name, field in Q.fields.items() if field.asked and not field.internal}
    tablets = {"too_many_tablets"}  # asked of those who take pain tablets, which no answer file says
    assert asked == {*ALWAYS_ASKED, *(name for name, *_ in ONLY_THEN)} | tablets


def test_trends_and_baselines_are_never_missing() -> None:
    signs = {
        "bladder": ["leak"],
        "saddle": "y",
        "bowel": ["soiling"],
        "both_legs": ["pain"],
        "one_leg": ["pain"],
    }
    silent = {name: ... for name in Q.fields if name.endswith(("_trend", "_baseline"))}
    assert missing(**signs, **silent) == set()


def test_a_skip_is_missing_but_for_the_question_on_sex() -> None:
    for name, field in Q.fields.items():
        if field.skip and field.asked is not None and name in ALWAYS_ASKED:
            assert (name in missing(**{name: SKIP})) is (name != "sexual_change")


def test_not_sure_is_counted() -> None:
    assert unsure_count(told(fever="u", bladder=["leak", "unsure"], cancer="unsure")) == 3


# --- contradictions ----------------------------------------------------------------------------------------

PAIRS: dict[str, dict[str, Any]] = {
    "weak-legs": {"both_legs": ["weakness"], "both_legs_days": 100},
    "fever": {"temperature": 38.0},
    "little-pain": {"pain_now": 1, "pain_usual": 2, "function": "cannot-stand"},
    "position": {"no_position_helps": "y", "resting": "better"},
    "one-or-both": {"site": "one-leg", "both_legs": ["pain"], "both_legs_days": 100},
    "both-or-none": {"site": "both-legs"},
    "before-birth": {"age": 30, "onset_days": 12000},
}


@pytest.mark.parametrize("pair", PAIRS)
def test_two_answers_that_cannot_both_be_so_are_found(pair: str) -> None:
    assert [c.id for c in contradictions(Q, told(**PAIRS[pair]))] == [pair]


def test_every_contradiction_is_shown_above_and_calm_answers_have_none() -> None:
    assert {c.id for c in Q.contradictions} == set(PAIRS)
    assert contradictions(Q, told()) == ()


def test_of_a_contradiction_the_worse_is_taken() -> None:
    found = {c.id: c for c in Q.contradictions}
    assert take_worse(told(**PAIRS["fever"]), found["fever"])["fever"] == "y"
    assert "onset_days" not in take_worse(told(**PAIRS["before-birth"]), found["before-birth"])
    assert take_worse(told(**PAIRS["position"]), found["position"])["no_position_helps"] == "y"


def test_in_a_file_the_worse_is_taken_at_once_and_said() -> None:
    file = parsed(age=30, onset_days=12000, fever="n", temperature="38 C")
    assert file.answers == {"age": 30, "fever": "y", "temperature": 38.0}
    assert len(file.notes) == 2
    assert file.notes[0].startswith("You said that there was no fever.")


WORDS: st.SearchStrategy[Any] = st.sampled_from(
    ["y", "n", "u", "skip", "none", "low", 3, None, True, [], ["leak"], 4.5, "38.7 C", {}]
)


@given(
    st.dictionaries(
        st.sampled_from([*Q.fields, "x", "clearance", "cleared_rules", "assume_no"]), WORDS, max_size=9
    )
)
def test_any_document_is_read_or_refused_with_a_reason(document: dict[str, Any]) -> None:
    try:
        file = parse_answers(Q, document)
    except UsageProblem as problem:
        assert "problem" in problem.message
    else:
        assert set(document) <= {*file.answers, "clearance", "cleared_rules", "assume_no"}
