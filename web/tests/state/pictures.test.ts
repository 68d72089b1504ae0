import { afterEach, expect, it, vi } from 'vitest';
import type { Asset } from '../../src/api/types';
import { Events } from '../../src/state/events';
import { PicturesState } from '../../src/state/pictures.svelte';
import { SessionState } from '../../src/state/session.svelte';
import { UploadsState } from '../../src/state/uploads.svelte';
import { anAsset, serve } from '../fakes';

vi.mock('../../src/api/upload', () => ({ sendFile: vi.fn(async () => 'a9') }));
afterEach(() => vi.unstubAllGlobals());

const numbered = (number: number, fields: Partial<Asset> = {}) =>
  anAsset({ id: `a${number}`, reference: `sha256:${number}`, ...fields });

it('looks through the pages until it knows a picture', async () => {
  const pages = [[numbered(9), numbered(8)], [numbered(7), numbered(6, { kind: 'sound' })], [numbered(5)]];
  let asked = 0;
  serve({
    'GET /assets': () => {
      asked += 1;
      return { items: pages[asked - 1], next_cursor: asked < pages.length ? `page${asked}` : null };
    },
  });
  const pictures = new PicturesState(new Events());
  await pictures.find('sha256:7');
  expect(asked).toBe(2);
  expect(pictures.of('sha256:7')?.id).toBe('a7');
  expect(pictures.list.map((asset) => asset.id)).toEqual(['a9', 'a8', 'a7']);
  await pictures.find('sha256:nowhere');
  expect([asked, pictures.more]).toEqual([3, null]);
});

it('shows what a worker has found as soon as it is told, once', () => {
  const events = new Events();
  const pictures = new PicturesState(events);
  events.emit('asset.ready', numbered(1));
  events.emit('asset.ready', numbered(2));
  events.emit('asset.ready', numbered(1, { name: 'again' }));
  expect(pictures.list.map((asset) => asset.name)).toEqual(['photo.jpg', 'again']);
});

it('sends nothing without consent', async () => {
  const session = new SessionState();
  const uploads = new UploadsState(session);
  const sent = uploads.send(new Blob(['x']), 'photo.jpg');
  session.asking?.(false);
  expect(await sent).toBeNull();
  expect(uploads.list).toHaveLength(0);
});

it('keeps what was refused, with the reason, until another one is sent', async () => {
  const session = new SessionState();
  session.current = { consent: { given_at: '2026-01-01T00:00:00Z', statement: 'yes' } } as never;
  const uploads = new UploadsState(session);
  const reason = {
    type: '/problems/photo',
    title: 'It is damaged',
    detail: 'The end is missing.',
    remedy: 'Copy it again.',
  };
  const states = [anAsset({ state: 'checking' }), anAsset({ state: 'rejected', reason }), numbered(9)];
  serve({ 'GET /assets/a9': () => states.shift() });
  expect(await uploads.send(new Blob(['x']), 'broken.jpg')).toBeNull();
  expect(uploads.list[0]?.problem).toMatchObject({ title: 'It is damaged', remedy: 'Copy it again.', passing: false });
  expect((await uploads.send(new Blob(['x']), 'photo.jpg'))?.id).toBe('a9');
  expect(uploads.list).toHaveLength(0);
});
