"""``backmove session``: the daily check, then today's session."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from backmove.cli import tab
from backmove.cli.asking import asker_of
from backmove.cli.context import App
from backmove.cli.flags import JsonFlag, Outcome, PlainFlag, app_of
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
        str | None,
        typer.Option(
            help="floor, bed, upright or chair, for today.",
            show_default=False,
            autocompletion=tab.words(*tab.PLACE),
        ),
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
    guide: Annotated[
        bool, typer.Option("--guide", help="Go through it step by step, with the clock.")
    ] = False,
    sound: Annotated[
        str,
        typer.Option(
            metavar="SOUND",
            help="For the guide: off, bell, or voice (the computer's own).",
            autocompletion=tab.words(*tab.SOUND),
        ),
    ] = "off",
    json_: JsonFlag = False,
    plain: PlainFlag = False,
) -> Outcome:
    """Five short questions, then today's exercises, chosen for you."""
    from backmove.cli.guide import (
        close_broken_off,
        guided,
        must_be_a_sound,
        must_be_guided,
        offered,
        wanted_sound,
    )
    from backmove.core.notices import ALREADY_DONE
    from backmove.core.plan import Refused
    from backmove.core.visit import heard, outcome_records, todays_session, variant_today

    app = app_of(ctx)
    must_be_a_sound(app, sound)
    if guide:
        must_be_guided(app)
    app.journal.seal()
    close_broken_off(app)
    request = _request(app, minutes, place, gentle)
    said = _said(app, answers, ask=not show)
    warned = warned_of(app, said)
    stamp = _grouped(app)
    app.write(*heard(app.diary, said, stamp, app.today()))
    if not show and answers is None:
        _set_up(app, said)
    if another:
        request = _with_variant(request, variant_today(app.diary, app.today()) + 1)
    held = standing_of(app)
    outcome = todays_session(app.catalog, app.parameters, app.diary, held, request, app.today())
    outcome = _what_got_in_the_way(app, outcome, stamp, ask=not show and answers is None)
    _ask_prediction(app, outcome, stamp, ask=not show and answers is None)
    app.write(*outcome_records(app.diary, outcome, stamp, app.today(), another=another))
    if guide and not isinstance(outcome, Refused) and ALREADY_DONE not in outcome.notices:
        return guided(app, outcome, wanted_sound(app, sound))
    code = _tell(app, outcome, why=why, warned=warned)
    if show or answers is not None or isinstance(outcome, Refused):
        return code
    wish = offered(app, outcome)
    if wish in ("another", "easier"):
        other, easier = wish == "another", gentle or wish == "easier"
        return session(ctx, minutes, place, another=other, gentle=easier, why=why, sound=sound)
    return guided(app, outcome, wanted_sound(app, sound)) if wish == "start" else code


def warned_of(app: App, said: "DailyAnswers | None") -> bool:
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
    from msgspec.structs import replace

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
    """The questions of the day in the terminal."""
    from backmove.core.daily import check_needed, pain_today
    from backmove.store.daily_file import load_daily
    from backmove.term.daily_walk import ask_check

    with asker_of(app) as asker:
        return ask_check(
            asker,
            load_daily(),
            with_check=check_needed(app.diary, app.today()),
            with_pain=pain_today(app.diary, app.today()) is None,
        )


def _set_up(app: App, said: "DailyAnswers | None") -> None:
    """Before the first session: what the profile needs and was not said yet, also on the day of the safety
    questions, which ask for the check and the pain themselves."""
    if app.diary.sessions or app.json or not app.interactive:
        return
    from backmove.core.daily import CONTRADICTION_PAIN, judge, pain_today
    from backmove.core.visit import told_profile
    from backmove.store.daily_file import load_daily
    from backmove.term.daily_walk import ask_profile

    waits = (pain_today(app.diary, app.today()) or 0) >= CONTRADICTION_PAIN or not standing_of(app).open
    broken_off = said is not None and judge(said) not in ("open", "gentle")
    if waits or broken_off:
        return
    new = [q for q in load_daily().first_session if q.key not in app.diary.profile.known]
    if new:
        with asker_of(app) as asker:
            app.write(*told_profile(ask_profile(asker, new), app.stamp))


def _what_got_in_the_way(
    app: App, outcome: "Plan | Refused", stamp: "Callable[[], dict[str, Any]]", *, ask: bool
) -> "Plan | Refused":
    """Asks it where it is time to and somebody is there, once a day; a line in answer stands beside the session."""
    from backmove.core.barriers import IN_THE_WAY, answered
    from backmove.core.plan import Refused

    nobody = not ask or app.json or not app.interactive
    if nobody or isinstance(outcome, Refused) or IN_THE_WAY not in outcome.notices:
        return outcome
    if app.diary.session_on(app.today()) is not None:
        return outcome
    from backmove.core.record import Barrier
    from backmove.store.now_and_then_file import load_now_and_then
    from backmove.term.barrier_walk import ask_barrier

    with asker_of(app) as asker:
        word = ask_barrier(asker, load_now_and_then().barrier)
    if word is not None:
        app.write(Barrier(**stamp(), word=word))
    return answered(outcome, word)


def _ask_prediction(
    app: App, outcome: "Plan | Refused", stamp: "Callable[[], dict[str, Any]]", *, ask: bool
) -> None:
    """How bad a feared row will be, before it is shown (R-O4); once a day, and it can be skipped."""
    from backmove.core.feared import to_predict

    row = to_predict(outcome, app.diary, app.today())
    if row is None or not ask or app.json or not app.interactive:
        return
    from backmove.core.record import Exposure
    from backmove.term.daily_walk import ask_prediction

    with asker_of(app, by_line=True) as asker:
        score = ask_prediction(asker, row.name)
    if score is not None:
        app.write(Exposure(**stamp(), exercise=row.id, prediction=score))


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
        page = refusal_page(
            outcome, signs, emergency_number(app), width=app.width, plain=app.plain, catalog=app.catalog
        )
        app.show_page(page)
    elif not isinstance(outcome, Refused):
        from backmove.term.session_view import session_page

        number = len({done.session for done in app.diary.dones if done.status != "stopped"}) + 1
        page = session_page(outcome, app.catalog, number=number, why=why, width=app.width, plain=app.plain)
        app.show_page(page)
    return outcome.exit_code if isinstance(outcome, Refused) else ExitCode.OK
