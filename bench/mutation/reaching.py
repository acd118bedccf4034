"""A pytest plugin: which test runs which lines, and how long each test takes.

The harness loads it in a process of its own (``-p mutation.reaching``). Lines that run while modules are loaded
or tests are collected belong to no test: their test is the empty string.
"""

import json
import os
import time
from collections.abc import Generator
from pathlib import Path

import coverage
import pytest

from mutation.where import WHERE

_took: dict[str, float] = {}
_good: set[str] = set()
_watch = coverage.Coverage(
    data_file=None, source_pkgs=["backmove.core", "backmove.store"], config_file=False, messages=False
)
_watch.start()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, None, None]:
    _watch.switch_context(item.nodeid)
    begin = time.perf_counter()
    yield
    _took[item.nodeid] = time.perf_counter() - begin
    _watch.switch_context("")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "call" and report.passed:
        _good.add(report.nodeid)


def pytest_sessionfinish() -> None:
    """Only tests that passed are written: one that is skipped or expected to go wrong kills nothing."""
    _watch.stop()
    data = _watch.get_data()
    lines = {}
    for name in data.measured_files():
        lines["/".join(Path(name).parts[-2:])] = {
            line: sorted(test for test in tests if not test or test in _good)
            for line, tests in data.contexts_by_lineno(name).items()
        }
    found = {"took": {test: _took[test] for test in sorted(_good)}, "lines": lines}
    Path(os.environ[WHERE]).write_text(json.dumps(found), encoding="utf-8")
