"""Videos in the making."""
