/** Names of languages and places in the page's language. */

import type { Language } from '../api/types';
import { currentLanguage } from './index.svelte';

type Spoken = Pick<Language, 'language' | 'name' | 'accent'>;

function named(code: string, type: 'language' | 'region', locale: string): string | undefined {
  try {
    const name = new Intl.DisplayNames(locale, { type, fallback: 'none' }).of(code);
    return name && name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
  } catch {
    return undefined;
  }
}

/** Return what a language is called; by its English name where browsers do not know it. */
export function languageName({ language, name }: Pick<Spoken, 'language' | 'name'>): string {
  return named(language.split('-')[0] ?? '', 'language', currentLanguage()) ?? name;
}

/** Return where a language is spoken so; accents that are no country keep their own name. */
export function accentName({ language, accent }: Pick<Spoken, 'language' | 'accent'>): string {
  const region = /^[a-z]{2,3}-([A-Z]{2}|\d{3})$/.exec(language)?.[1];
  return (region && named(region, 'region', currentLanguage())) || accent;
}

/** Return languages by name, each with its accent where there are several. */
export function languageOptions(languages: readonly Language[]): { value: string; label: string }[] {
  const names = languages.map(languageName);
  const several = (name: string) => names.indexOf(name) !== names.lastIndexOf(name);
  return languages
    .map((one, index) => {
      const name = names[index]!;
      return { value: one.language, label: several(name) ? `${name} (${accentName(one)})` : name };
    })
    .sort((a, b) => a.label.localeCompare(b.label, currentLanguage()));
}

/** Return the language of a list that is meant by a tag such as `de`: itself, else the usual one of its kind. */
export function listed(languages: readonly Language[], tag: string): string | undefined {
  const wanted = tag.toLowerCase();
  const same = languages.find((one) => one.language.toLowerCase() === wanted);
  return (same ?? languages.find((one) => one.language.split('-')[0] === wanted.split('-')[0]))?.language;
}
