"""What one question says, and its two forms: painted on an empty screen, and spoken line by line.

The spoken form is for plain mode and screen readers: one fact a line, numbered answers, nothing repainted.
Both are returned; ``term/ask.py`` puts them on the screen.
"""

import re
import textwrap
from collections.abc import Collection, Sequence
from typing import Final, Literal

from msgspec import Struct
from rich.text import Text

TEXT_WIDTH: Final = 72
"""Longer lines are hard to read."""
MARGIN: Final = "  "
NO_DEFAULT: Final = "(no answer is chosen for you)"
TYPED_MAX: Final = 30
"""So many letters of a typed value are shown; no value is longer."""
ONE_DIGIT: Final = 9
"""Up to so many items one digit is enough to tick one; longer lists are typed as a line."""

Kind = Literal["choice", "list", "typed", "words"]
Ticks = Collection[str]
"""The keys of the items of a list that are ticked."""


class Choice(Struct, frozen=True):
    """One answer: what it means, how it reads, the one key for it, and words that may be typed instead.

    The words of the label up to its first comma count as well. A list numbers its items.
    """

    value: str
    label: str
    key: str = ""
    words: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        head = re.split(r"[,;:(]", self.label, maxsplit=1)[0].strip().lower()
        return (*(word.lower() for word in self.words), head)


class Row(Struct, frozen=True):
    """One line of a review: its number, what was asked, what was answered."""

    number: str
    title: str
    words: str


class Question(Struct, frozen=True):
    """One screen: one of ``choices``; or a value, when ``typed`` says what to type (``years``); or both.

    ``alone`` makes it a list whose items are ticked; these stand alone (none of these). ``free``: typing is
    the usual answer, with any first letter. ``in_full``: one of the choices' first words, typed in full.
    ``before``: the answer just given, in words. ``help`` stands under ``ask``, ``intro`` and ``rows`` above it.
    """

    title: str
    ask: str
    intro: str = ""
    why: str = ""
    progress: str = ""
    before: str = ""
    typed: str = ""
    rows: tuple[Row, ...] = ()
    choices: tuple[Choice, ...] = ()
    alone: tuple[Choice, ...] = ()
    help: tuple[str, ...] = ()
    back: bool = True
    stop: bool = True
    free: bool = False
    in_full: bool = False

    @property
    def kind(self) -> Kind:
        if self.alone:
            return "list"
        if self.in_full:
            return "words"
        return "typed" if self.typed and (self.free or not self.choices) else "choice"

    @property
    def keyed(self) -> tuple[tuple[str, Choice], ...]:
        """Every answer with its key; items of a list go by number where they have none."""
        items = [(c.key or str(number), c) for number, c in enumerate(self.choices, start=1)]
        return (*items, *((c.key, c) for c in self.alone))

    @property
    def line_of(self) -> str:
        """What the typing line asks for; empty when there is none."""
        many = self.kind == "list" and len(self.choices) > ONE_DIGIT
        words = " or ".join(c.words[0] for c in self.choices) if self.in_full else ""
        return self.typed or words or ("the numbers" if many else "")

    def paragraphs(self) -> tuple[tuple[str, bool], ...]:
        """The text in order; True marks the question itself."""
        texts = ((self.intro, False), (self.ask, True), *((text, False) for text in self.help))
        return tuple(part for part in texts if part[0])


# --- painted --------------------------------------------------------------------------------------------


def painted(
    question: Question, width: int, *, note: str = "", ticks: Ticks | None = None, text: str = ""
) -> Text:
    """The question as a page of ``width`` columns. ``text`` is what stands in its typing line so far."""
    ticks = ticks or ()
    inner = width - 2 * len(MARGIN)
    page = Text()
    if question.before:
        _paragraph(page, question.before, inner, "dim")
        page.append("\n")
    _head(page, question, inner)
    _rows(page, question.rows, inner)
    for part, is_question in question.paragraphs():
        _paragraph(page, part, inner, "bold" if is_question else "")
        if not question.rows:
            page.append("\n")
    _answers(page, question, inner, ticks)
    if note:
        _paragraph(page, f"→ {note}", inner, "yellow")
        page.append("\n")
    page.append_text(_foot(question, inner, ticks))
    if question.line_of and (question.kind != "choice" or text):
        page.append("" if question.rows else "\n")
        lines = wrapped(f"Type {question.line_of}, then Enter:", inner - 1)
        page.append("\n".join(MARGIN + line for line in lines) + " ")
        page.append(text, style="bold")
    return page


def _head(page: Text, question: Question, width: int) -> None:
    gap = width - len(question.title) - len(question.progress)
    page.append(MARGIN)
    page.append(question.title, style="bold")
    if gap > 0:
        page.append(" " * gap + question.progress, style="dim")
    page.append(f"\n{MARGIN}{'─' * width}\n", style="dim")


def _rows(page: Text, rows: Sequence[Row], width: int) -> None:
    """Short answers stand two by two where there is room, long ones on lines of their own."""
    page.append("\n" if rows and width < TEXT_WIDTH else "")
    half = width // 2 - 1
    texts = [f"{row.number:>2} {row.title}: {row.words}" for row in rows]
    place = 0
    while place < len(rows):
        pair = texts[place : place + 2]
        if len(pair) == 2 and max(map(len, pair)) <= half and width >= TEXT_WIDTH:
            page.append(f"{MARGIN}{pair[0]:<{half + 2}}{pair[1]}\n")
            place += 2
            continue
        lines = textwrap.wrap(texts[place], width, subsequent_indent="   ")
        page.append("".join(f"{MARGIN}{line}\n" for line in lines))
        place += 1


