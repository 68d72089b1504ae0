"""The photo avatar: landmarks, lattice, lips, mouth interior, eyes."""

from phonoscope.avatars.photo.avatar import PhotoAvatar
from phonoscope.avatars.photo.finding.faces import Face, choose_face, find_faces
from phonoscope.avatars.photo.rig import RigOptions, rig_photo

__all__ = ["Face", "PhotoAvatar", "RigOptions", "choose_face", "find_faces", "rig_photo"]
