"""One exercise on the screen, in full; what was said when it was left out; and the same for scripts."""

from collections.abc import Iterable, Sequence
from typing import Any

from backmove.core.exercise import Catalog, Exercise
from backmove.term.clean import one_line
from backmove.term.dose_words import effort_words, first_dose, most_dose
from backmove.term.page import Page
from backmove.term.vocabulary import (
    CATEGORIES,
    FEATURES,
    GOALS,
    MECHANISMS,
    POSITIONS,
    SLOTS,
    STAGES,
    TARGETS,
)


def listing(values: Iterable[str]) -> str:
    """Several words in one line; "nothing" for none."""
    return ", ".join(values) or "nothing"


def exercise_page(
    row: Exercise,
    catalog: Catalog,
    *,
    taken_out_by: Sequence[str],
    width: int,
    plain: bool,
    because: str | None = None,
    drawn: Sequence[str] = (),
) -> Page:
    """One exercise in full. ``taken_out_by``: labels of the person's own precautions that rule it out; ``because``: the
    reason why they left it out themselves, which may be empty; None when they did not. ``drawn``: the lines of its
    picture, or in plain mode the picture in words."""
    page = Page(width, plain)
    _title(page, row.name, f"level {row.level} of 5")
    page.prose(f"{CATEGORIES[row.category]}. {_where(row)}")
    if taken_out_by:
        page.prose(f"Left out of your sessions: {listing(taken_out_by)}.", style="warn")
    if because is not None:
        why = f", because: {one_line(because)}" if because else ""
        page.prose(f"You left it out of your sessions{why}.", style="warn")
        page.command("To let it in again:", f"backmove exercises include {row.id}", "dim")
    _dose(page, row)
    _picture(page, drawn)
    _part(page, "Get ready", row.setup)
    _part(page, "Do it", row.cues, numbered=True)
    _part(page, "Breathing", [row.breathing])
    _part(page, "What you feel", [row.feel])
    _part(page, "What people tend to do", row.mistakes)
    _part(page, "Easier", [row.easier])
    _part(page, "Harder", [row.harder])
    codes = [catalog.stop_codes[code].text for code in row.stop_if]
    if codes:
        _part(page, "Stop this one if", codes)
    _part(page, "Stop everything and get urgent help if", [catalog.stop_codes["S0"].text])
    _facts(page, row, catalog)
    _sources(page, row, catalog)
    return page


def _picture(page: Page, lines: Sequence[str]) -> None:
    if lines and page.plain:
        _part(page, "The picture in words", lines)
    elif lines:
        page.blank()
        for line in lines:
            page.line(line)


def _title(page: Page, name: str, level: str) -> None:
    if page.plain or len(name) + 2 + len(level) <= page.width:
        page.both_ends(name, level, "head")
    else:
        page.prose(name, style="head")
        page.prose(level, style="dim")


def _where(row: Exercise) -> str:
    place = POSITIONS[row.position].capitalize()
    bed = ", on a bed too" if row.bed_ok else ""
    kit = f" You need: {_kit(row.equipment)}." if row.equipment else " You need nothing."
    extra = f" Handy: {_kit(row.equipment_optional)}." if row.equipment_optional else ""
    return f"{place}{bed}.{kit}{extra}"


def _kit(things: Iterable[str]) -> str:
    return listing(thing.replace("-", " ") for thing in things)


def _dose(page: Page, row: Exercise) -> None:
    first, most = first_dose(row.dose), most_dose(row.dose)
    page.prose(f"To begin: {first}." if first != most else f"Always: {first}.")
    if first != most:
        page.prose(f"In time, at most: {most}.")
    low, high = row.dose.days_per_week
    days = f"{low} to {high}" if low != high else f"{low}"
    effort = effort_words(row.dose.effort)
    page.prose(f"{effort[:1].upper()}{effort[1:]}. On {days} days a week.")


def _part(page: Page, title: str, lines: Iterable[str], *, numbered: bool = False) -> None:
    page.blank()
    page.prose(title, style="head")
    for number, line in enumerate(lines, 1):
        page.prose(line, indent=2, bullet=f"{number}  " if numbered else "")


