"""Asking a person in the terminal, line by line."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from backmove.cli.context import App
from backmove.errors import Interrupted, UsageProblem

if TYPE_CHECKING:
    from backmove.term.ask import Asker, Control, Keys
    from backmove.term.question import Question

T = TypeVar("T")


def ask_typed(app: App, question: "Question", read: Callable[[str], T]) -> T:
    """A typed value. The end of input and Ctrl-C leave with nothing written."""
    with asker_of(app, by_line=True) as asker:
        return _answer(asker.typed(question, read))


def ask_choice(app: App, question: "Question") -> str:
    """The value of the answer that was chosen."""
    with asker_of(app, by_line=True) as asker:
        return _answer(asker.one(question)).value


def chosen(asker: "Asker", question: "Question") -> str:
    """The value of the answer that was chosen, where several questions are asked in a row."""
    return _answer(asker.one(question)).value


def ask_line(app: App, prompt: str) -> str:
    """A typed line, which may be empty: only where Enter alone decides nothing."""
    app.stdout.write(prompt)
    app.stdout.flush()
    with keys_of(app) as keys:
        return keys.line().strip()


def must_be_typed(app: App, what: str, example: str, *, ask: bool = True) -> None:
    """Raises UsageProblem when there is nobody to ask, or ``ask`` is False."""
    if not app.interactive or app.json or not ask:
        why = "; there is no terminal to ask in" if ask and not app.interactive else ""
        raise UsageProblem(f"say {what}{why}. Nothing was written down.", hint=f"Such as:  {example}")


@contextmanager
def asker_of(app: App, *, by_line: bool = False) -> Iterator["Asker"]:
    """Somebody to ask, for as long as the ``with`` lasts. ``by_line``: short questions, nothing repainted."""
    from backmove.term.ask import Asker

    with keys_of(app) as keys:
        yield Asker(keys, app.console, plain=by_line or app.plain)


@contextmanager
def keys_of(app: App) -> Iterator["Keys"]:
    """The keyboard; the terminal is given back as it was."""
    from backmove.term.keys import TerminalKeys

    if app.keys is not None:
        yield app.keys
        return
    with TerminalKeys(app.stdin, app.monotonic) as keys:
        yield keys


def _answer(said: "T | Control") -> T:
    from backmove.term.ask import Control

    if isinstance(said, Control):
        raise Interrupted("stopped. Nothing was written down.")
    return said
