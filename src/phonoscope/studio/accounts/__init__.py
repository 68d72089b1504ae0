"""Who uses the studio, and how they prove it."""
