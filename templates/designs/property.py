"""Places: a house that is sold, a hotel."""

from __future__ import annotations

from templates.design import Design, Json, Shape, colour_variable, image_variable, picture_variable, text_variable
from templates.kit import (
    EDITORIAL,
    FOREST,
    MODERN,
    NARROW,
    SAND,
    at,
    block,
    captions,
    disc,
    effect,
    motion,
    person,
    photo,
    text,
)
from templates.pictures import picture_path

GOLD = "#d9b36a"


def _view(shape: Shape, image: str, towards: int) -> Json:
    """Return a photo that fills the canvas; the view goes across it, farther where the canvas is upright."""
    reach = shape.pick(0.25, 0.42, 0.4)
    return {
        "kind": "image",
        "image": image,
        "darken": 0.06,
        "pan_zoom": {
            "zoom_from": 1.08, "zoom_to": 1.2,
            "x_from": 0.5 - towards * reach, "x_to": 0.5 + towards * reach,
        },
    }  # fmt: skip


def _room(shape: Shape, number: int) -> Json:
    """Return a room: its photo, its name on a plate, and the agent in the corner."""
    plate = shape.pick(at(0, 0.1, "top-left"), at(0, 0.13, "top-left"), at(0, 0.08, "top-left"))
    height = shape.pick(0.14, 0.075, 0.13)
    width = shape.pick(0.34, 0.66, 0.6)
    x, y = float(plate["x"]), float(plate["y"]) + height / 2
    corner = shape.pick((0.885, 0.25), (0.8, 0.55), (0.83, 0.63))
    return {
        "id": f"room-{number}",
        "background": _view(shape, f"{{{{photo_{number}}}}}", (-1, 1)[number % 2]),
        "avatars": [
            person("{{picture}}", "circle", corner, shape.pick(0.34, 0.32, 0.28), border=0.012, border_colour="#ffffff",
                   shadow=True)
        ],
        "script": f"{{{{about_{number}}}}}",
        "overlays": [
            block(plate, width, height, "#ffffff", enter=motion("slide-right", 0.5)),
            block(at(x + width, plate["y"], "top-left"), shape.pick(0.012, 0.02, 0.02), height, "{{colour}}",
                  enter=motion("slide-right", 0.6)),
            text(f"0{number}", at(x + shape.pick(0.035, 0.07, 0.05), y, "left"), shape.pick(0.055, 0.06, 0.055),
                 NARROW.title, "{{colour}}", start=0.3),
            text(f"{{{{room_{number}}}}}", at(x + shape.pick(0.085, 0.17, 0.14), y, "left"),
                 shape.pick(0.06, 0.062, 0.056), NARROW.title, FOREST.ink, align="left",
                 width=width - shape.pick(0.1, 0.2, 0.16), height=0.8 * height, start=0.4, enter=motion("wipe", 0.5)),
        ],
        "transition": {"kind": "slide", "duration_s": 0.6},
        "description": f"Photo {number} of the house; the agent speaks in a circle.",
    }  # fmt: skip


