import json
from datetime import date
from typing import Any

import pytest

from backmove.core.condition import Answers
from backmove.core.interview import (
    Reply,
    apply_answer,
    calm_reply,
    expected,
    in_doubt,
    in_words,
    next_prompt,
    offered,
    read_ago,
    read_reply,
    replay,
    without,
)
from backmove.errors import UsageProblem
from battery import REPLIES, what_replies_say
from questions import TODAY, keys, number, shipped, walked

Q = shipped()


def read(prompt: str, text: str, answers: Answers | None = None) -> Reply:
    return read_reply(Q, Q.prompts[prompt], answers or {}, text, TODAY)


def refused(prompt: str, text: str, answers: Answers | None = None) -> str:
    with pytest.raises(UsageProblem) as problem:
        read(prompt, text, answers)
    return problem.value.message


# --- replies -----------------------------------------------------------------------------------------------


def test_an_empty_line_is_never_an_answer() -> None:
    for prompt in Q.prompts:
        for text in ("", "   ", "\n"):
            assert "no answer chosen for you" in refused(prompt, text)


def test_a_choice_is_answered_by_its_key_or_its_word_and_nothing_else() -> None:
    assert read("fever", "y") == read("fever", " YES ") == keys("y")
    assert read("fever", "unsure") == keys("u")
    assert "Type one of" in refused("saddle", "yes please")
    assert "Type one of" in refused("saddle", "nn")


def test_consent_is_typed_in_full() -> None:
    assert read("consent", "me") == keys("1")
    assert read("consent", "Other") == keys("2")
    for text in ("1", "m", "y", "yes"):
        assert "in full" in refused("consent", text)


def test_a_list_takes_numbers_or_one_lone_key() -> None:
    assert read("bladder", "1 4") == read("bladder", "1,4") == keys("1", "4")
    assert read("bladder", "4 4 leak") == keys("4")
    assert read("bladder", "none") == keys("0")
    assert "is not one of the items" in refused("bladder", "1 99")
    assert "cannot stand beside" in refused("bladder", "0 1")
    assert "cannot stand beside" in refused("bladder", "u s")


def test_an_item_that_is_not_offered_cannot_be_picked() -> None:
    assert read("health", "1", {"age": 55}) == keys("1")
    assert "is not one of the items" in refused("health", "1", {"age": 56})


@pytest.mark.parametrize("typed", ["240", "-3", "forty", "1e1", "0x10", "٣", "nan", "inf", "40 years"])
def test_an_age_that_is_none_is_asked_again(typed: str) -> None:
    assert "Type something like 47" in refused("age", typed)


def test_a_fraction_of_a_year_counts_down_and_of_a_score_is_refused() -> None:
    assert read("age", "17.9") == number(17)
    assert "Type something like 4" in refused("pain-now", "4.5")
    assert "Type something like 4" in refused("pain-now", "11")


def test_a_temperature_may_be_typed_at_the_fever_question() -> None:
    assert read("fever", "101.5 F") == number(38.61)
    assert read("fever", "38,6c") == number(38.6)
    assert "38.7 C" in refused("fever", "warm")


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("today", 0),
        ("yesterday", 1),
        ("5 days", 5),
        ("5d", 5),
        ("3 weeks ago", 21),
        ("1 month", 30),
        ("3 months", 91),
        ("1 year", 365),
        ("2 years ago", 730),
        ("1,5 years", 547),
        ("2026-11-01", 20),
    ],
)
def test_a_time_ago_is_whole_days_rounded_down(words: str, days: int) -> None:
    assert read_ago(words, TODAY) == days


@pytest.mark.parametrize(
    "words", ["5", "soon", "2026-13-01", "five days", "-3 days", "3 days 2", "٣ days", ""]
)
def test_a_time_that_could_be_anything_is_refused(words: str) -> None:
    with pytest.raises(ValueError):
        read_ago(words, TODAY)


def test_a_day_that_is_still_to_come_is_refused() -> None:
    assert "out of range" in refused("onset", "2026-11-22")
    assert read("onset", "2026-11-21") == number(0)


