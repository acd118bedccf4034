"""Entries in words: whatever people wrote, it is shown whole and steers nothing."""

import unicodedata
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from backmove.core.notice import Notice
from backmove.core.record import Amend, Done, DoneRow, Pain, Profile, Unknown
from backmove.term.answer_view import first_line, notice_lines
from backmove.term.clean import columns, one_line
from backmove.term.entries_view import describe, entry_json, entry_text, list_text, value_words

HEAD: dict[str, Any] = {"v": 1, "id": "aaaa00000000", "at": "2026-03-02T09:00:00+01:00", "day": "2026-03-02"}
TODAY = date(2026, 3, 2)
WIDTHS = st.integers(40, 88)


def steers(text: str) -> list[str]:
    return [s for s in text if s != "\n" and unicodedata.category(s) in ("Cc", "Cs", "Zl", "Zp")]


@given(st.text(), WIDTHS, st.booleans())
def test_any_note_is_shown_whole_and_steers_nothing(note: str, width: int, plain: bool) -> None:
    shown = list_text(
        [Pain(**HEAD, score=4, note=note)], {HEAD["id"]: "aaaa"}, today=TODAY, width=width, plain=plain
    )
    assert steers(shown) == []
    assert one_line(note).replace(" ", "") in shown.replace(" ", "").replace("\n", "")
    if plain:
        assert "\n" not in shown
    else:
        assert all(columns(line) <= width for line in shown.splitlines())


@given(st.text(max_size=30), st.text(max_size=30))
def test_words_of_a_profile_or_of_a_strange_entry_steer_nothing(key: str, word: str) -> None:
    for record in (
        Profile(**HEAD, set={"activities": [word], "region": word}),
        Done(**HEAD, session="s", rows=(DoneRow(word, hurt=True),)),
        Unknown(**HEAD, raw={"kind": word, key: word}),
    ):
        assert steers(describe(record)) == []


def test_a_sentence_about_an_entry_says_of_a_note_only_that_there_is_one() -> None:
    assert entry_text(Pain(**HEAD, score=4), "today at 09:00") == "pain 4 today at 09:00"
    assert (
        entry_text(Pain(**HEAD, score=4, note="x"), "today at 09:00")
        == "pain 4, with your note, today at 09:00"
    )


def test_markup_of_any_kind_survives() -> None:
    note = "worse in [left] leg :pill: [/b] {0} %s \\x1b"
    assert note in list_text(
        [Pain(**HEAD, score=4, note=note)], {HEAD["id"]: "aaaa"}, today=TODAY, width=80, plain=True
    )
    assert entry_json(Pain(**HEAD, score=4, note=note))["note"] == note


def test_a_kind_without_words_of_its_own_shows_its_simple_fields() -> None:
    record = Amend(**HEAD, target="b\x1bc", set={"score": 5})
    assert describe(record) == "amend, target b␛c"


def test_values_are_words() -> None:
    assert [value_words(v) for v in (True, False, [], ["a", "b"], 3)] == ["yes", "no", "none", "a, b", "3"]


@given(st.text(alphabet=st.characters(codec="ascii", categories=["L", "Zs"])), WIDTHS)
def test_a_sentence_and_its_hint_fit_the_screen(text: str, width: int) -> None:
    shown = first_line(text, width=width, plain=False)
    assert all(columns(line) <= width for line in shown.splitlines())
    assert shown.endswith("(backmove undo)")
    assert first_line(text, width=width, plain=True) == f"{text}\nTo take it back: backmove undo"


def test_notices_begin_on_lines_of_their_own() -> None:
    two = [Notice("a", "one two three four five six seven eight nine"), Notice("b", "ten")]
    assert notice_lines(two, width=40, plain=False) == [
        "one two three four five six seven eight",
        "nine",
        "ten",
    ]
    assert notice_lines(two, width=40, plain=True) == [two[0].text, "ten"]
