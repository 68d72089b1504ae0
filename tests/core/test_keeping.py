"""What is kept has its room, and what was used longest ago goes first."""

from __future__ import annotations

from phonoscope.core.keeping import Shelf


def shelf(**things: str) -> Shelf[str]:
    """Return a shelf for six letters."""
    kept: Shelf[str] = Shelf(6, len)
    for key, thing in things.items():
        kept.put(key, thing)
    return kept


def test_what_was_used_longest_ago_goes() -> None:
    kept = shelf(a="xx", b="yy", c="zz")
    assert kept.find("a") == "xx"
    kept.put("d", "ww")
    assert [kept.find(key) for key in "abcd"] == ["xx", None, "zz", "ww"]


def test_what_has_grown_takes_its_room() -> None:
    kept = shelf(a="xx", b="yy")
    kept.put("b", "yyyyy")
    assert (kept.find("a"), kept.find("b")) == (None, "yyyyy")


def test_what_is_too_large_is_not_kept() -> None:
    kept = shelf(a="xx")
    kept.put("b", "much too long")
    assert (kept.find("a"), kept.find("b")) == ("xx", None)
    kept.put("a", "much too long")
    assert kept.find("a") is None


def test_what_is_taken_is_gone() -> None:
    kept = shelf(a="xx")
    assert (kept.take("a"), kept.take("a")) == ("xx", None)
