/** Pictures of kinds that not every browser shows: HEIC, TIFF. */

import type { Attachment } from 'svelte/attachments';
import type { Asset } from '../../api/types';

/** Show a picture itself; or else the small one that the server has made of it, which browsers know. */
export const shown =
  ({ content_url, thumbnail_url }: Asset): Attachment<HTMLImageElement> =>
  (image) => {
    image.onerror = () => {
      image.onerror = null;
      if (thumbnail_url) image.src = thumbnail_url;
    };
    image.src = content_url;
  };
