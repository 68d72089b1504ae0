/** Searching in the page's language: what is found is described in English. */

import type { Language } from '../api/types';
import { currentLanguage, sectionOf, t } from './index.svelte';
import { accentName, languageName } from './naming';

/** From so many letters on, the beginning of a word is enough. */
const ENOUGH = 3;

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Words, each with the English one that it means. */
type Meanings = readonly (readonly [string, string])[];

function translated(search: string, meanings: Meanings): string {
  const words = meanings.map(([word, english]) => [folded(word), english] as const);
  const meant = (typed: string) => {
    const word = folded(typed);
    const begun = word.length >= ENOUGH ? words.find(([known]) => known.startsWith(word)) : undefined;
    return (words.find(([known]) => known === word) ?? begun)?.[1] ?? typed;
  };
  return search.split(/\s+/).map(meant).join(' ');
}

/** Return a search for characters or templates with the words that the page's language has for their tags in English. */
export function inEnglish(search: string): string {
  if (currentLanguage() === 'en') return search;
  const known = Object.entries(sectionOf('word')).flatMap(([english, told]) =>
    String(told)
      .split(', ')
      .map((word) => [word, english] as const),
  );
  return translated(search, known);
}

/** Return a search for voices with languages, places and kinds of voices in English. */
export function voicesInEnglish(search: string, languages: readonly Language[]): string {
  const spoken = languages.flatMap((one) => [
    [languageName(one), one.name] as const,
    [accentName(one), one.accent] as const,
  ]);
  return translated(search, [[t('voice.female'), 'female'], [t('voice.male'), 'male'], ...spoken]);
}
