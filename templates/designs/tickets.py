"""Events that people register for."""

from __future__ import annotations

from templates.design import Design, Json, Shape, colour_variable, picture_variable, text_variable
from templates.kit import (
    MODERN,
    PLUM,
    at,
    block,
    captions,
    disc,
    effect,
    gradient,
    motion,
    person,
    text,
)


def _ticket(shape: Shape) -> list[Json]:
    """Return a ticket with a stub: what, when and where, and a QR code to tear off."""
    x, y, width, height = shape.pick((0.07, 0.17, 0.86, 0.6), (0.09, 0.1, 0.82, 0.7), (0.07, 0.08, 0.86, 0.84))
    arrive: Json = {"start": 0.1, "enter": motion("slide-up", 0.7, "back")}
    ink, hole = PLUM.paper, "#140b29"
    wide = shape.name == "landscape"
    cut = x + 0.66 * width if wide else y + 0.5 * height
    notch = 0.09
    ends = ((cut, y), (cut, y + height)) if wide else ((x, cut), (x + width, cut))
    dashes = [
        block(at(cut, y + height * (0.12 + 0.095 * number)) if wide else at(x + width * (0.1 + 0.1 * number), cut),
              *((0.003, 0.03) if wide else (shape.pick(0.0, 0.05), shape.pick(0.0, 0.003, 0.005))), "#1b103360",
              **arrive)
        for number in range(9)
    ]  # fmt: skip
    left = x + shape.pick(0.045, 0.07, 0.06)
    room = (0.66 * width if wide else width) - 2 * (left - x)
    part = height if wide else 0.5 * height
    code = at(x + 0.83 * width, y + 0.5 * height) if wide else at(0.5, y + 0.75 * height)
    return [
        block(at(x, y, "top-left"), width, height, "#fff7e8", radius=0.05, **arrive),
        block(at(x, y, "top-left"), width if not wide else shape.pick(0.018, 0.0), shape.pick(height, 0.014, 0.02),
              "{{colour}}", **arrive),
        *(disc(shape, at(*end), notch, hole, **arrive) for end in ends),
        *dashes,
        text("ADMIT ONE", at(left, y + 0.14 * part, "left"), shape.pick(0.034, 0.038, 0.032), MODERN.title, ink,
             box="{{colour}}", box_radius=0.9, padding=0.45, **arrive),
        text("{{event}}", at(left, y + 0.39 * part, "left"), shape.pick(0.085, 0.095, 0.08), MODERN.title, ink,
             align="left", line_height=1.08, width=room, height=0.36 * part, start=0.5, enter=motion("rise")),
        text("{{date}}", at(left, y + 0.7 * part, "left"), shape.pick(0.055, 0.06, 0.052), MODERN.title, ink,
             align="left", width=room, height=0.12 * part, start=0.7, enter=motion("rise")),
        text("{{place}}", at(left, y + 0.84 * part, "left"), shape.pick(0.045, 0.05, 0.042), MODERN.text, "#1b1033b0",
             weight=400, align="left", width=room, height=0.12 * part, start=0.9, enter=motion("rise")),
        {"kind": "qr", "text": "{{link}}", "label": "Register", "place": code, "size": shape.pick(0.34, 0.44, 0.3),
         "colour": ink, "box": "#ffffff", "start": 1.1, "enter": motion("pop", 0.5, "back"),
         "alt": "A QR code that leads to the registration."},
    ]  # fmt: skip


