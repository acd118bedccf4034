"""Where the shipped data files are, in a wheel and in a checkout alike."""

from pathlib import Path

from backmove.errors import DataProblem

_PACKAGE = Path(__file__).resolve().parents[1]


def resource(name: str) -> Path:
    """The file ``data/<name>``. Raises DataProblem when the installation lacks it."""
    for folder in (_PACKAGE / "_data", _PACKAGE.parents[1] / "data"):
        if (folder / name).is_file():
            return folder / name
    raise DataProblem(
        f"the installation has no {name}; nothing can be chosen without it.",
        hint="Install backmove again.",
    )
