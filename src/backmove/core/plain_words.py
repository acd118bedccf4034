"""Plain words: the reading grade of a text, words we never use, and where an easier form may not lead.

Grades are American school grades by Flesch and Kincaid, with syllables counted by a rule of thumb.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final

from msgspec import Struct

from backmove.core.choices import Category, Equipment
from backmove.core.exercise import Direction, Exercise, Feature, Position
from backmove.core.fault import Fault

GRADE_MAX: Final = 6.0
LINE_MAX: Final = 160

BANNED: Final = (
    *("safe", "safely", "all clear", "nothing serious", "you are fine", "you're fine"),
    *(
        "damage",
        "damaged",
        "damages",
        "damaging",
        "slipped",
        "worn out",
        "wear and tear",
        "unstable",
        "crumbling",
    ),
    *(
        "never bend",
        "cure",
        "cures",
        "cured",
        "fix your",
        "proven",
        "guarantee",
        "guaranteed",
        "danger",
        "dangerous",
    ),
    *(
        "injure",
        "injured",
        "injures",
        "proper posture",
        "perfect posture",
        "bad posture",
        "poor posture",
        "please",
    ),
    *("no pain no gain", "no pain, no gain", "% better", "percent better"),
)
"""False comfort, threats, promises, blame and pleading (R-M4; design rules of the screens)."""

_BANNED = re.compile(
    r"(?<![\w-])(?:" + "|".join(re.escape(word) for word in BANNED) + r")(?![\w-])", re.IGNORECASE
)
_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
_SENTENCE_END = re.compile(r"[.?!:;]+(?=\s|$)")


def grade(text: str) -> float:
    """The reading grade of a text; 0 for one without words."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59


def _syllables(word: str) -> int:
    word = word.lower().removesuffix("'s")
    groups = len(re.findall(r"[aeiouy]+", word))
    if re.search(r"[^aeiouyl]e$|[^aeiouytd]ed$|(?:th|[^aeiouyscxzhg])es$", word) and groups > 1:
        groups -= 1
    return max(1, groups)


def banned_words(text: str) -> list[str]:
    """Words in ``text`` that none of our texts uses, and exclamation marks."""
    found = [match.group(0) for match in _BANNED.finditer(text)]
    return [*found, "!"] if "!" in text else found


class _Lead(Struct, frozen=True):
    """Words that lead into a hazard, and for which rows they lead nowhere new."""

    words: re.Pattern[str]
    into: str
    allowed: Callable[[Exercise], bool]


def _has(*features: Feature) -> Callable[[Exercise], bool]:
    return lambda row: bool(set(features) & row.hazards)


def _in(*positions: Position) -> Callable[[Exercise], bool]:
    return lambda row: row.position in positions


def _moves(*directions: Direction) -> Callable[[Exercise], bool]:
    return lambda row: row.spine.direction in (*directions, Direction.MIXED)


def _with(kit: Equipment) -> Callable[[Exercise], bool]:
    return lambda row: kit in row.equipment or kit in row.equipment_optional


def _any(*tests: Callable[[Exercise], bool]) -> Callable[[Exercise], bool]:
    return lambda row: any(test(row) for test in tests)


_STILL: Final = (Category.STRETCH, Category.RECOVERY, Category.RELAXATION)
_SEATED_OR_LYING: Final = _in(
    Position.SITTING, Position.FLOOR_SUPINE, Position.SIDE_LYING, Position.PRONE, Position.QUADRUPED
)

