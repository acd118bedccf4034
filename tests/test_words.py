"""Every word that the library shows: plain, calm, short, and leading nowhere a precaution closed."""

import re
from collections import Counter

import pytest

import shipped
from backmove.core import checkin_news
from backmove.core.checkin import Scale
from backmove.core.choices import Category
from backmove.core.exercise import Card, Exercise, Feature, Position, Precaution, StopCode
from backmove.core.plain_words import GRADE_MAX, banned_words, grade, leads_elsewhere, prose
from backmove.store.checkin_file import load_checkin
from backmove.store.library import load_emergency_numbers
from backmove.term import checkin_view, vocabulary
from backmove.term.exercise_view import exercise_page

CATALOG = shipped.catalog()
ROWS = list(CATALOG.exercises.values())
every_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
every_card = pytest.mark.parametrize("card", CATALOG.cards.values(), ids=lambda card: card.id)
every_tag = pytest.mark.parametrize("entry", CATALOG.precautions.values(), ids=lambda entry: entry.tag)
every_code = pytest.mark.parametrize("code", CATALOG.stop_codes.values(), ids=lambda code: code.code)

THREATS = (
    "crumbl",
    "fragile",
    "paralys",
    "wheelchair for life",
    "permanent",
    "never ",
    "must not",
    "wrong posture",
)
BLAME = ("you missed", "you failed", "should have", "lazy", "your fault")


@every_row
def test_an_exercise_reads_at_grade_six_or_below(row: Exercise) -> None:
    assert grade(" ".join(line for _, line in prose(row))) <= GRADE_MAX


@every_row
def test_an_exercise_uses_no_banned_word_threat_or_blame(row: Exercise) -> None:
    text = " ".join(line for _, line in prose(row))
    assert banned_words(text) == []
    assert not [word for word in (*THREATS, *BLAME) if re.search(rf"\b{word}", text.lower())]


@every_row
def test_every_line_is_a_plain_sentence(row: Exercise) -> None:
    for loc, line in prose(row):
        assert len(line) <= 160, loc
        assert line.isascii(), loc
        assert line == line.strip(), loc
        assert line[0].isupper(), loc
        assert line.endswith("."), loc
        assert "  " not in line, loc


@every_row
def test_easier_and_harder_lead_into_no_hazard_the_row_lacks(row: Exercise) -> None:
    assert leads_elsewhere(row, row.easier) == []
    assert leads_elsewhere(row, row.harder) == []


OTHER_NAMES = {
    row.id: {name.casefold() for name in (row.name, *row.aliases) if len(name.split()) > 1} for row in ROWS
}


@every_row
def test_easier_and_harder_are_forms_of_this_exercise_not_another_one(row: Exercise) -> None:
    text = f"{row.easier} {row.harder}".casefold()
    others = [other for other in OTHER_NAMES if other != row.id]
    named = [other for other in others if any(name in text for name in OTHER_NAMES[other])]
    assert named == []


@every_row
def test_easier_asks_for_no_kit_the_row_does_not_have(row: Exercise) -> None:
    have = {*row.equipment, *row.equipment_optional}
    for kit in ("band", "ball", "strap", "bike"):
        if re.search(rf"\b(?:a|the|your) {kit}\b", row.easier):
            assert kit in have, row.easier


@every_row
def test_nobody_is_told_to_hold_the_breath(row: Exercise) -> None:
    text = " ".join(line for _, line in prose(row)).lower()
    told = re.findall(r"(?<!not )(?<!never )hold (?:your|the) breath", text)
    assert told == []


@every_row
def test_a_long_hold_speaks_of_breathing(row: Exercise) -> None:
    assert re.search(r"\bbreath", row.breathing.lower()) or "breath" in " ".join(row.cues).lower()


