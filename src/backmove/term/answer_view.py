"""The answer of a command that wrote something: what was saved, how to take it back, and what to do."""

from collections.abc import Callable, Iterable
from typing import Final

from backmove.core.corrections import Undone
from backmove.core.notice import Notice
from backmove.core.record import Amend, AnyRecord, Retract
from backmove.term.clean import columns, wrap
from backmove.term.entries_view import entry_text

UNDO: Final = "(backmove undo)"
_GAP: Final = 8


def first_line(text: str, *, width: int, plain: bool, hint: str = UNDO) -> str:
    """A sentence and, behind it or below it, how to take it back."""
    if plain:
        return f"{text}\nTo take it back: {hint.strip('()')}" if hint else text
    if not hint:
        return "\n".join(wrap(text, width))
    if columns(text) + _GAP + len(hint) <= width:
        return f"{text}{' ' * _GAP}{hint}"
    return "\n".join([*wrap(text, width), hint])


def undone_text(step: Undone, when: Callable[[str], str]) -> str:
    """What undo did, in a sentence or two. ``when`` tells a stored moment in words."""

    def entry(record: AnyRecord) -> str:
        return entry_text(record, when(record.at))

    if isinstance(step.record, Retract) and step.now is not None:
        return f"Undone: a deletion. Back again: {entry(step.now)}."
    if isinstance(step.record, Retract) and step.was is not None:
        return f"Undone: {entry(step.was)}."
    if isinstance(step.record, Amend) and step.was is not None and step.now is not None:
        return f"Undone: the change to {entry(step.was)}. Again: {entry(step.now)}."
    if isinstance(step.record, Amend | Retract):
        return "Undone: a correction of an entry that does not stand."
    return f"Undone: {entry(step.record)}."


def lines(sentences: Iterable[str], *, width: int, plain: bool) -> list[str]:
    """Sentences, each beginning on a line of its own."""
    return [line for text in sentences if text for line in ([text] if plain else wrap(text, width))]


def notice_lines(notices: Iterable[Notice], *, width: int, plain: bool) -> list[str]:
    """Notices in the order given."""
    return lines((notice.text for notice in notices), width=width, plain=plain)


def notice_json(notices: Iterable[Notice]) -> list[dict[str, str]]:
    """Notices for scripts."""
    return [{"code": notice.code, "text": notice.text} for notice in notices]
