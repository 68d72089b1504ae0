/** The project that is open: its document, edits that can be undone, and how it is saved. */

import * as api from '../api/client';
import { asProblem, type Problem } from '../api/problem';
import type { SceneDocument } from '../api/scene';
import type { Fault, Project, ProjectSummary } from '../api/types';
import { Edits } from './edits';

export type Saving = 'saved' | 'waiting' | 'saving' | 'failed' | 'conflict';

const SAVE_AFTER_MS = 300;
const RETRY_AFTER_MS = 4000;

export class ProjectState {
  id = $state<string | null>(null);
  name = $state('');
  document = $state.raw<SceneDocument>({ schema: 'scene.1', scenes: [{}] });
  revision = $state(0);
  /** How it looked when it was drawn last, if ever. */
  thumbnail_url = $state<string | null>(null);
  faults = $state.raw<Fault[]>([]);
  saving = $state<Saving>('saved');
  problem = $state.raw<Problem | null>(null);
  undoable = $state<string | null>(null);
  redoable = $state<string | null>(null);

  #edits = new Edits<SceneDocument>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #onSaved: ((project: Project) => void)[] = [];
  #running: Promise<void> | null = null;

  get open(): boolean {
    return this.id !== null;
  }

  /** Show a project that the server gave. */
  show(project: Project): void {
    if (project.id !== this.id) this.#edits.clear();
    clearTimeout(this.#timer);
    this.id = project.id;
    this.document = project.document;
    this.problem = null;
    this.saving = 'saved';
    this.#take(project);
    this.#told();
  }

  /** Leave a project that was deleted; what is not saved of it goes with it. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#edits.clear();
    this.id = null;
    this.problem = null;
    this.saving = 'saved';
  }

  async load(id: string): Promise<void> {
    await this.settle();
    this.show(await api.projects.get(id));
  }

  /**
   * Change the document: `change` gets a copy to alter. The label names the step to undo (quick edits of one label
   * become one step).
   */
  edit(label: string, change: (draft: SceneDocument) => void): void {
    const draft = structuredClone(this.document);
    change(draft);
    if (JSON.stringify(draft) === JSON.stringify(this.document)) return;
    this.#edits.record(label, this.document);
    this.#put(draft);
  }

  undo(): void {
    const step = this.#edits.undo(this.document);
    if (step) this.#put(step.document);
  }

  redo(): void {
    const step = this.#edits.redo(this.document);
    if (step) this.#put(step.document);
  }

  /** Return what is wrong at a path and below it. */
  faultsAt(path: string): Fault[] {
    return this.faults.filter(
      (fault) => fault.path === path || (/^[.[]/.test(fault.path.slice(path.length)) && fault.path.startsWith(path)),
    );
  }

  /** Call back whenever the server has a new revision. */
  onSaved(run: (project: Project) => void): void {
    this.#onSaved.push(run);
  }

  async rename(name: string): Promise<void> {
    const before = this.name;
    if (!this.id || !name.trim() || name === before) return;
    this.name = name.trim();
    try {
      this.#take(await api.projects.rename(this.id, this.name), false);
    } catch (error) {
      this.name = before;
      throw error;
    }
  }

  /** Wait until everything is saved; throws what keeps it from being so. */
  async settle(): Promise<void> {
    while (this.saving === 'waiting' || this.saving === 'saving') {
      clearTimeout(this.#timer);
      await (this.#running ?? this.#start());
    }
    if (this.problem && this.saving !== 'saved') throw this.problem;
  }

  /** Try again now. */
  async retry(): Promise<void> {
    this.saving = 'waiting';
    await this.settle();
  }

  /** Somebody else has saved: their document instead of ours (ours can be had back by undo), or ours over theirs. */
  async resolve(keep: 'ours' | 'theirs'): Promise<void> {
    if (!this.id) return;
    const project = await api.projects.get(this.id);
    if (keep === 'ours') {
      this.revision = project.revision;
      await this.retry();
    } else {
      this.#edits.record('shell.conflict', this.document);
      this.show(project);
    }
  }

  /** Another window has saved this project. */
  heard(told: ProjectSummary): void {
    if (told.id !== this.id || told.revision <= this.revision) return;
    if (this.saving === 'saved') void this.#takeTheirs(told.id);
    else if (this.saving !== 'saving') this.saving = 'conflict';
  }

  /** Show what another window has saved, unless something was changed here meanwhile. */
  async #takeTheirs(id: string): Promise<void> {
    const project = await api.projects.get(id).catch(() => null);
    if (!project || this.id !== id || project.revision <= this.revision) return;
    if (this.saving === 'saved') this.show(project);
    else this.saving = 'conflict';
  }

  #put(document: SceneDocument): void {
    this.document = document;
    this.#told();
    if (this.saving === 'conflict') return;
    this.saving = this.saving === 'saving' ? 'saving' : 'waiting';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#start(), SAVE_AFTER_MS);
  }

  #told(): void {
    this.undoable = this.#edits.past.at(-1)?.label ?? null;
    this.redoable = this.#edits.future.at(-1)?.label ?? null;
  }

  #start(): Promise<void> {
    this.#running ??= this.#save().finally(() => (this.#running = null));
    return this.#running;
  }

  async #save(): Promise<void> {
    const { id, document } = this;
    if (!id) return;
    this.saving = 'saving';
    try {
      const project = await api.projects.save(id, document, this.revision);
      if (this.id !== id) return;
      this.problem = null;
      this.#take(project);
      this.saving = this.document === document ? 'saved' : 'waiting';
      if (this.saving === 'waiting') this.#timer = setTimeout(() => void this.#start(), 0);
    } catch (error) {
      this.problem = asProblem(error);
      this.saving = this.problem.kind === 'revision-conflict' ? 'conflict' : 'failed';
      if (this.saving === 'failed') this.#timer = setTimeout(() => void this.#start(), RETRY_AFTER_MS);
    }
  }

  #take(project: Project, changed = true): void {
    this.name = project.name;
    this.revision = project.revision;
    this.thumbnail_url = project.thumbnail_url ?? null;
    this.faults = project.faults;
    if (changed) this.#onSaved.forEach((run) => run(project));
  }
}
