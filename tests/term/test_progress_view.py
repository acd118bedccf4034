"""Looking back on a screen: the sentence and the plot say the same, and no word goes too far."""

import re
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backmove.core.days import days_after
from backmove.core.diary import fold
from backmove.core.pain_course import Grain, PainChange, PainPoint, Shift, change_of, middle, shift_of
from backmove.core.periods import Period, Span
from backmove.core.plain_words import GRADE_MAX, banned_words, grade
from backmove.core.record import Checkin, Pain
from backmove.core.trend import trend
from backmove.term import progress_words as words
from backmove.term.clean import columns
from backmove.term.plot import MARGIN, ROWS, can_show_plot, places, plot, step_for
from backmove.term.progress_view import fitting, progress_page
from looking_back import DAYS, FIRST, Book, random_book

TODAY = days_after(FIRST, DAYS)
scores = st.none() | st.integers(0, 10)
widths = st.integers(40, 88)


def points_of(figures: list[int | None], grain: Grain = Grain.WEEK) -> list[PainPoint]:
    """Figures of stretches that begin on a Monday; what is longer than a week begins anywhere."""
    step = {Grain.DAY: 1, Grain.WEEK: 7, Grain.MONTH: 31, Grain.QUARTER: 92, Grain.YEAR: 366}[grain]
    return [
        PainPoint(days_after(FIRST, step * n), pain, int(pain is not None)) for n, pain in enumerate(figures)
    ]


def read_back(lines: list[str], count: int, width: int) -> list[int | None]:
    """The figures of a plot, from its marks alone."""
    step = step_for(count, width)
    found: list[int | None] = [None] * count
    rows = lines[:11]
    assert [int(line[:2]) for line in rows] == list(ROWS)
    for line in rows:
        for place, sign in enumerate(line[MARGIN:]):
            if sign in "●*":
                number, rest = divmod(place, step)
                assert rest == step // 2
                assert found[number] is None
                found[number] = int(line[:2])
            else:
                assert sign == " "
    return found


NUMBERS = re.compile(
    r"Pain: (?P<last>\d+) in the last (?:(?P<ends>\d+) )?\w+, (?P<first>\d+) in the first (?:\d+ )?\w+: "
    r"(?P<shift>[\w ]+)\. "
    r"(?:The middle \w+ had (?P<median>\d+), between (?P<low>\d+) and (?P<high>\d+)|Every \w+ had (?P<all>\d+)); "
    r"(?P<told>\d+) of (?P<stretches>\d+) \w+ ha(?:ve|s) a number\."
)


def said_by(sentence: str) -> PainChange:
    """The numbers of the sentence."""
    match = NUMBERS.fullmatch(sentence)
    assert match, sentence
    got = match.groupdict()
    low, high, median = (int(got[name] or got["all"]) for name in ("low", "high", "median"))
    shift = {said: shift for shift, said in words.PAIN.items()}[got["shift"]]
    told, stretches, first, last = (int(got[name]) for name in ("told", "stretches", "first", "last"))
    return PainChange(median, low, high, told, stretches, first, last, int(got["ends"] or 1), shift)


@given(st.lists(scores, min_size=1, max_size=84), st.sampled_from(list(Grain)), widths, st.booleans())
def test_every_figure_can_be_read_back_from_the_plot(
    figures: list[int | None], grain: Grain, width: int, ascii_only: bool
) -> None:
    figures = figures[: places(width)]
    lines = plot(points_of(figures, grain), grain, width=width, ascii_only=ascii_only)
    assert read_back(lines, len(figures), width) == figures
    assert len(lines) == 13
    assert all(columns(line) <= width for line in lines)
    assert all(line == line.rstrip() for line in lines)
    assert not ascii_only or all(line.isascii() for line in lines)


