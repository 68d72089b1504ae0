/** Playing a draft: where in time we are, the words and the waveform, and the video once it is made. */

import * as api from '../api/client';
import { asProblem, isAbort, Problem } from '../api/problem';
import type { Preview, Progress, TimedWord, Timeline } from '../api/types';

const ASK_EVERY_MS = 1000;
const EMPTY: Timeline = { duration_s: 0, scenes: [], words: [], peaks: [], left_out: [], sound_url: null };

export class PlayerState {
  time_s = $state(0);
  playing = $state(false);
  timeline = $state.raw<Timeline>(EMPTY);
  /** The words are being spoken, to know their times. */
  listening = $state(false);
  timelineProblem = $state.raw<Problem | null>(null);
  /** The newest draft, of whatever revision. */
  preview = $state.raw<Preview | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** The person pressed play, and the draft is being made. */
  preparing = $state(false);
  /** The revision that is on the stage now. */
  revision = $state(0);

  #video: HTMLVideoElement | null = null;
  /** Where playing begins, while a later moment is shown; null: where we are. */
  #from_s: number | null = null;
  #timelineAsked: AbortController | null = null;

  get duration_s(): number {
    return this.timeline.duration_s || this.preview?.duration_s || 0;
  }

  /** The draft shows what the document says now. */
  get fresh(): boolean {
    return this.preview?.state === 'done' && this.preview.revision === this.revision;
  }

  get videoUrl(): string | null {
    return this.fresh ? (this.preview?.url ?? null) : null;
  }

  get word(): TimedWord | null {
    const time = this.time_s;
    return this.timeline.words.find((word) => word.start_s <= time && time < word.end_s) ?? null;
  }

  /** Take the element that plays; null when it goes. */
  attach(video: HTMLVideoElement | null): void {
    this.#video = video;
    if (!video) this.playing = false;
  }

  /** Forget what belongs to another project. */
  clear(): void {
    this.pause();
    this.time_s = 0;
    this.timeline = EMPTY;
    this.preview = null;
    this.problem = null;
    this.preparing = false;
  }

  /** The document has changed: what plays is no longer what is shown. */
  changed(projectId: string, revision: number): void {
    if (revision !== this.revision) this.pause();
    this.revision = revision;
    this.preparing = false;
    void this.#askTimeline(projectId);
  }

  async toggle(projectId: string): Promise<void> {
    if (this.playing) this.pause();
    else await this.play(projectId);
  }

  async play(projectId: string): Promise<void> {
    this.problem = null;
    if (this.fresh && this.#video) {
      if (this.#begin_s !== this.time_s) this.seek(this.#begin_s);
      await this.#video.play().catch(() => undefined);
      return;
    }
    if (this.preparing) {
      this.preparing = false;
      return;
    }
    this.preparing = true;
    try {
      this.heard(await api.projects.preview(projectId));
      void this.#follow();
    } catch (error) {
      this.#failed(asProblem(error));
    }
  }

  pause(): void {
    this.#video?.pause();
    this.playing = false;
  }

  /** Show a moment without playing on from there, as a poster does: playing begins at `from_s`. */
  pose(time_s: number, from_s: number): void {
    this.seek(time_s);
    this.#from_s = from_s;
  }

  seek(time_s: number): void {
    this.#from_s = null;
    this.time_s = Math.min(Math.max(time_s, 0), this.duration_s || time_s);
    if (this.#video) this.#video.currentTime = this.time_s;
  }

  /** A draft has come further. */
  heard(preview: Preview): void {
    if (this.preview && this.preview.id > preview.id) return;
    this.preview = preview;
    if (preview.error) this.#failed(new Problem(preview.error));
  }

  heardProgress({ id, progress }: Progress): void {
    if (this.preview?.id === id) this.preview = { ...this.preview, state: 'running', progress };
  }

  /** The video can be played: go on where the person pressed play. */
  ready(): void {
    if (!this.#video) return;
    if (!this.preparing) {
      this.#video.currentTime = this.time_s;
      return;
    }
    this.seek(this.#begin_s);
    this.preparing = false;
    void this.#video.play().catch(() => undefined);
  }

  get #begin_s(): number {
    return this.#from_s ?? (this.time_s >= this.duration_s - 0.05 ? 0 : this.time_s);
  }

  /** Ask how far the draft is now and then: some networks hold back the server's events. */
  async #follow(): Promise<void> {
    while (this.preparing && this.preview && !this.fresh) {
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
      const { id, state } = this.preview ?? {};
      if (!id || !this.preparing || (state !== 'queued' && state !== 'running')) return;
      const now = await api.previews.get(id).catch(() => null);
      if (now && this.preview?.id === id) this.heard(now);
    }
  }

  #failed(problem: Problem): void {
    this.problem = problem;
    this.preparing = false;
  }

  async #askTimeline(projectId: string): Promise<void> {
    this.#timelineAsked?.abort();
    const asked = new AbortController();
    this.#timelineAsked = asked;
    this.listening = true;
    try {
      this.timeline = await this.#timelineOf(projectId, asked.signal);
      this.timelineProblem = null;
      if (this.time_s > this.duration_s) this.seek(this.duration_s);
    } catch (error) {
      if (!isAbort(error)) this.timelineProblem = asProblem(error);
    } finally {
      if (this.#timelineAsked === asked) this.listening = false;
    }
  }

  /** Long scripts take longer to speak than the server lets anybody wait: ask again. */
  async #timelineOf(projectId: string, signal: AbortSignal): Promise<Timeline> {
    for (;;) {
      try {
        return await api.projects.timeline(projectId, signal);
      } catch (error) {
        if (asProblem(error).kind !== 'busy' || signal.aborted) throw error;
      }
    }
  }
}
