"""``backmove session``: the daily check, then today's session."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from backmove.cli.asking import asker_of
from backmove.cli.context import App, JsonFlag, Outcome, PlainFlag, app_of
from backmove.cli.lock import emergency_number, standing_of
from backmove.errors import ExitCode

if TYPE_CHECKING:
    from backmove.core.daily import DailyAnswers
    from backmove.core.plan import Plan, Refused, Request

EXAMPLES = """Examples:

backmove session --minutes 10

backmove session --place chair

backmove session --another"""


def session(
    ctx: typer.Context,
    minutes: Annotated[
        int | None, typer.Option("--minutes", "-m", help="How long, 5 to 60 minutes.", show_default=False)
    ] = None,
    place: Annotated[
        str | None, typer.Option(help="floor, bed, upright or chair, for today.", show_default=False)
    ] = None,
    show: Annotated[bool, typer.Option("--show", help="Print the session and ask nothing.")] = False,
    another: Annotated[bool, typer.Option("--another", help="A different session for today.")] = False,
    gentle: Annotated[bool, typer.Option("--gentle", help="An easier session than today's.")] = False,
    why: Annotated[bool, typer.Option("--why", help="Say for each exercise which rule chose it.")] = False,
    answers: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="The five answers and the pain as JSON (- is standard input).",
            show_default=False,
        ),
    ] = None,
    json_: JsonFlag = False,
    plain: PlainFlag = False,
) -> Outcome:
    """Five short questions, then today's exercises, chosen for you."""
    from backmove.core.visit import heard, outcome_records, todays_session, variant_today

    app = app_of(ctx)
    app.journal.seal()
    request = _request(app, minutes, place, gentle)
    said = _said(app, answers, ask=not show)
    warned = _warn(app, said)
    stamp = _grouped(app)
    app.write(*heard(app.diary, said, stamp, app.today()))
    if another:
        request = _with_variant(request, variant_today(app.diary, app.today()) + 1)
    held = standing_of(app)
    outcome = todays_session(app.catalog, app.parameters, app.diary, held, request, app.today())
    app.write(*outcome_records(app.diary, outcome, stamp, app.today(), another=another))
    return _tell(app, outcome, why=why, warned=warned)


def _warn(app: App, said: "DailyAnswers | None") -> bool:
    """The emergency text, before anything is written; whether it was shown."""
    from backmove.core.daily import emergency_rule, judge

    if said is None or judge(said) != "emergency":
        return False
    from backmove.core.advice import daily_emergency
    from backmove.term.session_view import emergency_page

    title, words = daily_emergency(app.questionnaire, emergency_rule(said), emergency_number(app))
    if app.json:
        app.tell(emergency_page(title, words, width=app.width, plain=True).text())
    else:
        app.show_page(emergency_page(title, words, width=app.width, plain=app.plain))
    return True


def _request(app: App, minutes: int | None, place: str | None, gentle: bool) -> "Request":
    from backmove.core.plan import Request
    from backmove.core.profile import place_named

    now = app.now()
    return Request(
        pain=0,
        minute_of_day=now.hour * 60 + now.minute,
        minutes=minutes,
        place=place_named(place),
        gentle=gentle,
    )


def _grouped(app: App) -> "Callable[[], dict[str, Any]]":
    """Stamps that tie what one call writes together, so that undo takes it back together."""
    group = app.new_id()
    return lambda: app.stamp() | {"group": group}


def _with_variant(request: "Request", variant: int) -> "Request":
    from dataclasses import replace

    return replace(request, variant=variant)


def _said(app: App, answers: str | None, *, ask: bool) -> "DailyAnswers | None":
    """What was answered: from a file, from the person, or nothing."""
    from backmove.core.daily import check_needed, pain_today

    if answers is not None:
        from backmove.core.daily import read_answers
        from backmove.store.answer_file import read_answer_file
        from backmove.store.daily_file import load_daily

        signs = tuple(sign.word for sign in load_daily().dc3_signs)
        return read_answers(read_answer_file(answers, app.stdin), signs)
    waiting = check_needed(app.diary, app.today()) or pain_today(app.diary, app.today()) is None
    if not ask or app.json or not app.interactive or not waiting or not standing_of(app).open:
        return None
    return _asked(app)


def _asked(app: App) -> "DailyAnswers":
    """The questions of the day in the terminal; before the first session also what the profile needs."""
    from backmove.core.daily import CONTRADICTION_PAIN, check_needed, judge, pain_today
    from backmove.core.visit import told_profile
    from backmove.store.daily_file import load_daily
    from backmove.term.daily_walk import ask_check, ask_profile

    questions = load_daily()
    with asker_of(app) as asker:
        said = ask_check(
            asker,
            questions,
            with_check=check_needed(app.diary, app.today()),
            with_pain=pain_today(app.diary, app.today()) is None,
        )
        pain = said.pain if said.pain is not None else pain_today(app.diary, app.today()) or 0
        if not app.diary.sessions and judge(said) in ("open", "gentle") and pain < CONTRADICTION_PAIN:
            new = [q for q in questions.first_session if q.key not in app.diary.profile.known]
            app.write(*told_profile(ask_profile(asker, new), app.stamp))
    return said


def _tell(app: App, outcome: "Plan | Refused", *, why: bool, warned: bool) -> Outcome:
    from backmove.core.plan import Refused
    from backmove.term.session_json import session_json

    last = app.diary.last_triage
    if app.json:
        app.answer_json(
            session_json(
                outcome,
                app.catalog,
                disposition=last.disposition if last else None,
                valid_until=last.valid_until if last else None,
            )
        )
    elif isinstance(outcome, Refused) and not warned:
        from backmove.term.session_view import refusal_page

        signs = app.questionnaire.card
        page = refusal_page(outcome, signs, emergency_number(app), width=app.width, plain=app.plain)
        app.show_page(page)
    elif not isinstance(outcome, Refused):
        from backmove.term.session_view import session_page

        number = len({done.session for done in app.diary.dones if done.status != "stopped"}) + 1
        page = session_page(outcome, app.catalog, number=number, why=why, width=app.width, plain=app.plain)
        app.show_page(page)
    return outcome.exit_code if isinstance(outcome, Refused) else ExitCode.OK
