/** What can be put at words of a scene: pure changes of the document. */

import type { Overlay, Scene } from '../api/scene';
import type { TimedWord } from '../api/types';

/** Return how a document names a word: by itself, and by its number where it is said several times. */
export function momentOf(words: readonly TimedWord[], index: number): string {
  const bare = (text: string) => text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '').toLowerCase();
  const word = words[index];
  if (!word) return '0';
  const same = words.slice(0, index + 1).filter((one) => bare(one.text) === bare(word.text)).length;
  return `word:${bare(word.text)}${same > 1 ? `#${same}` : ''}`;
}

export function addOverlay(scene: Scene, overlay: Overlay): number {
  scene.overlays = [...(scene.overlays ?? []), overlay];
  return scene.overlays.length - 1;
}

export function addEffect(scene: Scene, source: string, at: string): void {
  const before = Array.isArray(scene.effects) ? scene.effects : scene.effects ? [scene.effects] : [];
  scene.effects = [...before, { source, at }];
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