@given(st.lists(scores, min_size=2, max_size=84), widths)
def test_the_sentence_and_the_plot_say_the_same(figures: list[int | None], width: int) -> None:
    figures = figures[: places(width)]
    points = points_of(figures)
    change = change_of(points)
    shown = read_back(plot(points, Grain.WEEK, width=width, ascii_only=False), len(figures), width)
    seen = [pain for pain in shown if pain is not None]
    if change is None or change.shift is None:
        assert len(seen) < 2
        return
    said = said_by(words.pain_sentence(change, Grain.WEEK))
    assert (said.low, said.high, said.median) == (min(seen), max(seen), middle(seen))
    assert (said.told, said.stretches) == (len(seen), len(shown))
    assert (said.first, said.last) == (middle(seen[: said.ends]), middle(seen[-said.ends :]))
    assert said.shift is shift_of(said.last - said.first)
    assert (said.shift is Shift.SAME) == (abs(said.last - said.first) < 2)


def page_of(book: Book, first: int = 0, last: int = DAYS, **how: Any) -> str:
    course = trend(fold(book.records), days_after(FIRST, first), days_after(FIRST, last), today=TODAY)
    asked = Period(course.first_day, course.last_day, Span.ALL)
    given = {"width": 80, "plain": False, "ascii_only": False, "daily": False} | how
    return progress_page(course, asked, {}, today=date.fromisoformat(TODAY), **given).text()


@given(
    st.integers(0, 2**32),
    st.integers(0, DAYS),
    st.integers(0, DAYS),
    st.sampled_from((40, 80, 88)),
    st.booleans(),
)
def test_the_page_of_anybody_fits_and_has_no_word_that_goes_too_far(
    seed: int, a: int, b: int, width: int, daily: bool
) -> None:
    book = random_book(Random(seed))
    shown = page_of(book, min(a, b), max(a, b), width=width, daily=daily)
    assert all(columns(line) <= width for line in shown.splitlines())
    plain = page_of(book, min(a, b), max(a, b), width=width, daily=daily, plain=True)
    assert "│" not in plain
    assert "" not in plain.splitlines()
    for text in (shown, plain):
        assert banned_words(text) == []
        low = text.lower()
        assert not re.search(r"streak|per cent|%|missed|failed|should have|lazy|score|\bnan\b|none\b", low)


@given(st.integers(0, 2**32), widths, st.booleans())
def test_the_plot_of_the_page_is_that_of_the_figures(seed: int, width: int, daily: bool) -> None:
    book = random_book(Random(seed))
    lines = page_of(book, width=width, daily=daily).splitlines()
    course = trend(fold(book.records), FIRST, TODAY)
    grain = fitting(course, Grain.DAY if daily else Grain.WEEK)
    figures = [point.pain for point in course.pain_by(grain)]
    if all(figure is None for figure in figures):
        assert words.NO_PAIN in " ".join(" ".join(lines).split())
        return
    top = next(number for number, line in enumerate(lines) if line.startswith("10 │"))
    assert read_back(lines[top : top + 13], len(figures), width) == figures
    assert f"{grain} by {grain}" in lines[top - 1]


def test_what_was_done_comes_first_and_pain_last() -> None:
    book = Book()
    for day in (0, 2, 4):
        book.session(day)
    book.add(Checkin, 6, activities={"lift": 3}, pain=4)
    book.add(Checkin, 13, activities={"lift": 6}, pain=4)
    text = page_of(book)
    assert text.index(words.DID) < text.index(words.AGAIN) < text.index("Pain, week by week")
    assert " 6  lift, was 3: better" in text


def test_in_plain_mode_the_sentence_stands_for_the_plot() -> None:
    book = Book()
    for day, score in enumerate((5, 5, 4, 3, 2)):
        book.add(Pain, 7 * day, score=score)
    plain = page_of(book, 0, 34, plain=True)
    assert "Pain: 2 in the last week, 5 in the first week: less than it was." in plain
    assert "between 2 and 5; 5 of 5 weeks have a number." in plain