def _event_promo(shape: Shape) -> Json:
    """Return a poster with the day as large as it can be, somebody who invites before it, and then a ticket."""
    poster = [
        text("{{day}}", shape.pick(at(0.06, 0.3, "left"), at(0.5, 0.19), at(0.06, 0.27, "left")),
             shape.pick(0.52, 0.46, 0.36), MODERN.title, "{{colour}}", width=shape.pick(0.42, 0.8, 0.5),
             height=shape.pick(0.56, 0.3, 0.4), line_height=1.0, start=0.1, enter=motion("slide-down", 0.6, "back")),
        text("{{month}}", shape.pick(at(0.065, 0.545, "left"), at(0.5, 0.31), at(0.065, 0.455, "left")),
             shape.pick(0.085, 0.085, 0.07), MODERN.title, "white", width=shape.pick(0.4, 0.8, 0.46), height=0.1,
             start=0.4, enter=motion("rise")),
        text("{{event}}", shape.pick(at(0.94, 0.1, "top-right"), at(0.5, 0.065), at(0.94, 0.07, "top-right")),
             shape.pick(0.056, 0.06, 0.05), MODERN.title, "white", align=shape.pick("right", "centre", "right"),
             width=shape.pick(0.4, 0.84, 0.5), height=shape.pick(0.2, 0.09, 0.16), start=0.6, enter=motion("words", 1)),
    ]  # fmt: skip
    speaker = shape.pick(
        person("{{picture}}", "full", (0.68, 0.58), 0.84, cut_out=True, style="lively"),
        person("{{picture}}", "box", (0.5, 0.562), 0.9, cut_out=True, close_up=True, style="lively"),
        person("{{picture}}", "full", (0.68, 0.64), 0.72, cut_out=True, style="lively"),
    )
    strap = {
        "kind": "lower-third", "name": "{{speaker}}", "role": "{{topic}}", "design": "box", "accent": "{{colour}}",
        "box": "#140b29e8", "font": MODERN.text, "size": shape.pick(0.046, 0.052, 0.04), "start": 1.2,
        "place": shape.pick(at(0.06, 0.75, "bottom-left"), at(0.06, 0.93, "bottom-left"),
                            at(0.06, 0.73, "bottom-left")),
    }  # fmt: skip
    foot = [] if shape.name != "portrait" else [block(at(0, 0.815, "top-left"), 1, 0.185, "#140b29")]
    return {
        "variables": {
            "event": text_variable("Gardens in the City", "What it is called.", max_length=60),
            "day": text_variable("14", "The day, as a number.", max_length=2),
            "month": text_variable("OCTOBER", "The month.", max_length=12),
            "date": text_variable("14 October, 6 pm", "Day and hour, for the ticket.", max_length=40),
            "place": text_variable("Town hall, and online", "Where.", max_length=60),
            "speaker": text_variable("Dr Gustavo Lima", "Who speaks there.", max_length=40),
            "topic": text_variable("on green roofs", "What about, as it follows “I will speak”.", max_length=40),
            "link": text_variable("https://example.org/gardens", "Where people register: becomes a QR code.",
                                  max_length=200),
            "picture": picture_variable("avatar:gustavo"),
            "colour": colour_variable("#35e0a1"),
        },
        "captions": captions(shape, PLUM, MODERN.text),
        "music": {"source": "upbeat", "volume_db": -12},
        "scenes": [
            {
                "id": "poster",
                "background": gradient("#3a1f7a", "#140b29", "diagonal"),
                "avatars": [speaker],
                "script": "[happy] {{event}}: save the date! I will speak {{topic}}, and answer all your questions. "
                "[nod] Come and join us, on {{date}}.",
                "overlays": [*foot, *poster, strap],
                "effects": [effect("whoosh", 0, -14)],
                "description": "The day of the event in huge numbers, and somebody who invites.",
            },
            {
                "id": "ticket",
                "duration_s": 5,
                "background": "#140b29",
                "overlays": _ticket(shape),
                "effects": [effect("page-turn", 0.1, -8), effect("ding", 1.2, -12)],
                "transition": {"kind": "slide", "direction": "up", "duration_s": 0.6},
                "description": "A ticket with the date and the place, and a QR code to register.",
            },
        ],
    }  # fmt: skip


DESIGNS = (
    Design(
        "event-promo", "Event with a ticket", "Invite people to a conference or a webinar, with a QR code to register.",
        "news", ("event", "conference", "webinar", "invitation", "qr"), _event_promo, 3.0,
    ),
)  # fmt: skip
