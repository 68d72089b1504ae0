"""Characters of DiceBear's styles, taken apart so that they can act."""

from phonoscope.avatars.drawn.styles.building import build_character
from phonoscope.avatars.drawn.styles.definitions import character_svg, load_style, style_credit
from phonoscope.avatars.drawn.styles.rigs import StyleRig, rig_of, styles_with_rigs

__all__ = ["StyleRig", "build_character", "character_svg", "load_style", "rig_of", "style_credit", "styles_with_rigs"]
