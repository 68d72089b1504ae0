/** What can be undone: earlier documents, each with the label of what was done then. */

export interface Step<T> {
  label: string;
  document: T;
}

const MOST = 200;
const MERGE_MS = 800;

export class Edits<T> {
  past: Step<T>[] = [];
  future: Step<T>[] = [];
  #lastAt = -Infinity;

  /** Remember how it was before an edit; quick edits of one label become one step. */
  record(label: string, before: T, now = performance.now()): void {
    const merges = this.past.at(-1)?.label === label && this.future.length === 0 && now - this.#lastAt < MERGE_MS;
    if (!merges) this.past = [...this.past.slice(1 - MOST), { label, document: before }];
    this.future = [];
    this.#lastAt = now;
  }

  undo(current: T): Step<T> | null {
    return this.#move('past', 'future', current);
  }

  redo(current: T): Step<T> | null {
    return this.#move('future', 'past', current);
  }

  clear(): void {
    this.past = [];
    this.future = [];
    this.#lastAt = -Infinity;
  }

  #move(from: 'past' | 'future', to: 'past' | 'future', current: T): Step<T> | null {
    const step = this[from].at(-1);
    if (!step) return null;
    this[from] = this[from].slice(0, -1);
    this[to] = [...this[to], { label: step.label, document: current }];
    this.#lastAt = -Infinity;
    return step;
  }
}
