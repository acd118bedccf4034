"""The argument ID of ``edit`` and ``delete``, and ``-1`` among options."""

from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from backmove.cli import tab
from backmove.cli.context import App

if TYPE_CHECKING:
    from backmove.core.record import AnyRecord

EntryId = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help="The beginning of its id, or last (-1) for the one written last.",
        show_default=False,
        autocompletion=tab.words("last"),
    ),
]


class TakesMinusOne(TyperCommand):
    """A command whose argument may be ``-1``: elsewhere that would be read as an option."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        flags = {name for p in self.params if getattr(p, "is_flag", False) for name in p.opts}
        ready = [
            "last"
            if word == "-1" and (i == 0 or not args[i - 1].startswith("-") or args[i - 1] in flags)
            else word
            for i, word in enumerate(args)
        ]
        return super().parse_args(ctx, ready)


def entry_of(app: App, name: str) -> "AnyRecord":
    """The entry that was named. Raises UsageProblem or NotFound."""
    from backmove.core.corrections import named

    return named(name, app.journal.read(), app.diary)
