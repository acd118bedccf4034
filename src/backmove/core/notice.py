"""A line beside an answer."""

from msgspec import Struct


class Notice(Struct, frozen=True):
    """A line beside a session or an entry: its code for scripts, its words for people."""

    code: str
    text: str
