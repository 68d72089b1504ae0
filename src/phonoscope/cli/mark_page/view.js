// Looking at the picture: zoom, drag and pinch.

const MOST_ZOOM = 24;

export class View {
  /** Show a picture of `size` pixels on `stage`, inside `element`; `changed` is called after every move. */
  constructor(element, stage, changed) {
    Object.assign(this, { element, stage, changed, size: [1, 1], zoom: 1, corner: [0, 0], fingers: new Map() });
    element.addEventListener("pointerdown", (event) => this.press(event));
    element.addEventListener("pointermove", (event) => this.pull(event));
    for (const name of ["pointerup", "pointercancel"]) element.addEventListener(name, (event) => this.fingers.delete(event.pointerId));
    element.addEventListener("wheel", (event) => this.turn(event), { passive: false });
  }

  get room() { return [this.element.clientWidth, this.element.clientHeight]; }

  /** Return where a point of the picture is on the element. */
  place([x, y]) { return [this.corner[0] + x * this.zoom, this.corner[1] + y * this.zoom]; }

  get wholeZoom() {
    const [width, height] = this.room;
    return Math.min((width - 24) / this.size[0], (height - 24) / this.size[1]);
  }

  /** Show a part of the picture, its points filling `share` of the view. */
  look(points, share) {
    const low = [0, 1].map((k) => Math.min(...points.map((p) => p[k])));
    const high = [0, 1].map((k) => Math.max(...points.map((p) => p[k])));
    const [width, height] = this.room;
    const zoom = Math.min((share * width) / Math.max(high[0] - low[0], 1), (share * height) / Math.max(high[1] - low[1], 1));
    this.zoom = Math.min(Math.max(zoom, this.wholeZoom), MOST_ZOOM);
    this.centre([(low[0] + high[0]) / 2, (low[1] + high[1]) / 2]);
  }

  whole() {
    this.zoom = this.wholeZoom;
    this.centre([this.size[0] / 2, this.size[1] / 2]);
  }

  centre([x, y]) {
    const [width, height] = this.room;
    this.corner = [width / 2 - x * this.zoom, height / 2 - y * this.zoom];
    this.apply();
  }

  /** Zoom about a place of the element. */
  zoomAt(factor, [x, y] = this.room.map((side) => side / 2)) {
    const zoom = Math.min(Math.max(this.zoom * factor, 0.5 * this.wholeZoom), MOST_ZOOM);
    const grown = zoom / this.zoom;
    this.corner = [x - (x - this.corner[0]) * grown, y - (y - this.corner[1]) * grown];
    this.zoom = zoom;
    this.apply();
  }

  apply() {
    // Some of the picture stays in sight.
    this.corner = this.corner.map((at, k) => Math.min(Math.max(at, 60 - this.size[k] * this.zoom), this.room[k] - 60));
    const [x, y] = this.corner;
    this.stage.style.width = `${this.size[0] * this.zoom}px`;
    this.stage.style.height = `${this.size[1] * this.zoom}px`;
    this.stage.style.transform = `translate(${x}px, ${y}px)`;
    this.changed();
  }

  press(event) {
    if (event.target.closest("button, figure")) return;
    this.element.setPointerCapture(event.pointerId);
    this.fingers.set(event.pointerId, [event.clientX, event.clientY]);
  }

  pull(event) {
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    const now = [event.clientX, event.clientY];
    const other = [...this.fingers].find(([id]) => id !== event.pointerId)?.[1];
    this.fingers.set(event.pointerId, now);
    const shares = other ? 0.5 : 1;
    this.corner = this.corner.map((at, k) => at + shares * (now[k] - before[k]));
    if (!other) { this.apply(); return; }
    const from = this.element.getBoundingClientRect();
    const apart = (p) => Math.hypot(p[0] - other[0], p[1] - other[1]) || 1;
    this.zoomAt(apart(now) / apart(before), [(now[0] + other[0]) / 2 - from.left, (now[1] + other[1]) / 2 - from.top]);
  }

  turn(event) {
    if (event.target.closest("figure")) return;
    event.preventDefault();
    const from = this.element.getBoundingClientRect();
    this.zoomAt(Math.exp(-0.0015 * event.deltaY * (event.deltaMode ? 20 : 1)), [event.clientX - from.left, event.clientY - from.top]);
  }
}
