"""Avatars that are drawn: characters of a library, and drawings of people's own."""
