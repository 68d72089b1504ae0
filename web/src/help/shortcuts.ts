/** Keys that do something anywhere on the page; the sheet of shortcuts lists this table. */

import type { Key } from '../i18n/index.svelte';
import { STEPS } from '../state/selection.svelte';
import type { Studio } from '../state/studio.svelte';

export interface Keys {
  /** As they are shown: Ctrl is ⌘ on a Mac. */
  keys: string[];
  what: Key;
}

export interface Shortcut extends Keys {
  matches: (event: KeyboardEvent) => boolean;
  /** Also while text is typed. */
  inText?: boolean;
  /** Also in the list of projects and videos. */
  inHistory?: boolean;
  run: (studio: Studio, event: KeyboardEvent) => void;
}

const plain = (event: KeyboardEvent) => !event.ctrlKey && !event.metaKey && !event.altKey;
const command = (event: KeyboardEvent) => (event.ctrlKey || event.metaKey) && !event.altKey;
/** The key already presses what has the focus. */
const presses = (event: KeyboardEvent) =>
  event.key === ' ' && event.target instanceof Element && Boolean(event.target.closest(PRESSED));
const PRESSED = 'button, a, input, summary, audio, video, [role=button], [role=slider], [tabindex]:not(main, section)';
const SEEK_S = 1;

/** Go to a step, and into its panel: what had the focus may be gone, and the next Tab goes on from there. */
function goTo(studio: Studio, number: number): void {
  studio.selection.go(STEPS[number - 1]!);
  document.getElementById('panel')?.focus();
}

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
    run: (studio, event) => goTo(studio, Number(event.key)),
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
    inHistory: true,
    matches: (event) => event.key === '?',
    run: (studio) => (studio.overlay = 'shortcuts'),
  },
];

/** Keys of single things, which know them themselves: what is on the stage, and the words below it. */
export const PLACES: readonly { title: Key; keys: readonly Keys[] }[] = [
  {
    title: 'help.onStage',
    keys: [
      { keys: ['←', '→', '↑', '↓'], what: 'help.move' },
      { keys: ['+', '−'], what: 'help.resize' },
      { keys: ['Del'], what: 'help.remove' },
    ],
  },
  {
    title: 'help.onWord',
    keys: [
      { keys: ['←', '→'], what: 'help.nextWord' },
      { keys: ['Shift', '←', '→'], what: 'help.chooseWords' },
    ],
  },
  {
    title: 'help.inList',
    keys: [
      { keys: ['←', '→', '↑', '↓'], what: 'help.nextThing' },
      { keys: ['Home', 'End'], what: 'help.ends' },
    ],
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
      if (!studio.project.open || (studio.view !== 'studio' && !found.inHistory)) return;
      if (plain(event) && found.keys[0] !== 'Esc' && !studio.settings.letters) return;
      event.preventDefault();
      found.run(studio, event);
    },
  };
}