def _real_estate_tour(shape: Shape) -> Json:
    """Return a walk through a house: a photo for each room, and the agent beside it."""
    tall = shape.pick(0.31, 0.28, 0.33)
    x = shape.pick(0.06, 0.08, 0.07)
    down = 1 - tall
    title = [
        block(at(0, down, "top-left"), 1, tall, "#ffffff", enter=motion("slide-up", 0.6), start=0.3),
        block(at(0, down, "top-left"), 1, shape.pick(0.012, 0.008, 0.012), "{{colour}}", start=0.8,
              enter=motion("wipe", 0.8)),
        text("{{house}}", at(x, down + 0.36 * tall, "left"), shape.pick(0.1, 0.1, 0.09), NARROW.title, FOREST.ink,
             align="left", width=shape.pick(0.56, 0.84), height=0.42 * tall, start=0.7, enter=motion("rise")),
        text("{{address}}", at(x, down + 0.7 * tall, "left"), shape.pick(0.05, 0.052, 0.048), MODERN.text,
             "#16302bb0", weight=400, align="left", width=shape.pick(0.56, 0.84), height=0.22 * tall, start=0.9,
             enter=motion("rise")),
        text("FOR SALE", shape.pick(at(0.94, down, "right"), at(0.92, down, "right"), at(0.93, down, "right")),
             shape.pick(0.052, 0.055, 0.05), NARROW.title, "white", box="{{colour}}", box_radius=0.15, padding=0.5,
             start=1.2, enter=motion("pop", 0.5, "back")),
    ]  # fmt: skip
    card = shape.pick((0.06, 0.12, 0.5, 0.76), (0.08, 0.1, 0.84, 0.36), (0.07, 0.06, 0.86, 0.44))
    left, top, width, height = card
    inner = left + shape.pick(0.045, 0.07, 0.06)
    room = width - 2 * (inner - left)
    closing = [
        block(at(left, top, "top-left"), width, height, "#ffffff", enter=motion("rise", 0.5)),
        block(at(left, top, "top-left"), width, shape.pick(0.016, 0.01, 0.014), "{{colour}}",
              enter=motion("wipe", 0.8)),
        text("{{price}}", at(inner, top + 0.24 * height, "left"), shape.pick(0.14, 0.13, 0.12), NARROW.title,
             "{{colour}}", width=room, height=0.28 * height, start=0.3, enter=motion("rise")),
        text("{{facts}}", at(inner, top + 0.52 * height, "left"), shape.pick(0.055, 0.055, 0.05), MODERN.text,
             FOREST.ink, align="left", width=room, height=0.2 * height, start=0.6, enter=motion("rise")),
        text("{{contact}}", at(inner, top + 0.79 * height, "left"), shape.pick(0.05, 0.05, 0.045), MODERN.text,
             "#16302bb0", weight=400, align="left", width=room, height=0.2 * height, start=0.9, enter=motion("rise")),
    ]  # fmt: skip
    agent = shape.pick(
        person("{{picture}}", "full", (0.78, 0.58), 0.84, cut_out=True, expression="happy"),
        person("{{picture}}", "full", (0.5, 0.74), 0.52, cut_out=True, expression="happy"),
        person("{{picture}}", "full", (0.5, 0.76), 0.48, cut_out=True, expression="happy"),
    )
    rooms = (
        ("Living room", "Light from two sides fills the living room, all day long.", "living-room"),
        ("Kitchen", "Friends end up in the kitchen. Here, there is room for all of them.", "kitchen"),
        ("Terrace", "And in the evening, you watch the sun go down from the terrace.", "terrace"),
    )
    variables: Json = {
        "house": text_variable("The house on the hill", "What it is called.", max_length=40),
        "address": text_variable("7 Orchard Lane, Millbrook", "Where it is.", max_length=70),
        "price": text_variable("$ 480,000", "What it costs.", max_length=20),
        "facts": text_variable("4 rooms · 128 m² · garden", "What counts, in a line.", max_length=60),
        "contact": text_variable("Tupac Quispe, 555 0142", "Who shows it, and how to reach them.", max_length=60),
        "photo_0": image_variable(picture_path("house"), "The house from outside."),
    }
    for number, (name, about, picture) in enumerate(rooms, 1):
        variables |= {
            f"room_{number}": text_variable(name, f"What photo {number} shows.", max_length=30),
            f"about_{number}": text_variable(about, f"What is said to photo {number}.", max_length=240),
            f"photo_{number}": image_variable(picture_path(picture), f"Photo {number}."),
        }
    return {
        "variables": {
            **variables,
            "picture": picture_variable("avatar:zuberi", "The agent: a photo, or a drawn avatar."),
            "colour": colour_variable("#21684f"),
        },
        "captions": captions(shape, FOREST, MODERN.text, highlight="#ffd778",
                             **shape.pick({"look": "box", "box_colour": "#16302bd0"}, {})),
        "music": {"source": "calm", "volume_db": -9},
        "scenes": [
            {
                "id": "house",
                "duration_s": 4,
                "background": {**_view(shape, "{{photo_0}}", 1), "darken": 0,
                               "pan_zoom": {"zoom_from": 1.12, "zoom_to": 1.0, "y_to": shape.pick(0.8, 0.5),
                                            "x_from": 0.28, "x_to": shape.pick(0.5, 0.7)}},
                "overlays": title,
                "effects": [effect("doorbell", 0.9, -12)],
                "description": "The house from outside, its name and its address.",
            },
            *(_room(shape, number) for number in (1, 2, 3)),
            {
                "id": "contact",
                "background": {"kind": "blur", "image": "{{photo_0}}", "strength": 0.45},
                "avatars": [agent],
                "script": "[happy] This could be yours. [nod] Shall I show you around? Call me!",
                "overlays": closing,
                "captions": {"shown": False},
                "transition": {"kind": "dissolve", "duration_s": 0.6},
                "description": "The agent beside a card with the price and where to call.",
            },
        ],
    }  # fmt: skip


