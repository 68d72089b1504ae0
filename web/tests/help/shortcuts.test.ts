import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { shortcutOf, SHORTCUTS } from '../../src/help/shortcuts';
import { Studio } from '../../src/state/studio.svelte';
import { aProject, serve } from '../fakes';

let studio: Studio;

beforeEach(() => {
  serve({
    'GET /projects/p/timeline': () => ({
      duration_s: 4,
      scenes: [],
      words: [],
      peaks: [],
      left_out: [],
      sound_url: null,
    }),
  });
  studio = new Studio();
  studio.project.show(aProject());
});
afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

function press(key: string, on: string, options: KeyboardEventInit = {}): KeyboardEvent {
  document.body.innerHTML = on;
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options });
  let told: KeyboardEvent = event;
  document.addEventListener('keydown', (heard) => (told = heard), { once: true });
  (document.body.firstElementChild ?? document.body).dispatchEvent(event);
  shortcutOf(told)?.run(studio);
  return told;
}

describe('keys', () => {
  it('go to a step', () => {
    press('3', '<main></main>');
    expect(studio.selection.step).toBe('look');
  });

  it('do nothing while text is typed, but for those that say so', () => {
    const make = vi.spyOn(studio, 'makeVideo').mockResolvedValue();
    press('3', '<input type="text">');
    expect(studio.selection.step).toBe('picture');
    press('Enter', '<textarea></textarea>', { ctrlKey: true });
    expect(make).toHaveBeenCalledOnce();
  });

  it('do nothing while a dialog is open, wherever they are pressed', () => {
    const undo = vi.spyOn(studio.project, 'undo');
    press('z', '<main></main>', { ctrlKey: true });
    expect(undo).toHaveBeenCalledOnce();
    press('z', '<main></main><dialog open></dialog>', { ctrlKey: true });
    expect(undo).toHaveBeenCalledOnce();
  });

  it('play with the space bar, unless it presses a button', () => {
    const play = vi.spyOn(studio, 'playOrPause').mockResolvedValue();
    expect(press(' ', '<button>x</button>').defaultPrevented).toBe(false);
    expect(play).not.toHaveBeenCalled();
    expect(press(' ', '<main></main>').defaultPrevented).toBe(true);
    expect(play).toHaveBeenCalledOnce();
  });

  it('can be turned off where they are single letters', () => {
    studio.settings.setLetters(false);
    const undo = vi.spyOn(studio.project, 'undo');
    press('3', '<main></main>');
    press('z', '<main></main>', { ctrlKey: true });
    expect(studio.selection.step).toBe('picture');
    expect(undo).toHaveBeenCalledOnce();
    studio.settings.setLetters(true);
  });

  it('are left to dialogs while one is open', () => {
    press('3', '<dialog open><p></p></dialog>');
    expect(studio.selection.step).toBe('picture');
  });
});

it('has no two shortcuts for one key', () => {
  const names = SHORTCUTS.map((shortcut) => shortcut.keys.join('+'));
  expect(new Set(names).size).toBe(names.length);
});
