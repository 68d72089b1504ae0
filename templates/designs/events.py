"""Invitations and seasons."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from templates.design import Design, Json, Shape, colour_variable, picture_variable, text_variable
from templates.kit import (
    EDITORIAL,
    FOREST,
    NIGHT,
    SCRIPT,
    STILL,
    at,
    block,
    disc,
    effect,
    emoji,
    frame,
    gradient,
    motion,
    person,
    quiet_captions,
    text,
)


def _arch(shape: Shape) -> Json:
    """Return the first scene of the invitation: the host in a tall window, and what there will be."""
    ink, main = FOREST.ink, "{{colour}}"
    side = shape.pick("left", "centre")
    column = shape.pick(0.47, 0.5)
    return {
        "id": "host",
        "avatars": [
            person("{{picture}}", "rounded", shape.pick((0.25, 0.46), (0.5, 0.32), (0.5, 0.285)),
                   shape.pick(0.72, 0.9, 0.42), aspect=shape.pick(0.7, 0.76, 0.8), radius=0.5, border=0.012,
                   border_colour=main)
        ],
        "script": "[smile] You are invited! I am {{host}}, and I would love to see you at {{event}}.",
        "overlays": [
            *frame(0.035, main, shape),
            text("{{host}} invites you to", at(column, shape.pick(0.3, 0.61, 0.56), side),
                 shape.pick(0.05, 0.052, 0.045), EDITORIAL.text, main, align=side, width=shape.pick(0.46, 0.82),
                 height=shape.pick(0.06, 0.035, 0.05), start=0.4, enter=motion("rise")),
            text("{{event}}", at(column, shape.pick(0.345, 0.637, 0.6), shape.pick("top-left", "top")),
                 shape.pick(0.125, 0.1, 0.085), EDITORIAL.title, ink, align=side, line_height=1.06,
                 width=shape.pick(0.46, 0.82, 0.84), height=shape.pick(0.38, 0.14, 0.16), start=0.7,
                 enter=motion("rise", 0.6)),
        ],
        "description": "The host in a tall rounded window; beside it, what the invitation is for.",
    }  # fmt: skip


def _details(shape: Shape) -> Json:
    """Return the second scene: when and where, and a code to answer with."""
    ink, main = FOREST.ink, "{{colour}}"
    column = shape.pick(0.345, 0.5, 0.085)
    side = shape.pick("left", "centre", "left")
    rows = shape.pick((0.17, 0.228, 0.47, 0.528), (0.303, 0.335, 0.468, 0.5), (0.408, 0.455, 0.633, 0.68))
    across = shape.pick(0.36, 0.82, 0.54)
    size = shape.pick(0.062, 0.07, 0.05)

    def row(words: str, number: int, letters: float, **more: Any) -> Json:
        font, colour = (EDITORIAL.text, main) if number % 2 == 0 else (EDITORIAL.title, ink)
        place = at(column, rows[number], shape.pick("top-left", "top", "top-left"))
        return text(words, place, letters, font, colour, align=side, width=across, enter=motion("rise"), **more)

    return {
        "id": "details",
        "avatars": [
            person("{{picture}}", "circle", shape.pick((0.185, 0.43), (0.5, 0.165), (0.235, 0.225)),
                   shape.pick(0.48, 0.38, 0.3), border=0.01, border_colour=main)
        ],
        "script": "It is on {{date}}, {{time}}. [pause 0.2s] The place: {{place}}. [nod] Just scan the code to tell me"
                  " that you are coming!",
        "overlays": [
            *frame(0.035, main, shape),
            *(
                [text("{{event}}", at(0.43, 0.225, "left"), 0.075, EDITORIAL.title, ink, align="left", width=0.48,
                      height=0.2)]
                if shape.name == "square"
                else []
            ),
            row("WHEN", 0, 0.036, start=0.2),
            row("{{date}}\n{{time}}", 1, size, start=0.4, height=shape.pick(0.2, 0.1, 0.15)),
            row("WHERE", 2, 0.036, start=1.6),
            row("{{place}}", 3, size, start=1.8, height=shape.pick(0.2, 0.1, 0.12)),
            {
                "kind": "qr", "text": "{{link}}", "label": "Scan to answer", "start": "50%", "colour": ink,
                "place": shape.pick(at(0.83, 0.43), at(0.5, 0.705), at(0.79, 0.575)),
                "size": shape.pick(0.38, 0.26, 0.25),
                "enter": motion("pop", 0.5),
            },
        ],
        "effects": [effect("ding", "50%", -14)],
        "transition": {"kind": "slide", "direction": shape.pick("left", "up"), "duration_s": 0.7},
        "description": "Date, time and place of the event, with the host in a circle and a code to answer with.",
    }  # fmt: skip


def _invitation(shape: Shape) -> Json:
    """Return an invitation on paper: a portrait in a window, then when and where."""
    colours = replace(FOREST, main="{{colour}}")
    return {
        "variables": {
            "event": text_variable("our garden supper", "What it is: it follows “at”.", max_length=50),
            "host": text_variable("Amina", "Who invites.", max_length=40),
            "date": text_variable("Saturday, 14 June", "The day.", max_length=30),
            "time": text_variable("at seven in the evening", "The time.", max_length=30),
            "place": text_variable("12 Orchard Lane", "Where.", max_length=60),
            "link": text_variable("https://example.com/supper", "The address that the code opens.", max_length=300),
            "picture": picture_variable("avatar:amina", "Who invites: a photo, or a drawn avatar."),
            "colour": colour_variable("#21684f"),
        },
        "background": colours.paper,
        # An invitation is sent, not posted: there are no buttons over it.
        "captions": quiet_captions(
            shape,
            colours,
            EDITORIAL.text,
            size=shape.pick(0.042, 0.05, 0.042),
            safe_area="title",
            offset=shape.pick(0, -0.06, 0),
        ),
        "music": {"source": "jazz", "volume_db": -12},
        "scenes": [_arch(shape), _details(shape)],
    }


FLAKES = 26
LATE = 0.55
"""Flakes that begin after this share of the scene are still in the air when it ends."""


def _snow(shape: Shape) -> list[Json]:
    """Return flakes that sink from above the canvas to below it: near ones are large and fast."""
    flakes = []
    for number in range(FLAKES):
        near = number % 3
        begun = 0.03 * number
        rest, fall_s = (1.06, (9.5, 7.5, 6.0)[near]) if begun < LATE else (1.06 * (1 - begun) / (1 - LATE), 10.0)
        flakes.append(
            disc(shape, at(round((0.07 + 0.37 * number) % 1, 3), round(rest, 3)), (0.012, 0.018, 0.026)[near],
                 "#ffffff", start=f"{100 * begun:.0f}%", enter=motion("slide-down", fall_s, "linear"), exit=STILL,
                 opacity=(0.55, 0.75, 0.95)[near])
        )  # fmt: skip
    return flakes


def _holiday(shape: Shape) -> Json:
    """Return a winter night: somebody behind snowy hills, under a moon, while it snows."""
    moon = shape.pick((0.88, 0.2), (0.8, 0.29), (0.84, 0.34))
    hill = shape.pick(0.73, 0.63, 0.72)
    hills = [
        block(at(0.2, hill, "top"), 0.9, 0.9, "#c9dbf5", shape="ellipse"),
        block(at(0.82, hill + 0.01, "top"), 1.0, 0.9, "#dfeafb", shape="ellipse"),
        block(at(0.5, hill + 0.055, "top"), 2.0, 0.9, "#ffffff", shape="ellipse"),
        block(at(0.75, shape.pick(0.96, 0.84, 0.95), "top"), 1.4, 0.6, "#eef4fd", shape="ellipse"),
    ]
    trees = [
        emoji("{{tree}}", at(x, hill + dip, "bottom"), size, enter=motion("rise", 0.6), start=start_s)
        for x, dip, size, start_s in shape.pick(
            [(0.08, 0.06, 0.3, 0.2), (0.19, 0.05, 0.22, 0.4), (0.8, 0.05, 0.24, 0.3), (0.92, 0.07, 0.32, 0.5)],
            [(0.12, 0.03, 0.24, 0.2), (0.89, 0.035, 0.28, 0.4)],
            [(0.1, 0.05, 0.22, 0.2), (0.9, 0.06, 0.26, 0.4)],
        )
    ]
    return {
        "variables": {
            "greeting": text_variable("Happy holidays", "The large words: Merry Christmas, Happy New Year …",
                                      max_length=40),
            "to": text_variable("dear friends", "To whom.", max_length=40),
            "message": text_variable(
                "May your days be warm, your nights be bright, and your table have room for one more.",
                "What is wished.", max_length=400,
            ),
            "sender": text_variable("Adwoa and family", "Who wishes.", max_length=40),
            "picture": picture_variable("avatar:adwoa"),
            "tree": text_variable("🎄", "The emoji on the hills, such as 🎄, 🌲 or ⛄.", max_length=8),
            "sky": colour_variable("#173a7a", "The sky above the hills."),
        },
        "captions": quiet_captions(
            shape, replace(NIGHT, ink="#12264d", main="#c0392b", paper="#ffffff"), SCRIPT.text,
        ),
        "music": {"source": "festive", "volume_db": -10},
        "scenes": [
            {
                "background": gradient("#0a1533", "{{sky}}"),
                "avatars": [
                    person("{{picture}}", "box", shape.pick((0.5, 0.54), (0.5, 0.495), (0.5, 0.56)),
                           shape.pick(0.58, 0.74, 0.5), cut_out=True, expression="happy")
                ],
                "script": "[happy] {{greeting}}, {{to}}! [pause 0.3s] [smile] {{message}}",
                "overlays": [
                    disc(shape, at(*moon), 0.2, "#fff3c9", enter=motion("fade", 0.8)),
                    *trees,
                    *hills,
                    text("{{greeting}}", at(0.5, shape.pick(0.13, 0.14, 0.12)), shape.pick(0.14, 0.135, 0.125),
                         SCRIPT.title, "white", width=shape.pick(0.66, 0.8, 0.7), height=shape.pick(0.2, 0.15, 0.2),
                         start=0.3, shadow=0.4,
                         enter=motion("wipe", 1)),
                    text("{{sender}}", at(0.5, shape.pick(0.265, 0.225, 0.245)), shape.pick(0.05, 0.056, 0.048),
                         SCRIPT.text, "#dbe7ff", width=0.7, height=shape.pick(0.06, 0.04, 0.06), start=1.4,
                         enter=motion("rise")),
                    *_snow(shape),
                ],
                "effects": [effect("sparkle", 0.3, -12), effect("wind", 0.5, -26)],
                "description": "Snow falls on white hills and trees under a moon; between them stands who wishes.",
            }
        ],
    }  # fmt: skip


DESIGNS = (
    Design(
        "invitation", "Event invitation", "Invite people to a party, a supper or a wedding: who, when and where.",
        "celebration", ("event", "party", "wedding", "save the date", "rsvp"), _invitation, 3.5,
    ),
    Design(
        "holiday-wishes", "Holiday wishes", "Send wishes for the season from a snowy winter night.",
        "celebration", ("christmas", "new year", "winter", "snow", "season"), _holiday, 5.0,
    ),
)  # fmt: skip
