"""What the player's buttons say, in the language of the document."""

from __future__ import annotations

from typing import Final

ENGLISH: Final = "en"

LABELS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "start": "Start", "next": "Continue", "again": "Start again", "save": "Save my answers", "pause": "Pause",
        "play": "Play", "back": "Back", "captions": "Captions", "replay": "Replay", "wait": "Do not hurry me",
        "choose": "What next?", "in": "Goes on in {seconds} s.", "right": "Right!", "wrong": "Not quite.",
        "end": "The end", "score": "{right} of {all} right", "broken": "This video cannot be played.",
        "full": "Full screen", "noscript": "This page needs JavaScript.",
    },
    "de": {
        "start": "Start", "next": "Weiter", "again": "Noch einmal", "save": "Antworten speichern", "pause": "Pause",
        "play": "Abspielen", "back": "Zurück", "captions": "Untertitel", "replay": "Wiederholen",
        "wait": "Mehr Zeit bitte", "choose": "Wie geht es weiter?", "in": "Weiter in {seconds} s.",
        "right": "Richtig!", "wrong": "Nicht ganz.", "end": "Ende", "score": "{right} von {all} richtig",
        "broken": "Dieses Video kann nicht abgespielt werden.",
        "full": "Vollbild", "noscript": "Diese Seite braucht JavaScript.",
    },
    "es": {
        "start": "Empezar", "next": "Continuar", "again": "Otra vez", "save": "Guardar mis respuestas",
        "pause": "Pausa", "play": "Reproducir", "back": "Atrás", "captions": "Subtítulos", "replay": "Repetir",
        "wait": "Necesito más tiempo", "choose": "¿Y ahora?", "in": "Sigue en {seconds} s.", "right": "¡Correcto!",
        "wrong": "Casi.", "end": "Fin", "score": "{right} de {all} correctas",
        "broken": "Este vídeo no se puede reproducir.",
        "full": "Pantalla completa", "noscript": "Esta página necesita JavaScript.",
    },
    "fr": {
        "start": "Commencer", "next": "Continuer", "again": "Recommencer", "save": "Enregistrer mes réponses",
        "pause": "Pause", "play": "Lecture", "back": "Retour", "captions": "Sous-titres", "replay": "Revoir",
        "wait": "Laissez-moi du temps", "choose": "Et ensuite ?", "in": "Suite dans {seconds} s.",
        "right": "Exact !", "wrong": "Pas tout à fait.", "end": "Fin", "score": "{right} sur {all} justes",
        "broken": "Cette vidéo ne peut pas être lue.",
        "full": "Plein écran", "noscript": "Cette page a besoin de JavaScript.",
    },
    "pt": {
        "start": "Começar", "next": "Continuar", "again": "Outra vez", "save": "Salvar minhas respostas",
        "pause": "Pausa", "play": "Reproduzir", "back": "Voltar", "captions": "Legendas", "replay": "Repetir",
        "wait": "Preciso de mais tempo", "choose": "E agora?", "in": "Continua em {seconds} s.", "right": "Certo!",
        "wrong": "Quase.", "end": "Fim", "score": "{right} de {all} certas",
        "broken": "Este vídeo não pode ser reproduzido.",
        "full": "Tela cheia", "noscript": "Esta página precisa de JavaScript.",
    },
}  # fmt: skip
"""By language."""

RIGHT_TO_LEFT: Final = frozenset({"ar", "he", "fa", "ur", "ps", "sd", "ug", "yi", "dv"})


def labels_for(language: str) -> dict[str, str]:
    """Return the labels in a language, English where we do not speak it."""
    return LABELS.get(language.lower().split("-")[0], LABELS[ENGLISH])


def direction_of(language: str) -> str:
    """Return ``rtl`` for a language that is written from right to left, else ``ltr``."""
    return "rtl" if language.lower().split("-")[0] in RIGHT_TO_LEFT else "ltr"
