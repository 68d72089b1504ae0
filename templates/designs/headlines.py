"""What is worth stopping for: an announcement, a fact."""

from __future__ import annotations

from dataclasses import replace

from templates.design import Design, Json, Shape, colour_variable, picture_variable, text_variable
from templates.kit import (
    COAL,
    POSTER,
    SQUARE,
    STILL,
    SUN,
    at,
    block,
    captions,
    effect,
    emoji,
    motion,
    person,
    text,
)

INK = "#131313"


def _tape(shape: Shape, y: float, turn_deg: float) -> list[Json]:
    """Return a strip of tape across the canvas that repeats the label; it slides in."""
    coming = {"start": 0.1, "enter": motion("slide-left", 0.7), "exit": STILL, "rotation_deg": turn_deg}
    label = "   ✦   ".join(["{{label}}"] * shape.pick(5, 3, 3))
    return [
        block(at(0.5, y), 1.3, shape.pick(0.1, 0.06, 0.1), INK, **coming),
        text(
            label,
            at(0.5, y),
            0.056,
            POSTER.title,
            "{{paper}}",
            weight=400,
            width=0.94,
            height=shape.pick(0.085, 0.05, 0.085),
            **coming,
        ),
    ]


def _slam(shape: Shape) -> Json:
    return {
        "id": "slam",
        "duration_s": 1.8,
        "background": "{{colour}}",
        "overlays": [
            text("{{label}}", "centre", shape.pick(0.42, 0.46, 0.42), POSTER.title, "white", weight=400, width=0.92,
                 line_height=1.0, start=0.05, enter=motion("zoom", 0.35, "back"), exit=STILL)
        ],
        "captions": {"shown": False},
        "effects": [effect("boom", 0, -6)],
        "description": "Two words fill the canvas.",
    }  # fmt: skip


def _news(shape: Shape) -> Json:
    floor = shape.pick(0.79, 0.66, 0.79)
    turn_deg = shape.pick(-1.5, -3.0)
    return {
        "id": "news",
        "background": "{{paper}}",
        "avatars": [
            person("{{picture}}", "box", shape.pick((0.77, 0.46), (0.5, 0.495), (0.5, 0.56)),
                   shape.pick(0.8, 0.72, 0.52), cut_out=True, style="lively")
        ],
        "script": "[excited] {{headline}}! [pause 0.3s] {{details}}",
        "overlays": [
            text("{{headline}}", shape.pick(at(0.05, 0.39, "left"), at(0.5, 0.075, "top"), at(0.5, 0.055, "top")),
                 shape.pick(0.145, 0.145, 0.12), POSTER.title, INK, weight=400, line_height=1.06,
                 align=shape.pick("left", "centre"), width=shape.pick(0.52, 0.88, 0.9),
                 height=shape.pick(0.62, 0.24, 0.24), start=0.2,
                 enter=motion("rise", 0.5)),
            block(at(0.5, floor, "top"), 1.4, 0.7, "{{colour}}", rotation_deg=turn_deg),
            *_tape(shape, floor - shape.pick(0.02, 0.005, 0.02), turn_deg),
        ],
        "transition": {"kind": "slide", "direction": "up", "duration_s": 0.35},
        "effects": [effect("whoosh", 0, -14)],
        "description": "Somebody tells the news behind a strip of tape, under the headline.",
    }  # fmt: skip


def _day(shape: Shape) -> Json:
    return {
        "id": "day",
        "background": INK,
        "script": "{{when}}. [pause 0.2s] {{call}}!",
        "overlays": [
            text("{{when}}", at(0.5, shape.pick(0.4, 0.38, 0.38)), shape.pick(0.36, 0.36, 0.3), POSTER.title,
                 "{{paper}}", weight=400, line_height=1.05, width=0.9, height=shape.pick(0.5, 0.42, 0.5), start=0,
                 enter=motion("zoom", 0.3, "back")),
            text("{{call}}", at(0.5, shape.pick(0.77, 0.66, 0.79)), shape.pick(0.08, 0.085, 0.075), POSTER.text,
                 "white", box="{{colour}}", box_radius=0.2, padding=0.5, width=0.78,
                 height=shape.pick(0.2, 0.12, 0.18), start="35%",
                 enter=motion("pop", 0.5)),
        ],
        "captions": {"shown": False},
        "effects": [effect("rimshot", 0, -14)],
        "transition": {"kind": "wipe", "duration_s": 0.4},
        "description": "The day, and what to do, in large letters.",
    }  # fmt: skip


