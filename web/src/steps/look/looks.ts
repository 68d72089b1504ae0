/** Reading and changing how a document looks; pure, so that it can be tested and undone. */

import type { Scene, SceneDocument } from '../../api/scene';
import type { TemplateVariable } from '../../api/types';

type Fields = Record<string, unknown>;

/** Return the background of a scene as an object; null: the avatar's own. */
export function backgroundOf(document: SceneDocument, scene: Scene | undefined): Fields | null {
  const told = scene?.background ?? document.background;
  if (!told) return null;
  if (typeof told !== 'string') return told;
  return told === 'blur' || told === 'transparent' ? { kind: told } : { kind: 'colour', colour: told };
}

/** Change the background of a scene; null goes back to the avatar's own. Whoever fills the canvas is cut out before it. */
export function setBackground(document: SceneDocument, index: number, background: Fields | null): void {
  const scene = document.scenes[index];
  if (!scene) return;
  if (background) scene.background = background;
  else {
    delete scene.background;
    if (document.scenes.length === 1) delete document.background;
  }
}

export interface Piece {
  source: string;
  volume_db: number;
  ducking_db: number;
}

export const MUSIC_DB = -10;
export const DUCKING_DB = 8;

/** Return the first piece of music; null where there is none. */
export function musicOf(document: SceneDocument): Piece | null {
  const told = Array.isArray(document.music) ? document.music[0] : document.music;
  if (!told) return null;
  const piece = (typeof told === 'string' ? { source: told } : told) as Partial<Piece> & { source: string };
  return { volume_db: MUSIC_DB, ducking_db: DUCKING_DB, ...piece };
}

export function setMusic(document: SceneDocument, fields: Partial<Piece> | null): void {
  if (!fields) {
    delete document.music;
    return;
  }
  const all = Array.isArray(document.music) ? document.music : document.music ? [document.music] : [];
  const first = typeof all[0] === 'string' ? { source: all[0] } : (all[0] ?? {});
  document.music = [{ ...first, ...fields }, ...all.slice(1)];
}

export interface Filter {
  kind: string;
  name?: string;
  amount?: number;
}

export function filtersOf(scene: Scene | undefined): Filter[] {
  const told = scene?.filters;
  const all = Array.isArray(told) ? told : told ? [told] : [];
  return all.map((one) => (typeof one === 'string' ? { kind: one } : (one as Filter)));
}

/** Set a filter of a kind in all scenes; amount 0 or null takes it away. */
export function setFilter(document: SceneDocument, kind: string, fields: Omit<Filter, 'kind'> | null): void {
  for (const scene of document.scenes) {
    const others = filtersOf(scene).filter((one) => one.kind !== kind);
    const now = fields && fields.amount !== 0 ? [...others, { kind, ...fields }] : others;
    if (now.length) scene.filters = now;
    else delete scene.filters;
  }
}

export const amountOf = (scene: Scene | undefined, kind: string): number =>
  filtersOf(scene).find((one) => one.kind === kind)?.amount ?? 0;

/** Return what a template's form begins with: whoever is seen now stays, each of them once. */
export function firstValues(document: SceneDocument, variables: TemplateVariable[]): Record<string, string> {
  const seen = new Set(document.scenes.flatMap(({ avatars }) => (avatars ?? []).map((avatar) => avatar.picture)));
  const left = [...seen];
  return Object.fromEntries(
    variables.map((one) => {
      const own = one.kind === 'picture' ? left.shift() : undefined;
      return [one.name, own ?? String(one.default ?? '')];
    }),
  );
}
