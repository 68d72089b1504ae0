"""What the server keeps in memory only: gone when it ends."""
