import { expect, test } from 'vitest';
import type { SceneDocument } from '../../src/api/scene';
import type { StageBox } from '../../src/api/types';
import { canMove, canResize, canTurn, moveBy, remove, resizeBy, snapped, turnTo } from '../../src/stage/moving';

const box = (fields: Partial<StageBox>): StageBox => ({
  path: 'scenes[0].overlays[0]',
  kind: 'emoji',
  label: '',
  x: 0.3,
  y: 0.3,
  width: 0.2,
  height: 0.2,
  rotation_deg: 0,
  ...fields,
});

const aDocument = (scene: object = { overlays: [{ kind: 'emoji', emoji: '🎉' }] }): SceneDocument =>
  ({ schema: 'scene.1', canvas: { format: '16:9' }, captions: true, scenes: [scene] }) as SceneDocument;

const AVATAR = { path: 'scenes[0].avatars[0]', kind: 'avatar' };

test('a thing is moved by its middle, which stays on the canvas', () => {
  const document = aDocument();
  moveBy(document, box({}), 0.1, -0.05);
  expect(document.scenes[0]!.overlays![0]!.place).toEqual({ x: 0.5, y: 0.35, anchor: 'centre' });
  moveBy(document, box({}), 3, -3);
  expect(document.scenes[0]!.overlays![0]!.place).toEqual({ x: 1, y: 0, anchor: 'centre' });
});

test('captions go up and down only, by an offset within bounds', () => {
  const document = aDocument();
  const captions = box({ path: 'captions', kind: 'captions' });
  moveBy(document, captions, 0.4, -0.1);
  expect(document.captions).toEqual({ offset: -0.1 });
  moveBy(document, captions, 0, -5);
  expect(document.captions).toEqual({ offset: -1 });
});

test('who is moved out of a corner becomes a circle of the same size', () => {
  const document = aDocument({ avatars: [{ picture: 'avatar:anna', crop: 'corner' }] });
  moveBy(document, box({ ...AVATAR, height: 0.28 }), 0.1, 0.1);
  expect(document.scenes[0]!.avatars![0]).toMatchObject({ crop: 'circle', x: 0.5, y: 0.54 });
});

test('who fills the canvas cannot be moved until they are smaller', () => {
  const document = aDocument({ avatars: [{ picture: 'avatar:anna' }] });
  expect(canMove(document, box(AVATAR))).toBe(false);
  resizeBy(document, box(AVATAR), 0.5);
  expect(document.scenes[0]!.avatars![0]!.size).toBe(0.5);
  expect(canMove(document, box(AVATAR))).toBe(true);
});

test('halves and title cards keep their places', () => {
  const document = aDocument({ avatars: [{ picture: 'avatar:anna', crop: 'left' }], overlays: [{ kind: 'title' }] });
  expect(canMove(document, box(AVATAR))).toBe(false);
  expect(canResize(document, box(AVATAR))).toBe(false);
  expect(canMove(document, box({ kind: 'title' }))).toBe(false);
});

test('letters grow with the room for their lines, and shrink without it', () => {
  const document = aDocument({ overlays: [{ kind: 'text', text: 'Hi', width: 0.4, look: { size: 0.1 } }] });
  resizeBy(document, box({ kind: 'text' }), 1.5);
  expect(document.scenes[0]!.overlays![0]).toMatchObject({ width: 0.6, look: { size: 0.15 } });
  resizeBy(document, box({ kind: 'text' }), 0.5);
  expect(document.scenes[0]!.overlays![0]).toMatchObject({ width: 0.6, look: { size: 0.075 } });
});

test('a size stays within what a document may say', () => {
  const document = aDocument();
  resizeBy(document, box({}), 1000);
  expect(document.scenes[0]!.overlays![0]!.size).toBe(2);
  resizeBy(document, box({ path: 'captions', kind: 'captions' }), 0.001);
  expect(document.captions).toEqual({ size: 0.02 });
});

test('middles and margins attract, the nearest of them', () => {
  expect(snapped(box({}), 0.105, 0)).toMatchObject({ dx: expect.closeTo(0.1), vertical: 0.5, horizontal: null });
  expect(snapped(box({}), -0.245, 0)).toMatchObject({ dx: expect.closeTo(-0.25), vertical: 0.05 });
  expect(snapped(box({}), 0, 0.05)).toMatchObject({ dy: 0.05, horizontal: null });
});

test('a thing is turned, and what is upright is not said', () => {
  const document = aDocument();
  turnTo(document, box({}), 12.4);
  expect(document.scenes[0]!.overlays![0]!.rotation_deg).toBe(12);
  turnTo(document, box({}), 0);
  expect(document.scenes[0]!.overlays![0]).not.toHaveProperty('rotation_deg');
  turnTo(document, box({}), 190);
  expect(document.scenes[0]!.overlays![0]!.rotation_deg).toBe(-170);
});

test('stickers and letters are turned, people and captions are not', () => {
  expect(['emoji', 'text', 'avatar', 'captions', 'title'].map((kind) => canTurn({ kind }))).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test('captions are switched off, other things are gone', () => {
  const document = aDocument();
  remove(document, 'captions', 'captions');
  remove(document, 'scenes[0].overlays[0]', 'emoji');
  expect(document.captions).toBe(false);
  expect(document.scenes[0]!.overlays).toEqual([]);
});
