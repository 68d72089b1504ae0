"""Lessons: a board, numbered steps, words of another language, and somebody from history."""

from __future__ import annotations

from templates.design import Design, Json, Shape, colour_variable, picture_variable, text_variable
from templates.kit import (
    EDITORIAL,
    HANDWRITTEN,
    POSTER,
    SUN,
    at,
    block,
    effect,
    gradient,
    motion,
    person,
    text,
)

CHALK = "#f4f1e4"


def _board(shape: Shape) -> list[Json]:
    """Return a chalkboard in a wooden frame."""
    x, y, width, height = shape.pick((0.34, 0.42, 0.6, 0.72), (0.5, 0.3, 0.9, 0.5), (0.5, 0.31, 0.92, 0.54))
    edge = shape.pick((0.016, 0.028), (0.028, 0.016), (0.022, 0.022))
    low = round(y + height / 2, 3)
    return [
        block(at(x, y), width + edge[0], height + edge[1], "#8a5a34", radius=0.02),
        block(at(x, y), width, height, "{{colour}}"),
        block(at(x, low + edge[1], "top"), 0.7 * width, 0.6 * edge[1], "#6d4526"),
        block(at(x - 0.2 * width, low + edge[1]), 0.09 * width, 0.45 * edge[1], CHALK, radius=0.5),
        block(at(x - 0.08 * width, low + edge[1]), 0.06 * width, 0.45 * edge[1], "#f7c95c", radius=0.5),
    ]


def _lesson(shape: Shape) -> Json:
    """Return a chalkboard on which a teacher's points are written one after the other."""
    left = shape.pick(0.075, 0.1, 0.09)
    width = shape.pick(0.53, 0.8, 0.82)
    top = shape.pick(0.105, 0.075, 0.07)
    pitch = shape.pick(0.165, 0.13, 0.135)
    first = shape.pick(0.27, 0.165, 0.17)
    points = []
    for number, moment in enumerate(("18%", "45%", "70%")):
        y = round(first + pitch * number, 3)
        points += [
            text(f"{number + 1}.", at(left, y, "top-left"), shape.pick(0.075, 0.08, 0.066), HANDWRITTEN.title,
                 "#f7c95c", start=moment, enter=motion("wipe", 0.3)),
            text(f"{{{{point_{number + 1}}}}}", at(round(left + shape.pick(0.04, 0.07, 0.06), 3), y, "top-left"),
                 shape.pick(0.072, 0.078, 0.064), HANDWRITTEN.title, CHALK, align="left", line_height=1.05,
                 width=round(width - shape.pick(0.05, 0.07, 0.06), 3), height=0.94 * pitch, start=moment,
                 enter=motion("wipe", 1.2)),
        ]  # fmt: skip
    overlays = [
        *_board(shape),
        text("{{topic}}", at(left, top, "top-left"), shape.pick(0.105, 0.11, 0.09), HANDWRITTEN.title, CHALK,
             align="left", width=width, height=shape.pick(0.13, 0.08, 0.09), start=0.3, enter=motion("wipe", 0.9)),
        block(at(left, shape.pick(0.245, 0.15, 0.155), "left"), shape.pick(0.25, 0.5, 0.45),
              shape.pick(0.006, 0.004, 0.005), "#f7c95c", start=1.1, enter=motion("wipe", 0.5)),
        *points,
    ]  # fmt: skip
    place = shape.pick((0.82, 0.56), (0.5, 0.8), (0.5, 0.84))
    return {
        "title": "{{topic}}",
        "variables": {
            "topic": text_variable("Why is the sky blue?", "What the lesson is about.", max_length=50),
            "point_1": text_variable("Sunlight is made of all colours.", "First point: it is written and said.",
                                     max_length=110),
            "point_2": text_variable("Air scatters blue light far more than red.", "Second point.", max_length=110),
            "point_3": text_variable("So blue reaches us from everywhere.", "Third point.", max_length=110),
            "picture": picture_variable("avatar:halima", "Who teaches: a photo, or a drawn avatar."),
            "colour": colour_variable("#25493f", "Of the board."),
        },
        "captions": {"shown": False},
        "music": {"source": "lofi", "volume_db": -18},
        "scenes": [
            {
                "background": gradient("#f3e3c8", "#dcbf95"),
                "avatars": [person("{{picture}}", "full", place, shape.pick(0.9, 0.5, 0.46), cut_out=True,
                                   expression="happy")],
                "script": "[smile] {{topic}} [pause 0.6s] {{point_1}} [pause 0.6s] [nod] {{point_2}} [pause 0.6s] "
                "{{point_3}} [pause 0.8s]",
                "overlays": overlays,
                "effects": [effect("page-turn", 0, -16)],
                "description": "A teacher beside a board on which three points are written with chalk.",
            }
        ],
    }  # fmt: skip


