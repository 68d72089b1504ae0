/** The videos that are made: in the queue, at work, and done. The server goes on while the page is closed. */

import * as api from '../api/client';
import type { Progress, Render, RenderOrder } from '../api/types';

export const isUnderWay = (render: Render): boolean => render.state === 'queued' || render.state === 'running';

const ASK_EVERY_MS = 3000;

export class RendersState {
  list = $state.raw<Render[]>([]);
  more = $state.raw<string | null>(null);
  loading = $state(false);
  /** How the next one is made. */
  options = $state<Omit<RenderOrder, 'project_id'>>({ format: 'mp4' });
  #following: ReturnType<typeof setTimeout> | null = null;

  get underWay(): Render[] {
    return this.list.filter(isUnderWay);
  }

  of(projectId: string | null): Render[] {
    return this.list.filter((render) => render.project_id === projectId);
  }

  async load(): Promise<void> {
    this.loading = true;
    try {
      const page = await api.renders.list({ limit: 50 });
      this.list = page.items;
      this.more = page.next_cursor ?? null;
    } finally {
      this.loading = false;
    }
  }

  async loadMore(): Promise<void> {
    if (!this.more) return;
    const page = await api.renders.list({ limit: 50, cursor: this.more });
    this.list = [...this.list, ...page.items.filter((item) => !this.list.some((known) => known.id === item.id))];
    this.more = page.next_cursor ?? null;
  }

  async order(order: RenderOrder): Promise<Render> {
    const render = await api.renders.create(order);
    this.heard(render);
    this.#follow();
    return render;
  }

  async cancel(id: string): Promise<void> {
    this.heard(await api.renders.cancel(id));
  }

  async retry(id: string): Promise<void> {
    this.heard(await api.renders.retry(id));
  }

  async rename(id: string, name: string): Promise<void> {
    this.heard(await api.renders.rename(id, name));
  }

  async share(id: string): Promise<string | null> {
    const { share_url } = await api.renders.share(id);
    this.#change(id, { share_url });
    return share_url;
  }

  async unshare(id: string): Promise<void> {
    await api.renders.unshare(id);
    this.#change(id, { share_url: null });
  }

  async remove(id: string): Promise<void> {
    await api.renders.remove(id);
    this.list = this.list.filter((render) => render.id !== id);
  }

  /** Ask how far they are now and then: some networks hold back the server's events. */
  #follow(): void {
    if (this.#following || !this.underWay.length) return;
    this.#following = setTimeout(() => void this.#ask(), ASK_EVERY_MS);
  }

  async #ask(): Promise<void> {
    const found = await Promise.all(this.underWay.map((one) => api.renders.get(one.id).catch(() => null)));
    this.#following = null;
    for (const render of found) if (render) this.heard(render);
    this.#follow();
  }

  heard(render: Render): void {
    const known = this.list.some((one) => one.id === render.id);
    this.list = known ? this.list.map((one) => (one.id === render.id ? render : one)) : [render, ...this.list];
  }

  heardProgress({ id, progress, stage, seconds_left }: Progress): void {
    this.#change(id, { state: 'running', progress, stage, seconds_left });
  }

  #change(id: string, fields: Partial<Render>): void {
    this.list = this.list.map((one) => (one.id === id ? { ...one, ...fields } : one));
  }
}