def test_not_sure_can_be_said_where_a_day_is_typed() -> None:
    assert read("knock-when", "u") == keys("u")
    assert read("saddle-how-long", "u", {"saddle_since": "longer"}) == keys("u")


# --- what replies set --------------------------------------------------------------------------------------


def put(prompt: str, reply: Reply, answers: Answers | None = None) -> Answers:
    return apply_answer(Q, answers or {}, Q.prompts[prompt], reply)


def test_none_of_these_answers_every_item() -> None:
    answers = put("chest", keys("0"))
    assert {answers[name] for name in ("chest_or_faint", "breath_pain", "calf_swollen")} == {"n"}
    assert put("bladder", keys("0"))["bladder"] == ()


def test_items_add_to_a_list_in_its_order() -> None:
    assert put("bladder", keys("4", "1"))["bladder"] == ("hard-to-start", "leak")
    assert put("bladder", keys("4", "5"))["bladder"] == ("leak",)


def test_of_two_items_for_one_field_the_graver_wins() -> None:
    assert put("leg-strength", keys("4", "3", "2"))["leg_weakness"] == "severe"
    assert put("leg-strength", keys("4", "3"))["leg_weakness"] == "mild"
    assert put("health", keys("1", "2"), {"age": 30})["pregnant"] == "y"


def test_a_second_reply_replaces_the_first() -> None:
    first = put("bladder", keys("1", "4"))
    assert put("bladder", keys("7"), first)["bladder"] == ("burning",)
    assert put("bladder", keys("s"), first)["bladder"] == "skip"
    assert put("bladder", keys("0"), put("bladder", keys("s")))["bladder"] == ()


def test_two_prompts_can_share_a_list() -> None:
    answers = put("signs", keys("3", "7"))
    assert answers["weeks_signs"] == ("unwell", "constant")
    more = put("story", keys("4"), {**answers, "age": 40, "onset_days": 30})
    assert more["weeks_signs"] == ("unwell", "constant", "different")
    assert put("signs", keys("0"), more)["weeks_signs"] == ("different",)


def test_a_low_reading_asks_for_the_fever_that_was_felt() -> None:
    walk = walked(("fever", number(37.2)), ("fever-felt", keys("n")))
    assert walk.answers["fever"] == "n"
    assert walk.answers["temperature"] == 37.2
    assert put("fever", number(37.2))["fever"] == "u"


def test_every_reply_sets_what_it_did_when_it_was_last_read_over() -> None:
    """Written by ``tests/make_triage_battery.py replies``; a difference is to be read, not waved through."""
    written = [json.loads(line) for line in REPLIES.read_text("utf-8").splitlines()]
    now = [json.loads(json.dumps(line)) for line in what_replies_say(Q)]
    assert len(now) > 500
    assert [line for line in now if line not in written] == []
    assert [line for line in written if line not in now] == []


# --- timing is part of the answer --------------------------------------------------------------------------

SIGNS = {
    "bladder": (("bladder", keys("4")), "bladder-since"),
    "saddle": (None, "saddle"),
    "bowel": (("bowel", keys("1")), "bowel-since"),
    "both_legs": (("both-legs", keys("2")), "both-legs-since"),
    "legs_not_controlled": (None, "control"),
}


def timed(sign: str, *said: tuple[str, Reply], first: str, start: Answers | None = None) -> Answers:
    before, asked_at = SIGNS[sign]
    opening = [before] if before else []
    return walked(*opening, (asked_at, keys(first)), *said, start=start).answers


@pytest.mark.parametrize("sign", SIGNS)
def test_new_or_worse_is_new_without_another_question(sign: str) -> None:
    answers = timed(sign, first="y")
    assert answers[f"{sign}_days"] == 0
    assert answers[f"{sign}_trend"] in ("new", "worse")
    assert answers[f"{sign}_baseline"] == "n"


