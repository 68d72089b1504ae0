"""Scene documents become videos: speech is made, avatars act it, frames are drawn, sound is mixed, all is joined."""
