"""Things to buy: a product, an offer."""

from __future__ import annotations

from dataclasses import replace

from templates.design import Design, Json, Shape, colour_variable, image_variable, picture_variable, text_variable
from templates.kit import (
    COAL,
    POSTER,
    SQUARE,
    SUN,
    at,
    block,
    captions,
    disc,
    effect,
    gradient,
    label,
    motion,
    person,
    photo,
    text,
)
from templates.pictures import picture_path


def _callouts(shape: Shape, words: tuple[str, ...], colour: str) -> list[Json]:
    """Return what a product can do, each on a line that leads to it, one after the other."""
    spots = shape.pick(
        ((0.5, 0.24), (0.52, 0.45), (0.5, 0.66)),
        ((0.06, 0.19), (0.94, 0.28), (0.06, 0.42)),
        ((0.6, 0.23), (0.63, 0.365), (0.6, 0.5)),
    )
    parts: list[Json] = []
    for number, (x, y) in enumerate(spots):
        start = ("12%", "34%", "56%")[number]
        side = "right" if x > 0.9 else "left"
        if shape.name != "portrait":
            parts.append(block(at(x, y, "right"), 0.07, shape.pick(0.006, 0.005), colour, start=start,
                               enter=motion("wipe", 0.4)))  # fmt: skip
        parts.append(
            text(words[number], at(x, y, side), shape.pick(0.05, 0.05, 0.045), SQUARE.text, SUN.ink, box="#ffffff",
                 box_radius=0.7, padding=0.5, align="left", width=shape.pick(0.2, 0.42, 0.3), height=0.14,
                 start=start, enter=motion("pop", 0.45, "back"))
        )  # fmt: skip
    return parts


