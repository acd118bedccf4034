"""``backmove triage``: the safety questions, their result, and what is kept of it."""

from contextlib import ExitStack
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from backmove.cli.asking import asker_of
from backmove.cli.context import App
from backmove.cli.flags import JsonFlag, Outcome, PlainFlag, app_of
from backmove.errors import UsageProblem

if TYPE_CHECKING:
    from backmove.core.verdict import Told, Verdict

EXAMPLES = """Examples:

backmove triage

backmove triage --clearance

backmove triage --answers answers.json --json"""


def triage(
    ctx: typer.Context,
    answers: Annotated[
        str | None,
        typer.Option("--answers", metavar="FILE", help="Answers in a JSON file (- reads standard input)."),
    ] = None,
    clearance: Annotated[
        bool, typer.Option("--clearance", help="A clinician has checked the sign that locked your sessions.")
    ] = False,
    json_: JsonFlag = False,
    plain: PlainFlag = False,
) -> Outcome:
    """Answer the safety questions: about warning signs, before any exercise. About five minutes."""
    from backmove.term.keys import undisturbed

    app = app_of(ctx)
    if answers is not None:
        return _concluded(app, _from_file(app, answers, clearance))
    with undisturbed():  # from the last key to the last byte on disk; while a key is awaited Ctrl-C does stop
        return _concluded(app, _asked(app, clearance))


def _concluded(app: App, told: "Told") -> Outcome:
    from backmove.core.verdict import decide
    from backmove.store.library import load_emergency_numbers

    region = told.region or app.diary.profile.region
    previous = app.diary.triages
    verdict = decide(app.questionnaire, told, previous, app.stamp(), load_emergency_numbers(), region)
    _finish(app, verdict)
    return verdict.exit_code


def _from_file(app: App, name: str, clearance: bool) -> "Told":
    from backmove.core.answers import parse_answers
    from backmove.core.verdict import differs_from, told_by_file
    from backmove.store.answer_file import read_answer_file
    from backmove.term.triage_view import NOT_THE_SAME

    file = parse_answers(app.questionnaire, read_answer_file(name, app.stdin))
    if clearance and file.claim is None:
        raise UsageProblem("the answers hold no clearance.", hint="Add it under the key clearance.")
    for note in file.notes:
        app.tell(note)
    if differs_from(app.diary, file.answers, date.fromisoformat(app.today())):
        app.tell(NOT_THE_SAME)
    return told_by_file(file, app.diary.profile)


def _asked(app: App, clearance: bool) -> "Told":
    """The questions in the terminal. With nobody to ask nothing is answered, and nothing is assumed."""
    from backmove.core.verdict import Told
    from backmove.store.library import load_emergency_numbers
    from backmove.term.triage_view import NOBODY_TO_ASK
    from backmove.term.triage_walk import TriageWalk

    if app.json or not app.interactive:
        if clearance:
            raise UsageProblem(
                "a clearance needs its answers.", hint="backmove triage --clearance --answers FILE"
            )
        app.tell(NOBODY_TO_ASK)
        return Told(answers={}, ended="broken-off")
    with asker_of(app) as asker:
        walk = TriageWalk(
            asker,
            app.questionnaire,
            app.diary,
            load_emergency_numbers(),
            lambda: tuple(app.catalog.precautions.values()),
            at=app.now(),
            day=date.fromisoformat(app.today()),
        )
        return walk.run(clearance=clearance)


def _finish(app: App, verdict: "Verdict") -> None:
    """Tell and write. What is urgent is told before anything is written; the rest when it is true on disk."""
    from backmove.core.verdict import records_of

    records = records_of(verdict, app.diary, app.stamp)
    with ExitStack() as after:
        if verdict.urgent:
            after.callback(app.write, *records)  # written whatever becomes of the telling
        else:
            app.write(*records)
        if not verdict.told.gone:
            _tell(app, verdict)


def _tell(app: App, verdict: "Verdict") -> None:
    from backmove.core.verdict import as_json
    from backmove.term.triage_view import result_page

    if app.json:
        app.answer_json(as_json(verdict))
        app.json = False  # the document is out: a fault after it goes to standard error in words
        return
    app.show_page(result_page(verdict, width=app.width, plain=app.plain))
