/** Whoever works by keyboard always is somewhere: what goes away hands the focus on. */

/** What can take the focus over from something inside it. */
const HOLDERS = '[tabindex], dialog';

/**
 * Give the focus to what surrounds the element that had it and was taken away, else to the stage.
 *
 * Browsers give it to the body, from where Tab begins at the top of the page again. Returns what ends it.
 */
export function keepFocus(): () => void {
  let path: Element[] = [];
  const arrive = (event: FocusEvent) => {
    path = event.composedPath().filter((one) => one instanceof Element);
  };
  // Whoever clicks beside everything wants the focus nowhere.
  const leave = () => (path = []);
  const observer = new MutationObserver(() => {
    if (!path[0] || path[0].isConnected || document.activeElement !== document.body) return;
    const holder = path.find((one) => one.isConnected && one.matches(HOLDERS)) ?? document.getElementById('stage');
    if (holder instanceof HTMLElement) holder.focus({ preventScroll: true });
  });
  document.addEventListener('focusin', arrive);
  document.addEventListener('pointerdown', leave, true);
  observer.observe(document.body, { childList: true, subtree: true });
  return () => {
    document.removeEventListener('focusin', arrive);
    document.removeEventListener('pointerdown', leave, true);
    observer.disconnect();
  };
}
