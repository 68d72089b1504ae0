import { expect, test } from 'vitest';
import type { SceneDocument } from '../../../src/api/scene';
import type { TemplateVariable } from '../../../src/api/types';
import {
  amountOf,
  backgroundOf,
  filtersOf,
  firstValues,
  musicOf,
  setBackground,
  setFilter,
  setMusic,
} from '../../../src/steps/look/looks';

const aDocument = (fields: object = {}): SceneDocument =>
  ({ schema: 'scene.1', scenes: [{ script: 'One' }, { script: 'Two' }], ...fields }) as SceneDocument;

test('a background is told in one way, however it was written', () => {
  expect(backgroundOf(aDocument({ background: '#aabbcc' }), undefined)).toEqual({ kind: 'colour', colour: '#aabbcc' });
  expect(backgroundOf(aDocument(), { background: 'blur' })).toEqual({ kind: 'blur' });
  expect(backgroundOf(aDocument(), {})).toBeNull();
});

test('a scene goes back to what all have, and an only scene to none', () => {
  const document = aDocument({ background: 'blur' });
  setBackground(document, 1, { kind: 'colour', colour: 'red' });
  setBackground(document, 1, null);
  expect(backgroundOf(document, document.scenes[1])).toEqual({ kind: 'blur' });
  document.scenes.pop();
  setBackground(document, 0, null);
  expect(document).not.toHaveProperty('background');
});

test('the first piece of music is changed, further ones stay', () => {
  const document = aDocument({ music: ['music:calm', 'music:brisk'] });
  setMusic(document, { volume_db: -3 });
  expect(document.music).toEqual([{ source: 'music:calm', volume_db: -3 }, 'music:brisk']);
  expect(musicOf(document)).toEqual({ source: 'music:calm', volume_db: -3, ducking_db: 8 });
  setMusic(document, null);
  expect(musicOf(document)).toBeNull();
});

test('a filter is set in all scenes, once, and taken away by nothing of it', () => {
  const document = aDocument();
  document.scenes[0]!.filters = ['vignette', { kind: 'look', name: 'noir' }];
  setFilter(document, 'look', { name: 'warm', amount: 0.5 });
  expect(document.scenes.map(filtersOf)).toEqual([
    [{ kind: 'vignette' }, { kind: 'look', name: 'warm', amount: 0.5 }],
    [{ kind: 'look', name: 'warm', amount: 0.5 }],
  ]);
  expect(amountOf(document.scenes[1], 'look')).toBe(0.5);
  setFilter(document, 'look', { amount: 0 });
  setFilter(document, 'vignette', null);
  expect(document.scenes).toEqual([{ script: 'One' }, { script: 'Two' }]);
});

test('whoever is seen now goes into a template, each of them once', () => {
  const variable = (name: string, kind: string, value: string) =>
    ({ name, kind, description: '', default: value, choices: [], most: 80 }) satisfies TemplateVariable;
  const variables = [
    variable('title', 'text', 'News'),
    variable('host', 'picture', 'avatar:hawa'),
    variable('guest', 'picture', 'avatar:minh'),
  ];
  const scene = (...pictures: string[]) => ({ avatars: pictures.map((picture) => ({ picture })) });
  const filled = (...scenes: object[]) => firstValues(aDocument({ scenes }), variables);
  expect(filled({}, scene('sha256:1'), scene('sha256:1'))).toEqual({
    title: 'News',
    host: 'sha256:1',
    guest: 'avatar:minh',
  });
  expect(filled(scene('sha256:1', 'sha256:2')).guest).toBe('sha256:2');
  expect(filled({}).host).toBe('avatar:hawa');
});
