/** Short messages that come and go in a corner; errors of a thing stand beside that thing instead. */

import { asProblem, isAbort } from '../api/problem';
import { tell } from '../i18n/telling';

export interface NoticeAction {
  label: string;
  run: () => void;
}

export interface ToastMessage {
  id: number;
  tone: 'plain' | 'good' | 'bad';
  text: string;
  /** The server's own words, in English; mostly empty. */
  said: string;
  action: NoticeAction | null;
}

const SHOWN_MS = 6000;
const OFFERED_MS = 15_000;

export class NoticesState {
  list = $state.raw<ToastMessage[]>([]);
  #next = 1;

  show(text: string, tone: ToastMessage['tone'] = 'plain', action: NoticeAction | null = null, said = ''): void {
    const id = this.#next++;
    this.list = [...this.list.slice(-2), { id, tone, text, said, action }];
    // What went wrong stays until it is answered.
    if (tone !== 'bad') setTimeout(() => this.dismiss(id), action ? OFFERED_MS : SHOWN_MS);
  }

  /** Tell what went wrong, and what to do. */
  fail(error: unknown, action: NoticeAction | null = null): void {
    if (isAbort(error)) return;
    const { title, lines, said } = tell(asProblem(error));
    this.show([title, ...lines].join(' '), 'bad', action, said);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((one) => one.id !== id);
  }
}
