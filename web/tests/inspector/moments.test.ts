import { expect, test } from 'vitest';
import type { TimedWord } from '../../src/api/types';
import { nameWords, readMoment, writeMoment } from '../../src/inspector/moments';

const words = (text: string): TimedWord[] =>
  text.split(' ').map((word, index) => ({ text: word, start_s: index, end_s: index + 1, speaker: '', scene: 0 }));

test.each([
  ['0', 'first'],
  ['end', 'last'],
  [2.5, 'time'],
  ['end-1.5', 'before'],
  ['word:price', 'word'],
  ['word:price.end#2+0.6', 'word'],
  ['word:price#2-0.3', 'word'],
])('%s is read as %s, and written as it was', (told, kind) => {
  const moment = readMoment(told);
  expect(moment.kind).toBe(kind);
  expect(writeMoment(moment)).toBe(told);
});

test('the number of a word stands behind its end', () => {
  expect(writeMoment({ kind: 'word', word: 'price#2', over: true, seconds: 0.6 })).toBe('word:price.end#2+0.6');
  expect(readMoment('word:price.end#2+0.6')).toEqual({ kind: 'word', word: 'price#2', over: true, seconds: 0.6 });
});

test('a share of the way is none of what can be chosen', () => {
  expect(readMoment('50%').kind).toBe('share');
});

test('words are named without their signs, and by number where they are said again', () => {
  expect(nameWords(words('Hello, hello “World”! Covid-19.'))).toEqual([
    { name: 'hello', label: 'Hello' },
    { name: 'hello#2', label: 'hello (2)' },
    { name: 'world', label: 'World' },
    { name: 'covid19', label: 'Covid-19' },
  ]);
});
