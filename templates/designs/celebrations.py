"""Parties: a birthday, a prize."""

from __future__ import annotations

import math
from dataclasses import replace

from templates.design import Design, Json, Shape, colour_variable, picture_variable, text_variable
from templates.kit import (
    BERRY,
    NARROW,
    PLUM,
    SCRIPT,
    at,
    block,
    captions,
    disc,
    effect,
    emoji,
    gradient,
    motion,
    person,
    quiet_captions,
    sides,
    text,
)


def _balloon(shape: Shape, x: float, y: float, colour: str, start_s: float) -> list[Json]:
    """Return a balloon and its string, which rise from below."""
    rising = {"start": start_s, "enter": motion("slide-up", 1.6), "exit": motion("fade", 0.3)}
    size = shape.pick(0.17, 0.2, 0.15)
    across, down = shape.pick((0.95 * size * 9 / 16, size), (size, 1.06 * size * 9 / 16), (size, 1.06 * size))
    string = block(at(x, y + 0.95 * down), 0.003, 0.95 * down, "#ffffff66", **rising)
    return [
        string,
        block(at(x, y), across, 1.12 * down, colour, **{**rising, "shape": "ellipse"}),
        block(at(x - across / 4, y - down / 4), across / 6, down / 3, "#ffffff70", **{
            **rising, "shape": "ellipse", "rotation_deg": 24}),
    ]  # fmt: skip


def _scallops(shape: Shape, edge: float, colour: str) -> list[Json]:
    """Return the trimming of a tablecloth: half discs in a row below its edge, under a strip."""
    number = shape.pick(20, 10, 14)
    across, down = sides(shape)
    height = 0.5 * across / number / down
    row = [
        block(at((step + 0.5) / number, edge + 0.014), 1 / number, height, colour, shape="ellipse")
        for step in range(number)
    ]
    return [*row, block(at(0.5, edge, "top"), 1.02, 0.014, colour)]


