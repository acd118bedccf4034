"""The session of a day: a pure function of the catalogue, the diary, what is asked, the date and the seed.

Order: what holds a session back, then the day, the filters, the rows, the lines beside them. The same input
gives the same session on every machine (K3).
"""

from collections.abc import Sequence
from functools import partial
from random import Random

from msgspec.structs import replace

from backmove.core.assembly import Draft
from backmove.core.candidates import Bounds, bounds_of, sift
from backmove.core.card import Occasion, card_of, refusal_card
from backmove.core.changes import Today, about_course, changes_of
from backmove.core.checkin import confidence_of
from backmove.core.choices import Category
from backmove.core.clearance import Standing, pain_reasons
from backmove.core.daily import pain_today
from backmove.core.day import Day, day_of
from backmove.core.days import days_after
from backmove.core.diary import Diary
from backmove.core.dose import ladder, start_seconds
from backmove.core.exercise import Catalog, Feature, Slot, Stage
from backmove.core.feared import FearedMove, climbed_rows, feared_move
from backmove.core.frame import Frame
from backmove.core.helpful_direction import Way, ways_of
from backmove.core.history import History, history_of, learn_max, rested_chains
from backmove.core.needs import needs_of
from backmove.core.notices import NO_OTHER, is_rest_day, notices_of
from backmove.core.parameters import Parameters
from backmove.core.plan import Outing, Plan, Refused, Request
from backmove.core.plan_following import follow
from backmove.core.plan_notices import about_plan
from backmove.core.progression import Course, course_of, easier_instead, impact_open
from backmove.core.reason import Reason
from backmove.core.same_day import before_first_session
from backmove.core.slots import MainSlot, Wish
from backmove.core.variants import form_of
from backmove.core.walking import about_outings, outings_of
from backmove.core.zone import Mode, Zone
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
    course = course_of(base, catalog, day, history=history, parameters=parameters)
    ways = ways_of(diary, today, parameters)
    feared = feared_move(base, day.zone, parameters, today=today, pain=day.pain, quiet=day.flare is not None)
    bounds = bounds_of(
        catalog,
        parameters,
        base.profile,
        course.steps,
        tags=standing.tags,
        careful=standing.careful,
        zone=day.zone,
        stage=day.stage,
        mode=day.mode,
        place=request.place or base.profile.place,
        minute_of_day=request.minute_of_day,
        excluded=base.excluded,
        ways=ways,
        climbed=climbed_rows(feared, base, catalog, today, parameters),
        parked=course.parked,
        impact=impact_open(base, day, parameters),
        rested=rested_chains(base, catalog, today, request.minute_of_day, parameters.spacing),
    )
    frame = _frame_of(
        catalog, parameters, base, standing, bounds, day, history, course, feared, f"{seed}:{today}"
    )
    draft, differs = form_of(frame, request.variant, f"{seed}:{today}")
    if draft is None and (bounds.parked or bounds.rested):
        # a rest is no precaution: rather its easier form than no session and no way out (F5)
        course = easier_instead(course, catalog)
        bounds = replace(bounds, parked=frozenset(), rested=frozenset())
        frame = _frame_of(
            catalog, parameters, base, standing, bounds, day, history, course, feared, f"{seed}:{today}"
        )
        draft, differs = form_of(frame, request.variant, f"{seed}:{today}")
    if draft is None:
        return refusal((_too_few(),), catalog, parameters, today)
    by_plan = follow(
        base,
        day,
        frame,
        (draft, differs),
        catalog=catalog,
        standing=standing,
        variant=request.variant,
        seed=f"{seed}:{today}",
    )
    if by_plan is not None:
        draft, differs, bounds, day = by_plan.draft, by_plan.differs, by_plan.bounds, by_plan.day
    plan = _plan_of(draft, day, bounds, standing, request, frame, parameters)
    last = base.sessions[-1] if base.sessions else None
    longer = day.effective - last.effective_min if last else 0
    then = Today(
        catalog=catalog,
        bounds=bounds,
        course=course,
        zone=day.zone,
        variant=request.variant,
        longer=longer,
        coming_back=day.flare is not None,
        by_plan=by_plan is not None,
        ladder=partial(ladder, older=day.older, parameters=parameters),
    )
    changes = changes_of(plan.items, last, then)
    outings = outings_of(catalog, frame.bounds, base, day, parameters, standing.tags)
    notices = (
        *notices_of(day, plan, bounds.forbids, catalog, base, standing, history, parameters),
        *about_course(course, parameters.progress.parked_help.value),
        *about_outings(outings),
        *about_plan(by_plan, base, catalog, today),
    )
    return replace(
        plan,
        outings=outings,
        changes=changes,
        held=course.held,
        followed=by_plan.followed if by_plan is not None else None,
        card=card_of(catalog.cards, diary, _occasion_of(day, history, draft, frame, outings), parameters),
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
    diary: Diary,
    standing: Standing,
    bounds: Bounds,
    day: Day,
    history: History,
    course: Course,
    feared: FearedMove | None,
    seed: str,
) -> Frame:
    rng, profile = Random(seed), diary.profile
    pools = sift(catalog.exercises.values(), bounds)
    relief, blocks = parameters.relief_rows, parameters.blocks
    arch = _WORSE_BENDING in standing.tags or bounds.ways.helps is Way.EXTENSION
    first = relief.arching if arch else relief.bending
    wish = Wish(
        zone=day.zone,
        older=day.steady_first,
        goals=frozenset(profile.goals),
        likes=frozenset(profile.likes),
        learn_max=learn_max(history.sessions, confidence_of(diary), parameters.learn),
        needs=needs_of(history, day.days_per_week, day.steady_first, parameters.week),
        history=history,
        course=course,
        equals=parameters.placement.equals,
        relief=(*first, *relief.neither, relief.breathing),
        long=blocks.long_aerobic.value if day.effective >= blocks.long_aerobic_from.value else None,
        draw={row.id: rng.random() for row in pools[Slot.MAIN]},
        start_s=partial(start_seconds, older=day.older, parameters=parameters),
        short_main_s=_short_main_s(parameters),
        feared=feared,
        rested=bounds.rested,
        two_sets=history.sessions >= parameters.spacing.two_sets_after.value,
    )
    restless = any(need.urgent and Category.RELAXATION in need.categories for need in wish.needs)
    calm = day.zone is Zone.RED or day.poor_nights > 0 or not history.last_calm or restless
    return Frame(
        parameters=parameters,
        zone=day.zone,
        bounds=bounds,
        pools=pools,
        wish=wish,
        history=history,
        minutes=day.effective,
        long_holds=day.older,
        tired=day.poor_nights > 0,
        few_sets=course.lower not in (None, "D1"),
        few_repeats=day.stage is Stage.ACUTE,
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
    frame: Frame,
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
        learn_max=frame.wish.learn_max,
        next_date=_next_date(day, frame.history, parameters),
        variant=request.variant,
        disposition=standing.disposition,
        valid_until=standing.valid_until,
        place=bounds.place,
        days_planned=day.days_per_week,
    )


