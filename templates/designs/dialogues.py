"""Two people who speak with each other: a comic, a talk show, and a video call."""

from __future__ import annotations

from templates.design import Design, Json, Shape, colour_variable, picture_variable, text_variable
from templates.kit import (
    COMIC,
    EDITORIAL,
    NIGHT,
    SQUARE,
    STILL,
    at,
    block,
    captions,
    disc,
    effect,
    gradient,
    motion,
    person,
    sides,
    text,
)

INK = "#17131f"

LINES = (
    ("left", "You will never guess what I just did."),
    ("right", "You cleaned the kitchen?"),
    ("left", "I made a video from one photo. In one minute!"),
    ("right", "And the kitchen?"),
)
"""Of the comic: who speaks, and what is said."""


def _dots(shape: Shape, colour: str) -> list[Json]:
    """Return the printed dots of a comic in the upper corners, smaller towards the middle."""
    across, down = sides(shape)
    step, large = 0.075, 0.046
    return [
        disc(shape, at(round(abs(corner - (0.5 + column) * step / across), 3), round((0.5 + row) * step / down, 3)),
             round(large * (1 - (row + column) / 7), 4), colour)
        for corner in (0, 1)
        for row in range(6)
        for column in range(6 - row)
    ]  # fmt: skip


def _panel(shape: Shape, number: int) -> Json:
    """Return a panel of the comic: who speaks is large and has a bubble, who listens is small."""
    speaks, _ = LINES[number - 1]
    is_left = speaks == "left"
    near, far = shape.pick((0.25, 0.83), (0.38, 0.86), (0.33, 0.84))
    low = shape.pick(0.57, 0.7, 0.68)
    spots = {
        "near": (near if is_left else 1 - near, low),
        "far": (far if is_left else 1 - far, low + shape.pick(0.165, 0.13, 0.14)),
    }
    sizes = shape.pick((0.86, 0.53), (0.6, 0.34), (0.64, 0.36))
    people = [
        person(f"{{{{{side}}}}}", "full", spots["near" if side == speaks else "far"], sizes[0 if side == speaks else 1],
               cut_out=True, name=side.upper(), mirror=side == "right",
               expression="happy" if side == speaks else "neutral", style="lively")
        for side in ("left", "right")
    ]  # fmt: skip
    width, height = shape.pick((0.5, 0.3), (0.88, 0.22), (0.86, 0.24))
    x, y = shape.pick((0.69 if is_left else 0.31, 0.22), (0.5, 0.27), (0.5, 0.19))
    start = {"start": 0.15, "enter": motion("pop", 0.35, "back")}
    # The tail is a turned square, whose upper half lies within the bubble.
    across, down = sides(shape)
    tail = at(round(x + (-0.27 if is_left else 0.27) * width, 3), round(y + height / 2, 3))
    point = shape.pick(0.075, 0.1, 0.08)
    bubble = [
        block(tail, point / across, point / down, "white", rotation_deg=45, stroke=INK, stroke_width=0.009, **start),
        block(at(x, y), width, height, "white", radius=0.35, stroke=INK, stroke_width=0.009, **start),
        block(at(tail["x"], round(tail["y"] - 0.012 / down, 4)), point / across, point / down, "white", rotation_deg=45,
              **start),
    ]  # fmt: skip
    words = text(
        f"{{{{line_{number}}}}}", at(x, y), shape.pick(0.085, 0.1, 0.082), COMIC.title, INK,
        width=round(0.86 * width, 3), height=round(0.86 * height, 3), line_height=1.12, **start,
    )  # fmt: skip
    edge = block("centre", 1, 1, "#00000000", stroke=INK, stroke_width=0.03)
    return {
        "id": f"panel-{number}",
        "background": "{{left_colour}}" if is_left else "{{right_colour}}",
        "avatars": people,
        "script": f"{speaks.upper()}: {{{{line_{number}}}}} [pause 0.3s]",
        "overlays": [*_dots(shape, "#ffffff45"), *bubble, words, edge],
        "effects": [effect("pop", 0.15, -16)],
        "transition": {"kind": "cover", "duration_s": 0.25, "direction": "left" if is_left else "right"}
        if number > 1
        else {},
        "description": f"Panel {number} of a comic: {speaks} speaks, in a bubble.",
    }  # fmt: skip


