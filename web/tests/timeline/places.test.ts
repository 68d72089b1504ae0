import { expect, it } from 'vitest';
import { placesOf, roomFor } from '../../src/timeline/waveform';

const measure = (text: string) => text.length * 7;

const words = [
  { text: 'unbelievably', start_s: 0 },
  { text: 'so', start_s: 0.1 },
  { text: 'it', start_s: 2 },
];

it('puts each word at its time, and none over the one before it', () => {
  const [first, second, third] = placesOf(words, 100, measure);
  expect([first, third]).toEqual([0, 200]);
  expect(second).toBeGreaterThan(80);
});

it('does not stretch all for one word said quickly', () => {
  const even = Array.from({ length: 20 }, (_, index) => ({ text: 'word', start_s: index * 0.5 }));
  const hasty = [...even, { text: 'hurry', start_s: 10 }, { text: 'up', start_s: 10.02 }];
  expect(roomFor(hasty, measure)).toBe(roomFor(even, measure));
});

it('leaves a gap between words, however wide their letters are', () => {
  const wide = (text: string) => text.length * 20;
  const [first, second] = placesOf(words, 100, wide);
  expect(second! - first! - wide('unbelievably')).toBeGreaterThanOrEqual(12);
});
