"""The guide behind ``backmove session``: offered or asked for, gone on with, left, and reported."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from backmove.cli.asking import asker_of, chosen, keys_of
from backmove.cli.at import told
from backmove.cli.context import App
from backmove.cli.flags import Outcome
from backmove.cli.lock import emergency_number, standing_of
from backmove.errors import ExitCode, Interrupted, UsageProblem

if TYPE_CHECKING:
    from backmove.core.guide_state import Guide, HowFar, Moment, Sound
    from backmove.core.guiding import Step
    from backmove.core.plan import Plan
    from backmove.core.record import Done, Session
    from backmove.core.timeline import Row
    from backmove.term.ask import Keys
    from backmove.term.guide import Stage

SOUNDS = ("off", "bell", "voice")


def must_be_a_sound(app: App, word: str) -> None:
    """Raises UsageProblem for another word, or for the voice without one."""
    if word not in SOUNDS:
        raise UsageProblem(f"--sound: {word!r} is not known. Allowed: {', '.join(SOUNDS)}.")
    if word == "voice" and app.voice is None:
        raise UsageProblem(
            "--sound voice: this computer has no voice that we can use.",
            hint="On Linux install speech-dispatcher or espeak-ng, or take the bell:  --sound bell",
        )


def wanted_sound(app: App, word: str) -> "tuple[Sound, ...]":
    """The sounds that there are, the wanted one first."""
    from backmove.core.guide_state import Sound

    there = [Sound.OFF, Sound.BELL, *([Sound.VOICE] if app.voice is not None else [])]
    place = there.index(Sound(word))
    return (*there[place:], *there[:place])


def must_be_guided(app: App) -> None:
    """Raises UsageProblem where the guide cannot run."""
    if app.json or not app.reads_keys:
        raise UsageProblem(
            "the guide needs a terminal that it can read keys from.",
            hint="See the session:  backmove session    Say that you did it:  backmove done",
        )


def close_broken_off(app: App) -> None:
    """Sessions that were begun in the guide on an earlier day: what was done of them counts."""
    from datetime import datetime

    from backmove.core.record import Guided

    if not any(isinstance(r, Guided) for r in app.diary.entries):
        return
    from backmove.core.guide_report import broken_off, partly

    standing = app.diary.session_on(app.today())
    for session, last in broken_off(app.diary, standing):
        app.write(partly(session, last, app.stamp(datetime.fromisoformat(last.at)) | {"group": last.group}))


def offered(app: App, plan: "Plan") -> str:
    """What the person wants after the session was shown: ``start``, ``another``, ``easier`` or ``later``."""
    from backmove.core.notices import ALREADY_DONE

    if app.json or not app.reads_keys or ALREADY_DONE in plan.notices:
        return "later"
    if _left_at(app) is not None:
        return "start"
    from backmove.term.guide_offer import ask_start
    from backmove.term.guide_paint import writer

    with keys_of(app) as keys:
        return ask_start(keys, writer(app.stdout), plain=app.plain, width=app.width)


def guided(app: App, plan: "Plan", sounds: "tuple[Sound, ...]") -> Outcome:
    """Today's session, step by step, then its report."""
    from backmove.core.guide_report import known_exercises
    from backmove.core.timeline import timeline

    session = _todays(app)
    far = _left_at(app)
    if far is not None and (choice := _go_on(app, session, far)) != "on":
        return _report(app, session, far) if choice == "finish" else _later(app)
    rows = timeline(plan.items, app.parameters.seconds, known=known_exercises(app.diary), read_all=app.plain)
    guide, far = _run(app, plan, session, _beginning(rows, far, sounds))
    return _left(app, session, guide, far)


def _todays(app: App) -> "Session":
    session = app.diary.session_on(app.today())
    assert session is not None, "a plan that was given is in the journal"
    return session


def _left_at(app: App) -> "HowFar | None":
    """Where today's session was left, if it was begun in the guide and not reported."""
    from backmove.core.guide_report import left_at
    from backmove.core.timeline import SIDE_S
    from backmove.store.guide_file import read_kept

    session = app.diary.session_on(app.today())
    ready_s = app.parameters.seconds.change_over.value - SIDE_S
    return None if session is None else left_at(app.diary, session, read_kept(app.paths.cache), ready_s)


def _go_on(app: App, session: "Session", far: "HowFar") -> str:
    from backmove.term.guide_offer import go_on_question

    if far.row >= len(session.items):
        return "finish"
    exercise = app.catalog.exercises[session.items[far.row].exercise]
    with asker_of(app) as asker:
        return chosen(asker, go_on_question(exercise.name, far, len(session.items)))


def _beginning(
    rows: "tuple[Row, ...]", far: "HowFar | None", sounds: "tuple[Sound, ...]"
) -> "Callable[[Moment], Step]":
    from backmove.core.guiding import begin, resume

    if far is None:
        return lambda now: begin(rows, now, sounds=sounds)
    return lambda now: resume(rows, far, now, sounds=sounds)


def _run(
    app: App, plan: "Plan", session: "Session", begin: "Callable[[Moment], Step]"
) -> "tuple[Guide, HowFar]":
    """The guide itself; every row that is over is written at once."""
    from backmove.term.guide import run

    saved: list[HowFar] = []
    with keys_of(app) as keys:
        guide = run(_stage(app, plan, session, keys, saved), begin)
    return guide, saved[-1]