def _dialogue(shape: Shape) -> Json:
    """Return a comic of four panels, in which two people tell a joke."""
    return {
        "variables": {
            **{
                f"line_{number}": text_variable(line, f"Said by who stands on the {side}.", max_length=140)
                for number, (side, line) in enumerate(LINES, start=1)
            },
            "left": picture_variable("avatar:kiri", "Who stands on the left: a photo, or a drawn avatar."),
            "right": picture_variable("avatar:rafael", "Who stands on the right."),
            "left_colour": colour_variable("#ffb627", "Behind the one on the left."),
            "right_colour": colour_variable("#2fb5c7", "Behind the one on the right."),
        },
        "voice": {"speakers": {"LEFT": "en-gb+f2", "RIGHT": "en-us+m3"}},
        "captions": {"shown": False},
        "music": {"source": "playful", "volume_db": -15},
        "scenes": [_panel(shape, number) for number in range(1, len(LINES) + 1)],
    }


def _names(shape: Shape, who: str, place: tuple[float, float], start: float) -> list[Json]:
    """Return a name, and what its bearer is, in two lines below a portrait."""
    width = shape.pick(0.42, 0.8, 0.43)
    come = {"start": start, "enter": motion("rise", 0.5)}
    below = round(place[1] + shape.pick(0.075, 0.036, 0.06), 3)
    return [
        text(f"{{{{{who}_name}}}}", at(*place), shape.pick(0.055, 0.054, 0.046), EDITORIAL.title, NIGHT.ink,
             width=width,
             height=0.1, **come),
        text(f"{{{{{who}_role}}}}", at(place[0], below), shape.pick(0.038, 0.04, 0.036), EDITORIAL.text, "{{colour}}",
             weight=400, width=width, height=0.08, **come),
    ]  # fmt: skip


def _answer(shape: Shape, number: int) -> Json:
    """Return a question as a card, and the guest who answers it."""
    place = shape.pick((0.27, 0.56), (0.5, 0.68), (0.5, 0.69))
    left = shape.pick(0.54, 0.08, 0.07)
    top = shape.pick(0.2, 0.09, 0.08)
    overlays = [
        text(f"{number:02d}", at(left, top, "top-left"), shape.pick(0.07, 0.075, 0.06), EDITORIAL.text, "{{colour}}",
             start=0, enter=motion("fade", 0.4)),
        block(at(left, round(top + shape.pick(0.105, 0.058, 0.085), 3), "top-left"), shape.pick(0.06, 0.12, 0.1),
              shape.pick(0.008, 0.0045, 0.006), "{{colour}}", start=0.1, enter=motion("wipe", 0.5)),
        text(f"{{{{question_{number}}}}}", at(left, round(top + shape.pick(0.15, 0.085, 0.12), 3), "top-left"),
             shape.pick(0.085, 0.09, 0.074), EDITORIAL.title, NIGHT.ink, align="left", line_height=1.16,
             width=shape.pick(0.41, 0.84, 0.86), height=shape.pick(0.44, 0.24, 0.24), start=0.2,
             enter=motion("rise", 0.6)),
    ]  # fmt: skip
    return {
        "id": f"question-{number}",
        "background": gradient(NIGHT.soft, NIGHT.paper),
        "avatars": [person("{{guest}}", "full", place, shape.pick(0.92, 0.66, 0.66), cut_out=True, name="GUEST")],
        "script": f"HOST: {{{{question_{number}}}}}\nGUEST: {{{{answer_{number}}}}} [pause 0.3s]",
        "overlays": overlays,
        "transition": {"kind": "dissolve", "duration_s": 0.5},
        "description": f"Question {number} in large letters, beside the guest who answers it.",
    }


