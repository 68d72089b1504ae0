"""What there is to eat."""

from __future__ import annotations

from templates.design import Design, Json, Shape, colour_variable, image_variable, picture_variable, text_variable
from templates.kit import (
    FOREST,
    HANDWRITTEN,
    NARROW,
    at,
    block,
    effect,
    gradient,
    motion,
    person,
    photo,
    quiet_captions,
    text,
)
from templates.pictures import picture_path


def _dish(shape: Shape, number: int) -> list[Json]:
    """Return a dish: a line on the board, and its plate as long as it is spoken of."""
    board = shape.pick((0.07, 0.48), (0.1, 0.9), (0.08, 0.56))
    left, right = board
    y = shape.pick(0.36, 0.2, 0.31) + number * shape.pick(0.145, 0.074, 0.125)
    start, end = (("8%", "36%"), ("36%", "62%"), ("62%", "end"))[number]
    size = shape.pick(0.075, 0.08, 0.07)
    plate = shape.pick((0.71, 0.39), (0.67, 0.535), (0.79, 0.33))
    return [
        text(f"{{{{dish_{number + 1}}}}}", at(left, y, "left"), size, HANDWRITTEN.title, "#fdf6e3", align="left",
             line_height=0.95, width=right - left - shape.pick(0.1, 0.2, 0.15), height=shape.pick(0.14, 0.068, 0.12),
             start=start, enter=motion("wipe", 0.9)),
        text(f"{{{{price_{number + 1}}}}}", at(right, y, "right"), size, HANDWRITTEN.title, "{{colour}}", start=start,
             align="right", width=shape.pick(0.1, 0.2, 0.15), height=0.08, enter=motion("fade", 0.9)),
        block(at(left, y + shape.pick(0.062, 0.031, 0.056), "left"), right - left, 0.003, "#fdf6e340", start=start,
              enter=motion("wipe", 0.9)),
        photo(f"{{{{photo_{number + 1}}}}}", at(*plate), *shape.pick((0.36, 0.62), (0.5, 0.27), (0.36, 0.36)),
              radius=0.5, border=0.012, border_colour="#fdf6e3", shadow=0.5, pan_zoom=1.08, start=start, end=end,
              enter=motion("slide-left", 0.5), exit=motion("slide-left", 0.4, "ease-in")),
    ]  # fmt: skip


def _restaurant_menu(shape: Shape) -> Json:
    """Return a blackboard on which today's dishes are written while somebody tells them; each comes on its plate."""
    left = shape.pick(0.07, 0.1, 0.08)
    heading = [
        block("centre", *shape.pick((1.0, 1.0), (1.0, 1.0)), "#00000000", stroke="#8a5a33",
              stroke_width=shape.pick(0.05, 0.05)),
        text("{{restaurant}}", shape.pick(at(left, 0.135, "left"), at(0.5, 0.875), at(left, 0.1, "left")),
             shape.pick(0.052, 0.085, 0.045), NARROW.text, "{{colour}}", width=shape.pick(0.4, 0.8, 0.5), height=0.07,
             start=0.1, enter=motion("rise")),
        text("Today's menu", at(left, shape.pick(0.225, 0.11, 0.19), "left"), shape.pick(0.11, 0.12, 0.1),
             HANDWRITTEN.title, "#fdf6e3", start=0.3, enter=motion("wipe", 0.8)),
    ]  # fmt: skip
    waiter = shape.pick((0.885, 0.745), (0.22, 0.53), (0.79, 0.655))
    dishes = (
        ("Spaghetti with tomatoes", "12", "pasta"),
        ("Garden salad with egg", "9", "salad"),
        ("Berry tart", "7", "dessert"),
    )
    variables: Json = {"restaurant": text_variable("TRATTORIA LUNA", "The restaurant's name.", max_length=40)}
    for number, (name, price, picture) in enumerate(dishes, 1):
        variables |= {
            f"dish_{number}": text_variable(name, f"Dish {number}.", max_length=50),
            f"price_{number}": text_variable(price, "Its price.", max_length=8),
            f"photo_{number}": image_variable(picture_path(picture), "Its photo; a square one is best."),
        }
    return {
        "variables": {
            **variables,
            "picture": picture_variable("avatar:joko"),
            "colour": colour_variable("#f2b84b", "Of the chalk for prices."),
        },
        "captions": quiet_captions(shape, FOREST, NARROW.text, colour="#fdf6e3", highlight="{{colour}}",
                                   size=shape.pick(0.044, 0.056, 0.044)),
        "music": {"source": "jazz", "volume_db": -10},
        "scenes": [
            {
                "background": gradient("#25312d", "#161d1b", "diagonal"),
                "avatars": [
                    person("{{picture}}", "circle", waiter, shape.pick(0.27, 0.3, 0.24), border=0.01,
                           border_colour="{{colour}}", style="lively", expression="happy")
                ],
                "script": "[happy] Good evening! Today we have {{dish_1}}, for {{price_1}}. [nod] Then: {{dish_2}}, "
                "for {{price_2}}. And do leave some room for this: {{dish_3}}, for only {{price_3}}. Enjoy your meal!",
                "overlays": [*heading, *(part for number in range(3) for part in _dish(shape, number))],
                "effects": [effect("ding", 0, -12)],
                "description": "A blackboard on which three dishes are written; each is shown on its plate.",
            }
        ],
    }  # fmt: skip


DESIGNS = (
    Design(
        "restaurant-menu", "Today's menu", "Write today's dishes on a blackboard, and show each on its plate.",
        "property", ("restaurant", "menu", "food", "café"), _restaurant_menu, 9.0, ("pasta", "salad", "dessert"),
    ),
)  # fmt: skip
