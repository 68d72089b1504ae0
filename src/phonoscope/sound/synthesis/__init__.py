"""Waves from nothing: strings, bars, bells, bands of harmonics, noise, filters and rooms, for `music` and `sfx`."""
