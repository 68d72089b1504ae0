"""What is new: the news, the weather."""

from __future__ import annotations

from templates.design import Design, Json, Shape, colour_variable, image_variable, picture_variable, text_variable
from templates.kit import (
    FRIENDLY,
    NARROW,
    SKY,
    at,
    block,
    captions,
    disc,
    effect,
    gradient,
    motion,
    person,
    photo,
    sides,
    text,
)
from templates.pictures import picture_path

NAVY, NAVY_LIGHT = "#07142e", "#16407e"

SKIES = ("☀️", "⛅", "☁️", "🌧️", "⛈️", "❄️")
"""What the sky can be."""


def _globe(shape: Shape, place: tuple[float, float], size: float) -> list[Json]:
    """Return the lines of a globe; size is of the canvas's shorter side."""
    across, down = sides(shape)
    lines = {"stroke": "#6fa4ff2c", "stroke_width": 0.003}
    return [
        *(block(at(*place), part * size / across, size / down, "#00000000", shape="ellipse", **lines)
          for part in (1.0, 0.66, 0.25)),
        *(block(at(*place), part * size / across, tall * size / down, "#00000000", shape="ellipse", **lines)
          for part, tall in ((1.0, 0.3), (0.86, 0.7))),
    ]  # fmt: skip


def _headlines(shape: Shape, y: float, height: float) -> list[Json]:
    """Return the strip at the foot, in which three short headlines follow each other as if they were typed."""
    tag = shape.pick(0.13, 0.24, 0.2)
    spans = (("0", "33%"), ("33%", "66%"), ("66%", "end"))
    size = shape.pick(0.04, 0.042, 0.038)
    return [
        block(at(0, y, "top-left"), 1, height, "#ffffff"),
        block(at(0, y, "top-left"), tag, height, "{{colour}}"),
        text("LATEST", at(tag / 2, y + height / 2), size, NARROW.title, "white", width=0.9 * tag),
        *(
            text(f"{{{{headline_{number + 1}}}}}", at(tag + shape.pick(0.02, 0.03, 0.025), y + height / 2, "left"),
                 size, NARROW.text, NAVY, weight=400, width=1 - tag - shape.pick(0.06, 0.06, 0.05), height=height,
                 align="left", start=start, end=end, enter=motion("typewriter", 1.2, "linear"))
            for number, (start, end) in enumerate(spans)
        ),
    ]  # fmt: skip


