/** What can be marked: the document of marks as points that can be dragged, and back. Points are in pixels. */

import type { MarkedEye, MarkedFace, Point } from '../../../api/types';
import type { Key } from '../../../i18n/index.svelte';

export const MARK_STEPS = ['place', 'mouth', 'chin', 'eyes'] as const;
export type MarkStep = (typeof MARK_STEPS)[number];
export type Side = 'up' | 'down' | 'left' | 'right';
type Path = readonly (string | number)[];

export interface Handle {
  path: Path;
  step: MarkStep;
  label: Key;
  /** Where its label stands. */
  side: Side;
  /** Shown small, and without its label until it is chosen. */
  small?: boolean;
  /** Takes the whole face along. */
  whole?: boolean;
}

const EYE: Record<keyof MarkedEye, [Key, Side]> = {
  left: ['picture.point_eyeCorner', 'left'],
  right: ['picture.point_eyeCorner', 'right'],
  upper: ['picture.point_upperLid', 'up'],
  lower: ['picture.point_lowerLid', 'down'],
  pupil: ['picture.point_pupil', 'down'],
};
const LEAST_WIDTH_PX = 8;

/** Return all points of a face that the page shows. */
export function handlesOf(face: MarkedFace): Handle[] {
  const { mouth } = face;
  const handles: Handle[] = [
    { path: ['place', 'move'], step: 'place', label: 'picture.point_move', side: 'up', whole: true },
    { path: ['place', 'turn'], step: 'place', label: 'picture.point_turn', side: 'down', whole: true },
    { path: ['mouth', 'left'], step: 'mouth', label: 'picture.point_corner', side: 'left' },
    { path: ['mouth', 'right'], step: 'mouth', label: 'picture.point_corner', side: 'right' },
    ...row(mouth.upper, 'upper', mouth.lower ? 'picture.point_upper' : 'picture.point_meet', 'up'),
    ...row(mouth.lower ?? [], 'lower', 'picture.point_lower', 'down'),
  ];
  for (const name of ['upper_rim', 'lower_rim'] as const) {
    if (!mouth[name]) continue;
    const side = name === 'upper_rim' ? 'up' : 'down';
    handles.push({ path: ['mouth', name], step: 'mouth', label: `picture.point_${name}`, side, small: true });
  }
  handles.push({ path: ['chin'], step: 'chin', label: 'picture.point_chin', side: 'down' });
  if (face.nose) handles.push({ path: ['nose'], step: 'chin', label: 'picture.point_nose', side: 'up' });
  (face.eyes ?? []).forEach((eye, i) => {
    for (const [name, [label, side]] of Object.entries(EYE) as [keyof MarkedEye, [Key, Side]][]) {
      if (eye[name]) handles.push({ path: ['eyes', i, name], step: 'eyes', label, side, small: true });
    }
  });
  return handles;
}

function row(points: Point[], name: string, label: Key, side: Side): Handle[] {
  const middle = (points.length - 1) / 2;
  return points.map((_, i) => ({ path: ['mouth', name, i], step: 'mouth', label, side, small: i !== middle }));
}

const OUTLINE = ['top', 'left_side', 'right_side', 'nose'] as const;

/** Return every place of the face that holds a point, the hidden ones included. */
function placesOf(face: MarkedFace): Path[] {
  const shown = handlesOf(face).filter((handle) => !handle.whole);
  const hidden = OUTLINE.filter((name) => name !== 'nose' && face[name]).map((name) => [name]);
  return [...shown.map((handle) => handle.path), ...hidden];
}

function holder(face: MarkedFace, path: Path): Record<string | number, Point> {
  return path
    .slice(0, -1)
    .reduce<unknown>((value, name) => (value as Record<string | number, unknown>)[name], face) as Record<
    string | number,
    Point
  >;
}

