"""People of a firm and around it: a customer's words, a first day."""

from __future__ import annotations

from templates.design import Design, Json, Shape, colour_variable, picture_variable, text_variable
from templates.kit import (
    EDITORIAL,
    FRIENDLY,
    HANDWRITTEN,
    LAVENDER,
    MINT,
    at,
    block,
    captions,
    effect,
    gradient,
    motion,
    person,
    text,
)


def _testimonial(shape: Shape) -> Json:
    """Return a quotation, set as in a magazine, beside a portrait that is larger than the canvas."""
    colour = "{{colour}}"
    middle = shape.pick((0.16, 0.52), (0.5, 0.2), (0.24, 0.24))
    size = shape.pick(1.0, 0.94, 0.64)
    x = shape.pick(0.49, 0.08, 0.08)
    top = shape.pick(0.25, 0.55, 0.6)
    stars = [
        block(at(*shape.pick((0.507 + 0.04 * number, 0.13), (0.115 + 0.075 * number, 0.485),
                             (0.66 + 0.068 * number, 0.08))),
              *shape.pick((0.032, 0.057), (0.062, 0.035), (0.055, 0.055)), LAVENDER.accent, shape="star",
              start=round(0.6 + 0.18 * number, 2), enter=motion("pop", 0.4, "back"))
        for number in range(5)
    ]  # fmt: skip
    words = [
        text("“", shape.pick(at(0.94, 0.02, "top-right"), at(0.92, 0.44, "top-right"), at(0.94, 0.2, "top-right")),
             shape.pick(0.6, 0.5, 0.5), EDITORIAL.title, "#6a3fc828", start=0.1, enter=motion("zoom", 0.6)),
        text("{{quote}}", at(x, top, "top-left"), shape.pick(0.072, 0.068, 0.06), EDITORIAL.title, LAVENDER.ink,
             align="left", line_height=1.22, width=shape.pick(0.45, 0.84), height=shape.pick(0.43, 0.25, 0.22),
             start=0.3, enter=motion("words", 5.5, "linear")),
        block(at(x, shape.pick(0.74, 0.835, 0.845), "left"), shape.pick(0.06, 0.14, 0.1), 0.008, colour, start="30%",
              enter=motion("wipe", 0.5)),
        text("{{name}}", at(x, shape.pick(0.8, 0.868, 0.885), "left"), shape.pick(0.05, 0.052, 0.046), EDITORIAL.text,
             LAVENDER.ink, align="left", width=shape.pick(0.45, 0.84),
             height=shape.pick(0.06, 0.032, 0.05), start="32%", enter=motion("rise")),
        text("{{role}}", at(x, shape.pick(0.865, 0.903, 0.938), "left"), shape.pick(0.04, 0.044, 0.038), EDITORIAL.text,
             colour, weight=400, align="left", width=shape.pick(0.45, 0.84),
             height=shape.pick(0.06, 0.032, 0.05), start="36%", enter=motion("rise")),
    ]  # fmt: skip
    return {
        "variables": {
            "quote": text_variable(
                "Our old website scared people away. They built a new one in two weeks, and explained everything in "
                "words that I understood. Now guests find us from everywhere.",
                "What the customer says: spoken and written.", max_length=260,
            ),
            "name": text_variable("Pasang Sherpa", "Who says it.", max_length=40),
            "role": text_variable("Owner, Hillside Tea House", "What that person is.", max_length=60),
            "picture": picture_variable("avatar:pasang"),
            "colour": colour_variable(LAVENDER.main),
        },
        "captions": {"shown": False},
        "music": {"source": "inspiring", "volume_db": -13},
        "scenes": [
            {
                "background": gradient("#ffffff", LAVENDER.soft, "diagonal"),
                "avatars": [
                    person("{{picture}}", "circle", middle, size, border=0.02, border_colour=colour, expression="happy",
                           close_up=False)
                ],
                "script": "[smile] {{quote}} [nod] [pause 0.8s]",
                "overlays": [*words, *stars],
                "effects": [effect("sparkle", 0.6, -18)],
                "description": "A quotation in large letters with five stars, beside the portrait of who says it.",
            }
        ],
    }  # fmt: skip


def _name_badge(shape: Shape) -> list[Json]:
    """Return the sticker that newcomers wear."""
    width, height = shape.pick((0.5, 0.62), (0.84, 0.36), (0.8, 0.62))
    top = 0.5 - height / 2
    drop = motion("slide-down", 0.7, "bounce")
    return [
        block("centre", width, height, "{{colour}}", radius=0.09, enter=drop, start=0.1),
        block(at(0.5, 0.5 + 0.11 * height), width - shape.pick(0.02, 0.04, 0.035), 0.6 * height, "#ffffff",
              enter=drop, start=0.1),
        text("HELLO", at(0.5, top + 0.115 * height), shape.pick(0.09, 0.1, 0.09), FRIENDLY.title, "white", start=0.5),
        text("my name is", at(0.5, top + 0.235 * height), shape.pick(0.045, 0.05, 0.045), FRIENDLY.text, "white",
             start=0.6),
        text("{{name}}", at(0.5, 0.5 + 0.11 * height), shape.pick(0.2, 0.22, 0.2), HANDWRITTEN.title, MINT.ink,
             rotation_deg=-4, width=0.86 * width, height=0.5 * height, line_height=0.95, start=1,
             enter=motion("wipe", 0.8)),
    ]  # fmt: skip


