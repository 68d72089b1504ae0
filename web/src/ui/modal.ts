/** Dialogs that everything else waits for. */

import type { Attachment } from 'svelte/attachments';

/** Show a dialog with the focus in it; when it goes, what had the focus has it again. */
export const modal: Attachment<HTMLDialogElement> = (element) => {
  const before = document.activeElement;
  element.showModal();
  return () => {
    const now = document.activeElement;
    // Browsers give it back where a dialog is closed, not where it is taken away.
    if ((now === document.body || element.contains(now)) && before instanceof HTMLElement) before.focus();
  };
};
