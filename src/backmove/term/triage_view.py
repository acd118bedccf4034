"""What the end of the questions looks like: what to do, what holds, the emergency card, the next thing to type.

An emergency holds nothing but what to do, whom to call, what to say and what not to do.
"""

from datetime import date
from typing import Final

from backmove.core.verdict import Verdict
from backmove.core.when import say_day
from backmove.term.page import Page

MARGIN: Final = 2
NOBODY_TO_ASK: Final = (
    "There is no terminal to ask in, so nothing was answered and sessions stay locked.\n"
    "Give the answers in a file:  backmove triage --answers FILE"
)
NOT_THE_SAME: Final = "The age or sex differs from last time. One journal is for one person."


def result_page(verdict: Verdict, *, width: int, plain: bool) -> Page:
    """The result as a page of ``width`` columns."""
    page = Page(width - (0 if plain else 2 * MARGIN), plain)
    emergency = verdict.record.disposition == "EMERGENCY"
    page.line(verdict.title, "warn" if verdict.urgent else "head")
    page.rule()
    paragraphs = [part for part in verdict.text.split("\n\n") if part != f"{verdict.title}."]
    what_to_do = (1, 2) if verdict.record.held_by is None else (1,)
    card = next((part for part in paragraphs if "\n- " in part), "")
    for number, paragraph in enumerate(part for part in paragraphs if part != card):
        page.prose(paragraph, style="strong" if emergency and number in what_to_do else "")
        page.blank()
    if not emergency:
        _facts(page, verdict)
    if card:
        _card(page, card)
    if not emergency:
        _next(page, verdict)
    while page.lines and not page.lines[-1][0]:
        page.lines.pop()
    if not plain:
        page.lines = [(" " * MARGIN + text if text else text, style) for text, style in page.lines]
    return page


def _facts(page: Page, verdict: Verdict) -> None:
    """How long it holds, and what was left open."""
    record = verdict.record
    today = date.fromisoformat(record.day)
    facts = []
    if record.valid_until:
        until = date.fromisoformat(record.valid_until)
        facts.append(f"This holds until {say_day(until, today)}. Then the questions come again.")
    if record.unsure:
        facts.append(f"You were not sure {'once' if record.unsure == 1 else f'{record.unsure} times'}.")
    if record.ended == "broken-off" and verdict.told.answers:
        facts.append("You stopped before the end. The next time all the questions come again.")
    for fact in facts:
        page.prose(fact)
    if facts:
        page.blank()


def _card(page: Page, card: str) -> None:
    title, *lines = card.splitlines()
    page.prose(title, style="strong")
    for line in lines:
        page.prose(line.removeprefix("- "), bullet="- " if page.plain else "  · ")
    page.blank()


def _next(page: Page, verdict: Verdict) -> None:
    """The one next thing to type; nothing where seeing somebody comes first."""
    arrow = "" if page.plain else "  →"
    if verdict.record.unlocked:
        page.command(f"Next: today's session{arrow}", "backmove session")
    elif verdict.record.disposition == "INCOMPLETE" and verdict.told.about_me:
        page.command(f"Next: the questions{arrow}", "backmove triage")