def _announcement(shape: Shape) -> Json:
    """Return a poster: a word that slams in, then the news, then the day."""
    colours = replace(COAL, main="{{colour}}")
    return {
        "variables": {
            "label": text_variable("BIG NEWS", "Two words that open it.", max_length=16),
            "headline": text_variable("The library opens on Sundays", "The news in one line.", max_length=60),
            "details": text_variable(
                "You asked for it, and from now on you can read, study and meet seven days a week.",
                "A sentence more.", max_length=400,
            ),
            "when": text_variable("From 1 May", "When, or how much.", max_length=24),
            "call": text_variable("Come and see us", "What to do.", max_length=60),
            "picture": picture_variable("avatar:makena"),
            "colour": colour_variable("#e8402f"),
            "paper": colour_variable("#ffd23f", "Behind the news, and the letters of the tape."),
        },
        "captions": captions(shape, colours, POSTER.text, highlight="{{paper}}",
                             offset=shape.pick(0.01, 0.02, 0.015), size=shape.pick(0.048, 0.054, 0.052)),
        "music": {"source": "upbeat", "volume_db": -10},
        "scenes": [_slam(shape), _news(shape), _day(shape)],
    }  # fmt: skip


def _bubble(shape: Shape, words: str, size: float, ink: str, **more: str | float | Json) -> list[Json]:
    """Return words in a speech bubble whose tail points to whoever stands below."""
    x, y, wide, tall = shape.pick((0.64, 0.36, 0.6, 0.58), (0.5, 0.27, 0.86, 0.35), (0.52, 0.26, 0.9, 0.42))
    return [
        block(at(x, y), wide, tall, "white", shape="bubble", start=0.1, enter=motion("pop", 0.4), exit=STILL),
        text(words, at(x, y - 0.11 * tall), size, SQUARE.title, ink, width=wide - shape.pick(0.07, 0.1, 0.1),
             line_height=1.16, height=0.78 * tall - shape.pick(0.09, 0.05, 0.08), start=0.3,
             enter=motion("fade", 0.2), exit=STILL, **more),
    ]  # fmt: skip


def _fun_fact(shape: Shape) -> Json:
    """Return a small riddle: a question in a speech bubble, time to think, and the answer."""
    ink = SUN.ink
    stand = shape.pick((0.2, 0.66), (0.38, 0.765), (0.32, 0.74))
    size = shape.pick(0.68, 0.86, 0.54)
    here = [person("{{picture}}", "box", stand, size, cut_out=True, style="lively")]
    think = shape.pick(at(0.64, 0.83), at(0.81, 0.64), at(0.8, 0.73))
    sign = shape.pick(at(0.9, 0.83), at(0.81, 0.64), at(0.8, 0.72))
    return {
        "variables": {
            "question": text_variable("How many hearts does an octopus have?", "What is asked.", max_length=110),
            "answer": text_variable("Three!", "The answer, as short as can be.", max_length=24),
            "fact": text_variable(
                "Two pump blood through the gills, and one through the rest. It even stops while the octopus swims.",
                "What there is to tell about it.", max_length=160,
            ),
            "emoji": text_variable("🐙", "What it is about.", max_length=8),
            "picture": picture_variable("avatar:indira"),
            "colour": colour_variable("#ffc933", "Behind the question."),
            "second_colour": colour_variable("#35c2b0", "Behind the answer."),
        },
        "music": {"source": "playful", "volume_db": -12},
        "scenes": [
            {
                "id": "question",
                "background": "{{colour}}",
                "avatars": here,
                "script": "[raise brows] {{question}} [look up] [pause 2.6s]",
                "overlays": [
                    *_bubble(shape, "{{question}}", shape.pick(0.085, 0.09, 0.078), ink),
                    {"kind": "progress", "of": "span", "design": "ring", "place": think, "colour": ink,
                     "track": "#ffffff90", "size": shape.pick(0.22, 0.26, 0.22), "thickness": 0.03,
                     "start": "end-2.6", "enter": motion("pop", 0.3), "exit": STILL},
                    text("?", think, 0.12, SQUARE.title, ink, start="end-2.6", enter=motion("pop", 0.3), exit=STILL),
                ],
                "effects": [effect("pop", 0.1, -10), effect("clock", "end-2.4", -8)],
                "description": "Somebody asks a question in a speech bubble; a ring counts the time to think.",
            },
            {
                "id": "answer",
                "background": "{{second_colour}}",
                "avatars": here,
                "script": "[happy] {{answer}} [pause 0.3s] {{fact}} [smile]",
                "overlays": [
                    *_bubble(shape, "{{answer}}", shape.pick(0.24, 0.24, 0.2), SUN.main, end=2),
                    {**_bubble(shape, "{{fact}}", shape.pick(0.06, 0.06, 0.05), ink)[1], "start": 2},
                    emoji("{{emoji}}", sign, shape.pick(0.3, 0.34, 0.28), wiggle="float", start=0.2),
                ],
                "effects": [effect("correct", 0, -8)],
                "description": "The answer, and what there is to tell about it.",
            },
        ],
    }  # fmt: skip


DESIGNS = (
    Design(
        "announcement", "Big announcement", "Tell your news like a poster: a loud word, the facts, and the day.",
        "social", ("news", "launch", "poster", "bold", "opening"), _announcement, 4.5,
    ),
    Design(
        "fun-fact", "Fun fact", "Ask a question, give people a moment to think, and surprise them with the answer.",
        "social", ("quiz", "trivia", "did you know", "question"), _fun_fact, 2.2,
    ),
)  # fmt: skip
