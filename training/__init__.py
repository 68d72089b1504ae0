"""Reproducible scripts for the small models that the package carries."""
