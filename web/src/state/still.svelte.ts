/** The picture on the stage: asked for after each save and each move in time; old answers are dropped. */

import * as api from '../api/client';
import { asProblem, isAbort, type Problem } from '../api/problem';
import type { StageBox, Still } from '../api/types';

const WIDTHS_PX = [480, 640, 960, 1280, 1920];

export class StillState {
  current = $state.raw<Still | null>(null);
  loading = $state(false);
  problem = $state.raw<Problem | null>(null);
  #wanted: AbortController | null = null;
  #width_px = 960;

  /** Tell how wide the stage is, so that the picture is neither blurred nor too large. */
  fit(width_px: number): void {
    const needed = width_px * Math.min(devicePixelRatio || 1, 2);
    this.#width_px = WIDTHS_PX.find((width) => width >= needed) ?? WIDTHS_PX.at(-1)!;
  }

  clear(): void {
    this.#wanted?.abort();
    this.current = null;
    this.problem = null;
  }

  /** Put a thing where it will be in the next picture, by shares of the canvas. */
  move(path: string, dx: number, dy: number): void {
    this.#change(path, (box) => ({ ...box, x: box.x + dx, y: box.y + dy }));
  }

  scale(path: string, factor: number): void {
    this.#change(path, (box) => ({
      ...box,
      x: box.x - (box.width * (factor - 1)) / 2,
      y: box.y - (box.height * (factor - 1)) / 2,
      width: box.width * factor,
      height: box.height * factor,
    }));
  }

  turn(path: string, turn_deg: number): void {
    this.#change(path, (box) => ({ ...box, rotation_deg: box.rotation_deg + turn_deg }));
  }

  async ask(projectId: string, time_s: number): Promise<void> {
    this.#wanted?.abort();
    const wanted = new AbortController();
    this.#wanted = wanted;
    this.loading = true;
    try {
      const still = await api.projects.still(projectId, time_s, this.#width_px, wanted.signal);
      await loaded(still.image_url);
      if (this.#wanted !== wanted) return;
      this.current = still;
      this.problem = null;
    } catch (error) {
      if (!isAbort(error) && this.#wanted === wanted) this.problem = asProblem(error);
    } finally {
      if (this.#wanted === wanted) this.loading = false;
    }
  }

  #change(path: string, change: (box: StageBox) => StageBox): void {
    if (!this.current) return;
    const boxes = this.current.boxes.map((box) => (box.path === path ? change(box) : box));
    this.current = { ...this.current, boxes };
  }
}

/** Wait until a picture can be shown without flicker. */
async function loaded(url: string): Promise<void> {
  const image = new Image();
  image.src = url;
  await image.decode().catch((error: unknown) => {
    // The connection broke: what was shown before stays.
    if (!image.naturalWidth) throw error;
  });
}