def _product_ad(shape: Shape) -> Json:
    """Return a product in a round window, with lines that lead from it to what it can do."""
    colour = "{{colour}}"
    window = shape.pick((0.255, 0.48), (0.5, 0.31), (0.33, 0.4))
    across, down = shape.pick((0.36, 0.64), (0.6, 0.34), (0.5, 0.5))
    ring = disc(shape, at(*window), shape.pick(0.74, 0.68, 0.58), "{{colour}}")
    product = photo("{{image}}", at(*window), across, down, radius=0.5, pan_zoom=1.12, enter=motion("zoom", 0.5))
    name = text(
        "{{product}}", shape.pick(at(0.5, 0.09, "left"), at(0.5, 0.075), at(0.06, 0.075, "left")),
        shape.pick(0.085, 0.1, 0.085), SQUARE.title, SUN.ink, align=shape.pick("left", "centre", "left"),
        width=shape.pick(0.44, 0.84, 0.84), height=0.09, start=0.2, enter=motion("rise"),
    )  # fmt: skip
    presenter = shape.pick(
        person("{{picture}}", "box", (0.83, 0.67), 0.66, cut_out=True, style="lively"),
        person("{{picture}}", "circle", (0.5, 0.59), 0.3, border=0.012, style="lively"),
        person("{{picture}}", "circle", (0.81, 0.69), 0.24, border=0.012, style="lively"),
    )
    price = [] if shape.name != "portrait" else [
        disc(shape, at(0.5, 1.15), 1.2, colour, enter=motion("slide-up", 0.6)),
        text("{{price}}", at(0.5, 0.87), 0.12, SQUARE.title, "white", width=0.6, height=0.09, start=0.5),
    ]  # fmt: skip
    wide = shape.pick((0.34, 0.8), (0.86, 0.5), (0.62, 0.62))
    opening = [
        disc(shape, shape.pick(at(0.72, 0.5), at(0.5, 0.62), at(0.5, 0.62)), shape.pick(1.15, 1.25, 1.0), "#ffffff30",
             enter=motion("zoom", 0.7)),
        photo("{{image}}", shape.pick(at(0.72, 0.5), at(0.5, 0.6), at(0.5, 0.64)), *wide, radius=0.5, border=0.02,
              enter=motion("zoom", 0.6, "back")),
        label("NEW", shape.pick(at(0.07, 0.33, "left"), at(0.5, 0.12), at(0.5, 0.09)), replace(SUN, main="#ffffff"),
              SQUARE.title, colour=SUN.ink, start=0.3, size=0.045),
        text("{{product}}", shape.pick(at(0.07, 0.52, "left"), at(0.5, 0.24), at(0.5, 0.21)),
             shape.pick(0.15, 0.16, 0.13), SQUARE.title, "white", align=shape.pick("left", "centre"), line_height=1.0,
             width=shape.pick(0.42, 0.86), height=0.3, start=0.5, enter=motion("rise", 0.5)),
    ]  # fmt: skip
    closing = [
        disc(shape, shape.pick(at(0.3, 0.5), at(0.5, 0.36), at(0.5, 0.42)), shape.pick(0.8, 0.86, 0.74), "#ffffff",
             enter=motion("pop", 0.5, "back"), start=0.1),
        text("{{price}}", shape.pick(at(0.3, 0.5), at(0.5, 0.36), at(0.5, 0.42)), shape.pick(0.2, 0.22, 0.2),
             SQUARE.title, colour, width=shape.pick(0.4, 0.76, 0.64), height=0.3, start=0.4, enter=motion("pop", 0.5)),
        text("{{product}}", shape.pick(at(0.58, 0.44, "left"), at(0.5, 0.63, "top"), at(0.5, 0.81, "top")),
             shape.pick(0.1, 0.11, 0.08), SQUARE.title, "white", align=shape.pick("left", "centre"),
             width=shape.pick(0.36, 0.86), height=shape.pick(0.24, 0.13, 0.1), start=0.5, enter=motion("rise")),
        text("Order yours today", shape.pick(at(0.58, 0.6, "left"), at(0.5, 0.79), at(0.5, 0.945)),
             shape.pick(0.055, 0.06, 0.048), SQUARE.text, "#ffffffd0", weight=400, start=0.8, enter=motion("rise")),
    ]  # fmt: skip
    return {
        "variables": {
            "product": text_variable("Aero One", "What it is called.", max_length=40),
            "benefit_1": text_variable("Forty hours of music", "The first thing it can do.", max_length=60),
            "benefit_2": text_variable("Noise stays outside", "The second one.", max_length=60),
            "benefit_3": text_variable("Lighter than an apple", "The third one.", max_length=60),
            "price": text_variable("$129", "What it costs.", max_length=16),
            "image": image_variable(picture_path("headphones"), "The product; a square photo is best."),
            "picture": picture_variable("avatar:hawa"),
            "colour": colour_variable("#e2571f"),
        },
        "captions": captions(shape, SUN, SQUARE.text, look="box", box_colour=SUN.ink, highlight="#ffd778"),
        "music": {"source": "upbeat", "volume_db": -10},
        "scenes": [
            {
                "id": "new",
                "duration_s": 2.4,
                "background": colour,
                "overlays": opening,
                "effects": [effect("whoosh", 0, -10), effect("pop", 0.4)],
                "description": "The product in a round window, and its name.",
            },
            {
                "id": "benefits",
                "background": gradient(SUN.paper, "#ffe3c4", "diagonal"),
                "avatars": [presenter],
                "script": "[happy] Meet {{product}}. {{benefit_1}}. [nod] {{benefit_2}}. And best of all: "
                "{{benefit_3}}.",
                "overlays": [
                    ring, product, name, *price,
                    *_callouts(shape, ("{{benefit_1}}", "{{benefit_2}}", "{{benefit_3}}"), colour),
                ],
                "effects": [effect("pop", moment, -14) for moment in ("12%", "34%", "56%")],
                "transition": {"kind": "circle", "duration_s": 0.6},
                "description": "Somebody presents the product; three labels around it tell what it can do.",
            },
            {
                "id": "price",
                "duration_s": 3.2,
                "background": colour,
                "overlays": closing,
                "effects": [effect("ding", 0.3, -8)],
                "transition": {"kind": "slide", "duration_s": 0.5},
                "description": "The price in large numbers.",
            },
        ],
    }  # fmt: skip


