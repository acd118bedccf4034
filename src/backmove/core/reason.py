"""One reason why no session may be given."""

from msgspec import Struct

from backmove.errors import ExitCode


class Reason(Struct, frozen=True):
    """One reason why no session may be given: its code (interface 3), the words, and the exit code."""

    code: str
    text: str
    exit_code: ExitCode = ExitCode.LOCKED
