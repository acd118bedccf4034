"""The words of the questionnaire: plain, short, honest, sourced, and few enough for six minutes."""

import re
from collections.abc import Iterator

import pytest

from backmove.core.interview import offered
from backmove.core.plain_words import GRADE_MAX, banned_words, grade
from backmove.core.questionnaire import Prompt
from backmove.store.resources import resource
from backmove.store.yaml_file import load_yaml
from questions import number, shipped, walked

Q = shipped()

MEDICAL = re.compile(
    r"\b(?:operation|aneurysm|antibiotics|epidural|caesarean|erection|straightforward)\b", re.I
)
"""Medical names; the reading grade does not count them."""

STANDING = ("no", "yes", "not sure", "none", "skip", "still not sure")
"""Labels that are the same on every screen; they are known, not read."""

WORDS_A_MINUTE, SECONDS_A_PROMPT = 200, 3
MINUTES_MAX = 6
PROMPTS_MIN, PROMPTS_MAX = 28, 33

FACTS = {
    "sign": "new pain in both legs",
    "number": "112",
    "urgent": "your doctor",
    "date": "Friday 27 November",
    "left_out": "deep bends and jumps",
}


def texts() -> Iterator[tuple[str, str]]:
    """Everything that is read in sentences."""
    for prompt in Q.prompts.values():
        yield f"{prompt.id}: question", prompt.text
        yield f"{prompt.id}: why", prompt.why
    for pair in Q.contradictions:
        yield f"{pair.id}: contradiction", pair.text
    for message in Q.messages.values():
        text = " ".join(message.paragraphs)
        for name, fact in FACTS.items():
            text = text.replace("{" + name + "}", fact)
        yield f"{message.id}: message", text
    for rule in Q.rules.values():
        for sign in (rule.sign, *(part.sign for part in rule.parts)):
            yield f"{rule.id}: sign", f"I have back pain and {sign}."
    for tag in Q.tags:
        yield f"{tag.tag}: left out", f"Your sessions leave out {tag.leaves_out}."
    for name, sign in Q.daily_locks.items():
        yield f"{name}: sign", f"I have back pain and {sign}."
    for line in (Q.card_title, *Q.card):
        yield "card", line


TEXTS = list(texts())


def test_there_is_something_to_read() -> None:
    assert len(TEXTS) > 400


@pytest.mark.parametrize(("where", "text"), TEXTS, ids=[where for where, _ in TEXTS])
def test_a_text_reads_at_grade_six_or_below(where: str, text: str) -> None:
    assert grade(MEDICAL.sub("thing", text)) <= GRADE_MAX


def everything() -> Iterator[tuple[str, str]]:
    yield from TEXTS
    for prompt in Q.prompts.values():
        for option in prompt.options:
            yield f"{prompt.id}.{option.word}", option.label
            yield f"{prompt.id}.{option.word}", option.question


DISEASES = re.compile(
    r"cauda|sciatica|stenosis|spondyl|fracture|tumou?r|sepsis|abscess|dissection|slipped disc|herniat|%|\bscore\b",
    re.I,
)


def test_no_text_comforts_falsely_threatens_or_names_a_disease_as_a_result() -> None:
    assert [(where, banned_words(text)) for where, text in everything() if banned_words(text)] == []
    results = [t for w, t in TEXTS if w.endswith((": message", ": sign", ": left out")) or w == "card"]
    assert len(results) > 150
    assert [text for text in results if DISEASES.search(text)] == []


def test_every_placeholder_is_one_that_is_filled() -> None:
    marks = {mark for m in Q.messages.values() for p in m.paragraphs for mark in re.findall(r"{(\w+)}", p)}
    assert marks == set(FACTS)
    assert {mark for p in Q.prompts.values() for mark in re.findall(r"{(\w+)}", p.text)} == {"number"}
    assert re.findall(r"{(\w+)}", Q.card_title) == ["number"]


def test_an_emergency_says_what_to_do_the_number_what_to_say_and_what_not_to_do() -> None:
    for variant in ("call", "go", "maternity", "early-pregnancy"):
        text = " ".join(Q.messages[f"EMERGENCY-{variant}"].paragraphs)
        for needed in ("Stop here", "{sign}", "{number}", "Say:", "Do not exercise", "Do not wait"):
            assert needed in text


