/** The pictures that this person has brought, the newest first. */

import * as api from '../api/client';
import type { Asset, AssetKind, Box, Marks } from '../api/types';
import type { Events } from './events';

const PAGE = 60;
const ASK_EVERY_MS = 1500;
const MOST_TIMES = 40;
const KINDS: readonly AssetKind[] = ['picture', 'drawing'];

export class PicturesState {
  list = $state.raw<Asset[]>([]);
  /** Where the rest of the list begins; null: all of it is here. */
  more = $state<string | null>(null);
  #first: Promise<void> | null = null;

  constructor(events: Events) {
    events.on('asset.ready', (asset) => this.heard(asset));
    events.on('asset.faces', (asset) => this.heard(asset));
  }

  /** Ask for the newest, once. */
  load(): Promise<void> {
    this.#first ??= this.loadMore().catch((error: unknown) => {
      this.#first = null;
      throw error;
    });
    return this.#first;
  }

  async loadMore(): Promise<void> {
    const page = await api.assets.list({ limit: PAGE, ...(this.more ? { cursor: this.more } : {}) });
    page.items.forEach((asset) => this.heard(asset));
    this.more = page.next_cursor ?? null;
  }

  /** Go on until a picture is known that a document calls `sha256:…`, or all of them are. */
  async find(reference: string): Promise<void> {
    await this.load();
    while (this.more && !this.of(reference)) await this.loadMore();
  }

  /** Return the picture that a document calls `sha256:…`, if it is known. */
  of(reference: string | undefined): Asset | null {
    return this.list.find((asset) => asset.reference === reference) ?? null;
  }

  heard(asset: Asset): void {
    if (asset.state !== 'ready' || !KINDS.includes(asset.kind)) return;
    const before = this.list.find((known) => known.id === asset.id);
    // An answer that was on its way while faces were found knows nothing of them.
    const now = { ...asset, faces: asset.faces ?? before?.faces ?? null };
    this.list = [now, ...this.list.filter((known) => known.id !== asset.id)].sort((a, b) => (a.id < b.id ? 1 : -1));
    if (now.kind === 'picture' && !now.faces && !before) void this.#follow(now.id);
  }

  /** Ask for the faces of a picture now and then: some networks hold back the server's events. */
  async #follow(id: string): Promise<void> {
    for (let times = 0; times < MOST_TIMES; times += 1) {
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
      const known = this.list.find((one) => one.id === id);
      if (!known || known.faces) return;
      const now = await api.assets.get(id).catch(() => null);
      if (now?.faces) this.heard(now);
    }
  }

  /** Straighten and crop: a new picture; the old one stays. */
  async edit(asset: Asset, turn_deg: number, crop: Box): Promise<Asset> {
    const made = await this.#looked(await api.assets.edit(asset.id, turn_deg, crop));
    this.heard(made);
    return made;
  }

  async mark(asset: Asset, marks: Marks): Promise<Asset> {
    const made = await this.#looked(await api.assets.mark(asset.id, marks));
    this.heard(made);
    return made;
  }

  async unmark(asset: Asset): Promise<void> {
    await api.assets.unmark(asset.id);
    this.heard(await this.#looked(await api.assets.get(asset.id, 10)));
  }

  async remove(asset: Asset): Promise<void> {
    await api.assets.remove(asset.id);
    this.list = this.list.filter((known) => known.id !== asset.id);
  }

  async #looked(asset: Asset): Promise<Asset> {
    return asset.state === 'checking' ? this.#looked(await api.assets.get(asset.id, 10)) : asset;
  }
}
