"""What the designs share: palettes, pairs of fonts, and the parts that most of them have.

Every helper returns plain JSON; keywords go into the part as they are, and win over what the helper sets.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from templates.design import Json, Shape


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours that go together.

    Attributes
    ----------
    paper, ink
        The ground, and what is read on it.
    main
        The colour that the design is remembered by; white reads on it where the paper is light.
    accent
        For a few small things.
    soft
        Between paper and main: large quiet areas.
    """

    paper: str
    ink: str
    main: str
    accent: str
    soft: str

    @property
    def is_dark(self) -> bool:
        """The paper is darker than the ink."""
        return _brightness(self.paper) < _brightness(self.ink)


def _brightness(colour: str) -> int:
    """Return about how light a #rrggbb colour is, 0 to 1000·255 (Rec. 601)."""
    red, green, blue = bytes.fromhex(colour[1:7])
    return 299 * red + 587 * green + 114 * blue


BERRY = Palette("#fff5ef", "#3a1430", "#c2255c", "#ffb627", "#ffd9d3")
SKY = Palette("#f3f8ff", "#0d2240", "#1c63d5", "#ff7a45", "#cfe3ff")
FOREST = Palette("#f6f4ea", "#16302b", "#21684f", "#e9a23b", "#d3e3cf")
SAND = Palette("#faf3e7", "#2e2620", "#a8572f", "#2f7f79", "#ecd9bd")
PLUM = Palette("#1b1033", "#fdf7ff", "#7c4dff", "#ffca57", "#392563")
NIGHT = Palette("#0c1424", "#f2f6ff", "#3d7dff", "#2fe0b5", "#1b2a47")
COAL = Palette("#141414", "#fafafa", "#ff4d3d", "#ffd23f", "#2a2a2a")
MINT = Palette("#effaf5", "#0f2f2e", "#0b7f77", "#ff6b6b", "#bfe8da")
SUN = Palette("#fff4d1", "#33230a", "#e2571f", "#2563eb", "#ffd978")
LAVENDER = Palette("#f7f3ff", "#251747", "#6a3fc8", "#f2568b", "#dfd2ff")


@dataclass(frozen=True, slots=True)
class Fonts:
    """A family for what is large, and one for the rest."""

    title: str
    text: str


MODERN = Fonts("Montserrat", "Montserrat")
FRIENDLY = Fonts("Nunito", "Nunito")
SQUARE = Fonts("Rubik", "Rubik")
EDITORIAL = Fonts("Noto Serif", "Montserrat")
POSTER = Fonts("Anton", "Rubik")
NARROW = Fonts("Oswald", "Oswald")
SCRIPT = Fonts("Pacifico", "Nunito")
HANDWRITTEN = Fonts("Caveat", "Nunito")
COMIC = Fonts("Bangers", "Balsamiq Sans")
CHILDREN = Fonts("Balsamiq Sans", "Balsamiq Sans")


def motion(kind: str, duration_s: float = 0.4, easing: str = "ease-out") -> Json:
    """Return how something comes in, or goes."""
    return {"kind": kind, "duration_s": duration_s, "easing": easing}


STILL = motion("none", 0)
"""There from the first frame on, to the last."""


def at(x: float, y: float, anchor: str = "centre") -> Json:
    """Return a point, in shares of the canvas, and which point of the thing lies there."""
    return {"x": x, "y": y, "anchor": anchor}


def gradient(top: str, bottom: str, direction: str = "down") -> Json:
    """Return a background that goes from one colour to another."""
    return {"kind": "gradient", "colours": [top, bottom], "direction": direction}


def text(words: str, place: Json | str, size: float, font: str, colour: str, **more: Any) -> Json:
    """Return text without a shadow.

    Keywords of looks (weight, italic, align, line_height, outline, outline_colour, shadow, box, box_radius, padding)
    go into its look, others (start, end, width, enter, exit, rotation_deg, opacity, id, alt) into the overlay.
    """
    keys = ("weight", "italic", "align", "line_height", "outline", "outline_colour", "shadow", "box", "box_radius")
    look = {key: more.pop(key) for key in (*keys, "padding") if key in more}
    return {
        "kind": "text",
        "text": words,
        "place": place,
        **more,
        "look": {"font": font, "size": size, "colour": colour, "shadow": 0, **look},
    }


def label(words: str, place: Json | str, palette: Palette, font: str, **more: Any) -> Json:
    """Return a few small words on a rounded box of the main colour: what this is, before what it says."""
    given: Json = {"box": palette.main, "box_radius": 0.9, "padding": 0.45, **more}
    return text(words, place, given.pop("size", 0.036), font, given.pop("colour", "white"), **given)


def block(place: Json | str, width: float, height: float, fill: str, **more: Any) -> Json:
    """Return a rectangle that is there from the beginning; width and height in shares of the canvas's."""
    return {
        "kind": "shape",
        "shape": "rectangle",
        "place": place,
        "width": width,
        "height": height,
        "fill": fill,
        "enter": STILL,
        "exit": STILL,
        **more,
    }


