/** A server that answers from a table, for tests. */

import { vi } from 'vitest';
import type { Asset, Project } from '../src/api/types';

export interface Call {
  method: string;
  path: string;
  body: unknown;
  headers: Record<string, string>;
}
type Answer = (call: Call) => unknown;

export class Refusal {
  constructor(
    readonly status: number,
    readonly body: object,
  ) {}
}

/** Answer requests such as `PUT /projects/p/document` from now on; return the list of calls. */
export function serve(answers: Record<string, Answer>): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    const path = new URL(request.url).pathname.replace('/api/v1', '');
    const text = await request.text();
    const headers = Object.fromEntries(request.headers.entries());
    const call = { method: request.method, path, body: text ? (JSON.parse(text) as unknown) : undefined, headers };
    calls.push(call);
    const answer = await answers[`${call.method} ${path}`]?.(call);
    const json = { 'Content-Type': 'application/json' };
    if (answer === undefined) return new Response('{}', { status: 404, headers: json });
    if (answer instanceof Refusal)
      return new Response(JSON.stringify(answer.body), { status: answer.status, headers: json });
    return new Response(JSON.stringify(answer), { status: 200, headers: json });
  });
  return calls;
}

export function aProject(fields: Partial<Project> = {}): Project {
  return {
    id: 'p',
    name: 'Hello',
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    revision: 1,
    document: { schema: 'scene.1', scenes: [{ script: 'Hello!', avatars: [{ picture: 'avatar:anna' }] }] },
    faults: [],
    consent: null,
    thumbnail_url: null,
    ...fields,
  };
}

export function anAsset(fields: Partial<Asset> = {}): Asset {
  return {
    id: 'a1',
    name: 'photo.jpg',
    kind: 'picture',
    state: 'ready',
    reason: null,
    reference: 'sha256:1',
    media_type: 'image/jpeg',
    bytes: 1000,
    width: 800,
    height: 600,
    duration_s: null,
    created_at: '2026-01-01T00:00:00Z',
    content_url: '/api/v1/assets/a1/content',
    thumbnail_url: '/api/v1/assets/a1/thumbnail',
    faces: null,
    ...fields,
  };
}
