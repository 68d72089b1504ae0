"""Phone symbols of flite's and festival's voices → classes of the universal phone set."""

from __future__ import annotations

from phonoscope.speech.hearing.phoneset import CLASS

_ARPABET = """
pau sil | aa A | ae ae | ah V | ao O | aw a U | ax @ | axr er | ay a I | b b | ch ch | d d | dh dh | dx rr | eh E |
el @ l | em m | en n | er er | ey e I | f f | g g | hh h | hv h | ih I | iy i | jh jh | k k | l l | m m | n n | ng ng |
nx n | ow o U | oy O I | p p | r r | s s | sh sh | t t | th th | uh U | uw u | v v | w w | y j | z z | zh zh
"""

_FESTIVAL = """
# sil | pau sil | _ sil | a1 a | e1 e | i1 i | o1 o | u1 u | E1 E | O1 O | E E | O O | ax @ | ao O | L l | J n | JJ n |
N ng | S sh | Z zh | tS ch | dZ jh | ts t s | dz d z | SS sh | tSS ch | rr rr | r rr | c~ ch | s~ sh | z~ zh | r~ zh |
d~ d | t~ t | n~ n | ch x | dz~ jh | c t s | y i | w w | j j | h h | x x | g g | gn n | l l | uy u I | aa a | ii i |
oo o | uu u | ee e | ae E | ay @ | ur u | yy I | sh sh | zh zh | sch sh | z~h zh | ng ng | n2 ng | bb b | dd d | ff f |
gg g | kk k | ll l | mm m | nn n | pp p | ss s | tt t | vv v | zz z | hh x | jo j | D dh | B v | G x | T th | uw w |
@ @ | oe oe | { ae | 2 oe | 9 oe | q q | dZZ jh | ZZ zh | e. E
"""

_FINNISH = "y y | ä ae | ö oe | w v | N ng | ng ng | A a | & ae | 2 oe"
_RUSSIAN = "c t s | ch ch | h x | y I"


def _table(rows: str) -> dict[str, tuple[int, ...]]:
    table = {}
    for row in rows.split("|"):
        symbol, *classes = row.split()
        table[symbol] = tuple(CLASS[name] for name in classes)
    return table


_TABLES = {"": _table(_FESTIVAL), "fi": _table(_FINNISH), "ru": _table(_RUSSIAN)}
_ARPABET_TABLE = _table(_ARPABET)


def arpabet_classes(symbol: str) -> tuple[int, ...]:
    """Return the classes of a phone of the English voices."""
    return _ARPABET_TABLE.get(symbol.lower().rstrip("012"), (CLASS["sil"],))


def festival_classes(symbol: str, language: str) -> tuple[int, ...]:
    """Return the classes of a phone of another language's voice: letters, much like SAMPA."""
    for name in (symbol, symbol.rstrip(":1"), symbol[:1]):
        for table in (_TABLES.get(language, {}), _TABLES[""]):
            if name in table:
                return table[name]
        if name in CLASS:
            return (CLASS[name],)
    return (CLASS["sil"],)
