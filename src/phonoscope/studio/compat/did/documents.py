"""Scene documents of what programs written for D-ID ask for."""

from __future__ import annotations

from typing import Any, Final

from phonoscope.studio.assets.tables import Asset
from phonoscope.studio.compat.did.models import AudioScript, Config, TalkRequest, TextScript
from phonoscope.studio.compat.did.voices import voice_for

FACE_PX: Final = 512
"""Side of a video that shows the face alone."""

LONGEST_SIDE_PX: Final = 1280
"""Of a video of the whole picture."""

FPS: Final = 25

EXPRESSIONS: Final = {
    "happy": "happy", "surprise": "surprised", "surprised": "surprised", "serious": "calm", "neutral": "neutral",
    "sad": "sad", "angry": "angry",
}  # fmt: skip
"""D-ID's names of expressions, and ours."""


def document_of(asked: TalkRequest, source: Asset | str, recording: Asset | None) -> dict[str, Any]:
    """Return the document of a talk.

    Parameters
    ----------
    source
        The picture, or the name of a drawn avatar.

    Raises
    ------
    UsageError
        Nobody here speaks the language of the voice.
    """
    avatar: dict[str, Any] = {"picture": source if isinstance(source, str) else f"sha256:{source.sha256}"}
    avatar |= _expression(asked.config)
    if not asked.config.stitch and not isinstance(source, str) and source.kind == "picture":
        avatar["close_up"] = True
    scene: dict[str, Any] = {"avatars": [avatar]}
    if isinstance(asked.script, AudioScript):
        if recording is not None:
            scene["sound"] = {"file": f"sha256:{recording.sha256}"}
            if asked.config.pad_audio and recording.duration_s:
                scene["duration_s"] = recording.duration_s + asked.config.pad_audio
    else:
        scene |= _spoken(asked.script, asked.config.pad_audio)
    canvas = {"fps": FPS} | _size(source, asked.config.stitch)
    return {"schema": "scene.1", "canvas": canvas, "scenes": [scene]}


def _spoken(script: TextScript, pad_s: float) -> dict[str, Any]:
    text = script.input.strip()
    if script.ssml and not text.startswith("<speak"):
        text = f"<speak>{text}</speak>"
    if pad_s:
        mark = f'<break time="{pad_s:g}s"/></speak>'
        text = text.removesuffix("</speak>") + mark if text.startswith("<speak") else f"{text} [pause {pad_s:g}s]"
    config = script.provider.voice_config
    voice: dict[str, Any] = {"name": voice_for(script.provider)}
    if config is not None:
        voice |= {"rate": min(max(config.rate, 0.5), 3), "pitch": min(max(config.pitch, 0.5), 2)}
    # Double braces would be variables.
    return {"script": text.replace("{{", "\\{{"), "voice": voice}


def _expression(config: Config) -> dict[str, Any]:
    """Return the strongest expression that is asked for: the face has one."""
    told = config.driver_expressions.expressions if config.driver_expressions else []
    known = [it for it in told if it.expression.lower() in EXPRESSIONS]
    if not known:
        return {}
    strongest = max(known, key=lambda it: it.intensity)
    return {"expression": EXPRESSIONS[strongest.expression.lower()], "expression_strength": strongest.intensity}


def _size(source: Asset | str, stitch: bool) -> dict[str, int]:
    if isinstance(source, str) or not stitch or not source.width or not source.height:
        return {"width": FACE_PX, "height": FACE_PX}
    scale = min(1.0, LONGEST_SIDE_PX / max(source.width, source.height))
    width, height = (max(64, 2 * round(side * scale / 2)) for side in (source.width, source.height))
    return {"width": width, "height": height}
