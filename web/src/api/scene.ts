/** The scene document (`scene.1`), as far as the page edits it; whatever else it holds is kept. */

export interface Avatar {
  picture: string;
  name?: string;
  crop?: string;
  x?: number;
  y?: number;
  size?: number;
  aspect?: number;
  cut_out?: boolean;
  face?: number;
  faces?: Record<string, number | string>;
  listeners?: boolean;
  expression?: string;
  expression_strength?: number;
  style?: string;
  gaze?: string;
  mirror?: boolean;
  [field: string]: unknown;
}

export interface VoiceChoice {
  name?: string;
  language?: string;
  rate?: number;
  pitch?: number;
  pauses?: number;
  effect?: string;
  speakers?: Record<string, string>;
  [field: string]: unknown;
}

export interface Recording {
  file: string;
  transcript?: string;
  language?: string;
  start_s?: number;
  end_s?: number;
  speed?: number;
  pitch?: number;
  enhance?: boolean;
  effect?: string;
  [field: string]: unknown;
}

export interface Overlay {
  kind: string;
  start?: string | number;
  end?: string | number;
  [field: string]: unknown;
}

export interface Scene {
  id?: string;
  avatars?: Avatar[];
  script?: string;
  sound?: Recording | string;
  voice?: VoiceChoice | string;
  duration_s?: number;
  background?: Record<string, unknown> | string;
  overlays?: Overlay[];
  captions?: Record<string, unknown> | string | boolean;
  effects?: unknown;
  filters?: unknown;
  transition?: unknown;
  [field: string]: unknown;
}

export interface Canvas {
  format?: string;
  resolution?: number;
  width?: number;
  height?: number;
  fps?: number | string;
}

export interface SceneDocument {
  schema: 'scene.1';
  title?: string;
  language?: string;
  canvas?: Canvas;
  voice?: VoiceChoice | string;
  captions?: Record<string, unknown> | string | boolean;
  music?: unknown;
  background?: Record<string, unknown> | string;
  overlays?: Overlay[];
  scenes: Scene[];
  [field: string]: unknown;
}

const RATIOS: Record<string, number> = { '16:9': 16 / 9, '9:16': 9 / 16, '1:1': 1, '4:5': 4 / 5 };

/** Return width over height of a document's canvas. */
export function canvasRatio(document: SceneDocument): number {
  const { width, height, format } = document.canvas ?? {};
  if (width && height) return width / height;
  return RATIOS[format ?? '16:9'] ?? 16 / 9;
}

/** Tell whether a document looks as a new project does: its character alone, on a wide canvas. */
export function isExample({ canvas, scenes, overlays, background }: SceneDocument): boolean {
  const [scene] = scenes;
  const [avatar] = scene?.avatars ?? [];
  const bare = !scene?.overlays && !scene?.background && !overlays && !background && !scene?.filters;
  return bare && canvas?.format === '16:9' && avatar?.picture === 'avatar:anna' && !avatar.crop && !avatar.size;
}
