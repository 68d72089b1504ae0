import { describe, expect, test } from 'vitest';
import type { Scene, SceneDocument } from '../../../src/api/scene';
import type { Timeline } from '../../../src/api/types';
import { doubtOf, listed, troublesOf } from '../../../src/steps/voice/problems';

const documentOf = (scene: Scene): SceneDocument => ({ schema: 'scene.1', scenes: [scene] });
const fault = (path: string) => ({ path, message: 'It is wrong.', remedy: 'Mend it.' });
const kinds = (scene: Scene, faults: string[], heard: string[] = []) =>
  troublesOf(documentOf(scene), 0, faults.map(fault), heard.map(fault)).map((one) => `${one.about}: ${one.kind}`);

describe('what keeps a scene from being spoken stands beside what caused it', () => {
  test.each([
    ['no words', { script: '' }, ['scenes[0]'], [], ['script: silent']],
    ['words that have no sound', { script: '[nod] 🎉' }, ['scenes[0].script'], [], ['script: silent']],
    ['a mark that is none', { script: 'Hello [nodd]' }, ['scenes[0].script'], [], ['script: unread']],
    ['a voice that is not here', { script: 'Hello' }, [], ['scenes[0].script'], ['voice: voice']],
    ['a voice of nobody', { script: 'Hello' }, ['scenes[0].voice.speakers.CARL'], [], ['voice: manner']],
    ['an effect of all scenes', { script: 'Hello' }, ['voice.effect'], [], ['voice: manner']],
    ['another text', { sound: { file: 'a', transcript: 'Hi' } }, [], ['scenes[0].sound'], ['sound: transcript']],
    ['a file that is gone', { sound: 'a' }, ['scenes[0].sound.file'], [], ['sound: recording']],
    ['another scene', { script: 'Hello' }, ['scenes[1].script'], ['scenes[2].sound'], []],
    ['a picture', { script: 'Hello' }, ['scenes[0].avatars[0].picture'], [], []],
    ['all is well', { script: '' }, [], [], []],
  ] as [string, Scene, string[], string[], string[]][])('%s', (_, scene, faults, heard, told) => {
    expect(kinds(scene, faults, heard)).toEqual(told);
  });
});

const timelineOf = (duration_s: number, peak: number): Timeline => ({
  duration_s,
  scenes: [{ index: 0, id: 'scene-1', start_s: 0, end_s: duration_s }],
  words: [],
  peaks: [0, 0, 0, peak],
  left_out: [],
  sound_url: null,
});

test('a recording may be hardly one', () => {
  expect(doubtOf(timelineOf(0.4, 0.8), 0)).toBe('short');
  expect(doubtOf(timelineOf(4, 0.001), 0)).toBe('quiet');
  expect(doubtOf(timelineOf(4, 0.8), 0)).toBeNull();
  expect(doubtOf(timelineOf(4, 0.8), 1)).toBeNull();
});

test('words that are left out are named, the first of many, each in its own direction', () => {
  expect(listed(['Привет', 'мир'])).toBe('\u2068Привет\u2069 \u2068мир\u2069');
  expect(listed([...'абвгдежзи']).endsWith('\u2068з\u2069 …')).toBe(true);
});
