"""What a session looks like: an overview, then every step, so that a person can follow it from the screen alone."""

from datetime import date
from typing import Final

from backmove.core.exercise import Catalog
from backmove.core.plan import BY_PLAN, Block, Plan, PlannedItem, Refused
from backmove.core.therapist_plan import whose
from backmove.term.clean import one_line
from backmove.term.dose_words import dose_words
from backmove.term.page import Page
from backmove.term.walk_view import outing_words

BLOCKS: Final = {Block.WARMUP: "Warm up", Block.MAIN: "Main", Block.SETTLE: "Settle"}
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ZONES: Final = {
    "green": "Up to 5 of 10 is fine while you move, if it settles by tomorrow.",
    "amber": "A lighter day. Up to 5 of 10 is fine while you move, if it settles by tomorrow.",
    "red": "A gentle day: small, easy moves. Less is fine. Stay well below what hurts.",
}


QUIET: Final = ("B2", "B3", "C3", "K1", "K2", "K3", BY_PLAN)
"""Rules whose changes need no line of their own: time filled, the day's colour (which has its own line), turns, what a
therapist's plan brings (which is marked)."""


HELD: Final = {
    "C3": "today or last time was a lighter day",
    "D1": "in the first weeks of a spell the dose stays easy",
    "E4": "a flare-up is on or only just over",
    "G": "some days have passed since the last session",
    "C4": "the night was poor",
    "F5": "last time left its mark",
    "seal": "a part of the journal was set aside",
}
"""Why nothing rises, by rule (I27)."""


def long_day(day: str) -> str:
    """``2026-03-02`` as "Monday 2 March"."""
    there = date.fromisoformat(day)
    return f"{_DAYS[there.weekday()]} {there.day} {_MONTHS[there.month - 1]}"


def minutes_words(seconds: int) -> str:
    """Seconds as whole minutes in words, to the nearest; a short part is one minute."""
    return f"{max(1, (seconds + 30) // 60)} min"


def session_page(plan: Plan, catalog: Catalog, *, number: int, why: bool, width: int, plain: bool) -> Page:
    """The whole session: overview, guide to pain, stop signs, outings, card, then each step in full.

    ``number``: this is the person's n-th session. ``why``: with each row the rule that chose it.
    """
    page = Page(width, plain)
    _overview(page, plan, number, why)
    _guide(page, plan, catalog)
    _steps(page, plan, catalog)
    if plan.card is not None:
        _card(page, plan.card, catalog)
    page.blank()
    page.command("A different one:", "backmove session --another", "dim")
    page.command("Next, when you have done it:", "backmove done", "strong")
    return page


def _overview(page: Page, plan: Plan, number: int, why: bool) -> None:
    usual = ", your usual" if plan.d == 0 and plan.usual else f", usual {plan.usual:g}" if plan.usual else ""
    left = f"{long_day(plan.date)} · {minutes_words(plan.estimated_s)} · pain {plan.pain}{usual}"
    page.both_ends(left, f"session {number}", "head")
    for block in BLOCKS:
        page.blank()
        page.both_ends(BLOCKS[block], minutes_words(sum(i.seconds for i in plan.block(block))), "head")
        _from_plan(page, plan, block)
        for item in plan.block(block):
            _row(page, plan.items.index(item) + 1, item)
            _reasons(page, plan, item, why)
    if why and plan.held in HELD:
        page.blank()
        page.prose(f"Nothing goes up today: {HELD[plan.held]} (rule {plan.held}).", style="dim")
    for notice in plan.notices:
        page.blank()
        page.prose(one_line(notice.text))


def _from_plan(page: Page, plan: Plan, block: Block) -> None:
    """Whose plan the marked rows are from, once, where the first of them stands."""
    first = next((item for item in plan.items if item.planned), None)
    if plan.followed is not None and first is not None and first.block is block:
        by = whose(plan.followed.plan)
        until = plan.followed.plan.until or plan.date
        page.prose(f"(plan): from {one_line(by)}, until {long_day(until)}.", indent=2, style="dim")


