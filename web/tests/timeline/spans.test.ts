import { expect, test } from 'vitest';
import { indexInScene, isWithin, spanBetween } from '../../src/timeline/spans';

const words = [{ scene: 0 }, { scene: 0 }, { scene: 0 }, { scene: 1 }, { scene: 1 }];

test('words are counted from the first of their scene', () => {
  expect([2, 3, 4].map((index) => indexInScene(words, index))).toEqual([2, 0, 1]);
});

test('a span runs both ways, and within one scene', () => {
  expect(spanBetween(words, 0, 2)).toEqual({ scene: 0, from: 0, to: 2 });
  expect(spanBetween(words, 4, 3)).toEqual({ scene: 1, from: 0, to: 1 });
  expect(spanBetween(words, 2, 3)).toBeNull();
  expect(spanBetween(words, 2, 9)).toBeNull();
});

test('each word knows whether it is within', () => {
  const span = { scene: 1, from: 0, to: 0 };
  expect(words.map((_, index) => isWithin(words, index, span))).toEqual([false, false, false, true, false]);
});