def test_pain_is_told_by_weeks_unless_days_were_asked_for() -> None:
    book = Book()
    book.add(Pain, 0, score=5)
    book.add(Pain, 1, score=3)
    assert "week by week" in page_of(book, 0, 13)
    assert "day by day" in page_of(book, 0, 13, daily=True)
    assert words.DAILY in page_of(book, 0, 13, daily=True)


def test_the_days_of_a_period_are_not_read_as_part_of_its_name() -> None:
    book = Book()
    book.add(Pain, 0, score=5)
    assert page_of(book, 0, 2, plain=True).splitlines()[0].endswith(", 3 days shown")


def test_days_that_do_not_fit_are_not_called_days() -> None:
    book = Book()
    book.add(Pain, 0, score=5)
    book.add(Pain, 90, score=3)
    shown = page_of(book, 0, 99, daily=True, width=80)
    assert "week by week" in shown
    assert "Day by day" not in shown
    assert words.MIDDLE in shown
    assert "So many days do not fit here" in shown


def test_what_does_not_fit_side_by_side_is_told_in_longer_stretches() -> None:
    book = Book()
    book.add(Pain, 0, score=5)
    diary = fold(book.records)
    found = [
        fitting(trend(diary, FIRST, days_after(FIRST, n)), Grain.DAY) for n in (30, 200, 900, 3000, 9000)
    ]
    assert found == list(Grain)


@given(st.integers(0, 2**32))
def test_what_is_said_of_pain_does_not_depend_on_the_window(seed: int) -> None:
    book = random_book(Random(seed))
    pages = [page_of(book, width=width) for width in (40, 88)] + [page_of(book, plain=True)]
    said = [" ".join(page.split()).partition("Pain: ")[2].partition(".")[0] for page in pages]
    assert said[0] == said[1] == said[2]


def test_a_name_that_a_person_wrote_moves_no_cursor() -> None:
    book = Book()
    book.add(Checkin, 0, activities={"sit\x1b[2J [b]long": 3})
    assert "\x1b" not in page_of(book)
    assert "[b]long" in page_of(book)


def test_many_of_a_kind_are_told_by_their_number_and_the_last_few() -> None:
    book = Book()
    for day in range(0, 120, 10):
        book.session(day)
    text = page_of(book, 0, 114)
    assert "12 pauses; the last 4:" in text
    assert (text.count("A pause of"), text.count("A pause since")) == (3, 1)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-03-03", "2026-03-14", "3 to 14 March"),
        ("2026-02-28", "2026-03-14", "28 February to 14 March"),
        ("2025-03-03", "2025-03-14", "3 to 14 March 2025"),
        ("2025-02-28", "2025-03-14", "28 February to 14 March 2025"),
        ("2025-12-30", "2026-01-05", "30 December 2025 to 5 January"),
        ("2026-03-03", "2026-03-03", "3 March"),
        ("2026-03-03", "2026-03-20", "3 March to today"),
    ],
)
def test_two_days_are_told_without_saying_anything_twice(first: str, last: str, said: str) -> None:
    assert words.between(first, last, date(2026, 3, 20)) == said


@pytest.mark.parametrize(
    ("encoding", "can"), [("utf-8", True), ("latin-1", False), ("ascii", False), ("what", False)]
)
def test_signs_that_the_stream_cannot_carry_are_not_drawn(encoding: str, can: bool) -> None:
    assert can_show_plot(encoding) is can


def test_the_words_are_plain() -> None:
    texts = [words.QUIET, words.NOISE, words.MIDDLE, words.NO_PAIN, words.DAILY, words.NOTHING, words.NEVER]
    for text in (*texts, words.TOO_MANY, words.LOOK_BACK):
        assert grade(text) <= GRADE_MAX, text
        assert banned_words(text) == []
    for table in (words.GAIN, words.PAIN, words.MEASURES, words.WHY, words.TITLES):
        assert banned_words(". ".join(table.values())) == []