def _interview(shape: Shape) -> Json:
    """Return a talk show at night: host and guest, then each question as a card beside the guest."""
    spots = shape.pick(((0.27, 0.44), (0.73, 0.44)), ((0.5, 0.285), (0.5, 0.705)), ((0.27, 0.46), (0.73, 0.46)))
    size, aspect = shape.pick((0.6, 1.28), (0.56, 1.45), (0.52, 0.83))
    pair = [
        person(f"{{{{{who}}}}}", "rounded", spot, size, aspect=aspect, radius=0.04, border=0.004,
               border_colour="{{colour}}", name=who.upper(), expression="happy")
        for who, spot in zip(("host", "guest"), spots, strict=True)
    ]  # fmt: skip
    straps = [
        *_names(shape, "host", shape.pick((0.27, 0.81), (0.5, 0.466), (0.27, 0.79)), 0.6),
        *_names(shape, "guest", shape.pick((0.73, 0.81), (0.5, 0.886), (0.73, 0.79)), 1.0),
    ]
    show = text("{{show}}", at(0.5, shape.pick(0.065, 0.065, 0.085)), shape.pick(0.055, 0.06, 0.055), EDITORIAL.title,
                NIGHT.ink, italic=True, width=0.84, height=0.1, start=0.1, enter=motion("fade", 0.6))  # fmt: skip
    return {
        "title": "{{show}}: {{guest_name}}",
        "variables": {
            "show": text_variable("Late, with Hawa", "What the show is called.", max_length=40),
            "host_name": text_variable("Hawa Diallo", "Who asks.", max_length=40),
            "host_role": text_variable("Host", "What they are.", max_length=40),
            "guest_name": text_variable("Minh Tran", "Who answers.", max_length=40),
            "guest_role": text_variable("Baker, and astronomer", "What they are.", max_length=40),
            "question_1": text_variable("You bake at night. Why?", "First question.", max_length=140),
            "answer_1": text_variable("The stars keep me company. And bread needs time.", "First answer.",
                                      max_length=400),
            "question_2": text_variable("And what is next?", "Second question.", max_length=140),
            "answer_2": text_variable("A bakery with a telescope on its roof.", "Second answer.", max_length=400),
            "host": picture_variable("avatar:hawa", "The host: a photo, or a drawn avatar."),
            "guest": picture_variable("avatar:minh", "The guest."),
            "colour": colour_variable("#e8a33d", "Of lines and lights."),
        },
        "voice": {"speakers": {"HOST": "en-gb+f3", "GUEST": "en-us+m3"}},
        "captions": captions(
            shape, NIGHT, EDITORIAL.text, style="block", look="shadow", size=shape.pick(0.045, 0.05, 0.042),
            safe_area="title",
        ),
        "music": {"source": "jazz", "volume_db": -14},
        "scenes": [
            {
                "id": "studio",
                "background": gradient(NIGHT.paper, NIGHT.soft),
                "avatars": pair,
                "script": "HOST: [smile] Good evening! With me tonight: {{guest_name}}.\nGUEST: [nod] Good evening.",
                "overlays": [show, *straps],
                "captions": {"shown": False},
                "effects": [effect("applause", 0, -18)],
                "description": "Host and guest side by side, with their names.",
            },
            _answer(shape, 1),
            _answer(shape, 2),
        ],
    }  # fmt: skip


FACTS = (("fact_1", "30%"), ("fact_2", "55%"), ("price", "78%"))
"""Of the call: what comes up beside it, and when."""


def _call_bar(shape: Shape) -> list[Json]:
    """Return the buttons of a video call."""
    y = shape.pick(0.925, 0.945, 0.93)
    step = shape.pick(0.06, 0.14, 0.1)
    return [
        part
        for number, (emoji, fill) in enumerate((("🎤", "#ffffff24"), ("📞", "#e5484d"), ("💬", "#ffffff24")))
        for place in [at(round(0.5 + step * (number - 1), 3), y)]
        for part in (
            disc(shape, place, 0.085, fill),
            {"kind": "emoji", "emoji": emoji, "place": place, "size": 0.042, "enter": STILL, "exit": STILL,
             "rotation_deg": 135 if emoji == "📞" else 0},
        )
    ]  # fmt: skip


def _tag(shape: Shape, words: str, place: Json) -> Json:
    return text(words, place, shape.pick(0.034, 0.038, 0.034), SQUARE.text, "white", weight=400, box="#000000a0",
                box_radius=0.35, padding=0.4, width=0.36, enter=STILL, exit=STILL)  # fmt: skip