def _answers(page: Text, question: Question, width: int, ticks: Ticks) -> None:
    boxes = question.kind == "list" and not question.line_of
    wide = max((len(_name(question, key, c)) for key, c in question.keyed), default=0)
    for key, choice in question.keyed:
        if choice in question.alone[:1] and question.choices:
            page.append("\n")
        box = f"[{'x' if key in ticks else ' '}] " if boxes and choice not in question.alone else ""
        style = "bold" if key in ticks else ""
        _choice(page, _name(question, key, choice).rjust(max(3, wide)), box, choice.label, width, style)
    if question.choices or question.alone:
        page.append("\n")


def _name(question: Question, key: str, choice: Choice) -> str:
    return choice.words[0] if question.kind == "words" else key


def _choice(page: Text, name: str, box: str, label: str, width: int, style: str) -> None:
    before = len(name) + 2 + len(box)
    page.append(f"{MARGIN}{name}  ", style="bold cyan")
    for number, line in enumerate(textwrap.wrap(label, min(width, TEXT_WIDTH) - before) or [""]):
        page.append((box if number == 0 else " " * (len(MARGIN) + before)) + line + "\n", style=style)


def _foot(question: Question, width: int, ticks: Ticks) -> Text:
    keys = [("?", "why we ask")] if question.why else []
    if question.kind == "list" and not question.line_of:
        keys.append(("Enter", "done") if ticks else (f"1-{len(question.choices)}", "tick"))
    if question.back:
        keys.append(("b", "back"))
    if question.stop:
        keys.append(("q", "quit"))
    foot, used = Text(MARGIN), 0
    for key, meaning in keys:
        if used and used + len(f"{key} {meaning}") > width:
            foot.append("\n" + MARGIN)
            used = 0
        foot.append(key, style="cyan")
        foot.append(f" {meaning}   ", style="dim")
        used += len(f"{key} {meaning}   ")
    if question.stop:
        gap = width - used - len(NO_DEFAULT)
        foot.append(" " * gap if gap >= 0 else "\n" + MARGIN)
        foot.append(NO_DEFAULT, style="dim")
    foot.append("\n" if keys else "")
    return foot


def _paragraph(page: Text, text: str, width: int, style: str = "") -> None:
    """A paragraph, or several (split at line ends), inside the margin."""
    for line in wrapped(text, width):
        page.append(MARGIN + line + "\n", style=style)


# --- spoken ---------------------------------------------------------------------------------------------


def spoken(question: Question, width: int) -> str:
    """The question in plain lines of at most ``width`` columns; the last says what to type."""
    lines = [f"{question.progress}: {question.title}" if question.progress else question.title]
    lines += [line for r in question.rows for line in wrapped(f"{r.number}. {r.title}: {r.words}", width)]
    lines += [line for part, _ in question.paragraphs() for line in wrapped(part, width)]
    lines += [line for part in _spoken_answers(question) for line in wrapped(part, width)]
    return "\n".join([*lines, *wrapped(how_to_answer(question), width)])


def _spoken_answers(question: Question) -> list[str]:
    if question.kind == "words":
        return [f"{c.words[0]}: {c.label}" for c in question.choices]
    if question.kind == "choice":
        return [f"{number}. {c.label}" for number, c in enumerate(question.choices, start=1)]
    return [f"{key}. {c.label}" for key, c in question.keyed]


def how_to_answer(question: Question) -> str:
    """The sentence that says what can be typed, in plain mode."""
    match question.kind:
        case "list":
            alone = " or ".join(c.key for c in question.alone)
            how = f"Type the numbers that fit, such as 1 3, or {alone} alone, then Enter."
        case "words":
            how = "Type one of these words in full, then Enter."
        case "typed":
            keys = "".join(f", or {key} for {c.label}" for key, c in question.keyed)
            how = f"Type {question.typed}{keys}, then Enter."
        case _:
            how = f"Type one number{', or ' + question.typed if question.typed else ''}, then Enter."
    controls = (("? why we ask", question.why), ("b back", question.back), ("q quit", question.stop))
    also = [words for words, offered in controls if offered]
    return f"{how} Also: {', '.join(also)}." if also else how


def how_to_press(question: Question) -> str:
    """The sentence that says what can be pressed, where keys are read one by one."""
    if question.kind == "words":
        return f"Type {' or '.join(c.words[0] for c in question.choices)} in full, then press Enter."
    if question.kind == "list" and question.line_of:
        alone = " or ".join(c.key for c in question.alone)
        return f"Type the numbers that fit, such as 1 3, then Enter. Or press {alone}."
    keys = [key for key, _ in question.keyed]
    parts = [f"Press one of {', '.join(keys)}."] if keys else []
    if question.typed:
        parts.append(f"{'Or type' if keys else 'Type'} {question.typed}, then Enter.")
    return " ".join(parts)


def wrapped(text: str, width: int) -> list[str]:
    """Paragraphs in lines of a readable length."""
    return [line for part in text.splitlines() for line in textwrap.wrap(part, min(width, TEXT_WIDTH))]