def _row(page: Page, place: int, item: PlannedItem) -> None:
    name, dose = item.exercise.name, item_dose(item) + (" (plan)" if item.planned else "")
    room = 29
    if page.plain:
        page.line(f"{place}. {name}: {dose}")
    elif page.width >= 70 and len(name) <= room:
        page.prose(dose, bullet=f"  {place:<2} {name:<{room}} ", hang=room + 6)
    else:
        page.prose(name, bullet=f"  {place:<2} ")
        page.prose(dose, indent=5, style="dim")


def _reasons(page: Page, plan: Plan, item: PlannedItem, why: bool) -> None:
    """What is new about a row, in one line; with ``why`` also what it is there for, and the rules."""
    if item.note:
        page.prose(one_line(item.note), indent=5, style="dim")
    change = next((change for change in plan.changes if change.exercise == item.exercise.id), None)
    if why and item.why:
        page.prose(f"here: {item.why} (rule {item.rule})", indent=5, style="dim")
    if change is None or (change.rule in QUIET and not why) or change.why == item.why:
        return
    words = f"{change.why[0].upper()}{change.why[1:]}."
    if why:
        then = f"{change.before} to {change.after}" if change.before else change.after
        words += f" ({then}, rule {change.rule})"
    page.prose(words, indent=5, style="dim")


def item_dose(item: PlannedItem) -> str:
    """The dose of one row in words."""
    dose = item.dose
    words = dose_words(
        dose.kind,
        counts=dose.counts,
        hold_s=dose.hold_s,
        tempo_s=dose.tempo_s,
        sides=dose.sides,
        minutes=dose.minutes,
    )
    return f"{words}, in its easier form" if item.form == "easier" else words


def _guide(page: Page, plan: Plan, catalog: Catalog) -> None:
    page.blank()
    page.prose(_ZONES[plan.zone])
    page.prose(f"Stop at once and get help for: {catalog.stop_codes['S0'].text}", style="warn")
    for outing in plan.outings:
        page.prose(outing_words(outing))


def _steps(page: Page, plan: Plan, catalog: Catalog) -> None:
    page.blank()
    page.rule()
    for place, item in enumerate(plan.items, 1):
        step = item.exercise
        page.blank()
        page.prose(f"{place}  {step.name}: {item_dose(item)}", hang=3, style="head")
        for line in step.setup:
            page.prose(line, indent=3)
        for line in step.cues:
            page.prose(line, indent=3, bullet="- ")
        page.prose(f"Breathing: {step.breathing}", indent=3)
        page.prose(step.feel, indent=3)
        page.prose(f"Look out for: {' '.join(step.mistakes)}", indent=3, style="dim")
        page.prose(f"Easier: {step.easier}", indent=3)
        codes = [catalog.stop_codes[code].text for code in step.stop_if]
        if codes:
            page.prose(f"Stop this one if: {' '.join(codes)}", indent=3, style="dim")


def _card(page: Page, number: int, catalog: Catalog) -> None:
    card = catalog.cards[number]
    page.blank()
    page.rule()
    page.prose(card.title, style="head")
    for paragraph in card.text.split("\n"):
        if paragraph.strip():
            page.prose(paragraph.strip())
    page.prose(f"Source: {card.source}. How sure this is: {card.certainty}.", style="dim")


def refusal_page(
    refused: Refused,
    signs: tuple[str, ...],
    number: str,
    *,
    width: int,
    plain: bool,
    catalog: Catalog | None = None,
) -> Page:
    """No session today: why, what to do, and the signs of an emergency. ``number``: the emergency number in words.

    ``catalog`` brings the card that goes with it (R-M1).
    """
    page = Page(width, plain)
    page.line("No session today", "head")
    page.blank()
    for reason in refused.reasons:
        page.prose(reason.text)
    page.blank()
    page.prose(f"Get emergency help ({number}) if you notice any of these:", style="warn")
    for sign in signs:
        page.prose(sign, indent=2, bullet="- ")
    page.blank()
    if catalog is not None and refused.card is not None:
        _card(page, refused.card, catalog)
        page.blank()
    page.command("Next:", "backmove triage", "strong")
    return page


def emergency_page(title: str, paragraphs: tuple[str, ...], *, width: int, plain: bool) -> Page:
    """What to do, the number, what to say, what not to do; nothing else."""
    page = Page(width, plain)
    page.line(title, "warn")
    for paragraph in paragraphs:
        page.blank()
        page.prose(paragraph, style="strong")
    return page
