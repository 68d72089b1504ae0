"""Software: an app on a telephone."""

from __future__ import annotations

from templates.design import Design, Json, Shape, colour_variable, image_variable, picture_variable, text_variable
from templates.kit import (
    MODERN,
    PLUM,
    at,
    captions,
    disc,
    effect,
    gradient,
    motion,
    person,
    photo,
    text,
)
from templates.pictures import picture_path


def _app_promo(shape: Shape) -> Json:
    """Return a telephone with an app on it, and somebody who looks out from behind it."""
    telephone = shape.pick((0.45, 0.46), (0.71, 0.41), (0.76, 0.42))
    column = shape.pick(0.61, 0.07, 0.06)
    rows = shape.pick((0.36, 0.5, 0.64), (0.24, 0.33, 0.42), (0.26, 0.38, 0.5))
    features: list[Json] = []
    for number, y in enumerate(rows):
        start = ("15%", "35%", "55%")[number]
        features += [
            disc(shape, at(column, y, "left"), shape.pick(0.075, 0.075, 0.065), "{{colour}}", start=start,
                 enter=motion("pop", 0.4, "back")),
            text(str(number + 1), at(column + shape.pick(0.021, 0.0375, 0.0325), y), shape.pick(0.042, 0.042, 0.036),
                 MODERN.title, "white", start=start, enter=motion("pop", 0.4)),
            text(f"{{{{feature_{number + 1}}}}}", at(column + shape.pick(0.06, 0.1, 0.09), y, "left"),
                 shape.pick(0.046, 0.046, 0.042), MODERN.text, "white", align="left",
                 width=shape.pick(0.3, 0.34, 0.42), height=shape.pick(0.12, 0.08, 0.1), start=start,
                 enter=motion("rise", 0.5)),
        ]  # fmt: skip
    screen = photo("{{image}}", at(*telephone), shape.pick(0.21, 0.46, 0.38), shape.pick(0.76, 0.5, 0.7), radius=0.1,
                   border=0.014, border_colour="#0b0820", shadow=0.6, enter=motion("slide-up", 0.7))  # fmt: skip
    name = text("{{app}}", shape.pick(at(column, 0.17, "left"), at(0.07, 0.115, "left"), at(0.06, 0.1, "left")),
                shape.pick(0.11, 0.115, 0.1), MODERN.title, "white", align="left", width=shape.pick(0.34, 0.86, 0.5),
                height=0.16, start=0.2, enter=motion("rise"))  # fmt: skip
    presenter = shape.pick(
        person("{{picture}}", "full", (0.22, 0.6), 0.8, cut_out=True),
        person("{{picture}}", "circle", (0.26, 0.56), 0.32, border=0.012, border_colour="{{colour}}"),
        person("{{picture}}", "circle", (0.24, 0.67), 0.22, border=0.012, border_colour="{{colour}}"),
    )
    code_at = shape.pick(at(0.72, 0.5), at(0.5, 0.57), at(0.5, 0.65))
    last = [
        text("{{app}}", shape.pick(at(0.08, 0.38, "left"), at(0.5, 0.2), at(0.5, 0.12)), shape.pick(0.16, 0.15, 0.13),
             MODERN.title, "white", align=shape.pick("left", "centre"), width=shape.pick(0.46, 0.86),
             height=shape.pick(0.2, 0.12, 0.13),
             start=0.2, enter=motion("rise")),
        text("⭐⭐⭐⭐⭐", shape.pick(at(0.08, 0.55, "left"), at(0.5, 0.29), at(0.5, 0.225)), 0.06, MODERN.text,
             "white", start=0.6, enter=motion("wipe", 0.8)),
        text("Free to try. Point your phone here.", shape.pick(at(0.08, 0.67, "left"), at(0.5, 0.36), at(0.5, 0.31)),
             shape.pick(0.048, 0.052, 0.044), MODERN.text, "#ffffffd8", weight=400, align=shape.pick("left", "centre"),
             width=shape.pick(0.4, 0.8), start=0.9),
        {"kind": "qr", "text": "{{link}}", "place": code_at, "size": shape.pick(0.56, 0.6, 0.42), "colour": "#1b1033",
         "start": 0.4, "enter": motion("pop", 0.5, "back"), "alt": "A QR code that leads to the app."},
    ]  # fmt: skip
    return {
        "variables": {
            "app": text_variable("Stroll", "Its name.", max_length=30),
            "feature_1": text_variable("Finds a walk near you", "What it does first.", max_length=60),
            "feature_2": text_variable("Counts every step", "What it does besides.", max_length=60),
            "feature_3": text_variable("Takes your friends along", "And what else.", max_length=60),
            "link": text_variable("https://example.org/stroll", "Where it is found: becomes a QR code.",
                                  max_length=200),
            "image": image_variable(picture_path("app-screen"), "What it looks like: an upright screenshot."),
            "picture": picture_variable("avatar:minh"),
            "colour": colour_variable("#ff4f8b"),
        },
        "captions": captions(shape, PLUM, MODERN.text),
        "music": {"source": "tech", "volume_db": -11},
        "scenes": [
            {
                "id": "app",
                "background": gradient("#2a1463", "#5b2bd9", "diagonal"),
                "avatars": [presenter],
                "script": "[smile] This is {{app}}. It does three things, and it does them well. {{feature_1}}. "
                "{{feature_2}}. And: {{feature_3}}. [nod] Try it today!",
                "overlays": [screen, name, *features],
                "effects": [effect("swish", 0, -12)]
                + [effect("notification", moment, -18) for moment in ("15%", "35%", "55%")],
                "description": "A telephone that shows the app; what it does appears beside it.",
            },
            {
                "id": "code",
                "duration_s": 4.5,
                "background": gradient("#5b2bd9", "{{colour}}", "diagonal"),
                "overlays": last,
                "effects": [effect("success", 0.4, -12)],
                "transition": {"kind": "slide", "direction": "up", "duration_s": 0.6},
                "description": "The name of the app, and a QR code that leads to it.",
            },
        ],
    }  # fmt: skip


DESIGNS = (
    Design(
        "app-promo", "App on a phone", "Present an app: its screen, three features, and a QR code to get it.",
        "business", ("app", "phone", "software", "startup", "qr"), _app_promo, 7.0, ("app-screen",),
    ),
)  # fmt: skip