def _count(shape: Shape, digits: str) -> list[Json]:
    """Return numbers that count down, a second each, on grounds that change places."""
    parts: list[Json] = []
    for number, digit in enumerate(digits):
        dark = number % 2 == 1
        span = {"start": number, "end": number + 1 if number + 1 < len(digits) else "end"}
        hard = motion("none", 0)
        if dark:
            parts.append(block("centre", 1.2, 1.2, "#141414", **span))
        parts.append(text(digit, "centre", shape.pick(0.6, 0.6), POSTER.title, "{{colour}}" if dark else "#141414",
                          **span, enter=motion("zoom", 0.25), exit=hard))  # fmt: skip
    return parts


def _ribbon(shape: Shape, y: float, tilt: float, colours: tuple[str, str], start_s: float) -> list[Json]:
    """Return a band across the canvas that says SALE again and again."""
    words = " • ".join(["SALE"] * shape.pick(9, 6, 6))
    motions = {"start": start_s, "enter": motion("slide-right" if tilt > 0 else "slide-left", 0.5)}
    height = shape.pick(0.13, 0.075, 0.11)
    return [
        block(at(0.5, y), 1.3, height, colours[0], rotation_deg=tilt, **motions),
        text(words, at(0.5, y), shape.pick(0.07, 0.07, 0.06), POSTER.title, colours[1], rotation_deg=tilt, width=2,
             **motions),
    ]  # fmt: skip


