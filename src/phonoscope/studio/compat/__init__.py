"""What clients of other services already speak."""
