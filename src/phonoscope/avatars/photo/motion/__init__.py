"""What moves where: controls, fields of displacement, the head as a body."""
