"""Sound → sound: loudness, cleaning, pitch, speed and effects. Pure signal processing; files are `media`'s."""
