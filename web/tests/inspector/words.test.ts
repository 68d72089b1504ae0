import { expect, test } from 'vitest';
import type { Scene } from '../../src/api/scene';
import type { TimedWord } from '../../src/api/types';
import { addEffect, addOverlay, markWord, momentOf } from '../../src/inspector/words';

const words = (text: string): TimedWord[] =>
  text.split(' ').map((word, index) => ({ text: word, start_s: index, end_s: index + 1, speaker: '', scene: 0 }));

test('a word is named without its signs, and by number where it is said again', () => {
  const said = words('Hello, hello “World”!');
  expect([0, 1, 2].map((index) => momentOf(said, index))).toEqual(['word:hello', 'word:hello#2', 'word:world']);
  expect(momentOf(said, 9)).toBe('0');
});

test('a mark is put before the word that is meant, not before the same one earlier', () => {
  expect(markWord('No, no no.', words('No, no no.'), 2, '[nod]')).toBe('No, no [nod] no.');
});

test('words within marks are none', () => {
  expect(markWord('[look up] Look up now.', words('Look up now.'), 1, '[nod]')).toBe('[look up] Look [nod] up now.');
  expect(markWord('Something else.', words('Look up'), 1, '[nod]')).toBeNull();
});

test('sounds and things are added to those that are there', () => {
  const scene: Scene = { effects: 'whoosh' } as Scene;
  addEffect(scene, 'ding', 'word:hello');
  expect(scene.effects).toEqual(['whoosh', { source: 'ding', at: 'word:hello' }]);
  expect(addOverlay(scene, { kind: 'emoji' })).toBe(0);
  expect(addOverlay(scene, { kind: 'text' })).toBe(1);
});
