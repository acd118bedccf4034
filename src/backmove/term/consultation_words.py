"""The facts of a consultation in words: one sheet, for the page in HTML and for the page in text.

Written for somebody who has a minute and did not ask for it. Words of the person stand as they wrote them, on one line
and without signs that steer a screen; everything else is ours.
"""

from collections.abc import Iterator
from typing import Final

from backmove.core.consultation import Consultation, Who
from backmove.core.consultation_hurt import Hurt
from backmove.core.consultation_rows import Current, name_of
from backmove.core.exercise import Catalog
from backmove.core.paper import Block, Gallery, Paper, Part, Pictured, Points, Say, Table
from backmove.core.trend import FlareUp
from backmove.term.clean import one_line
from backmove.term.consultation_course import course_blocks, day_words, done_blocks
from backmove.term.consultation_warnings import sign_blocks, urgent
from backmove.term.dose_words import dose_words
from backmove.term.entries_view import LEG_WORDS, STOPPED

MOST_HURTS: Final = 8
SEX: Final = {"f": "female", "m": "male"}
REFUSED: Final = {
    "pain-too-high": "pain too strong, or up by 3 or more",
    "three-overloads": "too much three times in two weeks",
    "steady-worsening": "pain rises from week to week",
    "leg-further": "pain further down a leg",
}
ABOUT: Final = (
    "This page comes from a diary that the person keeps with backmove, a program with exercises for adults with low "
    "back pain. It shows what they wrote down; nobody has checked it. The program does not examine and does not "
    "diagnose. No regulator has assessed it, and no clinician has reviewed its rules. A no to a question rules "
    "nothing out."
)
_NONE_NOTED: Final = "None noted."


def paper_of(facts: Consultation, catalog: Catalog, *, number: str) -> Paper:
    """The whole sheet. ``number``: the emergency number, or numbers."""
    parts = (
        ("What the person wants to ask", _questions(facts)),
        ("Warning signs", sign_blocks(facts)),
        ("What the person can do, and pain", course_blocks(facts)),
        ("What was done", done_blocks(facts, catalog)),
        ("What hurt", _hurts(facts, catalog)),
        ("Exercises now", _exercises(facts)),
        ("Notes", _notes(facts)),
        ("About this page", _about(facts)),
    )
    return Paper(
        title="Low back pain: a page for a consultation",
        under=tuple(_under(facts)),
        urgent=urgent(facts.signs, number),
        parts=tuple(Part(title, found) for title, blocks in parts if (found := tuple(blocks))),
    )


def _under(facts: Consultation) -> Iterator[str]:
    who = [one_line(facts.who.name), *_who(facts.who)]
    if any(who):
        yield " · ".join(word for word in who if word)
    period, made = facts.period, day_words(facts.made_on)
    first, last = day_words(period.first), day_words(period.last)
    days = f"{first} (1 day)" if first == last else f"{first} to {last} ({period.days} days)"
    yield f"{days} · made on {made}"


def _who(who: Who) -> Iterator[str]:
    if who.age is not None and who.age_told is not None:
        yield f"{who.age} years old (told on {day_words(who.age_told)})"
    elif who.age_band:
        yield f"{who.age_band} years old"
    if who.sex:
        yield SEX.get(who.sex, "")
    if who.spell_began:
        yield f"this spell of pain began on {day_words(who.spell_began)}"


def _questions(facts: Consultation) -> Iterator[Block]:
    words = tuple(text for question in facts.questions if (text := one_line(question)))
    if words:
        yield Points(words)


# --- what hurt, and what is done -------------------------------------------------------------------------------


