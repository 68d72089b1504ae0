"""Firms: a vacancy, an introduction."""

from __future__ import annotations

from dataclasses import replace

from templates.design import Design, Json, Shape, colour_variable, picture_variable, text_variable
from templates.kit import (
    HANDWRITTEN,
    MODERN,
    SKY,
    SQUARE,
    at,
    block,
    captions,
    disc,
    effect,
    gradient,
    motion,
    name_strap,
    person,
    text,
)


def _sheet_of_paper(shape: Shape, box: tuple[float, float, float, float]) -> list[Json]:
    """Return a sheet that is pinned to a board, with strips to tear off below; box is x, y, width and height."""
    x, y, width, height = box
    strips = shape.pick(8, 6, 6)
    strip = width / strips
    parts = [
        block(at(x + 0.006, y + 0.012, "top-left"), width, height, "#00000030"),
        block(at(x, y, "top-left"), width, height, "#fffdf6"),
    ]
    tall = shape.pick(0.14, 0.09, 0.12)
    for number in range(strips):
        torn = number == strips - 2
        left = x + strip * (number + 0.5)
        if torn:
            continue
        parts.append(block(at(left, y + height, "top"), 0.94 * strip, tall, "#fffdf6",
                           rotation_deg=(-1.5, 1, 0, 2)[number % 4]))  # fmt: skip
        parts.append(text("{{contact}}", at(left, y + height + tall / 2), shape.pick(0.021, 0.023, 0.02), SQUARE.text,
                          "#5b5347", weight=400, rotation_deg=90, width=shape.pick(0.075, 0.15, 0.115),
                          height=shape.pick(0.05, 0.05, 0.07), line_height=1.05))  # fmt: skip
    pin = at(x + width / 2, y + 0.01)
    parts += [disc(shape, pin, 0.04, "#b5271d"), disc(shape, pin, 0.022, "{{colour}}")]
    return parts


def _job_post(shape: Shape) -> Json:
    """Return a note on a cork board, with strips to tear off, and a photo beside it."""
    box = shape.pick((0.06, 0.07, 0.5, 0.6), (0.09, 0.09, 0.82, 0.3), (0.05, 0.06, 0.58, 0.55))
    x, y, width, height = box
    left = x + shape.pick(0.035, 0.06, 0.04)
    inner = width - shape.pick(0.07, 0.12, 0.08)
    ink = "#2b2620"
    facts: list[Json] = []
    for number, (emoji, name) in enumerate((("📍", "place"), ("🕐", "hours"), ("💶", "pay"))):
        down = y + height * shape.pick(0.56, 0.62, 0.56) + number * shape.pick(0.09, 0.038, 0.075)
        size = shape.pick(0.049, 0.046, 0.034)
        start = ("22%", "38%", "54%")[number]
        facts += [
            {"kind": "emoji", "emoji": emoji, "place": at(left, down, "left"), "size": 1.3 * size, "start": start},
            text(f"{{{{{name}}}}}", at(left + shape.pick(0.042, 0.08, 0.07), down, "left"), size, SQUARE.text, ink,
                 weight=400, align="left", width=inner - shape.pick(0.042, 0.08, 0.07),
                 height=shape.pick(0.085, 0.036, 0.07), start=start, enter=motion("wipe", 0.6)),
        ]  # fmt: skip
    words = [
        text("We are hiring!", at(left, y + height * 0.15, "left"), shape.pick(0.075, 0.085, 0.075), HANDWRITTEN.title,
             "{{colour}}", start=0.2, enter=motion("wipe", 0.7)),
        text("{{job}}", at(left, y + height * 0.25, "top-left"), shape.pick(0.085, 0.095, 0.075), SQUARE.title, ink,
             align="left", line_height=1.05, width=inner, height=height * shape.pick(0.25, 0.29, 0.25), start=0.5,
             enter=motion("rise")),
        text("{{company}}", shape.pick(at(0.785, 0.72, "top"), at(0.68, 0.575), at(0.815, 0.645, "top")),
             shape.pick(0.055, 0.07, 0.048), HANDWRITTEN.title, ink, rotation_deg=-2,
             width=shape.pick(0.28, 0.44, 0.3), height=0.09, start=0.8),
    ]  # fmt: skip
    if shape.name == "portrait":
        tilted = {"rotation_deg": 2, "start": "end-5", "enter": motion("pop", 0.4)}
        words += [
            block(at(0.5, 0.87), 0.7, 0.11, "#ffe27a", **tilted),
            text("{{contact}}", at(0.5, 0.87), 0.075, HANDWRITTEN.title, ink, width=0.62, height=0.08, **tilted),
        ]
    photo_at = shape.pick((0.785, 0.4), (0.27, 0.575), (0.815, 0.44))
    pin = at(photo_at[0], photo_at[1] - shape.pick(0.31, 0.087, 0.18))
    return {
        "variables": {
            "job": text_variable("Bicycle mechanic", "Who is looked for.", max_length=60),
            "company": text_variable("Bright Wheels", "Who is looking.", max_length=40),
            "place": text_variable("Workshop in the old harbour", "Where it is.", max_length=60),
            "hours": text_variable("32 hours a week, no Mondays", "When work is.", max_length=60),
            "pay": text_variable("From 3,400 a month", "What is paid.", max_length=60),
            "contact": text_variable("jobs@example.org", "Where to write: stands on the strips, too.", max_length=40),
            "picture": picture_variable("avatar:tesfaye"),
            "colour": colour_variable("#d9432f", "Of the pins and the handwriting."),
        },
        "captions": captions(shape, SKY, SQUARE.text, highlight="#ffd778"),
        "music": {"source": "acoustic", "volume_db": -11},
        "scenes": [
            {
                "background": gradient("#d6a873", "#b98550", "diagonal"),
                "avatars": [
                    person("{{picture}}", "rounded", photo_at, shape.pick(0.56, 0.27, 0.34),
                           aspect=shape.pick(0.84, 1.0, 0.84), radius=0.01, border=0.02, border_colour="#fffdf6",
                           shadow=True)
                ],
                "script": "[smile] Hello! We at {{company}} are looking for you: {{job}}. {{place}}. [nod] {{hours}}. "
                "{{pay}}. Take a strip, and write to us!",
                "overlays": [
                    *_sheet_of_paper(shape, box), *words, *facts,
                    disc(shape, pin, 0.034, "#00000040"), disc(shape, pin, 0.03, "#2f6fb5"),
                ],
                "effects": [effect("knock", 0, -16, end_s=0.4), effect("page-turn", 0.4, -12)],
                "description": "A cork board with a vacancy on a sheet of paper, strips to tear off below it, and a "
                "portrait.",
            }
        ],
    }  # fmt: skip


