"""The page of the comparison: it says what is missing, and where others are faster."""

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "bench"))

from compare.__main__ import keep
from compare.measure import Spread
from compare.page import PASS, TYPER, page


def spread(*wall_ms: float) -> dict[str, Any]:
    found: dict[str, Any] = Spread(
        [ms / 1000 for ms in wall_ms], [ms / 2000 for ms in wall_ms], 9.0
    ).numbers()
    return found


def answer(**more: dict[str, Any]) -> dict[str, Any]:
    rows = {
        PASS: spread(10, 12, 11),
        TYPER: spread(50),
        "backmove: append": spread(14),
        "task: append": spread(9),
        "timew: append": Spread(missing="not installed").numbers(),
    }
    life = {"1 year: backmove session --json": spread(90), "10 years: backmove session --json": spread(120)}
    return {
        "machine": {
            "when": "2026-03-01",
            "python": "3.11",
            "system": "Linux",
            "processors": "2",
            "load": "0.1",
        },
        "programs": {"backmove": "0.1", "task": "2.6", "timew": "not installed"},
        "what": {"backmove": {"append": "log 4", "progress": "progress --json", "report": "progress --all"}},
        "times": {"1000": rows | more, "years": life},
        "writers": {"backmove": [{"kept": 20, "said so": 20}], "timew": "not installed"},
    }


def test_a_peer_that_is_missing_has_no_number() -> None:
    assert "| timew: append | not installed | | | | | | |" in page(answer())
    assert "timew: not installed" in page(answer())


def test_a_faster_peer_is_named() -> None:
    assert "- append, 1,000 entries: task 9 ms, backmove 14 ms." in page(answer())
    slower = page(answer(**{"task: append": spread(20)}))
    assert "In no row." in slower


def test_goals_are_held_against_the_median_and_a_miss_is_said() -> None:
    text = page(answer())
    assert "| `log 4`, 1,000 entries | <= 1.5 x python -c pass | 1.27 | 1.27 |" in text
    assert "ten years against one | <= 1.1 x backmove session --json | 1.33 (missed) |" in text
    assert "against timew's export, 1,000 entries | <= 0.5 x timew: export | not measured |" in text


def test_a_size_of_an_earlier_run_stays_with_its_own_day() -> None:
    earlier, now = answer(), answer()
    earlier["machine"] = now["machine"] | {"when": "2026-02-01"}
    earlier["times"] = {"20000": now["times"]["1000"], "1000": {}, "years": {}}
    now["measured"] = dict.fromkeys(now["times"], now["machine"])
    keep(now, earlier)
    assert list(now["times"]) == ["1000", "20000", "years"]
    text = page(now)
    assert text.count("Measured in another run, on 2026-02-01") == 1
    assert text.index("## 20,000 entries") < text.index("Measured in another run")
