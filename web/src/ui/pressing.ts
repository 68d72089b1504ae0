/** Buttons that do nothing for now. */

import type { MouseEventHandler } from 'svelte/elements';

type Press = MouseEventHandler<HTMLButtonElement> | null | undefined;

/**
 * Return what a press does unless the button is off.
 *
 * A button that is off is told so by `aria-disabled`: with `disabled`, the one that was just pressed would lose the
 * focus, and nobody would hear that it is there.
 */
export function unless(off: () => boolean, run: Press): Exclude<Press, null | undefined> {
  return (event) => {
    if (off()) event.preventDefault();
    else run?.(event);
  };
}
