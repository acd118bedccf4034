"""The questions of ``data/now_and_then.yaml``. Read from the YAML each time, as they are seldom asked."""

from msgspec import Struct

from backmove.core.barriers import BarrierQuestion
from backmove.core.flare_plan import PlanQuestion
from backmove.store.resources import resource
from backmove.store.yaml_file import load_yaml, validate


class NowAndThen(Struct, frozen=True):
    """All of the file."""

    schema_version: int
    barrier: BarrierQuestion
    flare_plan: tuple[PlanQuestion, ...]


def load_now_and_then() -> NowAndThen:
    """All of the file. Raises DataProblem with every fault and its line."""
    return validate(load_yaml(resource("now_and_then.yaml")), NowAndThen)