def _company_intro(shape: Shape) -> Json:
    """Return a firm in three steps: its name on moving blocks, somebody who tells, and three numbers."""
    colour = "{{colour}}"
    grid = shape.pick(
        ((0.0, 0.0, 0.25, 0.5), (0.25, 0.5, 0.25, 0.5), (0.75, 0.0, 0.25, 0.5), (0.5, 0.5, 0.25, 0.5)),
        ((0.0, 0.0, 0.5, 0.25), (0.5, 0.25, 0.5, 0.1), (0.0, 0.65, 0.5, 0.1), (0.5, 0.75, 0.5, 0.25)),
        ((0.0, 0.0, 0.5, 0.3), (0.5, 0.0, 0.5, 0.1), (0.0, 0.9, 0.5, 0.1), (0.5, 0.7, 0.5, 0.3)),
    )
    tints = (colour, SKY.soft, SKY.accent, SKY.ink)
    blocks = [
        block(at(x, y, "top-left"), width, height, tints[number], start=round(0.1 * number, 1),
              enter=motion(("slide-down", "slide-right", "slide-left", "slide-up")[number], 0.6, "ease-in-out"))
        for number, (x, y, width, height) in enumerate(grid)
    ]  # fmt: skip
    opening = [
        *blocks,
        text("{{company}}", at(0.5, 0.56, "bottom"), shape.pick(0.16, 0.16, 0.15), MODERN.title, SKY.ink, box="#ffffff",
             box_radius=0.0, padding=0.5, width=shape.pick(0.7, 0.76), height=0.36, start=0.6,
             enter=motion("wipe", 0.6)),
        text("{{slogan}}", at(0.5, 0.59, "top"), shape.pick(0.05, 0.055, 0.05), MODERN.text, "white",
             weight=400, box=SKY.ink, box_radius=0.0, padding=0.6, width=shape.pick(0.7, 0.76), height=0.16, start=1.1,
             enter=motion("rise")),
    ]  # fmt: skip
    figures: list[Json] = []
    for number, tint in enumerate((colour, SKY.ink, SKY.accent)):
        start = round(0.2 + 0.5 * number, 1)
        # Columns where it is wide, rows where it is high.
        place, width, height = shape.pick(
            (at(number / 3, 0, "top-left"), 1 / 3 + 0.002, 1.0),
            (at(0, number / 3, "top-left"), 1.0, 1 / 3 + 0.002),
        )
        x, y = shape.pick(((number + 0.5) / 3, 0.4), (0.5, (number + 0.5) / 3 - 0.03))
        figures += [
            block(place, width, height, tint, start=start, enter=motion(shape.pick("slide-up", "slide-left"), 0.5)),
            text(f"{{{{number_{number + 1}}}}}", at(x, y), shape.pick(0.22, 0.2, 0.15), MODERN.title, "white",
                 width=shape.pick(0.29, 0.84), height=0.2, start=round(start + 0.3, 1),
                 enter=motion("pop", 0.4, "back")),
            text(f"{{{{what_{number + 1}}}}}", at(x, y + shape.pick(0.15, 0.085, 0.11), shape.pick("top", "centre")),
                 shape.pick(0.052, 0.055, 0.048), MODERN.text, "white", weight=400, width=shape.pick(0.27, 0.84),
                 height=shape.pick(0.26, 0.08), start=round(start + 0.5, 1), enter=motion("rise")),
        ]  # fmt: skip
    strap = [name_strap(shape, "{{name}}", "{{role}}", replace(SKY, main=colour), MODERN.text, box=SKY.ink,
                        place=at(0.09, 0.73, "bottom-left"), size=0.044)]  # fmt: skip
    if shape.name == "portrait":
        strap = [
            block(at(0, 0.79, "top-left"), 1, 0.21, colour),
            block(at(0, 0.79, "top-left"), 1, 0.008, SKY.accent, start=0.4, enter=motion("wipe", 0.8)),
            text("{{name}}", at(0.08, 0.845, "left"), 0.07, MODERN.title, "white", align="left", width=0.84,
                 height=0.04, start=0.5, enter=motion("rise")),
            text("{{role}}", at(0.08, 0.89, "left"), 0.048, MODERN.text, "white", weight=400, align="left", width=0.84,
                 height=0.035, start=0.7, enter=motion("rise")),
        ]  # fmt: skip
    bars = shape.pick(
        [(0.0, 0.0, 0.03, 1.0), (0.03, 0.0, 0.012, 0.5)],
        [(0.0, 0.0, 1.0, 0.03), (0.0, 0.03, 0.5, 0.01)],
        [(0.0, 0.0, 0.03, 1.0), (0.03, 0.0, 0.015, 0.5)],
    )
    accents = [
        block(at(x, y, "top-left"), width, height, (colour, SKY.accent)[number], enter=motion("wipe", 0.6))
        for number, (x, y, width, height) in enumerate(bars)
    ]
    headline = text(
        "{{slogan}}", shape.pick(at(0.09, 0.3, "left"), at(0.5, 0.13), at(0.09, 0.27, "left")),
        shape.pick(0.1, 0.085, 0.08), MODERN.title, SKY.ink, align=shape.pick("left", "centre", "left"),
        line_height=1.08, width=shape.pick(0.42, 0.84, 0.44), height=shape.pick(0.42, 0.13, 0.44),
        start=0.5, enter=motion("words", 1.4),
    )  # fmt: skip
    return {
        "variables": {
            "company": text_variable("Northlight", "The firm's name.", max_length=40),
            "slogan": text_variable("Solar roofs for every street", "What it does, in a line.", max_length=80),
            "name": text_variable("Kanya Boonmee", "Who speaks.", max_length=40),
            "role": text_variable("Founder", "What that person is.", max_length=40),
            "message": text_variable(
                "We began with one roof and a ladder. Today we bring light to whole streets, and we train everybody "
                "who wants to join us.", "What is told.", max_length=500,
            ),
            **{
                key: text_variable(default, description, max_length=length)
                for key, default, description, length in (
                    ("number_1", "1,200", "A number to be proud of.", 8),
                    ("what_1", "roofs so far", "What it counts.", 40),
                    ("number_2", "38", "Another one.", 8),
                    ("what_2", "people in our team", "What that counts.", 40),
                    ("number_3", "9", "And one more.", 8),
                    ("what_3", "cities, and growing", "What that counts.", 40),
                )
            },
            "picture": picture_variable("avatar:mai"),
            "colour": colour_variable(SKY.main),
        },
        "captions": captions(shape, SKY, MODERN.text, look="box", box_colour="#0d2240e0", highlight="#ffb38f"),
        "music": {"source": "corporate", "volume_db": -10},
        "scenes": [
            {
                "id": "name",
                "duration_s": 3,
                "background": SKY.paper,
                "overlays": opening,
                "effects": [effect("whoosh", 0, -14)],
                "description": "The firm's name between coloured blocks.",
            },
            {
                "id": "story",
                "background": gradient("#ffffff", SKY.soft),
                "avatars": [
                    shape.pick(
                        person("{{picture}}", "full", (0.74, 0.56), 0.88, cut_out=True),
                        person("{{picture}}", "full", (0.5, 0.5), 0.62, cut_out=True),
                        person("{{picture}}", "full", (0.76, 0.66), 0.68, cut_out=True),
                    )
                ],
                "script": "[smile] {{message}} [nod]",
                "overlays": [*accents, headline, *strap],
                "transition": {"kind": "slide", "duration_s": 0.5},
                "description": "Somebody tells about the firm.",
            },
            {
                "id": "numbers",
                "duration_s": 5,
                "background": SKY.paper,
                "overlays": figures,
                "effects": [effect("pop", moment, -12) for moment in (0.5, 1, 1.5)],
                "transition": {"kind": "slide", "duration_s": 0.5},
                "description": "Three numbers on three fields.",
            },
        ],
    }  # fmt: skip


DESIGNS = (
    Design(
        "job-post", "Notice on a board", "Look for somebody new, with a note that has strips to tear off.",
        "business", ("job", "hiring", "vacancy", "recruiting"), _job_post, 9.0,
    ),
    Design(
        "company-intro", "Company in numbers", "Tell who you are: a name, a face, and three numbers.",
        "business", ("company", "about us", "startup", "founder"), _company_intro, 5.5,
    ),
)  # fmt: skip
