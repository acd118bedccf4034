"""The three people of ``docs/examples``."""

from typing import Final

from stories.person import Day, Person, looking_back

_HOUSEHOLD: Final = {
    "Where will you do": "f",
    "Which of these can you use": "1 2 3 4 5",
    "stand up from a chair without": "y",
    "stand on one leg": "y",
    "get down to the floor": "y",
    "lean on a kitchen": "n",
}

MARA: Final = Person(
    name="office",
    title="An office worker who is afraid to bend",
    intro=(
        "Mara is 38 and sits at a desk. Her back has hurt for seven months, most days at 3 or 4 of 10. Since it "
        "caught her over the dishwasher she does not bend forward any more. She has a mat, a chair and a towel at "
        "home, and fifteen minutes in the evening."
    ),
    answers={
        "age": 38,
        "sex": "f",
        "onset_days": 210,
        "pain_usual": 4,
        "weeks_since_birth": None,
        "pregnant": "n",
    },
    setup=(
        ("profile", "set", "feared", "bending"),
        ("profile", "set", "confidence", "4"),
        ("profile", "set", "minutes", "15"),
        ("profile", "set", "job", "sitting"),
        ("profile", "set", "goals", "bend", "sit"),
    ),
    pains=(
        *(4, 4, 3, 4, 3, 3, 4),
        *(3, 4, 3, 3, 4, 3, 3),
        *(3, 3, 6, 5, 5, 4, 4),
        *(3, 3, 3, 3, 2, 3, 3),
        *(3, 2, 3, 3, 2, 2, 3),
        *(2, 3, 2, 2, 3, 2, 2),
    ),
    replies=_HOUSEHOLD
    | {
        "walk in comfort": "25",
        "Name something that your back": "empty the dishwasher",
        "Name one more": "s",
        "worry that moving": "7",
        "How low have you felt": "3",
        "tense or on edge": "5",
        "still be there in three months": "6",
        "in your way at home": "4",
    },
    days={
        0: Day(why="Monday evening. She answers the questions; the first session can wait until tomorrow."),
        5: Day(felt="easy"),
        6: Day(before=((),)),
        10: Day(why="Late at work; she forgets.", away=True),
        16: Day(why="A long drive the day before. Her back is stiff and cross.", whole=True),
        17: Day(before=(("log", "5", "--flare"),)),
        13: Day(before=(("checkin",),), replies=looking_back(2, 3, 4, 3, 4, 6)),
        27: Day(before=((), ("checkin",)), replies=looking_back(3, 4, 3, 3, 5, 6)),
        41: Day(
            before=((), ("checkin",), ("list", "-n", "12")),
            why="Six weeks.",
            replies=looking_back(6, 2, 2, 1, 7, 7)
            | {"worry that moving": "4", "still be there in three months": "4"},
        ),
    },
    feared=((8, 3), (6, 2), (5, 2), (3, 1), (6, 3), (4, 2), (3, 1), (3, 1), (2, 1)),
    walks=(0, 2, 4, 6),
    seed=11,
)

HENK: Final = Person(
    name="osteoporosis",
    title="A man of 70 with osteoporosis",
    intro=(
        "Henk is 70. A scan two years ago said that his bones are weak; nothing has broken. His back aches in the "
        "morning, 2 or 3 of 10, and has for years. He does not like to go down to the floor. He has a kitchen with a "
        "counter, a firm chair, and time."
    ),
    answers={"age": 70, "onset_days": 1400, "weak_bones": "y", "pain_usual": 3},
    setup=(("profile", "set", "minutes", "15"), ("profile", "set", "goals", "walk", "balance")),
    pains=(
        *(3, 3, 2, 3, 2, 3, 2),
        *(3, 2, 2, 3, 2, 2, 2),
        *(2, 3, 2, 2, 3, 2, 2),
        *(2, 2, 3, 2, 2, 2, 2),
        *(2, 2, 2, 2, 1, 2, 2),
        *(2, 1, 2, 2, 2, 1, 2),
    ),
    replies={
        "Where will you do": "u",
        "Which of these can you use": "1 2 3 4 5",
        "stand up from a chair without": "y",
        "stand on one leg": "n",
        "get down to the floor": "n",
        "lean on a kitchen": "y",
        "walk in comfort": "15",
        "Name something that your back": "lift my grandson",
        "Name one more": "s",
        "worry that moving|How low have|tense or on edge|in your way at home": "2",
        "still be there in three months": "8",
    },
    days={
        0: Day(
            why="His daughter has set it up. He types with one finger, and that is enough for one evening."
        ),
        6: Day(before=((),)),
        8: Day(felt="easy"),
        13: Day(before=((),)),
        14: Day(done=("--effort", "6", "--soreness"), why="He did the garden as well, and is sore."),
        **{day: Day(away=True) for day in range(22, 31)},
        20: Day(before=(("checkin",),), replies=looking_back(6, 2, 2, 2, 6, 7)),
        21: Day(why="Tomorrow he visits his sister for nine days. He takes no chair."),
        31: Day(why="Back home.", whole=True, replies={"What got in the way": "t"}),
        41: Day(before=((),), why="Six weeks."),
    },
    at="10:05",
    walks=(0, 1, 3, 4, 6),
    seed=12,
)

IRIS: Final = Person(
    name="runner",
    title="A runner who is well again",
    intro=(
        "Iris is 45. Her back was bad for two months last year; since the new year it has been fine, 0 most days. She "
        "wants to run again and to stay well. She trains after work, on the floor, with a band and a step."
    ),
    answers={"age": 45, "sex": "f", "onset_days": 300, "pain_usual": 0, "pain_now": 0, "pregnant": "n"},
    setup=(("profile", "set", "goals", "run", "prevent"), ("profile", "set", "minutes", "25")),
    pains=(
        *(0, 0, 1, 0, 0, 0, 0),
        *(0, 1, 0, 0, 0, 0, 0),
        *(0, 0, 0, 1, 0, 0, 0),
        *(0, 0, 0, 0, 0, 0, 1),
        *(0, 0, 0, 3, 3, 2, 1),
        *(1, 1, 0, 0, 0, 0, 0),
    ),
    replies={
        **_HOUSEHOLD,
        "Which of these can you use": "1 2 3 4 5 6 8",
        "lean on a kitchen": "y",
        "walk in comfort": "60",
        "Name something that your back": "run round the lake",
        "Name one more": "s",
        "worry that moving|How low have|tense or on edge|in your way at home|still be there": "1",
    },
    days={
        0: Day(why="She wants to know what this can do for her, and starts tomorrow."),
        3: Day(felt="easy"),
        5: Day(felt="easy"),
        6: Day(before=((),)),
        15: Day(felt="easy"),
        20: Day(before=(("checkin",),), replies=looking_back(8, 0, 0, 0, 9, 8)),
        31: Day(
            why="She moved house yesterday. It is back, a little.", whole=True, answers={"onset_days": 1}
        ),
        41: Day(before=((),), why="Six weeks."),
    },
    felt="right",
    at="17:30",
    walks=(0, 1, 3, 5, 6),
    seed=13,
)

PEOPLE: Final = (MARA, HENK, IRIS)