@every_row
def test_balance_rows_without_the_hazard_keep_a_hold(row: Exercise) -> None:
    free = {Feature.NO_SUPPORT, Feature.KNEEL} & set(row.features)
    on_one_leg = Feature.ONE_LEG in row.features and row.position in (Position.STANDING, Position.WATER)
    if on_one_leg and not free:
        words = " ".join(row.setup).lower()
        assert re.search(r"\b(?:hand|hands|rail|fingertips|hold)\b", words), row.setup


def test_the_words_of_no_two_exercises_are_the_same() -> None:
    cues = Counter(row.cues for row in ROWS)
    assert [cue for cue, count in cues.items() if count > 1] == []


# --- cards, precautions, stop codes ------------------------------------------------------------------------


@every_card
def test_a_card_is_short_plain_and_calm(card: Card) -> None:
    assert len(card.text.split()) <= 120
    assert grade(card.text) <= GRADE_MAX
    assert banned_words(f"{card.title} {card.text}") == []
    assert not [word for word in (*THREATS, *BLAME) if re.search(rf"\b{word}", card.text.lower())]


@every_card
def test_a_card_promises_nothing(card: Card) -> None:
    text = card.text.lower()
    assert not re.search(
        r"\bwill (?:cure|heal|go away|end|fix|be gone)|\balways helps|\bpain[- ]free\b", text
    )


def test_all_twenty_four_cards_are_there_with_their_topics() -> None:
    assert list(CATALOG.cards) == list(range(1, 25))
    topics = [card.topic for card in CATALOG.cards.values()]
    assert len(set(topics)) == len(topics)


def test_the_card_of_help_names_every_sign_of_the_emergency_card() -> None:
    text = CATALOG.cards[21].text.lower()
    for sign in ("numbness between the legs", "peeing", "pooing", "both legs", "foot that drops", "fever"):
        assert sign in text
    for sign in ("chest pain", "fainting", "tearing pain", "do not wait for the next session"):
        assert sign in text


def test_the_reasons_card_says_that_they_were_seldom_tested() -> None:
    text = CATALOG.cards[4].text
    assert re.findall(r": (\d+)\b", text) == ["44", "36", "9", "6", "5"]
    assert "seldom tested" in text


CLAIMS_TO_SOFTEN = (
    r"\bwrong (?:way|posture|chair)\b",
    r"\bposture (?:causes?|is why)\b",
    r"\bif it hurts,? stop\b",
    r"\b(?:tight|weak) muscles?\b",
    r"\brunning (?:makes|strengthens|builds)\b",
    r"\bthe best exercise is\b",
    r"\b80 (?:per cent|of 100)\b",
    r"\bhave (?:found|shown) why\b",
    r"\bwill (?:help|work|ease|get better)\b",
)
"""Exercises.md section 1: what the popular articles say more firmly than anybody knows."""


@every_card
def test_a_card_repeats_no_claim_that_goes_too_far(card: Card) -> None:
    text = card.text.lower()
    told_as_a_headline = {r"\brunning (?:makes|strengthens|builds)\b"} if card.number == 19 else set()
    assert [c for c in CLAIMS_TO_SOFTEN if c not in told_as_a_headline and re.search(c, text)] == []


@every_card
def test_no_card_counts_in_per_cent_how_much_better_somebody_gets(card: Card) -> None:
    assert not re.search(r"\b\d+ (?:%|per cent) (?:less|better|fewer|more|lower)", card.text.lower())


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (3, "a rule of thumb"),
        (5, "208 days or more"),
        (8, "no one right way to sit"),
        (15, "beside moving and not in place of it"),
        (16, "the next trial may turn the order round"),
        (17, "one to three days"),
        (18, "seemed to help"),
        (19, "it looked only once"),
        (20, "it cannot show pain"),
        (22, "pharmacist"),
        (24, "no kind stands out"),
    ],
)
def test_a_card_says_how_far_its_claim_goes(number: int, words: str) -> None:
    assert words in " ".join(CATALOG.cards[number].text.lower().split())


