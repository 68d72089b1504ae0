import { expect, test } from 'vitest';
import type { SceneDocument } from '../../../src/api/scene';
import {
  addScene,
  changeVoice,
  insertAt,
  moveScene,
  newSpeaker,
  piecesOf,
  plainText,
  recordingOf,
  setRecording,
  speakersOf,
  spokenIn,
  voiceOf,
} from '../../../src/steps/voice/scenes';

const aDocument = (fields: object = {}): SceneDocument =>
  ({
    schema: 'scene.1',
    scenes: [{ script: 'Hello!', avatars: [{ picture: 'avatar:anna' }] }],
    ...fields,
  }) as SceneDocument;

test('speakers are names in capital letters before a colon, each once', () => {
  expect(speakersOf('ANNA: Hi!\n BEN: Note: this is none.\nANNA: Bye.\nÉMILE 2: Salut')).toEqual([
    'ANNA',
    'BEN',
    'ÉMILE 2',
  ]);
  expect(speakersOf('At 5:30 we meet.')).toEqual([]);
  expect(newSpeaker('ANNA: Hi!')).toBe('BEN');
});

test('a script with a single name in its middle has no speakers', () => {
  expect(speakersOf('Good morning.\nNOTE: bring apples.')).toEqual([]);
  expect(speakersOf('[nod] \nANNA: Good morning.')).toEqual(['ANNA']);
  expect(speakersOf('ANNA\u00a0: Bonjour.')).toEqual(['ANNA']);
  expect(speakersOf('SEE https://example.org')).toEqual([]);
});

test.each([
  ['ANNA: Hi [nod] you\nBEN : Ho', ['speaker', 'plain', 'mark', 'plain', 'speaker', 'plain']],
  ['Just words. 🎉', ['plain']],
  ['[pause 1s][nod] “مرحبا”', ['mark', 'mark', 'plain']],
  ['', []],
])('%s is cut into what is said, marks and names', (script, kinds) => {
  const pieces = piecesOf(script);
  expect(pieces.map((piece) => piece.kind)).toEqual(kinds);
  expect(pieces.map((piece) => piece.text).join('')).toBe(script);
});

test('an example is spoken in another language', () => {
  const german = spokenIn(aDocument(), 'de', 'Hallo!');
  expect(german).toMatchObject({
    language: 'de',
    scenes: [{ script: 'Hallo!', avatars: [{ picture: 'avatar:anna' }] }],
  });
});

test('a voice is changed where it was given, and what is empty is not said', () => {
  const document = aDocument({ voice: 'Emma' });
  changeVoice(document, 0, { rate: 1.2, language: '' });
  expect(document.voice).toEqual({ name: 'Emma', rate: 1.2 });
  document.scenes[0]!.voice = { name: 'Olivia' };
  changeVoice(document, 0, { name: '' });
  expect(document.scenes[0]!.voice).toEqual({});
  expect(voiceOf(document, undefined)).toEqual({ name: 'Emma', rate: 1.2 });
});

test('a new scene looks like the one before it, and is a copy', () => {
  const document = aDocument();
  expect(addScene(document, 0)).toBe(1);
  expect(document.scenes[1]).toEqual({ script: '', avatars: [{ picture: 'avatar:anna' }] });
  document.scenes[1]!.avatars![0]!.picture = 'avatar:ben';
  expect(document.scenes[0]!.avatars![0]!.picture).toBe('avatar:anna');
  moveScene(document, 1, 0);
  expect(document.scenes.map((one) => one.script)).toEqual(['', 'Hello!']);
});

test('a recording takes the place of the script, and what is said in it becomes one again', () => {
  const document = aDocument({ scenes: [{ script: 'Hello!' }] });
  setRecording(document, 0, { file: 'sha256:a' });
  expect(document.scenes[0]).toEqual({ sound: { file: 'sha256:a' } });
  setRecording(document, 0, { file: 'sha256:a', transcript: 'Good morning.' });
  setRecording(document, 0, null);
  expect(document.scenes[0]).toEqual({ script: 'Good morning.' });
  expect(recordingOf({ sound: 'sha256:b' })).toEqual({ file: 'sha256:b' });
});

test('marks and names are not heard', () => {
  expect(plainText('BEN: One [smile]two.\nANNA:  Three.')).toBe('One two.\nThree.');
});

test.each([
  ['One two', 3, 3, 'One [nod] two', 9],
  ['', 0, 0, '[nod] ', 6],
  ['One', 3, 3, 'One [nod] ', 10],
  ['One bad two', 4, 7, 'One [nod] two', 9],
])('a mark is put into %j between spaces', (text, start, end, put, cursor) => {
  expect(insertAt(text, start, end, '[nod]')).toEqual({ text: put, cursor });
});
