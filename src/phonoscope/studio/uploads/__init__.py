"""Uploads that go on after an interruption."""
