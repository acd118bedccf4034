"""The way in. A fault of ours becomes exit 3, one sentence and a log file; nothing else is caught here."""

import gc
import sys

FEW_COLLECTIONS = 50_000
"""A command lives for a tenth of a second and leaves hardly any circles; looking for them cost about 7 ms of each
(``bench/commands.py``)."""


def main() -> None:
    """Run backmove. Never returns: always raises ``SystemExit``."""
    gc.set_threshold(FEW_COLLECTIONS)
    from backmove.cli.app import app, report_fault

    try:
        app()
    except Exception as fault:
        sys.exit(report_fault(fault))


if __name__ == "__main__":
    main()
