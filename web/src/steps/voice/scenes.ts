/** Reading and changing what is said in a document; pure, so that it can be tested and undone. */

import type { Recording, Scene, SceneDocument, VoiceChoice } from '../../api/scene';

export const recordingOf = (scene: Scene | undefined): Recording | null =>
  !scene?.sound ? null : typeof scene.sound === 'string' ? { file: scene.sound } : scene.sound;

export const voiceOf = (document: SceneDocument, scene: Scene | undefined): VoiceChoice => {
  const voice = scene?.voice ?? document.voice ?? {};
  return typeof voice === 'string' ? { name: voice } : voice;
};

const isEmpty = (value: unknown) => typeof value === 'object' && value !== null && !Object.keys(value).length;

/** Change the voice where it was given: in the scene that has its own, else in the document. */
export function changeVoice(document: SceneDocument, index: number, fields: Partial<VoiceChoice>): void {
  const scene = document.scenes[index];
  const voice: VoiceChoice = { ...voiceOf(document, scene), ...fields };
  for (const [name, value] of Object.entries(voice))
    if (value === '' || value === undefined || isEmpty(value)) delete voice[name];
  if (scene?.voice) scene.voice = voice;
  else document.voice = voice;
}

const MARK = /\[[^\]\n]{1,40}\]/g;
const SPEAKER = /^[^\S\n]*(\p{Lu}[\p{Lu}\p{N}\p{Zs} .'’&/#+_-]{0,29}?)[^\S\n]*:(?=\s|$)/gmu;

/**
 * Return who speaks in a script, in the order in which they begin: names in capital letters before a colon, where the
 * script begins with one, or has two.
 */
export function speakersOf(script: string | undefined): string[] {
  const found = [...(script ?? '').matchAll(SPEAKER)];
  const names = [...new Set(found.map(([, name]) => name!.trim()))];
  const before = (script ?? '').slice(0, found[0]?.index ?? 0).replace(MARK, '');
  return names.length > 1 || !before.trim() ? names : [];
}

export interface Piece {
  kind: 'plain' | 'mark' | 'speaker';
  text: string;
}

/** Cut a script into what is said, marks such as [nod], and who says it; together they are the script again. */
export function piecesOf(script: string): Piece[] {
  const pieces: Piece[] = [];
  const names = speakersOf(script);
  let from = 0;
  const put = (kind: Piece['kind'], to: number) => {
    if (to > from) pieces.push({ kind, text: script.slice(from, to) });
    from = to;
  };
  const found = [
    ...[...script.matchAll(MARK)].map((one) => ({ kind: 'mark' as const, at: one.index, length: one[0].length })),
    ...(names.length ? [...script.matchAll(SPEAKER)] : []).map((one) => ({
      kind: 'speaker' as const,
      at: one.index,
      length: one[0].length,
    })),
  ].sort((a, b) => a.at - b.at);
  for (const one of found) {
    put('plain', one.at);
    put(one.kind, one.at + one.length);
  }
  put('plain', script.length);
  return pieces;
}

/** Return a name that no speaker has yet. */
export function newSpeaker(script: string): string {
  const known = speakersOf(script);
  return ['ANNA', 'BEN', 'CLARA', 'DAVID', 'EMMA'].find((name) => !known.includes(name)) ?? `VOICE ${known.length + 1}`;
}

/** Return a document of one scene in which something else is said, in another language. */
export function spokenIn(document: SceneDocument, language: string, script: string): SceneDocument {
  return { ...document, language, scenes: document.scenes.map((scene) => ({ ...scene, script })) };
}

/** A scene that goes on as the one before it looks. */
export function addScene(document: SceneDocument, after: number): number {
  const before = document.scenes[after];
  const scene: Scene = { script: '' };
  if (before?.avatars) scene.avatars = structuredClone(before.avatars);
  if (before?.background) scene.background = structuredClone(before.background);
  document.scenes.splice(after + 1, 0, scene);
  return after + 1;
}

export function moveScene(document: SceneDocument, from: number, to: number): void {
  const [scene] = document.scenes.splice(from, 1);
  if (scene) document.scenes.splice(to, 0, scene);
}

export function setRecording(document: SceneDocument, index: number, recording: Recording | null): void {
  const scene = document.scenes[index];
  if (!scene) return;
  if (recording) {
    scene.sound = recording;
    delete scene.script;
  } else {
    const was = recordingOf(scene);
    delete scene.sound;
    scene.script = was?.transcript ?? '';
  }
}

/** The recording says something else than what is written, or its words need not be known. */
export function leaveTextOut(document: SceneDocument, index: number): void {
  const { transcript: _, ...recording } = recordingOf(document.scenes[index]) ?? { file: '' };
  if (recording.file) setRecording(document, index, recording);
}

/** Return a script without marks and names. */
export function plainText(script: string): string {
  return script
    .replace(SPEAKER, '')
    .replace(MARK, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/^ /gm, '')
    .trim();
}

/** Put a piece into a text where the cursor is, with spaces around it; returns the text and the new place of the cursor. */
export function insertAt(text: string, start: number, end: number, piece: string): { text: string; cursor: number } {
  const before = text.slice(0, start);
  const after = text.slice(end);
  const gapBefore = before && !/\s$/.test(before) ? ' ' : '';
  const gapAfter = /^\s/.test(after) ? '' : ' ';
  const put = `${gapBefore}${piece}${gapAfter}`;
  return { text: before + put + after, cursor: start + put.length };
}