STEPS = (
    ("Water the plant", "Water it well, and wait for an hour.", "💧", "#0f7c78"),
    ("Take it out", "Hold the stem, turn the pot over, and pull gently.", "🪴", "#c2532d"),
    ("Fill the new pot", "A little soil first, then the plant, then soil all around.", "🌱", "#5b4bb5"),
)
"""Of the tutorial: what is done, how, a picture, and a colour."""


def _step(shape: Shape, number: int) -> Json:
    """Return a scene with one step: its number as high as the canvas, and what is done."""
    ground = STEPS[number - 1][3]
    left = shape.pick(0.4, 0.08, 0.07)
    dots = [
        block(at(round(left + shape.pick(0.03, 0.055, 0.05) * place, 3), shape.pick(0.14, 0.505, 0.53), "left"),
              *shape.pick((0.022, 0.014), (0.04, 0.008), (0.04, 0.014)), "white" if place < number else "#ffffff55",
              radius=0.5)
        for place in range(len(STEPS))
    ]  # fmt: skip
    overlays = [
        text(str(number), shape.pick(at(0.15, 0.5), at(0.2, 0.28), at(0.18, 0.27)), shape.pick(0.6, 0.6, 0.48),
             POSTER.title, "white", weight=400, start=0, enter=motion("slide-up", 0.5)),
        {"kind": "emoji", "emoji": f"{{{{emoji_{number}}}}}", "size": shape.pick(0.3, 0.26, 0.2), "start": 0.4,
         "place": shape.pick(at(0.275, 0.66), at(0.39, 0.375), at(0.37, 0.38)), "wiggle": "float"},
        *dots,
        text(f"{{{{step_{number}}}}}", at(left, shape.pick(0.19, 0.535, 0.565), "top-left"),
             shape.pick(0.12, 0.135, 0.1), POSTER.title, "white", weight=400, align="left", line_height=1.08,
             width=shape.pick(0.54, 0.84, 0.86), height=shape.pick(0.28, 0.15, 0.16),
             start=0.3, enter=motion("rise", 0.5)),
        text(f"{{{{how_{number}}}}}", at(left, shape.pick(0.47, 0.7, 0.73), "top-left"),
             shape.pick(0.066, 0.07, 0.054),
             POSTER.text, "#ffffffe6", weight=400, align="left", line_height=1.25, width=shape.pick(0.4, 0.76, 0.86),
             height=shape.pick(0.42, 0.2, 0.21), start=1, enter=motion("words", 2, "linear")),
    ]  # fmt: skip
    return {
        "id": f"step-{number}",
        "background": ground,
        "avatars": [person("{{picture}}", "circle", shape.pick((0.885, 0.78), (0.76, 0.345), (0.74, 0.28)),
                           shape.pick(0.32, 0.36, 0.36), border=0.012)],
        "script": f"{{{{step_{number}}}}}. [nod] {{{{how_{number}}}}} [pause 0.4s]",
        "overlays": overlays,
        "effects": [effect("whoosh", 0, -18), effect("pop", 0.4, -16)],
        "transition": {"kind": "cover", "duration_s": 0.5, "direction": shape.pick("left", "up", "left")},
        "description": f"Step {number}: a large number, a picture of it, and how it is done.",
    }  # fmt: skip