_LEADS: Final = tuple(
    _Lead(re.compile(words, re.IGNORECASE), into, allowed)
    for words, into, allowed in (
        (r"\bkneel|hands and knees|\bon (?:your|one|both) knees?\b", "kneeling", _has(Feature.KNEEL)),
        (r"\blie (?:down )?on your back\b|\bface up\b", "lying on the back", _has(Feature.SUPINE)),
        (
            r"\b(?:on|onto) your (?:front|belly|tummy)\b|\bface down\b",
            "lying on the front",
            _has(Feature.PRONE),
        ),
        (r"\blie (?:down )?on (?:your|the) side\b", "lying on the side", _in(Position.SIDE_LYING)),
        (r"\bon one leg\b|\bstand on one\b", "one leg", _any(_has(Feature.ONE_LEG), _SEATED_OR_LYING)),
        (
            r"\beyes (?:closed|shut)\b|\b(?:close|shut) (?:your|both) eyes\b",
            "closed eyes",
            _any(_has(Feature.UNSTABLE), _SEATED_OR_LYING),
        ),
        (
            r"\blet go of\b|\bhands? off\b|\bno hands\b"
            r"|\bwithout (?:your |the )?(?:hands?|support|a hold|holding|touching)\b",
            "no hand hold",
            _any(_has(Feature.NO_SUPPORT), _SEATED_OR_LYING),
        ),
        (
            r"\boverhead\b|\b(?:above|over) your head\b|\babove your shoulders?\b",
            "arms overhead",
            _has(Feature.OVERHEAD),
        ),
        (
            r"\bjump|\bhop\b|\bjog|\brun\b|\brunning\b",
            "impact",
            _any(_has(Feature.IMPACT), _in(Position.WATER, Position.OUTDOORS)),
        ),
        (r"\btwist", "twisting", _moves(Direction.ROTATION)),
        (
            r"\barch (?:your|the) (?:low )?back\b|\blean(?:ing)? (?:further )?back(?:ward)?\b",
            "arching",
            _any(_moves(Direction.EXTENSION), _in(Position.SITTING)),
        ),
        (
            r"\bround(?:ing)? (?:your|the) (?:low )?back\b|\bfold forward\b|\btouch your toes\b",
            "bending",
            _any(_moves(Direction.FLEXION), _has(Feature.FLEX_END)),
        ),
        (
            r"\b(?:lift|raise|curl) (?:up )?(?:your|the) head\b|\bhead (?:up )?off\b",
            "a lifted head",
            _has(Feature.NECK_LOAD),
        ),
        (r"\bhead (?:hang|low)|\bhang your head\b", "the head low", _has(Feature.HEAD_LOW)),
        (
            r"\bhold (?:it |this |that |the \w+ )?(?:for )?longer\b",
            "long holds",
            _any(_has(Feature.ISO_HARD), lambda row: row.category in _STILL),
        ),
        (r"\bhold (?:your|the) breath\b|\bbreath held\b", "holding the breath", lambda row: False),
        (
            r"\bcross(?:ed|ing)? (?:your|the|one) (?:legs?|ankles?|knees?)\b|\blegs crossed\b",
            "crossed legs",
            _has(Feature.HIP_CROSS),
        ),
        (r"\bbands?\b", "a band", _with(Equipment.BAND)),
        (
            r"\b(?:heavy|heavier|light) (?:bag|weight|thing|one)\b|\bdumbbell|\bbottles?\b",
            "a load",
            _with(Equipment.WEIGHT),
        ),
        (r"\bjumping\b|\bsprint", "impact", _has(Feature.IMPACT)),
    )
)


def leads_elsewhere(row: Exercise, text: str) -> list[str]:
    """Hazards that ``text`` (the easier or harder form of ``row``) leads into and the row does not have.

    A precaution looks at the row's features; its words must not bring back what the filter took out.
    """
    return [lead.into for lead in _LEADS if lead.words.search(text) and not lead.allowed(row)]


def prose(row: Exercise) -> Iterable[tuple[tuple[str | int, ...], str]]:
    """Every line that a person reads, with its path in the row."""
    for name in ("setup", "cues", "mistakes"):
        for number, line in enumerate(getattr(row, name)):
            yield (name, number), line
    for name in ("feel", "breathing", "easier", "harder"):
        yield (name,), getattr(row, name)


def row_word_faults(row: Exercise) -> Iterable[Fault]:
    """Faults of the words of one exercise; paths are relative to the row."""
    for loc, line in prose(row):
        yield from _line_faults(loc, line)
    for name in ("easier", "harder"):
        for hazard in leads_elsewhere(row, getattr(row, name)):
            what = f"leads into {hazard}, which the features of this row do not have; say a form without it"
            yield Fault((name,), what)
    found = grade(" ".join(line for _, line in prose(row)))
    if found > GRADE_MAX:
        yield Fault(
            ("cues",), f"reading grade {found:.1f}; at most {GRADE_MAX:.0f}: shorter sentences, shorter words"
        )


def text_faults(loc: tuple[str | int, ...], text: str) -> Iterable[Fault]:
    """Faults of a longer text such as a card: banned words and its grade."""
    for word in banned_words(text):
        yield Fault(loc, f"{word!r} is not used here")
    found = grade(text)
    if found > GRADE_MAX:
        yield Fault(loc, f"reading grade {found:.1f}; at most {GRADE_MAX:.0f}")


def _line_faults(loc: tuple[str | int, ...], line: str) -> Iterable[Fault]:
    for word in banned_words(line):
        yield Fault(loc, f"{word!r} is not used here")
    if len(line) > LINE_MAX:
        yield Fault(loc, f"{len(line)} characters; at most {LINE_MAX}")
    if not line[:1].isupper() and not line[:1].isdigit():
        yield Fault(loc, "a line begins with a capital letter")
    if not line.rstrip().endswith((".", "?")):
        yield Fault(loc, "a line ends with a full stop")
