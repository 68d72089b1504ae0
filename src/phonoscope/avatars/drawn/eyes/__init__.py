"""Eyes: lids, gaze, and the picture of both."""
