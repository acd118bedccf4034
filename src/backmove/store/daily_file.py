"""The daily questions from ``data/daily.yaml``. Read from the YAML each time: no cache stands between."""

from backmove.core.daily import DailyQuestions
from backmove.store.resources import resource
from backmove.store.yaml_file import load_yaml, validate


def load_daily() -> DailyQuestions:
    """All of the file. Raises DataProblem with every fault and its line."""
    return validate(load_yaml(resource("daily.yaml")), DailyQuestions)
