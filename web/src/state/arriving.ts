/** When what opens a scene has come in: a scene is shown as it is then, not empty as it begins. */

import type { Overlay, SceneDocument } from '../api/scene';

/** What comes later than this belongs to what is told, not to how the scene looks; soon after, many blink. */
const OPENING_S = 1.3;
/** How long things take to come where the document does not say: none takes longer. */
const USUAL_S = 0.5;
/** A frame, so that nothing is on its way any more. */
const FRAME_S = 0.05;

/** Return how long after a scene's start that is; no later than its middle, where its length is known. */
export function arrival_s(document: SceneDocument, index: number, length_s = Infinity): number {
  const scene = document.scenes[index];
  const things = [...(scene?.overlays ?? []), ...(index === 0 ? (document.overlays ?? []) : [])];
  const arrivals = things.map(comesBy_s).filter((time_s) => time_s <= OPENING_S);
  const way = scene?.transition as { duration_s?: number } | undefined;
  if (index > 0) arrivals.push(way?.duration_s ?? 0);
  const latest_s = Math.max(0, ...arrivals);
  return latest_s ? Math.min(latest_s + FRAME_S, (scene?.duration_s ?? length_s) / 2) : 0;
}

function comesBy_s({ kind, start = 0, enter }: Overlay): number {
  const start_s = Number(start);
  const { kind: motion, duration_s = USUAL_S } = (enter ?? {}) as { kind?: string; duration_s?: number };
  if (Number.isNaN(start_s)) return Infinity;
  return start_s + (motion === 'none' || (kind === 'progress' && !enter) ? 0 : duration_s);
}
