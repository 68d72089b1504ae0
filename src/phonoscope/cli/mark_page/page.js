// The page: drag points, look at a preview, save.

import { axes, clone, completed, curve, linesOf, newFace, pointsOf, read, setEyes, setOpen, setOutline, write } from "./points.js";
import { View } from "./view.js";

const find = (id) => document.getElementById(id);
const stage = find("stage"), picture = find("picture"), lines = find("lines"), handles = find("handles");
const magnifier = find("magnifier");

const MOST_UNDONE = 200;
const STEPS = ["place", "mouth", "chin", "eye0", "eye1", "try"];
const POSES = ["as it is", "m", "aa", "oo", "ee", "blink"];
const MOST_SHOWN = 4;
let rig, size, faces = [], now = 0, step = "place", chosen = "", saved = true;
let history = [];

const view = new View(find("view"), stage, () => { if (size) { showHandles(); showLines(); } });
const face = () => faces[now];
const keyOf = (path) => path.join(".");

async function start() {
  rig = await (await fetch("marks.json")).json();
  size = view.size = rig.picture;
  faces = rig.faces.map(completed);
  await picture.decode().catch(() => {});
  lines.setAttribute("viewBox", `0 0 ${size[0]} ${size[1]}`);
  go("place");
}

/** Turn to a step, and look at what it is about. */
function go(to) {
  step = to;
  chosen = "";
  look();
  show();
}

function look() {
  const points = pointsOf(face());
  const own = points.filter((point) => point.step === step);
  const at = (list) => list.map((point) => read(face(), point.path));
  if (step === "place") view.whole();
  else if (step === "try" || !own.length) view.look(at(points), 0.6);
  else if (step === "chin") view.look(at(points.filter((point) => point.step === "chin" || point.step === "mouth")), 0.5);
  else view.look(at(own), step === "mouth" ? 0.58 : 0.45);
}

function remember() {
  saved = false;
  history.push(JSON.stringify({ faces, now }));
  if (history.length > MOST_UNDONE) history.shift();
}

function undo() {
  const before = history.pop();
  if (!before) return;
  ({ faces, now } = JSON.parse(before));
  show();
}

function show() {
  showFaces();
  const reached = STEPS.indexOf(step);
  [...find("steps").children].forEach((item, i) => {
    item.classList.toggle("now", i === reached);
    item.classList.toggle("done", i < reached);
    const button = item.querySelector(".step");
    button.setAttribute("aria-label", `Step ${i + 1}: ${button.textContent}`);
    if (i === reached) button.setAttribute("aria-current", "step"); else button.removeAttribute("aria-current");
  });
  const open = Boolean(face().mouth.lower);
  find("mouth_text").textContent = open
    ? "Put both corners on the ends of the mouth, and the other points on the edges of the lips, where they end inside."
    : "Put both corners on the ends of the mouth, and the points between on the line where the lips meet.";
  find("open").checked = open;
  find("style").value = face().mouth.style;
  for (const box of document.querySelectorAll(".eyes")) box.checked = Boolean(face().eyes?.length);
  find("outline").checked = Boolean(face().top);
  if (document.activeElement !== find("name")) find("name").value = face().name;
  for (const button of find("kinds").children) button.setAttribute("aria-pressed", String(button.dataset.kind === face().kind));
  find("undo").disabled = history.length === 0;
  find("back").disabled = reached === 0;
  find("next").hidden = reached === STEPS.length - 1;
  showHandles();
  showLines();
}

function showFaces() {
  const buttons = faces.map((one, i) => {
    const button = document.createElement("button");
    button.textContent = one.name || `Face ${i + 1}`;
    button.setAttribute("aria-pressed", String(i === now));
    button.onclick = () => { now = i; go(step); };
    return button;
  });
  const add = document.createElement("button");
  add.textContent = "+ Another face";
  add.onclick = () => { remember(); faces.push(newFace(size)); now = faces.length - 1; go("place"); };
  buttons.push(add);
  if (faces.length > 1) {
    const away = document.createElement("button");
    away.textContent = "Remove this face";
    away.onclick = () => { remember(); faces.splice(now, 1); now = 0; go("place"); };
    buttons.push(away);
  }
  find("faces").replaceChildren(...buttons);
}