def _frame(shape: Shape, inset: float, colour: str, width: float) -> Json:
    """Return a thin line around the canvas, as far from each edge; inset is of the shorter side."""
    across, down = shape.pick((9 / 16, 1.0), (1.0, 9 / 16), (1.0, 1.0))
    return block("centre", 1 - 2 * inset * across, 1 - 2 * inset * down, "#00000000", stroke=colour, stroke_width=width)


def _hotel_welcome(shape: Shape) -> Json:
    """Return a letter from the reception: gold on dark green, an arched window, and what a guest has to know."""
    dark, cream = "{{colour}}", "#fbf3e4"
    opening = [
        _frame(shape, 0.04, GOLD, 0.004),
        text("Welcome,", at(0.5, shape.pick(0.38, 0.41, 0.38)), shape.pick(0.09, 0.1, 0.09), EDITORIAL.title, cream,
             weight=400, italic=True, start=0.3, enter=motion("rise", 0.8)),
        text("{{guest}}", at(0.5, shape.pick(0.47, 0.45, 0.46), "top"), shape.pick(0.13, 0.12, 0.11), EDITORIAL.title,
             GOLD, italic=True, width=0.8, height=shape.pick(0.2, 0.16), start=0.8, enter=motion("rise", 0.8)),
        block(at(0.5, shape.pick(0.67, 0.6, 0.65)), shape.pick(0.12, 0.3, 0.24), 0.004, GOLD, start=1.2,
              enter=motion("wipe", 0.8)),
        text("{{hotel}}", at(0.5, shape.pick(0.74, 0.65, 0.73)), shape.pick(0.045, 0.05, 0.045), NARROW.text, cream,
             width=0.8, height=0.08, start=1.4),
    ]  # fmt: skip
    tiles: list[Json] = []
    for number, (emoji, name) in enumerate((("📶", "wifi"), ("☕", "breakfast"), ("🔑", "checkout"))):
        start = ("22%", "42%", "62%")[number]
        middle = shape.pick((0.525, 0.2 + 0.19 * number), (0.14, 0.485 + 0.066 * number), (0.12, 0.53 + 0.1 * number))
        size = shape.pick(0.1, 0.085, 0.08)
        tiles += [
            disc(shape, at(*middle), size, "#00000000", stroke=GOLD, stroke_width=0.004, start=start,
                 enter=motion("zoom", 0.4)),
            {"kind": "emoji", "emoji": emoji, "place": at(*middle), "size": 0.5 * size, "start": start},
            text(f"{{{{{name}}}}}", at(middle[0] + shape.pick(0.05, 0.09, 0.08), middle[1], "left"),
                 shape.pick(0.044, 0.048, 0.044), EDITORIAL.title, cream, weight=400, align="left",
                 width=shape.pick(0.18, 0.4, 0.72), height=shape.pick(0.17, 0.058, 0.09), start=start,
                 enter=motion("wipe", 0.6)),
        ]  # fmt: skip
    signature = [] if shape.name != "portrait" else [
        block(at(0.5, 0.845), 0.2, 0.002, GOLD, start=1, enter=motion("wipe", 0.8)),
        text("{{hotel}}", at(0.5, 0.885), 0.05, NARROW.text, GOLD, width=0.8, height=0.06, start=1),
    ]  # fmt: skip
    host = shape.pick(
        person("{{picture}}", "rounded", (0.87, 0.4), 0.56, aspect=0.68, radius=1, border=0.008, border_colour=GOLD),
        person("{{picture}}", "rounded", (0.79, 0.545), 0.38, aspect=0.8, radius=1, border=0.008, border_colour=GOLD),
        person("{{picture}}", "rounded", (0.8, 0.27), 0.4, aspect=0.72, radius=1, border=0.008, border_colour=GOLD),
    )
    return {
        "variables": {
            "guest": text_variable("Mr and Mrs Okonkwo", "Who arrives.", max_length=50),
            "hotel": text_variable("HOTEL BELVEDERE", "The hotel's name.", max_length=40),
            "wifi": text_variable("Wi-Fi: belvedere, no password", "About the network.", max_length=60),
            "breakfast": text_variable("Breakfast from seven to eleven", "About breakfast.", max_length=60),
            "checkout": text_variable("Rooms are yours until noon", "About leaving.", max_length=60),
            "image": image_variable(picture_path("hotel"), "The hotel."),
            "picture": picture_variable("avatar:zainab", "Who welcomes: a photo, or a drawn avatar."),
            "colour": colour_variable("#12352f", "The ground: a dark colour."),
        },
        "captions": captions(shape, SAND, EDITORIAL.title, look="plain", colour=cream, highlight=GOLD,
                             size=shape.pick(0.044, 0.052, 0.046)),
        "music": {"source": "jazz", "volume_db": -11},
        "scenes": [
            {
                "id": "welcome",
                "duration_s": 4,
                "background": dark,
                "overlays": opening,
                "effects": [effect("bell", 0.2, -16)],
                "description": "A welcome with the guest's name, in gold.",
            },
            {
                "id": "house-notes",
                "background": dark,
                "avatars": [host],
                "script": "[smile] Welcome, {{guest}}. How good that you are here. {{wifi}}. {{breakfast}}. [nod] "
                "{{checkout}}. And if you need anything, just call the reception.",
                "overlays": [
                    photo("{{image}}", shape.pick(at(0.26, 0.41), at(0.5, 0.22), at(0.34, 0.27)),
                          *shape.pick((0.38, 0.64), (0.86, 0.34), (0.5, 0.4)), border=0.008, border_colour=GOLD,
                          pan_zoom=1.1, enter=motion("fade", 0.6)),
                    _frame(shape, 0.03, "#d9b36a80", 0.003),
                    *tiles,
                    *signature,
                ],
                "transition": {"kind": "dissolve", "duration_s": 0.8},
                "description": "The hotel, somebody from the reception, and three notes for the guest.",
            },
        ],
    }  # fmt: skip


DESIGNS = (
    Design(
        "real-estate-tour", "House tour", "Lead people through a house or a flat: a photo a room, and then the price.",
        "property", ("real estate", "house", "flat", "rent", "agent"), _real_estate_tour, 2.5,
        ("house", "living-room", "kitchen", "terrace"),
    ),
    Design(
        "hotel-welcome", "Welcome to the hotel", "Welcome guests by name, and tell what they have to know.",
        "property", ("hotel", "holiday", "guest", "reception"), _hotel_welcome, 11.0, ("hotel",),
    ),
)  # fmt: skip