@pytest.mark.parametrize("sign", SIGNS)
def test_longer_asks_how_long(sign: str) -> None:
    prompt = {"legs_not_controlled": "control", "both_legs": "both-legs"}.get(sign, sign)
    answers = timed(sign, (f"{prompt}-how-long", number(40)), first="o")
    assert answers[f"{sign}_days"] == 40
    assert answers[f"{sign}_trend"] == "same"
    assert answers[f"{sign}_baseline"] == "n"
    assert timed(sign, (f"{prompt}-how-long", keys("u")), first="o")[f"{sign}_days"] == 15


@pytest.mark.parametrize("sign", SIGNS)
def test_long_known_is_a_baseline_only_when_nothing_about_it_is_new(sign: str) -> None:
    prompt = {"legs_not_controlled": "control", "both_legs": "both-legs"}.get(sign, sign)
    long, same = (f"{prompt}-how-long", number(3000)), f"{prompt}-same"
    calm = timed(sign, long, (same, keys("n")), first="k")
    assert calm[f"{sign}_baseline"] == "y"
    assert calm[f"{sign}_trend"] == "same"
    for changed in ("y", "u"):
        answers = timed(sign, long, (same, keys(changed)), first="k")
        assert answers[f"{sign}_baseline"] == "n"
        assert answers[f"{sign}_trend"] == "worse"


@pytest.mark.parametrize("sign", SIGNS)
def test_with_a_clearance_the_day_of_a_new_sign_is_asked(sign: str) -> None:
    prompt = {"legs_not_controlled": "control", "both_legs": "both-legs"}.get(sign, sign)
    start = {"claimed": "y"}
    answers = timed(sign, (f"{prompt}-day", number(9)), first="y", start=start)
    assert answers[f"{sign}_days"] == 9


@pytest.mark.parametrize(
    ("since", "days", "trend"),
    [("t", 0, "same"), ("w", 2, "same"), ("o", 15, "same"), ("u", 0, "same")],
)
def test_weakness_says_when_it_began(since: str, days: int, trend: str) -> None:
    said: list[tuple[str, Reply]] = [("leg-strength", keys("1")), ("leg-strength-since", keys(since))]
    if since == "o":
        said.append(("leg-strength-how-long", keys("u")))
    answers = walked(*said).answers
    assert answers["leg_weakness"] == "severe"
    assert answers["leg_weakness_side"] == "one"
    assert answers["leg_weakness_days"] == days
    assert answers["leg_weakness_trend"] == trend
    assert walked(*said, ("leg-strength-worse", keys("y"))).answers["leg_weakness_trend"] == "worse"
    assert walked(*said, ("leg-strength-worse", keys("u"))).answers["leg_weakness_trend"] == "worse"


def test_long_known_weakness_ends_with_the_same_question() -> None:
    said = [("leg-strength", keys("1")), ("leg-strength-since", keys("k"))]
    long = ("leg-strength-how-long", number(4000))
    assert walked(*said, long).answers["leg_weakness_baseline"] == "y"
    worse = walked(*said, long, ("leg-strength-same", keys("y"))).answers
    assert worse["leg_weakness_baseline"] == "n"
    assert worse["leg_weakness_trend"] == "worse"


# --- not sure ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prompt", "test", "calm", "field", "clear", "unsure"),
    [
        ("bladder", "bladder-test", "y", "bladder", (), ("unsure",)),
        ("saddle", "saddle-test", "n", "saddle", "n", "u"),
        ("bowel", "bowel-test", "y", "bowel", (), ("unsure",)),
        ("both-legs", "both-legs-test", "n", "both_legs", (), ("unsure",)),
        ("leg-strength", "leg-strength-test", "y", "leg_weakness", "none", "severe"),
        ("control", "control-test", "y", "legs_not_controlled", "n", "u"),
        ("elsewhere", "elsewhere-test", "n", "elsewhere_weakness", "n", "u"),
    ],
)
def test_not_sure_gets_one_plain_test_and_then_counts(
    prompt: str, test: str, calm: str, field: str, clear: Any, unsure: Any
) -> None:
    assert walked((prompt, keys("u")), (test, keys(calm))).answers[field] == clear
    assert walked((prompt, keys("u")), (test, keys("u"))).answers[field] == unsure


