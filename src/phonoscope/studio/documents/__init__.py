"""Documents: read as they arrive, checked, and told apart."""
