"""Where the studio keeps files: a folder, or S3."""
