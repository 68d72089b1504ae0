"""Every error that Phonoscope raises on purpose, in one tree.

    PhonoscopeError                 exit code
     ├─ UsageError                  2   the request does not fit: unknown voice, output exists
     ├─ InputError (ValueError)     3   what was given cannot be used
     │   ├─ PhotoError                  not a readable picture, no face, face too small
     │   ├─ ScriptError                 empty, unbalanced markup; has line and column
     │   ├─ TranscriptError             a text that is not what is said in the sound
     │   ├─ MediaError                  a sound or video file that cannot be read
     │   └─ SceneError                  a scene document that cannot be rendered; has the place in it
     └─ MachineError                4   the machine stands in the way
         ├─ OutputError                 the output cannot be written, the disk is full
         ├─ MissingPartError            a library or model is not installed
         └─ StoppedError                the user stopped the work

Every error tells what is wrong and where (`message`) and what to do (`remedy`).
"""

from __future__ import annotations


class PhonoscopeError(Exception):
    """Base of all errors raised on purpose.

    Parameters
    ----------
    message
        What is wrong, and where; one sentence.
    remedy
        What the user can do about it; one sentence.
    """

    exit_code = 1
    kind = "error"

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".rstrip()


class UsageError(PhonoscopeError):
    """The request does not fit: an unknown voice, an output that exists, options that exclude each other."""

    exit_code = 2
    kind = "usage"


class InputError(PhonoscopeError, ValueError):
    """What was given cannot be used."""

    exit_code = 3
    kind = "input"


class PhotoError(InputError):
    """A picture cannot be read, or holds no face that can speak."""

    kind = "photo"


class ScriptError(InputError):
    """A script cannot be spoken.

    Parameters
    ----------
    line, column
        Where, counted from 1; 0 when the whole script is meant.
    """

    kind = "script"

    def __init__(self, message: str, remedy: str = "", line: int = 0, column: int = 0) -> None:
        super().__init__(message, remedy)
        self.line = line
        self.column = column


class TranscriptError(InputError):
    """A text is not what is said in the sound."""

    kind = "transcript"


class MediaError(InputError):
    """A sound or video file cannot be read."""

    kind = "media"


class SceneError(InputError):
    """A scene document cannot be rendered.

    Parameters
    ----------
    path
        Where in the document, as ``scenes[2].overlays[0].image``; empty when the whole document is meant.
    faults
        Where an error tells of several faults at once: each of them by itself.
    """

    kind = "scene"

    def __init__(self, message: str, remedy: str = "", path: str = "", faults: tuple[SceneError, ...] = ()) -> None:
        super().__init__(message, remedy)
        self.path = path
        self.faults = faults


class MachineError(PhonoscopeError):
    """The machine stands in the way: a missing part, a full disk, an interruption."""

    exit_code = 4
    kind = "environment"


class OutputError(MachineError, OSError):
    """The output cannot be written."""

    kind = "output"


class MissingPartError(MachineError, ImportError):
    """A library or model that is needed is not installed."""

    kind = "missing"


class StoppedError(MachineError):
    """The user stopped the work."""

    kind = "stopped"
