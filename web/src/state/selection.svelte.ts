/** What the person works at: a step, a scene, and a thing on the stage or words of the timeline. */

export const STEPS = ['picture', 'voice', 'look', 'video'] as const;
export type StepName = (typeof STEPS)[number];

export type Selected =
  | { kind: 'thing'; path: string }
  | { kind: 'words'; scene: number; from: number; to: number }
  | { kind: 'scene'; scene: number };

export class SelectionState {
  step = $state<StepName>('picture');
  scene = $state(0);
  /** Which of the scene's avatars the step Picture is about. */
  avatar = $state(0);
  /** What the inspector shows; null: the step's own panel. */
  selected = $state.raw<Selected | null>(null);

  get path(): string | null {
    return this.selected?.kind === 'thing' ? this.selected.path : null;
  }

  go(step: StepName): void {
    this.step = step;
    this.selected = null;
  }

  /** Select a thing of the document by its path, such as `scenes[0].overlays[1]`. */
  choose(path: string): void {
    this.selected = { kind: 'thing', path };
    const scene = /^scenes\[(\d+)\]/.exec(path)?.[1];
    if (scene !== undefined) this.scene = Number(scene);
  }

  chooseWords(scene: number, from: number, to: number): void {
    this.selected = { kind: 'words', scene, from: Math.min(from, to), to: Math.max(from, to) };
    this.scene = scene;
  }

  chooseScene(scene: number): void {
    this.selected = { kind: 'scene', scene };
    this.scene = scene;
  }

  none(): void {
    this.selected = null;
  }

  /** Forget what belongs to another project. */
  clear(): void {
    this.selected = null;
    this.scene = 0;
    this.avatar = 0;
  }
}
