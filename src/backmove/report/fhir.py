"""The diary for a clinical system: a FHIR R4 (4.0.1) Bundle of type collection, as text.

A Patient without a name; Observations (``fhir_observations``); a Questionnaire with its QuestionnaireResponses
(``fhir_questionnaire``). What a person noted is no diagnosis: there is no Condition. One resource a line, ASCII, no
time of the export: the same journal gives the same bytes, and every id stays the same in every export.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct

from backmove.core.checkin import CheckinQuestions
from backmove.core.questionnaire import Questionnaire
from backmove.core.record import AnyRecord, Triage
from backmove.core.whole_weeks import WeekNoted
from backmove.report.fhir_observations import observations, of_weeks
from backmove.report.fhir_parts import Resource, urn, uuid_of
from backmove.report.fhir_questionnaire import questionnaire_resource, response

HEAD: Final = '{"resourceType":"Bundle","type":"collection","entry":['
FOOT: Final = "\n]}\n"


class Handover(Struct, frozen=True):
    """What the bundle is made of. ``person`` names whose journal it is: the id of its first record."""

    person: str
    entries: tuple[AnyRecord, ...]
    weeks: tuple[WeekNoted, ...]
    checkin: CheckinQuestions
    questionnaire: Questionnaire
    notes: bool = False
    snomed: bool = False


def bundle(what: Handover) -> Iterator[str]:
    """The document in pieces."""
    yield HEAD
    before = "\n"
    for resource in _resources(what):
        entry = {"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource}
        yield before + json.dumps(entry, separators=(",", ":"))
        before = ",\n"
    yield FOOT


def _resources(what: Handover) -> Iterable[Resource]:
    name = f"{what.person}/patient"
    patient = urn(name)
    yield {"resourceType": "Patient", "id": uuid_of(name)}
    runs = [record for record in what.entries if isinstance(record, Triage)]
    if runs:
        yield questionnaire_resource(what.questionnaire)
    for run in runs:
        yield response(run, what.questionnaire, patient)
    for record in what.entries:
        yield from observations(
            record, patient, what.checkin.scale, what.checkin.activity, notes=what.notes, snomed=what.snomed
        )
    yield from of_weeks(what.weeks, patient, what.person)
