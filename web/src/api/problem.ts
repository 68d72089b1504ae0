/** What went wrong, in words for the person, as RFC 9457 tells it. */

import type { Fault, ProblemBody } from './types';

export class Problem extends Error {
  readonly status: number;
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
  readonly remedy: string;
  readonly errors: Fault[];

  constructor(body: Partial<ProblemBody>) {
    super(body.detail ?? body.title ?? '');
    this.name = 'Problem';
    this.status = body.status ?? 0;
    this.kind = (body.type ?? '').split('/').pop() ?? '';
    this.errors = body.errors ?? [];
    this.title = this.#plain(body.title ?? '');
    this.detail = this.#plain(body.detail ?? '');
    this.remedy = body.remedy ?? '';
  }

  /** Where in the document it is, such as `scenes[0].sound`; empty for what is elsewhere. */
  get path(): string {
    return this.errors[0]?.path ?? '';
  }

  /** It may well work when it is tried again as it is. */
  get passing(): boolean {
    return this.offline || this.status === 429 || this.status >= 500;
  }

  /** The server could not be reached at all. */
  get offline(): boolean {
    return this.kind === 'offline';
  }

  /** A place in the document tells a person nothing: the page shows it there. Of several faults one is enough at a time. */
  #plain(text: string): string {
    const [first] = this.errors;
    if (this.kind === 'document-faults' && first) return first.message;
    return this.path && text.startsWith(`${this.path}: `) ? text.slice(this.path.length + 2) : text;
  }
}

/** Return any caught value as a problem; what is no answer of the server's means that there was none. */
export function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem({ type: '/problems/offline' });
}

export const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';
