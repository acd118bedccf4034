"""The questions of the weekly look back from ``data/checkin.yaml``."""

from backmove.core.checkin import CheckinQuestions
from backmove.store.resources import resource
from backmove.store.yaml_file import load_yaml, validate


def load_checkin() -> CheckinQuestions:
    """All of the file. Raises DataProblem with every fault and its line."""
    return validate(load_yaml(resource("checkin.yaml")), CheckinQuestions)
