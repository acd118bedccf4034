"""Makes the picture of the guide in the README from the program itself: ``python tests/make_guide_screen.py``.

A session of four rows, stopped in the clock of the test in the middle of a hold. ``tests/test_readme.py`` holds the
README against it.
"""

from pathlib import Path
from typing import Final

from backmove.core.guide_state import Act
from backmove.core.plan import Block
from backmove.core.record import GivenDose
from backmove.store.figures_check import read_album
from backmove.store.resources import resource
from backmove.term.guide_art import art_of
from backmove.term.guide_canvas import Canvas
from backmove.term.guide_view import screen, text_of
from backmove.term.guide_words import STEADY, Wording
from guided import CATALOG, Driver, item, rows

README: Final = Path(__file__).parent.parent / "README.md"
BEGIN, END = "<!-- guide: made by tests/make_guide_screen.py -->\n```text\n", "```\n<!-- guide ends -->"
SIZE: Final = (80, 20)


def made() -> str:
    """The screen: bird dog, the fourth hold of the second side."""
    items = [
        item("knee-rolls", GivenDose(kind="reps", counts=(8,), tempo_s=6), Block.WARMUP),
        item("bird-dog", GivenDose(kind="holds", counts=(6, 6), hold_s=5, rest_s=15, sides=2)),
        item("bridge", GivenDose(kind="reps", counts=(10,), tempo_s=4)),
        item("breathing-diaphragm", GivenDose(kind="minutes", minutes=2), Block.SETTLE),
    ]
    driver = Driver(rows(items))
    driver.press(Act.GO)
    driver.press(Act.SKIP)
    driver.press(Act.GO)
    wanted = next(
        p for p in driver.guide.now_row.phases if (p.kind, p.set, p.side, p.number) == ("hold", 1, 2, 4)
    )
    driver.wait(wanted.at + 3.2)
    album = read_album(resource("figures.yaml").read_bytes(), resource("figures.yaml"))
    stops = {code.code: code.text for code in CATALOG.stop_codes.values()}
    wording = Wording(STEADY, stops["S0"])
    canvas = Canvas(*SIZE, wording, stops, art=art_of(album, braille=True))
    return "\n".join(text_of(screen(driver.guide, driver.now, canvas))) + "\n"


def replaced(text: str) -> str:
    """The README with the screen as it is now. Raises ValueError when its place is not there."""
    head, rest = text.split(BEGIN)
    _, tail = rest.split(END)
    return f"{head}{BEGIN}{made()}{END}{tail}"


if __name__ == "__main__":
    README.write_text(replaced(README.read_text(encoding="utf-8")), encoding="utf-8")
