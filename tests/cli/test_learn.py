"""``backmove learn``: the cards, as a person reads and searches them."""

from typing import Any

import pytest
from msgspec.structs import replace
from test_session import ask, opened

import shipped
from backmove.core.reading import cards_named, search_cards
from backmove.errors import NotFound
from backmove.term.card_view import NOT_YET, card_page, cards_page, found_page
from conftest import World

CATALOG = shipped.catalog()
CARDS = CATALOG.cards


def day(text: str) -> str:
    return text


def test_every_card_stands_in_the_list_with_its_number_topic_and_title(world: World) -> None:
    lines = world.run("learn").out.splitlines()
    for number, card in CARDS.items():
        assert f"{number}, {card.topic}, {card.title}, {NOT_YET}" in lines
    assert "0 of 24 came with a session so far. Read them in any order, or none." in lines
    assert lines[-1] == "Next:  backmove learn outlook"


@pytest.mark.parametrize("card", CARDS.values(), ids=lambda card: card.id)
def test_a_card_opens_by_number_topic_id_and_title(card: Any) -> None:
    for word in (str(card.number), card.topic, card.id, card.title, card.title.upper()):
        assert cards_named(CARDS, word) == (card,)


def test_a_card_says_its_words_its_source_and_how_sure_it_is(world: World) -> None:
    out = world.run("learn", "hurt", "is", "not", "the", "same", "as", "harm").out
    assert "Pain is an alarm." in out
    assert "Source: systematic review for the WHO guideline" in out
    assert "How sure this is: low" in out


def test_two_cards_of_one_topic_both_open() -> None:
    twins = {1: CARDS[1], 2: replace(CARDS[2], topic=CARDS[1].topic)}
    assert cards_named(twins, CARDS[1].topic) == (twins[1], twins[2])
    assert cards_named(twins, "2") == (twins[2],)


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("sleap", "Did you mean sleep?"),
        ("medicin", "Did you mean medicines?"),
        ("0", "from 1 to 24"),
        ("25", "from 1 to 24"),
        ("999999999999999999999999", "from 1 to 24"),
        ("numb", "backmove learn --search numb"),
        ("zzzz", "backmove learn"),
        ("\x1b[31m", "'\\x1b[31m'"),
    ],
)
def test_an_unknown_topic_is_told_what_is_near(world: World, word: str, says: str) -> None:
    result = world.run("learn", word, expect=1)
    assert result.out == "" and says in result.err and "\x1b" not in result.err
    assert world.run("learn", word, "--json", expect=1).error["code"] == "not-found"


def test_a_search_shows_the_best_first_and_where_it_says_so(world: World) -> None:
    data = world.run("learn", "--search", "numb leg", "--json").data
    assert [card["number"] for card in data["cards"]][:2] == [3, 21]
    assert data["all_words"] and "numbness" in data["cards"][0]["where"][-1]
    out = world.run("learn", "--search", "numb leg").out
    assert "21  When to get help" in out and "Both legs weak, numb or painful" in out


def test_a_search_without_a_hit_says_what_is_near_and_without_a_word_is_refused(world: World) -> None:
    assert "Did you mean waking?" in world.run("learn", "--search", "wakling").out
    world.run("learn", "--search", "...", expect=2)


def test_a_card_that_came_with_a_session_says_when(world: World) -> None:
    opened(world)
    number = ask(world)["card"]["number"]
    card = world.run("learn", str(number), "--json").data["cards"][0]
    assert card["came_with"] == "2026-03-02"
    assert "It came with your session of Monday 2 March." in world.run("learn", str(number)).out
    assert "1 of 24 came with a session so far." in world.run("learn").out


def test_reading_writes_nothing_down(world: World) -> None:
    opened(world)
    before = world.journal_file.read_bytes()
    for words in ([], ["3"], ["--search", "pain"], ["--json"]):
        world.run("learn", *words)
    assert world.journal_file.read_bytes() == before


def test_a_lock_stands_above_what_is_read(world: World) -> None:
    """Reading is open to everybody, but a kind card never stands alone where help is needed first."""
    opened(
        world, disposition="EMERGENCY", result="EMERGENCY", ended="emergency", unlocked=False, rules=("E5",)
    )
    for words in (["1"], [], ["--search", "settle"]):
        assert world.run("learn", *words).out.startswith("No session for now:")
    notices = world.run("learn", "1", "--json").data["notices"]
    assert notices and notices[0]["text"].startswith("No session for now:")


def test_questions_that_are_due_stand_above_no_card(world: World) -> None:
    assert world.run("learn").out.startswith("Learn")
    opened(world, valid_until="2026-03-01")
    assert world.run("learn").out.startswith("Learn")


@pytest.mark.parametrize("width", [40, 80, 120])
def test_pages_fit_the_screen(width: int) -> None:
    seen = {3: "Wednesday 23 September 2026"}
    pages = [cards_page(CARDS, seen, CARDS[1], (), day, width=width, plain=False)]
    pages += [
        card_page([card], CATALOG.references, seen, (), day, width=width, plain=False)
        for card in CARDS.values()
    ]
    pages += [found_page("pain", search_cards(CARDS, "pain"), (), width=width, plain=False)]
    for page in pages:
        assert max(len(text) for text, _ in page.lines) <= width


def test_plain_pages_have_no_blank_lines_and_no_escape(world: World) -> None:
    for words in ([], ["3"], ["--search", "pain"], ["--search", "a\x1b[31mb"]):
        out = world.run("learn", *words).out
        assert all(line.strip() for line in out.splitlines()) and "\x1b" not in out


def test_the_core_names_what_is_not_there() -> None:
    with pytest.raises(NotFound):
        cards_named(CARDS, "")
