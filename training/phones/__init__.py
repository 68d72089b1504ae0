"""How the phone recogniser's network is made. See README.md."""
