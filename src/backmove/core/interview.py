"""The walk through the questions: which is next, and what a reply means.

The walk's whole state is the replies given so far, by prompt id: ``replay`` rebuilds answers from them in
the order of the questionnaire, so that going back, or changing an answer on the review page, is dropping a
reply and what followed from it (``without``). No order of answering can give other answers.
"""

import re
from collections.abc import Mapping, Set
from datetime import date
from typing import Final

from msgspec import Struct

from backmove.core.answers import read_temperature, seen_by_rules
from backmove.core.condition import Answers, Value, holds
from backmove.core.questionnaire import Option, Prompt, Questionnaire, Typed
from backmove.errors import UsageProblem

DAYS_EACH: Final[Mapping[str, float]] = {"d": 1, "w": 7, "m": 365.25 / 12, "y": 365.25}


class Reply(Struct, frozen=True):
    """What a person answered: option keys, or a number in the field's own unit."""

    keys: tuple[str, ...] = ()
    number: int | float | None = None


class Walk(Struct, frozen=True):
    """How far the questions have come: the answers, the prompts answered in order, and the one that is
    due.
    """

    answers: Answers
    asked: tuple[str, ...]
    due: Prompt | None


def next_prompt(q: Questionnaire, answers: Answers, asked: Set[str]) -> Prompt | None:
    """The next prompt that is due: follow-ups first, then those that come early, then the order of the file.

    None when every prompt that is due was asked.
    """
    view = seen_by_rules(q, answers)
    due = [p for p in q.prompts.values() if _due(q, p, view, asked)]
    soon = {e.prompt for e in q.early if e.after in asked and holds(e.when, view, q.defines)}
    return next((p for p in due if p.follows), next((p for p in due if p.id in soon), next(iter(due), None)))


def _due(q: Questionnaire, prompt: Prompt, view: Answers, asked: Set[str]) -> bool:
    return (
        prompt.id not in asked
        and (prompt.follows is None or prompt.follows in asked)
        and holds(prompt.ask, view, q.defines)
    )


def replay(q: Questionnaire, replies: Mapping[str, Reply], start: Answers | None = None) -> Walk:
    """The walk that these replies make. Replies to prompts that are not due count for nothing."""
    answers: Answers = dict(start or {})
    asked: list[str] = []
    while (prompt := next_prompt(q, answers, frozenset(asked))) is not None and prompt.id in replies:
        answers = apply_answer(q, answers, prompt, replies[prompt.id])
        asked.append(prompt.id)
    return Walk(answers, tuple(asked), prompt)


def without(q: Questionnaire, replies: Mapping[str, Reply], prompt_id: str) -> dict[str, Reply]:
    """The replies without this one and without all that followed from it."""
    gone = {prompt_id}
    for prompt in q.prompts.values():
        if prompt.follows in gone:
            gone.add(prompt.id)
    return {key: reply for key, reply in replies.items() if key not in gone}


def in_doubt(q: Questionnaire, answers: Answers, asked: Set[str]) -> frozenset[str]:
    """Fields whose follow-up question is still open: what they say is not yet the person's last word."""
    view = seen_by_rules(q, answers)
    due = (p for p in q.prompts.values() if p.follows and _due(q, p, view, asked))
    return frozenset(name for prompt in due for name in prompt.about)


def expected(q: Questionnaire, walk: Walk) -> int:
    """How many prompts the whole walk has if every further answer is the calm one (the first option)."""
    count, answers, asked, prompt = len(walk.asked), walk.answers, set(walk.asked), walk.due
    while prompt is not None:
        count += 1
        answers = apply_answer(q, answers, prompt, calm_reply(q, prompt, answers))
        asked.add(prompt.id)
        prompt = next_prompt(q, answers, asked)
    return count


def calm_reply(q: Questionnaire, prompt: Prompt, answers: Answers) -> Reply:
    """The reassuring reply: the first option, or the default of the typed field. For counting, never for
    answering.
    """
    if prompt.kind != "typed" or prompt.typed is None:
        return Reply(keys=(offered(q, prompt, answers)[0].key,))
    number = q.fields[prompt.typed.field].default
    return Reply(number=number if isinstance(number, int) else prompt.typed.minimum)


# --- replies -----------------------------------------------------------------------------------------------


def offered(q: Questionnaire, prompt: Prompt, answers: Answers) -> tuple[Option, ...]:
    """The options that are shown now."""
    view = seen_by_rules(q, answers)
    return tuple(o for o in prompt.options if o.ask is None or holds(o.ask, view, q.defines))


def apply_answer(q: Questionnaire, answers: Answers, prompt: Prompt, reply: Reply) -> Answers:
    """The answers with this reply. Of two items that set the same field, the one listed first wins."""
    told: dict[str, Value] = dict(answers)
    options = offered(q, prompt, answers)
    for name in prompt.fields:
        if q.fields[name].type != "list":
            told[name] = q.fields[name].default
            continue
        before = told.get(name)
        of_this = {item for o in prompt.options for item in _items(o.sets.get(name))}
        told[name] = tuple(item for item in _items(before) if item not in of_this)
    for option in reversed(options):
        if option.key in reply.keys:
            _put(q, told, option.sets)
    if reply.number is not None and prompt.typed is not None:
        same = dict.fromkeys((prompt.typed.field, *prompt.typed.also), reply.number)
        _put(q, told, {**prompt.typed.sets, **same})
    return told