def _news(shape: Shape) -> Json:
    """Return a studio: an anchor before a globe, a screen with a photo, the headline on a strap, and a strip below."""
    strip = shape.pick((0.925, 0.075), (0.94, 0.06), (0.935, 0.065))
    screen = shape.pick((0.7, 0.33), (0.5, 0.225), (0.69, 0.3))
    frame = shape.pick((0.44, 0.54), (0.84, 0.35), (0.5, 0.5))
    strap_y = shape.pick(0.68, 0.8, 0.67)
    strap_tall = shape.pick(0.105, 0.12, 0.11)
    anchor = shape.pick(
        person("{{picture}}", "box", (0.24, 0.34), 0.68, cut_out=True),
        person("{{picture}}", "box", (0.5, 0.5975), 0.72, cut_out=True),
        person("{{picture}}", "full", (0.22, 0.48), 0.66, cut_out=True),
    )
    kicker = shape.pick(at(0.05, strap_y, "bottom-left"), at(0.06, strap_y, "left"), at(0.04, strap_y, "bottom-left"))
    strap = [
        block(at(0, strap_y, "top-left"), 1, 1 - strap_y, NAVY, start=0.5, enter=motion("slide-up", 0.5)),
        block(at(0, strap_y, "top-left"), 1, strap_tall, "{{colour}}", start=0.5, enter=motion("slide-right", 0.6)),
        block(at(0, strap_y + strap_tall, "top-left"), 1, shape.pick(0.008, 0.005, 0.007), "#ffffff", start=0.8,
              enter=motion("slide-left", 0.6)),
        text("{{headline}}", at(kicker["x"], strap_y + shape.pick(0.5, 0.57, 0.5) * strap_tall, "left"),
             shape.pick(0.07, 0.066, 0.06), NARROW.title, "white", align="left", line_height=1.1,
             width=shape.pick(0.9, 0.88, 0.92), height=shape.pick(0.86, 0.66, 0.86) * strap_tall, start=0.9,
             enter=motion("wipe", 0.7)),
        text("{{place}}", kicker, shape.pick(0.038, 0.042, 0.036), NARROW.text, NAVY, box="#ffffff", box_radius=0.0,
             padding=0.35, width=0.42, height=shape.pick(0.08, 0.055, 0.07), start=0.7, enter=motion("wipe", 0.4)),
        text("{{name}}", {**kicker, "x": 1 - kicker["x"], "anchor": kicker["anchor"].replace("left", "right")},
             shape.pick(0.038, 0.042, 0.036), NARROW.text, "white", box=NAVY, box_radius=0.0, padding=0.35, width=0.4,
             height=shape.pick(0.08, 0.055, 0.07), start=1.2, enter=motion("wipe", 0.4)),
    ]  # fmt: skip
    live = [
        text("● LIVE", shape.pick(at(0.95, 0.045, "top-right"), at(0.93, 0.055, "right"), at(0.95, 0.06, "right")),
             shape.pick(0.036, 0.042, 0.034), NARROW.title, "white", box="{{colour}}", box_radius=0.15, padding=0.35),
    ]  # fmt: skip
    stripes = [
        block(at(0.5, 0.5 + (number - 1) * 0.16), 1.4, 0.16, colour, rotation_deg=shape.pick(-8, -14, -11),
              start=round(0.12 * number, 2),
              enter=motion(("slide-right", "slide-left", "slide-right")[number], 0.5, "ease-in-out"))
        for number, colour in enumerate(("#ffffff", "{{colour}}", NAVY_LIGHT))
    ]  # fmt: skip
    title = [
        *_globe(shape, (0.5, 0.5), 1.3),
        *stripes,
        text(
            "{{programme}}",
            at(0.5, 0.5),
            shape.pick(0.16, 0.15, 0.14),
            NARROW.title,
            "white",
            width=0.86,
            height=0.15,
            rotation_deg=shape.pick(-8, -14, -11),
            start=0.5,
            enter=motion("zoom", 0.4),
        ),
    ]
    return {
        "variables": {
            "programme": text_variable("HARBOUR NEWS", "The programme's name.", max_length=24),
            "headline": text_variable("First ferry without fuel", "The headline.", max_length=80),
            "place": text_variable("PORT OF LINDAU", "Where it is.", max_length=30),
            "story": text_variable(
                "Good evening. This morning, the first ferry that runs on sun and wind alone has left the harbour. "
                "Four hundred people were on board, and the engine made no sound.", "What is told.", max_length=900,
            ),
            "name": text_variable("ANA TORRES", "Who reads the news.", max_length=40),
            "headline_1": text_variable("School choir wins in Vienna", "The first line below.", max_length=60),
            "headline_2": text_variable("Bridge to the island opens again", "The second one.", max_length=60),
            "headline_3": text_variable("Sunny weekend ahead", "The third one.", max_length=60),
            "image": image_variable(picture_path("ferry"), "What it is about: a wide photo."),
            "picture": picture_variable("avatar:ioanna", "Who reads the news: a photo, or a drawn avatar."),
            "colour": colour_variable("#c8102e"),
        },
        "captions": captions(shape, SKY, NARROW.text, style="block", look="box", box_colour="#07142ee0",
                             size=shape.pick(0.044, 0.052, 0.044),
                             **shape.pick({"offset": -0.012}, {}, {"offset": -0.005})),
        "music": {"source": "news", "volume_db": -12},
        "scenes": [
            {
                "id": "title",
                "duration_s": 2.6,
                "background": gradient(NAVY_LIGHT, NAVY, "diagonal"),
                "overlays": title,
                "effects": [effect("boom", 0.5, -10)],
                "description": "The name of the programme.",
            },
            {
                "id": "studio",
                "background": gradient(NAVY_LIGHT, NAVY),
                "avatars": [anchor],
                "script": "{{story}} [nod]",
                "overlays": [
                    photo("{{image}}", at(*screen), *frame, border=0.01, border_colour="#ffffff", pan_zoom=1.12,
                          start=0.2, enter=motion("slide-left", 0.6)),
                    *live, *strap, *_headlines(shape, *strip),
                ],
                "transition": {"kind": "wipe", "duration_s": 0.5},
                "description": "An anchor in a studio; a photo of the event, and its headline below.",
            },
        ],
    }  # fmt: skip


def _day(shape: Shape, number: int) -> list[Json]:
    """Return the forecast for a day on a card of its own."""
    width, height = shape.pick((0.155, 0.34), (0.27, 0.16), (0.27, 0.25))
    x = shape.pick(0.518 + 0.171 * number, 0.205 + 0.295 * number)
    y = shape.pick(0.6, 0.42, 0.62)
    moves = {"start": ("35%", "50%", "65%")[number], "enter": motion("slide-up", 0.6, "back")}
    emoji = {"start": moves["start"], "enter": moves["enter"], "size": shape.pick(0.12, 0.14, 0.1)}
    return [
        block(at(x, y), width, height, "#ffffffd8", radius=0.14, **moves),
        text(f"{{{{day_{number + 1}}}}}", at(x, y - 0.36 * height), shape.pick(0.038, 0.045, 0.036), FRIENDLY.title,
             SKY.ink, width=0.9 * width, height=0.05, **moves),
        {"kind": "emoji", "emoji": f"{{{{sky_{number + 1}}}}}", "place": at(x, y - 0.02 * height), **emoji},
        text(f"{{{{degrees_{number + 1}}}}}", at(x, y + 0.34 * height), shape.pick(0.06, 0.07, 0.055), FRIENDLY.title,
             SKY.main, width=0.9 * width, height=0.08, **moves),
    ]  # fmt: skip


