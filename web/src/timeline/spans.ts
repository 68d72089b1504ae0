/** Words that follow each other in one scene; the document counts them from the scene's first. */

export interface Span {
  scene: number;
  from: number;
  to: number;
}

type Words = readonly { scene: number }[];

/** Return which word of its scene a word of the timeline is. */
export function indexInScene(words: Words, index: number): number {
  return index - words.findIndex((word) => word.scene === words[index]?.scene);
}

/** Return the words between two, both included, in whatever order; null where scenes part them. */
export function spanBetween(words: Words, one: number, other: number): Span | null {
  const scene = words[one]?.scene;
  if (scene === undefined || words[other]?.scene !== scene) return null;
  const [from, to] = [indexInScene(words, one), indexInScene(words, other)];
  return { scene, from: Math.min(from, to), to: Math.max(from, to) };
}

export const isWithin = (words: Words, index: number, span: Span): boolean => {
  const place = indexInScene(words, index);
  return words[index]?.scene === span.scene && place >= span.from && place <= span.to;
};
