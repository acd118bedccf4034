"""Honest, complete answers for tests: a steady low back pain of seven months, nothing else."""

import json
from typing import Any

CLEAN: dict[str, Any] = {
    "age": 45, "for_me": "y", "sex": "m", "site": "low", "onset_days": 200, "sudden": "n", "pain_now": 4,
    "pain_usual": 4, "chest_or_faint": "n", "breath_pain": "n", "calf_swollen": "n", "tearing": "n",
    "beating_lump": "n",
    "cold_leg": "n",
    "known_aneurysm": "n", "injury": "none", "bladder": [], "saddle": "n", "bowel": [], "sexual_change": "n",
    "both_legs": [], "leg_weakness": "none", "legs_not_controlled": "n", "elsewhere_weakness": "n", "one_leg": [],
    "fever": "n", "very_ill": "n", "infection_risks": [], "no_position_helps": "n", "side_pain": "n", "vomiting": "n",
    "belly_pain": "none", "cancer": "none", "pregnant": "n", "weeks_since_birth": None, "steroids": "n",
    "weak_bones": "n", "lost_height": "n", "blood_thinner": "n", "too_many_tablets": "n", "black_stool_or_blood": "n",
    "procedure_days": None, "surgery_days": None, "exercise_limited": "n", "weight_loss": "n", "night_sweats": "n",
    "weeks_signs": [], "band_pain": "n", "lump_or_shape": "n", "rash": "n", "night_pain": "none",
    "movement_changes_pain": "y", "function": "all", "trend": "same", "treatment_tried": "n", "assessed": "y",
    "inflammatory_signs": [], "precautions": [],
}  # fmt: skip


def triage(**changes: Any) -> str:
    """The answer file as text, with changes; a value of ``...`` leaves the field out."""
    answers = {name: value for name, value in (CLEAN | changes).items() if value is not ...}
    return json.dumps(answers)


def day(pain: int | None = 4, **said: Any) -> str:
    """The answer file of ``session --answers``: five times no, with changes."""
    check = {"dc1": "n", "dc2": "n", "dc3": "n", "dc4": "n", "dc5": "n", "dc3_signs": []} | said
    return json.dumps({"daily_check": check} | ({} if pain is None else {"pain": pain}))