def _tutorial(shape: Shape) -> Json:
    """Return numbered steps, each on a colour of its own."""
    variables: Json = {"title": text_variable("Repot a plant", "What is learned.", max_length=50)}
    for number, (step, how, emoji, _) in enumerate(STEPS, start=1):
        variables |= {
            f"step_{number}": text_variable(step, f"Step {number}, in a few words.", max_length=40),
            f"how_{number}": text_variable(how, f"How step {number} is done.", max_length=160),
            f"emoji_{number}": text_variable(emoji, f"An emoji for step {number}.", max_length=12),
        }
    centre = shape.pick(0.1, 0.5)
    side = shape.pick("left", "centre")
    title = [
        text("HOW TO", at(centre, shape.pick(0.3, 0.13, 0.13), side), shape.pick(0.07, 0.075, 0.06), POSTER.text,
             SUN.main, start=0.1, enter=motion("rise")),
        text("{{title}}", at(centre, shape.pick(0.37, 0.165, 0.175), shape.pick("top-left", "top")),
             shape.pick(0.19, 0.19, 0.15), POSTER.title, SUN.ink, weight=400, align=side, line_height=1.05,
             width=shape.pick(0.42, 0.86), height=shape.pick(0.5, 0.22, 0.25), start=0.3, enter=motion("rise", 0.6)),
    ]  # fmt: skip
    return {
        "title": "How to: {{title}}",
        "variables": {**variables, "picture": picture_variable("avatar:indira")},
        "captions": {"shown": False},
        "music": {"source": "acoustic", "volume_db": -14},
        "scenes": [
            {
                "id": "title",
                "background": gradient(SUN.paper, SUN.soft),
                "avatars": [person("{{picture}}", "full", shape.pick((0.79, 0.55), (0.5, 0.7), (0.5, 0.73)),
                                   shape.pick(0.95, 0.72, 0.64), cut_out=True, expression="happy", style="lively")],
                "script": "[smile] {{title}}: it takes three steps. Here is how.",
                "overlays": title,
                "effects": [effect("success", 0.2, -16)],
                "description": "The title, and whoever shows how it is done.",
            },
            *(_step(shape, number) for number in (1, 2, 3)),
        ],
    }  # fmt: skip


WORDS = (
    ("la ventana", "the window", "Abre la ventana, por favor.", "Open the window, please."),
    ("la lluvia", "the rain", "Me gusta la lluvia.", "I like the rain."),
)
"""Of the vocabulary: a word, what it means, and an example with what that means."""


