import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SceneDocument } from '../../src/api/scene';
import { ProjectState } from '../../src/state/project.svelte';
import { aProject, Refusal, serve, type Call } from '../fakes';

const SAVE = 'PUT /projects/p/document';
const saved = (revision: number) => (call: Call) => aProject({ revision, document: call.body as SceneDocument });
const setScript = (script: string) => (draft: SceneDocument) => {
  draft.scenes[0]!.script = script;
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function opened(): ProjectState {
  const project = new ProjectState();
  project.show(aProject());
  return project;
}

describe('saving', () => {
  it('waits until the typing pauses, and names the revision that it knows', async () => {
    const calls = serve({ [SAVE]: saved(2) });
    const project = opened();
    project.edit('script', setScript('Hi'));
    project.edit('script', setScript('Hi there'));
    await vi.advanceTimersByTimeAsync(299);
    expect(calls).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(calls).toHaveLength(1);
    expect(calls[0]?.headers['if-match']).toBe('"1"');
    expect((calls[0]?.body as SceneDocument).scenes[0]?.script).toBe('Hi there');
    expect([project.saving, project.revision]).toEqual(['saved', 2]);
  });

  it('saves again what was changed meanwhile', async () => {
    let answer: (value: unknown) => void = () => undefined;
    let revision = 1;
    const calls = serve({
      [SAVE]: (call) => new Promise((resolve) => (answer = () => resolve(saved(++revision)(call)))),
    });
    const project = opened();
    project.edit('script', setScript('One'));
    await vi.advanceTimersByTimeAsync(300);
    project.edit('script', setScript('Two'));
    answer(null);
    await vi.advanceTimersByTimeAsync(300);
    answer(null);
    await vi.advanceTimersByTimeAsync(0);
    expect(calls.map((call) => (call.body as SceneDocument).scenes[0]?.script)).toEqual(['One', 'Two']);
    expect(calls[1]?.headers['if-match']).toBe('"2"');
    expect(project.document.scenes[0]?.script).toBe('Two');
    expect(project.saving).toBe('saved');
  });

  it('tries again by itself after the server was away', async () => {
    let away = true;
    serve({ [SAVE]: (call) => (away ? new Refusal(503, { title: 'Busy' }) : saved(2)(call)) });
    const project = opened();
    project.edit('script', setScript('Hi'));
    await vi.advanceTimersByTimeAsync(300);
    expect(project.saving).toBe('failed');
    expect(project.problem?.title).toBe('Busy');
    away = false;
    await vi.advanceTimersByTimeAsync(4000);
    expect([project.saving, project.problem]).toEqual(['saved', null]);
  });
});

describe('a conflict', () => {
  const conflict = new Refusal(409, { type: '/problems/revision-conflict', title: 'Changed elsewhere' });
  const theirs = aProject({ revision: 7, document: { schema: 'scene.1', scenes: [{ script: 'Theirs' }] } });

  async function inConflict(): Promise<{ project: ProjectState; calls: Call[] }> {
    const calls = serve({
      [SAVE]: (call) => (call.headers['if-match'] === '"7"' ? saved(8)(call) : conflict),
      'GET /projects/p': () => theirs,
    });
    const project = opened();
    project.edit('script', setScript('Mine'));
    await vi.advanceTimersByTimeAsync(300);
    expect(project.saving).toBe('conflict');
    return { project, calls };
  }

  it('can keep ours', async () => {
    const { project } = await inConflict();
    await project.resolve('ours');
    expect([project.document.scenes[0]?.script, project.revision, project.saving]).toEqual(['Mine', 8, 'saved']);
  });

  it('can take theirs, and undo that', async () => {
    const { project } = await inConflict();
    await project.resolve('theirs');
    expect(project.document.scenes[0]?.script).toBe('Theirs');
    project.undo();
    expect(project.document.scenes[0]?.script).toBe('Mine');
  });
});

it('undoes and redoes, and saves both', async () => {
  let revision = 1;
  const calls = serve({ [SAVE]: (call) => saved(++revision)(call) });
  const project = opened();
  project.edit('voice.edit', setScript('Hi'));
  expect([project.undoable, project.redoable]).toEqual(['voice.edit', null]);
  project.undo();
  expect(project.document.scenes[0]?.script).toBe('Hello!');
  project.redo();
  await vi.advanceTimersByTimeAsync(300);
  expect((calls.at(-1)?.body as SceneDocument).scenes[0]?.script).toBe('Hi');
});

it('does not count an edit that changes nothing', () => {
  const project = opened();
  project.edit('script', setScript('Hello!'));
  expect([project.undoable, project.saving]).toEqual([null, 'saved']);
});

it('finds the faults of a place and of what lies below it', () => {
  const project = new ProjectState();
  const fault = (path: string) => ({ path, message: 'm', remedy: 'r' });
  project.show(aProject({ faults: [fault('scenes[0].overlays[1].colour'), fault('scenes[0].overlays[10]')] }));
  expect(project.faultsAt('scenes[0].overlays[1]')).toHaveLength(1);
  expect(project.faultsAt('scenes[0]')).toHaveLength(2);
  expect(project.faultsAt('scenes[1]')).toHaveLength(0);
});

it('shows what another window has saved, but never over unsaved work', async () => {
  serve({
    'GET /projects/p': () =>
      aProject({ revision: 2, document: { schema: 'scene.1', scenes: [{ script: 'Elsewhere' }] } }),
  });
  const project = opened();
  project.heard(aProject({ revision: 2 }));
  await vi.advanceTimersByTimeAsync(0);
  expect(project.document.scenes[0]?.script).toBe('Elsewhere');
  project.edit('script', setScript('Mine'));
  project.heard(aProject({ revision: 3 }));
  expect([project.document.scenes[0]?.script, project.saving]).toEqual(['Mine', 'conflict']);
});
