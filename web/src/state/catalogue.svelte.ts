/** What there is to choose from; asked for once, when first needed. */

import * as api from '../api/client';

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null;
  return () => {
    answer ??= ask().catch((error: unknown) => {
      // The next one who needs it asks again.
      answer = null;
      throw error;
    });
    return answer;
  };
}

export class CatalogueState {
  choices = once(() => api.catalogue.choices());
  schema = once(() => api.catalogue.schema());
  languages = once(async () => (await api.catalogue.languages()).items);
  samples = once(async () => (await api.catalogue.samples()).items);
  music = once(async () => (await api.catalogue.music()).items);
  effects = once(async () => (await api.catalogue.effects()).items);
  fonts = once(async () => (await api.catalogue.fonts()).items);
}