def _hurts(facts: Consultation, catalog: Catalog) -> Iterator[Block]:
    shown = facts.hurts[:MOST_HURTS]
    if shown:
        rows = tuple((day_words(hurt.day), _hurt(hurt, catalog)) for hurt in shown)
        more = len(facts.hurts) - len(shown)
        caption = (
            "Pain of 6 or more in a session, of 8 or more at any time; stopped; not given; worse in a leg"
        )
        yield Table(caption + (f" (and {more} before)" if more else ""), ("When", "What"), rows)
    legs = [hurt.day for hurt in facts.hurts if hurt.leg]
    if len(facts.hurts) > len(shown) and legs:
        yield Say(f"A leg that got worse: on {len(set(legs))} days, last on {day_words(legs[0])}.")
    if not shown:
        yield Say(f"Sessions that were too much, strong pain, a leg that got worse: {_NONE_NOTED.lower()}")
    yield from _flares(facts)


def _flares(facts: Consultation) -> Iterator[Say]:
    """Flare-ups by the person's word; spells that only the sessions show are told apart, as they may be no more than
    days with care."""
    said: list[str] = []
    other: list[str] = []
    for spell in facts.trend.flares:
        last = spell.ended or facts.period.last
        (said if any(spell.begun <= day <= last for day in facts.flares_said) else other).append(
            _spell(spell)
        )
    yield Say(f"Flare-ups, by the person's word: {'; '.join(said[-MOST_HURTS:]) or 'none'}.")
    if other:
        yield Say(f"Days with gentle sessions only, from pain or care: {'; '.join(other[-MOST_HURTS:])}.")


def _hurt(hurt: Hurt, catalog: Catalog) -> str:
    names = ", ".join(one_line(name_of(row, catalog)) for row in hurt.rows)
    stopped = f"session stopped: {STOPPED[hurt.stopped]}" if hurt.stopped else ""
    of = "most pain" if hurt.source == "session" else "pain"
    told = (
        stopped,
        f"{of} {hurt.score} of 10" if hurt.score is not None else "",
        LEG_WORDS[hurt.leg] if hurt.leg else "",
        f"no session given: {REFUSED.get(hurt.refused, one_line(hurt.refused))}" if hurt.refused else "",
        f"hurt: {names}" if names else "",
    )
    return "; ".join(filter(None, told))


def _spell(spell: FlareUp) -> str:
    if spell.ended is None:
        return f"since {day_words(spell.begun)}"
    if spell.ended == spell.begun:
        return day_words(spell.begun)
    return f"{day_words(spell.begun)} to {day_words(spell.ended)}"


def _exercises(facts: Consultation) -> Iterator[Block]:
    rows = facts.exercises.rows
    if rows:
        yield Gallery(tuple(map(_pictured, rows)))
    if facts.exercises.more:
        yield Say(f"And {facts.exercises.more} more.")
    if facts.exercises.around:
        yield Say(f"Before and after, last time: {', '.join(map(one_line, facts.exercises.around))}.")
    if not rows:
        yield Say("No session was done in these days.")
    if facts.left_out:
        words = (
            one_line(row.name) + (f" ({reason})" if (reason := one_line(row.because)) else "")
            for row in facts.left_out
        )
        yield Say(f"Left out by the person: {'; '.join(words)}.")


def _pictured(row: Current) -> Pictured:
    dose = row.dose
    words = dose_words(
        dose.kind,
        counts=dose.counts,
        hold_s=dose.hold_s,
        tempo_s=dose.tempo_s,
        sides=dose.sides,
        minutes=dose.minutes,
    )
    facts = (
        words + (" (easier form)" if row.easier else ""),
        f"done {_times(row.times)}, last {day_words(row.last_done)}",
        f"effort {row.effort} of 10" if row.effort is not None else "",
        f"hurt {_times(row.hurt)}" if row.hurt else "",
    )
    return Pictured(row.exercise, one_line(row.name), tuple(filter(None, facts)))


def _notes(facts: Consultation) -> Iterator[Block]:
    if facts.notes:
        yield Points(tuple(f"{day_words(note.day)}: {one_line(note.text)}" for note in facts.notes))


def _about(facts: Consultation) -> Iterator[Block]:
    yield Say(ABOUT, "dim")
    yield Say(
        f"backmove {facts.versions.program}, warning-sign rules version {facts.versions.rules}. The sources of "
        "its rules and exercises stand in its data files.",
        "dim",
    )


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