def _facts(page: Page, row: Exercise, catalog: Catalog) -> None:
    page.blank()
    page.line("Facts", "head")
    facts = [
        f"Works: {listing(TARGETS[target] for target in row.targets)}.",
        f"Toward: {listing(GOALS[goal] for goal in row.goals)}.",
        f"Used as: {listing(SLOTS[slot] for slot in row.slots)}.",
        f"Fits: {listing(STAGES[stage] for stage in row.stages)}.",
        f"A precaution can rule it out for: {listing(FEATURES[f] for f in FEATURES if f in row.hazards)}.",
        f"May help through: {listing(MECHANISMS[way] for way in row.mechanisms)} (proposed, seldom tested).",
    ]
    if row.chain is not None:
        ladder = [other.id for other in catalog.chain(row.chain.id)]
        facts.insert(0, f"Step {row.chain.step} of {len(ladder)}: {' > '.join(ladder)}.")
    if row.aliases:
        facts.insert(0, f"Also called: {', '.join(row.aliases)}.")
    for fact in facts:
        page.prose(fact, indent=2, hang=2)


def _sources(page: Page, row: Exercise, catalog: Catalog) -> None:
    page.blank()
    page.line("Sources", "head")
    for entry in row.evidence:
        reference = catalog.references.get(entry.ref)
        what = f" {reference.what}." if reference else ""
        says = f"{entry.says[:1].upper()}{entry.says[1:]}. " if entry.says else ""
        page.prose(
            f"{says}Certainty: {entry.certainty.replace('-', ' ')}. {entry.ref}:{what}",
            indent=2,
            hang=2,
            style="dim",
        )
    reviewed = (
        f"Reviewed by {row.reviewed_by}, {row.reviewed_on}." if row.reviewed_by else "Not yet reviewed."
    )
    page.prose(f"{reviewed} Id: {row.id}", indent=2, hang=2, style="dim")


def left_out_text(row: Exercise, instead: Exercise | None, *, news: bool) -> tuple[str, ...]:
    """What ``exclude`` says: what it did, then what may come instead."""
    first = f"Left out from now on: {row.name}." if news else f"{row.name} is left out already."
    if instead is None:
        return first, "Nothing of its kind fits you just now; sessions go on without it."
    return first, f"What may come instead: {instead.name} ({instead.id})."


def let_in_text(row: Exercise, held: Sequence[str], *, news: bool) -> tuple[str, ...]:
    """What ``include`` says: what it did, then what else holds the row back."""
    first = f"Back in: {row.name}. It comes when it fits." if news else f"{row.name} was not left out by you."
    return (first, *(f"It still stays away: {reason}." for reason in held))


def exercise_json(row: Exercise) -> dict[str, Any]:
    """The facts and words of one exercise for ``--json``; features include the derived ones."""
    return {
        "id": row.id,
        "name": row.name,
        "aliases": list(row.aliases),
        "status": row.status,
        "category": row.category,
        "tradition": row.tradition,
        "targets": list(row.targets),
        "position": row.position,
        "bed_ok": row.bed_ok,
        "equipment": list(row.equipment),
        "equipment_optional": list(row.equipment_optional),
        "features": sorted(row.hazards),
        "level": row.level,
        "chain": {"id": row.chain.id, "step": row.chain.step} if row.chain else None,
        "dose": {"first": first_dose(row.dose), "most": most_dose(row.dose), "effort": list(row.dose.effort)},
        "slots": list(row.slots),
        "stages": list(row.stages),
        "goals": list(row.goals),
        "setup": list(row.setup),
        "cues": list(row.cues),
        "mistakes": list(row.mistakes),
        "feel": row.feel,
        "breathing": row.breathing,
        "easier": row.easier,
        "harder": row.harder,
        "stop_if": list(row.stop_if),
        "evidence": [{"ref": e.ref, "certainty": e.certainty, "says": e.says} for e in row.evidence],
        "text_status": row.text_status,
    }
