"""The words of a result: what to do, whom to call, what to say, what not to do. Never a disease, a score or
a promise.

The words stand in ``data/triage.yaml``; this file only chooses and joins them.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from backmove.core.assess import Assessment
from backmove.core.locks import Held
from backmove.core.questionnaire import RANK, Questionnaire

SIGNS_MAX: Final = 3
"""So many signs are named; more would bury the first."""


class Lines(Struct, frozen=True):
    """The places and dates that a message names. ``date`` is the day to book by, as it should be read out."""

    number: str
    urgent: str
    date: str | None = None


def message(q: Questionnaire, result: Assessment, lines: Lines, held: Held | None = None) -> str:
    """The full text of a result: paragraphs apart by an empty line, the emergency card last.

    With ``held`` the disposition is the one that stands after earlier locks, and the text says what lifts
    them. An emergency is only its own text: nothing else may stand beside what to do now.
    """
    disposition = held.disposition if held else result.disposition
    facts: dict[str, str | None] = {
        "sign": joined(_signs(q, result, held)[:SIGNS_MAX]) or None,
        "number": lines.number,
        "urgent": lines.urgent,
        "date": lines.date,
        "left_out": joined(result.left_out) or None,
    }
    parts = [text for name in _names(q, result, held) for text in _paragraphs(q, name, facts)]
    if disposition != "EMERGENCY" or result.under_age:
        parts.append(card(q, lines.number))
    return "\n\n".join(parts)


def daily_emergency(q: Questionnaire, rule: str, number: str) -> tuple[str, tuple[str, ...]]:
    """Heading and paragraphs for an emergency of the daily check; ``rule`` is a key of ``daily_locks``."""
    words = q.messages["EMERGENCY-call" if rule == "DC3" else "EMERGENCY-go"]
    facts: dict[str, str | None] = {"sign": q.daily_locks[rule], "number": number}
    return words.title, tuple(_paragraphs(q, words.id, facts))


def title(q: Questionnaire, result: Assessment, held: Held | None = None) -> str:
    """The heading of a result."""
    return q.messages[_names(q, result, held)[0]].title


def _names(q: Questionnaire, result: Assessment, held: Held | None) -> list[str]:
    """The messages that make up the text, in order."""
    if held is not None and held.held_by is not None:
        again = held.held_by == "CLINICIAN_FIRST" and all(_may_rerun(q, lock.rule) for lock in held.locks)
        names = [f"held-{held.held_by}", *(["held-again"] if again else [])]
    elif result.disposition == "EMERGENCY":
        names = [f"EMERGENCY-{result.variant or 'go'}"]
    else:
        names = [result.disposition]
    opens = result.opens and (held is None or RANK[held.disposition] <= RANK["CAREFUL"])
    extra = {
        "gentle": opens and (result.gentle or (held is not None and held.gentle)),
        "someone-else": result.someone_else,
        "assumed": result.assumed,
    }
    return [*names, *(name for name, holds in extra.items() if holds)]


def _may_rerun(q: Questionnaire, rule: str) -> bool:
    return rule not in q.rules or q.rules[rule].rerun


def card(q: Questionnaire, number: str) -> str:
    """The emergency card: a heading and five lines."""
    return "\n".join([q.card_title.replace("{number}", number), *(f"- {line}" for line in q.card)])


def joined(words: Sequence[str]) -> str:
    """One list in words: ``a``, ``a, and b``, ``a, b, and c``; nothing for nothing."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])}, and {words[-1]}"


def filled(text: str, facts: Mapping[str, str | None]) -> str | None:
    """The text with its facts; None when one of them is missing."""
    for name, fact in facts.items():
        mark = "{" + name + "}"
        if mark in text:
            if fact is None:
                return None
            text = text.replace(mark, fact)
    return text


def _paragraphs(q: Questionnaire, name: str, facts: Mapping[str, str | None]) -> list[str]:
    texts = (filled(text, facts) for text in q.messages[name].paragraphs)
    return [text for text in texts if text is not None]


def _signs(q: Questionnaire, result: Assessment, held: Held | None) -> tuple[str, ...]:
    """The signs that decided: of this run, or of the earlier locks that hold, the highest first."""
    if held is None or held.held_by is None:
        return result.signs
    locks = [lock for lock in held.locks if lock.disposition == held.held_by]
    return tuple(dict.fromkeys(_sign_of(q, lock.rule) for lock in locks))


def _sign_of(q: Questionnaire, rule: str) -> str:
    known = q.rules.get(rule)
    return known.sign if known else q.daily_locks.get(rule, "a sign that needs a look")
