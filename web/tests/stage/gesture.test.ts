import { expect, test } from 'vitest';
import type { SceneDocument } from '../../src/api/scene';
import type { StageBox } from '../../src/api/types';
import { Gesture, straightened } from '../../src/stage/gesture.svelte';

const CANVAS = { left: 100, top: 0, width: 1000, height: 500 };
const sticker: StageBox = {
  path: 'scenes[0].overlays[0]',
  kind: 'emoji',
  label: '',
  x: 0.62,
  y: 0.5,
  width: 0.05,
  height: 0.1,
  rotation_deg: 0,
};
const avatar: StageBox = { ...sticker, path: 'scenes[0].avatars[0]', kind: 'avatar', x: 0, y: 0, width: 1, height: 1 };
const document = {
  schema: 'scene.1',
  scenes: [{ avatars: [{ picture: 'avatar:anna' }], overlays: [{ kind: 'emoji', emoji: '🎉' }] }],
} as SceneDocument;

test('one finger drags, once it has left its place', () => {
  const gesture = new Gesture();
  gesture.down(1, { x: 740, y: 270 }, sticker, 'move', null, document);
  gesture.move(1, { x: 741, y: 271 }, CANVAS, true);
  expect(gesture.change).toMatchObject({ dx: 0, dy: 0 });
  gesture.move(1, { x: 640, y: 320 }, CANVAS, true);
  expect(gesture.up(1)).toMatchObject({ box: sticker, change: { dx: -0.1, dy: 0.1, factor: 1, turn_deg: 0 } });
  expect(gesture.box).toBeNull();
});

test('two fingers anywhere move, enlarge and turn what is chosen', () => {
  const gesture = new Gesture();
  gesture.down(1, { x: 300, y: 200 }, avatar, 'move', sticker, document);
  gesture.down(2, { x: 400, y: 200 }, avatar, 'move', sticker, document);
  gesture.move(1, { x: 400, y: 100 }, CANVAS, false);
  gesture.move(2, { x: 400, y: 300 }, CANVAS, false);
  expect(gesture.up(1)).toBeNull();
  const done = gesture.up(2);
  expect(done?.box).toBe(sticker);
  expect(done?.change).toEqual({ dx: 0.05, dy: 0, factor: 2, turn_deg: 90 });
});

test('who fills the canvas is only enlarged', () => {
  const gesture = new Gesture();
  gesture.down(1, { x: 300, y: 200 }, avatar, 'move', null, document);
  gesture.down(2, { x: 400, y: 200 }, avatar, 'move', null, document);
  gesture.move(2, { x: 450, y: 280 }, CANVAS, false);
  expect(gesture.change).toMatchObject({ dx: 0, dy: 0, turn_deg: 0 });
  expect(gesture.change.factor).toBeGreaterThan(1.5);
});

test('handles pull from the middle: outwards it grows, around it turns', () => {
  const gesture = new Gesture();
  const middle = { x: 745, y: 275 };
  gesture.down(1, { x: middle.x + 30, y: middle.y + 40 }, sticker, 'size', sticker, document);
  gesture.move(1, { x: middle.x + 60, y: middle.y + 80 }, CANVAS, false);
  expect(gesture.up(1)?.change).toMatchObject({ factor: 2, turn_deg: 0 });
  gesture.down(1, { x: middle.x, y: middle.y + 50 }, sticker, 'turn', sticker, document);
  gesture.move(1, { x: middle.x - 50, y: middle.y + 50 }, CANVAS, false);
  expect(gesture.up(1)?.change).toMatchObject({ factor: 1, turn_deg: expect.closeTo(45) });
});

test('nearly upright is upright', () => {
  expect(straightened(0, 3)).toBe(0);
  expect(straightened(30, -28)).toBe(-30);
  expect(straightened(0, 93)).toBe(90);
  expect(straightened(0, 40)).toBe(40);
});

test('what is broken off changes nothing', () => {
  const gesture = new Gesture();
  gesture.down(1, { x: 740, y: 270 }, sticker, 'move', null, document);
  gesture.move(1, { x: 640, y: 320 }, CANVAS, true);
  gesture.cancel();
  expect(gesture.up(1)).toBeNull();
});
