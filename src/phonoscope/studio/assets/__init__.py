"""Pictures, recordings and videos that users bring."""
