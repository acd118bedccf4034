"""The way in. A fault of ours becomes exit 3, one sentence and a log file; nothing else is caught here.

Three things are answered before Typer is loaded: ``--version``, ``log 4`` where it can be (``quick_log``), and
``progress --json`` (``cli/quick_progress.py``).
"""

import gc
import os
import sys

from backmove import __version__

FEW_COLLECTIONS = 250_000
"""A command lives for a tenth of a second and leaves hardly any circles; looking for them cost about 7 ms of each
(``bench/commands.py``)."""
COMPLETES = "_BACKMOVE_COMPLETE"
"""What the shell sets when TAB is pressed."""


def main() -> None:
    """Run backmove. Never returns: always raises ``SystemExit``."""
    gc.set_threshold(FEW_COLLECTIONS)
    if COMPLETES in os.environ:  # noqa: TID251 - there is no App yet
        # Typer would load Rich (70 ms) to take markup out of descriptions, and ours have none.
        sys.modules["rich"] = None  # type: ignore[assignment]
    try:
        if _answered_at_once(sys.argv[1:]):
            sys.exit(0)
        from backmove.cli.app import app

        app()
    except Exception as fault:
        from backmove.cli.app import report_fault

        sys.exit(report_fault(fault))
    finally:
        # Python looks for circles once more before it ends: 30 ms of a command, for memory that goes back anyway.
        gc.freeze()


def _answered_at_once(argv: list[str]) -> bool:
    """Whether all is said and done."""
    words = None
    try:
        if argv == ["--version"]:
            words = f"backmove {__version__}\n"
        elif argv[:1] == ["log"]:
            words = _logged(argv)
        elif argv[:1] == ["progress"] and "--json" in argv and COMPLETES not in os.environ:  # noqa: TID251
            words = _looked_back()
    except KeyboardInterrupt:
        sys.stderr.write("\nbackmove: stopped.\n")
        sys.exit(130)
    if words is not None:
        _say(words)
    return words is not None


def _logged(argv: list[str]) -> str | None:
    from backmove.quick_log import quick_log

    try:
        return quick_log(argv, os.environ)  # noqa: TID251 - there is no App yet
    except OSError as refused:
        from backmove.cli.app import report_refusal

        sys.exit(report_refusal(refused))


def _looked_back() -> str | None:
    from backmove.cli.light import load_msgspec

    load_msgspec()
    from backmove.cli.context import App
    from backmove.cli.quick_progress import quick_progress
    from backmove.errors import BackmoveError

    app = App.of_this_process()
    try:
        return quick_progress(app)
    except BackmoveError as problem:
        from backmove.cli.app import say

        say(app, problem)
        sys.exit(problem.exit_code)


def _say(words: str) -> None:
    """On standard output. Nobody listens any more, or it takes no more: exit 1."""
    try:
        sys.stdout.write(words)
        sys.stdout.flush()
    except OSError as refused:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(refused, BrokenPipeError):
            sys.stderr.write(f"backmove: standard output takes no more: {refused.strerror}.\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
