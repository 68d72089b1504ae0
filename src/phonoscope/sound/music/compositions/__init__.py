"""The loops themselves, written down: data only."""