def _team_welcome(shape: Shape) -> Json:
    """Return a first day: a name badge, and a list that is ticked off while somebody tells what comes."""
    board = shape.pick((0.46, 0.09, 0.49, 0.66), (0.07, 0.08, 0.86, 0.3), (0.05, 0.05, 0.9, 0.35))
    x, y, width, height = board
    left = x + shape.pick(0.035, 0.055, 0.05)
    rows: list[Json] = []
    for number in range(3):
        down = y + height * (0.43 + 0.215 * number)
        box = shape.pick(0.075, 0.085, 0.065)
        start = ("30%", "50%", "70%")[number]
        across, tall = shape.pick((box * 9 / 16, box), (box, box * 9 / 16), (box, box))
        rows += [
            block(at(left, down, "left"), across, tall, "#ffffff", stroke=MINT.main, stroke_width=0.006, radius=0.25),
            text(f"{{{{step_{number + 1}}}}}", at(left + 1.5 * across, down, "left"), shape.pick(0.046, 0.043, 0.042),
                 FRIENDLY.text, MINT.ink, align="left", width=width - 1.5 * across - shape.pick(0.07, 0.1, 0.1),
                 height=0.2 * height, start=0.4, line_height=1.1),
            {"kind": "emoji", "emoji": "✅", "place": at(left + across / 2, down), "size": 1.12 * box, "start": start},
        ]  # fmt: skip
    plan = [
        block(at(x, y + shape.pick(0.015, 0.009, 0.014), "top-left"), width, height, "#0f2f2e28", radius=0.06),
        block(at(x, y, "top-left"), width, height, "#ffffff", radius=0.06),
        text("{{name}}, your first day", at(left, y + 0.17 * height, "left"), shape.pick(0.07, 0.075, 0.062),
             FRIENDLY.title, "{{colour}}", align="left", width=width - shape.pick(0.07, 0.11, 0.1),
             height=0.22 * height, start=0.2, enter=motion("rise")),
        *rows,
    ]  # fmt: skip
    presenter = shape.pick(
        person("{{picture}}", "full", (0.23, 0.57), 0.86, cut_out=True, style="lively", expression="happy"),
        person("{{picture}}", "full", (0.5, 0.59), 0.5, cut_out=True, style="lively", expression="happy"),
        person("{{picture}}", "full", (0.5, 0.72), 0.56, cut_out=True, style="lively", expression="happy"),
    )
    desk = [] if shape.name != "portrait" else [
        block(at(0, 0.82, "top-left"), 1, 0.18, "#c98f5a"),
        block(at(0, 0.82, "top-left"), 1, 0.012, "#dba972"),
        *(
            {"kind": "emoji", "emoji": emoji, "place": at(x, 0.828, "bottom"), "size": size,
             "start": round(0.3 + 0.2 * number, 1)}
            for number, (emoji, x, size) in enumerate((("💻", 0.18, 0.2), ("🪴", 0.87, 0.18)))
        ),
    ]  # fmt: skip
    return {
        "variables": {
            "name": text_variable("Jonas", "Who is new.", max_length=40),
            "company": text_variable("the Lighthouse team", "Where.", max_length=60),
            "step_1": text_variable("Get your laptop and your key", "What comes first.", max_length=60),
            "step_2": text_variable("Lunch with everybody at noon", "What comes next.", max_length=60),
            "step_3": text_variable("Meet your buddy Leyla", "And then.", max_length=60),
            "picture": picture_variable("avatar:ishani"),
            "colour": colour_variable("#e2503f", "Of the badge."),
        },
        "captions": captions(shape, MINT, FRIENDLY.text, highlight="#ffd778"),
        "music": {"source": "happy", "volume_db": -12},
        "scenes": [
            {
                "id": "badge",
                "duration_s": 3,
                "background": gradient(MINT.main, "#14a08f", "diagonal"),
                "overlays": _name_badge(shape),
                "effects": [effect("pop", 0.4, -10), effect("tada", 1, -14)],
                "description": "A name badge that says hello.",
            },
            {
                "id": "plan",
                "background": gradient(MINT.soft, "#7fd0c0"),
                "avatars": [presenter],
                "script": "[happy] Welcome, {{name}}! How good to have you in {{company}}. This is your first day. "
                "{{step_1}}. [nod] {{step_2}}. {{step_3}}. And if you have a question: ask!",
                "overlays": [*plan, *desk],
                "effects": [effect("correct", moment, -18) for moment in ("30%", "50%", "70%")],
                "transition": {"kind": "slide", "direction": "up", "duration_s": 0.6},
                "description": "A colleague tells what the first day brings; it is ticked off on a list.",
            },
        ],
    }  # fmt: skip


DESIGNS = (
    Design(
        "testimonial", "What a customer says", "A customer's words, set as in a magazine, with five stars.",
        "business", ("review", "quote", "customer", "stars"), _testimonial, 7.0,
    ),
    Design(
        "team-welcome", "First day", "Welcome somebody to the team: a name badge, and what the first day brings.",
        "welcome", ("onboarding", "colleague", "team", "checklist"), _team_welcome, 9.0,
    ),
)  # fmt: skip
