"""Script to Speech: voices and the engines that speak with them."""