function showHandles() {
  const wanted = pointsOf(face()).filter((point) => point.step === step);
  const made = new Map([...handles.children].map((handle) => [handle.dataset.key, handle]));
  const keep = wanted.map((point) => {
    const key = keyOf(point.path);
    const handle = made.get(key) ?? makeHandle(key);
    const [x, y] = read(face(), point.path);
    handle.style.left = `${x * view.zoom}px`;
    handle.style.top = `${y * view.zoom}px`;
    handle.dataset.side = point.side;
    handle.classList.toggle("whole", Boolean(point.whole));
    handle.classList.toggle("small", Boolean(point.small));
    handle.classList.toggle("chosen", key === chosen);
    handle.setAttribute("aria-label", `${point.label}, ${Math.round(x)} across, ${Math.round(y)} down`);
    handle.firstChild.textContent = point.label;
    return handle;
  });
  // Only what changed: replacing all would take the focus away.
  for (const handle of [...handles.children]) if (!keep.includes(handle)) handle.remove();
  for (const handle of keep) if (!handle.isConnected) handles.append(handle);
}

function makeHandle(key) {
  const handle = document.createElement("button");
  handle.className = "handle";
  handle.dataset.key = key;
  handle.append(document.createElement("span"));
  handle.onfocus = () => {
    chosen = key;
    if (handle.matches(":focus-visible")) keepInSight(read(face(), key.split(".")));
    showHandles();
  };
  handle.onpointerdown = (event) => drag(handle, event);
  return handle;
}

function drag(handle, event) {
  event.preventDefault();
  handle.focus({ preventScroll: true });
  handle.setPointerCapture(event.pointerId);
  const path = handle.dataset.key.split("."), first = read(face(), path);
  const from = [event.clientX, event.clientY];
  let moved = false;
  handle.onpointermove = (to) => {
    // A finger that only taps trembles.
    if (!moved && Math.hypot(to.clientX - from[0], to.clientY - from[1]) < 3) return;
    if (!moved) remember();
    moved = true;
    move(path, [first[0] + (to.clientX - from[0]) / view.zoom, first[1] + (to.clientY - from[1]) / view.zoom]);
    magnify(read(face(), path));
  };
  handle.onpointerup = handle.onpointercancel = () => {
    handle.onpointermove = handle.onpointerup = handle.onpointercancel = null;
    magnifier.hidden = true;
    show();
  };
  magnify(first);
}

/** Move a point; quarters of a lip and the middle of a mouth go along with what they hang on. */
function move(path, [x, y]) {
  const mouth = face().mouth;
  const point = [Math.min(Math.max(x, 0), size[0]), Math.min(Math.max(y, 0), size[1])];
  const loose = ["upper", "lower"].filter((name) => mouth[name]?.length === 3 && isLoose(mouth, name));
  write(face(), path, point);
  if (path[0] === "mouth" && path[2] !== "0" && path[2] !== "2") {
    for (const name of loose) mouth[name] = curve(mouth.left, mouth[name][1], mouth.right);
  }
  showHandles();
  showLines();
}

/** Tell whether a lip's quarters lie where its middle puts them, so that nobody has moved them. */
function isLoose(mouth, name) {
  const guess = curve(mouth.left, mouth[name][1], mouth.right);
  const reach = 0.02 * axes(face()).width + 1;
  return [0, 2].every((i) => Math.hypot(guess[i][0] - mouth[name][i][0], guess[i][1] - mouth[name][i][1]) < reach);
}

function showLines() {
  const all = faces.flatMap((one, i) => linesOf(one).map((line) => [line, i]));
  const shapes = all.flatMap(([line, i]) => (i === now ? ["shadow", ""] : ["other"]).map((kind) => {
    const shape = document.createElementNS("http://www.w3.org/2000/svg", "polyline");
    shape.setAttribute("points", line.map((p) => p.map((v) => v.toFixed(2)).join(",")).join(" "));
    if (kind) shape.setAttribute("class", kind);
    return shape;
  }));
  lines.replaceChildren(...shapes);
}

function magnify([x, y]) {
  if (step === "place") return;
  const context = magnifier.getContext("2d"), side = magnifier.width;
  const scale = picture.naturalWidth / size[0];
  const seen = (side / (4 * view.zoom)) * scale;
  context.fillStyle = "#000";
  context.fillRect(0, 0, side, side);
  context.drawImage(picture, x * scale - seen / 2, y * scale - seen / 2, seen, seen, 0, 0, side, side);
  for (const [colour, width] of [["#000", 6], ["#ffc04d", 3]]) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(side / 2, side / 2 - 24); context.lineTo(side / 2, side / 2 + 24);
    context.moveTo(side / 2 - 24, side / 2); context.lineTo(side / 2 + 24, side / 2);
    context.stroke();
  }
  const [left, top] = view.place([x, y]);
  magnifier.classList.toggle("right", left < 200 && top < 200);
  magnifier.hidden = false;
}

function asDocument() {
  const written = clone(faces).map((one) => {
    if (!one.name) delete one.name;
    return one;
  });
  return JSON.stringify({ schema: "rig.1", units: "px", picture: size, faces: written });
}

async function send(path) {
  const answer = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: asDocument() });
  if (answer.ok) return answer;
  const problem = await answer.json().catch(() => ({ message: "Something went wrong.", remedy: "" }));
  throw new Error(`${problem.message} ${problem.remedy}`);
}

