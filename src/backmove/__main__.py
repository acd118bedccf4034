"""The way in. A fault of ours becomes exit 3, one sentence and a log file; nothing else is caught here."""

import sys


def main() -> None:
    """Run backmove. Never returns: always raises ``SystemExit``."""
    from backmove.cli.app import app, report_fault

    try:
        app()
    except Exception as fault:
        sys.exit(report_fault(fault))


if __name__ == "__main__":
    main()
