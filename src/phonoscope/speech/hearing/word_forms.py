"""The ways to say a word besides the one that espeak-ng gives: weak forms, and what running speech does to sounds.

Left-out single phones and near vowels need no form of their own: the search allows them everywhere.
"""

from __future__ import annotations

import re
from functools import lru_cache

MOST_FORMS = 3
"""Forms besides the first: each makes the search longer, and one more sound that a word can be mistaken for."""

LONGEST_NUMBER = 20
"""Characters of a number that may be read digit by digit."""

_ENGLISH_WORDS = """
a ə|eɪ
an ə n|æ n
the ð ə|ð i|d ə
and ə n d|æ n d|ə n|n
to t ə|t uː|ɾ ə
of ə v|ʌ v|ə
for f ɚ|f ɔː ɹ|f ə
from f ɹ ə m|f ɹ ʌ m
was w ə z|w ʌ z
have h æ v|ə v|h æ f
has h æ z|ə z
had h æ d|ə d
can k ə n|k æ n|k ŋ
that ð æ t|ð ə t|ð æ ɾ
you j uː|j ə|tʃ ə
your j ɚ|j ɔː ɹ|j ə
you're j ɚ|j ɔː ɹ
are ɑː ɹ|ɚ|ə
our aʊ ɚ|ɑː ɹ
or ɔː ɹ|ɚ
as æ z|ə z
at æ t|ə t
it ɪ t|ə t|ɪ ɾ
in ɪ n|ə n
on ɑː n|ɔ n
them ð ɛ m|ð ə m|ə m
their ð ɛ ɹ|ð ɚ
they're ð ɛ ɹ|ð ɚ
there ð ɛ ɹ|ð ɚ
then ð ɛ n|n ɛ n
than ð æ n|ð ə n|n
her h ɜː|ɚ|h ə
him h ɪ m|ɪ m
us ʌ s|ə s
we're w ɪ ɹ|w ɚ
were w ɜː|w ə
would w ʊ d|ə d
will w ɪ l|ə l
could k ʊ d|k ə d
should ʃ ʊ d|ʃ ə d
because b ɪ k ʌ z|k ə z|b ɪ k ɔː z
just dʒ ʌ s t|dʒ ə s|dʒ ɪ s
some s ʌ m|s ə m
i'm aɪ m|ɑː m|ə m
i'll aɪ l|ɑː l
it's ɪ t s|ə t s|t s
don't d oʊ n t|d oʊ n|ɾ oʊ n
didn't d ɪ d n t|d ɪ n|d ɪ ʔ n
want w ɑː n t|w ɔ n|w ɑː n
going ɡ oʊ ɪ ŋ|ɡ oʊ ɪ n|ɡ ə n
what w ʌ t|w ɑː t|w ʌ ɾ
so s oʊ|s ə
know n oʊ|n ə
probably p ɹ ɑː b ə b l i|p ɹ ɑː b l i|p ɹ ɑː l i
every ɛ v ɹ i|ɛ v ɚ i
um ʌ m|ə m|m
uh ʌ|ə|ɜː
hmm m|h m
mm m
yeah j æ|j ɛ ə|j ʌ
"""
"""Words that change most in running speech, with their forms in American IPA; the search bends the vowels."""

_RULES: dict[str, tuple[tuple[str, str], ...]] = {
    # "goin'"; "chrain" for train; "Chuesday" for Tuesday.
    "en": ((r"ɪ ŋ $", "ɪ n "), (r" t (?=ɹ )", " tʃ "), (r" d (?=ɹ )", " dʒ "), (r" t j (?=uː )", " tʃ ")),
    # "habm", "legng".
    "de": ((r" ([pb]) ə n $", r" \1 m "), (r" ([kɡ]) ə n $", r" \1 ŋ "), (r" f ə n $", " f m ")),
    # "quat'" for quatre, "tab'" for table; "chui" for je suis.
    "fr": ((r"(?<=[ptkbdɡfv]) (?:ʁ|l)(?: ə)? $", " "), (r" ʒ ə s (?=ɥ|w)", " ʃ ")),
    # c and z like s, outside Castile; an s at the end of a syllable is breathed or dropped; "-ado" without d; double l.
    "es": ((r" θ ", " s "), (r" s (?=[^aeiou]|$)", " "), (r" ð (?=o $)", " "), (r" ʎ ", " ʝ ")),
    # i and u between voiceless sounds, and behind them at the end, are not voiced: "des", "shta".
    "ja": ((r"(?<= s| ɕ|tɕ| k|ts) ɯᵝ (?=$|[ksthpɕ])", " "), (r"(?<= ɕ|tɕ) i (?=$|[ksthp])", " ")),
    # Southern speakers curl no tongue.
    "zh": ((r" ʂ ", " s "), (r" (?:ts\.|tʂ|ʈʂ) ", " ts "), (r" ŋ $", " n ")),
    # "-s" in Lisbon and Rio.
    "pt": ((r" s $", " ʃ "), (r" z $", " ʒ ")),
    "ru": ((r" v (?=s t v )", " "), (r" t (?=s )", " ")),
    "nl": ((r" ə n $", " ə "), (r" z ", " s "), (r" v ", " f ")),
}
"""By language: sounds of a word (IPA between spaces, and at both ends) that are also said otherwise."""


def other_forms(text: str, ipa: tuple[str, ...], language: str) -> tuple[tuple[str, ...], ...]:
    """Return further ways to say a word, at most `MOST_FORMS`.

    Parameters
    ----------
    text
        The word as written, with its punctuation.
    ipa
        Its phones as espeak-ng gives them.
    language
        BCP-47 tag.
    """
    primary = language.partition("-")[0].lower()
    forms = list(_english().get(re.sub(r"[^\w']", "", text.lower().replace("’", "'")), ())) if primary == "en" else []
    said = f" {' '.join(ipa)} "
    for pattern, replacement in _RULES.get(primary, ()):
        changed = re.sub(pattern, replacement, said)
        if changed != said:
            forms.append(tuple(changed.split()))
    return tuple(form for form in dict.fromkeys(forms) if form and form != ipa)[:MOST_FORMS]


_YEAR = re.compile(r"(1[1-9]|20)(\d\d)")
_NUMBER = re.compile(r"\d{3,}|\d+(?:[-/.:]\d+)+")


def other_readings(text: str, language: str) -> tuple[str, ...]:
    """Return how else a number may be read: a year in hundreds, and any number digit by digit or part by part.

    Returns
    -------
    tuple
        Texts to be read instead.
    """
    number = text.strip(".,;:!?()\"'“”„«»…")
    readings = []
    year = _YEAR.fullmatch(number)
    if year and language.partition("-")[0].lower() == "en":
        rest = year[2].lstrip("0")
        readings.append(f"{year[1]} {'hundred' if not rest else rest if rest == year[2] else f'oh {rest}'}")
    if _NUMBER.fullmatch(number) and len(number) <= LONGEST_NUMBER:
        readings.append(" ".join(re.findall(r"\d+", number)) if not number.isdigit() else " ".join(number))
        if not number.isdigit():
            readings.append(" ".join(re.findall(r"\d", number)))
    return tuple(readings)


@lru_cache(maxsize=1)
def _english() -> dict[str, tuple[tuple[str, ...], ...]]:
    rows = (row.partition(" ") for row in _ENGLISH_WORDS.strip().splitlines())
    return {word: tuple(tuple(form.split()) for form in forms.split("|")) for word, _, forms in rows}
