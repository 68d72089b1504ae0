/** Who is seen in a scene, and which face of a group photo speaks whose lines. */

import type { Avatar, SceneDocument } from '../../api/scene';

/**
 * Put a picture in an avatar's place, in every scene where that avatar is seen. All else stays as it was, except which
 * face speaks: the numbers were those of the old picture.
 */
export function replacePicture(document: SceneDocument, scene: number, index: number, reference: string): void {
  const old = document.scenes[scene]?.avatars?.[index];
  if (!old) {
    const here = document.scenes[scene];
    if (here) here.avatars = [...(here.avatars ?? []), { picture: reference }];
    return;
  }
  const { picture, name } = old;
  for (const { avatars } of document.scenes) {
    for (const avatar of avatars ?? []) {
      if (avatar.picture !== picture || avatar.name !== name) continue;
      avatar.picture = reference;
      delete avatar.face;
      delete avatar.faces;
    }
  }
}

const SHAPES = { '16:9': 16 / 9, '1:1': 1, '4:5': 4 / 5, '9:16': 9 / 16 };
const USUAL_SHAPE = '16:9';

/** Return the shape of the video that is nearest to a photo's; the usual one for none. */
function shapeOf(ratio: number | null): string {
  if (ratio === null) return USUAL_SHAPE;
  const away = (shape: number) => Math.abs(Math.log(ratio / shape));
  const [near] = Object.entries(SHAPES).sort(([, one], [, other]) => away(one) - away(other));
  return near![0];
}

/**
 * Give the video the shape of a photo, so that no head is cut off: only where nobody has chosen another shape than that
 * of the photo before it, whose ratio `before` is, or put anything else on the stage.
 */
export function shapeLike(document: SceneDocument, ratio: number | null, before: number | null): void {
  const { format = USUAL_SHAPE, width } = document.canvas ?? {};
  const bare = document.scenes.every(
    ({ overlays, avatars }) => !overlays?.length && (avatars ?? []).every(({ crop = 'full' }) => crop === 'full'),
  );
  const shape = shapeOf(ratio);
  if (format !== shapeOf(before) || format === shape || width || !bare || document.overlays?.length) return;
  document.canvas = { ...document.canvas, format: shape };
}

/** Let one face of a group photo speak, or all of it again when it is the one that does. */
export function chooseFace(avatar: Avatar, number: number): void {
  if (avatar.face === number) delete avatar.face;
  else avatar.face = number;
  delete avatar.faces;
}

/** Give a speaker of the dialogue a face; `off` is only heard, null is up to the order of appearance. */
export function castSpeaker(avatar: Avatar, speaker: string, face: number | 'off' | null): void {
  const faces = { ...avatar.faces };
  delete avatar.face;
  if (face === null) delete faces[speaker];
  else faces[speaker] = face;
  if (Object.keys(faces).length) avatar.faces = faces;
  else delete avatar.faces;
}

/** Return who speaks with a face: the names in a dialogue, or an empty one for a single speaker. */
export function voicesOf(avatar: Avatar, number: number): string[] {
  const named = Object.entries(avatar.faces ?? {}).filter(([, face]) => face === number);
  return named.length ? named.map(([name]) => name) : avatar.face === number ? [''] : [];
}
