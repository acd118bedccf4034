"""Three months of one person, and the page that they take along (``docs/examples/consultation.md``)."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from stories.desk import Desk, Printed
from stories.person import Day, Person, looking_back
from stories.telling import Telling

WEEKS: Final = 12
_WASHING, _GARDEN = "hang out the washing", "kneel in the garden"
_CLEARED: Final = {
    "cleared_rules": ["C2"],
    "clearance": {
        "who": "doctor",
        "date": "2026-03-05",
        "looked_at_sign": "y",
        "exercise_fine": "y",
        "nothing_worse": "y",
    },
}
ASKED: Final = (
    "Is it all right to swim again?",
    "How much may I lift by now?",
)


def _week(washing: int, garden: int, pain: int, joy: int, held: int, sure: int, sleep: int) -> Day:
    own = {_WASHING: str(washing), _GARDEN: str(garden)}
    return Day(before=(("checkin",),), replies=own | looking_back(washing, pain, joy, held, sure, sleep))


RUTH: Final = Person(
    name="consultation",
    title="A page for the doctor",
    intro=(
        "Ruth is 58. Her low back has hurt for five months, most days at 4 or 5 of 10. Nine years ago she was treated "
        "for breast cancer. She wants to kneel in her garden again."
    ),
    answers={
        "age": 58,
        "sex": "f",
        "onset_days": 150,
        "pain_usual": 5,
        "cancer": "past",
        "worse_on_cough": "n",
    },
    setup=(
        ("profile", "set", "activities", _WASHING, _GARDEN),
        ("profile", "set", "minutes", "20"),
        ("profile", "set", "goals", "bend", "walk"),
    ),
    pains=(
        *(5, 5, 4, 5, 4, 5, 4),
        *(5, 4, 4, 5, 4, 4, 5),
        *(4, 4, 5, 4, 4, 3, 4),
        *(4, 4, 3, 4, 4, 3, 4),
        *(3, 4, 3, 4, 3, 3, 4),
        *(4, 6, 6, 6, 5, 5, 4),
        *(4, 4, 3, 4, 3, 3, 4),
        *(3, 3, 4, 3, 3, 2, 3),
        *(3, 2, 3, 3, 2, 3, 3),
        *(2, 3, 3, 2, 3, 2, 3),
        *(3, 2, 2, 3, 2, 2, 2),
        *(2, 3, 2, 2, 2, 3, 2),
    ),
    replies={
        "Where will you do": "f",
        "Which of these can you use": "1 2 3 4 5",
        "stand up from a chair without": "y",
        "stand on one leg": "y",
        "get down to the floor": "y",
        "lean on a kitchen": "n",
        "walk in comfort": "20",
        "worry that moving|How low have|tense or on edge|in your way at home": "4",
        "still be there in three months": "6",
        "Name something|Name one more": "s",
    },
    days={
        **{day: Day(away=True) for day in range(1, 4)},
        4: Day(answers=_CLEARED),
        13: _week(3, 2, 4, 5, 6, 4, 5),
        20: _week(3, 2, 4, 5, 5, 4, 5),
        27: _week(4, 2, 4, 4, 5, 5, 6),
        34: _week(5, 3, 3, 4, 4, 5, 6),
        36: Day(
            before=(("log", "6", "--flare", "--note", "bent over the boot of the car to lift the shopping"),)
        ),
        38: Day(done=("--stopped", "pain", "--peak", "6", "--hurt", "knee-to-chest-single"), whole=True),
        48: _week(4, 3, 4, 4, 4, 5, 5),
        55: _week(5, 4, 3, 3, 4, 6, 6),
        60: Day(replies={"Something new": "y"}),
        **{day: Day(away=True) for day in range(65, 69)},
        69: _week(6, 4, 3, 3, 3, 6, 7),
        76: _week(7, 5, 2, 2, 3, 7, 7),
        83: _week(7, 5, 2, 2, 3, 7, 7),
    },
    at="17:45",
    walks=(0, 1, 3, 5),
    seed=21,
)


def consultation_story() -> str:
    """The whole page, in Markdown."""
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder), RUTH.seed)
        telling = Telling(RUTH, desk)
        for number in range(7 * WEEKS):
            telling.lives(number)
        desk.at(7 * WEEKS - 1, "21:30")
        questions = [word for asked in ASKED for word in ("--question", asked)]
        page = desk.type("report", *questions, "--out", "-")
        told = desk.type("report", *questions, "--out", f"{folder}/for-the-doctor.html")
        return "\n".join(_lines(page, told)) + "\n"


def _lines(page: Printed, told: Printed) -> list[str]:
    return [
        f"# {RUTH.title}",
        "",
        RUTH.intro,
        "",
        "She answers the safety questions. One of them leads to a doctor first: cancer in the past, and back pain.",
        "Three days later her doctor has looked and says that exercise is fine; she tells the program, and begins. In",
        "week 6 a heavy bag brings a bad week. Twelve weeks after the first evening she has a visit, and makes this",
        "page. Ruth is invented; the program kept her diary and printed the page. Made by `python bench/stories`; do",
        "not edit.",
        "",
        "```text",
        f"$ {page.command}",
        page.text.rstrip("\n"),
        "```",
        "",
        "The same page with pictures and small plots, to print or to show on a screen:",
        "",
        "```text",
        f"$ {told.command.replace(_folder_of(told), '')}",
        told.text.rstrip("\n"),
        "```",
    ]


def _folder_of(told: Printed) -> str:
    """The folder of the story, which is another one each time."""
    return told.command.rsplit("--out ", 1)[1].removesuffix("for-the-doctor.html")
