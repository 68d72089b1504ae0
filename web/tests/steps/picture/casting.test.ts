import { describe, expect, it } from 'vitest';
import type { Avatar, SceneDocument } from '../../../src/api/scene';
import { castSpeaker, chooseFace, replacePicture, shapeLike, voicesOf } from '../../../src/steps/picture/casting';
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

describe('the shape of the video', () => {
  const shaped = (format: string | undefined, ratio: number | null, before: number | null, avatar: object = {}) => {
    const document = documentOf([{ picture: 'sha256:new', ...avatar }]);
    if (format) document.canvas = { format };
    shapeLike(document, ratio, before);
    return document.canvas?.format;
  };

  it('is that of the first photo, and then of the next', () => {
    expect(shaped(undefined, 2 / 3, null)).toBe('9:16');
    expect(shaped('9:16', 16 / 10, 2 / 3)).toBe('16:9');
    expect(shaped('9:16', 1, 2 / 3)).toBe('1:1');
    expect(shaped('9:16', null, 2 / 3)).toBe('16:9');
  });

  it('stays where somebody has chosen another one, or arranged anything', () => {
    expect(shaped('1:1', 16 / 10, 2 / 3)).toBe('1:1');
    expect(shaped('9:16', 16 / 10, 2 / 3, { crop: 'circle' })).toBe('9:16');
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