def test_self_care_says_that_it_does_not_rule_everything_out() -> None:
    assert "That does not rule everything out." in Q.messages["SELF_CARE"].paragraphs[0]


def test_the_card_has_five_lines() -> None:
    assert len(Q.card) == 5


def test_the_consent_comes_first_begins_with_the_emergency_line_and_is_short() -> None:
    first = next(iter(Q.prompts.values()))
    assert first.kind == "consent"
    assert first.text.startswith("In an emergency, call {number}.") or "call {number} now" in first.text[:40]
    assert len(shown_words(first)) < 90


# --- every prompt and rule has its reason and its source ---------------------------------------------------


def test_every_prompt_says_why_it_is_asked() -> None:
    assert [p.id for p in Q.prompts.values() if len(p.why.split()) < 4 or not p.why.endswith(".")] == []


def test_every_prompt_rule_tag_and_message_has_a_source_that_is_in_the_references() -> None:
    known = {entry["key"] for entry in load_yaml(resource("references.yaml")).data["references"]}
    assert len(known) > 100
    sourced = {
        **{f"prompt {p.id}": p.sources for p in Q.prompts.values()},
        **{f"rule {r.id}": r.sources for r in Q.rules.values()},
        **{f"weak point {w.id}": w.sources for w in Q.weak_points.values()},
        **{f"tag {t.tag}": t.sources for t in Q.tags},
        **{f"message {m.id}": m.sources for m in Q.messages.values()},
    }
    assert {name: s for name, s in sourced.items() if not s or not set(s) <= known} == {}


def test_the_tags_are_those_of_the_precautions() -> None:
    known = {entry["tag"] for entry in load_yaml(resource("precautions.yaml")).data["precautions"]}
    assert set(Q.fields["precautions"].values) == known
    assert {tag.tag for tag in Q.tags} <= known
    assert set(Q.clearable_tags) <= known


# --- length ------------------------------------------------------------------------------------------------


def shown_words(prompt: Prompt, answers: dict[str, object] | None = None) -> list[str]:
    """The words that a person reads on this screen; not the labels that stand on every one."""
    labels = [o.label for o in offered(Q, prompt, answers or {})] if answers is not None else []  # type: ignore[arg-type]
    return " ".join(
        [prompt.text, *prompt.help, *(label for label in labels if label not in STANDING)]
    ).split()


CLEAN_RUNS = [
    (18, 3),
    (25, 400),
    (30, 200),
    (40, 5),
    (40, 30),
    (54, 5),
    (56, 5),
    (60, 5),
    (60, 200),
    (80, 2000),
]


@pytest.mark.parametrize(("age", "onset"), CLEAN_RUNS)
def test_a_clean_run_is_28_to_33_prompts_and_under_six_minutes(age: int, onset: int) -> None:
    walk = walked(("age", number(age)), ("onset", number(onset)))
    assert PROMPTS_MIN <= len(walk.asked) <= PROMPTS_MAX
    words = [w for name in walk.asked for w in shown_words(Q.prompts[name], dict(walk.answers))]
    assert len(words) > 500
    assert len(words) / WORDS_A_MINUTE + len(walk.asked) * SECONDS_A_PROMPT / 60 < MINUTES_MAX


FORCED = [
    "chest",
    "bladder",
    "saddle",
    "bowel",
    "sex",
    "both-legs",
    "leg-strength",
    "control",
    "one-leg",
    "fever",
    "very-ill",
    "cancer",
    "position",
]


def test_strong_signs_have_a_prompt_of_their_own_in_every_run() -> None:
    for age, onset in CLEAN_RUNS:
        asked = walked(("age", number(age)), ("onset", number(onset))).asked
        assert set(FORCED) <= set(asked)


def test_none_of_these_is_a_key_that_is_typed() -> None:
    for prompt in Q.prompts.values():
        if prompt.kind == "list":
            lone = [o.key for o in prompt.options if o.exclusive]
            assert lone[0] == "0"
            assert "" not in lone
