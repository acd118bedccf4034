"""Closed sets of words that the profile and the library share.

They stand apart from ``core/exercise.py`` because the daily commands read the profile and need no library:
loading every word and class of the library would be a tenth of their time.
"""

from enum import StrEnum


class Category(StrEnum):
    RECOVERY = "recovery"
    RELAXATION = "relaxation"
    MIND_BODY = "mind-body"
    MOBILITY = "mobility"
    DIRECTION = "direction"
    STRETCH = "stretch"
    MOTOR_CONTROL = "motor-control"
    CORE = "core"
    STRENGTH = "strength"
    BALANCE = "balance"
    AEROBIC = "aerobic"


class Tradition(StrEnum):
    GENERAL = "general"
    YOGA = "yoga"
    PILATES = "pilates"
    TAI_CHI = "tai-chi"
    MCGILL = "mcgill"
    MCKENZIE = "mckenzie"
    MBSR = "mbsr"
    WATER = "water"


class Equipment(StrEnum):
    WALL = "wall"
    CHAIR = "chair"
    TABLE = "table"
    CUSHION = "cushion"
    TOWEL = "towel"
    STRAP = "strap"
    BAND = "band"
    WEIGHT = "weight"
    STEP = "step"
    BALL = "ball"
    BIKE = "bike"
    POOL = "pool"
    POLES = "poles"
    HEAT_PACK = "heat-pack"


class Goal(StrEnum):
    BEND = "bend"
    LIFT = "lift"
    TWIST = "twist"
    SIT = "sit"
    STAND = "stand"
    WALK = "walk"
    GETUP = "getup"
    CARRY = "carry"
    REACH = "reach"
    RUN = "run"
    BALANCE = "balance"
    SLEEP = "sleep"
    STRESS = "stress"
    FIT = "fit"
    STRENGTH = "strength"
    STIFF = "stiff"
    DESK = "desk"
    CONFIDENCE = "confidence"
    PREVENT = "prevent"


class Fear(StrEnum):
    """A movement a person may be afraid of, with its ladder of exposure (R-O4)."""

    BENDING = "bending"
    LIFTING = "lifting"
    TWISTING = "twisting"
    ARCHING = "arching"
    GETTING_DOWN = "getting-down"
    WALKING = "walking"
