"""The small parts that FHIR resources are made of: ids that never change, times, codes, quantities."""

import re
import uuid
from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta
from typing import Any, Final

Resource = dict[str, Any]

NAMESPACE: Final = uuid.UUID("5b0a3a5e-8d0f-4b57-9d6c-0f6a7f3b1c42")
"""Fixed for good: another one would give every entry another id in the next export."""

LOINC: Final = "http://loinc.org"
SNOMED: Final = "http://snomed.info/sct"
UCUM: Final = "http://unitsofmeasure.org"
CATEGORY: Final = "http://terminology.hl7.org/CodeSystem/observation-category"

_NOT_IN_FHIR: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_FURTHEST: Final = timedelta(hours=14)


def uuid_of(name: str) -> str:
    """The id that belongs to a name, the same for all time: version 5 in our own namespace."""
    return str(uuid.uuid5(NAMESPACE, name))


def urn(name: str) -> str:
    """What a reference says: ``urn:uuid:...``."""
    return f"urn:uuid:{uuid_of(name)}"


def reference(to: str) -> Resource:
    return {"reference": to}


def moment(at: str) -> str:
    """A time of the journal as FHIR writes it: seconds and an offset of at most 14 hours in whole minutes."""
    time = datetime.fromisoformat(at)
    offset = time.utcoffset() or timedelta()
    odd = abs(offset) > _FURTHEST or offset % timedelta(minutes=1)
    if odd and MINYEAR < time.year < MAXYEAR:
        time = time.astimezone(UTC)
    return time.isoformat(timespec="seconds")


def words(text: str) -> str:
    """Text as FHIR allows it: line ends stay, other control signs go, nothing around it."""
    return _NOT_IN_FHIR.sub("", text).strip()


def one_word(text: str) -> str:
    """A code as FHIR allows it: no blanks, never empty."""
    return "-".join(words(text).split()) or "unknown"


def coding(system: str, code: str, display: str) -> Resource:
    return {"system": system, "code": code, "display": display}


def category(code: str) -> list[Resource]:
    """``survey`` for what was said, ``activity`` for what was done."""
    return [{"coding": [coding(CATEGORY, code, code.capitalize())]}]


def quantity(value: int, unit: str) -> Resource:
    """A number with its UCUM unit: ``{score}``, ``min``, ``min/wk``, ``d/wk``."""
    return {"value": value, "unit": unit, "system": UCUM, "code": unit}
