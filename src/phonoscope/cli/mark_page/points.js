// What can be marked: the document of marks as points that can be dragged, and back.

export const clone = (value) => JSON.parse(JSON.stringify(value));

const EYE_NAMES = {
  left: ["corner", "left"], right: ["corner", "right"], upper: ["upper lid", "up"], lower: ["lower lid", "down"], pupil: ["pupil", "down"],
};
const HEAD_NAMES = { top: ["top of the head", "up"], left_side: ["left side", "left"], right_side: ["right side", "right"] };

/** Return all points of a face: {path, step, label, side, small}; `side` is where the label stands. */
export function pointsOf(face) {
  const points = [
    { path: ["place", "move"], step: "place", label: "move", side: "up", whole: true },
    { path: ["place", "turn"], step: "place", label: "turn and size", side: "down", whole: true },
    { path: ["mouth", "left"], step: "mouth", label: "corner", side: "left" },
    ...row(face.mouth.upper, ["mouth", "upper"], face.mouth.lower ? "upper lip" : "lips meet", "up"),
    ...row(face.mouth.lower ?? [], ["mouth", "lower"], "lower lip", "down"),
    { path: ["mouth", "right"], step: "mouth", label: "corner", side: "right" },
  ];
  for (const [name, label, side] of [["upper_rim", "upper lip ends", "up"], ["lower_rim", "lower lip ends", "down"]]) {
    if (face.mouth[name]) points.push({ path: ["mouth", name], step: "mouth", label, side, small: true });
  }
  points.push({ path: ["chin"], step: "chin", label: "chin", side: "down" });
  if (face.nose) points.push({ path: ["nose"], step: "chin", label: "nose", side: "up" });
  (face.eyes ?? []).forEach((eye, i) => {
    for (const [name, [label, side]] of Object.entries(EYE_NAMES)) {
      if (eye[name]) points.push({ path: ["eyes", i, name], step: `eye${i}`, label, side, small: name === "pupil" });
    }
  });
  for (const [name, [label, side]] of Object.entries(HEAD_NAMES)) {
    if (face[name]) points.push({ path: [name], step: "try", label, side });
  }
  return points;
}

function row(points, path, label, side) {
  const middle = (points.length - 1) / 2;
  return points.map((_, i) => ({ path: [...path, i], step: "mouth", label, side, small: i !== middle }));
}

export function read(face, path) {
  if (path[0] !== "place") return path.reduce((value, name) => value[name], face);
  const { middle, width, across, down } = axes(face);
  if (path[1] === "turn") return along(along(middle, across, 0.9 * width), down, 0.7 * width);
  return along(middle, down, -0.75 * width);
}

/** Put a point somewhere; a point of `place` takes the whole face along. */
export function write(face, path, point) {
  if (path[0] !== "place") { read(face, path.slice(0, -1))[path.at(-1)] = point; return; }
  const from = read(face, path), about = path[1] === "turn" ? axes(face).middle : from;
  const [a, b] = [from, point].map((p) => [p[0] - about[0], p[1] - about[1]]);
  const turns = path[1] === "turn" ? Math.max(Math.hypot(...a), 1e-6) ** 2 : 1;
  // Complex numbers: what turns and stretches a into b.
  const [re, im] = path[1] === "turn" ? [(a[0] * b[0] + a[1] * b[1]) / turns, (a[0] * b[1] - a[1] * b[0]) / turns] : [1, 0];
  if (Math.hypot(re, im) * axes(face).width < 8) return;
  const shift = path[1] === "turn" ? [0, 0] : b;
  for (const one of pointsOf(face).filter(({ path: [first] }) => first !== "place")) {
    const [x, y] = read(face, one.path).map((v, k) => v - about[k]);
    write(face, one.path, [about[0] + re * x - im * y + shift[0], about[1] + im * x + re * y + shift[1]]);
  }
}

/** Give a face all the points that the page can show. */
export function completed(face) {
  const mouth = face.mouth;
  mouth.upper = three(mouth.left, mouth.upper, mouth.right);
  if (mouth.lower?.length) mouth.lower = three(mouth.left, mouth.lower, mouth.right);
  else delete mouth.lower;
  mouth.style ??= "auto";
  face.kind ??= "person";
  face.name ??= "";
  const { middle, width, down } = axes(face);
  face.nose ??= along(middle, down, -0.35 * width);
  for (const eye of face.eyes ?? []) eye.pupil ??= [(eye.left[0] + eye.right[0]) / 2, (eye.upper[1] + eye.lower[1]) / 2];
  return face;
}

