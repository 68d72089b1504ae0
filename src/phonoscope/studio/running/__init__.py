"""A studio is started, and runs until it is asked to stop."""
