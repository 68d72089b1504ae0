import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { roving } from '../../src/ui/roving';

let end: (() => void) | undefined;
const button = (name: string) => document.querySelector<HTMLButtonElement>(`[data-name=${name}]`)!;
const stops = () => [...document.querySelectorAll('button')].filter((one) => one.tabIndex === 0).map(nameOf);
const nameOf = (one: Element | null) => (one as HTMLElement | null)?.dataset.name;

/** Items side by side, two in a row, as no layout places them here; each with as many buttons as it has names. */
function show(...items: string[][]) {
  document.body.innerHTML = `<ul>${items
    .map((names) => `<li>${names.map((name) => `<button data-name="${name}"></button>`).join('')}</li>`)
    .join('')}</ul>`;
  [...document.querySelectorAll('li')].forEach((item, index) => {
    item.getBoundingClientRect = () => new DOMRect((index % 2) * 100, Math.floor(index / 2) * 100, 90, 90);
  });
  end = roving(document.querySelector('ul')!) as () => void;
}

function press(...keys: string[]) {
  for (const key of keys) {
    document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  }
  return nameOf(document.activeElement);
}

beforeEach(() => show(['a'], ['b'], ['c'], ['d'], ['e']));
afterEach(() => {
  end?.();
  document.documentElement.dir = '';
});

it('is one stop of Tab: what is chosen, or was reached last', async () => {
  expect(stops()).toEqual(['a']);
  button('d').setAttribute('aria-pressed', 'true');
  await vi.waitFor(() => expect(stops()).toEqual(['d']));
  button('b').focus();
  expect(stops()).toEqual(['b']);
  button('b').parentElement!.remove();
  await vi.waitFor(() => expect(stops()).toEqual(['d']));
});

it('goes from one to the next, and to both ends', () => {
  button('a').focus();
  expect(press('ArrowRight')).toBe('b');
  expect(press('ArrowRight')).toBe('c');
  expect(press('End')).toBe('e');
  expect(press('ArrowRight')).toBe('e');
  expect(press('Home')).toBe('a');
  expect(press('ArrowLeft')).toBe('a');
});

it('goes to what stands above and below', () => {
  button('b').focus();
  expect(press('ArrowDown')).toBe('d');
  expect(press('ArrowDown')).toBe('e');
  expect(press('ArrowDown')).toBe('e');
  expect(press('ArrowUp', 'ArrowUp')).toBe('a');
  expect(press('ArrowUp')).toBe('a');
});

it('reaches all buttons of an item, and keeps to the same one up and down', () => {
  end?.();
  show(['a', 'hearA'], ['b', 'hearB'], ['c', 'hearC']);
  button('a').focus();
  expect(press('ArrowRight')).toBe('hearA');
  expect(press('ArrowDown')).toBe('hearC');
});

it('goes the way of the page', () => {
  document.querySelector('ul')!.style.direction = 'rtl';
  button('a').focus();
  expect(press('ArrowLeft')).toBe('b');
});