export function readPoint(face: MarkedFace, path: Path): Point {
  if (path[0] !== 'place') return holder(face, path)[path.at(-1)!]!;
  const { middle, width, across, down } = axesOf(face);
  if (path[1] === 'turn') return along(along(middle, across, 0.9 * width), down, 0.7 * width);
  return along(middle, down, -0.75 * width);
}

/** Put a point somewhere; a point of `place` takes the whole face along. */
export function writePoint(face: MarkedFace, path: Path, point: Point): void {
  if (path[0] !== 'place') {
    const before = loose(face);
    holder(face, path)[path.at(-1)!] = point;
    if (path[0] === 'mouth' && path[2] !== 0 && path[2] !== 2) settle(face, before);
    return;
  }
  const { middle, width } = axesOf(face);
  const from = readPoint(face, path);
  const turns = path[1] === 'turn';
  const about: Point = turns ? middle : from;
  const [ax, ay] = [from[0] - about[0], from[1] - about[1]];
  const [bx, by] = [point[0] - about[0], point[1] - about[1]];
  const square = Math.max(ax * ax + ay * ay, 1e-6);
  // A complex number: what turns and stretches a into b.
  const [re, im] = turns ? [(ax * bx + ay * by) / square, (ax * by - ay * bx) / square] : [1, 0];
  if (Math.hypot(re, im) * width < LEAST_WIDTH_PX) return;
  const [sx, sy] = turns ? [0, 0] : [bx, by];
  for (const place of placesOf(face)) {
    const old = holder(face, place)[place.at(-1)!]!;
    const [x, y] = [old[0] - about[0], old[1] - about[1]];
    holder(face, place)[place.at(-1)!] = [about[0] + re * x - im * y + sx, about[1] + im * x + re * y + sy];
  }
}

type Lip = 'upper' | 'lower';

/** Return the lips whose quarters lie where their middle puts them, so that nobody has moved them. */
function loose({ mouth }: MarkedFace): Lip[] {
  const reach = 0.02 * Math.hypot(mouth.right[0] - mouth.left[0], mouth.right[1] - mouth.left[1]) + 1;
  return (['upper', 'lower'] as const).filter((name) => {
    const lip = mouth[name];
    if (lip?.length !== 3) return false;
    const guess = curve(mouth.left, lip[1]!, mouth.right);
    return [0, 2].every((i) => Math.hypot(guess[i]![0] - lip[i]![0], guess[i]![1] - lip[i]![1]) < reach);
  });
}

function settle({ mouth }: MarkedFace, lips: Lip[]): void {
  for (const name of lips) {
    const lip = mouth[name];
    if (lip) mouth[name] = curve(mouth.left, lip[1]!, mouth.right);
  }
}

/** Give a face all the points that the page can show. */
export function completed(face: MarkedFace): MarkedFace {
  const made = structuredClone(face);
  const { mouth } = made;
  mouth.upper = three(mouth.left, mouth.upper, mouth.right);
  if (mouth.lower?.length) mouth.lower = three(mouth.left, mouth.lower, mouth.right);
  else delete mouth.lower;
  made.kind ??= 'person';
  const { middle, width, down } = axesOf(made);
  made.nose ??= along(middle, down, -0.35 * width);
  for (const eye of made.eyes ?? []) {
    eye.pupil ??= [(eye.left[0] + eye.right[0]) / 2, (eye.upper[1] + eye.lower[1]) / 2];
  }
  return made;
}

const three = (left: Point, points: Point[], right: Point): Point[] =>
  points.length >= 3 ? points : curve(left, points[0] ?? [(left[0] + right[0]) / 2, (left[1] + right[1]) / 2], right);

/** Return three points on the parabola through a lip's corners and its middle. */
export function curve(left: Point, middle: Point, right: Point): Point[] {
  const at = (t: number): Point =>
    [0, 1].map((k) => {
      const base = (left[k]! + right[k]!) / 2;
      return base + ((right[k]! - left[k]!) / 2) * t + (middle[k]! - base) * (1 - t * t);
    }) as Point;
  return [at(-0.5), [...middle], at(0.5)];
}

