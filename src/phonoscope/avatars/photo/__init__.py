"""The photo avatar: landmarks, lattice, lips, mouth interior, eyes."""
