"""Somebody who works with the keys alone, and hears what the page says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

LISTEN = """
window.heard = [];
new MutationObserver(changes => {
  for (const { target, addedNodes } of changes) {
    const from = target.nodeType === 1 ? target : target.parentElement;
    const added = [...addedNodes].flatMap(node => node.nodeType === 1
      ? [node, ...node.querySelectorAll('[role=alert], [role=status]')] : [node]);
    for (const node of added) {
      const speaks = node.nodeType === 1 && node.matches('[role=alert], [role=status]')
        || from?.closest('[aria-live], [role=alert], [role=status]');
      const text = (node.textContent ?? '').trim().replace(/\\s+/g, ' ');
      if (speaks && text && window.heard.at(-1) !== text) window.heard.push(text);
    }
    const live = from?.closest('[aria-live], [role=alert], [role=status]');
    if (live && !addedNodes.length && target.nodeType === 3) window.heard.push(target.data.trim());
  }
}).observe(document, { subtree: true, childList: true, characterData: true });
"""
"""Writes down what live regions tell, as a screen reader does."""

LOOK = """() => {
  const now = document.activeElement;
  const box = now.getBoundingClientRect();
  // What shows the focus of an input that is not seen itself is its label, or what follows it.
  const seen = box.width > 1 && getComputedStyle(now).opacity !== '0' ? now : now.closest('label') ?? now;
  const near = [now, now.nextElementSibling, now.parentElement, seen].filter(Boolean);
  const place = seen.getBoundingClientRect();
  const { width, height } = (now.closest('label') ?? seen).getBoundingClientRect();
  const [x, y] = [place.x + place.width / 2, place.y + Math.min(place.height, 40) / 2];
  const top = document.elementFromPoint(x, y);
  return {
    html: now.outerHTML.slice(0, 160),
    nowhere: now === document.body,
    // Players have controls of the browser's own, with rings that only it sees.
    ringed: now.matches('audio, video') || near.map(one => getComputedStyle(one))
      .some(style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2),
    free: !top || seen.contains(top) || top.contains(seen),
    inside: place.bottom > 0 && place.top < innerHeight && place.right > 0 && place.left < innerWidth,
    // The slider beside the words does what a short word does.
    size: now.dataset.word === undefined ? [width, height] : null,
    dialog: now.closest('dialog')?.querySelector('h2')?.textContent ?? '',
  };
}"""
LEAST_PX = 24


@dataclass(frozen=True, slots=True)
class Spot:
    """What has the focus, as the browser tells a screen reader of it."""

    name: str
    role: str
    off: bool
    dialog: str
    """Title of the dialog that it is in, if any."""


class Keys:
    """Presses keys, and looks after each where the focus is."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._devtools = page.context.new_cdp_session(page)

    def press(self, *keys: str) -> Spot:
        """Press one key after the other, and return where the focus is then."""
        for key in keys:
            self.page.keyboard.press(key)
        return self.at()

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def at(self) -> Spot:
        """Return where the focus is: somewhere, in sight, marked, named, and large enough to be hit."""
        look: dict[str, Any] = self.page.evaluate(LOOK)
        where = look["html"]
        assert not look["nowhere"], "the focus is lost"
        assert look["ringed"], f"no ring: {where}"
        assert look["inside"], f"out of sight: {where}"
        assert look["free"], f"covered: {where}"
        assert look["size"] is None or min(look["size"]) >= LEAST_PX, f"small: {look['size']}: {where}"
        spot = self._told(look["dialog"])
        assert spot.name, f"no name: {where}"
        return spot

    def to(self, name: str, back: bool = False, most: int = 80) -> Spot:
        """Press Tab until something of that name has the focus; `back` with Shift."""
        met = []
        for _ in range(most):
            if spot := self._step(back):
                if spot.name.startswith(name):
                    return spot
                met.append(spot.name)
        raise AssertionError(f"Tab does not reach {name}: {met}")

    def round(self, times: int, back: bool = False) -> set[str]:
        """Press Tab that often, and return the titles of the dialogs that were met."""
        return {spot.dialog for _ in range(times) if (spot := self._step(back))}

    def _step(self, back: bool) -> Spot | None:
        """Press Tab; None: from the last thing to the first, the way leads over what is the browser's own."""
        self.page.keyboard.press("Shift+Tab" if back else "Tab")
        return None if self.page.evaluate("() => document.activeElement === document.body") else self.at()

    def _told(self, dialog: str) -> Spot:
        found = self._devtools.send("Runtime.evaluate", {"expression": "document.activeElement"})
        tree = self._devtools.send(
            "Accessibility.getPartialAXTree", {"objectId": found["result"]["objectId"], "fetchRelatives": False}
        )
        (node,) = tree["nodes"]
        off = any(one["name"] == "disabled" and one["value"].get("value") for one in node.get("properties", []))
        return Spot(node.get("name", {}).get("value", "").strip(), node["role"]["value"], off, dialog)


def heard(page: Page) -> list[str]:
    """Return all that live regions have told by now."""
    told: list[str] = page.evaluate("() => window.heard")
    return told
