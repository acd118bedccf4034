"""A line beside an answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """A line beside a session or an entry: its code for scripts, its words for people."""

    code: str
    text: str
