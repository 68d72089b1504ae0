"""Transitions: the way from one scene to the next."""
