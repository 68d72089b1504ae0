"""A quiz, with questions to answer in a page, and time to think in a video."""

from __future__ import annotations

from dataclasses import replace

from templates.design import Design, Json, Shape, colour_variable, picture_variable, text_variable
from templates.kit import PLUM, SQUARE, at, block, disc, effect, gradient, label, motion, person, sides, text

LETTERS = "ABC"

THINK_S = 3.5
"""What a quiz leaves for thinking; in a page, viewers then choose."""


def _quiz_variables() -> Json:
    """Return the questions of the quiz, each with its answers."""
    told = (
        ("Which planet is the largest?", "Jupiter", "Saturn", "Earth",
         "Jupiter is so large that every other planet would fit inside it."),
        ("How many hearts does an octopus have?", "Three", "One", "Eight",
         "Two pump blood through the gills, and one through the rest of the body."),
        ("What do bees make honey from?", "Nectar", "Pollen", "Tree sap",
         "They collect nectar from flowers, and dry it in the hive."),
    )  # fmt: skip
    variables: Json = {}
    for number, (question, right, wrong, other, why) in enumerate(told, start=1):
        variables |= {
            f"question_{number}": text_variable(question, f"Question {number}.", max_length=140),
            f"right_{number}": text_variable(right, f"Right answer to question {number}.", max_length=60),
            f"wrong_{number}": text_variable(wrong, f"A wrong answer to question {number}.", max_length=60),
            f"other_{number}": text_variable(other, f"Another wrong answer to question {number}.", max_length=60),
            f"why_{number}": text_variable(why, f"What is said after question {number}.", max_length=240),
        }
    return variables


def _quiz_answers(number: int) -> list[tuple[str, bool]]:
    """Return the answers of a question in the order in which they are shown, and which is right."""
    right, *wrong = (f"{{{{{kind}_{number}}}}}" for kind in ("right", "wrong", "other"))
    place = (1, 2, 0)[number - 1]
    shown = [(answer, False) for answer in wrong]
    shown.insert(place, (right, True))
    return shown


def _answer(shape: Shape, place: int, answer: str, mark: str) -> list[Json]:
    """Return a row with an answer; a tick marks the right one."""
    x, width = shape.pick((0.4, 0.54), (0.08, 0.84), (0.42, 0.51))
    pitch, height = shape.pick((0.155, 0.125), (0.088, 0.072), (0.14, 0.112))
    y = round(shape.pick(0.5, 0.335, 0.5) + pitch * place, 3)
    is_right = mark == "✓"
    fill, ink, spot = ("#2fc57a", "#06251a", "white") if is_right else ("#ffffff1f", "white", "{{colour}}")
    across, down = (1 / side for side in sides(shape))
    side = round(height / down * across, 4)
    middle = at(round(x + side / 2, 4), y)
    come = {"start": 0.1 if is_right else round(0.5 + 0.35 * place, 2),
            "enter": motion("pop" if is_right else "slide-left", 0.45)}  # fmt: skip
    bullet = 0.62 * height / down
    return [
        block(at(x, y, "left"), width, height, fill, **{"radius": 0.5, **come}),
        disc(shape, middle, bullet, spot, **come),
        text(mark, middle, 0.55 * bullet, SQUARE.title, "#0d7a45" if is_right else "white", **come),
        text(answer, at(round(x + side, 4), y, "left"), shape.pick(0.058, 0.06, 0.048), SQUARE.text, ink, align="left",
             width=round(width - side - 0.03, 3), height=0.8 * height, **come),
    ]  # fmt: skip


def _quiz_head(shape: Shape, number: int) -> list[Json]:
    """Return how far the quiz is, and its question."""
    left = shape.pick(0.4, 0.08, 0.07)
    top = shape.pick(0.1, 0.075, 0.08)
    step = shape.pick(0.045, 0.07, 0.065)
    dots = [
        block(at(round(left + step * place, 3), top, "left"), 0.75 * step, shape.pick(0.014, 0.008, 0.014),
              "{{colour}}" if place < number else "#ffffff30", radius=0.5)
        for place in range(3)
    ]  # fmt: skip
    question = text(
        f"{{{{question_{number}}}}}", at(left, shape.pick(0.155, 0.105, 0.13), "top-left"),
        shape.pick(0.088, 0.092, 0.084), SQUARE.title, "white", align="left", line_height=1.08,
        width=shape.pick(0.54, 0.84, 0.86), height=shape.pick(0.24, 0.17, 0.25), enter=motion("rise", 0.5),
    )  # fmt: skip
    return [*dots, question]


def _quizmaster(shape: Shape, expression: str) -> Json:
    place = shape.pick((0.19, 0.6), (0.5, 0.81), (0.22, 0.72))
    return person(
        "{{picture}}", "full", place, shape.pick(0.82, 0.46, 0.58), cut_out=True, expression=expression, style="lively"
    )


