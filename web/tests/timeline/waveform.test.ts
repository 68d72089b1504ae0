import { expect, test } from 'vitest';
import { loudest, roomFor, within } from '../../src/timeline/waveform';

const measure = (text: string) => text.length * 7;
const WORDS = [
  { text: 'One', start_s: 0, end_s: 0.4 },
  { text: 'two', start_s: 0.5, end_s: 0.9 },
  { text: 'three', start_s: 2, end_s: 2.5 },
];

test('the loudest of a span is found, and of a span shorter than a peak, too', () => {
  const peaks = [0.1, 0.9, 0.2, 0.3];
  expect(loudest(peaks, 0, 0.16)).toBe(0.9);
  expect(loudest(peaks, 0.081, 0.082)).toBe(0.2);
  expect(loudest(peaks, 9, 10)).toBe(0);
});

test('words that follow quickly need more room, up to a bound', () => {
  expect(roomFor(WORDS, measure)).toBeCloseTo(70);
  expect(
    roomFor(
      [
        { text: 'everlasting', start_s: 0 },
        { text: 'a', start_s: 0.01 },
      ],
      measure,
    ),
  ).toBeLessThan(1000);
  expect(roomFor(WORDS.slice(0, 1), measure)).toBe(0);
});

test('only the words in sight are drawn, those at the edges included', () => {
  expect(within(WORDS, 0.3, 0.6)).toEqual([0, 2]);
  expect(within(WORDS, 0.9, 2)).toEqual([2, 2]);
  expect(within(WORDS, 5, 9)).toEqual([3, 3]);
});
