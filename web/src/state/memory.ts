/** What this browser remembers; nothing of it is needed, and some browsers refuse it. */

const PREFIX = 'phonoscope.';

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, value);
  } catch {
    // Private windows without storage: the choice lasts as long as the page.
  }
}
