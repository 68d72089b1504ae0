"""One module for each group of designs; each has a tuple `DESIGNS`."""
