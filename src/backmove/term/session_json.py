"""``session --json``: the document that a script reads (interface 3, rulings 5.4). Its keys may only grow."""

from typing import Any

from backmove.core.exercise import Catalog
from backmove.core.plan import Followed, Outing, Plan, PlannedItem, Refused


def session_json(
    outcome: Plan | Refused, catalog: Catalog, *, disposition: str | None, valid_until: str | None
) -> dict[str, Any]:
    """``data`` of the envelope for a session or a refusal."""
    if isinstance(outcome, Refused):
        return {
            "date": outcome.date,
            "outcome": "refused",
            "refusal": {"code": outcome.code, "text": outcome.text},
            "disposition": disposition,
            "valid_until": valid_until,
            "items": [],
            "outings": [],
            "card": _card(outcome.card, catalog),
            "changes": [],
            "notices": [{"code": r.code, "text": r.text} for r in outcome.reasons]
            + [{"code": n.code, "text": n.text} for n in outcome.notices],
        }
    return {
        "date": outcome.date,
        "outcome": "session",
        "refusal": None,
        "zone": str(outcome.zone),
        "stage": str(outcome.stage),
        "mode": str(outcome.mode),
        "pain": outcome.pain,
        "usual": outcome.usual,
        "d": outcome.d,
        "variant": outcome.variant,
        "place": str(outcome.place),
        "disposition": outcome.disposition,
        "valid_until": outcome.valid_until,
        "next_date": outcome.next_date,
        "learn_max": outcome.learn_max,
        "minutes": {
            "requested": outcome.requested,
            "effective": outcome.effective,
            "estimated_s": outcome.estimated_s,
        },
        "items": [_item(item) for item in outcome.items],
        "outings": [_outing(outing) for outing in outcome.outings],
        "card": _card(outcome.card, catalog),
        "changes": [
            {"exercise": c.exercise, "from": c.before, "to": c.after, "rule": c.rule, "why": c.why}
            for c in outcome.changes
        ],
        "notices": [{"code": n.code, "text": n.text} for n in outcome.notices],
        "plan": _followed(outcome.followed),
    }


def _followed(followed: Followed | None) -> dict[str, Any] | None:
    """The therapist's plan in force, and what it has for which today has no place."""
    if followed is None:
        return None
    return {
        "id": followed.plan.id,
        "by": followed.plan.by,
        "until": followed.plan.until,
        "left_out": [{"exercise": o.exercise, "code": o.code, "why": o.why} for o in followed.left_out],
    }


def _item(item: PlannedItem) -> dict[str, Any]:
    row, dose = item.exercise, item.dose
    counts = list(dose.counts)
    return {
        "exercise": row.id,
        "name": row.name,
        "block": str(item.block),
        "category": str(row.category),
        "position": str(row.position),
        "equipment": [str(e) for e in row.equipment],
        "level": row.level,
        "chain": {"id": row.chain.id, "step": row.chain.step} if row.chain else None,
        "features": sorted(str(f) for f in row.hazards),
        "effort": list(row.dose.effort),
        "goals": [str(g) for g in row.goals],
        "targets": [str(t) for t in row.targets],
        "form": item.form,
        "fill": item.fill,
        "dose": {
            "kind": dose.kind,
            "sets": len(counts) or None,
            "reps": counts[0] if counts else None,
            "counts": counts,
            "times": sum(counts) if dose.kind == "stretch" else None,
            "hold_s": dose.hold_s,
            "tempo_s": dose.tempo_s,
            "seconds": dose.minutes * 60 if dose.minutes else None,
            "minutes": dose.minutes,
            "sides": dose.sides,
            "rest_s": dose.rest_s,
            "pyramid": counts if dose.kind == "pyramid" else None,
            "rung": item.rung,
        },
        "seconds": item.seconds,
        "setup": list(row.setup),
        "cues": list(row.cues),
        "easier": row.easier,
        "stop": ["S0", *row.stop_if],
        "why": item.why,
        "rule": item.rule,
        "planned": item.planned,
        "note": item.note,
    }


def _outing(outing: Outing) -> dict[str, Any]:
    return {
        "exercise": outing.exercise.id,
        "name": outing.exercise.name,
        "minutes": outing.minutes,
        "days_per_week": outing.days_per_week,
        "done": outing.done,
        "due": outing.due,
        "parts": outing.parts,
        "with_sits": outing.with_sits,
        "instead": outing.instead,
        "pace": str(outing.pace),
    }


def _card(number: int | None, catalog: Catalog) -> dict[str, Any] | None:
    if number is None:
        return None
    card = catalog.cards[number]
    certainty = str(card.certainty)
    return {
        "id": card.id,
        "number": number,
        "title": card.title,
        "text": card.text,
        "source": card.source,
        "certainty": certainty,
    }
