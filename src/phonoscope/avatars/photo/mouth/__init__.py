"""What is seen between the lips, and how it is put there."""
