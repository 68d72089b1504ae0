"""What the page of a shared video says, in the languages of the studio's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Words:
    """The page's words in a language.

    Attributes
    ----------
    language
        BCP-47 tag.
    missing_title, missing
        Where nothing is shared.
    direction
        ``ltr`` or ``rtl``.
    """

    language: str
    download: str
    made_with: str
    missing_title: str
    missing: str
    direction: str = "ltr"


ENGLISH: Final = Words(
    "en",
    "Download",
    "Made with Phonoscope: a computer animated this face.",
    "Nothing here",
    "This video is not shared, or not any more.",
)

LANGUAGES: Final = {
    words.language: words
    for words in (
        ENGLISH,
        Words(
            "de",
            "Herunterladen",
            "Gemacht mit Phonoscope: Ein Computer hat dieses Gesicht bewegt.",
            "Hier ist nichts",
            "Dieses Video ist nicht oder nicht mehr geteilt.",
        ),
        Words(
            "fr",
            "Télécharger",
            "Fait avec Phonoscope : un ordinateur a animé ce visage.",
            "Rien ici",
            "Cette vidéo n’est pas partagée, ou ne l’est plus.",
        ),
        Words(
            "es",
            "Descargar",
            "Hecho con Phonoscope: un ordenador ha animado esta cara.",
            "Aquí no hay nada",
            "Este vídeo no está compartido, o ya no lo está.",
        ),
        Words(
            "pt",
            "Baixar",
            "Feito com Phonoscope: um computador animou este rosto.",
            "Nada aqui",
            "Este vídeo não está compartilhado, ou não está mais.",
        ),
        Words(
            "it",
            "Scarica",
            "Fatto con Phonoscope: un computer ha animato questo volto.",
            "Qui non c’è niente",
            "Questo video non è condiviso, o non lo è più.",
        ),
        Words(
            "ar",
            "تنزيل",
            "صُنع باستخدام Phonoscope: حرّك حاسوبٌ هذا الوجه.",
            "لا شيء هنا",
            "هذا المقطع غير مشارَك، أو لم يعد مشارَكًا.",
            "rtl",
        ),
    )
}


def words_for(accepted: str) -> Words:
    """Return the words in the language that a browser likes best; English where it likes none of these.

    Parameters
    ----------
    accepted
        As in ``Accept-Language``: ``de-AT, de;q=0.9, en;q=0.5``.
    """
    liked = sorted((_liking(part) for part in accepted.split(",")), key=lambda liking: -liking[1])
    return next((LANGUAGES[tag] for tag, share in liked if share > 0 and tag in LANGUAGES), ENGLISH)


def _liking(part: str) -> tuple[str, float]:
    """Return a language, without its country, and how much it is liked, 0 to 1; 0 where that cannot be read."""
    tag, _, weight = part.partition(";")
    language = tag.strip().partition("-")[0].lower()
    if not weight.strip():
        return language, 1.0
    try:
        return language, float(weight.strip().lower().removeprefix("q="))
    except ValueError:
        return language, 0.0