def disc(shape: Shape, place: Json | str, size: float, fill: str, **more: Any) -> Json:
    """Return a circle, whose size is of the canvas's shorter side."""
    across, down = sides(shape)
    return block(place, size / across, size / down, fill, **{"shape": "ellipse", **more})


def sides(shape: Shape) -> tuple[float, float]:
    """Return the canvas's width and height, of its shorter side."""
    return shape.pick((16 / 9, 1.0), (1.0, 16 / 9), (1.0, 1.0))


def title(words: str, subtitle: str, palette: Palette, fonts: Fonts, **more: Any) -> Json:
    """Return a title card in the palette; give it a start and an end."""
    return {
        "kind": "title",
        "title": words,
        "subtitle": subtitle,
        "font": fonts.title,
        "colour": palette.ink,
        "accent": palette.main,
        **more,
    }


def name_strap(shape: Shape, name: str, role: str, palette: Palette, font: str, **more: Any) -> Json:
    """Return a name and what its bearer is, above where `captions` of two lines are."""
    return {
        "kind": "lower-third",
        "name": name,
        "role": role,
        "accent": palette.main,
        "font": font,
        "size": shape.pick(0.05, 0.058, 0.05),
        "place": shape.pick(
            at(0.05, 0.74, "bottom-left"), at(0.06, 0.665, "bottom-left"), at(0.05, 0.74, "bottom-left")
        ),
        "start": 0.6,
        "end": 5,
        **more,
    }


def captions(shape: Shape, palette: Palette, font: str, **more: Any) -> Json:
    """Return captions that suit the shape: two lines low; in upright videos larger, above the buttons of apps.

    They reach from 0.81 to 0.94 of the height (landscape), 0.68 to 0.78 (portrait), and 0.79 to 0.94 (square).
    """
    upright = shape.name != "landscape"
    return {
        "style": "karaoke" if upright else "block",
        "look": "bold" if shape.name == "portrait" else "outline",
        "font": font,
        "size": shape.pick(0.05, 0.056, 0.054),
        "highlight": palette.accent,
        "safe_area": shape.pick("title", "social", "title"),
        **more,
    }


def quiet_captions(shape: Shape, palette: Palette, font: str, **more: Any) -> Json:
    """Return captions in the ink itself, for scenes whose ground is one light or dark area."""
    spoken = palette.accent if palette.is_dark else palette.main
    # Without the dark glow that the plain look has: on one quiet colour it would only look dirty.
    quiet = {"look": "outline", "outline": 0, "colour": palette.ink, "highlight": spoken}
    return captions(shape, palette, font, **{**quiet, **more})


def person(picture: str, crop: str, place: tuple[float, float], size: float, **more: Any) -> Json:
    """Return somebody in a circle, a rounded box or a box around a point; size is of the canvas's shorter side."""
    return {"picture": picture, "crop": crop, "x": place[0], "y": place[1], "size": size, **more}


def effect(source: str, moment: float | str = 0, volume_db: float = -12.0, **more: Any) -> Json:
    """Return a sound effect, softer than the voice."""
    return {"source": source, "at": moment, "volume_db": volume_db, **more}


def emoji(sign: str, place: Json | str, size: float, **more: Any) -> Json:
    """Return an emoji as a sticker; size is of the canvas's shorter side."""
    return {"kind": "emoji", "emoji": sign, "place": place, "size": size, **more}


def frame(inset: float, colour: str, shape: Shape, thickness: float = 0.004) -> list[Json]:
    """Return a thin frame around the canvas, `inset` from its edges, both of its shorter side.

    Four lines, as one large rectangle would have to be laid over every picture.
    """
    across, down = sides(shape)
    x, y, wide, tall = inset / across, inset / down, thickness / across, thickness / down
    return [
        block(at(x, y, "top-left"), 1 - 2 * x, tall, colour),
        block(at(x, 1 - y, "bottom-left"), 1 - 2 * x, tall, colour),
        block(at(x, y, "top-left"), wide, 1 - 2 * y, colour),
        block(at(1 - x, y, "top-right"), wide, 1 - 2 * y, colour),
    ]


def photo(image: str, place: Json | str, width: float, height: float, **more: Any) -> Json:
    """Return a photo as large as fits into a width and a height, in shares of the canvas's."""
    return {"kind": "image", "image": image, "place": place, "width": width, "height": height, **more}


def choice(label: str, goto: str | None = None, **more: str | bool) -> Json:
    """Return a button; one that leads nowhere ends the video."""
    return {"label": label, **({"goto": goto} if goto else {}), **more}


def ask(question: str, *choices: Json) -> Json:
    """Return a question with its choices, for the end of a scene."""
    return {"question": question, "choices": list(choices)}
