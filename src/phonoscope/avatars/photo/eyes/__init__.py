"""Eyes that blink and look around."""
