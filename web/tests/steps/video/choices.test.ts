import { expect, test } from 'vitest';
import { kindOfFile, percent, roughTime, sizes } from '../../../src/steps/video/choices';

test.each([
  [0.2, '1 second'],
  [7.4, '7 seconds'],
  [12, '10 seconds'],
  [88, '90 seconds'],
  [90, '2 minutes'],
  [200, '3 minutes'],
])('%d seconds are told as people tell them', (seconds, told) => {
  expect(roughTime(seconds)).toBe(told);
});

test('the own size of a document is one of those to choose from, in order', () => {
  expect(sizes(720).map((one) => one.value)).toEqual([360, 720, 1080, 2160]);
  expect(sizes(900).map((one) => one.value)).toEqual([360, 720, 900, 1080, 2160]);
  expect(sizes(900)[2]!.label).toContain('900');
});

test('shares are told as whole percents', () => {
  expect(percent(0.426)).toBe('43%');
});

test.each([
  ['video.mp4', 'MP4'],
  ['video.srt', 'SRT'],
  ['video.transcript.md', 'Transcript'],
  ['video.poster.jpg', 'Poster picture'],
  ['video.credits.txt', 'Credits'],
])('%s is told as what it is', (name, told) => {
  expect(kindOfFile(name)).toBe(told);
});
