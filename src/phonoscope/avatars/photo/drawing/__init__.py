"""The movement inverted, and the photo read through it."""
