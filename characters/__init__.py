"""How the library of drawn characters is made: tables by style, and casting by plan."""
