"""Faces that a person has marked: what no finder knows, from a dog to a toaster."""

from phonoscope.avatars.photo.marks.document import find_marks, marks_path, parse_rig, read_rig, rig_text, write_rig
from phonoscope.avatars.photo.marks.face_marks import EyeMarks, FaceMarks, MouthMarks
from phonoscope.avatars.photo.marks.guessing import guess_marks, marks_from_face, seek_marks
from phonoscope.avatars.photo.marks.placing import face_from_marks, faces_from_marks

__all__ = [
    "EyeMarks",
    "FaceMarks",
    "MouthMarks",
    "face_from_marks",
    "faces_from_marks",
    "find_marks",
    "guess_marks",
    "marks_from_face",
    "marks_path",
    "parse_rig",
    "read_rig",
    "rig_text",
    "seek_marks",
    "write_rig",
]
