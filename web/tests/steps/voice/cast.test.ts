import { expect, test } from 'vitest';
import type { Avatar, SceneDocument } from '../../../src/api/scene';
import { onlyHeard, rewrite, showSpeaker } from '../../../src/steps/voice/cast';

const DIALOGUE = 'ANNA: Hello!\nBEN: Hi!';
const documentOf = (avatars: Partial<Avatar>[], fields: object = {}): SceneDocument =>
  ({ schema: 'scene.1', scenes: [{ script: 'Hello!', avatars }], ...fields }) as SceneDocument;

function rewritten(avatars: Partial<Avatar>[], ...scripts: string[]): SceneDocument {
  const document = documentOf(avatars, { voice: { speakers: { BEN: 'en-gb' } } });
  for (const script of scripts) rewrite(document, 0, script, ({ picture }) => picture !== 'group');
  return document;
}
const names = (document: SceneDocument) => document.scenes[0]!.avatars!.map((avatar) => avatar.name);

test('a single face speaks for the first of two, and for everybody again', () => {
  expect(names(rewritten([{ picture: 'a' }], DIALOGUE))).toEqual(['ANNA']);
  expect(names(rewritten([{ picture: 'a' }], DIALOGUE, 'Hello!'))).toEqual([undefined]);
});

test('a group photo, and faces that were cast, stay as they are', () => {
  expect(names(rewritten([{ picture: 'group' }], DIALOGUE))).toEqual([undefined]);
  expect(names(rewritten([{ picture: 'a', faces: { BEN: 'off' } }], DIALOGUE))).toEqual([undefined]);
});

test('whoever gets another name keeps face and voice', () => {
  const document = rewritten([{ picture: 'a' }], DIALOGUE, 'ANNE: Hello!\nBEN: Hi!', 'ANNE: Hello!\nBOB: Hi!');
  expect(names(document)).toEqual(['ANNE']);
  expect(document.voice).toEqual({ speakers: { BOB: 'en-gb' } });
});

test('names of avatars in small letters are kept while they have lines', () => {
  expect(names(rewritten([{ picture: 'a', name: 'Mia' }], 'Mia: Hello!'))).toEqual(['Mia']);
  const two = [
    { picture: 'a', name: 'Mia' },
    { picture: 'b', name: 'Leo' },
  ];
  expect(names(rewritten(two, ''))).toEqual(['Mia', 'Leo']);
});

test('a speaker whom nobody plays is shown beside the other', () => {
  const [scene] = rewritten([{ picture: 'a', size: 0.5 }], DIALOGUE).scenes;
  expect(onlyHeard(scene)).toEqual(['BEN']);
  showSpeaker(scene!, 'BEN', 'b');
  expect(scene!.avatars).toEqual([
    { picture: 'a', name: 'ANNA', crop: 'left' },
    { picture: 'b', name: 'BEN', crop: 'right' },
  ]);
  expect(onlyHeard(scene)).toEqual([]);
});
