// The page: drag points, look at a preview, save.

import { axes, clone, completed, curve, linesOf, newFace, pointsOf, read, setEyes, setOpen, setOutline, write } from "./points.js";

const find = (id) => document.getElementById(id);
const view = find("view"), stage = find("stage"), picture = find("picture"), lines = find("lines"), handles = find("handles");
const magnifier = find("magnifier");

const MOST_UNDONE = 200;
let rig, size, faces = [], now = 0, step = "mouth", chosen = "", zoom = 1;
let history = [];

const face = () => faces[now];
const keyOf = (path) => path.join(".");

async function start() {
  rig = await (await fetch("marks.json")).json();
  size = rig.picture;
  faces = rig.faces.map(completed);
  await picture.decode().catch(() => {});
  fit();
  show();
}

function fit() {
  const room = [view.clientWidth - 24, view.clientHeight - 24];
  zoom = Math.min(room[0] / size[0], room[1] / size[1]);
  resize();
}

function resize() {
  stage.style.width = `${size[0] * zoom}px`;
  stage.style.height = `${size[1] * zoom}px`;
  lines.setAttribute("viewBox", `0 0 ${size[0]} ${size[1]}`);
}

function zoomBy(factor) {
  const about = chosen ? read(face(), chosen.split(".")) : axes(face()).middle;
  zoom = Math.min(Math.max(zoom * factor, 0.05), 12);
  resize();
  show();
  view.scrollTo(about[0] * zoom - view.clientWidth / 2, about[1] * zoom - view.clientHeight / 2);
}

function remember() {
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
  for (const item of find("steps").children) item.classList.toggle("now", item.querySelector(".step").dataset.step === step);
  find("open").checked = Boolean(face().mouth.lower);
  find("style").value = face().mouth.style;
  find("eyes").checked = Boolean(face().eyes?.length);
  find("outline").checked = Boolean(face().top);
  if (document.activeElement !== find("name")) find("name").value = face().name;
  for (const button of find("kinds").children) button.setAttribute("aria-pressed", String(button.dataset.kind === face().kind));
  find("undo").disabled = history.length === 0;
  showHandles();
  showLines();
}

function showFaces() {
  const buttons = faces.map((one, i) => {
    const button = document.createElement("button");
    button.textContent = one.name || `Face ${i + 1}`;
    button.setAttribute("aria-pressed", String(i === now));
    button.onclick = () => { now = i; chosen = ""; show(); };
    return button;
  });
  const add = document.createElement("button");
  add.textContent = "+ another face";
  add.onclick = () => { remember(); faces.push(newFace(size)); now = faces.length - 1; step = "mouth"; show(); };
  buttons.push(add);
  if (faces.length > 1) {
    const away = document.createElement("button");
    away.textContent = "Remove this one";
    away.onclick = () => { remember(); faces.splice(now, 1); now = 0; show(); };
    buttons.push(away);
  }
  find("faces").replaceChildren(...buttons);
}

function showHandles() {
  const wanted = pointsOf(face()).filter((point) => point.step === step || step === "try");
  const made = new Map([...handles.children].map((handle) => [handle.dataset.key, handle]));
  const keep = wanted.map((point) => {
    const key = keyOf(point.path);
    const handle = made.get(key) ?? makeHandle(key);
    const [x, y] = read(face(), point.path);
    handle.style.left = `${x * zoom}px`;
    handle.style.top = `${y * zoom}px`;
    handle.classList.toggle("small", Boolean(point.small));
    handle.classList.toggle("chosen", key === chosen);
    handle.setAttribute("aria-label", `${point.label}, ${Math.round(x)} across, ${Math.round(y)} down`);
    handle.firstChild.textContent = point.label;
    return handle;
  });
  // Only what changed: replacing all would take the focus away.
  for (const handle of handles.children) if (!keep.includes(handle)) handle.remove();
  for (const handle of keep) if (!handle.isConnected) handles.append(handle);
}

function makeHandle(key) {
  const handle = document.createElement("button");
  handle.className = "handle";
  handle.dataset.key = key;
  handle.append(document.createElement("span"));
  handle.onfocus = () => { chosen = key; showHandles(); };
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
    if (!moved) remember();
    moved = true;
    move(path, [first[0] + (to.clientX - from[0]) / zoom, first[1] + (to.clientY - from[1]) / zoom]);
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
  const context = magnifier.getContext("2d"), side = magnifier.width;
  const scale = picture.naturalWidth / size[0];
  const seen = (side / (3 * zoom)) * scale;
  context.fillStyle = "#000";
  context.fillRect(0, 0, side, side);
  context.drawImage(picture, x * scale - seen / 2, y * scale - seen / 2, seen, seen, 0, 0, side, side);
  context.strokeStyle = "#ffb84d";
  context.beginPath();
  context.moveTo(side / 2, side / 2 - 14); context.lineTo(side / 2, side / 2 + 14);
  context.moveTo(side / 2 - 14, side / 2); context.lineTo(side / 2 + 14, side / 2);
  context.stroke();
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
  if (event.target.classList.contains("step")) { step = event.target.dataset.step; chosen = ""; show(); }
});
find("open").onchange = change((box) => setOpen(face(), box.checked));
find("eyes").onchange = change((box) => setEyes(face(), box.checked));
find("outline").onchange = change((box) => setOutline(face(), box.checked));
find("style").onchange = change((list) => { face().mouth.style = list.value; });
find("name").onchange = change((field) => { face().name = field.value.trim(); });
find("kinds").onclick = (event) => {
  if (event.target.dataset.kind) { remember(); face().kind = event.target.dataset.kind; show(); }
};
find("undo").onclick = undo;
find("more").onclick = () => zoomBy(1.4);
find("less").onclick = () => zoomBy(1 / 1.4);
find("strip").onclick = () => find("strip").classList.toggle("large");
find("preview").onclick = () => attempt(find("preview"), async () => {
  say("Drawing…");
  const strip = find("strip");
  URL.revokeObjectURL(strip.src);
  strip.src = URL.createObjectURL(await (await send("preview")).blob());
  strip.hidden = false;
  say("");
});
find("save").onclick = () => attempt(find("save"), async () => { await send("save"); end("Saved. You can close this page."); });
find("leave").onclick = () => attempt(find("leave"), async () => { await send("leave"); end("Nothing was saved. You can close this page."); });

function end(text) {
  const note = document.createElement("h1");
  note.textContent = text;
  document.querySelector("aside").replaceChildren(note);
  handles.replaceChildren();
}

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

document.addEventListener("keydown", (event) => {
  if (/^(INPUT|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox") return;
  const way = WAYS[event.key];
  if (way && chosen) {
    event.preventDefault();
    if (!event.repeat) remember();
    const by = (event.shiftKey ? 10 : 1) * Math.max(1, size[0] / 1500);
    const path = chosen.split("."), [x, y] = read(face(), path);
    move(path, [x + way[0] * by, y + way[1] * by]);
    magnify(read(face(), path));
    find("undo").disabled = false;
  } else if (event.key === "+" || event.key === "=") { event.preventDefault(); zoomBy(1.4); }
  else if (event.key === "-") { event.preventDefault(); zoomBy(1 / 1.4); }
  else if (event.key === "z" || event.key === "Z") { event.preventDefault(); undo(); }
});
document.addEventListener("keyup", () => { magnifier.hidden = true; });
window.addEventListener("resize", () => { if (size) showHandles(); });

start().catch(() => say("The page could not be loaded: start the command again."));