def _quiz_question(shape: Shape, number: int) -> Json:
    """Return a scene that asks, and waits."""
    answers = _quiz_answers(number)
    ring = {
        "kind": "progress", "of": "span", "design": "ring", "colour": PLUM.accent, "track": "#ffffff26",
        "place": at(*shape.pick((0.915, 0.09), (0.88, 0.6), (0.9, 0.915))), "size": shape.pick(0.085, 0.12, 0.1),
        "start": f"end-{THINK_S}",
    }  # fmt: skip
    return {
        "id": f"question-{number}",
        "background": gradient(PLUM.paper, PLUM.soft),
        "avatars": [_quizmaster(shape, "neutral")],
        "script": f"[raise brows] {{{{question_{number}}}}} [pause {THINK_S}s]",
        "overlays": [
            *_quiz_head(shape, number),
            *(
                part
                for place, (answer, _) in enumerate(answers)
                for part in _answer(shape, place, answer, LETTERS[place])
            ),
            ring,
        ],
        "effects": [
            *(effect("pop", round(0.55 + 0.35 * place, 2), -16) for place in range(3)),
            effect("clock", f"end-{THINK_S}", -12),
        ],
        "transition": {"kind": "slide", "duration_s": 0.5},
        "description": f"Question {number} of three, with three answers.",
        "interaction": {
            "question": f"{{{{question_{number}}}}}",
            "choices": [{"label": answer, "goto": f"answer-{number}", "correct": right} for answer, right in answers],
        },
    }


def _quiz_answer(shape: Shape, number: int) -> Json:
    """Return a scene that tells the right answer, and why."""
    left = shape.pick(0.4, 0.08, 0.42)
    why = text(
        f"{{{{why_{number}}}}}", at(left, shape.pick(0.61, 0.4, 0.6), "top-left"), shape.pick(0.056, 0.06, 0.05),
        SQUARE.text, "#ffffffd8", weight=400, align="left", line_height=1.25, width=shape.pick(0.52, 0.84, 0.51),
        height=shape.pick(0.3, 0.19, 0.32), start=1.2, enter=motion("words", 2.2, "linear"),
    )  # fmt: skip
    return {
        "id": f"answer-{number}",
        "background": gradient(PLUM.paper, PLUM.soft),
        "avatars": [_quizmaster(shape, "happy")],
        "script": f"[happy] It is: {{{{right_{number}}}}}! [nod] {{{{why_{number}}}}}",
        "overlays": [*_quiz_head(shape, number), *_answer(shape, 0, f"{{{{right_{number}}}}}", "✓"), why],
        "effects": [effect("correct", 0, -10)],
        "description": f"The right answer to question {number}, and why.",
    }


def _quiz(shape: Shape) -> Json:
    """Return a quiz show: three questions, time to think, and each answer with a reason."""
    middle = shape.pick(0.66, 0.5, 0.68)
    opening = [
        text("{{title}}", at(middle, shape.pick(0.4, 0.24, 0.34)), shape.pick(0.14, 0.14, 0.12), SQUARE.title, "white",
             width=shape.pick(0.54, 0.84, 0.56), height=shape.pick(0.4, 0.26, 0.36), line_height=1.02, start=0.2,
             enter=motion("pop", 0.6)),
        label("3 QUESTIONS", at(middle, shape.pick(0.68, 0.41, 0.6)), replace(PLUM, main="{{colour}}"), SQUARE.text,
              size=shape.pick(0.045, 0.05, 0.045), start=0.9, enter=motion("rise")),
    ]  # fmt: skip
    return {
        "title": "{{title}}",
        "description": "Three questions, and time to think.",
        "variables": {
            "title": text_variable("The quick science quiz", "What the quiz is called.", max_length=60),
            **_quiz_variables(),
            "picture": picture_variable("avatar:quibble", "Who asks: a photo, or a drawn avatar."),
            "colour": colour_variable(PLUM.main),
        },
        "captions": {"shown": False},
        "music": {"source": "playful", "volume_db": -14},
        "scenes": [
            {
                "id": "opening",
                "background": gradient(PLUM.paper, PLUM.soft),
                "avatars": [_quizmaster(shape, "excited")],
                "script": "[smile] Welcome! Three questions are waiting for you. [nod] Ready?",
                "overlays": opening,
                "effects": [effect("fanfare", 0, -12)],
                "description": "The quizmaster beside the name of the quiz.",
            },
            *(scene(shape, number) for number in (1, 2, 3) for scene in (_quiz_question, _quiz_answer)),
            {
                "id": "closing",
                "background": gradient(PLUM.soft, "{{colour}}"),
                "avatars": [_quizmaster(shape, "excited")],
                "script": "[laugh] That was it! [pause 0.3s] How many did you know?",
                "overlays": [
                    text("How many\ndid you know?", at(middle, shape.pick(0.46, 0.28, 0.38)),
                         shape.pick(0.13, 0.13, 0.1),
                         SQUARE.title, "white", width=shape.pick(0.58, 0.88, 0.58), line_height=1.05,
                         enter=motion("pop", 0.6)),
                ],
                "effects": [effect("applause", 0.2, -10)],
                "transition": {"kind": "circle", "duration_s": 0.6},
                "description": "The quizmaster asks for the score.",
            },
        ],
    }  # fmt: skip


DESIGNS = (
    Design(
        "quiz", "Quiz show", "Three questions with time to think, and an answer to each; to choose from in a page.",
        "teaching", ("questions", "interactive", "game", "test", "trivia"), _quiz, 6.5,
    ),
)  # fmt: skip
