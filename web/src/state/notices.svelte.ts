/** Short messages that come and go in a corner; errors of a thing stand beside that thing instead. */

import { asProblem, isAbort } from '../api/problem';
import { t } from '../i18n/index.svelte';

export interface NoticeAction {
  label: string;
  run: () => void;
}

export interface ToastMessage {
  id: number;
  tone: 'plain' | 'good' | 'bad';
  text: string;
  action: NoticeAction | null;
}

const SHOWN_MS = 6000;
const OFFERED_MS = 15_000;

export class NoticesState {
  list = $state.raw<ToastMessage[]>([]);
  #next = 1;

  show(text: string, tone: ToastMessage['tone'] = 'plain', action: NoticeAction | null = null): void {
    const id = this.#next++;
    this.list = [...this.list.slice(-2), { id, tone, text, action }];
    // What went wrong stays until it is answered.
    if (tone !== 'bad') setTimeout(() => this.dismiss(id), action ? OFFERED_MS : SHOWN_MS);
  }

  /** Tell what went wrong, and what to do. */
  fail(error: unknown, action: NoticeAction | null = null): void {
    if (isAbort(error)) return;
    const problem = asProblem(error);
    const told = `${problem.detail || problem.title} ${problem.remedy}`.trim();
    const here = { offline: t('problem.offline'), 'revision-conflict': t('shell.conflictText') }[problem.kind];
    const text = here ?? told;
    this.show(text || t('problem.unknown'), 'bad', action);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((one) => one.id !== id);
  }
}
