/** The server's API as functions, over the generated client. Whatever it refuses is thrown as a `Problem`. */

import createClient from 'openapi-fetch';
import { inEnglish } from '../i18n/searching';
import type { Schema } from '../inspector/schema';
import { isAbort, Problem } from './problem';
import type { SceneDocument } from './scene';
import type { paths } from './schema';
import type { AssetKind, Box, Marks, Project, RenderOrder } from './types';

const server = createClient<paths>({ fetch: (request) => fetch(request) });

let signedOut: () => void = () => undefined;

/** Call back when the server no longer knows who asks. */
export function onSignedOut(run: () => void): void {
  signedOut = run;
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Return what was answered, or throw the problem. */
async function told<T>(asked: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await asked;
  } catch (error) {
    throw isAbort(error) ? error : new Problem({ type: '/problems/offline' });
  }
  const { data, error, response } = answer;
  if (response.ok) return data as T;
  if (response.status === 401) signedOut();
  const body = error !== null && typeof error === 'object' ? error : { title: response.statusText };
  throw new Problem({ ...body, status: response.status });
}

/** The same, of a project: its document is known better than the server's own words tell. */
const toldProject = (asked: Promise<Answer<unknown>>): Promise<Project> => told(asked) as Promise<Project>;

/** Headers that make a repeated create harmless. */
const once = () => ({ header: { 'Idempotency-Key': randomKey() } });

/** `randomUUID` is missing where a page comes without a certificate from another computer. */
const randomKey = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-');

/** Leave away what was not asked for. */
function filled<T extends object>(query: T): T {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== '' && value !== undefined)) as T;
}

type Paging = { cursor?: string; limit?: number };
const inPath = <N extends string>(name: N, id: string) => ({ [name]: id }) as Record<N, string>;
const project = (id: string) => ({ path: inPath('project_id', id) });
const asset = (id: string) => ({ path: inPath('asset_id', id) });
const render = (id: string) => ({ params: { path: inPath('render_id', id) } });

export const session = {
  get: () => told(server.GET('/api/v1/session')),
  open: (body: { token: string } | { name: string; password: string }) =>
    told(server.POST('/api/v1/session', { body })),
  close: () => told(server.DELETE('/api/v1/session')),
  consent: (statement: string, language: string) =>
    told(server.PUT('/api/v1/consent', { body: { statement, language } })),
};

export const projects = {
  list: (query: Paging & { search?: string } = {}) =>
    told(server.GET('/api/v1/projects', { params: { query: filled(query) } })),
  get: (id: string) => toldProject(server.GET('/api/v1/projects/{project_id}', { params: project(id) })),
  create: (body: { name?: string; document?: SceneDocument } = {}) =>
    toldProject(server.POST('/api/v1/projects', { params: once(), body })),
  rename: (id: string, name: string) =>
    toldProject(server.PATCH('/api/v1/projects/{project_id}', { params: project(id), body: { name } })),
  remove: (id: string) => told(server.DELETE('/api/v1/projects/{project_id}', { params: project(id) })),
  duplicate: (id: string) =>
    toldProject(server.POST('/api/v1/projects/{project_id}/duplicate', { params: { ...project(id), ...once() } })),
  save: (id: string, document: SceneDocument, revision: number) =>
    toldProject(
      server.PUT('/api/v1/projects/{project_id}/document', {
        params: { ...project(id), header: { 'if-match': `"${revision}"` } },
        body: document,
      }),
    ),
  still: (id: string, time_s: number, width: number, signal: AbortSignal) =>
    told(
      server.GET('/api/v1/projects/{project_id}/still', {
        params: { ...project(id), query: { time_s: Math.round(time_s * 1000) / 1000, width } },
        signal,
      }),
    ),
  timeline: (id: string, signal: AbortSignal) =>
    told(server.GET('/api/v1/projects/{project_id}/timeline', { params: project(id), signal })),
  preview: (id: string) =>
    told(server.POST('/api/v1/projects/{project_id}/previews', { params: { ...project(id), ...once() } })),
};