def _pitch(shape: Shape) -> Json:
    """Return a video call: somebody doubts, somebody answers, and the reasons come up between them."""
    tiles = shape.pick(((0.26, 0.36), (0.74, 0.36)), ((0.5, 0.195), (0.5, 0.54)), ((0.265, 0.3), (0.735, 0.3)))
    size, aspect = shape.pick((0.63, 1.31), (0.59, 1.56), (0.5, 0.9))
    across, down = (1 / side for side in sides(shape))
    people = [
        person(f"{{{{{who}}}}}", "rounded", tile, size, aspect=aspect, radius=0.05, name=who.upper(), style=style)
        for (who, style), tile in zip((("buyer", "presenter"), ("seller", "lively")), tiles, strict=True)
    ]
    half = round(size * aspect * across / 2, 3)
    low = round(size * down / 2, 3)
    tags = [
        _tag(
            shape,
            f"{{{{{who}_name}}}}",
            at(round(tile[0] - half + 0.02, 3), round(tile[1] + low - 0.025, 3), "bottom-left"),
        )
        for who, tile in zip(("buyer", "seller"), tiles, strict=True)
    ]
    spots = shape.pick(
        ((0.2, 0.775), (0.5, 0.775), (0.8, 0.775)),
        ((0.5, 0.755), (0.5, 0.816), (0.5, 0.877)),
        ((0.5, 0.625), (0.5, 0.725), (0.5, 0.825)),
    )
    cards = [
        text(f"{{{{{name}}}}}", at(*spot), shape.pick(0.055, 0.056, 0.05), SQUARE.title,
             "white" if name == "price" else INK, box="{{colour}}" if name == "price" else "white", box_radius=0.5,
             padding=0.5, width=shape.pick(0.28, 0.8, 0.8), height=shape.pick(0.15, 0.085, 0.12), start=moment,
             enter=motion("pop", 0.4, "back"))
        for (name, moment), spot in zip(FACTS, spots, strict=True)
    ]  # fmt: skip
    return {
        "variables": {
            "product": text_variable("Stroll", "What is sold.", max_length=40),
            "doubt": text_variable("Another app? I have forty already.", "What the buyer doubts.", max_length=200),
            "answer": text_variable(
                "This one replaces three of them: maps, steps, and the tickets for the tram.",
                "What the seller answers.",
                max_length=300,
            ),
            "objection": text_variable("And what does it cost me?", "What the buyer asks then.", max_length=200),
            "offer": text_variable("Nothing for a month. Then less than a coffee.", "What the seller offers.",
                                   max_length=300),
            "fact_1": text_variable("3 apps in one", "Comes up first.", max_length=40),
            "fact_2": text_variable("Works offline", "Comes up next.", max_length=40),
            "price": text_variable("1 month free", "Comes up last.", max_length=40),
            "buyer_name": text_variable("Otto", "Who doubts.", max_length=30),
            "seller_name": text_variable("Kagiso", "Who sells.", max_length=30),
            "buyer": picture_variable("avatar:otto", "Who doubts: a photo, or a drawn avatar."),
            "seller": picture_variable("avatar:kagiso", "Who sells."),
            "colour": colour_variable("#2f6fed", "Of the offer."),
        },
        "voice": {"speakers": {"BUYER": "en-gb+m3", "SELLER": "en-us+f2"}},
        "captions": {"shown": False},
        "music": {"source": "upbeat", "volume_db": -16},
        "scenes": [
            {
                "id": "call",
                "background": "#16181f",
                "avatars": people,
                "script": "SELLER: [smile] Hi {{buyer_name}}! Have you heard of {{product}}?\n"
                "BUYER: [frown] {{doubt}}\nSELLER: [nod] {{answer}}\nBUYER: [raise brows] {{objection}}\n"
                "SELLER: [happy] {{offer}}\nBUYER: [laugh] All right, I am in.",
                "overlays": [*tags, *_call_bar(shape), *cards],
                "effects": [effect("notification", 0, -14), *(effect("pop", moment, -16) for _, moment in FACTS)],
                "description": "A video call of two; reasons to buy come up between them.",
            },
        ],
    }  # fmt: skip


DESIGNS = (
    Design(
        "dialogue", "Comic dialogue", "Two people tell a joke in four panels of a comic, with speech bubbles.",
        "story", ("conversation", "comic", "joke", "two people", "bubbles"), _dialogue, 1.6,
    ),
    Design(
        "interview", "Talk show interview", "A host, a guest, and two questions as cards in large letters.",
        "story", ("questions", "guest", "host", "podcast", "two people"), _interview, 3.0,
    ),
    Design(
        "sales-call", "Sales call", "A video call in which doubts are answered, and reasons come up between both.",
        "business", ("pitch", "debate", "sales", "offer", "two people"), _pitch, 12.0,
    ),
)  # fmt: skip
