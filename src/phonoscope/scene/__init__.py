"""Canvas and layout, captions."""
