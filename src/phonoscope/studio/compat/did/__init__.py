"""What programs written for D-ID ask: talks, images, audios, credits."""