def _word(shape: Shape, number: int) -> Json:
    """Return a flash card that turns: first the word, then what it means."""
    x, y, width, height = shape.pick((0.36, 0.5, 0.6, 0.76), (0.5, 0.335, 0.86, 0.5), (0.5, 0.34, 0.88, 0.56))
    top = round(y - height / 2, 3)
    inside = 0.88 * width

    def line(name: str, down: float, size: float, high: float, **more: object) -> Json:
        colour = more.pop("colour", SUN.ink)
        return text(f"{{{{{name}_{number}}}}}", at(x, round(top + down * height, 3)), size, EDITORIAL.title,
                    str(colour), width=inside, height=high * height, **more)  # fmt: skip

    scale = shape.pick(1.0, 1.0, 0.82)
    overlays = [
        block(at(x + 0.008, y + 0.012), width, height, "#33230a22", radius=0.06),
        block(at(x, y), width, height, "white", radius=0.06),
        block(at(x, top, "top"), 0.16 * width, 0.014 * height, "{{colour}}"),
        line("word", 0.24, 0.15 * scale, 0.26, colour="{{colour}}", start=0.3, enter=motion("pop", 0.5)),
        block(at(x, round(top + 0.41 * height, 3)), 0.76 * width, 0.005 * height, SUN.soft),
        line("meaning", 0.52, 0.085 * scale, 0.17, weight=400, start="38%", enter=motion("rise", 0.5)),
        line("example", 0.69, 0.062 * scale, 0.17, italic=True, start="58%", enter=motion("words", 1.2, "linear")),
        line("translation", 0.86, 0.05 * scale, 0.14, weight=400, colour="#33230ab0", start="80%",
             enter=motion("rise", 0.5)),
    ]  # fmt: skip
    return {
        "id": f"word-{number}",
        "background": gradient(SUN.soft, "#ffc95c", "diagonal"),
        "avatars": [person("{{picture}}", "full", shape.pick((0.83, 0.58), (0.5, 0.79), (0.5, 0.83)),
                           shape.pick(0.8, 0.52, 0.46), cut_out=True, expression="happy", name="TEACHER")],
        "script": f"WORD: {{{{word_{number}}}}} [pause 0.8s]\nTEACHER: {{{{meaning_{number}}}}}. [pause 0.4s]\n"
        f"WORD: {{{{example_{number}}}}} [pause 0.4s]\nTEACHER: {{{{translation_{number}}}}} [pause 0.6s]",
        "voice": {"speakers": {"WORD": "{{voice}}"}},
        "overlays": overlays,
        "effects": [effect("page-turn", 0, -14), effect("ding", "38%", -18)],
        "transition": {"kind": "slide", "duration_s": 0.5},
        "description": f"A card with word {number}, what it means, and an example.",
    }  # fmt: skip


def _vocabulary(shape: Shape) -> Json:
    """Return flash cards, whose words are spoken by a voice of their language."""
    variables: Json = {}
    for number, (word, meaning, example, translation) in enumerate(WORDS, start=1):
        variables |= {
            f"word_{number}": text_variable(word, f"Word {number}.", max_length=40),
            f"meaning_{number}": text_variable(meaning, f"What word {number} means.", max_length=60),
            f"example_{number}": text_variable(example, f"A sentence with word {number}.", max_length=100),
            f"translation_{number}": text_variable(translation, "What the sentence means.", max_length=100),
        }
    return {
        "variables": {
            **variables,
            "voice": text_variable("es+f2", "Voice of the words, such as es+f2.", max_length=60),
            "picture": picture_variable("avatar:jussara"),
            "colour": colour_variable(SUN.main),
        },
        "captions": {"shown": False},
        "music": {"source": "happy", "volume_db": -18},
        "scenes": [_word(shape, number) for number in (1, 2)],
    }


GOLD, WALL = "#c9a227", "#17302b"


