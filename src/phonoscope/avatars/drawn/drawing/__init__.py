"""From layers and their movements to pixels."""
