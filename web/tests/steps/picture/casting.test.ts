import { describe, expect, it } from 'vitest';
import type { Avatar, SceneDocument } from '../../../src/api/scene';
import { castSpeaker, chooseFace, replacePicture, voicesOf } from '../../../src/steps/picture/casting';
import { speakersOf } from '../../../src/steps/voice/scenes';

const documentOf = (...avatars: Avatar[][]): SceneDocument => ({
  schema: 'scene.1',
  scenes: avatars.map((list) => ({ avatars: list, script: 'Hello!' })),
});

describe('replacing a picture', () => {
  it('keeps all else, in every scene where it was seen', () => {
    const document = documentOf([{ picture: 'avatar:anna', size: 0.5, style: 'calm' }], [{ picture: 'avatar:anna' }]);
    replacePicture(document, 0, 0, 'sha256:new');
    expect(document.scenes[0]?.avatars).toEqual([{ picture: 'sha256:new', size: 0.5, style: 'calm' }]);
    expect(document.scenes[1]?.avatars).toEqual([{ picture: 'sha256:new' }]);
  });

  it('leaves the other one of a dialogue alone, though it has the same picture', () => {
    const document = documentOf([
      { picture: 'avatar:anna', name: 'ANNA' },
      { picture: 'avatar:anna', name: 'BEN', mirror: true },
    ]);
    replacePicture(document, 0, 1, 'sha256:new');
    expect(document.scenes[0]?.avatars?.map((avatar) => avatar.picture)).toEqual(['avatar:anna', 'sha256:new']);
  });

  it('forgets which face of the old group photo spoke', () => {
    const document = documentOf([{ picture: 'sha256:old', face: 2, faces: { ANNA: 1 }, listeners: true }]);
    replacePicture(document, 0, 0, 'sha256:new');
    expect(document.scenes[0]?.avatars).toEqual([{ picture: 'sha256:new', listeners: true }]);
  });

  it('gives a scene without anybody its first avatar', () => {
    const document: SceneDocument = { schema: 'scene.1', scenes: [{ duration_s: 3 }] };
    replacePicture(document, 0, 0, 'avatar:ben');
    expect(document.scenes[0]).toEqual({ duration_s: 3, avatars: [{ picture: 'avatar:ben' }] });
  });
});

it('finds the speakers of a script', () => {
  expect(speakersOf('HOST: Good morning.\nAnd: no.\nGUEST 2: Hello.\nHOST: Bye.\nÉMILE: Oui.')).toEqual([
    'HOST',
    'GUEST 2',
    'ÉMILE',
  ]);
  expect(speakersOf('Dear all: it is 10:30.')).toEqual([]);
  expect(speakersOf(undefined)).toEqual([]);
});

it('lets one face speak, and takes that back', () => {
  const avatar: Avatar = { picture: 'sha256:x', faces: { ANNA: 1 } };
  chooseFace(avatar, 2);
  expect(avatar).toEqual({ picture: 'sha256:x', face: 2 });
  expect([voicesOf(avatar, 2), voicesOf(avatar, 1)]).toEqual([[''], []]);
  chooseFace(avatar, 2);
  expect(avatar).toEqual({ picture: 'sha256:x' });
});

it('casts the speakers of a dialogue', () => {
  const avatar: Avatar = { picture: 'sha256:x', face: 2 };
  castSpeaker(avatar, 'ANNA', 1);
  castSpeaker(avatar, 'BEN', 'off');
  expect(avatar).toEqual({ picture: 'sha256:x', faces: { ANNA: 1, BEN: 'off' } });
  expect(voicesOf(avatar, 1)).toEqual(['ANNA']);
  castSpeaker(avatar, 'ANNA', null);
  castSpeaker(avatar, 'BEN', null);
  expect(avatar).toEqual({ picture: 'sha256:x' });
});
