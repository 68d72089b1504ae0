"""The version of the package; semantic versioning."""

__version__ = "0.1.0"
