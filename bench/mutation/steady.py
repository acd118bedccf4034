"""A pytest plugin: property tests try the same few examples in every run, so that a run can be repeated."""

from typing import Final

import pytest
from hypothesis import HealthCheck, settings

EXAMPLES: Final = 20

settings.register_profile(
    "mutation",
    database=None,
    deadline=None,
    derandomize=True,
    max_examples=EXAMPLES,
    suppress_health_check=list(HealthCheck),
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection() -> None:
    """After tests/conftest.py, which loads the profile of the ordinary run."""
    settings.load_profile("mutation")