@pytest.mark.parametrize("prompt", ["bladder", "both-legs", "bowel"])
def test_a_test_that_shows_something_keeps_the_sign(prompt: str) -> None:
    shows = {"bladder": "n", "both-legs": "y", "bowel": "n"}[prompt]
    answers = walked((prompt, keys("u")), (f"{prompt}-test", keys(shows))).answers
    assert answers[prompt.replace("-", "_")] == ("unsure",)


def test_not_sure_about_a_list_asks_its_items_one_by_one() -> None:
    walk = walked(("vessels", keys("u")), ("vessels.cold", keys("u")), ("vessels.aneurysm", keys("y")))
    assert [p for p in walk.asked if p.startswith("vessels.")] == [
        "vessels.tearing",
        "vessels.lump",
        "vessels.cold",
        "vessels.aneurysm",
    ]
    assert walk.answers["tearing"] == "n"
    assert walk.answers["cold_leg"] == "u"
    assert walk.answers["known_aneurysm"] == "y"


def test_an_item_is_not_asked_when_another_one_said_yes_to_the_same() -> None:
    walk = walked(("chest", keys("u")), ("chest.chest", keys("y")))
    assert "chest.faint" not in walk.asked
    assert walk.answers["chest_or_faint"] == "y"


def test_not_sure_stays_when_a_later_item_is_no() -> None:
    walk = walked(("chest", keys("u")), ("chest.chest", keys("u")))
    assert "chest.faint" in walk.asked
    assert walk.answers["chest_or_faint"] == "u"


# --- who is asked what ------------------------------------------------------------------------------------
CLEAN = [
    "consent",
    "age",
    "site",
    "onset",
    "sudden",
    "pain-now",
    "pain-usual",
    "chest",
    "vessels",
    "injury",
    "bladder",
    "saddle",
    "bowel",
    "sex",
    "both-legs",
    "leg-strength",
    "control",
    "elsewhere",
    "one-leg",
    "fever",
    "very-ill",
    "infection",
    "position",
    "belly",
    "cancer",
    "health",
    "medicines",
    "signs",
    "night",
    "moving",
    "function",
]


def test_a_clean_run_asks_these_and_no_others() -> None:
    assert list(walked().asked) == CLEAN