async function attempt(button, what) {
  button.disabled = true;
  say("");
  try { await what(); } catch (error) { say(error instanceof TypeError ? "The command has ended: start it again." : error.message); }
  button.disabled = false;
}

const say = (text) => { find("message").textContent = text; };

function change(what) {
  return (event) => { remember(); what(event.target); show(); };
}

find("steps").addEventListener("click", (event) => {
  if (event.target.classList.contains("step")) go(event.target.dataset.step);
});
const goBy = (by) => {
  go(STEPS[Math.min(Math.max(STEPS.indexOf(step) + by, 0), STEPS.length - 1)]);
  find("scroll").querySelector(".now").scrollIntoView({ block: "nearest" });
};
find("next").onclick = () => goBy(1);
find("back").onclick = () => goBy(-1);
find("open").onchange = change((box) => { setOpen(face(), box.checked); look(); });
for (const box of document.querySelectorAll(".eyes")) box.onchange = change((one) => { setEyes(face(), one.checked); look(); });
find("outline").onchange = change((box) => { setOutline(face(), size, box.checked); look(); });
find("style").onchange = change((list) => { face().mouth.style = list.value; });
find("name").onchange = change((field) => { face().name = field.value.trim(); });
find("kinds").onclick = (event) => {
  if (event.target.dataset.kind) { remember(); face().kind = event.target.dataset.kind; show(); }
};
find("undo").onclick = undo;
find("more").onclick = () => view.zoomAt(1.4);
find("less").onclick = () => view.zoomAt(1 / 1.4);
find("whole").onclick = () => view.whole();
find("close").onclick = () => { find("shown").hidden = true; find("preview").focus(); };
find("preview").onclick = () => attempt(find("preview"), async () => {
  say("Drawing…");
  const strip = find("strip");
  URL.revokeObjectURL(strip.src);
  strip.src = URL.createObjectURL(await (await send("preview")).blob());
  await strip.decode();
  const captions = Array(Math.min(faces.length, MOST_SHOWN)).fill(POSES).flat().map((text) => {
    const caption = document.createElement("span");
    caption.textContent = text;
    return caption;
  });
  find("captions").replaceChildren(...captions);
  find("captions").style.aspectRatio = `${strip.naturalWidth} / ${strip.naturalHeight}`;
  find("shown").hidden = false;
  find("close").focus();
  say("");
});
find("save").onclick = () => attempt(find("save"), async () => {
  const { file } = await (await send("save")).json();
  end("Saved", `The marks are in ${file}. You can close this page, and make it speak:`, `phonoscope say PICTURE "Hello!"`);
});
find("leave").onclick = () => attempt(find("leave"), async () => {
  await send("leave");
  end("Nothing was saved", "You can close this page.");
});

function end(title, text, command = "") {
  saved = true;
  const parts = [["h1", title], ["p", text], ["code", command]].filter(([, content]) => content).map(([kind, content]) => {
    const part = document.createElement(kind);
    part.textContent = content;
    return part;
  });
  const note = document.createElement("div");
  note.id = "end";
  note.setAttribute("role", "status");
  note.append(...parts);
  document.querySelector("aside").replaceChildren(note);
  handles.replaceChildren();
  find("tools").hidden = true;
}

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && !find("shown").hidden) { find("close").click(); return; }
  if (/^(INPUT|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox") return;
  const way = WAYS[event.key];
  if (way && event.target.classList.contains("handle")) {
    event.preventDefault();
    if (!event.repeat) remember();
    const by = (event.shiftKey ? 10 : 1) / Math.min(view.zoom, 1);
    const path = chosen.split("."), [x, y] = read(face(), path);
    move(path, [x + way[0] * by, y + way[1] * by]);
    keepInSight(read(face(), path));
    magnify(read(face(), path));
    find("undo").disabled = false;
  } else if (event.key === "+" || event.key === "=") { event.preventDefault(); view.zoomAt(1.4); }
  else if (event.key === "-") { event.preventDefault(); view.zoomAt(1 / 1.4); }
  else if (event.key === "0") { event.preventDefault(); view.whole(); }
  else if (event.key === "z" || event.key === "Z") { event.preventDefault(); undo(); }
});

function keepInSight(point) {
  const [place, room] = [view.place(point), view.room];
  if (place.some((at, k) => at < 30 || at > room[k] - 30)) view.centre(point);
}

document.addEventListener("keyup", () => { magnifier.hidden = true; });
window.addEventListener("resize", () => { if (size) look(); });
window.addEventListener("beforeunload", (event) => { if (!saved) event.preventDefault(); });

start().catch(() => say("The page could not be loaded: start the command again."));
