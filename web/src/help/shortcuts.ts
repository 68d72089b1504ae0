/** Keys that do something anywhere on the page; the sheet of shortcuts lists this table. */

import type { Key } from '../i18n/index.svelte';
import { STEPS } from '../state/selection.svelte';
import type { Studio } from '../state/studio.svelte';

export interface Shortcut {
  /** As they are shown: Ctrl is ⌘ on a Mac. */
  keys: string[];
  what: Key;
  matches: (event: KeyboardEvent) => boolean;
  /** Also while text is typed. */
  inText?: boolean;
  run: (studio: Studio, event: KeyboardEvent) => void;
}

const plain = (event: KeyboardEvent) => !event.ctrlKey && !event.metaKey && !event.altKey;
const command = (event: KeyboardEvent) => (event.ctrlKey || event.metaKey) && !event.altKey;
/** The key already presses what has the focus. */
const presses = (event: KeyboardEvent) =>
  event.key === ' ' && event.target instanceof Element && Boolean(event.target.closest(PRESSED));
const PRESSED = 'button, a, input, summary, [role=button], [role=slider], [tabindex]:not(main)';
const SEEK_S = 1;

export const SHORTCUTS: readonly Shortcut[] = [
  {
    keys: [' '],
    what: 'help.play',
    matches: (event) => plain(event) && (event.key === ' ' || event.key.toLowerCase() === 'k') && !presses(event),
    run: (studio) => void studio.playOrPause(),
  },
  {
    keys: ['J'],
    what: 'help.back',
    matches: (event) => plain(event) && event.key.toLowerCase() === 'j',
    run: (studio) => studio.seek(studio.player.time_s - SEEK_S),
  },
  {
    keys: ['L'],
    what: 'help.forth',
    matches: (event) => plain(event) && event.key.toLowerCase() === 'l',
    run: (studio) => studio.seek(studio.player.time_s + SEEK_S),
  },
  {
    keys: ['Ctrl', 'Z'],
    what: 'help.undo',
    matches: (event) => command(event) && !event.shiftKey && event.key.toLowerCase() === 'z',
    run: (studio) => studio.project.undo(),
  },
  {
    keys: ['Ctrl', 'Shift', 'Z'],
    what: 'help.redo',
    matches: (event) =>
      command(event) && ((event.shiftKey && event.key.toLowerCase() === 'z') || event.key.toLowerCase() === 'y'),
    run: (studio) => studio.project.redo(),
  },
  {
    keys: ['1', '2', '3', '4'],
    what: 'help.steps',
    matches: (event) => plain(event) && /^[1-4]$/.test(event.key),
    run: (studio, event) => studio.selection.go(STEPS[Number(event.key) - 1]!),
  },
  {
    keys: ['Ctrl', 'Enter'],
    what: 'help.make',
    inText: true,
    matches: (event) => command(event) && event.key === 'Enter',
    run: (studio) => void studio.makeVideo(),
  },
  {
    keys: ['Esc'],
    what: 'help.none',
    matches: (event) => plain(event) && event.key === 'Escape',
    run: (studio) => studio.selection.none(),
  },
  {
    keys: ['?'],
    what: 'help.shortcuts',
    matches: (event) => event.key === '?',
    run: (studio) => (studio.overlay = 'shortcuts'),
  },
];

const TYPES_TEXT =
  'input:not([type=range]):not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable]';

/** Return what a key does where it was pressed, if anything. */
export function shortcutOf(event: KeyboardEvent): { run: (studio: Studio) => void } | null {
  if (event.defaultPrevented) return null;
  const target = event.target instanceof Element ? event.target : null;
  // A dialog has its own keys, even where nothing in it has the focus.
  if (document.querySelector('dialog[open]') || target?.closest('[role=menu]')) return null;
  const inText = Boolean(target?.closest(TYPES_TEXT));
  const found = SHORTCUTS.find((shortcut) => (shortcut.inText || !inText) && shortcut.matches(event));
  if (!found) return null;
  return {
    run: (studio) => {
      if (studio.view !== 'studio' || !studio.project.open) return;
      if (plain(event) && found.keys[0] !== 'Esc' && !studio.settings.letters) return;
      event.preventDefault();
      found.run(studio, event);
    },
  };
}