EXTRA: list[tuple[list[tuple[str, Reply]], str]] = [
    ([("onset", number(28))], "trend story"),
    ([("age", number(55))], "story"),
    ([("pain-now", number(9))], "vessel-risks"),
    ([("injury", keys("3"))], "knock-when knock-checked"),
    ([("bladder", keys("7"))], ""),
    ([("bladder", keys("1")), ("bladder-since", keys("y"))], "bladder-since"),
    ([("bladder", keys("1")), ("bladder-since", keys("o"))], "bladder-since bladder-how-long"),
    ([("bladder", keys("1")), ("bladder-since", keys("k"))], "bladder-since bladder-how-long bladder-same"),
    ([("bladder", keys("u"))], "bladder-test"),
    ([("saddle", keys("o"))], "saddle-how-long"),
    ([("saddle", keys("k"))], "saddle-how-long saddle-same"),
    ([("saddle", keys("s"))], ""),
    ([("bowel", keys("3"))], ""),
    ([("bowel", keys("1")), ("bowel-since", keys("o"))], "bowel-since bowel-how-long"),
    ([("both-legs", keys("1")), ("both-legs-since", keys("y"))], "both-legs-since"),
    (
        [("both-legs", keys("1")), ("both-legs-since", keys("o"))],
        "both-legs-since both-legs-how-long both-legs-walking",
    ),
    ([("both-legs", keys("u")), ("both-legs-test", keys("u"))], "both-legs-test"),
    ([("both-legs", keys("u")), ("both-legs-test", keys("y"))], "both-legs-test both-legs-since"),
    ([("leg-strength", keys("4"))], ""),
    ([("leg-strength", keys("3"))], "leg-strength-side leg-strength-since leg-strength-worse"),
    (
        [("leg-strength", keys("3")), ("leg-strength-since", keys("k"))],
        "leg-strength-side leg-strength-since leg-strength-how-long leg-strength-same",
    ),
    ([("control", keys("k"))], "control-how-long control-same"),
    ([("elsewhere", keys("u"))], "elsewhere-test"),
    ([("one-leg", keys("1"))], "one-leg-trend"),
    ([("fever", number(37))], "fever-felt"),
    ([("infection", keys("8"))], "trend story"),
    ([("position", keys("n"))], "resting"),
    ([("moving", keys("3"))], "resting"),
    ([("belly", keys("1"))], "side-waves"),
    ([("belly", keys("2", "4"))], ""),
    ([("belly", keys("3"))], "belly-strength"),
    ([("cancer", keys("2"))], "cough trend story"),
    ([("health", keys("1"))], "pregnancy-weeks pregnancy-signs"),
    ([("health", keys("3")), ("birth-weeks", number(5))], "birth-weeks epidural birth-plain birth-sudden"),
    ([("health", keys("3")), ("birth-weeks", number(6))], "birth-weeks epidural birth-sudden"),
    ([("health", keys("3")), ("birth-weeks", number(20))], "birth-weeks birth-sudden"),
    ([("health", keys("3")), ("birth-weeks", number(53))], "birth-weeks"),
    (
        [("health", keys("4")), ("back-operation-when", number(30))],
        "back-operation-when fusion operation-cleared procedure-signs trend story",
    ),
    (
        [("health", keys("4")), ("back-operation-when", number(100))],
        "back-operation-when fusion trend story",
    ),
    ([("health", keys("5")), ("needle-when", number(60))], "needle-when operation-cleared trend story"),
    ([("health", keys("6")), ("operation-when", number(30))], "operation-when operation-cleared"),
    ([("health", keys("7"))], ""),
    ([("medicines", keys("1", "2"))], ""),
    ([("medicines", keys("3"))], "tablets"),
    ([("medicines", keys("3")), ("tablets", keys("u"))], "tablets tablets-ill"),
    ([("age", number(70)), ("injury", keys("2"))], "strain-when strain-checked story"),
    ([("function", keys("3"))], ""),
    ([("function", keys("4"))], "cannot-stand"),
    ([("onset", number(100)), ("age", number(30))], "trend story"),
]


@pytest.mark.parametrize(("said", "more"), EXTRA, ids=[f"{s[0][0]} {more}" for s, more in EXTRA])
def test_each_answer_leads_to_its_own_follow_ups_only(said: list[tuple[str, Reply]], more: str) -> None:
    asked = walked(*said).asked
    expected = [name for name in CLEAN if name in asked]
    assert [name for name in asked if name in CLEAN] == expected
    assert [name for name in asked if name not in CLEAN] == more.split()


def test_legs_named_as_the_place_cannot_be_none_of_these() -> None:
    options = [o.word for o in offered(Q, Q.prompts["both-legs"], {"site": "both-legs"})]
    assert options == ["pain", "tingling", "numbness", "weakness", "unsure"]


def test_after_sudden_strong_pain_moving_is_asked_at_once() -> None:
    said = (("age", number(60)), ("onset", number(1)), ("sudden", keys("y")), ("pain-now", number(8)))
    asked = walked(*said, ("moving", keys("3"))).asked
    here = asked.index("vessel-risks")
    assert asked[here : here + 3] == ("vessel-risks", "moving", "resting")
    assert asked.count("moving") == 1


def test_a_strain_is_asked_about_only_with_age_or_weak_bones() -> None:
    strain = ("injury", keys("2"))
    assert "strain-when" not in walked(("age", number(69)), strain).asked
    assert "strain-when" in walked(("age", number(70)), strain).asked
    assert "strain-checked" in walked(("age", number(40)), strain, ("medicines", keys("4"))).asked


def test_legs_that_do_not_hold_are_weakness_and_asked_about_as_such() -> None:
    legs = (("function", keys("4")), ("cannot-stand", keys("2")))
    asked = walked(*legs, ("leg-strength-side", keys("2")), ("leg-strength-since", keys("t")))
    assert asked.answers["leg_weakness"] == "severe"
    assert asked.answers["leg_weakness_side"] == "both"
    assert asked.answers["leg_weakness_days"] == 0
    assert walked(("function", keys("4")), ("cannot-stand", keys("1"))).answers["leg_weakness"] == "none"


