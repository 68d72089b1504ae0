"""Which fonts ship, where they come from, and what is kept of each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A font as published.

    Attributes
    ----------
    family
        Its name for people.
    package
        npm package, and its version.
    weights
        Weight of the file, and the package's folder for it.
    keep
        Which letters, see `letters.letters_of`.
    kind
        What it is for: "text" (the family that text has by default), "script" (stands in for letters that others lack),
        "han", "emoji", "symbols", "title" (chosen by name).
    languages
        For Han: the languages whose regional form it draws.
    about
        For titles: what it looks like, in two words.
    """

    family: str
    package: str
    version: str
    weights: tuple[tuple[int, str], ...]
    keep: str
    kind: str
    languages: tuple[str, ...] = ()
    about: str = ""


_BOTH = ((400, "400Regular"), (700, "700Bold"))
_BOLD = ((700, "700Bold"),)
_ONE = ((400, "400Regular"),)

SOURCES = (
    Source("Noto Sans", "@expo-google-fonts/noto-sans", "0.4.2", _BOTH, "latin", "text"),
    Source("Noto Sans Arabic", "@expo-google-fonts/noto-sans-arabic", "0.4.3", _BOTH, "script", "script"),
    Source("Noto Sans Hebrew", "@expo-google-fonts/noto-sans-hebrew", "0.4.1", _BOTH, "script", "script"),
    Source("Noto Sans Devanagari", "@expo-google-fonts/noto-sans-devanagari", "0.4.1", _BOTH, "script", "script"),
    Source("Noto Sans Bengali", "@expo-google-fonts/noto-sans-bengali", "0.4.4", _BOTH, "script", "script"),
    Source("Noto Sans Gurmukhi", "@expo-google-fonts/noto-sans-gurmukhi", "0.4.1", _BOTH, "script", "script"),
    Source("Noto Sans Gujarati", "@expo-google-fonts/noto-sans-gujarati", "0.4.2", _BOTH, "script", "script"),
    Source("Noto Sans Oriya", "@expo-google-fonts/noto-sans-oriya", "0.4.2", _BOTH, "script", "script"),
    Source("Noto Sans Tamil", "@expo-google-fonts/noto-sans-tamil", "0.4.3", _BOTH, "script", "script"),
    Source("Noto Sans Telugu", "@expo-google-fonts/noto-sans-telugu", "0.4.2", _BOTH, "script", "script"),
    Source("Noto Sans Kannada", "@expo-google-fonts/noto-sans-kannada", "0.4.3", _BOTH, "script", "script"),
    Source("Noto Sans Malayalam", "@expo-google-fonts/noto-sans-malayalam", "0.4.2", _BOTH, "script", "script"),
    Source("Noto Sans Sinhala", "@expo-google-fonts/noto-sans-sinhala", "0.4.2", _BOTH, "script", "script"),
    Source("Noto Sans Thai", "@expo-google-fonts/noto-sans-thai", "0.4.2", _BOTH, "script", "script"),
    Source("Noto Sans Lao", "@expo-google-fonts/noto-sans-lao", "0.4.2", _BOTH, "script", "script"),
    Source("Noto Sans Khmer", "@expo-google-fonts/noto-sans-khmer", "0.4.3", _BOTH, "script", "script"),
    Source("Noto Sans Myanmar", "@expo-google-fonts/noto-sans-myanmar", "0.4.2", _BOTH, "script", "script"),
    Source("Noto Sans Ethiopic", "@expo-google-fonts/noto-sans-ethiopic", "0.4.2", _BOTH, "script", "script"),
    Source("Noto Sans Georgian", "@expo-google-fonts/noto-sans-georgian", "0.4.3", _BOTH, "script", "script"),
    Source("Noto Sans Armenian", "@expo-google-fonts/noto-sans-armenian", "0.4.2", _BOTH, "script", "script"),
    Source("Noto Sans Thaana", "@expo-google-fonts/noto-sans-thaana", "0.4.2", _BOTH, "script", "script"),
    Source(
        "Noto Sans SC",
        "@expo-google-fonts/noto-sans-sc",
        "0.4.3",
        _BOLD,
        "simplified",
        "han",
        ("zh", "zh-Hans", "zh-CN", "zh-SG"),
    ),
    Source(
        "Noto Sans TC",
        "@expo-google-fonts/noto-sans-tc",
        "0.4.3",
        _BOLD,
        "traditional",
        "han",
        ("zh-Hant", "zh-TW", "zh-HK", "zh-MO", "yue"),
    ),
    Source("Noto Sans JP", "@expo-google-fonts/noto-sans-jp", "0.4.3", _BOLD, "japanese", "han", ("ja",)),
    Source("Noto Sans KR", "@expo-google-fonts/noto-sans-kr", "0.4.3", _BOLD, "korean", "han", ("ko",)),
    Source("Noto Color Emoji", "@expo-google-fonts/noto-color-emoji", "0.4.6", _ONE, "emoji", "emoji"),
    Source("Noto Sans Symbols", "@expo-google-fonts/noto-sans-symbols", "0.4.1", _BOLD, "symbols", "symbols"),
    Source("Noto Sans Symbols 2", "@expo-google-fonts/noto-sans-symbols-2", "0.4.1", _ONE, "symbols", "symbols"),
    Source("Noto Sans Math", "@expo-google-fonts/noto-sans-math", "0.4.2", _ONE, "symbols", "symbols"),
    Source("Noto Serif", "@expo-google-fonts/noto-serif", "0.4.2", _BOTH, "titles", "title", about="book serif"),
    Source(
        "Montserrat",
        "@expo-google-fonts/montserrat",
        "0.4.2",
        ((500, "500Medium"), (800, "800ExtraBold")),
        "titles",
        "title",
        about="wide geometric",
    ),
    Source(
        "Nunito",
        "@expo-google-fonts/nunito",
        "0.4.2",
        ((600, "600SemiBold"), (800, "800ExtraBold")),
        "titles",
        "title",
        about="soft round",
    ),
    Source(
        "Rubik",
        "@expo-google-fonts/rubik",
        "0.4.2",
        ((500, "500Medium"), (800, "800ExtraBold")),
        "titles",
        "title",
        about="friendly square",
    ),
    Source(
        "Oswald",
        "@expo-google-fonts/oswald",
        "0.4.2",
        ((400, "400Regular"), (700, "700Bold")),
        "titles",
        "title",
        about="narrow",
    ),
    Source("Anton", "@expo-google-fonts/anton", "0.4.2", _ONE, "titles", "title", about="heavy poster"),
    Source("Bangers", "@expo-google-fonts/bangers", "0.4.1", _ONE, "titles", "title", about="comic strip"),
    Source("Balsamiq Sans", "@expo-google-fonts/balsamiq-sans", "0.4.1", _BOTH, "titles", "title", about="comic hand"),
    Source("Caveat", "@expo-google-fonts/caveat", "0.4.2", _BOLD, "titles", "title", about="handwriting"),
    Source("Pacifico", "@expo-google-fonts/pacifico", "0.4.1", _ONE, "titles", "title", about="brush script"),
    Source(
        "JetBrains Mono",
        "@expo-google-fonts/jetbrains-mono",
        "0.4.1",
        _BOTH,
        "titles",
        "title",
        about="typewriter, for code",
    ),
)
