"""SVG: read safely, taken apart into layers, turned into pixels."""