export function axesOf({ mouth: { left, right } }: MarkedFace) {
  const width = Math.hypot(right[0] - left[0], right[1] - left[1]) || 1;
  const across: Point = [(right[0] - left[0]) / width, (right[1] - left[1]) / width];
  const middle: Point = [(left[0] + right[0]) / 2, (left[1] + right[1]) / 2];
  return { middle, width, across, down: [-across[1], across[0]] as Point };
}

const along = (point: Point, way: Point, length: number): Point => [
  point[0] + way[0] * length,
  point[1] + way[1] * length,
];

export function setOpen(face: MarkedFace, open: boolean): void {
  const { width, down } = axesOf(face);
  if (open) face.mouth.lower ??= face.mouth.upper.map((point) => along(point, down, 0.15 * width));
  else delete face.mouth.lower;
}

export function setEyes(face: MarkedFace, has: boolean): void {
  if (!has) delete face.eyes;
  if (!has || face.eyes?.length) return;
  const { middle, width, across, down } = axesOf(face);
  face.eyes = [-0.62, 0.62].map((side) => {
    const centre = along(along(middle, across, side * width), down, -1.5 * width);
    return {
      left: along(centre, across, -0.24 * width),
      right: along(centre, across, 0.24 * width),
      upper: along(centre, down, -0.14 * width),
      lower: along(centre, down, 0.14 * width),
      pupil: centre,
    };
  });
}

/** Return a new face in the middle of a picture. */
export function newFace([width, height]: readonly [number, number]): MarkedFace {
  const side = 0.3 * Math.min(width, height);
  const [x, y] = [width / 2, height * 0.55];
  const face = completed({
    kind: 'thing',
    mouth: { left: [x - side / 3, y], right: [x + side / 3, y], upper: [[x, y + side / 12]] },
    chin: [x, y + side * 0.6],
  });
  setEyes(face, true);
  return face;
}

/** Return the lines that show a face: lips and lids. */
export function linesOf(face: MarkedFace): Point[][] {
  const { left, right, upper, lower } = face.mouth;
  const lips = [smooth([left, ...upper, right]), ...(lower ? [smooth([left, ...lower, right])] : [])];
  return [...lips, ...(face.eyes ?? []).map(ring)];
}

/** Lids as they will move: between a circle and a parabola through the corners and the middle. */
function ring({ left, right, upper, lower }: MarkedEye): Point[] {
  const lid = (middle: Point) =>
    Array.from({ length: 25 }, (_, i) => {
      const t = i / 12 - 1;
      const arch = 0.6 * Math.sqrt(1 - t * t) + 0.4 * (1 - t * t);
      return [0, 1].map((k) => {
        const base = (left[k]! + right[k]!) / 2;
        return base + ((right[k]! - left[k]!) / 2) * t + arch * (middle[k]! - base);
      }) as Point;
    });
  return [...lid(upper), ...lid(lower).reverse()];
}

/** Catmull-Rom through the points. */
function smooth(points: Point[]): Point[] {
  const at = (i: number) => points[Math.min(Math.max(i, 0), points.length - 1)]!;
  const out: Point[] = [];
  for (let i = 0; i + 1 < points.length; i++) {
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    for (let s = 0; s < 8; s++) {
      const t = s / 8;
      out.push(
        [0, 1].map(
          (k) =>
            0.5 *
            (2 * b[k]! +
              (c[k]! - a[k]!) * t +
              (2 * a[k]! - 5 * b[k]! + 4 * c[k]! - d[k]!) * t * t +
              (3 * b[k]! - a[k]! - 3 * c[k]! + d[k]!) * t * t * t),
        ) as Point,
      );
    }
  }
  return [...out, at(points.length - 1)];
}
