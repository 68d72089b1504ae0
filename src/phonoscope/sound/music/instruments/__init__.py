"""Instruments: each a function from a pitch and a force to the sound of one note."""
