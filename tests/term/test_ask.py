"""Asking: one answer for one question, whatever fingers do."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from backmove.term.ask import Asker, Control
from backmove.term.presses import GRACE_S
from backmove.term.question import Choice, Question
from fingers import Fingers

NO = Choice("no", "no", "n")
YES = Choice("new", "yes, and it began in the last two weeks", "y")
OLD = Choice("old", "yes, for longer", "o")
UNSURE = Choice("unsure", "not sure", "u")
ANSWERS = (NO, YES, OLD, UNSURE)
FIRST = Question(title="Legs", ask="Is a leg weak?", why="Nerves work the legs.", choices=ANSWERS)
SECOND = Question(title="Fever", ask="Do you have a fever?", choices=ANSWERS)
ITEMS = Question(
    title="Infection",
    ask="Do any of these fit you?",
    choices=(
        Choice("diabetes", "diabetes"),
        Choice("dialysis", "dialysis"),
        Choice("recent", "an infection that needed antibiotics"),
    ),
    alone=(Choice("none", "none of these", "n", ("none",)),),
)
LONG = Question(
    title="About you",
    ask="Which fit?",
    choices=tuple(Choice(f"tag-{n}", f"thing {n}") for n in range(1, 13)),
    alone=(Choice("none", "none of these", "n", ("none",)),),
)
AGE = Question(title="Age", ask="How old are you?", typed="years", back=False)
SINCE = Question(title="Since", ask="Since when?", typed="3 weeks, or a date", free=True, choices=(UNSURE,))
FEVER = Question(title="Fever", ask="Had a fever?", typed="a temperature such as 38.7 C", choices=(NO, YES))
CONSENT = Question(
    title="Before we begin",
    ask="Is this check about you?",
    in_full=True,
    choices=(
        Choice("me", "about me, and I have read this", words=("agree",)),
        Choice("other", "somebody else", words=("other",)),
    ),
)


class Desk:
    """An asker with fingers in front of it and a screen that is kept."""

    def __init__(self, *strokes: str | float, plain: bool = False, width: int = 80, **how: float) -> None:
        self.fingers = Fingers(*strokes, **how)
        self.file = io.StringIO()
        self.asker = Asker(self.fingers, lambda: self._console(width), plain=plain)

    def _console(self, width: int) -> Console:
        return Console(
            file=self.file, width=width, height=24, color_system=None, markup=False, highlight=False
        )

    @property
    def shown(self) -> str:
        return self.file.getvalue()

    @property
    def screen(self) -> str:
        return self.shown.rpartition("\x1b[H")[2].replace("\x1b[K", "").replace("\x1b[J", "")

    def choose(self, question: Question = FIRST) -> str | Control:
        said = self.asker.one(question)
        return said if isinstance(said, Control) else said.key

    def items(self) -> str | Control:
        return self.asker.ask(ITEMS, lambda text: text)

    def many(self, question: Question = ITEMS) -> list[str] | Control:
        said = self.asker.many(question)
        return said if isinstance(said, Control) else [choice.value for choice in said]

    def age(self) -> int | Control:
        return self.asker.ask(AGE, _age)


def _age(text: str) -> int:
    if not text.isdecimal():
        raise ValueError(f"{text} is not a number of years.")
    return int(text)


# --- one key ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["n", "n\n", "no\n", "no", "N", "NO\n"])
def test_a_key_or_its_word_answers_one_question_and_not_two(typed: str) -> None:
    desk = Desk(typed, "y")
    assert desk.choose(FIRST) == "n"
    assert desk.choose(SECOND) == "y"
    assert desk.fingers.left == ""


@pytest.mark.parametrize("gap", [0.01, 0.1, 0.3, 0.6, 1.0])
def test_the_rest_of_a_word_is_swallowed_at_any_speed_of_typing(gap: float) -> None:
    desk = Desk("no\n", "o", gap=gap)
    assert desk.choose(FIRST) == "n"
    assert desk.choose(SECOND) == "o"


@pytest.mark.parametrize("gap", [0.01, 0.1, 0.3, 0.6])
def test_not_sure_in_words_is_never_no(gap: float) -> None:
    desk = Desk("not sure\n", "u", gap=gap)
    assert desk.choose(FIRST) == "n"
    assert desk.choose(SECOND) is Control.BACK
    assert desk.choose(FIRST) == "u"
    assert "typed word" in desk.shown
    with pytest.raises(EOFError):
        desk.choose(SECOND)


@pytest.mark.parametrize("word", ["maybe", "why", "I do not know", "perhaps yes"])
@pytest.mark.parametrize("gap", [0.05, 0.3])
def test_a_word_that_is_no_answer_gives_none(word: str, gap: float) -> None:
    desk = Desk(word + "\n", "y", gap=gap)
    assert desk.choose(FIRST) == "y"
    assert desk.fingers.left == "", "the y of the word was taken"


def test_back_in_full_does_not_answer_the_question_before() -> None:
    known = Question(title="t", ask="q", choices=(NO, Choice("known", "yes, for years", "k")))
    desk = Desk("n", "back", gap=0.3)
    assert desk.choose(known) == "n"
    assert desk.choose(SECOND) is Control.BACK
    with pytest.raises(EOFError):
        desk.choose(known)


def test_enter_alone_asks_again() -> None:
    desk = Desk("\n", "\n", "y")
    assert desk.choose() == "y"
    assert "Enter alone is not an answer. Press one of n, y, o, u." in desk.shown


def test_an_unknown_key_says_what_is_possible() -> None:
    desk = Desk("x", "<left>", "7", "o")
    assert desk.choose() == "o"
    assert "Press one of n, y, o, u." in desk.shown


def test_keys_typed_before_the_question_was_there_do_not_count() -> None:
    desk = Desk("y", 0.0, "y", 0.0, "n", "o")
    assert desk.choose(FIRST) == "y"
    assert desk.choose(SECOND) == "o"


def test_forgetting_what_was_typed_ahead_does_not_rest_on_the_time_of_grace(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("backmove.term.ask.GRACE_S", 0.0)
    monkeypatch.setattr("backmove.term.presses.GRACE_S", 0.0)
    for plain, typed in ((False, ("y", 0.0, "n", "o")), (True, ("2\n", 0.0, "1", 0.0, "\n", "3\n"))):
        desk = Desk(*typed, plain=plain, gap=0.0)
        assert desk.choose(FIRST) == "y"
        assert desk.choose(SECOND) == "o"


def test_a_line_that_was_under_way_before_the_question_does_not_count() -> None:
    desk = Desk("2\n", 0.05, "1\n", "3\n", plain=True, gap=0.0)
    assert desk.choose(FIRST) == "y"
    assert desk.choose(SECOND) == "o"


@pytest.mark.parametrize(("after", "counts"), [(GRACE_S / 2, False), (GRACE_S * 1.5, True)])
def test_keys_count_only_when_the_question_could_be_seen(after: float, counts: bool) -> None:
    desk = Desk("y", after, "n")
    assert desk.choose(FIRST) == "y"
    if counts:
        assert desk.choose(SECOND) == "n"
    else:
        with pytest.raises(EOFError):
            desk.choose(SECOND)


@pytest.mark.parametrize("first_repeat", [0.25, 0.5, 0.66])
@pytest.mark.parametrize("rate", [0.025, 0.033, 0.09])
def test_a_key_held_down_answers_once(first_repeat: float, rate: float) -> None:
    held = ["n", first_repeat, *[stroke for _ in range(120) for stroke in ("n", rate)]]
    desk = Desk(*held[:-1], "y")
    assert desk.choose(FIRST) == "n"
    assert desk.choose(SECOND) == "y"


def test_the_same_key_pressed_again_is_a_second_answer() -> None:
    desk = Desk("n", 0.5, "n")
    assert desk.choose(FIRST) == "n"
    assert desk.choose(SECOND) == "n"


def test_the_end_of_input_and_ctrl_c_are_no_answers() -> None:
    with pytest.raises(EOFError):
        Desk().choose()
    with pytest.raises(EOFError):
        Desk("<ctrl-d>", "y").choose()
    with pytest.raises(KeyboardInterrupt):
        Desk("<ctrl-c>", "y").choose()


def test_why_is_answered_and_the_question_stays() -> None:
    desk = Desk("?", "y")
    assert desk.choose() == "y"
    assert "Nerves work the legs." in desk.screen


def test_back_and_quit() -> None:
    assert Desk("b").choose() is Control.BACK
    assert Desk("q", "s").choose() is Control.QUIT
    assert Desk("q", "g", "y").choose() == "y"
    with pytest.raises(EOFError):
        Desk("q").choose()


def test_back_is_not_offered_where_there_is_no_back() -> None:
    first = Question(title="t", ask="q", choices=(NO, YES), back=False)
    desk = Desk("b", "y")
    assert desk.choose(first) == "y"
    assert "b back" not in desk.shown


@given(
    st.lists(
        st.sampled_from(["n", "y", "o", "u", "x", "\n", "<left>", "b", "?", "no\n", "not sure"]), max_size=12
    )
)
def test_no_keys_ever_answer_more_questions_than_there_were_strokes(strokes: list[str]) -> None:
    desk = Desk(*strokes)
    answers = 0
    try:
        while True:
            if isinstance(desk.choose((FIRST, SECOND)[answers % 2]), str):
                answers += 1
    except EOFError:
        assert answers <= sum(stroke[0] in "nyou" for stroke in strokes)


# --- lists --------------------------------------------------------------------------------------------------


def test_items_are_ticked_and_enter_takes_them() -> None:
    desk = Desk("1", "3", "\n")
    assert desk.items() == "1 3"
    assert "[x] diabetes" in desk.shown


def test_an_item_pressed_again_is_off() -> None:
    assert Desk("2", "2", "3", "\n").items() == "3"
    assert Desk("1", "1", "\n", "n").items() == "n"


def test_ticks_typed_in_one_go_all_count() -> None:
    assert Desk("13\n", gap=0.0).items() == "1 3"
    assert Desk("113\n", gap=0.05).items() == "3"


def test_none_is_a_key_of_its_own_and_enter_is_not_none() -> None:
    desk = Desk("\n", "n")
    assert desk.items() == "n"
    assert "Enter alone is not an answer" in desk.shown
    with pytest.raises(EOFError):
        Desk("\n", "\n").items()


def test_none_beside_other_items_is_asked_again() -> None:
    desk = Desk("1", "n", "1", "n")
    assert desk.items() == "n"
    assert "You named something and also said: none of these" in desk.shown


def test_a_long_list_is_typed_as_numbers() -> None:
    desk = Desk("1 12\n")
    assert desk.many(LONG) == ["tag-1", "tag-12"]
    assert "[ ]" not in desk.shown
    assert Desk("1\n", "n").many(LONG) == ["tag-1"]
    assert Desk("13\n", "n").many(LONG) == ["none"]


# --- typed --------------------------------------------------------------------------------------------------


def test_a_number_is_typed_and_can_be_corrected() -> None:
    desk = Desk("45\x7f4\n")
    assert desk.age() == 44
    assert "years, then Enter: 44" in desk.screen


def test_nonsense_is_asked_again_with_the_reason() -> None:
    desk = Desk("forty\n", "\n", "44\n")
    assert desk.age() == 44
    assert "forty is not a number of years." in desk.shown
    assert "Enter alone is not an answer" in desk.shown


def test_a_choice_may_take_a_typed_value_as_well() -> None:
    desk = Desk("38.6 C\n")
    assert desk.asker.ask(FEVER, lambda text: text) == "38.6 C"
    assert Desk("n").asker.ask(FEVER, lambda text: text) == "n"


def test_a_free_value_may_begin_with_any_letter_and_keys_still_answer() -> None:
    assert Desk("yesterday\n").asker.ask(SINCE, lambda text: text) == "yesterday"
    assert Desk("3 weeks\n").asker.ask(SINCE, lambda text: text) == "3 weeks"
    assert Desk("u").asker.ask(SINCE, lambda text: text) == "u"


def test_a_word_in_full_is_needed_where_it_is_asked_for() -> None:
    read = lambda text: text if text in ("agree", "other") else _refuse(text)  # noqa: E731
    desk = Desk("a\n", "1\n", "\n", "agree\n")
    assert desk.asker.ask(CONSENT, read) == "agree"
    with pytest.raises(EOFError):
        Desk("agree").asker.ask(CONSENT, read)


def test_a_word_in_full_loses_no_letter_to_the_answer_before() -> None:
    slip = Question(
        title="t",
        ask="q",
        in_full=True,
        choices=(Choice("slip", "a slip", words=("I answered wrongly",)),),
    )
    desk = Desk("r", 0.3, "I answered wrongly\n")
    assert desk.choose(Question(title="t", ask="q", choices=(Choice("r", "right", "r"),))) == "r"
    said = desk.asker.one(slip)
    assert isinstance(said, Choice)
    assert said.value == "slip"


@pytest.mark.parametrize("plain", [False, True])
def test_a_word_in_full_is_never_a_number_or_a_key(plain: bool) -> None:
    said = Desk("1\n", "a\n", "about me\n", "AGREE\n", plain=plain).asker.one(CONSENT)
    assert isinstance(said, Choice)
    assert said.value == "me"


def _refuse(text: str) -> str:
    raise ValueError(f"{text} is none of the words.")


# --- by line ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["1\n", "n\n", "no\n", "NO\n"])
def test_plain_answers_are_numbers_or_words_with_enter(typed: str) -> None:
    desk = Desk(typed, "2\n", plain=True)
    assert desk.choose(FIRST) == "n"
    assert desk.choose(SECOND) == "y"


def test_where_single_keys_cannot_be_read_questions_are_answered_by_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Fingers, "single", False)
    desk = Desk("1\n", "2\n")
    assert desk.choose(FIRST) == "n"
    assert desk.choose(SECOND) == "y"
    assert "\x1b" not in desk.shown


def test_plain_repaints_nothing_and_says_one_fact_a_line() -> None:
    desk = Desk("\n", "9\n", "?\n", "4\n", plain=True)
    assert desk.choose() == "u"
    assert "\x1b" not in desk.shown
    for line in ("1. no", "4. not sure", "Enter alone is not an answer.", "Nerves work the legs."):
        assert line in [shown.removeprefix("> ") for shown in desk.shown.splitlines()]


def test_plain_lists_take_numbers_or_the_word_for_none() -> None:
    assert Desk("1 3\n", plain=True).items() == "1 3"
    assert Desk("none\n", plain=True).items() == "none"
    assert Desk("1, 3\n", plain=True).many() == ["diabetes", "recent"]
    assert Desk("none of these\n", plain=True).many() == ["none"]


def test_plain_lists_take_none_only_alone() -> None:
    desk = Desk("1 n\n", "9\n", "2\n", plain=True)
    assert desk.many() == ["dialysis"]
    assert "You named something and also said: none of these." in desk.shown


def test_plain_end_of_input_is_no_answer() -> None:
    with pytest.raises(EOFError):
        Desk("1", plain=True).choose()


# --- the page -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [40, 80, 88])
def test_a_page_keeps_to_its_width(width: int) -> None:
    for question in (FIRST, ITEMS, LONG, AGE, SINCE, FEVER, CONSENT):
        desk = Desk("x", "?", width=width)
        with pytest.raises(EOFError):
            desk.asker.ask(question, _refuse)
        assert max(len(line) for line in desk.screen.splitlines()) <= width


def test_what_stood_on_the_screen_is_scrolled_away_once() -> None:
    desk = Desk("n", "y")
    desk.choose(FIRST)
    desk.choose(SECOND)
    assert desk.shown.startswith("\n" * 23 + "\x1b[H\x1b[J")
    assert desk.shown.count("\n" * 23) == 1
