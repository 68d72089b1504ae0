/** What fingers or the mouse do to one thing on the stage, before it is done. Lengths are shares of the canvas. */

import type { SceneDocument } from '../api/scene';
import type { StageBox } from '../api/types';
import { canMove, canResize, canTurn, isCaptions, snapped, type Snapped } from './moving';

export type How = 'move' | 'size' | 'turn';
export type Lines = Pick<Snapped, 'vertical' | 'horizontal'>;

/** By how much a thing is moved, made larger, and turned clockwise. */
export interface Change {
  dx: number;
  dy: number;
  factor: number;
  turn_deg: number;
}

interface Point {
  x: number;
  y: number;
}

interface Pointer extends Point {
  from: Point;
}

type Canvas = Pick<DOMRect, 'left' | 'top' | 'width' | 'height'>;

const STILL_PX = 3;
const UPRIGHT_DEG = 5;
const NOTHING: Change = { dx: 0, dy: 0, factor: 1, turn_deg: 0 };

const apart = (a: Point, b: Point): number => Math.max(1, Math.hypot(b.x - a.x, b.y - a.y));
const angle_deg = (a: Point, b: Point): number => (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI;
const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/** Bend a turn so that what is nearly upright, or lies nearly flat, does so. */
export function straightened(before_deg: number, turn_deg: number): number {
  const nearest = Math.round((before_deg + turn_deg) / 90) * 90;
  return Math.abs(before_deg + turn_deg - nearest) < UPRIGHT_DEG ? nearest - before_deg : turn_deg;
}

export class Gesture {
  /** What is held. */
  box = $state.raw<StageBox | null>(null);
  change = $state.raw<Change>(NOTHING);
  /** Where it meets middle or margin of the canvas. */
  lines = $state.raw<Lines | null>(null);
  #pointers = new Map<number, Pointer>();
  #how: How | 'pinch' = 'move';
  #fits = { move: false, size: false, turn: false };

  /** A pointer comes down on a thing. A second one pinches `chosen`, however small that is, or else what the first holds. */
  down(id: number, at: Point, box: StageBox, how: How, chosen: StageBox | null, document: SceneDocument): void {
    this.#pointers.set(id, { ...at, from: at });
    const second = this.#pointers.size === 2;
    if (this.#pointers.size > 2) return;
    this.box = second ? (chosen ?? this.box ?? box) : box;
    this.#fits = {
      move: canMove(document, this.box),
      size: canResize(document, this.box),
      turn: canTurn(this.box),
    };
    this.#how = second ? 'pinch' : how;
    this.change = NOTHING;
    this.lines = null;
    // Counted from here, wherever the first finger has been.
    if (second) for (const pointer of this.#pointers.values()) pointer.from = { x: pointer.x, y: pointer.y };
  }

  move(id: number, at: Point, canvas: Canvas, free: boolean): void {
    const pointer = this.#pointers.get(id);
    if (!pointer || !this.box) return;
    Object.assign(pointer, at);
    if (this.#how === 'pinch') this.#pinch(canvas);
    else if (this.#how === 'move') this.#drag(pointer, canvas, free);
    else this.#pull(pointer, canvas);
  }

  /** A pointer goes up: once all have, return what was held and what becomes of it. */
  up(id: number): { box: StageBox; change: Change } | null {
    const { box, change } = this;
    if (!this.#pointers.delete(id) || this.#pointers.size || !box) return null;
    this.cancel();
    return { box, change };
  }

  cancel(): void {
    this.#pointers.clear();
    this.box = null;
    this.change = NOTHING;
    this.lines = null;
  }

  #drag({ x, y, from }: Pointer, { width, height }: Canvas, free: boolean): void {
    const moved = this.change.dx || this.change.dy;
    if (!this.#fits.move || (!moved && apart(from, { x, y }) < STILL_PX)) return;
    const [dx, dy] = [(x - from.x) / width, (y - from.y) / height];
    const to = free ? { dx, dy, vertical: null, horizontal: null } : snapped(this.box!, dx, dy);
    this.change = { ...NOTHING, dx: isCaptions(this.box!) ? 0 : to.dx, dy: to.dy };
    this.lines = to;
  }

  /** One pointer pulls a handle: how far it is from the middle is the size, in which direction the turn. */
  #pull(pointer: Pointer, { left, top, width, height }: Canvas): void {
    const { x, y, rotation_deg, ...box } = this.box!;
    const from = { x: left + (x + box.width / 2) * width, y: top + (y + box.height / 2) * height };
    if (this.#how === 'size') {
      this.change = { ...NOTHING, factor: apart(from, pointer) / apart(from, pointer.from) };
    } else {
      const turn_deg = angle_deg(from, pointer) - angle_deg(from, pointer.from);
      this.change = { ...NOTHING, turn_deg: straightened(rotation_deg, turn_deg) };
    }
  }

  #pinch({ width, height }: Canvas): void {
    const [one, two] = [...this.#pointers.values()];
    if (!one || !two) return;
    const [before, now] = [middle(one.from, two.from), middle(one, two)];
    const { move, size, turn } = this.#fits;
    const turn_deg = angle_deg(one, two) - angle_deg(one.from, two.from);
    this.change = {
      dx: move && !isCaptions(this.box!) ? (now.x - before.x) / width : 0,
      dy: move ? (now.y - before.y) / height : 0,
      factor: size ? apart(one, two) / apart(one.from, two.from) : 1,
      turn_deg: turn ? straightened(this.box!.rotation_deg, turn_deg) : 0,
    };
  }
}
