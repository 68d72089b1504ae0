"""Interactive videos: questions and branches between scenes, as a page that plays in any browser without a network."""
