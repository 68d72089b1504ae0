"""A chat with questions to choose from."""

from __future__ import annotations

from templates.design import Design, Json, Shape, colour_variable, picture_variable, text_variable
from templates.kit import FRIENDLY, MINT, STILL, ask, at, block, choice, disc, effect, gradient, motion, person, text


def _bubble(shape: Shape, words: str, y: float, mine: bool, **more: object) -> Json:
    """Return a message: the viewer's on the right, ours on the left."""
    right, left = shape.pick((0.95, 0.48), (0.94, 0.06), (0.94, 0.06))
    box, ink = ("{{colour}}", "white") if mine else ("white", MINT.ink)
    return text(
        words, at(right if mine else left, y, "top-right" if mine else "top-left"), shape.pick(0.058, 0.06, 0.05),
        FRIENDLY.text, ink, weight=700 if mine else 400, align="left", box=box, box_radius=0.7, padding=0.62,
        line_height=1.22, width=shape.pick(0.4, 0.74, 0.78), **more,
    )  # fmt: skip


def _faq_scene(shape: Shape, name: str, overlays: list[Json], **more: object) -> Json:
    """Return a scene of the chat: whoever answers on one half, messages on the other."""
    left, top = shape.pick((0.43, 0.0), (0.0, 0.4), (0.0, 0.36))
    head = shape.pick(0.13, 0.06, 0.09)
    middle = round(top + head / 2, 3)
    ground = [
        block(at(left, top, "top-left"), 1 - left, 1 - top, MINT.paper),
        block(at(left, top, "top-left"), 1 - left, head, "white"),
        disc(shape, at(left + shape.pick(0.05, 0.075, 0.075), middle), 0.022, "#22b573"),
        text("{{company}}", at(left + shape.pick(0.07, 0.11, 0.1), middle, "left"), shape.pick(0.048, 0.05, 0.042),
             FRIENDLY.title, MINT.ink, align="left", width=shape.pick(0.45, 0.8), height=head, enter=STILL, exit=STILL),
    ]  # fmt: skip
    place = shape.pick((0.215, 0.54), (0.5, 0.29), (0.5, 0.27))
    return {
        "id": name,
        "background": gradient(MINT.soft, "{{colour}}", "diagonal"),
        "avatars": [person("{{picture}}", "full", place, shape.pick(0.92, 0.58, 0.54), cut_out=True)],
        "overlays": [*ground, *overlays],
        **more,
    }


def _faq(shape: Shape) -> Json:
    """Return a chat: three questions to choose from, each answered, and always a way back."""
    rows = shape.pick((0.46, 0.625, 0.79), (0.62, 0.71, 0.8), (0.62, 0.745, 0.87))
    told = (
        ("How long does delivery take?", "Two to four days. You get a message with a link when your parcel leaves us."),
        ("Can I send things back?", "Yes, within 30 days, for free. The label is in your parcel."),
        ("How can I pay?", "By card, by bank transfer, or when the parcel arrives. You choose at the checkout."),
    )
    menu_overlays = [
        _bubble(shape, "{{greeting}}", shape.pick(0.19, 0.49, 0.48), False, start=0.3,
                height=shape.pick(0.24, 0.115, 0.13), enter=motion("pop", 0.4)),
        *(
            _bubble(shape, f"{{{{question_{number}}}}}", y, True, start=round(1.4 + 0.5 * number, 1),
                    height=shape.pick(0.15, 0.083, 0.12), enter=motion("slide-left", 0.4))
            for number, y in enumerate(rows, start=1)
        ),
    ]  # fmt: skip
    menu = _faq_scene(
        shape, "menu", menu_overlays, script="[smile] {{greeting}} [pause 1.5s]",
        effects=[
            effect("message", 0.3, -16), *(effect("pop", round(1.4 + 0.5 * number, 1), -18) for number in (1, 2, 3))
        ],
        interaction=ask(
            "What would you like to know?",
            *(choice(f"{{{{question_{number}}}}}", f"answer-{number}") for number in (1, 2, 3)),
            choice("Nothing, thank you", "bye"),
        ),
        description="Somebody from the service, and three questions to choose from.",
    )  # fmt: skip
    answers = [
        _faq_scene(
            shape, f"answer-{number}",
            [
                _bubble(shape, f"{{{{question_{number}}}}}", shape.pick(0.19, 0.49, 0.48), True, start=0.1,
                        height=shape.pick(0.24, 0.13, 0.14), enter=motion("slide-left", 0.4)),
                _bubble(shape, f"{{{{answer_{number}}}}}", shape.pick(0.46, 0.64, 0.64), False, start=0.9,
                        height=shape.pick(0.49, 0.31, 0.32), enter=motion("pop", 0.4)),
            ],
            script=f"[nod] {{{{answer_{number}}}}}",
            effects=[effect("message", 0.9, -16)],
            transition={"kind": "slide", "duration_s": 0.4, "direction": "up"},
            interaction=ask(
                "Is there anything else?", choice("Another question", "menu"), choice("No, that was all", "bye")
            ),
            description=f"Question {number}, and its answer below.",
        )
        for number in (1, 2, 3)
    ]  # fmt: skip
    bye = _faq_scene(
        shape, "bye",
        [_bubble(shape, "{{farewell}}", shape.pick(0.3, 0.5, 0.5), False, start=0.3,
                 height=shape.pick(0.4, 0.3, 0.32), enter=motion("pop", 0.4))],
        script="[smile] {{farewell}} [nod]", next="end", description="The service says good bye.",
        transition={"kind": "slide", "duration_s": 0.4, "direction": "up"},
    )  # fmt: skip
    variables: Json = {
        "company": text_variable("Northlight service", "Who answers.", max_length=40),
        "greeting": text_variable("Hi, I'm Mai. What can I help you with?", "How it begins.", max_length=120),
    }
    for number, (question, answer) in enumerate(told, start=1):
        variables |= {
            f"question_{number}": text_variable(question, f"Question {number}.", max_length=80),
            f"answer_{number}": text_variable(answer, f"Answer to question {number}.", max_length=300),
        }
    return {
        "variables": {
            **variables,
            "farewell": text_variable("Great! You can write to us at any time. Have a lovely day!", "How it ends.",
                                      max_length=160),
            "picture": picture_variable("avatar:mai"),
            "colour": colour_variable(MINT.main),
        },
        "captions": {"shown": False},
        "music": {"source": "lofi", "volume_db": -16},
        "scenes": [menu, *answers, bye],
    }  # fmt: skip


DESIGNS = (
    Design(
        "faq", "Questions and answers", "A chat with three questions to choose from, and a way back to the menu.",
        "business", ("interactive", "help", "service", "support", "menu", "chat"), _faq, 3.9,
    ),
)  # fmt: skip
