"""How the fonts that ship with the package are made."""
