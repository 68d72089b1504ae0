"""What was said in a scene is remembered: a document that has changed elsewhere is not spoken again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from phonoscope.core.events import EventSink
from phonoscope.core.keeping import Shelf
from phonoscope.core.sound import Sound
from phonoscope.core.speech import Speech
from phonoscope.rendering.hearing import SceneVoice
from phonoscope.rendering.pictures import picture_source, source_stamp
from phonoscope.scene.document.assets import Assets
from phonoscope.scene.document.video import SceneDocument

Played = tuple[Speech, Sound]


class PromptedVoice(SceneVoice):
    """A voice that reads from `said` what it has said before."""

    def __init__(
        self,
        document: SceneDocument,
        index: int,
        assets: Assets,
        events: EventSink,
        said: Shelf[Sequence[Played]],
    ) -> None:
        super().__init__(document, index, assets, events)
        self._said = said
        self.key: Hashable = (self._lead_in_s, *voice_key(document, index, assets))

    def played(self) -> Iterator[Played]:
        """See `SceneVoice`."""
        return self._remembered((self.key, "played"), super().played)

    def pieces(self) -> Iterator[Speech]:
        """See `SceneVoice`."""
        if self._said.find((self.key, "played")) is not None:
            return (piece for piece, _ in self.played())
        pieces = super().pieces
        said = self._remembered((self.key, "pieces"), lambda: ((piece, piece.sound) for piece in pieces()))
        return (piece for piece, _ in said)

    def _remembered(self, key: Hashable, say: Callable[[], Iterable[Played]]) -> Iterator[Played]:
        """Yield what is remembered; what is not is said, and remembered once all of it was asked for."""
        known = self._said.find(key)
        if known is not None:
            yield from known
            return
        heard: list[Played] = []
        room = self._said.most_bytes
        for played in say():
            if room >= 0:
                room -= bytes_of((played,))
                heard.append(played)
            else:
                heard.clear()
            yield played
        if room >= 0:
            self._said.put(key, heard)


def voice_key(document: SceneDocument, index: int, assets: Assets) -> tuple[Hashable, ...]:
    """Return what changes whenever something else might be said in a scene, or in another voice."""
    scene = document.scenes[index]
    voice = scene.voice or document.voice
    sound = scene.sound
    recording = None if sound is None else (sound.model_dump_json(), source_stamp(assets.path(sound.file)))
    # A drawn avatar speaks in a voice that suits it.
    seen = tuple((source_stamp(picture_source(a.picture, assets)), a.name, tuple(a.faces)) for a in scene.avatars)
    return scene.script, recording, voice.model_dump_json(), document.language, scene.duration_s, seen


def bytes_of(played: Sequence[Played]) -> int:
    """Return how large what was said is."""
    size = 0
    for piece, sound in played:
        size += piece.sound.samples.nbytes
        if sound is not piece.sound:
            size += sound.samples.nbytes
        if piece.evidence is not None:
            size += piece.evidence.probabilities.nbytes
    return size
