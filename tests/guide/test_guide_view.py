"""The guide's screen at every size: exactly as many lines as the window, nothing too wide, the keys always there."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backmove.core.dose import ladder
from backmove.core.guide_state import Act, Guide, Leave, Mode, Stand
from backmove.core.plain_words import GRADE_MAX, banned_words, grade
from backmove.core.profile import Place
from backmove.core.timeline import Kind, Phase, Row
from backmove.term.clean import columns
from backmove.term.guide_canvas import ASCII, Art, Canvas
from backmove.term.guide_view import LEAST, screen, text_of
from backmove.term.guide_words import KEYS, LEAVING, STEADY, Wording
from guided import CATALOG, PARAMETERS, Driver, item, rows

STOPS = {code.code: code.text for code in CATALOG.stop_codes.values()}
WORDING = Wording(STEADY, STOPS["S0"])
SIZES = [LEAST, (80, 24), (120, 40), (69, 20), (70, 15), (41, 60)]


def drawn(row: Row, phase: Phase, at: float, across: int, down: int) -> list[str]:
    return ["@" * across] * down


def canvas(size: tuple[int, int], *, art: Art | None = drawn, wording: Wording = WORDING) -> Canvas:
    return Canvas(*size, wording, STOPS, art=art)


def seen(guide: Guide, mono: float, size: tuple[int, int], *, art: Art | None = drawn) -> list[str]:
    lines = text_of(screen(guide, mono, canvas(size, art=art)))
    assert len(lines) == size[1]
    assert max(map(columns, lines)) <= size[0]
    return lines


def flat(lines: list[str]) -> str:
    return " ".join(" ".join(lines).replace("@", "").split())


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize("art", [drawn, None], ids=["picture", "no picture"])
def test_every_row_of_the_library_fits_at_every_moment(size: tuple[int, int], art: Art | None) -> None:
    for exercise in list(CATALOG.exercises.values())[::3]:
        dose = ladder(exercise, older=False, parameters=PARAMETERS)[-1]
        driver = Driver(rows([item(exercise.id, dose)] * 2, known=False))
        assert "Before the main part:" in flat(seen(driver.guide, driver.now, size, art=art))
        driver.press(Act.GO)
        for phase in driver.guide.now_row.phases[:9]:
            driver.now = phase.at + 0.01
            text = flat(seen(driver.guide, driver.now, size, art=art))
            assert "space pause" in text and "left" in text
        driver.press(Act.MUCH)
        assert "More than 5 of 10" in flat(seen(driver.guide, driver.now, size, art=art))


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
def test_the_stop_signs_stand_whole_on_the_screen_before_the_first_main_row(size: tuple[int, int]) -> None:
    driver = Driver()
    driver.wait(200)
    assert driver.guide.stand is Stand.WAIT
    text = flat(seen(driver.guide, driver.now, size))
    assert STOPS["S0"] in text and STEADY in text
    assert "space go on" in text


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
def test_the_question_whether_to_stop_shows_every_answer_and_marks_none(size: tuple[int, int]) -> None:
    driver = Driver()
    driver.press(Act.STOP)
    lines = seen(driver.guide, driver.now, size)
    for key, _, _, words in LEAVING:
        assert any(line.strip().startswith(key + "   ") for line in lines)
        assert words in flat(lines)
    assert "No answer is chosen for you." in flat(lines)


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
def test_the_pages_of_the_help_hold_every_key_and_the_whole_exercise(size: tuple[int, int]) -> None:
    driver = Driver()
    driver.press(Act.HELP)
    pages = []
    for _ in range(12):
        pages.append(flat(seen(driver.guide, driver.now, size)))
        driver.press(Act.HELP)
    text = " ".join(pages)
    for key, _, words in KEYS.values():
        assert f"{key} {words}" in text or words.split()[0] in text
    step = driver.guide.now_row.item.exercise
    for line in (*step.setup, *step.cues, step.feel, step.easier):
        assert line.split()[-1] in text


def test_what_is_to_be_done_now_is_told_with_its_count() -> None:
    driver = Driver()
    told = {}
    while driver.guide.row == 0:
        told[driver.guide.phase(driver.now).kind] = flat(seen(driver.guide, driver.now, (80, 24)))
        driver.wait(0.9)
    assert "Get ready" in told[Kind.READY]
    assert "Begin in" in told[Kind.LEAD]
    assert "3 of 3" in told[Kind.REPEAT] and "set 2 of 2, other side" in told[Kind.REPEAT]
    assert "Change sides" in told[Kind.SIDE]
    assert "Rest" in told[Kind.REST] and "then set 2 of 2" in told[Kind.REST]
    driver.press(Act.GO)
    while driver.guide.row == 1:
        told[driver.guide.phase(driver.now).kind] = flat(seen(driver.guide, driver.now, (80, 24)))
        driver.wait(0.9)
    assert "Hold" in told[Kind.HOLD] and "of 2" in told[Kind.HOLD]


def test_the_next_one_and_what_is_left_stand_on_the_screen() -> None:
    driver = Driver()
    text = flat(seen(driver.guide, driver.now, (80, 24)))
    assert f"next: {driver.guide.rows[1].item.exercise.name}" in text
    assert "min left" in text and "1 of 5" in text


def test_the_picture_keeps_its_place_beside_the_words_or_above_them() -> None:
    driver = Driver()
    driver.wait(12)
    beside = seen(driver.guide, driver.now, (80, 24))
    assert any(line.startswith("  @@@") and "3" in line for line in beside)
    above = seen(driver.guide, driver.now, (40, 30))
    first_art = next(n for n, line in enumerate(above) if "@@@" in line)
    assert first_art < next(n for n, line in enumerate(above) if "2 of 3" in line)


def test_without_a_picture_there_is_no_hole() -> None:
    driver = Driver()
    driver.wait(12)
    lines = seen(driver.guide, driver.now, (80, 24), art=lambda *_: [])
    assert any(line.startswith("  2 of 3") for line in lines)


def test_the_easier_form_stands_on_the_screen_while_it_is_done() -> None:
    driver = Driver()
    driver.wait(12)
    driver.press(Act.EASIER)
    driver.press(Act.GO)
    driver.wait(4)
    text = flat(seen(driver.guide, driver.now, (80, 24)))
    assert "easier form" in text
    assert driver.guide.now_row.item.exercise.easier.split()[-1] in text


def test_a_note_stands_for_a_few_seconds() -> None:
    driver = Driver()
    driver.wait(5)
    driver.press(Act.MORE)
    assert "10 seconds more." in flat(seen(driver.guide, driver.now, (80, 24)))
    driver.wait(9)
    assert "10 seconds more." not in flat(seen(driver.guide, driver.now, (80, 24)))


def test_signs_that_cannot_be_shown_are_drawn_with_others() -> None:
    driver = Driver()
    driver.wait(12)
    drawing = Canvas(80, 24, WORDING, STOPS, signs=ASCII)
    text = "\n".join(text_of(screen(driver.guide, driver.now, drawing)))
    assert text.isascii()


def test_on_a_bed_nobody_is_sent_to_the_floor() -> None:
    down = next(e for e in CATALOG.exercises.values() if e.position == "floor-supine")
    up = next(e for e in CATALOG.exercises.values() if e.position == "standing")
    items = [item(e.id, ladder(e, older=False, parameters=PARAMETERS)[0]) for e in (up, up, down)]
    driver = Driver(rows(items))
    driver.press(Act.SKIP)
    driver.press(Act.SKIP)
    bed = Wording(STEADY, STOPS["S0"], place=Place.BED)
    text = flat(text_of(screen(driver.guide, driver.now, canvas((80, 24), wording=bed))))
    assert "bed" in text and "Get down" not in text


@settings(max_examples=80)
@given(
    st.integers(40, 200),
    st.integers(15, 70),
    st.lists(
        st.one_of(st.sampled_from([a for a in Act if a is not Act.STOP]), st.floats(0.1, 30)), max_size=12
    ),
)
def test_no_size_and_no_moment_breaks_it(across: int, down: int, script: list[Act | float]) -> None:
    driver = Driver(tick=1.0)
    for step in script:
        driver.press(step) if isinstance(step, Act) else driver.wait(step)
        seen(driver.guide, driver.now, (across, down))
    driver.press(Act.STOP)
    seen(driver.guide, driver.now, (across, down))
    driver.answer(Leave.LATER)
    assert driver.guide.mode is Mode.OVER
    seen(driver.guide, driver.now, (across, down))


def test_our_words_are_plain_and_not_banned() -> None:
    said: list[str] = []
    for wording in (WORDING, Wording(STEADY, STOPS["S0"], by_line=True)):
        for wish in Act:
            driver = Driver()
            driver.wait(12)
            driver.press(wish)
            said += text_of(screen(driver.guide, driver.now, canvas((100, 40), art=None, wording=wording)))
    text = " ".join(said)
    assert banned_words(text) == []
    ours = [*[words for _, _, words in KEYS.values()], *[words for *_, words in LEAVING]]
    assert grade(". ".join(ours) + ".") <= GRADE_MAX
