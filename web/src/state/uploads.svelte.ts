/** Files on their way to the server: progress, cancelling, and what became of them. */

import * as api from '../api/client';
import { asProblem, isAbort, Problem } from '../api/problem';
import type { Asset } from '../api/types';
import { sendFile } from '../api/upload';
import type { SessionState } from './session.svelte';

const WAIT_S = 10;

/** One file: `asset` is there as soon as the server has looked at it. */
export class Upload {
  stage = $state<'sending' | 'checking' | 'ready' | 'failed'>('sending');
  progress = $state(0);
  problem = $state.raw<Problem | null>(null);
  readonly #stop = new AbortController();
  /** Tells whether a try that failed is followed by another one. */
  #decide: (again: boolean) => void = () => undefined;

  constructor(
    readonly file: Blob,
    readonly name: string,
  ) {}

  cancel(): void {
    this.#stop.abort();
    this.#decide(false);
  }

  /** Go on with what failed, from where it broke. */
  again(): void {
    this.#decide(true);
  }

  /**
   * Send it and wait until it was looked at; null: canceled or refused, which `problem` tells. Where nobody answers, it
   * waits until somebody lets it try again, or not.
   */
  async run(): Promise<Asset | null> {
    let asset = await this.#send();
    while (!asset && this.problem?.passing && !this.#stop.signal.aborted) {
      if (await new Promise<boolean>((resolve) => (this.#decide = resolve))) asset = await this.#send();
    }
    return asset;
  }

  async #send(): Promise<Asset | null> {
    this.problem = null;
    this.stage = 'sending';
    try {
      const id = await sendFile(this.file, this.name, this.#stop.signal, (share) => (this.progress = share));
      this.stage = 'checking';
      let asset = await api.assets.get(id, WAIT_S);
      while (asset.state === 'checking' && !this.#stop.signal.aborted) asset = await api.assets.get(id, WAIT_S);
      if (asset.state === 'rejected') throw new Problem({ status: 422, ...asset.reason });
      this.stage = 'ready';
      return this.#stop.signal.aborted ? null : asset;
    } catch (error) {
      this.problem = isAbort(error) ? null : asProblem(error);
      this.stage = 'failed';
      return null;
    }
  }
}

export class UploadsState {
  list = $state.raw<Upload[]>([]);
  readonly #session: SessionState;

  constructor(session: SessionState) {
    this.#session = session;
  }

  /** Send a picture, sound or video, after asking for consent where it was not given yet; null where it was refused. */
  async send(file: Blob, name: string): Promise<Asset | null> {
    if (!(await this.#session.askConsent())) return null;
    const one = new Upload(file, name);
    // What failed before is answered by another try.
    this.list.filter((other) => other.problem).forEach((other) => this.dismiss(other));
    this.list = [...this.list, one];
    const asset = await one.run();
    // What failed stays, with its reason, until it is dismissed or another one is sent.
    if (!one.problem) this.dismiss(one);
    return asset;
  }

  dismiss(one: Upload): void {
    one.cancel();
    this.list = this.list.filter((other) => other !== one);
  }
}
