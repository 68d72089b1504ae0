// What can be marked: the document of marks as points that can be dragged, and back.

export const clone = (value) => JSON.parse(JSON.stringify(value));

const EYE_NAMES = { left: "left corner", right: "right corner", upper: "upper lid", lower: "lower lid", pupil: "pupil" };
const HEAD_NAMES = { top: "top of the head", left_side: "left side", right_side: "right side" };

/** Return all points of a face: {path, step, label, small}. */
export function pointsOf(face) {
  const points = [
    { path: ["mouth", "left"], step: "mouth", label: "left corner" },
    ...row(face.mouth.upper, ["mouth", "upper"], face.mouth.lower ? "upper lip" : "line"),
    ...row(face.mouth.lower ?? [], ["mouth", "lower"], "lower lip"),
    { path: ["mouth", "right"], step: "mouth", label: "right corner" },
  ];
  for (const [name, label] of [["upper_rim", "upper lip ends"], ["lower_rim", "lower lip ends"]]) {
    if (face.mouth[name]) points.push({ path: ["mouth", name], step: "mouth", label, small: true });
  }
  points.push({ path: ["chin"], step: "chin", label: "chin" });
  if (face.nose) points.push({ path: ["nose"], step: "chin", label: "end of the nose" });
  (face.eyes ?? []).forEach((eye, i) => {
    for (const name of Object.keys(EYE_NAMES)) {
      if (eye[name]) points.push({ path: ["eyes", i, name], step: "eyes", label: EYE_NAMES[name], small: name === "pupil" });
    }
  });
  for (const [name, label] of Object.entries(HEAD_NAMES)) {
    if (face[name]) points.push({ path: [name], step: "head", label });
  }
  return points;
}

function row(points, path, label) {
  const middle = (points.length - 1) / 2;
  return points.map((_, i) => ({ path: [...path, i], step: "mouth", label, small: i !== middle }));
}

export const read = (face, path) => path.reduce((value, name) => value[name], face);

export function write(face, path, point) {
  read(face, path.slice(0, -1))[path.at(-1)] = point;
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
export function setOutline(face, shown) {
  const { middle, width, across, down } = axes(face);
  if (!shown) { delete face.top; delete face.left_side; delete face.right_side; return; }
  face.top ??= along(middle, down, -2.6 * width);
  face.left_side ??= along(along(middle, across, -1.5 * width), down, -1.1 * width);
  face.right_side ??= along(along(middle, across, 1.5 * width), down, -1.1 * width);
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

function ring({ left, right, upper, lower }) {
  return [...smooth([left, upper, right]), ...smooth([right, lower, left])];
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
