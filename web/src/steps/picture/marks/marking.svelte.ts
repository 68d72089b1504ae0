/** What is marked so far: the faces, the step, and what can be undone. */

import type { MarkedFace, Marks, Point } from '../../../api/types';
import {
  completed,
  handlesOf,
  MARK_STEPS,
  newFace,
  readPoint,
  setEyes,
  setOpen,
  writePoint,
  type Handle,
  type MarkStep,
} from './points';

const MOST_UNDONE = 200;

export class Marking {
  faces = $state.raw<MarkedFace[]>([]);
  now = $state(0);
  step = $state<MarkStep>('place');
  undoable = $state(0);
  readonly size: readonly [number, number];
  #past: { faces: MarkedFace[]; now: number }[] = [];

  /** Begin with marks that were made before, or guessed. */
  constructor(size: readonly [number, number], marks: Marks | null) {
    this.size = size;
    const scale = marks?.units === 'share' ? size : [1, 1];
    const pixels = marks ? scaled(marks.faces, scale as Point) : [];
    this.faces = pixels.length ? pixels.map(completed) : [newFace(size)];
  }

  get face(): MarkedFace {
    return this.faces[this.now]!;
  }

  get document(): Marks {
    const faces = this.faces.map(({ name, ...face }) => (name ? { name, ...face } : face));
    return { schema: 'rig.1', units: 'px', picture: [...this.size], faces };
  }

  go(by: number): void {
    this.step = MARK_STEPS[Math.min(Math.max(MARK_STEPS.indexOf(this.step) + by, 0), MARK_STEPS.length - 1)]!;
  }

  /** Remember how it is now, so that what follows can be undone. */
  remember(): void {
    this.#past = [...this.#past.slice(1 - MOST_UNDONE), { faces: this.faces, now: this.now }];
    this.undoable = this.#past.length;
  }

  undo(): void {
    const before = this.#past.pop();
    if (before) ({ faces: this.faces, now: this.now } = before);
    this.undoable = this.#past.length;
  }

  change(what: (face: MarkedFace) => void): void {
    const face = structuredClone(this.face);
    what(face);
    this.faces = this.faces.with(this.now, face);
  }

  move({ path }: Handle, [x, y]: Point): void {
    const inside: Point = [Math.min(Math.max(x, 0), this.size[0]), Math.min(Math.max(y, 0), this.size[1])];
    const moved = structuredClone(this.face);
    writePoint(moved, path, inside);
    // A face that is moved as a whole stops at the picture's edge: points beyond it are refused.
    if (this.#isInside(moved) || !this.#isInside(this.face)) this.faces = this.faces.with(this.now, moved);
  }

  #isInside(face: MarkedFace): boolean {
    const points = handlesOf(face).filter((handle) => !handle.whole);
    return points.every(({ path }) => readPoint(face, path).every((value, k) => value >= 0 && value <= this.size[k]!));
  }

  setOpen(open: boolean): void {
    this.remember();
    this.change((face) => setOpen(face, open));
  }

  setEyes(has: boolean): void {
    this.remember();
    this.change((face) => setEyes(face, has));
  }

  add(): void {
    this.remember();
    this.faces = [...this.faces, newFace(this.size)];
    this.now = this.faces.length - 1;
    this.step = 'place';
  }

  remove(): void {
    this.remember();
    this.faces = this.faces.filter((_, index) => index !== this.now);
    this.now = 0;
  }
}

/** Return faces whose points are multiplied, whatever they lie in. */
function scaled(faces: MarkedFace[], [sx, sy]: Point): MarkedFace[] {
  const isPoint = (value: unknown): value is Point =>
    Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === 'number');
  const scale = (value: unknown): unknown => {
    if (isPoint(value)) return [value[0] * sx, value[1] * sy];
    if (Array.isArray(value)) return value.map(scale);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, scale(one)]));
  };
  return faces.map((face) => scale(face) as MarkedFace);
}
