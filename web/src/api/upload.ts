/** Resumable uploads (tus 1.0.0): a lost connection goes on where it broke, even after the page was closed. */

import { Problem } from './problem';

/** For two minutes: a computer that slept, or a server that was started again, is back by then. */
const RETRIES_MS = [0, 500, 1000, 3000, 6000, 12_000, 20_000, 30_000, 50_000];
const CHUNK_BYTES = 8 * 1024 * 1024;

/** Send a file; return the id of the asset that it became. `told` hears which share has arrived. */
export async function sendFile(
  file: Blob,
  name: string,
  signal: AbortSignal,
  told: (share: number) => void,
): Promise<string> {
  const { Upload, DetailedError } = await import('tus-js-client');
  let assetId = '';
  return new Promise((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint: '/api/v1/uploads',
      metadata: { filename: name },
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRIES_MS,
      removeFingerprintOnSuccess: true,
      onProgress: (sent, total) => told(total ? sent / total : 0),
      onAfterResponse: (_, response) => {
        assetId = response.getHeader('Asset-Id') ?? assetId;
      },
      onSuccess: () => resolve(assetId),
      onError: (error) => {
        const body = error instanceof DetailedError ? error.originalResponse?.getBody() : undefined;
        reject(new Problem(body ? bodyOf(body) : { type: '/problems/offline' }));
      },
    });
    signal.addEventListener('abort', () => {
      void upload.abort(true);
      reject(new DOMException('Canceled', 'AbortError'));
    });
    void upload.findPreviousUploads().then(([before]) => {
      if (before) upload.resumeFromPreviousUpload(before);
      if (!signal.aborted) upload.start();
    });
  });
}

function bodyOf(text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch {
    return { title: text };
  }
}
