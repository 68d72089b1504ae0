"""Filters of a picture: settings, named looks, and the chain that applies them."""
