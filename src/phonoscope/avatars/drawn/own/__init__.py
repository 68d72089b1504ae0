"""Somebody's own avatar: an SVG with named groups, or a folder of PNG layers."""

from phonoscope.avatars.drawn.own.loading import load_own

__all__ = ["load_own"]