export const assets = {
  list: (query: Paging & { kind?: AssetKind } = {}) =>
    told(server.GET('/api/v1/assets', { params: { query: filled(query) } })),
  get: (id: string, wait_s = 0) =>
    told(server.GET('/api/v1/assets/{asset_id}', { params: { ...asset(id), query: { wait_s } } })),
  remove: (id: string) => told(server.DELETE('/api/v1/assets/{asset_id}', { params: asset(id) })),
  edit: (id: string, turn_deg: number, crop: Box) =>
    told(
      server.POST('/api/v1/assets/{asset_id}/edits', { params: { ...asset(id), ...once() }, body: { turn_deg, crop } }),
    ),
  marks: (id: string) =>
    told(server.GET('/api/v1/assets/{asset_id}/marks', { params: asset(id) })) as Promise<unknown> as Promise<Marks>,
  mark: (id: string, marks: Marks) =>
    told(server.PUT('/api/v1/assets/{asset_id}/marks', { params: asset(id), body: marks as never })),
  unmark: (id: string) => told(server.DELETE('/api/v1/assets/{asset_id}/marks', { params: asset(id) })),
};

export const catalogue = {
  voices: (query: Paging & { search?: string; language?: string; gender?: string } = {}) =>
    told(server.GET('/api/v1/voices', { params: { query: filled(query) } })),
  languages: () => told(server.GET('/api/v1/languages')),
  avatars: ({ search = '', ...query }: Paging & { search?: string; tag?: string[] } = {}) =>
    told(server.GET('/api/v1/avatars', { params: { query: filled({ ...query, search: inEnglish(search) }) } })),
  samples: () => told(server.GET('/api/v1/samples')),
  templates: ({ search = '', ...query }: Paging & { category?: string; format?: string; search?: string } = {}) =>
    told(
      server.GET('/api/v1/templates', { params: { query: filled({ ...query, search: inEnglish(search) }) as object } }),
    ),
  fillTemplate: (name: string, format: string, values: Record<string, unknown>) =>
    told(
      server.POST('/api/v1/templates/{name}/documents', {
        params: { path: { name } },
        body: { format, values } as never,
      }),
    ) as Promise<unknown> as Promise<{ document: SceneDocument }>,
  music: () => told(server.GET('/api/v1/music')),
  effects: () => told(server.GET('/api/v1/effects')),
  fonts: () => told(server.GET('/api/v1/fonts')),
  choices: () => told(server.GET('/api/v1/choices')),
  schema: () => told(server.GET('/api/v1/schema')) as Promise<unknown> as Promise<Schema>,
};

export const previews = {
  get: (id: string) =>
    told(server.GET('/api/v1/previews/{preview_id}', { params: { path: inPath('preview_id', id) } })),
};

export const renders = {
  get: (id: string) => told(server.GET('/api/v1/renders/{render_id}', render(id))),
  list: (query: Paging & { project_id?: string } = {}) =>
    told(server.GET('/api/v1/renders', { params: { query: filled(query) } })),
  create: (order: RenderOrder) =>
    told(server.POST('/api/v1/renders', { params: once(), body: { format: 'mp4', ...order } as never })),
  cancel: (id: string) => told(server.POST('/api/v1/renders/{render_id}/cancel', render(id))),
  retry: (id: string) => told(server.POST('/api/v1/renders/{render_id}/retry', render(id))),
  rename: (id: string, name: string) =>
    told(server.PATCH('/api/v1/renders/{render_id}', { ...render(id), body: { name } })),
  remove: (id: string) => told(server.DELETE('/api/v1/renders/{render_id}', render(id))),
  share: (id: string) => told(server.POST('/api/v1/renders/{render_id}/share', render(id))),
  unshare: (id: string) => told(server.DELETE('/api/v1/renders/{render_id}/share', render(id))),
};
