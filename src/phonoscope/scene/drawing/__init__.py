"""Layers, and how they are put over each other."""
