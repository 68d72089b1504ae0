/** Looking at the picture that is marked: zoom, drag and pinch. */

import type { Point } from '../../../api/types';

const MOST_ZOOM = 24;
const EDGE_PX = 60;
const MARGIN_PX = 24;

export class MarkView {
  zoom = $state(1);
  corner = $state.raw<Point>([0, 0]);
  room = $state.raw<Point>([1, 1]);
  readonly size: readonly [number, number];
  #fingers = new Map<number, Point>();

  constructor(size: readonly [number, number]) {
    this.size = size;
  }

  get wholeZoom(): number {
    const [width, height] = this.room;
    return Math.min((width - MARGIN_PX) / this.size[0], (height - MARGIN_PX) / this.size[1]);
  }

  whole(): void {
    this.zoom = this.wholeZoom;
    this.centre([this.size[0] / 2, this.size[1] / 2]);
  }

  /** Show what lies around some points, which fill a share of the view. */
  look(points: Point[], share: number): void {
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
    const [low, high] = [
      [Math.min(...xs), Math.min(...ys)],
      [Math.max(...xs), Math.max(...ys)],
    ] as [Point, Point];
    const zoom = Math.min(...[0, 1].map((k) => (share * this.room[k]!) / Math.max(high[k]! - low[k]!, 1)));
    this.zoom = Math.min(Math.max(zoom, this.wholeZoom), MOST_ZOOM);
    this.centre([(low[0] + high[0]) / 2, (low[1] + high[1]) / 2]);
  }

  centre([x, y]: Point): void {
    this.#put([this.room[0] / 2 - x * this.zoom, this.room[1] / 2 - y * this.zoom]);
  }

  zoomAt(factor: number, about: Point = [this.room[0] / 2, this.room[1] / 2]): void {
    const zoom = Math.min(Math.max(this.zoom * factor, 0.5 * this.wholeZoom), MOST_ZOOM);
    const grown = zoom / this.zoom;
    this.zoom = zoom;
    this.#put([0, 1].map((k) => about[k]! - (about[k]! - this.corner[k]!) * grown) as Point);
  }

  press(event: PointerEvent & { currentTarget: HTMLElement }): void {
    event.currentTarget.setPointerCapture(event.pointerId);
    this.#fingers.set(event.pointerId, [event.clientX, event.clientY]);
  }

  pull(event: PointerEvent & { currentTarget: HTMLElement }): void {
    const before = this.#fingers.get(event.pointerId);
    if (!before) return;
    const now: Point = [event.clientX, event.clientY];
    const other = [...this.#fingers].find(([id]) => id !== event.pointerId)?.[1];
    this.#fingers.set(event.pointerId, now);
    const share = other ? 0.5 : 1;
    this.#put([this.corner[0] + share * (now[0] - before[0]), this.corner[1] + share * (now[1] - before[1])]);
    if (!other) return;
    const from = event.currentTarget.getBoundingClientRect();
    const apart = (point: Point) => Math.hypot(point[0] - other[0], point[1] - other[1]) || 1;
    this.zoomAt(apart(now) / apart(before), [(now[0] + other[0]) / 2 - from.left, (now[1] + other[1]) / 2 - from.top]);
  }

  release(event: PointerEvent): void {
    this.#fingers.delete(event.pointerId);
  }

  turn(event: WheelEvent & { currentTarget: HTMLElement }): void {
    event.preventDefault();
    const from = event.currentTarget.getBoundingClientRect();
    const lines = event.deltaMode ? 20 : 1;
    this.zoomAt(Math.exp(-0.0015 * event.deltaY * lines), [event.clientX - from.left, event.clientY - from.top]);
  }

  /** Some of the picture stays in sight. */
  #put(corner: Point): void {
    this.corner = [0, 1].map((k) =>
      Math.min(Math.max(corner[k]!, EDGE_PX - this.size[k]! * this.zoom), this.room[k]! - EDGE_PX),
    ) as Point;
  }
}
