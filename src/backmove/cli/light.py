"""What a command need not load."""

import sys


def load_msgspec() -> None:
    """Loads msgspec without ``typing_extensions``, which costs 4 to 7 ms of every command: msgspec takes from it what
    Python's own ``typing`` has since 3.11, and looks there where it is not installed."""
    if "msgspec" in sys.modules or "typing_extensions" in sys.modules:
        return
    sys.modules["typing_extensions"] = None  # type: ignore[assignment]
    import msgspec  # noqa: F401

    del sys.modules["typing_extensions"]
