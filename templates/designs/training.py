"""Safety training in which wrong ways are explained, and lead back."""

from __future__ import annotations

from collections.abc import Sequence

from templates.design import Design, Json, Shape, colour_variable, picture_variable, text_variable
from templates.kit import MINT, MODERN, ask, at, block, captions, choice, disc, effect, motion, person, sides, text

GROUND = "#20242c"
"""Of the walls on which safety signs hang."""


def _hazard(shape: Shape) -> list[Json]:
    """Return a yellow band with slanted marks across the top."""
    height = shape.pick(0.05, 0.03, 0.045)
    count = shape.pick(15, 9, 9)
    bars = [
        block(at(round((number + 0.5) / count, 4), height / 2), round(0.38 / count, 4), 2.2 * height, "#16181d",
              rotation_deg=35)
        for number in range(count)
    ]  # fmt: skip
    # What reaches out of the band is covered again.
    return [
        block(at(0.5, 0, "top"), 1, height, "{{colour}}"), *bars, block(at(0.5, height, "top"), 1, height, GROUND)
    ]  # fmt: skip


def _sign(shape: Shape, emoji: str, kind: str) -> list[Json]:
    """Return a sign as on walls: ``do`` is a green square, ``never`` a crossed-out disc, ``look`` a yellow one."""
    x, y = shape.pick((0.22, 0.42), (0.36, 0.245), (0.245, 0.28))
    size = shape.pick(0.54, 0.56, 0.35)
    across, down = sides(shape)
    come = {"start": 0.2, "enter": motion("pop", 0.5, "back")}
    picture = {"kind": "emoji", "emoji": emoji, "place": at(x, y), "size": 0.56 * size, **come}
    if kind == "never":
        bar = {**block(at(x, y), 0.92 * size / across, 0.075 * size / down, "#d92d20"), "rotation_deg": 45, **come}
        return [disc(shape, at(x, y), size, "white", stroke="#d92d20", stroke_width=0.09 * size, **come), picture, bar]
    fill = "#128a4a" if kind == "do" else "{{colour}}"
    return [block(at(x, y), size / across, size / down, fill, radius=0.14, **come), picture]


def _training_scene(
    shape: Shape, name: str, head: str, sign: tuple[str, str], lines: Sequence[str], **more: object
) -> Json:
    """Return a scene with a sign, a heading and lines below it, and the trainer in a circle."""
    left = shape.pick(0.44, 0.08, 0.07)
    pitch = shape.pick(0.1, 0.06, 0.066)
    rows = [
        text(line, at(left, round(shape.pick(0.4, 0.545, 0.6) + pitch * number, 3), "top-left"),
             shape.pick(0.055, 0.06, 0.046), MODERN.text, "#e8eaee", weight=400, align="left",
             width=shape.pick(0.5, 0.84, 0.86), height=shape.pick(0.09, 0.058, 0.065),
             start=round(1 + 0.7 * number, 1), enter=motion("rise"))
        for number, line in enumerate(lines)
    ]  # fmt: skip
    heading = text(
        head, at(left, shape.pick(0.16, 0.445, 0.49), "top-left"), shape.pick(0.1, 0.098, 0.082), MODERN.title, "white",
        align="left", line_height=1.06, width=shape.pick(0.52, 0.84, 0.86), height=shape.pick(0.24, 0.125, 0.13),
        start=0.3, enter=motion("rise", 0.5),
    )  # fmt: skip
    trainer = person(
        "{{picture}}",
        "circle",
        shape.pick((0.885, 0.79), (0.81, 0.325), (0.76, 0.28)),
        shape.pick(0.3, 0.26, 0.35),
        border=0.01,
        border_colour="{{colour}}",
    )
    return {
        "id": name,
        "background": GROUND,
        "avatars": [trainer],
        "overlays": [*_hazard(shape), *_sign(shape, *sign), heading, *rows],
        "transition": {"kind": "wipe", "duration_s": 0.4},
        **more,
    }


