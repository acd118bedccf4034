"""Every word that the library shows: plain, calm, short, and leading nowhere a precaution closed."""

import re
from collections import Counter

import pytest

import shipped
from backmove.core.choices import Category
from backmove.core.exercise import Card, Exercise, Feature, Position, Precaution, StopCode
from backmove.core.plain_words import GRADE_MAX, banned_words, grade, leads_elsewhere, prose
from backmove.store.library import load_emergency_numbers
from backmove.term import vocabulary
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


def test_cards_one_to_fourteen_and_twenty_one_are_there_with_their_topics() -> None:
    assert list(CATALOG.cards) == [*range(1, 15), 21]
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
    for share in ("44", "36", "9", "6", "5"):
        assert re.search(rf"\b{share}\b", text)
    assert "seldom tested" in text


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


def test_emergency_numbers_are_told_without_a_promise() -> None:
    numbers = load_emergency_numbers()
    for region in numbers.regions:
        assert re.search(r"\d{3}", region.emergency), region.code
        assert banned_words(f"{region.name} {region.emergency} {region.urgent}") == []