def _birthday(shape: Shape) -> Json:
    """Return a party: balloons rise on both sides of whoever speaks, before a title that fills the canvas."""
    colours = replace(PLUM, main="{{colour}}")
    spots = shape.pick(
        [(0.1, 0.2), (0.21, 0.36), (0.9, 0.18), (0.79, 0.34), (0.95, 0.42), (0.05, 0.46)],
        [(0.13, 0.26), (0.9, 0.24), (0.09, 0.41), (0.94, 0.39)],
        [(0.12, 0.24), (0.89, 0.22), (0.07, 0.45), (0.94, 0.43)],
    )
    tints = ("#ff4d8d", "#ffca57", "#39c5bb", "{{colour}}", "#ff8a3d", "#7fb2ff")
    balloons = [
        part
        for number, (x, y) in enumerate(spots)
        for part in _balloon(shape, x, y, tints[number], round(0.2 + 0.25 * number, 2))
    ]
    name = text(
        "{{name}}", at(0.5, shape.pick(0.1, 0.13, 0.1)), shape.pick(0.11, 0.15, 0.12), SCRIPT.title, colours.accent,
        width=shape.pick(0.6, 0.84, 0.86), height=shape.pick(0.16, 0.15, 0.17), start=0.3, enter=motion("pop", 0.6),
        shadow=0.4,
    )  # fmt: skip
    edge = shape.pick(0.77, 0.655, 0.765)
    table = [
        block(at(0.5, edge, "top"), 1.02, 1.02 - edge, "#fff3e2"),
        *(disc(shape, at((step % 6 + 0.25 + step // 6 * 0.5) / 6, 0.84 + step // 6 * 0.07), 0.07, "#ffe0bd")
          for step in range(shape.pick(0, 12, 0))),
        *_scallops(shape, edge, colours.accent),
        emoji("🎁", shape.pick(at(0.17, 0.74), at(0.17, 0.61), at(0.14, 0.73)), shape.pick(0.2, 0.24, 0.18), start=1.2),
        emoji("🎂", shape.pick(at(0.82, 0.7), at(0.81, 0.595), at(0.84, 0.7)), shape.pick(0.28, 0.32, 0.25), start=0.8),
    ]  # fmt: skip
    cake = emoji("🎂", at(0.5, shape.pick(0.68, 0.63, 0.64)), shape.pick(0.34, 0.46, 0.36), start=0.5)
    opening = [
        text("Happy birthday,", at(0.5, shape.pick(0.15, 0.27, 0.17)), shape.pick(0.1, 0.11, 0.1), SCRIPT.title,
             colours.ink, width=0.86, start=0.2, enter=motion("pop", 0.5)),
        text("{{name}}!", at(0.5, shape.pick(0.37, 0.4, 0.38)), shape.pick(0.19, 0.2, 0.18), SCRIPT.title,
             colours.accent, width=0.86, height=shape.pick(0.27, 0.2, 0.25), start=0.7, enter=motion("pop", 0.6)),
        cake,
    ]  # fmt: skip
    return {
        "variables": {
            "name": text_variable("Amara", "Whose birthday it is.", max_length=40),
            "message": text_variable(
                "Today the whole world turns around you. May your cake be large, your candles bright, and every wish "
                "come true!",
                "What is wished.", max_length=400,
            ),
            "picture": picture_variable("avatar:adaeze"),
            "colour": colour_variable("#7c4dff", "One of the balloons, and the light."),
        },
        "captions": quiet_captions(shape, BERRY, "Nunito"),
        "music": {"source": "birthday", "volume_db": -9},
        "scenes": [
            {
                "id": "title",
                "duration_s": 3,
                "background": gradient(colours.paper, "{{colour}}"),
                "overlays": opening,
                "effects": [effect("tada", 0.3, -8), effect("pop", 0.5)],
                "description": "Happy birthday in large letters, over a cake with candles.",
            },
            {
                "id": "wishes",
                "background": gradient(colours.paper, "{{colour}}"),
                "avatars": [
                    person("{{picture}}", "box", shape.pick((0.5, 0.5), (0.5, 0.445), (0.5, 0.5)),
                           shape.pick(0.68, 0.84, 0.68), cut_out=True, style="lively", expression="happy")
                ],
                "script": "[happy] Happy birthday, {{name}}! [laugh] [pause 0.4s] {{message}}",
                "overlays": [*balloons, *table, name],
                "effects": [effect("applause", "end-2.5", -10)],
                "transition": {"kind": "circle", "duration_s": 0.7},
                "description": "Whoever wishes, behind a table with a cake and a present; balloons rise.",
            },
        ],
    }  # fmt: skip


def _congratulations(shape: Shape) -> Json:
    """Return a stage: a drum roll in the dark, then a medal with whoever has earned it."""
    gold, dark = "{{colour}}", "#0f1a17"
    middle = shape.pick((0.27, 0.45), (0.5, 0.33), (0.5, 0.32))
    size = shape.pick(0.6, 0.56, 0.44)
    across, down = sides(shape)
    stars = []
    for number, angle_deg in enumerate((-152, -128, -109, -90, -71, -52, -28)):
        reach, star = 0.62 * size, size * (0.1, 0.13, 0.15, 0.18, 0.15, 0.13, 0.1)[number]
        spot = (
            round(middle[0] + reach * math.cos(math.radians(angle_deg)) / across, 4),
            round(middle[1] + reach * math.sin(math.radians(angle_deg)) / down, 4),
        )
        stars.append(
            block(at(*spot), star / across, star / down, gold, shape="star", start=round(0.5 + 0.12 * number, 2),
                  enter=motion("pop", 0.5), rotation_deg=angle_deg + 90)
        )  # fmt: skip
    side = shape.pick("left", "centre")
    column = shape.pick(0.53, 0.5)
    lines = [
        text("CONGRATULATIONS", at(column, shape.pick(0.25, 0.085, 0.615), side), shape.pick(0.062, 0.075, 0.06),
             NARROW.title, gold, weight=400, start=0.4, width=0.84, enter=motion("rise")),
        text("{{name}}", at(column, shape.pick(0.39, 0.548, 0.685), side), shape.pick(0.125, 0.125, 0.105),
             NARROW.title, "white", line_height=1.05, align=side, width=shape.pick(0.41, 0.84, 0.86),
             height=shape.pick(0.17, 0.07, 0.1), start=0.7, enter=motion("rise")),
        text("{{achievement}}", at(column, shape.pick(0.5, 0.596, 0.755), shape.pick("top-left", "top")),
             shape.pick(0.055, 0.05, 0.046), "Montserrat", "#ffffffd0", weight=400, align=side,
             width=shape.pick(0.4, 0.82, 0.84), height=shape.pick(0.24, 0.07, 0.06), start=1.1, enter=motion("rise")),
    ]  # fmt: skip
    return {
        "variables": {
            "name": text_variable("Kagiso Dube", "Who is congratulated.", max_length=40),
            "achievement": text_variable(
                "First prize in the regional science fair", "What for, in a few words.", max_length=90
            ),
            "message": text_variable(
                "You have worked for this for months, and nobody deserves it more. We are so proud of you!",
                "What is said.", max_length=400,
            ),
            "picture": picture_variable("avatar:kagiso", "Who speaks, or is celebrated: a photo, or a drawn avatar."),
            "colour": colour_variable("#f2c14e"),
        },
        "captions": captions(shape, PLUM, "Montserrat", size=shape.pick(0.045, 0.05, 0.046), highlight=gold),
        "music": {"source": "inspiring", "volume_db": -10, "from_scene": "medal"},
        "scenes": [
            {
                "id": "drums",
                "duration_s": 2.6,
                "background": dark,
                "overlays": [text("And the applause goes to …", "centre", shape.pick(0.075, 0.09, 0.08), "Montserrat",
                                  "white", weight=400, width=0.74, start=0.2, enter=motion("words", 1.2))],
                "effects": [effect("drum-roll", 0, -9)],
                "description": "A dark stage.",
            },
            {
                "id": "medal",
                "background": gradient("#1f3a33", dark),
                "avatars": [
                    person("{{picture}}", "circle", middle, size, border=0.022, border_colour=gold, shadow=True,
                           expression="happy", style="lively")
                ],
                "script": "[happy] Congratulations, {{name}}! [pause 0.3s] {{message}}",
                "overlays": [*stars, *lines],
                "effects": [effect("firework", 0.2, -9), effect("applause", "end-3", -10)],
                "transition": {"kind": "circle", "duration_s": 0.6},
                "description": "A portrait in a golden ring with stars around it, and what it was earned for.",
            },
        ],
    }  # fmt: skip


DESIGNS = (
    Design(
        "birthday", "Birthday party", "Wish a happy birthday between balloons, with a cake and applause.",
        "celebration", ("birthday", "party", "cake", "balloons"), _birthday, 6.2,
    ),
    Design(
        "congratulations", "Congratulations", "A drum roll, and then a medal for somebody who has earned it.",
        "celebration", ("award", "graduation", "prize", "success"), _congratulations, 6.5,
    ),
)  # fmt: skip
