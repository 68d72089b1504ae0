/** All states of the page, and how they hear of each other. Components get it with `studio()`. */

import { getContext, setContext } from 'svelte';
import * as api from '../api/client';
import type { Project, Render } from '../api/types';
import { currentLanguage, t } from '../i18n/index.svelte';
import { spokenIn } from '../steps/voice/scenes';
import { arrival_s } from './arriving';
import { CatalogueState } from './catalogue.svelte';
import { Events } from './events';
import { recall, remember } from './memory';
import { NoticesState } from './notices.svelte';
import { PicturesState } from './pictures.svelte';
import { PlayerState } from './player.svelte';
import { ProjectState } from './project.svelte';
import { RendersState, isUnderWay } from './renders.svelte';
import { SelectionState } from './selection.svelte';
import { SessionState } from './session.svelte';
import { SettingsState } from './settings.svelte';
import { StillState } from './still.svelte';
import { UploadsState } from './uploads.svelte';

export type View = 'studio' | 'history';
export type Overlay = 'shortcuts' | 'tour' | null;

export class Studio {
  readonly settings = new SettingsState();
  readonly session = new SessionState();
  readonly notices = new NoticesState();
  readonly project = new ProjectState();
  readonly still = new StillState();
  readonly player = new PlayerState();
  readonly selection = new SelectionState();
  readonly renders = new RendersState();
  readonly catalogue = new CatalogueState();
  readonly events = new Events();
  readonly pictures = new PicturesState(this.events);
  readonly uploads = new UploadsState(this.session);

  view = $state<View>('studio');
  overlay = $state<Overlay>(null);
  /** A sound or video that was dropped anywhere; the step Voice takes it. */
  incoming = $state.raw<File | null>(null);

  constructor() {
    this.project.onSaved((project) => {
      this.player.changed(project.id, project.revision);
      this.refreshStill();
    });
    this.#listen();
  }

  /** Open what was open last, else the newest, else the example. */
  async start(): Promise<void> {
    if (this.session.standing !== 'in') return;
    this.events.open();
    // Signed in again: what was not saved meanwhile is still here.
    if (this.project.open) return this.project.retry();
    void this.renders.load().catch(() => undefined);
    const last = recall('project');
    const found = last ? await api.projects.get(last).catch(() => null) : null;
    if (found) this.#show(found);
    else await this.openNewest();
    this.#offerTour();
  }

  async openNewest(): Promise<void> {
    const newest = (await api.projects.list({ limit: 1 })).items[0];
    if (newest) await this.openProject(newest.id);
    else await this.newProject();
  }

  async openProject(id: string): Promise<void> {
    await this.project.settle();
    this.#show(await api.projects.get(id));
  }

  async newProject(): Promise<void> {
    await this.project.settle();
    this.#show(await this.#example());
    this.selection.go('picture');
  }

