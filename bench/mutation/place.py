"""A copy of the program and its tests, in which one module at a time is changed. The original is never touched."""

import compileall
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib.util import cache_from_source
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGES: Final = ("core", "store")
_PARTS: Final = ("src", "tests", "data", "man", "bench", "docs")
_FILES: Final = ("pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "SECURITY.md", "CONTRIBUTING.md")
_NOT: Final = shutil.ignore_patterns("__pycache__", ".hypothesis", "*.pyc")


class Place:
    """A folder ``root`` with the whole project in it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @classmethod
    def made(cls, root: Path, of: Path = ROOT) -> "Place":
        root.mkdir(parents=True)
        for part in _PARTS:
            shutil.copytree(of / part, root / part, ignore=_NOT)
        for name in _FILES:
            shutil.copy2(of / name, root / name)
        compileall.compile_dir(root / "src", quiet=1)
        return cls(root)

    @property
    def env(self) -> dict[str, str]:
        path = ":".join(str(self.root / part) for part in ("src", "tests", "bench"))
        return {"PYTHONPATH": path, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}

    @cached_property
    def modules(self) -> dict[str, str]:
        """The sources that are changed, by names as ``core/days.py``."""
        found = (
            file
            for package in PACKAGES
            for file in sorted((self.root / "src/backmove" / package).glob("*.py"))
        )
        return {f"{file.parent.name}/{file.name}": file.read_text(encoding="utf-8") for file in found}

    @contextmanager
    def changed(self, module: str, source: str) -> Iterator[None]:
        """Within the block the module has another source. What is compiled of either is taken away: it would be
        believed when both were written within a second."""
        file = self.root / "src/backmove" / module
        compiled = Path(cache_from_source(str(file)))
        compiled.unlink(missing_ok=True)
        file.write_text(source, encoding="utf-8")
        try:
            yield
        finally:
            file.write_text(self.modules[module], encoding="utf-8")
            compiled.unlink(missing_ok=True)
