"""What a check-in looks like afterwards: what a person can do first, pain last, each with the number before it."""

from collections.abc import Sequence
from typing import Any, Final

from backmove.core.checkin_news import CARE, Line, Shift
from backmove.core.notice import Notice
from backmove.term.clean import one_line
from backmove.term.page import Page

WORDS: Final = {Shift.BETTER: "better", Shift.SAME: "about the same", Shift.HARDER: "harder just now"}
COMMAND: Final = ": backmove "
FIRST: Final = "These are your first numbers. Next time you see what has changed."


def checkin_page(
    activities: Sequence[Line],
    week: Sequence[Line],
    notices: Sequence[Notice],
    next_day: str,
    *,
    width: int,
    plain: bool,
) -> Page:
    """The answers with what they were before, then what follows; care for a low mood last, where it stays in sight.

    ``next_day``: the day of the next one, in words.
    """
    page = Page(width, plain)
    again = [one_line(line.name) for line in activities if line.shift is Shift.BETTER]
    if again:
        page.prose(f"You can do this better again: {'; '.join(again)}.", style="strong")
    _part(page, "What you can do (10 is as before the pain)", activities)
    _part(page, "Your week (0 to 10)", week)
    page.blank()
    if all(line.before is None for line in (*activities, *week)) and (activities or week):
        page.prose(FIRST)
    for notice in notices:
        if notice.code not in CARE:
            _told(page, notice.text)
    page.prose(f"Next time: {next_day}. There is no need to rate pain until then.", style="dim")
    for notice in notices:
        if notice.code in CARE:
            page.blank()
            page.prose(notice.text, style="strong")
    return page


def _told(page: Page, text: str) -> None:
    """A line, with the command at its end in one piece."""
    words, _, command = text.partition(COMMAND)
    if command:
        page.command(f"{words}:", f"{COMMAND.removeprefix(': ')}{command}")
    else:
        page.prose(text)


def _part(page: Page, title: str, lines: Sequence[Line]) -> None:
    if not lines:
        return
    page.blank()
    page.prose(title, style="head")
    for line in lines:
        page.prose(_words(line), indent=2, hang=2)


def _words(line: Line) -> str:
    now = f"{one_line(line.name)}: {line.now}"
    return now if line.shift is None else f"{now}, was {line.before}: {WORDS[line.shift]}"


def line_json(line: Line) -> dict[str, Any]:
    """A line for scripts."""
    shift = None if line.shift is None else str(line.shift)
    return {"item": line.item, "name": line.name, "now": line.now, "before": line.before, "change": shift}
