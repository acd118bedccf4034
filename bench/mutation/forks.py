"""Runs tests against a mutant in a fork of a process that has loaded everything but the program.

The fork loads the program anew from the changed folder, so what a module does while it is loaded is changed too.
"""

import gc
import importlib
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest

from mutation.place import Place

_THIRD: Final = (
    *("hypothesis", "hypothesis.strategies", "_hypothesis_pytestplugin", "_pytest.assertion.rewrite"),
    *(
        "pytest_timeout",
        "msgspec",
        "msgspec.json",
        "yaml",
        "typer",
        "typer.testing",
        "rich.console",
        "rich.table",
    ),
    *(
        "pydantic",
        "platformdirs",
        "jinja2",
        "jinja2.sandbox",
        "z3",
        "pyte",
        "unittest.mock",
        "zoneinfo",
        "csv",
    ),
    *("jsonschema", "xml.etree.ElementTree", "html.parser", "difflib", "sqlite3", "tomllib"),
)
_FACTOR: Final = 5
_AT_LEAST: Final = 20.0
"""Seconds that every run may take, whatever its tests take: the program and the tests are loaded first."""
_MOST_MEMORY: Final = 4 << 30

PASSED, FAILED, NOT_LOADED, NOT_STARTED, NONE_RUN, TOO_LONG, BROKEN = 0, 1, 2, 4, 5, -1, 99
"""How a run ended. Not loaded: a test file or conftest.py could not be. Broken: the harness itself."""


class Forks:
    """Runs tests in the folder of ``place``."""

    def __init__(self, place: Place) -> None:
        self._place = place
        os.environ.update(place.env)
        os.environ.pop("BACKMOVE_DIR", None)
        sys.dont_write_bytecode = True
        sys.path[:0] = [str(place.root / part) for part in ("src", "tests")]
        os.chdir(place.root)
        for name in _THIRD:
            importlib.import_module(name)
        gc.freeze()  # a fork that looks for garbage would copy every page
        assert not any(name.startswith("backmove") for name in sys.modules), (
            "the program must be loaded in the forks"
        )

    def run(self, tests: Sequence[str], usual: float) -> tuple[int, str]:
        """How the tests ended, and which one failed first. ``usual``: seconds that they take without a fault."""
        scratch = Path(tempfile.mkdtemp(prefix="fork-", dir=self._place.root.parent))
        said = scratch / "failed"
        child = os.fork()
        if not child:
            os.setsid()
            limit = int(_AT_LEAST + _FACTOR * usual)
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 2))
            resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
            code = BROKEN
            try:
                code = _tested(self._place.root, tests, scratch, said)
            finally:
                os._exit(code)
        try:
            ended = _waited(child, 3 * (_AT_LEAST + _FACTOR * usual))
            return ended, said.read_text() if said.exists() else ""
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


class _Chosen:
    """A pytest plugin: these tests, in this order; the first that failed is written down."""

    def __init__(self, tests: Sequence[str], said: Path) -> None:
        self._rank = {test: n for n, test in enumerate(tests)}
        self._said = said

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        wanted = [item for item in items if item.nodeid in self._rank]
        items[:] = sorted(wanted, key=lambda item: self._rank[item.nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self._said.exists():
            self._said.write_text(report.nodeid)


def _tested(root: Path, tests: Sequence[str], scratch: Path, said: Path) -> int:
    out = os.open(scratch / "out", os.O_WRONLY | os.O_CREAT, 0o600)
    for stream in (1, 2):
        os.dup2(out, stream)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    files = list(dict.fromkeys(test.partition("::")[0] for test in tests))
    args = ["-x", "-q", "-p", "no:cacheprovider", "-p", "mutation.steady", "--rootdir", str(root), "--tb=no"]
    args += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
    return int(pytest.main([*args, f"--basetemp={scratch / 'tmp'}", *files], plugins=[_Chosen(tests, said)]))


def _waited(child: int, seconds: float) -> int:
    end = time.monotonic() + seconds
    pause = 0.01
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            _end_the_rest(child)
            code = os.waitstatus_to_exitcode(status)
            return TOO_LONG if code in (-signal.SIGXCPU, -signal.SIGKILL) else FAILED if code < 0 else code
        time.sleep(pause)
    _end_the_rest(child)
    os.waitpid(child, 0)
    return TOO_LONG


def _end_the_rest(group: int) -> None:
    """What the tests started and a fault left behind."""
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)
