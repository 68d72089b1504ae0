import { expect, test } from 'vitest';
import type { Scene } from '../../src/api/scene';
import type { TimedWord } from '../../src/api/types';
import { addEffect, addOverlay, effectsAt, markWord, removeEffect } from '../../src/inspector/words';

const words = (text: string): TimedWord[] =>
  text.split(' ').map((word, index) => ({ text: word, start_s: index, end_s: index + 1, speaker: '', scene: 0 }));

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

test('a sound is found at its word, and taken away alone', () => {
  const effects = ['whoosh', { source: 'ding', at: 'word:hello#2+0.1' }, { source: 'pop', at: 2 }];
  const scene = { effects } as Scene;
  expect(effectsAt(scene, ['hello', 'hello#2'])).toEqual([{ source: 'ding', index: 1 }]);
  expect(effectsAt(scene, ['hello'])).toEqual([]);
  removeEffect(scene, 1);
  expect(scene.effects).toEqual(['whoosh', { source: 'pop', at: 2 }]);
});