def test_legs_that_do_not_hold_now_are_no_old_weakness() -> None:
    old = (
        ("leg-strength", keys("1")),
        ("leg-strength-since", keys("k")),
        ("leg-strength-how-long", number(4000)),
    )
    answers = walked(*old, ("function", keys("4")), ("cannot-stand", keys("u"))).answers
    assert answers["leg_weakness_baseline"] == "n"
    assert answers["leg_weakness_side"] == "both"
    assert answers["leg_weakness_trend"] == "worse"


def test_side_pain_is_colic_only_in_waves_or_to_the_groin() -> None:
    assert walked(("belly", keys("1")), ("side-waves", keys("n"))).answers["side_pain"] == "n"
    assert walked(("belly", keys("1")), ("side-waves", keys("y"))).answers["side_pain"] == "y"


def test_an_operation_on_the_back_is_also_an_operation() -> None:
    answers = walked(("health", keys("4")), ("back-operation-when", number(30))).answers
    assert answers["procedure_days"] == answers["surgery_days"] == 30
    needle = walked(("health", keys("5")), ("needle-when", number(30))).answers
    assert needle["procedure_days"] == 30
    assert needle["surgery_days"] is None


# --- going back --------------------------------------------------------------------------------------------


def test_changing_an_answer_drops_what_followed_from_it() -> None:
    replies = {
        "saddle": keys("k"),
        "saddle-how-long": number(500),
        "saddle-same": keys("n"),
        "bowel": keys("0"),
    }
    assert without(Q, replies, "saddle") == {"bowel": keys("0")}
    assert without(Q, replies, "saddle-same") == {n: r for n, r in replies.items() if n != "saddle-same"}


def test_replies_that_are_no_longer_due_count_for_nothing() -> None:
    walk = walked(("onset", number(100)), ("trend", keys("3")))
    replies = {name: calm_reply(Q, Q.prompts[name], walk.answers) for name in walk.asked}
    replies |= {"trend": keys("3"), "onset": number(100)}
    assert replay(Q, replies).answers["trend"] == "worse"
    assert "trend" not in replay(Q, {**replies, "onset": number(5)}).answers


def test_the_walk_says_how_many_prompts_are_to_come() -> None:
    start = replay(Q, {})
    assert start.due is not None
    assert start.due.id == "consent"
    assert expected(Q, start) == len(walked().asked)


def test_a_prompt_is_in_doubt_until_its_follow_up_is_answered() -> None:
    assert in_doubt(Q, {"saddle": "y", "saddle_since": "longer"}, {"saddle"}) == {"saddle"}
    assert in_doubt(Q, {"saddle": "y", "saddle_since": "longer"}, {"saddle", "saddle-how-long"}) == set()


def test_the_next_prompt_is_none_when_all_are_asked() -> None:
    walk = walked()
    assert next_prompt(Q, walk.answers, set(walk.asked)) is None
    assert in_doubt(Q, walk.answers, set(walk.asked)) == set()


# --- the review page ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prompt", "reply", "words"),
    [
        ("saddle", keys("o"), "longer, not worse"),
        ("bladder", keys("1", "7"), "hard to start, or weak flow; it burns"),
        ("onset", number(0), "today"),
        ("onset", number(1), "yesterday"),
        ("onset", number(13), "13 days ago"),
        ("onset", number(21), "about 3 weeks ago (21 days)"),
        ("onset", number(100), "about 3 months ago (100 days)"),
        ("onset", number(1000), "about 2 years ago (1000 days)"),
        ("pain-now", number(4), "4 of 10"),
        ("age", number(47), "47"),
        ("pregnancy-weeks", number(20), "20 weeks"),
        ("fever", number(38.61), "38.6 C"),
    ],
)
def test_a_reply_is_read_back_in_words(prompt: str, reply: Reply, words: str) -> None:
    assert in_words(Q, Q.prompts[prompt], reply) == words


def test_the_day_of_a_reply_does_not_move() -> None:
    assert read_ago("2026-03-01", date(2026, 3, 2)) == 1
