/** A picture comes in, from wherever: it is sent, and takes its place. */

import type { Asset, Sample } from '../../api/types';
import type { Studio } from '../../state/studio.svelte';
import { replacePicture, shapeLike } from './casting';

export const PICTURE_TYPES = 'image/*,.svg,.heic,.heif,.avif,.jxl';

/** Let a picture speak in the scene that is open: `sha256:…` or `avatar:NAME`. */
export function usePicture(studio: Studio, reference: string): void {
  const { scene, avatar } = studio.selection;
  const before = studio.project.document.scenes[scene]?.avatars?.[avatar]?.picture;
  studio.project.edit('picture.replace', (draft) => {
    replacePicture(draft, scene, avatar, reference);
    shapeLike(draft, ratioOf(studio, reference), ratioOf(studio, before));
  });
}

/** Return width over height of a photo; null where it is none, or not known. */
function ratioOf(studio: Studio, reference: string | undefined): number | null {
  const { width, height } = studio.pictures.of(reference) ?? {};
  return width && height ? width / height : null;
}

/** Send a picture and use it. */
export async function takePicture(studio: Studio, file: Blob, name: string): Promise<Asset | null> {
  const asset = await studio.uploads.send(file, name);
  if (!asset?.reference) return null;
  studio.pictures.heard(asset);
  usePicture(studio, asset.reference);
  return asset;
}

/** Use a sample picture: it becomes one of this person's own. */
export async function takeSample(studio: Studio, sample: Sample): Promise<void> {
  if (!sample.content_url) return;
  try {
    const file = await (await fetch(sample.content_url)).blob();
    await takePicture(studio, file, sample.name);
  } catch (error) {
    studio.notices.fail(error);
  }
}
