"""Tests of `phonoscope.interactive`."""
