"""When the self-test of bending and arching may be done, what it says, and when it is offered."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from msgspec.structs import replace

import shipped
from backmove.core.clearance import Standing
from backmove.core.diary import Diary, fold
from backmove.core.exercise import Feature, Stage
from backmove.core.further import Way
from backmove.core.plain_words import GRADE_MAX, banned_words, grade
from backmove.core.profile import Place, Profile
from backmove.core.reason import Reason
from backmove.core.record import Direction, Pain, Triage
from backmove.core.record import Profile as ProfileChange
from backmove.core.self_test import Half, Trial, halves_typed, only_open, open_halves
from backmove.core.way_words import OFFER, UNSURE, about_ways, is_offered
from backmove.errors import BackmoveError, ExitCode, UsageProblem
from backmove.term import direction_walk
from given import done, row, session

Stamp = Callable[..., Mapping[str, Any]]
CATALOG, PARAMETERS = shipped.library()
TODAY, NOON = "2026-03-02", 12 * 60
CLEAR, EMPTY = Standing(), Diary()


def halves(
    standing: Standing = CLEAR, diary: Diary = EMPTY, minute: int = NOON
) -> tuple[tuple[Trial, ...], tuple[str, ...]]:
    return open_halves(CATALOG, diary, standing, TODAY, minute, PARAMETERS)


def tried(*tags: str, **more: Any) -> list[Way]:
    return [trial.way for trial in halves(Standing(tags=frozenset(tags)), **more)[0]]


# --- when ------------------------------------------------------------------------------------------------


def test_with_nothing_against_it_both_halves_are_tried_bending_first() -> None:
    assert tried() == [Way.FLEXION, Way.EXTENSION]


@pytest.mark.parametrize("code", [ExitCode.LOCKED, ExitCode.SAME_DAY, ExitCode.EMERGENCY])
def test_a_lock_is_a_lock_here_too(code: ExitCode) -> None:
    with pytest.raises(BackmoveError, match="no self-test") as caught:
        halves(Standing(reasons=(Reason("new-red-flag", "Something new.", code),)))
    assert caught.value.exit_code is code


def test_pain_of_eight_without_a_fresh_triage_is_no_day_for_it(stamp: Stamp) -> None:
    diary = fold([Pain(**stamp(), score=8)])
    with pytest.raises(BackmoveError, match="safety questions"):
        halves(diary=diary)
    assert halves(Standing(fresh=True), diary)


def test_gentle_days_have_no_self_test() -> None:
    with pytest.raises(BackmoveError, match="gentle"):
        halves(Standing(gentle=True))


@pytest.mark.parametrize(
    ("tag", "ways"),
    [
        ("osteoporosis", [Way.EXTENSION]),
        ("leg-pain-worse-bending", [Way.EXTENSION]),
        ("spinal-stenosis", [Way.FLEXION]),
        ("spondylolisthesis", [Way.FLEXION]),
        ("leg-pain-worse-arching", [Way.FLEXION]),
        ("leg-symptoms-settled", [Way.FLEXION, Way.EXTENSION]),
        ("leg-symptoms-irritable", [Way.FLEXION, Way.EXTENSION]),
        ("glaucoma", [Way.FLEXION, Way.EXTENSION]),
    ],
)
def test_a_precaution_leaves_its_half_out(tag: str, ways: list[Way]) -> None:
    assert tried(tag) == ways


@pytest.mark.parametrize("tag", CATALOG.precautions)
def test_no_form_of_a_half_has_what_a_precaution_forbids(tag: str) -> None:
    forbids = set(CATALOG.precautions[tag].forbids)
    try:
        trials, _ = halves(Standing(tags=frozenset({tag})))
    except BackmoveError:
        return
    text = " ".join(form for trial in trials for form in trial.forms)
    for feature, words in (
        (Feature.HEAD_LOW, "Slide your hands down"),
        (Feature.SUPINE, "Lie on your back"),
        (Feature.NO_SUPPORT, "Lean back"),
        (Feature.PRONE, "Lie on your front"),
    ):
        assert feature not in forbids or words not in text, (tag, feature)


def test_who_sits_is_not_asked_to_stand() -> None:
    trials, _ = halves(diary=Diary(profile=Profile(place=Place.CHAIR)))
    assert not any("Stand" in form for trial in trials for form in trial.forms)


def test_an_unknown_precaution_leaves_both_out() -> None:
    with pytest.raises(BackmoveError, match="left out"):
        tried("a-tag-of-the-future")


def test_a_way_that_rests_is_not_tried(stamp: Stamp) -> None:
    given = session(stamp, row("prone-press-up", "extension"))
    diary = fold([given, done(stamp, given, leg="further")])
    assert tried(diary=diary) == [Way.FLEXION]


def test_the_morning_rule_holds(stamp: Stamp) -> None:
    diary = Diary(profile=Profile(morning_rule=True, gets_up="07:00"))
    assert tried(diary=diary, minute=8 * 60) == [Way.EXTENSION]
    assert tried(diary=diary, minute=10 * 60) == [Way.FLEXION, Way.EXTENSION]


# --- what was typed --------------------------------------------------------------------------------------


def test_a_half_is_a_word_and_perhaps_the_leg() -> None:
    assert halves_typed("better", None, "closer", None) == [Half(Way.FLEXION, "better", "closer")]
    assert halves_typed(None, "same", None, None) == [Half(Way.EXTENSION, "same")]
    assert halves_typed(None, None, None, None) == []


@pytest.mark.parametrize(
    "typed", [("bettr", None, None, None), (None, None, "closer", None), ("same", None, "down", None)]
)
def test_a_word_that_does_not_fit_is_refused(typed: tuple[str | None, ...]) -> None:
    with pytest.raises(UsageProblem):
        halves_typed(*typed)


def test_a_half_that_is_left_out_is_not_written_down() -> None:
    trials, left_out = halves(Standing(tags=frozenset({"osteoporosis"})))
    only_open([Half(Way.EXTENSION, "better")], trials, left_out)
    with pytest.raises(BackmoveError, match="Bending forward is left out"):
        only_open([Half(Way.FLEXION, "better")], trials, left_out)


# --- beside a session ------------------------------------------------------------------------------------


def asked(stamp: Stamp, **fields: Any) -> Triage:
    return Triage(
        **stamp(days=-1), disposition="SELF_CARE", result="SELF_CARE", ended="finished", complete=True,
        rules_version="1", **{"episode_start": "2026-02-20", **fields},
    )  # fmt: skip


def codes(diary: Diary, stage: Stage = Stage.CHRONIC, standing: Standing = CLEAR) -> list[str]:
    return [notice.code for notice in about_ways(diary, TODAY, stage, standing, PARAMETERS)]


@pytest.mark.parametrize(
    ("stage", "signs", "tags", "offered"),
    [
        (Stage.ACUTE, False, (), True),
        (Stage.SUBACUTE, False, (), True),
        (Stage.CHRONIC, False, (), False),
        (Stage.CHRONIC, True, (), True),
        (Stage.CHRONIC, False, ("leg-symptoms-settled",), True),
        (Stage.MAINTENANCE, False, (), False),
    ],
)
def test_it_is_offered_in_the_first_weeks_or_with_leg_symptoms(
    stamp: Stamp, stage: Stage, signs: bool, tags: tuple[str, ...], offered: bool
) -> None:
    diary = fold([asked(stamp, leg_signs=signs)])
    assert is_offered(diary, TODAY, stage, Standing(tags=frozenset(tags))) is offered


def test_it_is_offered_once(stamp: Stamp) -> None:
    diary = fold([asked(stamp)])
    assert codes(diary, Stage.ACUTE) == [OFFER.code]
    assert codes(fold([asked(stamp), session(stamp, row("bridge"))]), Stage.ACUTE) == [OFFER.code]
    earlier = fold([asked(stamp), session(stamp, row("bridge"), days=-1)])
    assert codes(earlier, Stage.ACUTE) == []
    assert codes(fold([asked(stamp), Direction(**stamp(), arching="same")]), Stage.ACUTE) == []
    assert codes(diary, Stage.ACUTE, Standing(gentle=True)) == []
    assert codes(replace(diary, triages=()), Stage.ACUTE) == []


def test_what_rests_what_helps_and_what_comes_back_is_told(stamp: Stamp) -> None:
    given = session(stamp, row("prone-press-up", "extension"), days=0)
    rests = fold([asked(stamp), given, done(stamp, given, leg="further")])
    texts = [n.text for n in about_ways(rests, TODAY, Stage.CHRONIC, Standing(), PARAMETERS)]
    assert texts[0].startswith("Arching back rests until Sunday 8 March")
    helps = fold([asked(stamp), Direction(**stamp(), bending="better")])
    assert codes(helps) == ["direction-helps"]
    back = [notice.code for notice in about_ways(rests, "2026-03-10", Stage.CHRONIC, Standing(), PARAMETERS)]
    assert back == ["way-back"]


@pytest.mark.parametrize(("score", "lines"), [(4, [UNSURE.code]), (5, [])])
def test_little_confidence_has_a_line_of_its_own(stamp: Stamp, score: int, lines: list[str]) -> None:
    assert codes(fold([ProfileChange(**stamp(), set={"confidence": score})])) == lines


def test_every_line_is_plain() -> None:
    trials, left_out = halves(Standing(tags=frozenset({"osteoporosis"})))
    words = [form for trial in trials for form in trial.forms] + [OFFER.text, UNSURE.text, *left_out]
    words += [direction_walk._TEN, direction_walk._WHY_LEG, direction_walk._WHY_WORD]
    for text in words:
        assert banned_words(text) == [] and grade(text) <= GRADE_MAX, text