def _history(shape: Shape) -> Json:
    """Return a painting in a museum that begins to speak, with a brass plate below it."""
    x, y = shape.pick((0.29, 0.46), (0.5, 0.28), (0.31, 0.36))
    height, aspect = shape.pick((0.74, 0.8), (0.74, 0.86), (0.5, 0.86))
    across, down = shape.pick((9 / 16, 1.0), (1.0, 9 / 16), (1.0, 1.0))
    frames = [
        block(at(x, y), (height * aspect + gap) * across, (height + gap) * down, "#00000000", stroke=colour,
              stroke_width=line)
        for gap, line, colour in ((0.062, 0.006, "#7d6212"), (0.082, 0.012, GOLD), (0.006, 0.004, "#7d6212"))
    ]  # fmt: skip
    plate = shape.pick((0.29, 0.915), (0.5, 0.555), (0.31, 0.7))
    column = shape.pick(0.57, 0.08, 0.65)
    side = [
        text("{{years}}", at(column, shape.pick(0.1, 0.61, 0.1), "top-left"), shape.pick(0.1, 0.08, 0.06),
             EDITORIAL.title, GOLD, align="left", width=shape.pick(0.38, 0.84, 0.29),
             height=shape.pick(0.16, 0.07, 0.1), start=0.8, enter=motion("rise", 0.6)),
        block(at(column, shape.pick(0.235, 0.668, 0.185), "left"), shape.pick(0.08, 0.16, 0.12),
              shape.pick(0.006, 0.003, 0.005), GOLD, start=1, enter=motion("wipe", 0.5)),
        text("{{story}}", at(column, shape.pick(0.29, 0.69, 0.22), "top-left"), shape.pick(0.05, 0.05, 0.042),
             EDITORIAL.title, "#d9d3c0", weight=400, align="left", line_height=1.35, width=shape.pick(0.36, 0.84, 0.29),
             height=shape.pick(0.42, 0.17, 0.52), start="15%", enter=motion("words", 7, "linear")),
        text("“{{quote}}”", shape.pick(at(column, 0.76, "top-left"), at(0.08, 0.875, "top-left"), at(0.5, 0.86)),
             shape.pick(0.08, 0.08, 0.075), EDITORIAL.title, GOLD, italic=True, weight=400,
             align=shape.pick("left", "left", "centre"), width=shape.pick(0.38, 0.84, 0.86),
             height=shape.pick(0.19, 0.09, 0.17), start="72%", enter=motion("words", 1.2, "linear")),
    ]  # fmt: skip
    overlays = [
        *frames,
        text("{{name}}", at(*plate), shape.pick(0.05, 0.056, 0.044), EDITORIAL.title, "#2a2006", box="#d9b84a",
             box_radius=0.12, padding=0.5, width=shape.pick(0.42, 0.8, 0.5),
             height=shape.pick(0.12, 0.062, 0.1), start=0.4, enter=motion("fade", 0.6)),
        *side,
    ]  # fmt: skip
    return {
        "title": "{{name}}",
        "variables": {
            "name": text_variable("Galileo Galilei", "Who speaks.", max_length=50),
            "years": text_variable("1564 – 1642", "When they lived.", max_length=30),
            "story": text_variable(
                "I built a telescope, pointed it at Jupiter, and found four moons that nobody had ever seen. "
                "They circled another world, not ours.", "What they tell about themselves.", max_length=600,
            ),
            "quote": text_variable("And yet it moves.", "What they are remembered for.", max_length=120),
            "picture": picture_variable("avatar:mateo", "Their portrait: a photo of a painting, or a drawn avatar."),
            "wall": colour_variable(WALL, "The wall of the museum."),
        },
        "captions": {"shown": False},
        "music": {"source": "ambient", "volume_db": -12},
        "scenes": [
            {
                "background": gradient("{{wall}}", "#0b1815"),
                "avatars": [
                    person("{{picture}}", "rounded", (x, y), height, aspect=aspect, radius=0.0, border=0.022,
                           border_colour=GOLD, shadow=True, style="calm", close_up=True)
                ],
                "script": "[calm] [pause 0.8s] My name is {{name}}. {{story}} [pause 0.5s] [look up] {{quote}} "
                "[pause 1s]",
                "overlays": overlays,
                "filters": [{"kind": "vignette", "amount": 0.45}],
                "description": "A portrait in a golden frame on a museum's wall begins to speak.",
            }
        ],
    }  # fmt: skip


DESIGNS = (
    Design(
        "lesson", "Lesson on a board", "A topic and three points, written with chalk while they are explained.",
        "teaching", ("school", "class", "chalkboard", "explain"), _lesson, 9.0,
    ),
    Design(
        "tutorial", "Step by step", "Shows how something is done in three numbered steps.",
        "teaching", ("how to", "guide", "steps", "instructions"), _tutorial, 6.5,
    ),
    Design(
        "vocabulary", "Words of a language", "Flash cards: a word, what it means, and an example, in both languages.",
        "teaching", ("language", "words", "translation", "flash card"), _vocabulary, 6.0,
    ),
    Design(
        "history-portrait", "Portrait that speaks", "A painting in a museum tells about the life of whom it shows.",
        "teaching", ("history", "biography", "museum", "painting"), _history, 9.0,
    ),
)  # fmt: skip
