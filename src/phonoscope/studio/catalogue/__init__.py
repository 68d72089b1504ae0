"""What can be chosen: voices, avatars, templates, music."""
