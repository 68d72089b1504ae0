/** What can be put at words of a scene: pure changes of the document. */

import type { Overlay, Scene } from '../api/scene';
import type { TimedWord } from '../api/types';
import { readMoment } from './moments';

export function addOverlay(scene: Scene, overlay: Overlay): number {
  scene.overlays = [...(scene.overlays ?? []), overlay];
  return scene.overlays.length - 1;
}

export function addEffect(scene: Scene, source: string, at: string): void {
  const before = Array.isArray(scene.effects) ? scene.effects : scene.effects ? [scene.effects] : [];
  scene.effects = [...before, { source, at }];
}

export interface PlacedSound {
  source: string;
  /** Which of the scene's sounds it is. */
  index: number;
}

/** Return the sounds that are heard at words of a scene, by the names that documents give them. */
export function effectsAt(scene: Scene | undefined, names: readonly string[]): PlacedSound[] {
  const all = Array.isArray(scene?.effects) ? (scene.effects as unknown[]) : scene?.effects ? [scene.effects] : [];
  return all.flatMap((told, index) => {
    const { source, at } = (typeof told === 'object' ? told : {}) as { source?: string; at?: unknown };
    const moment = readMoment(at);
    return source && moment.kind === 'word' && names.includes(moment.word) ? [{ source, index }] : [];
  });
}

export function removeEffect(scene: Scene, index: number): void {
  if (Array.isArray(scene.effects) && scene.effects.length > 1) scene.effects.splice(index, 1);
  else delete scene.effects;
}

/** Put a mark such as [nod] before a word of a script; null where the word is not found in it. */
export function markWord(script: string, words: readonly TimedWord[], index: number, mark: string): string | null {
  let place = 0;
  for (let number = 0; number <= index; number += 1) {
    const found = findWord(script, words[number]?.text ?? '', place);
    if (found === null) return null;
    if (number === index) return `${script.slice(0, found)}${mark} ${script.slice(found)}`;
    place = found + (words[number]?.text.length ?? 1);
  }
  return null;
}

/** Find a word after a place, but not within a mark. */
function findWord(script: string, word: string, from: number): number | null {
  let at = script.indexOf(word, from);
  while (at >= 0) {
    const open = script.lastIndexOf('[', at);
    const shut = script.lastIndexOf(']', at);
    if (open <= shut) return at;
    at = script.indexOf(word, at + 1);
  }
  return null;
}
