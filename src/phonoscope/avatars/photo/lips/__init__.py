"""The line where the lips meet, or part, traced to the pixel."""
