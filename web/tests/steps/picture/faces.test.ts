import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Avatar } from '../../../src/api/scene';
import type { Asset, Face } from '../../../src/api/types';
import { Studio } from '../../../src/state/studio.svelte';
import { aProject, anAsset, serve } from '../../fakes';
import Placed from './Placed.svelte';

const face = (number: number): Face => ({
  number,
  grade: 'good',
  box: { x: number * 0.2, y: 0.1, width: 0.15, height: 0.2 },
  yaw_deg: 0,
  pitch_deg: 0,
  roll_deg: 0,
  findings: [],
});
const group: Asset = anAsset({ faces: { grade: 'good', findings: [], faces: [face(1), face(2)], marked: false } });

let studio: Studio;
let shown: object;

beforeEach(() => {
  serve({ 'GET /assets': () => ({ items: [group], next_cursor: null }) });
  studio = new Studio();
});
afterEach(async () => {
  await unmount(shown);
  vi.unstubAllGlobals();
});

function show(avatar: Avatar, script = 'Hello!'): void {
  studio.project.show(aProject({ document: { schema: 'scene.1', scenes: [{ script, avatars: [avatar] }] } }));
  studio.pictures.heard(group);
  shown = mount(Placed, { target: document.body, props: { studio } });
  flushSync();
}

const button = (name: RegExp) =>
  [...document.querySelectorAll('button')].find((one) =>
    name.test(one.getAttribute('aria-label') ?? one.textContent ?? ''),
  )!;
const avatar = () => studio.project.document.scenes[0]?.avatars?.[0];

it('lets a face of a group speak when it is clicked', () => {
  show({ picture: 'sha256:1' });
  expect(button(/Face 2/).getAttribute('aria-pressed')).toBe('false');
  button(/Face 2/).click();
  flushSync();
  expect(avatar()?.face).toBe(2);
  expect(button(/Face 2/).getAttribute('aria-pressed')).toBe('true');
  expect(button(/Face 2/).getAttribute('aria-label')).toContain('speaks');
  studio.project.undo();
  flushSync();
  expect(button(/Face 2/).getAttribute('aria-pressed')).toBe('false');
});

it('lets the others listen', () => {
  show({ picture: 'sha256:1', face: 1 });
  document.querySelector<HTMLInputElement>('input[role=switch]')!.click();
  flushSync();
  expect(avatar()?.listeners).toBe(true);
  expect(button(/Face 2/).getAttribute('aria-label')).toContain('listens');
});

it('asks whose face each speaker of a dialogue has', () => {
  show({ picture: 'sha256:1' }, 'ANNA: Hi.\nBEN: Hello.');
  const lists = [...document.querySelectorAll('select')];
  const ben = lists[1]!;
  expect(document.querySelector(`label[for="${ben.id}"]`)?.textContent).toBe('BEN');
  ben.value = '1';
  ben.dispatchEvent(new Event('change', { bubbles: true }));
  flushSync();
  expect(avatar()?.faces).toEqual({ BEN: 1 });
});

it('tells that no face was found, and offers to mark the mouth', () => {
  studio.pictures.heard(anAsset({ faces: null }));
  const none = anAsset({
    id: 'a2',
    reference: 'sha256:2',
    faces: { grade: 'poor', findings: [], faces: [], marked: false },
  });
  show({ picture: 'sha256:2' });
  studio.pictures.heard(none);
  flushSync();
  expect(document.body.textContent).toContain('No face was found');
  expect(button(/Mark the mouth/)).toBeDefined();
});
