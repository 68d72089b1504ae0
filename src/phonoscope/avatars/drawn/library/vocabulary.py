"""The words that characters are tagged with, and what else people call the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TAGS: Final[Mapping[str, str]] = {
    "kind": "person robot monster animal emoji blob plant toy",
    "presentation": "woman man neutral",
    "age": "child young adult older",
    "skin": "light-skin medium-skin tan-skin brown-skin dark-skin",
    "hair colour": "black-hair brown-hair blonde-hair red-hair grey-hair white-hair blue-hair pink-hair purple-hair"
    " green-hair",
    "hair": "short-hair medium-hair long-hair straight-hair wavy-hair curly-hair spiky-hair afro bald balding braids"
    " bun buns cornrows dreadlocks flat-top fringe mohawk pigtails ponytail",
    "face": "beard moustache stubble freckles",
    "wears": "glasses sunglasses hijab turban hat cap beanie beret graduation-cap headband flowers tiara cat-ears"
    " bear-ears bunny-ears headphones crown earrings",
    "attire": "business casual hoodie dress overalls coat",
    "look": "flat line cartoon anime pixel voxel sketch paper clay",
    "colour": "red orange yellow green teal blue purple pink brown grey white",
    "animal": "bear cat rabbit snail",
    "plant": "leaf flower tulip cactus succulent bush palm grass",
    "shape": "round square horns antenna spikes fin one-eyed screen rusty",
    "mood": "cool",
}
"""Every tag there is, by what it tells."""

ALL_TAGS: Final = frozenset(tag for tags in TAGS.values() for tag in tags.split())

SYNONYMS: Final[Mapping[str, str]] = {
    # kind
    "people": "person", "human": "person", "humans": "person", "avatar": "", "character": "", "face": "",
    "bot": "robot", "android": "robot", "machine": "robot", "droid": "robot", "cyborg": "robot",
    "creature": "monster|animal", "alien": "monster", "beast": "monster", "critter": "monster|animal",
    "smiley": "emoji", "emoticon": "emoji", "pet": "animal", "bunny": "rabbit|bunny-ears", "kitty": "cat|cat-ears",
    "kitten": "cat|cat-ears", "teddy": "bear|bear-ears", "pot": "plant", "marble": "toy round", "ball": "toy round",
    "thumb": "blob", "jelly": "blob", "slime": "blob|clay",
    # presentation and age
    "lady": "woman", "female": "woman", "women": "woman", "feminine": "woman",
    "gentleman": "man", "guy": "man", "male": "man", "men": "man", "dude": "man", "masculine": "man", "bloke": "man",
    "nonbinary": "neutral", "non-binary": "neutral", "androgynous": "neutral", "genderless": "neutral",
    "enby": "neutral",
    "girl": "child woman|young woman", "boy": "child man|young man", "kid": "child", "children": "child",
    "teen": "young", "teenager": "young", "youth": "young", "student": "young", "younger": "young",
    "grown-up": "adult", "grownup": "adult", "middle-aged": "adult",
    "old": "older", "elderly": "older", "senior": "older", "aged": "older", "elder": "older", "retired": "older",
    "pensioner": "older", "grandma": "older woman", "granny": "older woman", "grandmother": "older woman",
    "grandpa": "older man", "granddad": "older man", "grandfather": "older man", "mum": "adult woman",
    "mom": "adult woman", "mother": "adult woman", "dad": "adult man", "father": "adult man",
    # skin and hair
    "pale": "light-skin", "fair": "light-skin|blonde-hair", "olive": "medium-skin|tan-skin", "tanned": "tan-skin",
    "tan": "tan-skin", "dark": "dark-skin|brown-skin", "dark-skinned": "dark-skin|brown-skin",
    "light-skinned": "light-skin", "brown-skinned": "brown-skin", "blond": "blonde-hair", "blonde": "blonde-hair",
    "brunette": "brown-hair", "ginger": "red-hair", "redhead": "red-hair", "auburn": "red-hair",
    "grey-haired": "grey-hair|white-hair", "gray-haired": "grey-hair|white-hair", "silver": "grey-hair|white-hair",
    "gray": "grey|grey-hair", "gray-hair": "grey-hair", "silver-hair": "grey-hair|white-hair",
    "blond-hair": "blonde-hair",
    "golden-hair": "blonde-hair", "dark-hair": "black-hair|brown-hair", "light-hair": "blonde-hair",
    "dyed": "blue-hair|pink-hair|purple-hair|green-hair", "dyed-hair": "blue-hair|pink-hair|purple-hair|green-hair",
    "colourful-hair": "blue-hair|pink-hair|purple-hair|green-hair",
    "black": "black-hair", "blue": "blue|blue-hair", "red": "red|red-hair", "pink": "pink|pink-hair",
    "green": "green|green-hair", "purple": "purple|purple-hair", "violet": "purple|purple-hair",
    "white": "white|white-hair", "grey": "grey|grey-hair", "brown": "brown|brown-hair|brown-skin",
    "long": "long-hair", "short": "short-hair", "curly": "curly-hair", "wavy": "wavy-hair", "straight": "straight-hair",
    "spiky": "spiky-hair|spikes", "curls": "curly-hair", "waves": "wavy-hair", "bob": "medium-hair",
    "hairless": "bald|balding", "no-hair": "bald", "shaved": "bald", "receding": "balding",
    "locs": "dreadlocks", "dreads": "dreadlocks", "rasta": "dreadlocks", "braided": "braids|cornrows",
    "plaits": "braids",
    "bangs": "fringe", "pony-tail": "ponytail", "topknot": "bun", "chignon": "bun", "punk": "mohawk",
    # face and what is worn
    "bearded": "beard", "goatee": "beard", "facial-hair": "beard|moustache|stubble", "mustache": "moustache",
    "whiskers": "moustache|stubble", "unshaven": "stubble", "freckled": "freckles",
    "spectacles": "glasses", "specs": "glasses", "eyeglasses": "glasses", "bespectacled": "glasses",
    "shades": "sunglasses", "headscarf": "hijab", "scarf": "hijab", "muslim": "hijab", "veil": "hijab",
    "sikh": "turban", "dastar": "turban", "jewellery": "earrings|tiara", "jewelry": "earrings|tiara",
    "earring": "earrings", "headgear": "hat|turban|hijab|beanie|cap", "woolly-hat": "beanie", "baseball-cap": "cap",
    "mortarboard": "graduation-cap", "graduate": "graduation-cap", "princess": "tiara", "hairband": "headband",
    # attire and look
    "formal": "business", "suit": "business", "office": "business", "professional": "business", "blazer": "business",
    "tie": "business", "shirt": "business|casual", "t-shirt": "casual", "tshirt": "casual", "sweater": "casual",
    "informal": "casual", "hoody": "hoodie", "dungarees": "overalls",
    "3d": "voxel|clay", "block": "voxel", "blocks": "voxel", "minecraft": "voxel", "8-bit": "pixel", "8bit": "pixel",
    "pixelated": "pixel", "retro": "pixel", "comic": "cartoon", "toon": "cartoon", "manga": "anime",
    "anime-like": "anime", "hand-drawn": "sketch|line", "drawing": "sketch|line", "doodle": "sketch",
    "drawn": "sketch|line",
    "pencil": "sketch", "lineart": "line", "outline": "line", "black-and-white": "line", "minimal": "line|flat",
    "vector": "flat", "collage": "paper", "cutout": "paper", "plasticine": "clay", "claymation": "clay",
    "horn": "horns", "horned": "horns", "spike": "spikes", "cyclops": "one-eyed", "one-eye": "one-eyed",
    "display": "screen", "rust": "rusty", "turquoise": "teal", "cyan": "teal|blue", "violet-hair": "purple-hair",
    "hipster": "cool", "flowery": "flowers|flower",
}  # fmt: skip
"""Other words: tags that must all be there, with ``|`` between ways to be right; empty for words that tell nothing."""

PEOPLE: Final = frozenset(
    {"woman", "women", "man", "men", "person", "people", "lady", "guy", "girl", "boy", "child", "kid"}
)
"""Words before which ``black`` and ``white`` are said of skin."""

SKIN_WORDS: Final = {"black": "dark-skin|brown-skin", "white": "light-skin"}

FILLERS: Final = frozenset(["a", "an", "and", "any", "has", "have", "in", "of", "on", "or", "some", "style", "the",
                            "wearing", "wears", "who", "with", "old-fashioned", "hair", "haired", "skin",
                            "skinned"])  # fmt: skip
"""Words that are passed over when they do not make a tag with the word before them."""

NEGATIONS: Final = frozenset({"without", "no", "not"})
