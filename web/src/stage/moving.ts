/** Moving and resizing what is on the stage: pure changes of the document. All lengths are shares of the canvas. */

import { canvasRatio, type Avatar, type Overlay, type SceneDocument } from '../api/scene';
import type { StageBox } from '../api/types';
import { at, put } from '../state/paths';

const SNAP = 0.012;
const MARGIN = 0.05;
const HALVES = new Set(['left', 'right', 'top', 'bottom']);
/** By kind: the fields that make a thing larger. */
const SIZES: Record<string, readonly string[]> = {
  text: ['look.size'],
  'lower-third': ['size'],
  title: ['size'],
  shape: ['width', 'height'],
  image: ['width'],
  logo: ['size'],
  watermark: ['size'],
  emoji: ['size'],
  qr: ['size'],
  progress: ['size'],
};
/** What a size is where the document tells none. */
const USUAL: Record<string, number> = {
  'text look.size': 0.07,
  'lower-third size': 0.05,
  'title size': 0.11,
  'shape width': 0.3,
  'shape height': 0.2,
  'image width': 0.4,
  'logo size': 0.1,
  'watermark size': 0.035,
  'emoji size': 0.18,
  'qr size': 0.25,
  'progress size': 0.1,
};
const NO_PLACE = new Set(['title']);

export const isCaptions = (box: Pick<StageBox, 'kind'>): boolean => box.kind === 'captions';

/** Tell whether a thing can be dragged anywhere; captions only go up and down. */
export function canMove(document: SceneDocument, box: StageBox): boolean {
  if (isCaptions(box)) return true;
  const thing = at(document, box.path) as Avatar | Overlay | undefined;
  if (!thing) return false;
  if (box.kind === 'avatar') {
    const crop = String(thing.crop ?? 'full');
    // What fills the canvas would leave an empty edge behind.
    return crop === 'full' ? Number(thing.size ?? 1) !== 1 : !HALVES.has(crop);
  }
  if (box.kind === 'progress') return thing.design === 'ring';
  return !NO_PLACE.has(box.kind);
}

export function canResize(document: SceneDocument, box: StageBox): boolean {
  if (box.kind === 'avatar') return !HALVES.has(String(at(document, `${box.path}.crop`) ?? 'full'));
  if (box.kind === 'progress') return canMove(document, box);
  return isCaptions(box) || box.kind in SIZES;
}

/** Tell whether a thing can be turned; avatars, captions and what spans the canvas stay upright. */
export const canTurn = (box: Pick<StageBox, 'kind'>): boolean =>
  box.kind in SIZES && box.kind !== 'progress' && !NO_PLACE.has(box.kind);

export interface Snapped {
  dx: number;
  dy: number;
  /** Where lines show what it snapped to. */
  vertical: number | null;
  horizontal: number | null;
}

/** Bend a move so that middles and edges meet those of the canvas. */
export function snapped(box: StageBox, dx: number, dy: number): Snapped {
  const [x, vertical] = near(box.x + dx, box.width);
  const [y, horizontal] = near(box.y + dy, box.height);
  return { dx: dx + x, dy: dy + y, vertical, horizontal };
}

function near(start: number, length: number): [number, number | null] {
  const lines: [number, number][] = [
    [0.5 - (start + length / 2), 0.5],
    [MARGIN - start, MARGIN],
    [1 - MARGIN - (start + length), 1 - MARGIN],
  ];
  const found = lines.filter(([by]) => Math.abs(by) < SNAP).sort(([a], [b]) => Math.abs(a) - Math.abs(b))[0];
  return found ?? [0, null];
}

const rounded = (value: number) => Math.round(value * 10_000) / 10_000;

/** Move a thing by shares of the canvas. */
export function moveBy(document: SceneDocument, box: StageBox, dx: number, dy: number): void {
  if (isCaptions(box)) {
    const captions = captionsOf(document, box.path);
    captions.offset = rounded(Math.max(-1, Math.min(1, Number(captions.offset ?? 0) + dy)));
    return;
  }
  // The middle stays on the canvas: what is quite gone could not be taken hold of again.
  const x = rounded(within(box.x + box.width / 2 + dx, 0, 1));
  const y = rounded(within(box.y + box.height / 2 + dy, 0, 1));
  if (box.kind === 'avatar') {
    put(document, `${box.path}.x`, x);
    put(document, `${box.path}.y`, y);
    // A corner keeps to its corner; what was moved out of it is a circle.
    if (at(document, `${box.path}.crop`) === 'corner') {
      const ratio = Math.min(1, 1 / canvasRatio(document));
      put(document, `${box.path}.size`, rounded(box.height / ratio) || undefined);
      put(document, `${box.path}.crop`, 'circle');
    }
    return;
  }
  put(document, `${box.path}.place`, { x, y, anchor: 'centre' });
}

const within = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value));

/** Make a thing larger, or with a factor below 1 smaller. */
export function resizeBy(document: SceneDocument, box: StageBox, factor: number): void {
  if (isCaptions(box)) {
    const captions = captionsOf(document, box.path);
    captions.size = rounded(within(Number(captions.size ?? 0.055) * factor, 0.02, 0.25));
    return;
  }
  if (box.kind === 'avatar') {
    const crop = String(at(document, `${box.path}.crop`) ?? 'full');
    const usual = crop === 'full' ? 1 : crop === 'corner' ? 0.28 : 0.6;
    const now = Number(at(document, `${box.path}.size`) ?? usual);
    put(document, `${box.path}.size`, rounded(within(now * factor, 0.05, 2)));
    return;
  }
  for (const field of SIZES[box.kind] ?? []) {
    const now = Number(at(document, `${box.path}.${field}`) ?? USUAL[`${box.kind} ${field}`]);
    put(document, `${box.path}.${field}`, rounded(within(now * factor, 0.01, 2)));
  }
  // The width of a text is where its lines break: it grows with its letters.
  if (box.kind === 'text') {
    const width = Number(at(document, `${box.path}.width`) ?? 0.84);
    put(document, `${box.path}.width`, rounded(within(width * Math.max(1, factor), 0.05, 2)));
  }
}

export function turnTo(document: SceneDocument, box: StageBox, degrees: number): void {
  // From -179 to 180, so that turning on and on stays within what a document may say.
  const whole = 180 - ((((180 - Math.round(degrees)) % 360) + 360) % 360);
  put(document, `${box.path}.rotation_deg`, whole || undefined);
}

/** Take a thing away; captions are switched off. */
export function remove(document: SceneDocument, path: string, kind: string): void {
  if (kind === 'captions') put(document, path, false);
  else put(document, path, undefined);
}

function captionsOf(document: SceneDocument, path: string): Record<string, unknown> {
  const known = at(document, path);
  const captions: Record<string, unknown> =
    typeof known === 'string' ? { style: known } : typeof known === 'object' && known ? { ...known } : {};
  put(document, path, captions);
  return captions;
}
