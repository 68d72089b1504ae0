"""A studio elsewhere makes the video: what it needs is uploaded, and what it has made is downloaded."""
