/** Which steps of a video on its way are worth telling: each quarter of a long one, and its end. */

import type { Render } from '../api/types';

type Told = Pick<Render, 'id' | 'state' | 'progress'>;

const PARTS = 4;
/** Whoever listens wants to hear something else meanwhile. */
const APART_MS = 10_000;

export class Milestones {
  #parts = new Map<string, { part: number; told_ms: number }>();

  /** Return what a video has come past since it was looked at last; null: nothing to tell. */
  pass(render: Told, now_ms: number): 'part' | 'done' | null {
    const known = this.#parts.get(render.id);
    if (render.state !== 'queued' && render.state !== 'running') {
      this.#parts.delete(render.id);
      return known && render.state === 'done' ? 'done' : null;
    }
    const part = Math.floor(render.progress * PARTS);
    if (!known) this.#parts.set(render.id, { part, told_ms: now_ms });
    if (!known || part <= known.part || now_ms - known.told_ms < APART_MS) return null;
    this.#parts.set(render.id, { part, told_ms: now_ms });
    return 'part';
  }
}
