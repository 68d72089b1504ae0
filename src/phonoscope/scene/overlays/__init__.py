"""What lies over the picture of a scene: text, lower thirds, titles, shapes, pictures, codes, and how they move."""