def _stage(app: App, plan: "Plan", session: "Session", keys: "Keys", saved: "list[HowFar]") -> "Stage":
    from backmove.core.guide_report import guided_of, kept, marks_of
    from backmove.store.figures_file import load_album
    from backmove.store.guide_file import write_kept
    from backmove.term.guide import Stage
    from backmove.term.guide_art import art_of
    from backmove.term.guide_paint import braille_on, signs_for, writer
    from backmove.term.guide_words import wording_of

    marks = marks_of(app.diary, session.id)
    group = marks[0].group if marks else app.new_id()
    count = len(marks)

    def save(far: "HowFar") -> None:
        nonlocal count
        if not saved or saved[-1] != far:
            app.write(guided_of(session.id, far, app.stamp() | {"group": group}))
            count += 1
        saved.append(far)

    def keep(far: "HowFar") -> None:
        write_kept(app.paths.cache, kept(session.id, count, far))

    stops = {code.code: code.text for code in app.catalog.stop_codes.values()}
    return Stage(
        keys=keys,
        write=writer(app.stdout),
        size=lambda: app.window,
        wall=lambda: app.now().timestamp(),
        save=save,
        keep=keep,
        wording=wording_of(plan, stops["S0"], by_line=app.plain),
        stops=stops,
        plain=app.plain,
        colour=app.colour,
        signs=signs_for(app.stdout),
        art=None if app.plain else art_of(load_album(app.paths), braille=braille_on(app.stdout)),
        voice=app.voice,
    )


# --- after --------------------------------------------------------------------------------------------------


def _left(app: App, session: "Session", guide: "Guide", far: "HowFar") -> Outcome:
    """What follows from the way the guide was left."""
    from backmove.core.guide_state import Leave, has_begun

    if guide.left is Leave.BROKEN:
        raise Interrupted("stopped. What you did is kept.", hint="Go on there, today:  backmove session")
    if guide.left is Leave.LATER:
        return _later(app)
    if guide.left is Leave.SIGN:
        return _sign(app, session, far)
    if not has_begun(far, guide.rows):
        app.tell("Nothing was begun, so there is nothing to report.")
        return ExitCode.OK
    return _report(app, session, far)


def _later(app: App) -> Outcome:
    app.show("What you did is kept. Go on there, today:  backmove session")
    return ExitCode.OK


def _report(app: App, session: "Session", far: "HowFar") -> Outcome:
    """Two keys, more if wanted; then what was saved, and when to go on."""
    from backmove.core.exposure import exposed
    from backmove.core.guide_report import report
    from backmove.core.reporting import asks_leg
    from backmove.term.guide_after import ask_after

    leg = asks_leg(app.diary, session, standing_of(app).tags)
    names = {item.exercise: app.catalog.exercises[item.exercise].name for item in session.items}
    with asker_of(app) as asker:
        said = ask_after(asker, names, leg=leg, feared=exposed(session.items) is not None)
        asker.clear()
    _save(app, report(session, far, said.status, app.stamp(), **said.fields))
    return ExitCode.OK


def _save(app: App, record: "Done") -> None:
    """The report, in one group with the steps of the guide, so that one undo takes all of it back."""
    import msgspec

    from backmove.core.guide_report import marks_of
    from backmove.core.reporting import after_report
    from backmove.store.guide_file import forget_kept
    from backmove.term.answer_view import first_line, notice_lines
    from backmove.term.entries_view import entry_text

    marks = marks_of(app.diary, record.session)
    group = marks[0].group if marks else None
    app.write(msgspec.structs.replace(record, group=group))
    forget_kept(app.paths.cache)
    notices = after_report(record, app.diary, standing_of(app), lambda: emergency_number(app))
    text = f"Saved: {entry_text(record, told(app, record.at))}."
    app.show(first_line(text, width=app.width, plain=app.plain))
    app.show(*notice_lines(notices, width=app.width, plain=app.plain))
    _next_time(app)


def _next_time(app: App) -> None:
    """One line on what will be different, if there is anything."""
    from backmove.core.next_time import next_change
    from backmove.core.reporting import next_day
    from backmove.term.guide_after import next_words

    day = next_day(app.diary)
    change = next_change(app.catalog, app.parameters, app.diary, standing_of(app), day) if day else None
    if change is not None:
        app.show(*next_words(*change, width=app.width, plain=app.plain))


def _sign(app: App, session: "Session", far: "HowFar") -> Outcome:
    """A stop sign: what to do stands on the screen first; then it is kept, and locks as in the daily check."""
    from backmove.cli.session import warned_of
    from backmove.core.guide_report import report
    from backmove.core.guide_signs import NONE, said_of, stop_of
    from backmove.core.visit import heard
    from backmove.term.guide_after import SIGN, sign_words

    with asker_of(app) as asker:
        sign = chosen(asker, SIGN)
    if sign == NONE:
        return _later(app)
    said = said_of(sign)
    warned = warned_of(app, said)
    group = app.new_id()
    app.write(*heard(app.diary, said, lambda: app.stamp() | {"group": group}, app.today()))
    reason, leg = stop_of(sign)
    if not warned:
        app.show(*sign_words(sign, emergency_number(app), width=app.width, plain=app.plain))
    _save(app, report(session, far, "stopped", app.stamp(), reason=reason, leg=leg))
    if warned:
        return ExitCode.EMERGENCY
    return ExitCode.LOCKED if said.answers else ExitCode.OK
