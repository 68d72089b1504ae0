/** Who is here: signed in or not, and what they have consented to. */

import * as api from '../api/client';
import { asProblem, type Problem } from '../api/problem';
import type { Session } from '../api/types';
import { currentLanguage } from '../i18n/index.svelte';

type Standing = 'unknown' | 'in' | 'out' | 'unreachable';

/** Take the one-time token out of the address, so that it stays in no history. */
export function takeToken(): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token) history.replaceState(null, '', location.pathname + location.search);
  return token;
}

export class SessionState {
  current = $state.raw<Session | null>(null);
  standing = $state<Standing>('unknown');
  problem = $state.raw<Problem | null>(null);
  /** Why the link that led here did not open the studio. */
  refused = $state.raw<Problem | null>(null);
  /** Answers the question that the consent dialog asks; null while none is asked. */
  asking = $state.raw<((given: boolean) => void) | null>(null);

  constructor() {
    api.onSignedOut(() => {
      this.current = null;
      this.standing = 'out';
    });
  }

  async start(): Promise<void> {
    const token = takeToken();
    try {
      // A token that is spent is no harm where the cookie still holds.
      if (token) this.current = await api.session.open({ token }).catch((error: unknown) => this.#spent(error));
      this.current ??= await api.session.get();
      this.problem = this.refused = null;
      this.standing = 'in';
    } catch (error) {
      const problem = asProblem(error);
      this.problem = problem.status === 401 ? null : problem;
      this.standing = problem.status === 401 ? 'out' : 'unreachable';
    }
  }

  #spent(error: unknown): null {
    const problem = asProblem(error);
    this.refused = problem.status === 401 ? problem : null;
    return null;
  }

  async signIn(name: string, password: string): Promise<void> {
    this.current = await api.session.open({ name, password });
    this.refused = null;
    this.standing = 'in';
  }

  async signOut(): Promise<void> {
    await api.session.close();
    this.current = null;
    this.standing = 'out';
  }

  get consented(): boolean {
    return Boolean(this.current?.consent);
  }

  /** Make sure that the person may use the faces and voices that they bring; false: they would not say so. */
  async askConsent(): Promise<boolean> {
    if (this.consented) return true;
    return new Promise((resolve) => {
      this.asking = (given) => {
        this.asking = null;
        resolve(given);
      };
    });
  }

  async giveConsent(statement: string): Promise<void> {
    this.current = await api.session.consent(statement, currentLanguage());
    this.asking?.(true);
  }
}
