"""The guide at work: keys, clock and screen brought together around ``core/guiding.py``.

The rules
- Which keys were meant: ``guide_keys.py``. What was typed before the guide began is forgotten; keys that mean a row do
  not count just after the rows changed by themselves. Enter alone and junk do nothing.
- The end of input, Ctrl-C and a signal to end leave the guide with what was done; none of them is an answer.
- A window below 40 x 15 and plain mode go line by line; in plain mode wishes are numbers and Enter.
- What was done is saved when a row ends and on the way out, and kept to the second in between.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final, Protocol

from msgspec import Struct, field

from backmove.core.guide_state import (
    Act,
    Asked,
    Ended,
    Event,
    Guide,
    HowFar,
    Leave,
    Mode,
    Moment,
    Note,
    Said,
    Sound,
    Stood,
    how_far,
)
from backmove.core.guiding import Step, act, advance, answer, noted
from backmove.core.timeline import WORK, Call, Cue, Kind
from backmove.term.ask import Keys
from backmove.term.clean import wrap
from backmove.term.guide_canvas import Art, Canvas, Signs
from backmove.term.guide_keys import Strokes
from backmove.term.guide_lines import lines_of, opening, said_keys
from backmove.term.guide_paint import Painter
from backmove.term.guide_view import LEAST, screen
from backmove.term.guide_words import KEYS, LEAVING, Wording, cue_spoken, name_of, phase_line, standing_spoken
from backmove.term.keys import REDRAW, WindowGone

FRAME_S: Final = 0.1
LEAST_S: Final = 0.01
KEEP_S: Final = 1.0
GRACE_S: Final = 0.5
"""Just after the rows changed by themselves a key was meant for the row before."""
ASKED_S: Final = 0.3
"""Keys that come sooner after a question appeared were meant for the screen before."""
ENDED_S: Final = 1.0
ALL_DONE: Final = "That was all of it."
_OF_A_ROW: Final = frozenset({Act.SKIP, Act.DONE, Act.EASIER, Act.MUCH})
_TYPED_MAX: Final = 20


class Voice(Protocol):
    """The voice of the computer. Neither waits."""

    def say(self, words: str) -> None: ...
    def hush(self) -> None: ...


class Stage(Struct, frozen=True):
    """What the guide needs of the world.

    ``write`` raises WindowGone when there is nothing to write on; ``size`` gives columns and rows now; ``wall`` is in
    seconds; ``save`` writes how far one has come for good, ``keep`` in a file that may be lost.
    """

    keys: Keys
    write: Callable[[str], None]
    size: Callable[[], tuple[int, int]]
    wall: Callable[[], float]
    save: Callable[[HowFar], None]
    keep: Callable[[HowFar], None]
    wording: Wording
    stops: Mapping[str, str]
    plain: bool = False
    colour: bool = True
    signs: Signs = field(default_factory=Signs)
    art: Art | None = None
    voice: Voice | None = None


def run(stage: Stage, begin: Callable[[Moment], Step]) -> Guide:
    """Guide a session to its end, or until it is left; ``begin`` gives its beginning. ``left`` says how it ended."""
    return _Run(stage, begin).run()


class _Run:
    def __init__(self, stage: Stage, begin: Callable[[Moment], Step]) -> None:
        self._stage = stage
        self._keys = stage.keys
        self._painter = Painter(stage.write, colour=stage.colour)
        self._typed = ""
        self._begun = 0.0
        self._strokes = Strokes(stage.keys)
        self._kept = float("-inf")
        self._changed = self._asked = float("-inf")
        self._in_lines = False
        self._started = False
        self._said = said_keys(stage.wording)
        self.guide, self._first = begin(self._moment())

    def run(self) -> Guide:
        try:
            self._keys.flush()
            self._look()
            if self._in_lines:
                self._tell(opening(self.guide, self._stage.wording))
            self._started = True
            self._happened(self._first)
            while self.guide.mode is not Mode.OVER:
                self._turn()
            if self.guide.left is Leave.ALL:
                self._ended()
            else:
                self._save()
        except (EOFError, KeyboardInterrupt):
            self._broken()
        finally:
            self._hush()
            with suppress(WindowGone):
                self._painter.leave()
        return self.guide

    def _ended(self) -> None:
        """For a moment keys mean nothing: they were meant for an exercise, not for the questions after it."""
        self._hush()
        if self._in_lines:
            self._tell([ALL_DONE])
        else:
            self._painter.paint([((f"  {ALL_DONE}", "head"),)], self._stage.size())
        until = self._keys.now() + ENDED_S
        while (left := until - self._keys.now()) > LEAST_S:
            self._keys.key(left)

    def _broken(self) -> None:
        self.guide, _ = advance(self.guide, self._moment())
        self._save()
        if self.guide.mode is not Mode.OVER:
            self.guide, _ = act(self.guide, Act.STOP, self._moment())
            self.guide, _ = answer(self.guide, Leave.BROKEN, self._moment())

    # --- one turn ----------------------------------------------------------------------------------------

    def _turn(self) -> None:
        self._step(advance(self.guide, self._moment()))
        if self.guide.mode is Mode.OVER:
            return
        self._look()
        now = self._keys.now()
        if now - self._kept >= KEEP_S and self.guide.mode is Mode.RUNNING:
            self._kept = now
            self._stage.keep(how_far(self.guide, now))
        key = self._keys.key(max(LEAST_S, FRAME_S - now % FRAME_S))
        if key == REDRAW:
            self._painter.forget()
        elif key is not None and self._stage.plain:
            self._type(key)
        elif key is not None:
            self._press(key)

    def _moment(self) -> Moment:
        return Moment(self._keys.now(), self._stage.wall())

    def _look(self) -> None:
        """Paint the screen, or change to lines where there is no room for one."""
        columns, rows = size = self._stage.size()
        lines = self._stage.plain or columns < LEAST[0] or rows < LEAST[1]
        if lines != self._in_lines:
            self._in_lines = lines
            self._painter.leave()
            if lines and self._started:
                phase = self.guide.phase(self._keys.now())
                self._tell([name_of(self.guide.now_row), phase_line(phase, self.guide.now_row)])
        if not lines:
            stage = self._stage
            canvas = Canvas(columns, rows, stage.wording, stage.stops, stage.signs, stage.art)
            self._painter.paint(screen(self.guide, self._keys.now(), canvas), size)

    def _step(self, step: Step) -> None:
        before = self.guide.row
        self.guide, events = step
        if self.guide.row != before:
            self._changed = self._keys.now()
        self._happened(events)

    # --- what happened -----------------------------------------------------------------------------------

    def _happened(self, events: list[Event]) -> None:
        if any(isinstance(event, Ended) for event in events):
            self._save()
        if any(isinstance(event, Stood | Asked | Ended) for event in events):
            self._hush()
        if any(isinstance(event, Asked) for event in events):
            self._asked = self._keys.now()
        if self._in_lines:
            left = self.guide.left_s(self._keys.now())
            stage = self._stage
            for event in events:
                self._tell(lines_of(event, self.guide, stage.wording, stage.stops, left))
        cues = [event for event in events if isinstance(event, Said)]
        if cues:
            self._sound(cues[-1].cue, cues[-1].row)
        if self.guide.sound is Sound.VOICE and any(isinstance(event, Stood) for event in events):
            self._speak(" ".join(standing_spoken(self.guide, self._stage.wording)))

    def _sound(self, cue: Cue, number: int) -> None:
        """The bell or the voice for the last of what is due; never the only sign."""
        if self.guide.sound is Sound.BELL and _rings(cue):
            self._stage.write("\a")
        elif self.guide.sound is Sound.VOICE:
            rows = self.guide.rows
            after = rows[number + 1] if number + 1 < len(rows) else None
            self._speak(cue_spoken(cue, rows[number], after))

    def _speak(self, words: str) -> None:
        if self._stage.voice is not None:
            self._stage.voice.say(words)

    def _hush(self) -> None:
        if self._stage.voice is not None:
            self._stage.voice.hush()

    def _save(self) -> None:
        far = how_far(self.guide, self._keys.now())
        self._stage.save(far)
        self._stage.keep(far)

    def _tell(self, lines: list[str]) -> None:
        if not self._stage.plain:
            across = max(8, self._stage.size()[0])
            lines = [piece for line in lines for piece in wrap(line, across)]
        if lines and self._typed:
            lines = ["", *lines]
        if lines:
            self._stage.write("".join(f"{line}\n" for line in lines) + self._typed)

    # --- keys --------------------------------------------------------------------------------------------

    def _press(self, pressed: str) -> None:
        """One key, where keys count by themselves."""
        key = self._strokes.meant(pressed)
        now = self._keys.now()
        self._step(advance(self.guide, self._moment()))  # the row may have ended just now
        if key is None:
            return
        wish = _WISHES.get(key)
        if self.guide.mode is Mode.LEAVING:
            if now - self._asked >= ASKED_S:
                self._answer(key, 0)
        elif wish is None:
            self._step(noted(self.guide, Note.ENTER if key == "\n" else Note.NO_KEY, now))
        else:
            self._want(wish, now - GRACE_S)

    def _type(self, key: str) -> None:
        """A piece of a line, where numbers are typed and Enter ends them. It is echoed here, as cues come between."""
        if key == "\x7f":
            self._stage.write("\b \b" if self._typed else "")
            self._typed = self._typed[:-1]
        elif len(key) == 1 and key != "\n" and len(self._typed) < _TYPED_MAX:
            self._stage.write(key)
            self._begun = self._begun if self._typed else self._keys.now()
            self._typed += key
        elif key == "\n":
            word, self._typed = " ".join(self._typed.lower().split()), ""
            self._stage.write("\n")
            self._step(advance(self.guide, self._moment()))
            self._line(word)

    def _line(self, word: str) -> None:
        if self.guide.mode is Mode.LEAVING:
            self._answer(word, 1)
        elif word in self._said:
            self._want(self._said[word], self._begun)
        else:
            self._step(noted(self.guide, Note.NO_KEY if word else Note.ENTER, self._keys.now()))

    def _answer(self, said: str, column: int) -> None:
        """The answer to the question whether to stop; anything else asks again."""
        for choice in LEAVING:
            if said and said in (choice[0], choice[column]):
                self._step(answer(self.guide, choice[2], self._moment()))
                return
        if self._in_lines:
            self._happened([Asked(Mode.LEAVING)])

    def _want(self, wish: Act, meant_at: float) -> None:
        """A wish that was meant at this instant: a row that began later is not the one it was meant for."""
        if wish in _OF_A_ROW and self._changed > meant_at:
            self._step(noted(self.guide, Note.JUST_OVER, self._keys.now()))
        else:
            self._step(act(self.guide, wish, self._moment()))


_WISHES: Final = {key: wish for wish, (key, _, _) in KEYS.items()}


def _rings(cue: Cue) -> bool:
    """The bell is for changes, not for every repeat."""
    phase = cue.phase
    if cue.call is Call.PHASE and phase.kind in WORK:
        return phase.number <= 1 or phase.kind is Kind.HOLD
    return cue.call is not Call.BREATHE and cue.call is not Call.COUNT
