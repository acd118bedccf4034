"""``backmove exercises list`` and ``search``: the library, narrowed to what is looked for."""

from typing import TYPE_CHECKING, Annotated

import typer

from backmove.cli import tab
from backmove.cli.context import App
from backmove.cli.flags import JsonFlag, Outcome, PlainFlag, app_of
from backmove.cli.lock import standing_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from backmove.core.exercise import Exercise
    from backmove.core.for_me import ForMe
    from backmove.core.searching import Search

LIST_EXAMPLES = """Examples:

backmove exercises list --body hips --position lying

backmove exercises list --equipment band --level 2

backmove exercises list --for-me --goal lift

backmove exercises list --search bridge"""

SEARCH_EXAMPLES = """Examples:

backmove exercises search bridge

backmove exercises search lift the chest"""


def list_(
    ctx: typer.Context,
    search: Annotated[
        str, typer.Option(metavar="WORDS", help="In names, other names and cues.", show_default=False)
    ] = "",
    category: Annotated[
        str,
        typer.Option(
            help="Such as mobility, core, strength.", show_default=False, autocompletion=tab.categories
        ),
    ] = "",
    body: Annotated[
        str,
        typer.Option(help="Such as back, hips, calves.", show_default=False, autocompletion=tab.body_parts),
    ] = "",
    position: Annotated[
        str,
        typer.Option(
            help="Such as sitting, standing, lying, prone.", show_default=False, autocompletion=tab.positions
        ),
    ] = "",
    equipment: Annotated[
        str,
        typer.Option(
            help="Uses this: band, chair, ... none: needs nothing.",
            show_default=False,
            autocompletion=tab.equipment,
        ),
    ] = "",
    have: Annotated[bool, typer.Option("--have", help="Only with the kit of your profile.")] = False,
    goal: Annotated[
        str, typer.Option(help="Such as lift, walk, sleep.", show_default=False, autocompletion=tab.goals)
    ] = "",
    level: Annotated[int | None, typer.Option(min=1, max=5, help="1 is easiest.", show_default=False)] = None,
    tag: Annotated[
        list[str] | None,
        typer.Option(
            help="A precaution: shows what it leaves. May be given again.",
            show_default=False,
            autocompletion=tab.tags,
        ),
    ] = None,
    for_me: Annotated[
        bool, typer.Option("--for-me", help="Only what nothing you told us keeps out.")
    ] = False,
    json_: JsonFlag = False,
    plain: PlainFlag = False,
) -> Outcome:
    """List exercises, all or some. Options add up."""
    from backmove.core.finding import find, wanted
    from backmove.term.exercise_list import list_page

    app = app_of(ctx)
    what = wanted(
        app.catalog,
        category=category,
        body=body,
        position=position,
        equipment=equipment,
        goal=goal,
        level=level,
        tags=tag or [],
        kit=app.diary.profile.equipment if have else None,
    )
    found = find(app.catalog, what)
    rows = [one for one in _beside_me(app, found.rows) if one.open or not for_me]
    if search:
        return _found(app, search, [one.row for one in rows])
    if app.json:
        app.answer_json({"exercises": [_json(one) for one in rows], "left_out": found.left_out})
        return None
    total = len(app.catalog.exercises)
    app.show_page(list_page(rows, total=total, left_out=found.left_out, width=app.width, plain=app.plain))
    return None


def search(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="One word or more.")],
    json_: JsonFlag = False,
    plain: PlainFlag = False,
) -> Outcome:
    """Find exercises by words of their names, other names and cues."""
    from backmove.core.finding import find, wanted

    app = app_of(ctx)
    return _found(app, " ".join(words), find(app.catalog, wanted(app.catalog)).rows)


def _found(app: App, typed: str, among: "Iterable[Exercise]") -> Outcome:
    """Shows which of these rows say the words."""
    from backmove.core.finding import search_rows
    from backmove.term.exercise_list import found_page

    found = search_rows(among, typed)
    rows = _beside_me(app, [hit.thing for hit in found.hits])
    if app.json:
        app.answer_json(_found_json(rows, found))
    else:
        total = len(app.catalog.exercises)
        app.show_page(found_page(typed, rows, found, total=total, width=app.width, plain=app.plain))
    return None


def _beside_me(app: App, rows: "Iterable[Exercise]") -> "tuple[ForMe, ...]":
    from backmove.core.for_me import for_me

    tags = standing_of(app).tags | set(app.diary.profile.precautions)
    return for_me(rows, app.catalog, app.diary, tags)


def _json(one: "ForMe") -> dict[str, object]:
    from backmove.term.exercise_view import exercise_json

    held = {"excluded": one.by_me, "left_out_by": list(one.because), "lacking": [str(x) for x in one.lacking]}
    return exercise_json(one.row) | held


def _found_json(rows: "Iterable[ForMe]", found: "Search[Exercise]") -> dict[str, object]:
    return {
        "exercises": [
            _json(one) | {"where": list(hit.where)} for one, hit in zip(rows, found.hits, strict=True)
        ],
        "all_words": found.all_words,
        "near": list(found.near),
    }
