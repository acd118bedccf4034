"""The session of a day: a pure function of the catalogue, the diary, what is asked, the date and the seed.

Order: what holds a session back, then the day, the filters, the rows, the lines beside them. The same input
gives the same session on every machine (K3). Progression, missed days, the days of a flare-up and helpful
directions are not built yet; they come in through ``placement.own_steps`` and ``candidates.bounds_of``.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from random import Random

from backmove.core.assembly import Draft
from backmove.core.candidates import Bounds, bounds_of, sift
from backmove.core.card import Occasion, card_of, refusal_card
from backmove.core.clearance import Standing, pain_reasons
from backmove.core.daily import pain_today
from backmove.core.day import Day, day_of
from backmove.core.days import days_after
from backmove.core.diary import Diary
from backmove.core.dose import start_seconds
from backmove.core.exercise import Catalog, Slot, Stage
from backmove.core.frame import Frame
from backmove.core.history import History, history_of, learn_max
from backmove.core.needs import needs_of
from backmove.core.notices import NO_OTHER, is_rest_day, notices_of
from backmove.core.parameters import Parameters
from backmove.core.placement import own_steps
from backmove.core.plan import Plan, Refused, Request
from backmove.core.profile import Profile
from backmove.core.reason import Reason
from backmove.core.same_day import before_first_session
from backmove.core.slots import Wish
from backmove.core.variants import form_of
from backmove.core.walking import outings_of
from backmove.core.zone import Zone
from backmove.errors import ExitCode, UsageProblem

_WORSE_BENDING = "leg-pain-worse-bending"


def plan_session(
    catalog: Catalog,
    parameters: Parameters,
    diary: Diary,
    standing: Standing,
    request: Request,
    today: str,
    seed: str,
) -> Plan | Refused:
    """Today's session, or every reason why there is none.

    ``diary`` is the whole of it: what came after today's first session counts for pain and for what holds a
    session back, and for nothing else. Raises UsageProblem for minutes outside the limits, DataProblem for an
    unknown precaution.
    """
    _check_minutes(request, parameters)
    request = replace(request, pain=max(request.pain, pain_today(diary, today) or 0))
    reasons = (*standing.reasons, *pain_reasons(diary, standing, request.pain, today))
    if reasons:
        return refusal(reasons, catalog, parameters, today)
    base = before_first_session(diary, today)
    history = history_of(base, catalog, today)
    day = day_of(base, standing, request, today, history, parameters)
    bounds = bounds_of(
        catalog,
        parameters,
        base.profile,
        own_steps(base.profile, base, catalog, parameters),
        tags=standing.tags,
        careful=standing.careful,
        zone=day.zone,
        stage=day.stage,
        mode=day.mode,
        place=request.place or base.profile.place,
        minute_of_day=request.minute_of_day,
    )
    frame = _frame_of(catalog, parameters, base.profile, standing, bounds, day, history, f"{seed}:{today}")
    draft, differs = form_of(frame, request.variant, f"{seed}:{today}")
    if draft is None:
        return refusal((_too_few(),), catalog, parameters, today)
    plan = _plan_of(draft, day, bounds, standing, request, history, base, parameters)
    outings = outings_of(catalog, frame.pools[Slot.OUTING], bounds, base, day, parameters)
    notices = notices_of(day, plan, bounds.forbids, catalog, base, standing, history, parameters)
    return replace(
        plan,
        outings=outings,
        card=card_of(catalog.cards, diary, _occasion_of(day, base, draft, bool(outings)), parameters),
        notices=notices if differs else (NO_OTHER, *notices),
    )


def refusal(reasons: Sequence[Reason], catalog: Catalog, parameters: Parameters, today: str) -> Refused:
    """No session. A card goes with it unless it is an emergency (R-M1)."""
    emergency = any(reason.exit_code is ExitCode.EMERGENCY for reason in reasons)
    return Refused(today, tuple(reasons), None if emergency else refusal_card(catalog.cards, parameters))


def _too_few() -> Reason:
    return Reason(
        "no-safe-session",
        "Too few exercises are left that fit today. Another place or a chair may help, or a shorter list of "
        "dislikes. A walk that feels all right counts, too.",
    )


def _check_minutes(request: Request, parameters: Parameters) -> None:
    least, most = parameters.minutes.least.value, parameters.minutes.most.value
    if request.minutes is not None and not least <= request.minutes <= most:
        raise UsageProblem(
            f"a session has {least} to {most} minutes; {request.minutes} is outside.",
            hint=f"backmove session --minutes {min(max(request.minutes, least), most)}",
        )


def _frame_of(
    catalog: Catalog,
    parameters: Parameters,
    profile: Profile,
    standing: Standing,
    bounds: Bounds,
    day: Day,
    history: History,
    seed: str,
) -> Frame:
    rng = Random(seed)
    pools = sift(catalog.exercises.values(), bounds)
    relief, blocks = parameters.relief_rows, parameters.blocks
    first = relief.arching if _WORSE_BENDING in standing.tags else relief.bending
    wish = Wish(
        zone=day.zone,
        older=day.steady_first,
        goals=frozenset(profile.goals),
        likes=frozenset(profile.likes),
        learn_max=learn_max(history.sessions, profile.confidence, parameters.learn),
        needs=needs_of(history, profile.days_per_week, day.steady_first, parameters.week),
        history=history,
        steps=bounds.steps,
        equals=parameters.placement.equals,
        relief=(*first, *relief.neither, relief.breathing),
        long=blocks.long_aerobic.value if day.effective >= blocks.long_aerobic_from.value else None,
        draw={row.id: rng.random() for row in pools[Slot.MAIN]},
        start_s=partial(start_seconds, older=day.older, parameters=parameters),
        short_main_s=_short_main_s(parameters),
    )
    calm = day.zone is Zone.RED or day.poor_nights > 0 or not history.last_calm
    return Frame(
        parameters=parameters,
        zone=day.zone,
        bounds=bounds,
        pools=pools,
        wish=wish,
        history=history,
        minutes=day.effective,
        long_holds=day.older,
        calm_wanted=rng.random() < 0.5 or calm,
        breathing=relief.breathing,
    )


def _short_main_s(parameters: Parameters) -> int:
    blocks = parameters.blocks
    return 60 * parameters.minutes.least.value - blocks.short_warmup_min.value - blocks.short_settle_max.value


def _plan_of(
    draft: Draft,
    day: Day,
    bounds: Bounds,
    standing: Standing,
    request: Request,
    history: History,
    diary: Diary,
    parameters: Parameters,
) -> Plan:
    return Plan(
        date=day.today,
        zone=day.zone,
        stage=str(day.stage),
        mode=day.mode,
        pain=day.pain,
        usual=day.usual,
        requested=day.requested,
        effective=day.effective,
        estimated_s=sum(item.seconds for item in draft.items),
        items=draft.items,
        outings=(),
        card=None,
        changes=(),
        notices=(),
        learn_max=learn_max(history.sessions, diary.profile.confidence, parameters.learn),
        next_date=_next_date(day, history, diary.profile, parameters),
        variant=request.variant,
        disposition=standing.disposition,
        valid_until=standing.valid_until,
        place=bounds.place,
    )


def _occasion_of(day: Day, diary: Diary, draft: Draft, walks: bool) -> Occasion:
    return Occasion(
        today=day.today,
        zone=day.zone,
        stage=day.stage,
        episode_start=day.episode_start,
        flare=day.flare,
        first_session=not diary.sessions,
        poor_nights=day.poor_nights > 1,
        main_chains=frozenset(p.exercise.chain.id for p in draft.picks if p.exercise.chain),
        walks=walks,
    )


def _next_date(day: Day, history: History, profile: Profile, parameters: Parameters) -> str:
    """The next main day: tomorrow while sessions are short, else spread over the week; a full week ends on
    Monday."""
    if day.zone is Zone.RED or day.stage is Stage.ACUTE:
        return days_after(day.today, 1)
    days = sorted({*history.days, day.today})
    next_day = days_after(day.today, 7 // profile.days_per_week)
    while is_rest_day(days, next_day, profile.days_per_week, parameters):
        next_day = days_after(next_day, 1)
    return next_day