def _sale(shape: Shape) -> Json:
    """Return a loud poster: three, two, one, and then a price that has fallen."""
    colour, ink = "{{colour}}", "#141414"
    price_x = shape.pick(0.585, 0.62, 0.68)
    offer = [
        photo("{{image}}", shape.pick(at(0.22, 0.46), at(0.5, 0.365), at(0.29, 0.5)), shape.pick(0.4, 0.66, 0.5),
              shape.pick(0.68, 0.28, 0.46), radius=0.06, enter=motion("slide-right", 0.5)),
        text("−{{percent}} %", shape.pick(at(0.585, 0.24), at(0.5, 0.14), at(0.38, 0.145)),
             shape.pick(0.29, 0.34, 0.21), POSTER.title, "#d9261c", width=shape.pick(0.42, 0.9), line_height=1.0,
             rotation_deg=-4, start=0.2, enter=motion("zoom", 0.35, "back")),
        text("{{old_price}}", at(price_x, shape.pick(0.46, 0.545, 0.42)), shape.pick(0.085, 0.08, 0.07), POSTER.title,
             "#141414a0", width=0.3, start=0.8, height=0.08),
        block(at(price_x, shape.pick(0.46, 0.545, 0.42)), shape.pick(0.15, 0.26, 0.24), shape.pick(0.012, 0.007, 0.01),
              "#d9261c", rotation_deg=-8, start=1.3, enter=motion("wipe", 0.3)),
        text("{{new_price}}", at(price_x, shape.pick(0.63, 0.62, 0.55)), shape.pick(0.17, 0.15, 0.16), POSTER.title,
             colour, box=ink, box_radius=0.1, padding=0.18, rotation_deg=-3, width=shape.pick(0.26, 0.48, 0.44),
             height=0.24, start=1.6, enter=motion("pop", 0.4, "back")),
        text("⏰ Only until {{until}}", shape.pick(at(0.04, 0.06, "top-left"), at(0.5, 0.84), at(0.68, 0.72)),
             shape.pick(0.045, 0.056, 0.044), POSTER.text, "white", box="#d9261c", box_radius=0.2,
             width=shape.pick(0.34, 0.8, 0.5), height=0.12, start=2.2, enter=motion("slide-right")),
        {"kind": "progress", "of": "scene", "design": "line", "edge": "bottom", "colour": "#d9261c",
         "track": "#14141430", "thickness": 0.02},
    ]  # fmt: skip
    presenter = shape.pick(
        person("{{picture}}", "box", (0.84, 0.64), 0.72, cut_out=True, style="lively", expression="excited"),
        person("{{picture}}", "circle", (0.21, 0.595), 0.27, border=0.014, border_colour=ink, style="lively"),
        person("{{picture}}", "circle", (0.86, 0.19), 0.24, border=0.012, border_colour=ink, style="lively"),
    )
    last = [
        *_ribbon(shape, shape.pick(0.12, 0.1, 0.11), -3, (ink, colour), 0.1),
        *_ribbon(shape, shape.pick(0.88, 0.9, 0.89), 3, (ink, colour), 0.25),
        text("{{offer}}", at(0.5, 0.4), shape.pick(0.18, 0.17, 0.15), POSTER.title, ink, width=0.84, line_height=1.05,
             height=shape.pick(0.3, 0.26, 0.3), start=0.4, enter=motion("zoom", 0.4, "back")),
        text("Only until {{until}}", at(0.5, shape.pick(0.62, 0.58, 0.62)), shape.pick(0.07, 0.07, 0.06), POSTER.text,
             "#d9261c", width=0.84, height=0.12, start=0.8, enter=motion("rise")),
        text("{{shop}}", at(0.5, shape.pick(0.73, 0.66, 0.73)), shape.pick(0.055, 0.06, 0.05), POSTER.text, ink,
             weight=400, width=0.84, height=0.1, start=1.1, enter=motion("rise")),
    ]  # fmt: skip
    return {
        "variables": {
            "offer": text_variable("Cosy Armchairs", "What is on offer.", max_length=40),
            "percent": text_variable("40", "How much cheaper, in per cent.", max_length=3),
            "old_price": text_variable("$350", "What it cost.", max_length=10),
            "new_price": text_variable("$210", "What it costs now.", max_length=10),
            "until": text_variable("Sunday", "When the offer ends.", max_length=24),
            "shop": text_variable("Harbour Furniture, 12 Mill Street", "Where: a shop, a street, or a page.",
                                  max_length=60),
            "image": image_variable(picture_path("armchair"), "What is on offer."),
            "picture": picture_variable("avatar:navjot"),
            "colour": colour_variable("#ffd23f", "The ground: a bright colour."),
        },
        "captions": captions(shape, COAL, POSTER.text, look="box", box_colour="#141414"),
        "music": {"source": "happy", "volume_db": -11, "from_scene": "offer"},
        "scenes": [
            {
                "id": "count",
                "duration_s": 3,
                "background": colour,
                "overlays": _count(shape, "321"),
                "effects": [effect("countdown", 0, -8)],
                "description": "Three, two, one.",
            },
            {
                "id": "offer",
                "background": colour,
                "avatars": [presenter],
                "script": "[excited] {{offer}}: now {{percent}} percent off! [pause 0.2s] Not {{old_price}}, but only "
                "{{new_price}}. [nod] Hurry: only until {{until}}, at {{shop}}!",
                "overlays": offer,
                "effects": [effect("cash-register", 1.6, -10)],
                "description": "What is on offer, its old price struck through, and the new one.",
            },
            {
                "id": "last-chance",
                "duration_s": 3,
                "background": colour,
                "overlays": last,
                "effects": [effect("whoosh", 0, -10)],
                "transition": {"kind": "zoom", "duration_s": 0.4},
                "description": "The offer, its last day and the shop, between two bands that say sale.",
            },
        ],
    }  # fmt: skip


DESIGNS = (
    Design(
        "product-ad", "Product with labels", "Show a product, and three things that it can do.",
        "business", ("advertisement", "shop", "product", "launch"), _product_ad, 6.5, ("headphones",),
    ),
    Design(
        "sale", "Sale", "A loud poster for an offer: a countdown, a price that falls, and the last day.",
        "business", ("discount", "offer", "shop", "price", "countdown"), _sale, 7.0, ("armchair",),
    ),
)  # fmt: skip
