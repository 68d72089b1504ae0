/** Who of a dialogue is seen, and who is only heard; pure, so that it can be tested and undone. */

import type { Avatar, Scene, SceneDocument } from '../../api/scene';
import { changeVoice, speakersOf, voiceOf } from './scenes';

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** Tell whether somebody has a line; names of avatars count in small letters, too. */
const speaks = (script: string, name: string) =>
  script.split('\n').some((line) => same(line.split(':')[0]?.trim() ?? '', name) && line.includes(':'));

/**
 * Change what is said, and who says it with it: a face that cannot speak for two speaks for the first, and whoever was
 * given another name keeps face and voice. `hasOneFace` tells which pictures have a single one.
 */
export function rewrite(
  document: SceneDocument,
  index: number,
  script: string,
  hasOneFace: (avatar: Avatar) => boolean,
): void {
  const scene = document.scenes[index];
  if (!scene) return;
  const before = speakersOf(scene.script);
  const speakers = speakersOf(script);
  const gone = before.filter((name) => !speakers.includes(name));
  const come = speakers.filter((name) => !before.includes(name));
  const [from, to] = gone.length === 1 && come.length === 1 ? [gone[0], come[0]] : [];
  const nameNow = (name: string) => (from && to && same(name, from) ? to : name);
  scene.script = script;
  for (const avatar of scene.avatars ?? []) if (avatar.name) avatar.name = nameNow(avatar.name);
  castFirst(scene, speakers, hasOneFace);
  keepVoices(document, index, nameNow);
}

/** One face alone cannot speak for two, and needs no name where nobody else speaks. */
function castFirst(scene: Scene, speakers: readonly string[], hasOneFace: (avatar: Avatar) => boolean): void {
  const [first, ...others] = scene.avatars ?? [];
  if (!first || others.length || first.faces || !hasOneFace(first)) return;
  if (first.name && speaks(scene.script ?? '', first.name)) return;
  if (speakers.length > 1) first.name = speakers[0]!;
  else delete first.name;
}

/** Voices of those who speak no more are forgotten: a document may name none of them. */
function keepVoices(document: SceneDocument, index: number, nameNow: (name: string) => string): void {
  const voices = voiceOf(document, document.scenes[index]).speakers;
  if (!voices) return;
  const heard = document.scenes.filter((scene, at) => at === index || !scene.voice);
  const kept = Object.entries(voices)
    .map(([name, voice]) => [nameNow(name), voice] as const)
    .filter(([name]) => heard.some((scene) => speaks(scene.script ?? '', name)));
  changeVoice(document, index, { speakers: Object.fromEntries(kept) });
}

/** Return the speakers of a dialogue whom nobody plays. */
export function onlyHeard(scene: Scene | undefined): string[] {
  const avatars = scene?.avatars ?? [];
  if (!avatars.length || avatars.some((avatar) => !avatar.name)) return [];
  return speakersOf(scene?.script).filter((name) => !avatars.some((avatar) => same(avatar.name ?? '', name)));
}

/** Show a speaker beside the one who is seen already, each in a half of the video. */
export function showSpeaker(scene: Scene, speaker: string, picture: string): void {
  const [first] = scene.avatars ?? [];
  if (!first) return;
  delete first.size;
  delete first.x;
  delete first.y;
  first.crop = 'left';
  scene.avatars = [first, { picture, name: speaker, crop: 'right' }];
}
