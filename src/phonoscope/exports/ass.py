"""Subtitles as Advanced SubStation Alpha, which keeps how captions look: NAME.ass, written by pysubs2.

Sizes are in pixels of the video (``PlayResX``, ``PlayResY``); players scale them with the picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from phonoscope.core.errors import UsageError
from phonoscope.core.speech import Word
from phonoscope.media.line_breaks import shown_text
from phonoscope.media.subtitles import Cue, one_line
from phonoscope.scene.captioning.drawing import PageArtist
from phonoscope.scene.captioning.looks import (
    BOLD_OUTLINE,
    BOLD_SIZE,
    BOX_PADDING,
    GLOW_BLUR,
    RIM,
    SAFE_AREAS,
    SHADOW_DROP,
    WORD_SIZE,
    caption_look,
)
from phonoscope.scene.captioning.pages import Page, pages, single_words
from phonoscope.scene.document.captions import Captions
from phonoscope.scene.document.model import rgba_of
from phonoscope.scene.document.naming import FONT_ENDINGS
from phonoscope.scene.text import find_family
from phonoscope.scene.text.catalogue import is_path

if TYPE_CHECKING:
    from pysubs2 import Color, SSAStyle

DEFAULT_FONT: Final = "Noto Sans"
DEFAULT_STYLE: Final = "Default"

LINE_TO_LETTERS: Final = 1.36
"""ASS tells the height of a line, ascent and descent together; documents that of the letters (Noto Sans' ratio)."""

SHADOW_OPACITY, GLOW_OPACITY = 0.8, 0.9
"""Of shadow and glow, which have no softness of their own here."""

OUTLINES: Final = {"shadow": RIM, "plain": GLOW_BLUR}
"""Width of outlines, of the letters' size, in looks that tell none; a glow is an outline that is blurred."""

_ALIGNMENTS: Final = {"bottom": 2, "middle": 5, "top": 8}


def ass_text(shown: Iterable[Cue], look: Captions, size_px: tuple[int, int], title: str = "") -> str:
    """Return subtitles as ASS.

    Parameters
    ----------
    shown
        In order; karaoke and word styles need their words.
    look
        How they look.
    size_px
        (width, height) of the video.
    """
    from pysubs2 import SSAEvent, SSAFile, make_time

    file = SSAFile()
    # Long lines are broken evenly where they do not fit: upright videos are narrower than subtitles' lines.
    file.info.update({"Title": one_line(title), "WrapStyle": "0", "ScaledBorderAndShadow": "yes"})
    file.info.update({"PlayResX": str(size_px[0]), "PlayResY": str(size_px[1]), "YCbCr Matrix": "TV.709"})
    cues = list(_paged(list(shown), look, size_px))
    place = _tags(look, size_px)
    names = {name: f"{DEFAULT_STYLE} {number}" for number, name in enumerate(look.speaker_colours, 1)}
    alone = look.highlight if look.style == "word" else look.colour
    file.styles = {DEFAULT_STYLE: _style(look, alone, size_px)}
    file.styles |= {names[name]: _style(look, colour, size_px) for name, colour in look.speaker_colours.items()}
    before = None
    for cue in cues:
        event = SSAEvent(
            start=make_time(s=cue.start_s),
            end=make_time(s=cue.end_s),
            text=place + _event_text(cue, look, named=cue.speaker != before),
            style=names.get(cue.speaker, DEFAULT_STYLE),
            name=one_line(cue.speaker).replace(",", " "),
        )
        file.append(event)
        before = cue.speaker
    # Without pysubs2's own header, which names its version.
    return file.to_string("ass", header_notice="")


def _style(look: Captions, colour: str, size_px: tuple[int, int]) -> SSAStyle:
    """Return a style that looks like captions that are drawn into the picture, as far as the format goes."""
    from pysubs2 import Alignment, Color, SSAStyle

    scale = (BOLD_SIZE if look.look == "bold" else 1) * (WORD_SIZE if look.style == "word" else 1)
    letters_px = look.size * min(size_px) * scale
    # Every line has a box of its own; less room keeps them from darkening each other where they overlap.
    outlines = {**OUTLINES, "outline": look.outline, "bold": look.outline * BOLD_OUTLINE, "box": BOX_PADDING / 2}
    boxed = look.look == "box"
    edges = SAFE_AREAS[look.safe_area]
    side_px = round(size_px[0] * max(edges.sides, (1 - look.width) / 2))
    return SSAStyle(
        fontname=_family(look.font),
        fontsize=round(letters_px * LINE_TO_LETTERS, 1),
        primarycolor=_colour(look.highlight if look.style == "karaoke" else colour),
        secondarycolor=_colour(colour),
        outlinecolor=_colour(_outline_colour(look)),
        backcolor=Color(0, 0, 0, round(255 * (1 - SHADOW_OPACITY))),
        bold=look.weight == 700,
        borderstyle=3 if boxed else 1,
        outline=round(letters_px * outlines.get(look.look, 0.0), 2),
        shadow=round(letters_px * SHADOW_DROP, 2) if look.look in ("shadow", "bold") else 0,
        alignment=Alignment(_ALIGNMENTS[look.position]),
        marginl=side_px,
        marginr=side_px,
        marginv=_margin_px(look, size_px[1]),
    )


def _margin_px(look: Captions, height: int) -> int:
    """Return how far from its edge text stands; offsets move it down, so away from the top."""
    edges = SAFE_AREAS[look.safe_area]
    margin = edges.above + look.offset if look.position == "top" else edges.below - look.offset
    return max(0, round(height * margin))


def _outline_colour(look: Captions) -> str:
    if look.look == "plain":
        return f"#000000{round(255 * GLOW_OPACITY):02x}"
    return look.box_colour if look.look == "box" else look.outline_colour


def _tags(look: Captions, size_px: tuple[int, int]) -> str:
    """Return tags for what styles cannot tell: text beside the middle, which has no margin to be moved by, and blur."""
    width, height = size_px
    tags = ""
    if look.position == "middle" and look.offset:
        tags += f"\\pos({round(width / 2)},{round(height * (0.5 + look.offset))})"
    if look.look == "plain":
        tags += f"\\blur{GLOW_BLUR / 2 * look.size * min(size_px):.1f}"
    return f"{{{tags}}}" if tags else ""


def _family(font: str) -> str:
    """Return the name of a font; of a file, what it is called."""
    name = PurePath(font).stem if font.lower().endswith(FONT_ENDINGS) else font
    return one_line(name.replace(",", " ")) or DEFAULT_FONT


def _colour(colour: str) -> Color:
    from pysubs2 import Color

    red, green, blue, alpha = rgba_of(colour)
    # ASS counts how transparent it is.
    return Color(red, green, blue, 255 - alpha)


def _event_text(cue: Cue, look: Captions, named: bool) -> str:
    name = f"{one_line(cue.speaker)}: " if look.show_speakers and cue.speaker and named else ""
    if look.style == "karaoke" and cue.words:
        return _plain(name, look) + "".join(_karaoke(cue, look))
    return _plain(name + cue.text, look)


def _karaoke(cue: Cue, look: Captions) -> Iterator[str]:
    """Yield a cue's text with tags that light each word up when it is said; they count hundredths of a second."""
    reached = 0
    for text, word in timed_parts(cue):
        if word is None:
            yield _plain(text, look)
            continue
        start, end = (round((time_s - cue.start_s) * 100) for time_s in (word.start_s, word.end_s))
        if start > reached:
            yield f"{{\\k{start - reached}}}"
            reached = start
        yield f"{{\\k{max(0, end - reached)}}}{_plain(text, look)}"
        reached = max(reached, end)


def timed_parts(cue: Cue) -> Iterator[tuple[str, Word | None]]:
    """Yield the parts of a cue's text, each with the word that it is; None for what stands between two words."""
    place = 0
    for word in cue.words:
        begin = place
        while begin < len(cue.text) and cue.text[begin].isspace():
            begin += 1
        end = begin
        # A word of a script without spaces may be broken over two lines.
        for letter in word.text:
            while end < len(cue.text) and cue.text[end] == "\n" != letter:
                end += 1
            if end < len(cue.text) and cue.text[end] == letter:
                end += 1
        if begin > place:
            yield cue.text[place:begin], None
        yield cue.text[begin:end], word
        place = end
    if place < len(cue.text):
        yield cue.text[place:], None


def _paged(cues: Sequence[Cue], look: Captions, size_px: tuple[int, int]) -> Iterator[Cue]:
    """Yield what is shown at once in captions that are drawn into the picture, in the same lines, as cues.

    What has no words stays as it is.
    """
    said = [(word, cue.speaker) for cue in cues for word in cue.words]
    paged = [_page_cue(page, text) for page, text in written_pages(said, look, size_px)] if said else []
    unsaid = [cue for cue in cues if not cue.words]
    yield from sorted([*paged, *unsaid], key=lambda cue: cue.start_s)


def written_pages(
    words: Sequence[tuple[Word, str]], look: Captions, size_px: tuple[int, int]
) -> Iterator[tuple[Page, str]]:
    """Yield the pages of captions, each with its text in lines."""
    # The name of a speaker is written in front later on; a font that is missing here has about the usual widths.
    told = look.model_copy(update={"show_speakers": False})
    try:
        family = find_family("" if is_path(look.font) else look.font)
    except UsageError:
        family = find_family("")
    artist = PageArtist(told, caption_look(told, size_px, family, ""), size_px)
    for page in (single_words if look.style == "word" else pages)(words, artist.fits):
        lines = [shown_text(line.text).replace("\u00a0", " ").strip() for line in artist.laid_out(page).lines]
        yield page, "\n".join(lines)


def _page_cue(page: Page, text: str) -> Cue:
    words = tuple(Word(word.text.replace("\u00a0", " ").strip(), word.start_s, word.end_s) for word in page.words)
    return Cue(text, page.start_s, page.end_s, page.speaker, words)


def _plain(text: str, look: Captions) -> str:
    """Return text so that nothing in it is taken for a tag."""
    shown = text.upper() if look.capitals else text
    # An invisible joiner keeps a backslash from naming what follows it.
    shown = shown.replace("\\", "\\\u2060").replace("{", "\\{").replace("}", "\\}")
    return shown.replace("\n", "\\N")
