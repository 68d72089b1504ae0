"""The people of a photo cut out of it: how opaque each pixel is, and the colour of what is in front."""
