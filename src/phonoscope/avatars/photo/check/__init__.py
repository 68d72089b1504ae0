"""Whether a picture is fit to speak, and what would make it better."""

from phonoscope.avatars.photo.check.check import check_photo
from phonoscope.avatars.photo.check.report import FaceReport, Finding, Grade, PhotoReport

__all__ = ["FaceReport", "Finding", "Grade", "PhotoReport", "check_photo"]