def _occasion_of(
    day: Day, history: History, draft: Draft, frame: Frame, outings: Sequence[Outing]
) -> Occasion:
    rows = [pick.exercise for pick in draft.picks]
    begun = day.flare.begun if day.flare is not None and day.flare.on else None
    return Occasion(
        today=day.today,
        pain=day.pain,
        zone=day.zone,
        stage=day.stage,
        episode_start=day.episode_start,
        flare_since=begun or (day.today if day.mode is Mode.FLARE else None),
        sessions=history.sessions,
        poor_nights=day.poor_nights > 1,
        main_chains=frozenset(row.chain.id for row in rows if row.chain),
        exposure=any(pick.slot is MainSlot.EXPOSURE for pick in draft.picks),
        walks=bool(outings),
        runs=any(Feature.IMPACT in outing.exercise.hazards for outing in outings),
    )


def _next_date(day: Day, history: History, parameters: Parameters) -> str:
    """The next main day: tomorrow while sessions are short, else spread over the week; a full week ends on
    Monday."""
    if day.zone is Zone.RED or day.stage is Stage.ACUTE:
        return days_after(day.today, 1)
    days = sorted({*history.days, day.today})
    next_day = days_after(day.today, 7 // day.days_per_week)
    while is_rest_day(days, next_day, day.days_per_week, parameters):
        next_day = days_after(next_day, 1)
    return next_day
