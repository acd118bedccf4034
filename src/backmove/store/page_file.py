"""A page written where a person said: never over a file that is there, and for their eyes only (mode 0600)."""

import os
from pathlib import Path

from backmove.errors import StorageProblem


def write_page(path: Path, text: str) -> None:
    """Write a new file. Raises StorageProblem when there is one already or the disk refuses; no half page stays."""
    hint = "Give another name, or move the old file away first."
    data = text.encode("utf-8", "replace")
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0), 0o600)
    except FileExistsError as cause:
        raise StorageProblem(f"{path} is there already; it was left as it is.", hint=hint) from cause
    except OSError as cause:
        raise StorageProblem(f"cannot write {path}: {cause.strerror or cause}.") from cause
    whole = False
    try:
        with os.fdopen(fd, "wb") as file:
            file.write(data)
        whole = True
    except OSError as cause:
        raise StorageProblem(f"cannot write {path}: {cause.strerror or cause}.") from cause
    finally:  # after Ctrl-C, too
        if not whole:
            path.unlink(missing_ok=True)
