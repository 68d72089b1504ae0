"""What moves where: the head as a body with depth, and what each role follows."""
