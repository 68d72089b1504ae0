// Plays an interactive video: scenes one after the other, questions between them, and a log of what was chosen.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const story = JSON.parse(byId("story").textContent);
  const say = story.labels;
  const scenes = new Map(story.scenes.map((scene) => [scene.id, scene]));
  const video = byId("video");
  const panels = ["cover", "question", "feedback", "end"].map(byId);
  const log = [];
  const path = [];
  const addresses = new Map();
  const still = byId("still");
  let current = null;
  let entered = 0;  // Choices that had been made when the current scene began.
  let asked = 0;
  let timer = null;
  let captionsOn = false;
  const track = video.addTextTrack("captions", say.captions, story.language || "en");

  const labels = {
    start: say.start, continue: say.next, again: say.again, save: say.save, play: say.pause, back: say.back,
    captions: say.captions, replay: say.replay, hold: say.wait, full: say.full,
  };
  for (const [id, text] of Object.entries(labels)) byId(id).textContent = text;

  function tell(text) { byId("told").textContent = text; }

  function show(panel) {
    for (const other of panels) other.hidden = other !== panel;
    byId("controls").classList.toggle("away", panel === byId("cover"));
    byId("play").disabled = panel !== null;
    video.tabIndex = panel === null ? 0 : -1;
    byId("replay").disabled = current === null;
    byId("back").disabled = path.length === 0 && panel !== byId("feedback");
  }

  function address(scene) {
    if (scene.video) return scene.video;
    if (!addresses.has(scene.id)) {
      const held = byId("video-" + scene.id);
      const text = held.textContent;
      const pieces = [];
      // A whole video at once is more than some browsers decode; 4 letters are 3 bytes.
      for (let place = 0; place < text.length; place += 1 << 20) {
        pieces.push(Uint8Array.from(atob(text.slice(place, place + (1 << 20))), (letter) => letter.charCodeAt(0)));
      }
      addresses.set(scene.id, URL.createObjectURL(new Blob(pieces, { type: scene.type })));
      held.remove();
    }
    return addresses.get(scene.id);
  }

  // The last picture stays behind the video until the next one has its first.
  function keepPicture() {
    if (!video.videoWidth) return;
    still.width = video.videoWidth;
    still.height = video.videoHeight;
    still.getContext("2d").drawImage(video, 0, 0);
  }

  function setCaptions(scene) {
    for (const cue of [...(track.cues || [])]) track.removeCue(cue);
    for (const [start, end, text, speaker] of scene.cues) {
      const cue = new VTTCue(start, end, speaker ? speaker + ": " + text : text);
      cue.line = -1 - text.split("\n").length;  // One line above the edge.
      track.addCue(cue);
    }
    track.mode = captionsOn ? "showing" : "hidden";
  }

  async function enter(id, remember = true) {
    const scene = scenes.get(id);
    if (!scene) return finish();
    clearTimeout(timer);
    if (remember) leave();
    current = scene;
    entered = log.length;
    show(null);
    keepPicture();
    video.src = address(scene);
    video.setAttribute("aria-label", scene.description || story.title || say.play);
    setCaptions(scene);
    if (scene.description) tell(scene.description);
    video.focus({ preventScroll: true });
    try { await video.play(); } catch { byId("play").textContent = say.play; }
    for (const next of following(scene)) if (scenes.has(next)) address(scenes.get(next));
  }

  function following(scene) {
    return scene.interaction ? scene.interaction.choices.map((choice) => choice.goto) : [scene.next];
  }

  function ask(scene) {
    const { question, choices, wait_s: wait } = scene.interaction;
    byId("question-text").textContent = question || say.choose;
    byId("choices").classList.toggle("many", choices.length > 4);
    byId("choices").replaceChildren(...choices.map((choice, number) => item(scene, choice, number)));
    show(byId("question"));
    asked = performance.now();
    (question ? byId("question-text") : byId("choices").querySelector(".choice")).focus({ preventScroll: true });
    byId("countdown").hidden = !wait;
    if (wait) count(scene, Math.ceil(wait));
  }

  function item(scene, choice, number) {
    const button = document.createElement(choice.url ? "a" : "button");
    button.className = "choice";
    if (choice.url) {
      button.href = choice.url;
      button.target = "_blank";
      button.rel = "noopener noreferrer";
    } else {
      button.type = "button";
    }
    const mark = document.createElement("span");
    mark.className = "number";
    mark.textContent = String(number + 1);
    mark.setAttribute("aria-hidden", "true");
    const label = document.createElement("span");
    label.className = "label";
    label.dir = "auto";
    label.textContent = choice.label;
    button.append(mark, label);
    button.addEventListener("click", () => choose(scene, number));
    const entry = document.createElement("li");
    entry.append(button);
    return entry;
  }

  function count(scene, left) {
    byId("countdown-text").textContent = say.in.replace("{seconds}", String(left));
    timer = setTimeout(() => (left > 1 ? count(scene, left - 1) : choose(scene, 0, true)), 1000);
  }

  function choose(scene, number, byItself = false) {
    clearTimeout(timer);
    const choice = scene.interaction.choices[number];
    const entry = {
      time: new Date().toISOString(), scene: scene.id, question: scene.interaction.question, choice: number + 1,
      label: choice.label, correct: choice.correct, goto: choice.goto || "end",
      seconds: Math.round((performance.now() - asked) / 100) / 10, timed_out: byItself,
    };
    log.push(entry);
    window.dispatchEvent(new CustomEvent("phonoscope-choice", { detail: entry }));
    if (window.parent !== window) window.parent.postMessage({ type: "phonoscope-choice", ...entry }, "*");
    const judged = choice.correct === true ? say.right : choice.correct === false ? say.wrong : "";
    const text = [judged, choice.feedback].filter(Boolean).join("\n");
    if (!text) return enter(choice.goto);
    byId("feedback-text").textContent = text;
    byId("feedback-text").className = choice.correct === true ? "right" : choice.correct === false ? "wrong" : "";
    show(byId("feedback"));
    byId("continue").onclick = () => enter(choice.goto);
    byId("continue").focus({ preventScroll: true });
    byId("feedback").scrollIntoView({ block: "nearest" });
    tell(text);
  }

  // Of each question, the first answer counts; whoever went back has not answered yet.
  function score() {
    const answers = new Map();
    for (const entry of log) {
      const judged = entry.correct === true || entry.correct === false;
      if (judged && !answers.has(entry.scene)) answers.set(entry.scene, entry.correct);
    }
    return { right: [...answers.values()].filter(Boolean).length, all: answers.size };
  }

  function finish() {
    const { right, all } = score();
    leave();
    byId("end-text").textContent = say.end;
    byId("score").textContent = all ? say.score.replace("{right}", String(right)).replace("{all}", String(all)) : "";
    byId("save").hidden = log.length === 0;
    show(byId("end"));
    byId("end-text").focus({ preventScroll: true });
    const detail = { log: log.slice(), right, all };
    window.dispatchEvent(new CustomEvent("phonoscope-end", { detail }));
    if (window.parent !== window) window.parent.postMessage({ type: "phonoscope-end", ...detail }, "*");
  }

  function again() {
    log.length = 0;
    path.length = 0;
    current = null;
    enter(story.start);
  }

  function leave() {
    if (current) path.push({ id: current.id, choices: entered });
    current = null;
  }

  function back() {
    if (!byId("feedback").hidden) {
      log.pop();
      ask(current);
      return;
    }
    const before = path.pop();
    if (!before) return;
    // What was chosen since then is chosen anew.
    log.length = before.choices;
    enter(before.id, false);
  }

  function save() {
    const text = JSON.stringify({ title: story.title, choices: log }, null, 2);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = "choices.json";
    link.click();
    URL.revokeObjectURL(link.href);
  }

  async function toggleFull() {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await byId("player").requestFullscreen();
  }

  function togglePlay() { if (video.paused) video.play(); else video.pause(); }

  function toggleCaptions() {
    captionsOn = !captionsOn;
    track.mode = captionsOn ? "showing" : "hidden";
    byId("captions").setAttribute("aria-pressed", String(captionsOn));
  }

  video.addEventListener("ended", () => {
    if (!current) return;
    if (current.interaction) ask(current);
    else enter(current.next);
  });
  video.addEventListener("play", () => { byId("play").textContent = say.pause; });
  video.addEventListener("pause", () => { byId("play").textContent = say.play; });
  video.addEventListener("timeupdate", () => {
    byId("progress").value = video.duration ? video.currentTime / video.duration : 0;
  });
  video.addEventListener("click", () => { if (panels.every((panel) => panel.hidden)) togglePlay(); });
  video.addEventListener("error", () => {
    byId("end-text").textContent = say.broken;
    byId("score").textContent = "";
    byId("save").hidden = log.length === 0;
    show(byId("end"));
    byId("end-text").focus({ preventScroll: true });
  });
  byId("start").addEventListener("click", () => enter(story.start));
  byId("again").addEventListener("click", again);
  byId("save").addEventListener("click", save);
  byId("play").addEventListener("click", togglePlay);
  byId("back").addEventListener("click", back);
  byId("replay").addEventListener("click", () => current && enter(current.id, false));
  byId("captions").addEventListener("click", toggleCaptions);
  byId("full").hidden = !document.fullscreenEnabled;
  byId("full").addEventListener("click", toggleFull);
  document.addEventListener("fullscreenchange", () => {
    byId("full").setAttribute("aria-pressed", String(document.fullscreenElement !== null));
  });
  byId("hold").addEventListener("click", () => {
    clearTimeout(timer);
    byId("countdown").hidden = true;
    byId("choices").querySelector(".choice").focus({ preventScroll: true });
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    // Keys without a modifier work only where they are expected: other tools use them too.
    const free = event.target === document.body || event.target === video;
    const plays = panels.every((panel) => panel.hidden);
    if (/^[1-9]$/.test(event.key) && (free || byId("question").contains(event.target)) && !byId("question").hidden) {
      const button = byId("choices").querySelectorAll(".choice")[Number(event.key) - 1];
      if (button) button.click();
    } else if (event.key === " " && free && plays) {
      event.preventDefault();
      togglePlay();
    } else if (event.key.toLowerCase() === "c" && free) {
      toggleCaptions();
    }
  });

  window.phonoscope = { log, story };
  show(byId("cover"));
  video.src = address(scenes.get(story.start));
  byId("start").focus({ preventScroll: true });
})();
