"""The vocabularies of the library in words that a person reads."""

from collections.abc import Mapping
from typing import Final

from backmove.core.choices import Category, Goal
from backmove.core.exercise import Feature, Mechanism, Position, Slot, Stage, Target

POSITIONS: Final[Mapping[Position, str]] = {
    Position.FLOOR_SUPINE: "lying on the back",
    Position.PRONE: "lying on the front",
    Position.QUADRUPED: "on hands and knees",
    Position.SIDE_LYING: "lying on the side",
    Position.KNEELING: "kneeling",
    Position.SITTING: "sitting",
    Position.STANDING: "standing",
    Position.WATER: "in water",
    Position.OUTDOORS: "outdoors",
}

CATEGORIES: Final[Mapping[Category, str]] = {
    Category.RECOVERY: "Rest and warmth",
    Category.RELAXATION: "Breath and attention",
    Category.MIND_BODY: "Yoga, tai chi, mindful movement",
    Category.MOBILITY: "Easy movement",
    Category.DIRECTION: "A direction that eases",
    Category.STRETCH: "Stretches",
    Category.MOTOR_CONTROL: "Control",
    Category.CORE: "Trunk strength",
    Category.STRENGTH: "Strength",
    Category.BALANCE: "Balance",
    Category.AEROBIC: "Heart and lungs",
}

SLOTS: Final[Mapping[Slot, str]] = {
    Slot.WARMUP: "warm-up",
    Slot.MAIN: "main part",
    Slot.SETTLE: "settling down",
    Slot.MICRO: "short break in the day",
    Slot.OUTING: "outing",
}

STAGES: Final[Mapping[Stage, str]] = {
    Stage.ACUTE: "the first six weeks",
    Stage.SUBACUTE: "weeks 6 to 12",
    Stage.CHRONIC: "pain of more than 12 weeks",
    Stage.FLARE: "a bad day",
    Stage.MAINTENANCE: "keeping well",
}

MECHANISMS: Final[Mapping[Mechanism, str]] = {
    Mechanism.NEUROMUSCULAR: "muscles and control",
    Mechanism.PSYCHOSOCIAL: "mood and trust in the body",
    Mechanism.NEUROPHYSIOLOGICAL: "nerves that dampen pain",
    Mechanism.CARDIOMETABOLIC: "heart, lungs and energy",
    Mechanism.TISSUE: "tissue",
}

GOALS: Final[Mapping[Goal, str]] = {
    Goal.BEND: "bending",
    Goal.LIFT: "lifting",
    Goal.TWIST: "turning",
    Goal.SIT: "sitting",
    Goal.STAND: "standing",
    Goal.WALK: "walking",
    Goal.GETUP: "getting up",
    Goal.CARRY: "carrying",
    Goal.REACH: "reaching",
    Goal.RUN: "running",
    Goal.BALANCE: "balance",
    Goal.SLEEP: "sleep",
    Goal.STRESS: "less stress",
    Goal.FIT: "being fit",
    Goal.STRENGTH: "strength",
    Goal.STIFF: "feeling less stiff",
    Goal.DESK: "desk work",
    Goal.CONFIDENCE: "trust in moving",
    Goal.PREVENT: "keeping the next bout away",
}

TARGETS: Final[Mapping[Target, str]] = {
    Target.MULTIFIDUS: "small muscles of the back",
    Target.TRANSVERSUS_ABDOMINIS: "deep belly",
    Target.PELVIC_FLOOR: "pelvic floor",
    Target.DIAPHRAGM: "breathing muscle",
    Target.RECTUS_ABDOMINIS: "front of the belly",
    Target.OBLIQUES: "sides of the waist",
    Target.QUADRATUS_LUMBORUM: "side of the low back",
    Target.ERECTOR_SPINAE: "long muscles of the back",
    Target.GLUTE_MAX: "buttocks",
    Target.GLUTE_MED: "sides of the hips",
    Target.PIRIFORMIS: "deep in the buttock",
    Target.HIP_FLEXORS: "front of the hips",
    Target.HIPS: "hips",
    Target.HAMSTRINGS: "backs of the thighs",
    Target.QUADRICEPS: "fronts of the thighs",
    Target.ADDUCTORS: "insides of the thighs",
    Target.CALVES: "calves",
    Target.LATS: "sides of the back",
    Target.UPPER_BACK: "upper back",
    Target.THORACIC_SPINE: "middle of the back",
    Target.CHEST: "chest",
    Target.SHOULDERS: "shoulders",
    Target.TRICEPS: "backs of the arms",
    Target.SERRATUS: "ribs below the shoulder blades",
    Target.GRIP: "grip",
    Target.CARDIO: "heart and lungs",
    Target.BALANCE_SYSTEM: "balance",
    Target.NERVOUS_SYSTEM: "calm",
}

FEATURES: Final[Mapping[Feature, str]] = {
    Feature.FLEX_MID: "bending forward",
    Feature.FLEX_END: "bending forward as far as it goes",
    Feature.FLEX_LOAD: "bending forward with a load",
    Feature.FLEX_HINGE: "leaning forward with a load",
    Feature.CURL: "curling up the trunk",
    Feature.EXT_ANY: "leaning back",
    Feature.EXT_END: "leaning back as far as it goes",
    Feature.EXT_LOAD: "lifting the chest when lying on the front",
    Feature.ROT_END: "turning as far as it goes",
    Feature.ROT_LOAD: "turning with a load",
    Feature.SIDE_BEND: "bending sideways",
    Feature.IMPACT: "running or jumping",
    Feature.SUPINE: "lying flat on the back",
    Feature.PRONE: "lying on the front",
    Feature.PRONE_LOAD: "a plank or press on hands or forearms",
    Feature.KNEEL: "kneeling",
    Feature.WRIST: "weight on a bent wrist",
    Feature.SHOULDER: "weight on a shoulder",
    Feature.OVERHEAD: "arms up high",
    Feature.NECK_LOAD: "a lifted head",
    Feature.HEAD_LOW: "the head below the heart",
    Feature.ISO_HARD: "strong holds",
    Feature.HARD_EFFORT: "hard effort (7 of 10 or more)",
    Feature.ONE_LEG: "standing on one leg",
    Feature.WIDE_LEG: "legs wide apart",
    Feature.NO_SUPPORT: "balance without a hand hold",
    Feature.UNSTABLE: "a wobbly base or closed eyes",
    Feature.DEEP_KNEE: "deep knee bends",
    Feature.DEEP_HIP: "thighs close to the chest",
    Feature.HIP_CROSS: "crossed legs",
    Feature.STAND_UP: "getting up to stand",
    Feature.NERVE: "gliding a nerve",
    Feature.LEG_TENSION: "a pull along the back of the leg",
    Feature.SIT_LONG: "sitting for long",
    Feature.GRIP: "a firm grip",
    Feature.WATER: "water",
    Feature.HEAT: "heat",
}
