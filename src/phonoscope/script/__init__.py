"""Text to Script: plain text with marks, and the core of SSML 1.1."""
