"""The questionnaire's prompts, and the few questions around it, as screens. Pure: values in, a ``Question`` out."""

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from backmove.core.condition import Answers
from backmove.core.emergency import EmergencyNumbers
from backmove.core.exercise import Precaution
from backmove.core.interview import offered
from backmove.core.questionnaire import Option, Prompt, Questionnaire
from backmove.term.question import ONE_DIGIT, Choice, Question, Row

NO_YES_UNSURE: Final = (
    Choice("n", "no", "n"),
    Choice("y", "yes", "y"),
    Choice("u", "not sure", "u", ("unsure",)),
)
NONE: Final = Choice("none", "none of these", "0", ("none",))
RIGHT: Final = "r"
ALL_RIGHT: Final = 0
"""What ``read_review`` gives when nothing is to be changed."""
WRONGLY: Final = "I answered wrongly"
ANSWERED_BY_QUESTIONS: Final = frozenset(
    {
        "pregnancy-1",
        "pregnancy-2-3",
        "pregnancy-3",
        "postpartum-early",
        "osteoporosis",
        "lost-height",
        "active-cancer",
        "recent-spine-surgery",
        "spinal-stenosis",
        "leg-symptoms-irritable",
        "leg-symptoms-settled",
        "known-aneurysm",
    }
)
"""Precautions that the safety questions settle each time; they are not asked again after them."""
WITH_LEG_SIGNS: Final = frozenset({"leg-pain-worse-bending", "leg-pain-worse-arching"})

_ALSO: Final = {"y": ("yes",), "n": ("no",), "u": ("unsure", "not sure"), "s": ("skip",)}
"""What people type for these keys, whatever the label says."""
_SENTENCE: Final = re.compile(r"(?<=[.?!])\s+(?=[A-Z0-9])")


class Place(Struct, frozen=True):
    """Where in the walk a question stands: its number, how many there will be, and the answer before it."""

    number: int
    of: int
    before: str = ""


def prompt_question(
    q: Questionnaire, prompt: Prompt, answers: Answers, place: Place, emergency: str
) -> Question:
    """The screen of a prompt. ``emergency`` is the emergency number in words."""
    intro, ask, after = split(prompt.text.replace("{number}", emergency))
    options = offered(q, prompt, answers)
    in_full = prompt.kind == "consent"
    alone = tuple(_choice(o) for o in options if o.exclusive) if prompt.kind == "list" else ()
    return Question(
        title=prompt.title,
        ask=ask,
        intro=intro,
        help=tuple(text for text in (after, *prompt.help) if text),
        why=prompt.why,
        progress=f"{place.number} of {max(place.of, place.number)}",
        before=place.before,
        typed=_typed(prompt),
        free=prompt.kind == "typed",
        choices=tuple(_choice(o, in_full=in_full) for o in options if not (alone and o.exclusive)),
        alone=alone,
        back=place.number > 1,
        in_full=in_full,
    )


def split(text: str) -> tuple[str, str, str]:
    """What stands before the question, the question itself, and what stands after it."""
    sentences = _SENTENCE.split(text)
    asking = [n for n, sentence in enumerate(sentences) if sentence.endswith("?")]
    if not asking:
        return "", text, ""
    first, last = asking[0], asking[-1] + 1
    return " ".join(sentences[:first]), " ".join(sentences[first:last]), " ".join(sentences[last:])


def _choice(option: Option, *, in_full: bool = False) -> Choice:
    label = option.label.removeprefix(f"type {option.word}: ") if in_full else option.label
    return Choice(option.key, label, option.key, (option.word, *_ALSO.get(option.key, ())))


def _typed(prompt: Prompt) -> str:
    if prompt.typed is None:
        return ""
    if prompt.typed.reads == "number":
        return f"a number from {prompt.typed.minimum} to {prompt.typed.maximum}"
    what = "a temperature" if prompt.typed.reads == "temperature" else "something"
    return f"{what} such as {prompt.typed.example}"


# --- around the questions -------------------------------------------------------------------------------


def region_question(numbers: EmergencyNumbers) -> Question:
    """Which country: for the emergency number, and for nothing else."""
    known = " · ".join(f"{r.code} {r.name}" for r in numbers.regions)
    return Question(
        title="Your emergency number",
        ask="Which country are you in?",
        intro="So that the right number stands on the screen if it is ever needed.",
        help=(known,),
        why="The number is never guessed. Your country is kept in your profile on this computer only.",
        typed="two letters or the country",
        free=True,
        choices=(Choice("other", "another country", "0", ("other",)),),
    )


