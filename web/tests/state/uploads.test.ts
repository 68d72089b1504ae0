import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Problem } from '../../src/api/problem';
import { sendFile } from '../../src/api/upload';
import type { SessionState } from '../../src/state/session.svelte';
import { UploadsState } from '../../src/state/uploads.svelte';
import { anAsset, serve } from '../fakes';

vi.mock('../../src/api/upload', () => ({ sendFile: vi.fn() }));
const away = () => Promise.reject(new Problem({ type: '/problems/offline' }));
const session = { askConsent: () => Promise.resolve(true) } as unknown as SessionState;
const photo = new Blob(['x']);

beforeEach(() => {
  serve({ 'GET /assets/a1': () => anAsset() });
  vi.mocked(sendFile).mockReset().mockImplementationOnce(away).mockResolvedValue('a1');
});
afterEach(() => void vi.unstubAllGlobals());

/** Uploads of which the first one has just given up. */
async function failed() {
  const uploads = new UploadsState(session);
  const sent = uploads.send(photo, 'photo.jpg');
  await vi.waitFor(() => expect(uploads.list[0]?.problem?.offline).toBe(true));
  return { uploads, sent };
}

it('tries again what gave up, and hands over what it became', async () => {
  const { uploads, sent } = await failed();
  uploads.list[0]!.again();
  expect(await sent).toMatchObject({ id: 'a1' });
  expect(vi.mocked(sendFile).mock.calls.map(([file]) => file)).toEqual([photo, photo]);
  expect(uploads.list).toEqual([]);
});

it('lets go of it when it is closed, or another file is sent', async () => {
  const first = await failed();
  first.uploads.dismiss(first.uploads.list[0]!);
  expect(await first.sent).toBeNull();
  vi.mocked(sendFile).mockImplementationOnce(away);
  const second = await failed();
  expect(await second.uploads.send(photo, 'other.jpg')).toMatchObject({ id: 'a1' });
  expect(await second.sent).toBeNull();
});

it('does not try again what the server refuses', async () => {
  vi.mocked(sendFile)
    .mockReset()
    .mockRejectedValue(new Problem({ status: 413, title: 'Too large' }));
  const uploads = new UploadsState(session);
  expect(await uploads.send(photo, 'photo.jpg')).toBeNull();
  expect(uploads.list[0]?.problem?.title).toBe('Too large');
});
