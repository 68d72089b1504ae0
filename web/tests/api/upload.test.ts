import { afterEach, expect, it, vi } from 'vitest';
import { sendFile } from '../../src/api/upload';

interface Options {
  endpoint: string;
  onAfterResponse: (request: unknown, response: { getHeader: (name: string) => string | undefined }) => void;
  onProgress: (sent: number, total: number) => void;
  onSuccess: () => void;
  onError: (error: Error) => void;
}

const made: { options: Options; started: boolean; resumed: unknown; aborted: boolean }[] = [];
let before: unknown[] = [];

class DetailedError extends Error {
  originalResponse = {
    getBody: () => '{"title":"Too large","detail":"It is too large.","remedy":"Make it smaller.","status":413}',
  };
}

vi.mock('tus-js-client', () => ({
  DetailedError: class extends Error {
    originalResponse = new DetailedError().originalResponse;
  },
  Upload: class {
    state: (typeof made)[number];
    constructor(_: Blob, options: Options) {
      this.state = { options, started: false, resumed: null, aborted: false };
      made.push(this.state);
    }
    findPreviousUploads = async () => before;
    resumeFromPreviousUpload = (one: unknown) => (this.state.resumed = one);
    start = () => (this.state.started = true);
    abort = async () => (this.state.aborted = true);
  },
}));

afterEach(() => {
  made.length = 0;
  before = [];
});

const begin = async (signal = new AbortController().signal, told: (share: number) => void = () => undefined) => {
  const id = sendFile(new Blob(['x']), 'photo.jpg', signal, told);
  await vi.waitFor(() => expect(made[0]?.started).toBe(true));
  return { id, upload: made[0]! };
};

it('tells how far it is, and what the file became', async () => {
  const shares: number[] = [];
  const { id, upload } = await begin(undefined, (share) => shares.push(share));
  upload.options.onProgress(1, 4);
  upload.options.onAfterResponse({}, { getHeader: (name) => (name === 'Asset-Id' ? 'a7' : undefined) });
  upload.options.onAfterResponse({}, { getHeader: () => undefined });
  upload.options.onSuccess();
  expect(await id).toBe('a7');
  expect(shares).toEqual([0.25]);
});

it('goes on where an earlier try has ended', async () => {
  before = [{ uploadUrl: '/api/v1/uploads/u1' }];
  const { upload } = await begin();
  expect(upload.resumed).toBe(before[0]);
});

it('says what the server says against it', async () => {
  const { id, upload } = await begin();
  const { DetailedError: Detailed } = await import('tus-js-client');
  upload.options.onError(new (Detailed as unknown as new () => Error)());
  await expect(id).rejects.toMatchObject({ title: 'Too large', remedy: 'Make it smaller.', status: 413 });
});

it('takes any other failure for a server that does not answer', async () => {
  const { id, upload } = await begin();
  upload.options.onError(new Error('socket hang up'));
  await expect(id).rejects.toMatchObject({ offline: true });
});

it('stops, and lets the server forget what came so far', async () => {
  const stop = new AbortController();
  const { id, upload } = await begin(stop.signal);
  stop.abort();
  await expect(id).rejects.toMatchObject({ name: 'AbortError' });
  expect(upload.aborted).toBe(true);
});
