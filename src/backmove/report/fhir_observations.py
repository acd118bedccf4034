"""Observations: what was noted, each number by itself, with a code only where the code says what was asked.

- LOINC 72514-3 for pain 0-10 at that moment. LOINC 82291-6 for days a week with strengthening exercises.
- The weekly questions have words only. The LOINC items of the PEG (75893-8, 91145-3, 91146-1) are named by the very
  wording of that questionnaire; ours asks in other words, so that it may not claim them.
- Walking has words only: LOINC 82290-8 is about moderate to vigorous activity, and nobody asked how brisk a walk was.
- What can slow recovery down (worry, mood and so on) is not handed over here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from backmove.core.checkin import WEEKLY, Scale
from backmove.core.record import AnyRecord, Checkin, Done, Flare, Pain, Walk
from backmove.core.whole_weeks import WeekNoted
from backmove.report.fhir_parts import (
    LOINC,
    SNOMED,
    Resource,
    category,
    coding,
    moment,
    quantity,
    reference,
    urn,
    uuid_of,
    words,
)

SCORE: Final = "{score}"
PAIN: Final = coding(LOINC, "72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported")
STRENGTH: Final = coding(LOINC, "82291-6", "Frequency of muscle-strengthening physical activity")
LOW_BACK: Final = coding(SNOMED, "37822005", "Lower back structure")

_LEGS: Final[Mapping[str, str]] = {
    "none": "no leg pain",
    "usual": "leg as usual",
    "closer": "leg pain closer to the back",
    "further": "leg pain further down the leg",
    "new": "new weakness or numbness in a leg",
}
Scales = Callable[[str], Scale]


class _Notebook:
    """Makes the Observations of one record: what they share is said once."""

    def __init__(self, record: AnyRecord, patient: str, *, notes: bool, snomed: bool) -> None:
        self._record = record
        self._patient = patient
        self._notes = notes
        self._snomed = snomed

    def main(
        self, text: str, value: Resource, *, kind: str = "survey", code: Resource | None = None
    ) -> Resource:
        """The Observation that stands for the record itself, with its note if notes were asked for."""
        made = self._made(self._record.id, text, value, kind, code)
        note = words(str(getattr(self._record, "note", ""))) if self._notes else ""
        return made | ({"note": [{"text": note}]} if note else {})

    def part(self, name: str, text: str, value: Resource, *, kind: str = "survey") -> Resource:
        """One more number of the same record."""
        return self._made(f"{self._record.id}/{name}", text, value, kind, None)

    def back(self) -> Resource:
        """Where it hurts; the code only on request, for it needs a licence in some countries."""
        place: Resource = {"coding": [LOW_BACK]} if self._snomed else {}
        return {"bodySite": place | {"text": "Low back"}}

    def _made(self, name: str, text: str, value: Resource, kind: str, code: Resource | None) -> Resource:
        when = {"effectiveDateTime": moment(self._record.at)}
        return _observation(name, text, value, self._patient, when, kind=kind, code=code)


def _observation(
    name: str,
    text: str,
    value: Resource,
    patient: str,
    when: Resource,
    *,
    kind: str,
    code: Resource | None = None,
) -> Resource:
    return {
        "resourceType": "Observation",
        "id": uuid_of(name),
        "status": "final",
        "category": category(kind),
        "code": ({"coding": [code]} if code else {}) | {"text": text},
        "subject": reference(patient),
        **when,
        "performer": [reference(patient)],
        **value,
    }


def observations(
    record: AnyRecord, patient: str, scale: Scales, activity: Scale, *, notes: bool, snomed: bool
) -> Iterator[Resource]:
    """All that one entry says, in a fixed order; nothing for other kinds."""
    book = _Notebook(record, patient, notes=notes, snomed=snomed)
    if isinstance(record, Pain):
        yield from _pain(record, book)
    elif isinstance(record, Walk):
        yield book.main("Walk, in minutes", _number(record.minutes, "min"), kind="activity")
        yield from _limb(record.limb, book)
    elif isinstance(record, Flare):
        yield book.main("Flare-up of back pain, by the person's own word", {"valueBoolean": record.on})
    elif isinstance(record, Done):
        yield from _done(record, book)
    elif isinstance(record, Checkin):
        yield from _checkin(record, book, scale, activity)


def of_weeks(weeks: Iterable[WeekNoted], patient: str, person: str) -> Iterator[Resource]:
    """Sums of whole weeks; each names the Observations that it was made from."""
    for week in weeks:
        when = {"effectivePeriod": {"start": week.monday, "end": week.sunday}}
        if week.walks:
            made = _observation(
                f"{person}/{week.monday}/walked",
                "Minutes walked in the week, as far as noted, at any pace",
                _number(week.walked_min, "min/wk"),
                patient,
                when,
                kind="activity",
            )
            yield made | _from(week.walks)
        if week.reports:
            made = _observation(
                f"{person}/{week.monday}/strength",
                "Days in the week with strengthening exercises of this program",
                _number(week.strength_days, "d/wk"),
                patient,
                when,
                kind="activity",
                code=STRENGTH,
            )
            yield made | _from(week.reports)


def _from(names: Iterable[str]) -> Resource:
    return {"derivedFrom": [reference(urn(name)) for name in names]}


# --- one kind each ----------------------------------------------------------------------------------


def _pain(record: Pain, book: _Notebook) -> Iterator[Resource]:
    when = " on the morning after a session" if record.morning else ""
    when = " before a session" if record.before_session else when
    yield book.main(f"Back pain{when}, 0 none to 10 the worst", _score(record.score), code=PAIN) | book.back()
    yield from _leg(record.leg, book)
    yield from _limb(record.limb, book)
    if record.sleep is not None:
        yield book.part("sleep", "Sleep, 0 slept badly to 10 slept well", _score(record.sleep))


def _done(record: Done, book: _Notebook) -> Iterator[Resource]:
    said = f"{record.status}: {record.reason}" if record.reason else record.status
    yield book.main("Exercise session, as reported", {"valueString": said}, kind="activity")
    if record.effort is not None:
        yield book.part("effort", "Effort of the session, 0 to 10", _score(record.effort), kind="activity")
    if record.peak is not None:
        yield book.part("peak", "Most pain during the session, 0 to 10", _score(record.peak))
    yield from _leg(record.leg, book)


def _checkin(record: Checkin, book: _Notebook, scale: Scales, activity: Scale) -> Iterator[Resource]:
    """A check-in as a whole has no number; its note goes with a plain statement that it took place."""
    yield book.main("Weekly look back of this program", {"valueBoolean": True})
    for item in WEEKLY:
        score = getattr(record, item)
        if score is not None:
            place = book.back() if item == "pain" else {}
            yield book.part(item, _asked(scale(item)), _score(score)) | place
    for name, score in record.activities.items():
        asked = f"{activity.ask} Own activity: {words(name)}. 0: {activity.low}; 10: {activity.high}"
        yield book.part(f"activity/{name}", asked, _score(score))


def _leg(leg: str | None, book: _Notebook) -> Iterator[Resource]:
    if leg is not None:
        yield book.part("leg", "Leg, compared with before", {"valueString": _LEGS[leg]})


def _limb(limb: int | None, book: _Notebook) -> Iterator[Resource]:
    if limb is not None:
        yield book.part("limb", "Pain in foot, shin, knee or hip, 0 to 10", _score(limb))


def _asked(scale: Scale) -> str:
    return f"{scale.ask} 0: {scale.low}; 10: {scale.high}"


def _score(value: int) -> Resource:
    return _number(value, SCORE)


def _number(value: int, unit: str) -> dict[str, Any]:
    return {"valueQuantity": quantity(value, unit)}