def _weather(shape: Shape) -> Json:
    """Return a sky with a large sun, the degrees of today, and a card for each of three days."""
    number_at = shape.pick(at(0.44, 0.25, "left"), at(0.08, 0.215, "left"), at(0.07, 0.28, "left"))
    sign_at = shape.pick(at(0.8, 0.23), at(0.74, 0.19), at(0.46, 0.28))
    presenter = shape.pick(
        person("{{picture}}", "full", (0.2, 0.57), 0.86, cut_out=True, expression="happy"),
        person("{{picture}}", "circle", (0.5, 0.593), 0.29, border=0.014, expression="happy"),
        person("{{picture}}", "circle", (0.78, 0.27), 0.42, border=0.014, expression="happy"),
    )
    clouds = [
        block(at(x + right, y + down), 1.5 * size, size * shape.pick(1.1, 0.5, 0.9), "#ffffff3c", shape="ellipse")
        for x, y, size in shape.pick(((0.12, 0.12, 0.1), (0.62, 0.06, 0.08), (0.95, 0.45, 0.11)),
                                     ((0.15, 0.42, 0.22), (0.9, 0.1, 0.24)), ((0.1, 0.48, 0.14), (0.55, 0.06, 0.14)))
        for right, down in ((-0.4 * size, 0.0), (0.4 * size, 0.012))
    ]  # fmt: skip
    hills = [
        block(at(x, y), width, height, colour, shape="ellipse")
        for x, y, width, height, colour in shape.pick(
            ((0.95, 1.05, 0.9, 0.32, "#6fbf7a"), (0.5, 1.08, 0.9, 0.3, "#4fa565")),
            ((0.9, 0.99, 1.3, 0.36, "#6fbf7a"), (0.15, 1.03, 1.4, 0.36, "#4fa565")),
            ((0.9, 1.06, 1.2, 0.36, "#6fbf7a"), (0.2, 1.09, 1.3, 0.36, "#4fa565")),
        )
    ]
    today = [
        *clouds, *hills,
        disc(shape, sign_at, shape.pick(0.62, 0.6, 0.3), "#ffffff30", enter=motion("zoom", 0.8)),
        {"kind": "emoji", "emoji": "{{sky}}", "place": sign_at, "size": shape.pick(0.36, 0.38, 0.19), "start": 0.2,
         "wiggle": "float"},
        text("{{city}}", {**number_at, "y": shape.pick(0.09, 0.105, 0.11)}, shape.pick(0.06, 0.08, 0.06),
             FRIENDLY.title, "white", align="left", width=shape.pick(0.3, 0.84, 0.48), height=0.08, start=0.2,
             shadow=0.25, enter=motion("rise")),
        text("{{degrees}}", number_at, shape.pick(0.25, 0.27, 0.2), FRIENDLY.title, "white", start=0.4, shadow=0.25,
             width=shape.pick(0.28, 0.44, 0.3), height=0.28, enter=motion("rise")),
    ]  # fmt: skip
    days = (("Sat", "⛅", "19°"), ("Sun", "🌧️", "15°"), ("Mon", "☀️", "23°"))
    variables: Json = {}
    for number, (day, sky, degrees) in enumerate(days, 1):
        variables |= {
            f"day_{number}": text_variable(day, f"Day {number}.", max_length=12),
            f"sky_{number}": {"kind": "choice", "choices": list(SKIES), "default": sky, "description": "Its sky."},
            f"degrees_{number}": text_variable(degrees, "How warm it becomes.", max_length=6),
        }
    return {
        "variables": {
            "city": text_variable("Wellington", "Where.", max_length=40),
            "degrees": text_variable("21°", "How warm it is today.", max_length=6),
            "sky": {"kind": "choice", "choices": list(SKIES), "default": "☀️", "description": "The sky today."},
            "message": text_variable(
                "Today belongs to the sun: twenty-one degrees, and hardly any wind. Tomorrow brings some clouds, and "
                "on Sunday, you will want your umbrella. But Monday makes up for it!", "What is told.", max_length=600,
            ),
            **variables,
            "picture": picture_variable("avatar:koa"),
            "colour": colour_variable("#2f8fe0", "Of the sky."),
        },
        "captions": captions(shape, SKY, FRIENDLY.text, highlight="#ffe27a"),
        "music": {"source": "happy", "volume_db": -13},
        "scenes": [
            {
                "background": gradient("{{colour}}", "#bfe6ff"),
                "avatars": [presenter],
                "script": "[smile] Hello, {{city}}! {{message}} [nod]",
                "overlays": [*today, *(part for number in range(3) for part in _day(shape, number))],
                "effects": [effect("swish", moment, -16) for moment in ("35%", "50%", "65%")],
                "description": "The weather today in large numbers, and cards for the next three days.",
            }
        ],
    }  # fmt: skip


DESIGNS = (
    Design(
        "news", "Evening news", "Read a piece of news in a studio, with a photo, a headline, and a strip below.",
        "news", ("news", "anchor", "headline", "ticker", "breaking"), _news, 5.0, ("ferry",),
    ),
    Design(
        "weather", "Weather forecast", "Tell the weather of today, and of the next three days.",
        "news", ("weather", "forecast", "sun", "rain"), _weather, 9.5,
    ),
)  # fmt: skip