def _safety(shape: Shape) -> Json:
    """Return training by wall signs: who takes a wrong way is told why, and comes back."""
    again = "Not quite. See what could happen."
    how = ask(
        "The alarm goes off. How do you leave?",
        choice("By the stairs", "stairs", correct=True),
        choice("By the lift", "lift", correct=False, feedback=again),
        choice("I finish my e-mail first", "waiting", correct=False, feedback=again),
    )
    where = ask(
        "You are outside. Where to?",
        choice("To my car", "car", correct=False, feedback=again),
        choice("To {{assembly_point}}", "done", correct=True),
    )
    scenes = [
        _training_scene(
            shape, "alarm", "The alarm goes off.", ("🚨", "look"), lines=("How do you leave the building?",),
            script="[calm] Welcome to fire safety at {{company}}. [raise brows] The alarm goes off, and you are on the "
            "third floor. How do you leave? [pause 1s]",
            effects=[effect("error", 3.2, -12)], interaction=how, description="A sign with an alarm light.",
        ),
        _training_scene(
            shape, "lift", "Never take the lift.", ("🛗", "never"), lines=("It can stop between floors.",
                                                                           "Smoke rises in its shaft."),
            script="[shake] In a fire, a lift can stop between two floors, and its shaft fills with smoke. Let us try "
            "that again.",
            effects=[effect("wrong", 0.2, -10)],
            interaction=ask("", choice("Back to the alarm", "alarm")),
            description="A lift, crossed out in red.",
        ),
        _training_scene(
            shape, "waiting", "Leave it all.", ("💻", "never"), lines=("You have two minutes, often less.",
                                                                        "Nothing on a desk is worth them."),
            script="[shake] Often there are less than two minutes. No e-mail is worth them. Let us try that again.",
            effects=[effect("wrong", 0.2, -10)],
            interaction=ask("", choice("Back to the alarm", "alarm")),
            description="A computer, crossed out in red.",
        ),
        _training_scene(
            shape, "stairs", "Walk. Close doors.", ("🏃", "do"), lines=("Close every door behind you.",
                                                                        "Help those who need help.",
                                                                        "Do not run on the stairs."),
            script="[nod] By the stairs, that is right. Walk, close the doors behind you, and help others. "
            "And outside: where do you go? [pause 1s]",
            effects=[effect("correct", 0.2, -12)], interaction=where,
            description="A green sign with somebody who leaves.",
        ),
        _training_scene(
            shape, "car", "Not to your car.", ("🚗", "never"), lines=("Fire engines need the way.",
                                                                       "Nobody knows that you are safe."),
            script="[shake] Cars block the fire engines, and nobody would know that you are safe. Once more.",
            effects=[effect("wrong", 0.2, -10)],
            interaction=ask("", choice("Back to the question", "stairs")),
            description="A car, crossed out in red.",
        ),
        _training_scene(
            shape, "done", "Well done.", ("✅", "do"), lines=("Stairs, never the lift", "Close doors behind you",
                                                             "Meet at {{assembly_point}}"),
            script="[smile] Well done! Stairs, doors, and then {{assembly_point}}. And in an emergency, call "
            "{{number}}. [nod] Stay safe.",
            effects=[effect("success", 0.2, -10)], next="end", description="What matters, in three lines.",
        ),
    ]  # fmt: skip
    return {
        "variables": {
            "company": text_variable("Northlight", "Where the training is.", max_length=40),
            "assembly_point": text_variable("the big oak tree", "Where everybody meets.", max_length=60),
            "number": text_variable("112", "Number for emergencies.", max_length=20),
            "picture": picture_variable("avatar:balwinder", "Who trains: a photo, or a drawn avatar."),
            "colour": colour_variable("#ffc629", "Of the bands, and of warning signs."),
        },
        "captions": captions(
            shape, MINT, MODERN.text, style="block", look="box", safe_area="title",
            size=shape.pick(0.045, 0.048, 0.042), highlight="#ffc629", width=shape.pick(0.52, 0.84, 0.88),
        ),
        "scenes": scenes,
    }  # fmt: skip


DESIGNS = (
    Design(
        "safety-training", "Safety training", "Fire safety with wall signs; wrong ways are explained, and lead back.",
        "teaching", ("interactive", "fire", "work", "course", "compliance"), _safety, 3.0,
    ),
)  # fmt: skip
