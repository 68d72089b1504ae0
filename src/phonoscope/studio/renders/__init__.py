"""Finished videos, and those on their way."""
