/** One stream of the server's events for the whole page. */

import type { Asset, Preview, Progress, ProjectSummary, Render } from '../api/types';

interface EventData {
  'render.queued': Render;
  'render.started': Render;
  'render.progress': Progress;
  'render.done': Render;
  'render.error': Render;
  'render.canceled': Render;
  'preview.queued': Preview;
  'preview.started': Preview;
  'preview.progress': Progress;
  'preview.done': Preview;
  'preview.error': Preview;
  'preview.canceled': Preview;
  'asset.ready': Asset;
  'asset.faces': Asset;
  'asset.rejected': Asset;
  'project.updated': ProjectSummary;
  'project.deleted': { id: string };
}

export type EventName = keyof EventData;
const AGAIN_MS = 4000;

type Listener<N extends EventName> = (data: EventData[N]) => void;

export class Events {
  #source: EventSource | null = null;
  #listeners = new Map<EventName, Set<(data: never) => void>>();
  #afterBreak = new Set<() => void>();
  #broken = false;
  #again: ReturnType<typeof setTimeout> | undefined;

  /** Listen from now on; the browser connects again by itself and names the last event that it saw. */
  open(url = '/api/v1/events'): void {
    this.close();
    const source = new EventSource(url);
    this.#source = source;
    for (const name of this.#listeners.keys()) this.#attach(source, name);
    source.onerror = () => {
      this.#broken = true;
      // Where something answers for a server that is away, browsers give up.
      if (source.readyState === EventSource.CLOSED) this.#again = setTimeout(() => this.open(url), AGAIN_MS);
    };
    source.onopen = () => {
      if (this.#broken) this.#afterBreak.forEach((run) => run());
      this.#broken = false;
    };
  }

  close(): void {
    clearTimeout(this.#again);
    this.#source?.close();
    this.#source = null;
  }

  /** Call back with each event of a name; the answer ends that. */
  on<N extends EventName>(name: N, listener: Listener<N>): () => void {
    const known = this.#listeners.get(name);
    if (known) known.add(listener);
    else {
      this.#listeners.set(name, new Set([listener]));
      if (this.#source) this.#attach(this.#source, name);
    }
    return () => this.#listeners.get(name)?.delete(listener);
  }

  /** Call back when the connection came back: something may have been missed. */
  onReturn(run: () => void): void {
    this.#afterBreak.add(run);
  }

  /** Tell the listeners, as if the server had. */
  emit<N extends EventName>(name: N, data: EventData[N]): void {
    this.#listeners.get(name)?.forEach((listener) => (listener as Listener<N>)(data));
  }

  #attach(source: EventSource, name: EventName): void {
    source.addEventListener(name, (event) => {
      this.emit(name, JSON.parse((event as MessageEvent<string>).data) as never);
    });
  }
}
