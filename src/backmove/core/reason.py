"""One reason why no session may be given."""

from dataclasses import dataclass

from backmove.errors import ExitCode


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why no session may be given: its code (interface 3), the words, and the exit code."""

    code: str
    text: str
    exit_code: ExitCode = ExitCode.LOCKED