@every_card
def test_a_card_that_speaks_of_one_trial_or_of_habit_does_not_sound_sure(card: Card) -> None:
    weak = {"low", "very-low", "practice"}
    assert str(card.certainty) in weak or card.source in ("WALK24", "MBSR16", "WHO20", "HEAT06")


@every_tag
def test_a_precaution_is_asked_in_plain_words(entry: Precaution) -> None:
    assert entry.question.endswith("?") or entry.question.endswith(".")
    assert "?" in entry.question
    assert grade(f"{entry.question} {entry.hint}") <= GRADE_MAX
    assert banned_words(f"{entry.label} {entry.question} {entry.hint}") == []


@every_code
def test_a_stop_sign_is_plain(code: StopCode) -> None:
    assert grade(code.text) <= GRADE_MAX
    assert banned_words(code.text) == []
    assert code.text.endswith(".")


# --- what reaches the screen -------------------------------------------------------------------------------


@every_row
def test_the_page_of_an_exercise_has_no_banned_word(row: Exercise) -> None:
    page = exercise_page(row, CATALOG, taken_out_by=["Glaucoma"], width=80, plain=True)
    assert banned_words(page.text()) == []


def test_the_vocabularies_have_no_banned_word() -> None:
    tables = (vocabulary.POSITIONS, vocabulary.CATEGORIES, vocabulary.SLOTS, vocabulary.STAGES)
    more = (vocabulary.MECHANISMS, vocabulary.GOALS, vocabulary.TARGETS, vocabulary.FEATURES)
    for table in (*tables, *more):
        assert banned_words(". ".join(table.values())) == []


def test_every_word_of_the_vocabularies_is_explained() -> None:
    assert set(vocabulary.FEATURES) == set(Feature)
    assert set(vocabulary.CATEGORIES) == set(Category)
    assert set(vocabulary.POSITIONS) == set(Position)


CHECKIN = load_checkin()
SCALES = [CHECKIN.activity, *CHECKIN.weekly.values(), *CHECKIN.now_and_then.values()]
every_scale = pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale.title)


@every_scale
def test_a_question_of_the_check_in_is_plain_and_calm(scale: Scale) -> None:
    text = f"{scale.ask} {scale.why} {scale.tip}"
    assert scale.ask.endswith("?")
    assert grade(text) <= GRADE_MAX
    assert banned_words(f"{scale.title} {text} {scale.low} {scale.high} {scale.name}") == []
    assert not [word for word in (*THREATS, *BLAME, "risk") if re.search(rf"\b{word}", text.lower())]


@every_scale
def test_a_question_of_the_check_in_names_no_questionnaire(scale: Scale) -> None:
    words = f"{scale.title} {scale.ask} {scale.name}".lower()
    assert not re.search(
        r"\b(?:score|peg|psfs|start ?back|ore?bro|tampa|fabq|pseq|interfered|despite)\b", words
    )


def test_what_follows_a_check_in_is_plain_and_calm() -> None:
    texts = (checkin_news.MOOD, checkin_news.CRISIS, checkin_news.NO_SUPPORT, checkin_news.SEVERAL)
    naming = (CHECKIN.naming.ask, CHECKIN.naming.more, CHECKIN.naming.why)
    assert banned_words(". ".join(checkin_view.WORDS.values())) == []
    for text in (*texts, *naming, checkin_view.FIRST):
        assert banned_words(text) == []
        assert grade(text) <= GRADE_MAX
        assert not [
            word for word in (*THREATS, *BLAME, "score", "risk") if re.search(rf"\b{word}", text.lower())
        ]


def test_emergency_numbers_are_told_without_a_promise() -> None:
    numbers = load_emergency_numbers()
    for region in numbers.regions:
        assert not region.support or re.search(r", \d[\d ]{2,}$", region.support), region.code
        assert re.search(r"\d{3}", region.emergency), region.code
        assert banned_words(f"{region.name} {region.emergency} {region.urgent}") == []