def _items(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _put(q: Questionnaire, told: dict[str, Value], values: Mapping[str, Value]) -> None:
    for name, value in values.items():
        if isinstance(value, tuple):
            have = {*_items(told.get(name)), *value}
            told[name] = tuple(item for item in q.fields[name].values if item in have)
        else:
            told[name] = value


def read_reply(q: Questionnaire, prompt: Prompt, answers: Answers, text: str, today: date) -> Reply:
    """What was typed, as a reply. Raises UsageProblem with one sentence that says what can be typed.

    An empty line is never an answer.
    """
    words = text.strip().lower()
    options = offered(q, prompt, answers)
    if not words:
        raise UsageProblem("Nothing was typed. There is no answer chosen for you.")
    if prompt.kind == "list":
        return _read_items(options, words)
    chosen = [o for o in options if words == o.word or (prompt.kind != "consent" and words == o.key)]
    if chosen:
        return Reply(keys=(chosen[0].key,))
    if prompt.typed is not None:
        return Reply(number=_read_typed(q, prompt.typed, words, today))
    if prompt.kind == "consent":
        raise UsageProblem("Type one of these words in full: " + ", ".join(o.word for o in options) + ".")
    raise UsageProblem("Type one of: " + ", ".join(f"{o.key} ({o.word})" for o in options) + ".")


def _read_items(options: tuple[Option, ...], words: str) -> Reply:
    keys: list[str] = []
    for token in re.split(r"[\s,;]+", words):
        found = [o for o in options if token in (o.key, o.word)]
        if not found:
            raise UsageProblem(f"{token} is not one of the items. Type their numbers, such as 2 or 1 3.")
        keys.append(found[0].key)
    alone = [o.key for o in options if o.exclusive and o.key in keys]
    if alone and len(set(keys)) > 1:
        raise UsageProblem(f"{alone[0]} cannot stand beside other items. Type it alone, or leave it out.")
    return Reply(keys=tuple(dict.fromkeys(keys)))


def _read_typed(q: Questionnaire, typed: Typed, words: str, today: date) -> int | float:
    try:
        if typed.reads == "temperature":
            return read_temperature(words)[0]
        number = read_ago(words, today) if typed.reads == "ago" else _read_number(q, typed, words)
    except (ValueError, OverflowError):
        raise UsageProblem(f"{words} is not understood here. Type something like {typed.example}.") from None
    if not typed.minimum <= number <= typed.maximum:
        raise UsageProblem(f"{words} is out of range here. Type something like {typed.example}.")
    return number


def _read_number(q: Questionnaire, typed: Typed, words: str) -> int:
    """A whole number. Fractions of years and weeks count down; of a score they are refused."""
    fraction = "" if q.fields[typed.field].type == "score" else r"(?:[.,]\d{1,2})?"
    if re.fullmatch(r"\d{1,3}" + fraction, words, re.ASCII) is None:
        raise ValueError(words)
    return int(re.split("[.,]", words)[0])


def read_ago(words: str, today: date) -> int:
    """Whole days before today: "today", "yesterday", "3 weeks", "2 years ago", "2026-11-01". Raises
    ValueError.

    Months and years are rounded down to whole days. A bare number is refused: it could be days or weeks.
    """
    if words in ("today", "yesterday"):
        return int(words == "yesterday")
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words, re.ASCII):
        return (today - date.fromisoformat(words)).days
    match = re.fullmatch(
        r"(\d{1,3}(?:[.,]\d)?)\s*(d|w|m|y|days?|weeks?|months?|years?)(?:\s+ago)?", words, re.ASCII
    )
    if match is None:
        raise ValueError(words)
    return int(float(match[1].replace(",", ".")) * DAYS_EACH[match[2][0]])


def in_words(q: Questionnaire, prompt: Prompt, reply: Reply) -> str:
    """The reply as a person would read it back, for the review page."""
    labels = [o.label for o in prompt.options if o.key in reply.keys]
    if reply.number is not None and prompt.typed is not None:
        labels.append(_amount(q, prompt.typed, reply.number))
    return "; ".join(labels)


def _amount(q: Questionnaire, typed: Typed, number: int | float) -> str:
    if typed.reads == "temperature":
        return f"{number:.1f} C"
    if typed.reads == "number":
        return f"{number:g}" + {"weeks": " weeks", "score": " of 10"}.get(q.fields[typed.field].type, "")
    if number in (0, 1):
        return ("today", "yesterday")[int(number)]
    for unit, each in (("years", "y"), ("months", "m"), ("weeks", "w")):
        if number >= 2 * DAYS_EACH[each]:
            return f"about {int(number / DAYS_EACH[each])} {unit} ago ({number:g} days)"
    return f"{number:g} days ago"
