"""Conversation: whom a face looks at, and how it shows that it listens."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator, Mapping

from phonoscope.performance.cues import PAUSE_S
from phonoscope.performance.gaze import AVERSION_DEG, AVERSION_S, VIEWER_DEG, Aim, Look, follow
from phonoscope.performance.gestures import Gesture
from phonoscope.performance.noise import chance
from phonoscope.performance.styles import Style
from phonoscope.performance.timeline import LOOK_BACK_S, Window

HEAD_SHARE = 0.26
"""How much of a look at somebody the head takes over; the eyes do the rest, and farther away nothing does."""

MOST_DEG = (24.0, 12.0)
"""Farthest look at somebody, across and up: what eyes and head of a photograph can do together."""

ANSWER_S = (0.20, 0.55)
"""How soon a listener looks at who begins to speak."""

REST_S = {"partner": (1.8, 4.6), "glance": (0.8, 1.9), "viewer": (0.9, 2.2), "own viewer": (1.4, 3.4)}
"""How long looks rest: at who speaks, at a listener while speaking, at the viewer while listening and speaking."""

VIEWER, AWAY, SELF, NOBODY = "\0viewer", "\0away", "\0self", "\0nobody"
"""What is looked at besides people, and who may cause a look besides them; no speaker can be called so."""

LISTENING = {"partner": 0.12, "viewer": 0.78, "away": 0.10}
SPEAKING = {"partner": 0.55, "viewer": 0.27, "away": 0.18}
WAITING = {"partner": 0.35, "viewer": 0.60, "away": 0.05}
"""Where the eyes go when a look is over, from where most of the time is spent. With the times above a listener looks at
the speaker for about 70 % of the time, a speaker at listeners for 25 %, and else mostly at the viewer, who is the
largest audience (Argyle & Cook 1976: 75 and 40 % between two)."""

OWN_TURN_CHANCE = 0.5
"""How often a speaker begins by looking at the viewer rather than at whom they answer."""

NOD_CHANCE = 0.42
NOD_SPACING_S = 2.4
NOD_AFTER_S = (0.25, 0.6)
NOD_STRENGTH = (0.32, 0.62)
"""Nods of listeners: how often at the end of a phrase, how far apart at least, how soon after it, and how deep against
a nod that the script asks for (Dittmann & Llewellyn 1968: they come at the ends of phonemic clauses)."""

_KIND, _TIME, _ACROSS, _UP, _WHO, _TURN, _NOD, _NOD_TIME, _NOD_DEPTH = range(130, 139)


class Attention:
    """Decides looks one after the other, in absolute time: at the viewer, at the others, and away."""

    def __init__(self, seed: int, partners: Mapping[str, tuple[float, float]], style: Style) -> None:
        self._seed = seed
        self._partners = dict(partners)
        self._style = style
        self._number = 0
        self._due_s = 0.5 + 0.8 * chance(seed, _TIME, 0)
        self._looks: deque[Look] = deque([Look(-1.0, 0.0, 0.0)])
        self._at = VIEWER
        self._answered = ""
        # Who began to speak last, and when; then when to look at them.
        self._begun = -1.0, ""
        self._turns: list[tuple[float, str]] = []

    def act(self, window: Window) -> Aim:
        """Return where the eyes look, and how far the head turns along."""
        while (event := self._next_event(window)) is not None:
            self._look(window, *event)
        while len(self._looks) > 2 and self._looks[1].at_s < window.times_s[0] - LOOK_BACK_S:
            self._looks.popleft()
        return follow(self._looks, window)

    def _next_event(self, window: Window) -> tuple[float, str] | None:
        """Return when the eyes move next and who makes them, if that is before the window's end."""
        last_s = float(window.times_s[-1])
        self._notice_turns(window, last_s)
        if self._turns and self._turns[0][0] <= min(self._due_s, last_s):
            return self._turns.pop(0)
        return (self._due_s, NOBODY) if self._due_s <= last_s else None

    def _notice_turns(self, window: Window, last_s: float) -> None:
        """Note who begins to speak after somebody else, and when that is answered by a look."""
        begun = [(span.start_s, span.speaker) for span in window.heard]
        begun += [(span.start_s, SELF) for span in window.spans]
        for start_s, who in sorted(begun):
            if not self._begun[0] < start_s <= last_s:
                continue
            if who != self._begun[1] or self._begun[0] < 0:
                late_s = self._among(ANSWER_S, _TURN, round(start_s * 1000))
                # Of one's own turn one knows beforehand.
                self._turns.append((start_s + late_s - (ANSWER_S[0] if who == SELF else 0.0), who))
                self._turns.sort()
            self._begun = start_s, who

    def _look(self, window: Window, at_s: float, who: str) -> None:
        """Choose the next look and how long it rests."""
        self._number += 1
        if who == SELF:
            self._go(at_s, VIEWER if self._chance(_TURN) < OWN_TURN_CHANCE else self._listener(), True)
        elif who != NOBODY:
            self._answered = who
            self._go(at_s, who, False)
        elif any(s.start_s - 0.2 <= at_s <= s.end_s for s in window.spans):
            self._go(at_s, self._choice(SPEAKING, self._listener()), True)
        elif (talker := self._talker(window, at_s)) is not None:
            # From the viewer back to who speaks; from there away for a moment.
            back = self._at in (VIEWER, AWAY)
            self._go(at_s, talker if back else self._choice(LISTENING, talker), False)
        else:
            self._go(at_s, self._choice(WAITING, self._answered), False)

    def _talker(self, window: Window, at_s: float) -> str | None:
        """Return who of the others speaks at a time, or has just ended."""
        return next((s.speaker for s in reversed(window.heard) if s.start_s <= at_s <= s.end_s + PAUSE_S), None)

    def _listener(self) -> str:
        """Return to whom this face speaks: mostly who spoke last."""
        names = sorted(self._partners)
        if not names or (self._answered in self._partners and self._chance(_WHO) < 0.6):
            return self._answered
        return names[int(self._chance(_WHO + 50) * len(names))]

    def _choice(self, shares: Mapping[str, float], partner: str) -> str:
        """Return where to look, by chance; never away twice."""
        kind = self._chance(_KIND)
        if self._at == AWAY:
            kind = min(kind, shares["partner"] + shares["viewer"] - 1e-9)
        if kind < shares["partner"]:
            return VIEWER if self._at == partner and shares is SPEAKING else partner
        return VIEWER if kind < shares["partner"] + shares["viewer"] else AWAY

    def _go(self, at_s: float, target: str, speaking: bool) -> None:
        """Look at a target: the viewer, away, or somebody."""
        place = self._partners.get(target, self._partners.get(""))
        share = 0.0
        across, up = (size * (2 * self._chance(s) - 1) for size, s in zip(VIEWER_DEG, (_ACROSS, _UP), strict=True))
        across, up = across * self._style.scatter, up * self._style.scatter
        if target == AWAY and self._style.aversion > 0:
            across = self._among(AVERSION_DEG[0], _ACROSS, self._number) * (1 if self._chance(_WHO) < 0.5 else -1)
            up, rest = self._among(AVERSION_DEG[1], _UP, self._number), AVERSION_S
        elif target in (VIEWER, AWAY) or place is None:
            rest = REST_S["own viewer" if speaking else "viewer"]
        else:
            across, up = across + _within(place[0], MOST_DEG[0]), up + _within(place[1], MOST_DEG[1])
            share, rest = HEAD_SHARE * self._style.limit, REST_S["glance" if speaking else "partner"]
        self._at = target
        self._looks.append(Look(at_s, across, up, share))
        self._due_s = at_s + self._among(rest, _TIME, self._number)

    def _chance(self, stream: int) -> float:
        return chance(self._seed, stream, self._number)

    def _among(self, limits: tuple[float, float], stream: int, number: int) -> float:
        return limits[0] + (limits[1] - limits[0]) * chance(self._seed, stream, number)