  /** The example speaks the page's language. */
  async #example(): Promise<Project> {
    const made = await api.projects.create();
    const language = currentLanguage();
    if (language === 'en') return made;
    await api.projects.rename(made.id, t('shell.newVideo'));
    return api.projects.save(made.id, spokenIn(made.document, language, t('voice.example')), made.revision);
  }

  /** A project was deleted: if it was open, another one is. */
  async removed(id: string): Promise<void> {
    this.renders.list = this.renders.list.filter((render) => render.project_id !== id);
    if (id !== this.project.id) return;
    const { view } = this;
    this.project.forget();
    await this.openNewest();
    this.view = view;
  }

  refreshStill(): void {
    if (this.project.id) void this.still.ask(this.project.id, this.player.time_s);
  }

  /** Go to a moment; a still shows it where no fresh draft can. */
  seek(time_s: number): void {
    this.player.seek(time_s);
    const scene = this.player.timeline.scenes.find((one) => one.start_s <= time_s && time_s < one.end_s);
    if (scene) this.selection.scene = scene.index;
    if (!this.player.fresh) this.refreshStill();
  }

  /** Show a scene as it is once everything has come in; playing begins at its start. */
  showScene(index: number): void {
    this.selection.scene = index;
    const span = this.player.timeline.scenes[index];
    if (!span && index > 0) return;
    const { start_s, end_s } = span ?? { start_s: 0, end_s: Infinity };
    // Before its very start the scene before is seen.
    const from_s = index > 0 ? start_s + 0.01 : 0;
    this.player.pose(Math.max(from_s, start_s + arrival_s(this.project.document, index, end_s - start_s)), from_s);
    if (!this.player.fresh) this.refreshStill();
  }

  async playOrPause(): Promise<void> {
    const { id } = this.project;
    if (!id) return;
    await this.project.settle().catch((error: unknown) => this.notices.fail(error));
    await this.player.toggle(id);
  }

  /** Make a video of what is open, as the step Video says; one that is being made is shown instead. */
  async makeVideo(): Promise<void> {
    const { id } = this.project;
    if (!id) return;
    this.showVideo();
    if (this.renders.of(id).some(isUnderWay)) return;
    try {
      await this.project.settle();
      await this.renders.order({ project_id: id, ...this.renders.options });
    } catch (error) {
      this.notices.fail(error);
    }
  }

  showVideo(): void {
    this.view = 'studio';
    this.selection.go('video');
  }

  #show(project: Parameters<ProjectState['show']>[0]): void {
    if (project.id !== this.project.id) {
      this.player.clear();
      this.selection.clear();
      this.still.clear();
      this.player.pose(arrival_s(project.document, 0), 0);
    }
    remember('project', project.id);
    this.view = 'studio';
    this.project.show(project);
  }

  /** Whoever is here for the first time may want to be shown around; it is asked once. */
  #offerTour(): void {
    if (recall('toured')) return;
    remember('toured', 'offered');
    this.notices.show(t('help.offer'), 'plain', { label: t('help.tour'), run: () => (this.overlay = 'tour') });
  }

  /** Tell whether a video is on the page now. */
  isWatched(render: Render): boolean {
    return this.view === 'studio' && this.selection.step === 'video' && render.project_id === this.project.id;
  }

  /** Tell that a video is finished, unless it is being looked at. */
  #announce(render: Render): void {
    if (render.state !== 'done' && render.state !== 'error') return;
    if (this.isWatched(render)) return;
    const show = () => {
      const open = render.project_id && render.project_id !== this.project.id;
      void (open ? this.openProject(render.project_id!) : Promise.resolve())
        .then(() => this.showVideo())
        .catch((error: unknown) => this.notices.fail(error));
    };
    const done = render.state === 'done';
    const text = t(done ? 'video.finished' : 'video.failed', { name: render.name });
    this.notices.show(text, done ? 'good' : 'bad', { label: t('video.show'), run: show });
  }

  #listen(): void {
    const { events, renders, player, project } = this;
    for (const name of ['queued', 'started', 'done', 'error', 'canceled'] as const) {
      events.on(`render.${name}`, (render) => {
        renders.heard(render);
        this.#announce(render);
      });
      events.on(`preview.${name}`, (preview) => {
        if (preview.project_id === project.id) player.heard(preview);
      });
    }
    events.on('render.progress', (progress) => renders.heardProgress(progress));
    events.on('preview.progress', (progress) => player.heardProgress(progress));
    events.on('project.updated', (changed) => project.heard(changed));
    events.onReturn(() => {
      void renders.load().catch(() => undefined);
      if (this.still.problem?.passing) this.refreshStill();
      if (player.timelineProblem?.passing && project.id) player.changed(project.id, project.revision);
    });
  }
}

const KEY = Symbol('studio');

export const provideStudio = (made: Studio): Studio => setContext(KEY, made);
export const studio = (): Studio => getContext<Studio>(KEY);
