/** Turning and cropping: sizes in pixels, crops as shares of the turned picture, angles clockwise in degrees. */

import type { Box } from '../../api/types';

export type Size = readonly [width: number, height: number];

export const LEAST_SHARE = 0.05;
const radians = (deg: number) => (deg * Math.PI) / 180;
const within = (value: number, low: number, high: number) => Math.min(Math.max(value, low), Math.max(low, high));

/** Return how large a picture is after it is turned: as large as it takes. */
export function turnedSize([width, height]: Size, turn_deg: number): Size {
  const [cos, sin] = [Math.abs(Math.cos(radians(turn_deg))), Math.abs(Math.sin(radians(turn_deg)))];
  return [width * cos + height * sin, width * sin + height * cos];
}

/** Return the largest crop about the middle that shows nothing beyond the edges; `ratio` null keeps the picture's own. */
export function largestCrop(size: Size, turn_deg: number, ratio: number | null): Box {
  const [width, height] = size;
  const turned = turnedSize(size, turn_deg);
  const quarter = turnedSize(size, Math.round(turn_deg / 90) * 90);
  const shape = ratio ?? quarter[0] / quarter[1];
  const [cos, sin] = [Math.abs(Math.cos(radians(turn_deg))), Math.abs(Math.sin(radians(turn_deg)))];
  const tall = Math.min(width / (shape * cos + sin), height / (shape * sin + cos));
  const [w, h] = [(shape * tall) / turned[0], tall / turned[1]];
  return { x: (1 - w) / 2, y: (1 - h) / 2, width: w, height: h };
}

/** What somebody has cropped, and how far the picture was turned then. */
export interface Cropped {
  crop: Box;
  turn_deg: number;
}

/**
 * Return a crop after the picture is turned further: about the same point of it, as large as before, or as fits between
 * the edges. A quarter turn lays a crop of no fixed shape down with the picture.
 */
export function turnedCrop(
  size: Size,
  { crop, turn_deg: before_deg }: Cropped,
  turn_deg: number,
  ratio: number | null,
) {
  const [old, turned] = [turnedSize(size, before_deg), turnedSize(size, turn_deg)];
  const by = radians(turn_deg - before_deg);
  const [dx, dy] = [(crop.x + crop.width / 2 - 0.5) * old[0], (crop.y + crop.height / 2 - 0.5) * old[1]];
  const middle = [dx * Math.cos(by) - dy * Math.sin(by), dx * Math.sin(by) + dy * Math.cos(by)] as const;
  const quarters = Math.round(turn_deg / 90) - Math.round(before_deg / 90);
  const was = [crop.width * old[0], crop.height * old[1]] as const;
  const [width, height] = ratio === null && quarters % 2 ? [was[1], was[0]] : was;
  const share = fitting(size, turn_deg, middle, [width, height]);
  const [w, h] = [(width * share) / turned[0], (height * share) / turned[1]];
  return { x: 0.5 + middle[0] / turned[0] - w / 2, y: 0.5 + middle[1] / turned[1] - h / 2, width: w, height: h };
}

/** Return by how much a crop about a point, counted from the middle, has to shrink so that it shows no corner beyond. */
function fitting(size: Size, turn_deg: number, middle: readonly [number, number], [width, height]: Size): number {
  const [cos, sin] = [Math.cos(radians(turn_deg)), Math.sin(radians(turn_deg))];
  // In the picture's own axes: how far the point is from the nearer edges, and how far the corners reach.
  const own = [middle[0] * cos + middle[1] * sin, middle[1] * cos - middle[0] * sin] as const;
  const reach = [Math.abs(width * cos) + Math.abs(height * sin), Math.abs(width * sin) + Math.abs(height * cos)];
  return Math.min(1, ...own.map((at, axis) => (size[axis]! - 2 * Math.abs(at)) / reach[axis]!));
}

export function movedCrop(crop: Box, dx: number, dy: number): Box {
  return { ...crop, x: within(crop.x + dx, 0, 1 - crop.width), y: within(crop.y + dy, 0, 1 - crop.height) };
}

/**
 * Drag a corner (0 top left, then clockwise) to a point; the opposite one stays. `ratio` is of shares: width over
 * height of the crop times height over width of the picture, or null.
 */
export function resizedCrop(crop: Box, corner: number, x: number, y: number, ratio: number | null): Box {
  const [left, top] = [corner === 0 || corner === 3, corner < 2];
  const fixed = [left ? crop.x + crop.width : crop.x, top ? crop.y + crop.height : crop.y] as const;
  const room = [left ? fixed[0] : 1 - fixed[0], top ? fixed[1] : 1 - fixed[1]] as const;
  let width = within(left ? fixed[0] - x : x - fixed[0], LEAST_SHARE, room[0]);
  let height = within(top ? fixed[1] - y : y - fixed[1], LEAST_SHARE, room[1]);
  if (ratio !== null) {
    width = Math.min(Math.max(width, height * ratio), room[0], room[1] * ratio);
    height = width / ratio;
  }
  return { x: left ? fixed[0] - width : fixed[0], y: top ? fixed[1] - height : fixed[1], width, height };
}

export const cornerOf = (crop: Box, corner: number): [number, number] => [
  corner === 0 || corner === 3 ? crop.x : crop.x + crop.width,
  corner < 2 ? crop.y : crop.y + crop.height,
];

/** Return a crop that lies within the picture whatever was rounded. */
export function soundCrop(crop: Box): Box {
  const [x, y] = [within(crop.x, 0, 1), within(crop.y, 0, 1)];
  return { x, y, width: Math.min(crop.width, 1 - x), height: Math.min(crop.height, 1 - y) };
}