/** Return middle and quarters of a lip. */
function three(left, points, right) {
  if (points.length >= 3) return points;
  return curve(left, points[0], right);
}

/** Return three points on the parabola through a lip's corners and its middle. */
export function curve(left, middle, right) {
  const at = (t) => [0, 1].map((k) => {
    const base = (left[k] + right[k]) / 2 + ((right[k] - left[k]) / 2) * t;
    return base + (middle[k] - (left[k] + right[k]) / 2) * (1 - t * t);
  });
  return [at(-0.5), [...middle], at(0.5)];
}

export function axes(face) {
  const { left, right } = face.mouth;
  const width = Math.hypot(right[0] - left[0], right[1] - left[1]) || 1;
  const across = [(right[0] - left[0]) / width, (right[1] - left[1]) / width];
  return { middle: [(left[0] + right[0]) / 2, (left[1] + right[1]) / 2], width, across, down: [-across[1], across[0]] };
}

export const along = (point, way, length) => [point[0] + way[0] * length, point[1] + way[1] * length];

/** Open or close the marked mouth. */
export function setOpen(face, open) {
  const { width, down } = axes(face);
  if (open) face.mouth.lower ??= face.mouth.upper.map((point) => along(point, down, 0.15 * width));
  else delete face.mouth.lower;
}

/** Give eyes to a face, or take them. */
export function setEyes(face, has) {
  if (!has) { delete face.eyes; return; }
  if (face.eyes?.length) return;
  const { middle, width, across, down } = axes(face);
  face.eyes = [-0.62, 0.62].map((side) => {
    const centre = along(along(middle, across, side * width), down, -1.5 * width);
    return {
      left: along(centre, across, -0.24 * width), right: along(centre, across, 0.24 * width),
      upper: along(centre, down, -0.14 * width), lower: along(centre, down, 0.14 * width), pupil: centre,
    };
  });
}

/** Show or hide the points around the head. */
export function setOutline(face, [right, bottom], shown) {
  const { middle, width, across, down } = axes(face);
  if (!shown) { delete face.top; delete face.left_side; delete face.right_side; return; }
  const inside = ([x, y]) => [Math.min(Math.max(x, 0), right), Math.min(Math.max(y, 0), bottom)];
  face.top ??= inside(along(middle, down, -2.6 * width));
  face.left_side ??= inside(along(along(middle, across, -1.5 * width), down, -1.1 * width));
  face.right_side ??= inside(along(along(middle, across, 1.5 * width), down, -1.1 * width));
}

/** Return a new face beside the others. */
export function newFace([width, height]) {
  const side = 0.3 * Math.min(width, height);
  const [x, y] = [width / 2, height / 2];
  return completed({
    mouth: { left: [x - side / 3, y], right: [x + side / 3, y], upper: [[x, y + side / 12]] },
    chin: [x, y + side * 0.6], kind: "thing",
  });
}

/** Return the lines that show a face: lists of points. */
export function linesOf(face) {
  const { left, right, upper, lower } = face.mouth;
  const lines = [smooth([left, ...upper, right])];
  if (lower) lines.push(smooth([left, ...lower, right]));
  return [...lines, ...(face.eyes ?? []).map(ring)];
}

/** Lids as they will move: between a circle and a parabola through the corners and the middle. */
function ring({ left, right, upper, lower }) {
  const lid = (middle) => Array.from({ length: 25 }, (_, i) => {
    const t = i / 12 - 1, arch = 0.6 * Math.sqrt(1 - t * t) + 0.4 * (1 - t * t);
    return [0, 1].map((k) => {
      const base = (left[k] + right[k]) / 2;
      return base + ((right[k] - left[k]) / 2) * t + arch * (middle[k] - base);
    });
  });
  return [...lid(upper), ...lid(lower).reverse()];
}

/** Catmull-Rom through the points. */
function smooth(points) {
  const out = [];
  for (let i = 0; i + 1 < points.length; i++) {
    const [a, b, c, d] = [points[Math.max(i - 1, 0)], points[i], points[i + 1], points[Math.min(i + 2, points.length - 1)]];
    for (let s = 0; s < 8; s++) {
      const t = s / 8;
      out.push([0, 1].map((k) => 0.5 * (2 * b[k] + (c[k] - a[k]) * t + (2 * a[k] - 5 * b[k] + 4 * c[k] - d[k]) * t * t
        + (3 * b[k] - a[k] - 3 * c[k] + d[k]) * t * t * t)));
    }
  }
  out.push(points.at(-1));
  return out;
}
