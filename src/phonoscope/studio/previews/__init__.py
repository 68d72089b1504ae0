"""What is shown while a video is made: stills, timelines, drafts."""
