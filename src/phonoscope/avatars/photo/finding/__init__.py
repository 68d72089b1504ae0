"""Where the faces of a picture are, and how they lie in space."""
