"""Benchmarks: speed, memory and lips, measured on this machine. Run with ``python -m bench`` or ``make bench``."""
