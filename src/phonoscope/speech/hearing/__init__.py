"""A recorded voice to timed phones: features, network, search and alignment, one module each."""
