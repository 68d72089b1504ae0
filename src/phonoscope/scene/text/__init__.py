"""Text in every script, in fonts that ship with the package: the same letters on every machine.

style = TextStyle(size_px=48, outline_px=4, language="ar")
layout = lay_out("مرحبا بالعالم", style, width_px=800, max_lines=2, balanced=True)
layout.paint(canvas, x_px, y_px)
"""

from phonoscope.scene.text.catalogue import FontFile, families, shipped_fonts
from phonoscope.scene.text.fallback import foreign_letters, missing_letters
from phonoscope.scene.text.layout import TextBox, TextLayout, TextLine, lay_out, split_words
from phonoscope.scene.text.letters import split_letters
from phonoscope.scene.text.style import Run, RunLook, Shadow, TextStyle
from phonoscope.scene.text.typefaces import find_family

__all__ = [
    "FontFile",
    "Run",
    "RunLook",
    "Shadow",
    "TextBox",
    "TextLayout",
    "TextLine",
    "TextStyle",
    "families",
    "find_family",
    "foreign_letters",
    "lay_out",
    "missing_letters",
    "shipped_fonts",
    "split_letters",
    "split_words",
]
