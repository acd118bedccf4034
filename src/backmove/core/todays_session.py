"""The one call behind ``backmove session``: a new session, another short one, or the one that was done
(rulings 3.11)."""

from msgspec.structs import replace

from backmove.core.clearance import Standing
from backmove.core.diary import Diary
from backmove.core.exercise import Catalog, Stage
from backmove.core.flare import Phase, flare_of
from backmove.core.notices import ALREADY_DONE
from backmove.core.parameters import Parameters
from backmove.core.plan import Plan, Refused, Request
from backmove.core.prescription import plan_session
from backmove.core.same_day import Offer, before_first_session, joined, offer, recalled_items
from backmove.core.zone import Mode, Zone, stage_of


def session_now(
    catalog: Catalog,
    parameters: Parameters,
    diary: Diary,
    standing: Standing,
    request: Request,
    today: str,
    seed: str,
) -> Plan | Refused:
    """What ``backmove session`` gives at this moment of the day. Raises what ``plan_session`` raises."""
    request = joined(request, diary, today)
    flare = flare_of(before_first_session(diary, today), today, request.pain, parameters)
    short_day = request.flare or (flare is not None and flare.phase is Phase.RELIEF)
    may_repeat = stage_of(diary, today, parameters) is Stage.ACUTE or short_day
    now = offer(diary, today, may_repeat=may_repeat, a_day=parameters.relief.a_day.value)
    relief = now is Offer.RELIEF
    plan = plan_session(catalog, parameters, diary, standing, replace(request, relief=relief), today, seed)
    return _as_done(plan, diary, catalog) if now is Offer.DONE and isinstance(plan, Plan) else plan


def _as_done(plan: Plan, diary: Diary, catalog: Catalog) -> Plan:
    """Today's plan with everything that the session which was done has written down."""
    given = diary.session_on(plan.date)
    assert given is not None, "a session that was done was given"
    outings = tuple(outing for outing in plan.outings if outing.exercise.id in given.outings)
    return replace(
        plan,
        zone=Zone(given.zone),
        stage=given.stage,
        mode=Mode(given.mode),
        pain=given.pain,
        requested=given.requested_min,
        effective=given.effective_min,
        estimated_s=given.estimated_s,
        items=recalled_items(given, catalog),
        outings=outings,
        card=given.card,
        changes=(),
        held=None,
        variant=given.variant,
        notices=(ALREADY_DONE,),
    )
