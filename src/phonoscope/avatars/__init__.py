"""Photo to Avatar, and Avatar and Pose to a frame."""
