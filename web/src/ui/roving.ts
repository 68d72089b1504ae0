/** A list of things to choose from is one stop of Tab; arrow keys go on within it, as ARIA's practices say. */

import type { Attachment } from 'svelte/attachments';

/**
 * Let arrow keys, Home and End go from button to button of a list; to those above and below where its items stand side
 * by side. Tab leads to the one that had the focus last, else to what is chosen, else to the first.
 */
export const roving: Attachment<HTMLElement> = (list) => {
  let last: HTMLElement | null = null;
  const buttons = () => [...list.querySelectorAll<HTMLElement>('button')];

  function settle() {
    const all = buttons();
    const stop =
      all.find((one) => one === last) ?? all.find((one) => one.getAttribute('aria-pressed') === 'true') ?? all[0];
    for (const one of all) one.tabIndex = one === stop ? 0 : -1;
  }

  function arrive({ target }: FocusEvent) {
    last = target as HTMLElement;
    settle();
  }

  function press(event: KeyboardEvent) {
    const from = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const all = buttons();
    const to = nextOf(event.key, all, from, list);
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    to.focus();
  }

  settle();
  const observer = new MutationObserver(settle);
  observer.observe(list, { childList: true, subtree: true, attributeFilter: ['aria-pressed'] });
  list.addEventListener('focusin', arrive);
  list.addEventListener('keydown', press);
  return () => {
    observer.disconnect();
    list.removeEventListener('focusin', arrive);
    list.removeEventListener('keydown', press);
  };
};

/** Return where a key leads to; null: it is none of the list's. */
function nextOf(key: string, all: HTMLElement[], from: HTMLElement, list: HTMLElement): HTMLElement | null {
  const at = all.indexOf(from);
  const forth = getComputedStyle(list).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  switch (key) {
    case 'Home':
      return all[0] ?? null;
    case 'End':
      return all.at(-1) ?? null;
    case 'ArrowLeft':
    case 'ArrowRight':
      return all[Math.min(Math.max(at + (key === forth ? 1 : -1), 0), all.length - 1)] ?? null;
    case 'ArrowUp':
    case 'ArrowDown':
      return inNextRow(from, list, key === 'ArrowDown' ? 1 : -1) ?? from;
    default:
      return null;
  }
}

/** Return the button at the same place in the item that stands below (1) or above (-1), if there is one. */
function inNextRow(from: HTMLElement, list: HTMLElement, way: 1 | -1): HTMLElement | null {
  const items = [...list.children];
  const own = items.find((one) => one.contains(from));
  if (!own) return null;
  const { left, top } = own.getBoundingClientRect();
  const beyond = items
    .map((item) => ({ item, box: item.getBoundingClientRect() }))
    .filter(({ box }) => way * (box.top - top) > 1)
    .sort((one, other) => way * (one.box.top - other.box.top));
  const row = beyond.filter(({ box }) => Math.abs(box.top - beyond[0]!.box.top) <= 1);
  const [nearest] = row.sort((one, other) => Math.abs(one.box.left - left) - Math.abs(other.box.left - left));
  const place = [...own.querySelectorAll('button')].indexOf(from as HTMLButtonElement);
  const those = nearest?.item.querySelectorAll('button');
  return those?.[place] ?? those?.[0] ?? null;
}