def read_region(numbers: EmergencyNumbers, text: str) -> str:
    """The code of a country; empty for one that is not in the list. Raises ValueError for what is neither."""
    word = " ".join(text.lower().split())
    if word in (NONE.key, "other", "another country"):
        return ""
    named = next((r for r in numbers.regions if r.name.lower() == word), None)
    found = named or numbers.find(word)
    if found is None:
        raise ValueError("That country is not in the list. Type two letters of the list, or 0.")
    return found.code


def same_person_question(age_then: str, age_now: str) -> Question:
    return Question(
        title="Is this still you?",
        intro=f"Last time the age was {age_then}. Now it is {age_now}. One journal is for one person.",
        ask="Are these answers about the same person as last time?",
        why="Advice from one person's answers could harm another.",
        choices=(
            Choice("me", "yes, it is me, and the new age is right", "y", ("yes",)),
            Choice("other", "no, it is someone else (nothing is kept)", "o", ("other",)),
        ),
    )


def review_question(rows: Sequence[tuple[str, str]]) -> Question:
    """Every answer in words, with a number to change it."""
    return Question(
        title="Your answers",
        ask="Are these right?",
        rows=tuple(Row(str(n), title, words) for n, (title, words) in enumerate(rows, start=1)),
        typed="a number, to change that answer",
        free=True,
        choices=(Choice(RIGHT, "these are right", RIGHT, ("right", "yes")),),
        why="A slip of a finger can change the result. Once you say that they are right, they count.",
    )


def read_review(text: str, count: int) -> int:
    """The number of the answer to change, or ``ALL_RIGHT``. Raises ValueError with what can be typed."""
    word = text.lower()
    if word in (RIGHT, "right", "yes", "these are right"):
        return ALL_RIGHT
    if word.isdecimal() and 1 <= int(word) <= count:
        return int(word)
    raise ValueError(f"Press {RIGHT} if these are right, or type a number from 1 to {count}.")


def wrongly_question(signs: Sequence[str]) -> Question:
    """After an emergency or same-day result, when a new run does not have the sign."""
    listed = "\n".join(f"- {sign}" for sign in signs)
    return Question(
        title="Your answers have changed",
        intro=f"Earlier you told us of this, and now you did not:\n{listed}",
        ask="Did you answer wrongly then, or was it there?",
        why="A strong sign that went away still needs a look. Only a slip of the finger does not.",
        in_full=True,
        choices=(
            Choice("wrongly", "it was never there, I made a slip", words=(WRONGLY,)),
            Choice("there", "it was there", words=("it was there",)),
        ),
    )


def kept_claim_question(who: str, day: str, signs: Sequence[str]) -> Question:
    """Before an earlier clearance counts again."""
    listed = "\n".join(f"- {sign}" for sign in signs)
    return Question(
        title="The check you told us of",
        intro=f"On {day} this was checked ({who}), and exercise was fine:\n{listed}",
        ask="Is anything about it new or worse since then?",
        why="An earlier check counts only while nothing is new or worse.",
        choices=NO_YES_UNSURE,
    )


def precaution_pages(
    precautions: Sequence[Precaution], have: Sequence[str], *, leg_signs: bool
) -> tuple[Question, ...]:
    """What else the exercises must respect, in lists that fit a screen. ``have``: what was said before."""
    asked = [
        p
        for p in precautions
        if p.tag not in ANSWERED_BY_QUESTIONS and (leg_signs or p.tag not in WITH_LEG_SIGNS)
    ]
    count = -(-len(asked) // ONE_DIGIT)
    size = -(-len(asked) // max(1, count))
    pages = [asked[start : start + size] for start in range(0, len(asked), size)]
    return tuple(
        Question(
            title="So that the exercises fit you",
            ask="Do any of these fit you?",
            why="Each one takes some exercises out and puts others in their place.",
            progress=f"list {number} of {count}",
            choices=tuple(
                Choice(p.tag, p.label + (" (you said so before)" if p.tag in have else "")) for p in page
            ),
            alone=(NONE,),
        )
        for number, page in enumerate(pages, start=1)
    )


def still_so_question(labels: Sequence[str]) -> Question:
    """Instead of the lists, when they were answered before."""
    listed = "\n".join(f"- {label}" for label in labels) or "- none of the things on the lists"
    return Question(
        title="So that the exercises fit you",
        intro=f"You told us before:\n{listed}",
        ask="Has anything changed, or come to it?",
        why="Each one takes some exercises out and puts others in their place.",
        choices=(Choice("n", "no, just the same", "n"), Choice("y", "yes, show the lists", "y")),
    )