class Nods:
    """Nods when somebody else ends a phrase."""

    def __init__(self, seed: int, style: Style) -> None:
        self._seed = seed
        self._chance = NOD_CHANCE * style.nod_chance
        self._strength = style.nod
        self._heard_s = -1.0
        self._nodded_s = -math.inf

    def act(self, window: Window) -> Iterator[Gesture]:
        """Yield the nods that are certain now, in time to begin them."""
        for span in window.heard:
            # Whether a phrase is over is known when a pause has been heard behind it.
            if span.end_s <= self._heard_s or span.end_s > window.times_s[-1]:
                continue
            self._heard_s = span.end_s
            number = round(span.end_s * 1000)
            at_s = span.end_s + _between(NOD_AFTER_S, chance(self._seed, _NOD_TIME, number))
            speaks = any(own.start_s - 0.6 < at_s < own.end_s for own in window.spans)
            if (
                not speaks
                and at_s - self._nodded_s >= NOD_SPACING_S
                and chance(self._seed, _NOD, number) < self._chance
            ):
                self._nodded_s = at_s
                depth = _between(NOD_STRENGTH, chance(self._seed, _NOD_DEPTH, number))
                yield Gesture("nod", at_s, depth * min(self._strength, 1.3))


def _between(limits: tuple[float, float], share: float) -> float:
    return limits[0] + (limits[1] - limits[0]) * share


def _within(angle_deg: float, limit_deg: float) -> float:
    """Return an angle, bent softly to its limit, so that nearer people are told from farther ones."""
    return limit_deg * math.tanh(angle_deg / limit_deg)
