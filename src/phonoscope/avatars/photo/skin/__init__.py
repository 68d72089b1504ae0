"""Skin that answers: folds deepen and cheeks round as the face moves, in the light of the photo."""
