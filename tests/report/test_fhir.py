"""The bundle for a clinic: whole, with the right codes, and the same in every export."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import shipped
from a_year import a_year
from backmove.core.corrections import visible
from backmove.core.diary import fold
from backmove.core.exporting import strengthening
from backmove.core.record import AnyRecord, Checkin, Flare, Pain, Triage, Walk
from backmove.core.selection import Selection
from backmove.core.whole_weeks import weeks_noted
from backmove.report.fhir import Handover, bundle
from backmove.report.fhir_parts import moment
from backmove.report.fhir_questionnaire import URL
from backmove.store.checkin_file import load_checkin
from backmove.store.library import load_questionnaire

CHECKIN, QUESTIONNAIRE = load_checkin(), load_questionnaire()
STRONG = strengthening(shipped.catalog())
OBSERVATION_STATUS = {
    "registered",
    "preliminary",
    "final",
    "amended",
    "corrected",
    "cancelled",
    "entered-in-error",
}
RESPONSE_STATUS = {"in-progress", "completed", "amended", "entered-in-error", "stopped"}
CODES = {
    ("http://loinc.org", "72514-3"): "{score}",
    ("http://loinc.org", "82291-6"): "d/wk",
}
"""The codes that an Observation may carry, each with its unit: a closed list."""
UNITS = {"{score}", "min", "min/wk", "d/wk"}


def text_of(records: tuple[AnyRecord, ...], *, notes: bool = False, snomed: bool = False) -> str:
    diary = fold(records)
    return "".join(
        bundle(
            Handover(
                person=records[0].id if records else "",
                entries=Selection().of(visible(diary)),
                weeks=weeks_noted(diary, Selection(), "2030-01-01", STRONG),
                checkin=CHECKIN,
                questionnaire=QUESTIONNAIRE,
                notes=notes,
                snomed=snomed,
            )
        )
    )


def bundle_of(records: tuple[AnyRecord, ...], **how: bool) -> Any:
    return json.loads(text_of(records, **how))


def resources(document: Any, kind: str) -> list[Any]:
    return [e["resource"] for e in document["entry"] if e["resource"]["resourceType"] == kind]


YEAR = bundle_of(a_year(), notes=True, snomed=True)


# --- what a validator says ----------------------------------------------------------------------------------


def test_the_bundle_of_a_year_is_valid_fhir() -> None:
    pytest.importorskip("fhir.resources", reason="fhir.resources is not installed (extra: test)")
    from fhir.resources.R4B.bundle import Bundle

    read = Bundle.model_validate(YEAR)
    assert len(read.entry) == len(YEAR["entry"]) > 800


def test_the_validator_sees_a_fault() -> None:
    pytest.importorskip("fhir.resources", reason="fhir.resources is not installed (extra: test)")
    from fhir.resources.R4B.bundle import Bundle

    wrong = json.loads(json.dumps(YEAR))
    resources(wrong, "Observation")[0]["effectiveDateTime"] = "2026-01-05T09:00:00"
    with pytest.raises(ValueError, match="effectiveDateTime"):
        Bundle.model_validate(wrong)


# --- what it does not look at ---------------------------------------------------------------------------------


def faults(document: Any) -> Iterator[str]:
    """What our own eyes find wrong in a bundle."""
    if document["resourceType"] != "Bundle" or document["type"] != "collection":
        yield "not a collection"
    urls = [entry["fullUrl"] for entry in document["entry"]]
    yield from (f"twice: {url}" for url, count in Counter(urls).items() if count > 1)
    for entry in document["entry"]:
        if entry["fullUrl"] != f"urn:uuid:{entry['resource']['id']}":
            yield f"fullUrl and id: {entry['fullUrl']}"
        if not re.fullmatch(
            r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", entry["fullUrl"]
        ):
            yield f"no version 5: {entry['fullUrl']}"
    yield from (f"dangling: {to}" for to in _references(document) if to not in urls)
    yield from (f"kind: {r['resourceType']}" for r in _all(document) if r["resourceType"] not in _KINDS)
    if len(resources(document, "Patient")) != 1 or set(resources(document, "Patient")[0]) != {
        "resourceType",
        "id",
    }:
        yield "the patient has a name or is not one"
    for observation in resources(document, "Observation"):
        yield from _observation(observation)
    for response in resources(document, "QuestionnaireResponse"):
        yield from _response(response, resources(document, "Questionnaire")[0])


_KINDS = {"Patient", "Observation", "Questionnaire", "QuestionnaireResponse"}


def _all(document: Any) -> list[Any]:
    return [entry["resource"] for entry in document["entry"]]


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("reference"), str):
            yield node["reference"]
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from _references(child)


def _observation(found: Any) -> Iterator[str]:
    where = found["id"]
    if found["status"] not in OBSERVATION_STATUS or found["status"] != "final":
        yield f"{where}: status {found['status']}"
    category = [c["code"] for c in found["category"][0]["coding"]]
    if category not in (["survey"], ["activity"]):
        yield f"{where}: category {category}"
    if not found["code"].get("text"):
        yield f"{where}: no words"
    unit = found.get("valueQuantity", {}).get("code")
    if unit is not None and (
        unit not in UNITS or found["valueQuantity"]["system"] != "http://unitsofmeasure.org"
    ):
        yield f"{where}: unit {unit}"
    for code in found["code"].get("coding", ()):
        if CODES.get((code["system"], code["code"])) != unit:
            yield f"{where}: code {code['code']} with {unit}"
    if unit == "{score}" and not 0 <= found["valueQuantity"]["value"] <= 10:
        yield f"{where}: score {found['valueQuantity']['value']}"
    if not {"subject", "performer"} <= set(found):
        yield f"{where}: whose is it"
    if len([key for key in found if key.startswith("value")]) != 1:
        yield f"{where}: not one value"
    if "effectivePeriod" not in found and datetime.fromisoformat(found["effectiveDateTime"]).tzinfo is None:
        yield f"{where}: no offset"


def _response(found: Any, questionnaire: Any) -> Iterator[str]:
    if found["status"] not in RESPONSE_STATUS:
        yield f"{found['id']}: status {found['status']}"
    url, _, version = found["questionnaire"].partition("|")
    if url != questionnaire["url"] or not version:
        yield f"{found['id']}: questionnaire {found['questionnaire']}"
    kept = next(item for item in questionnaire["item"] if item["linkId"] == "kept")
    known = {item["linkId"]: item for item in kept["item"]}
    for item in found["item"][0]["item"]:
        asked = known[item["linkId"]]
        if len(item["answer"]) > 1 and not asked.get("repeats"):
            yield f"{found['id']}: {item['linkId']} twice"
        fits = {"choice": "valueCoding", "string": "valueString", "boolean": "valueBoolean"}
        fits |= {"integer": "valueInteger", "date": "valueDate"}
        if any(set(answer) != {fits[asked["type"]]} for answer in item["answer"]):
            yield f"{found['id']}: {item['linkId']} is no {asked['type']}"


def test_our_own_eyes_find_nothing_either() -> None:
    assert list(faults(YEAR)) == []


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("Observation", {"status": "done"}),
        ("Observation", {"category": [{"coding": [{"code": "vital-signs"}]}]}),
        ("Observation", {"subject": {"reference": "urn:uuid:nobody"}}),
        ("Observation", {"id": "another"}),
        (
            "Observation",
            {"code": {"coding": [{"system": "http://loinc.org", "code": "75893-8"}], "text": "x"}},
        ),
        (
            "Observation",
            {"valueQuantity": {"value": 3, "code": "points", "system": "http://unitsofmeasure.org"}},
        ),
        ("Observation", {"valueString": "as well"}),
        ("Patient", {"name": [{"text": "Somebody"}]}),
        ("QuestionnaireResponse", {"status": "done"}),
        ("QuestionnaireResponse", {"questionnaire": "urn:uuid:other|1"}),
    ],
)
def test_our_own_eyes_see_faults(kind: str, change: dict[str, Any]) -> None:
    wrong = json.loads(json.dumps(YEAR))
    resources(wrong, kind)[0].update(change)
    assert list(faults(wrong))


# --- what it says ------------------------------------------------------------------------------------------


def test_a_second_export_is_the_same_to_the_byte() -> None:
    assert text_of(a_year()) == text_of(a_year())


def test_ids_stay_when_entries_come_and_go() -> None:
    year = a_year()
    first, later = ({r["id"] for r in _all(bundle_of(records))} for records in (year[:300], year[:-1]))
    assert len(first) > 300
    assert first <= later


def test_pain_has_the_code_and_place_and_its_own_moment() -> None:
    record = Pain(v=1, id="p", at="2026-07-01T22:30:00+05:30", day="2026-07-01", score=4)
    (found,) = resources(bundle_of((record,)), "Observation")
    assert found["code"]["coding"][0]["code"] == "72514-3"
    assert found["valueQuantity"] == {
        "value": 4,
        "unit": "{score}",
        "system": "http://unitsofmeasure.org",
        "code": "{score}",
    }
    assert found["effectiveDateTime"] == "2026-07-01T22:30:00+05:30"
    assert found["bodySite"] == {"text": "Low back"}


def test_the_code_of_the_low_back_is_there_on_request_only() -> None:
    assert "37822005" in text_of(a_year(10), snomed=True)
    assert "snomed" not in text_of(a_year(10))


def test_notes_are_there_on_request_only() -> None:
    assert "river" in text_of(a_year(10), notes=True)
    assert "river" not in text_of(a_year(10))


def test_our_own_weekly_questions_claim_no_code_of_another_questionnaire() -> None:
    asked = [
        o["code"]
        for o in resources(YEAR, "Observation")
        if o["code"]["text"].startswith(CHECKIN.weekly["pain"].ask)
    ]
    assert asked
    assert all("coding" not in code for code in asked)
    for code in ("75893-8", "91145-3", "91146-1", "91147-9", "82290-8"):
        assert code not in json.dumps(YEAR)


def test_mood_and_worry_stay_here() -> None:
    for scale in CHECKIN.now_and_then.values():
        assert scale.ask not in json.dumps(YEAR)


def test_weeks_add_up_and_name_what_they_are_made_of() -> None:
    walks = {
        o["id"]: o["valueQuantity"]["value"] for o in resources(YEAR, "Observation") if _unit(o) == "min"
    }
    weeks = [o for o in resources(YEAR, "Observation") if _unit(o) == "min/wk"]
    assert len(weeks) > 50
    for week in weeks:
        parts = [reference["reference"].removeprefix("urn:uuid:") for reference in week["derivedFrom"]]
        assert week["valueQuantity"]["value"] == sum(walks[part] for part in parts)
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", week["effectivePeriod"]["end"])


def test_strengthening_days_are_those_with_such_an_exercise_done() -> None:
    weeks = [o for o in resources(YEAR, "Observation") if _unit(o) == "d/wk"]
    assert {o["valueQuantity"]["value"] for o in weeks} == {1, 2, 3}
    assert all(o["code"]["coding"][0]["code"] == "82291-6" for o in weeks)


def _unit(observation: Any) -> str:
    return str(observation.get("valueQuantity", {}).get("code", ""))


def test_there_is_no_diagnosis_and_no_single_answer() -> None:
    assert not resources(YEAR, "Condition")
    (questions,) = resources(YEAR, "Questionnaire")
    asked = {
        item["linkId"] for group in questions["item"] for item in group["item"] if group["linkId"] != "kept"
    }
    answered = {
        item["linkId"] for r in resources(YEAR, "QuestionnaireResponse") for item in r["item"][0]["item"]
    }
    assert len(asked) == len(QUESTIONNAIRE.prompts)
    assert not asked & answered


def test_a_run_says_how_it_ended_and_by_which_rules() -> None:
    first, second, *_ = resources(YEAR, "QuestionnaireResponse")
    assert first["status"] == "completed"
    assert second["status"] == "stopped"
    assert first["questionnaire"] == f"{URL}|0"
    assert second["questionnaire"] == f"{URL}|1"


def test_words_of_a_rule_are_given_only_for_its_own_version() -> None:
    signs = [
        item["answer"][0]["valueCoding"]
        for r in resources(YEAR, "QuestionnaireResponse")
        for item in r["item"][0]["item"]
        if item["linkId"] == "rule"
    ]
    assert "display" not in signs[0]
    assert signs[1]["display"] == QUESTIONNAIRE.rules["U5"].sign


def test_without_runs_there_is_no_questionnaire() -> None:
    record = Flare(v=1, id="p", at="2026-07-01T22:30:00+05:30", day="2026-07-01", on=True)
    assert [r["resourceType"] for r in _all(bundle_of((record,)))] == ["Patient", "Observation"]


def test_an_empty_journal_is_a_patient_alone() -> None:
    assert [r["resourceType"] for r in _all(bundle_of(()))] == ["Patient"]


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2026-07-01T22:30:00+05:30", "2026-07-01T22:30:00+05:30"),
        ("2026-07-01T22:30+00:00", "2026-07-01T22:30:00+00:00"),
        ("2026-07-01T22:30:00Z", "2026-07-01T22:30:00+00:00"),
        ("2026-07-01T22:30:00+05:30:15", "2026-07-01T16:59:45+00:00"),
        ("2026-07-01T22:30:00+20:00", "2026-07-01T02:30:00+00:00"),
        ("2026-07-01T22:30:00.123456+01:00", "2026-07-01T22:30:00+01:00"),
    ],
)
def test_moments_are_written_as_fhir_wants_them(at: str, told: str) -> None:
    assert moment(at) == told


# --- any journal -------------------------------------------------------------------------------------------

score = st.none() | st.integers(0, 10)
when = st.datetimes(
    min_value=datetime(2020, 1, 1), max_value=datetime(2029, 12, 31), timezones=st.timezones()
)
dispositions = st.sampled_from(["EMERGENCY", "CAREFUL", "SELF_CARE", "INCOMPLETE"])


@st.composite
def entries(draw: st.DrawFn) -> tuple[AnyRecord, ...]:
    found: list[AnyRecord] = []
    for number in range(draw(st.integers(0, 6))):
        moment = draw(when)
        head: dict[str, Any] = {
            "v": 1,
            "id": f"{number:012d}",
            "at": moment.isoformat(),
            "day": str(moment.date()),
        }
        kind = draw(st.sampled_from([Pain, Walk, Checkin, Triage, Flare]))
        if kind is Pain:
            own: dict[str, Any] = {
                "score": draw(st.integers(0, 10)),
                "limb": draw(score),
                "note": draw(st.text()),
            }
        elif kind is Walk:
            own = {"minutes": draw(st.integers(1, 1440)), "note": draw(st.text())}
        elif kind is Checkin:
            own = {
                "activities": draw(st.dictionaries(st.text(), st.integers(0, 10), max_size=2)),
                "pain": draw(score),
            }
        elif kind is Flare:
            own = {"on": draw(st.booleans())}
        else:
            own = {"disposition": draw(dispositions), "result": draw(dispositions), "ended": "finished"}
            own |= {
                "complete": draw(st.booleans()),
                "rules_version": draw(st.text()),
                "rules": tuple(draw(st.lists(st.text(), max_size=2))),
            }
        found.append(kind(**head, **own))
    return tuple(found)


@settings(max_examples=25)
@given(entries(), st.booleans())
def test_any_journal_makes_a_whole_bundle(records: tuple[AnyRecord, ...], notes: bool) -> None:
    text = text_of(records, notes=notes)
    document = json.loads(text)
    assert text.isascii()
    assert list(faults(document)) == []
    assert text_of(records, notes=notes) == text
    try:
        from fhir.resources.R4B.bundle import Bundle
    except ImportError:
        return
    Bundle.model_validate(document)
