"""Exit codes, and the few kinds of failure that are not our fault.

A message says what happened, where, and what was kept. A hint names one command or one act.
Anything else that is raised is a fault of ours and ends in exit 3 with a log file (``__main__``).
"""

from enum import IntEnum, unique


@unique
class ExitCode(IntEnum):
    """What the process says to the shell. Scripts rely on these numbers; they may only grow."""

    OK = 0
    FAILURE = 1
    USAGE = 2
    BUG = 3
    DATA = 4
    LOCKED = 5
    SAME_DAY = 6
    EMERGENCY = 7
    INTERRUPTED = 130


class BackmoveError(Exception):
    """An expected failure: a sentence, perhaps a hint, and the exit code it ends with.

    ``code`` is the short kebab-case name that stands in the JSON error.
    """

    exit_code: ExitCode = ExitCode.FAILURE
    code: str = "failed"

    def __init__(self, message: str, *, hint: str = "", code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        if code:
            self.code = code


class UsageProblem(BackmoveError):
    """The words typed cannot be understood; nothing was changed."""

    exit_code = ExitCode.USAGE
    code = "usage"


class DataProblem(BackmoveError):
    """A file is damaged, invalid or newer than this version; nothing was changed."""

    exit_code = ExitCode.DATA
    code = "data"


class NotFound(BackmoveError):
    """What was named does not exist."""

    code = "not-found"


class StorageProblem(BackmoveError):
    """The disk refused: full, read-only, not permitted. The journal is as it was."""

    code = "storage"


class Interrupted(BackmoveError):
    """The user stopped us (Ctrl-C or the end of input). What was kept is said in the message."""

    exit_code = ExitCode.INTERRUPTED
    code = "interrupted"
