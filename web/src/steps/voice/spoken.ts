/** What is spoken: by which voice, and in which language. */

import type { Voice } from '../../api/types';
import { accentName, languageName } from '../../i18n/naming';

/** Return what a voice speaks, such as `Englisch, Indien`. */
export function spokenAs({ language, language_name: name, accent }: Voice): string {
  return [languageName({ language, name }), accentName({ language, accent })].filter(Boolean).join(', ');
}

/** By writing: the language that is written so most often. */
const WRITINGS: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Arabic}/gu, 'ar'],
  [/\p{Script=Cyrillic}/gu, 'ru'],
  [/\p{Script=Greek}/gu, 'el'],
  [/\p{Script=Hebrew}/gu, 'he'],
  [/\p{Script=Devanagari}/gu, 'hi'],
  [/\p{Script=Bengali}/gu, 'bn'],
  [/\p{Script=Tamil}/gu, 'ta'],
  [/\p{Script=Telugu}/gu, 'te'],
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Georgian}/gu, 'ka'],
  [/\p{Script=Armenian}/gu, 'hy'],
  [/\p{Script=Hangul}/gu, 'ko'],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'],
  [/\p{Script=Han}/gu, 'zh'],
];

/** Return the language that a text is probably in, as far as its letters tell; null for Latin ones. */
export function languageOf(text: string): string | null {
  const counted = WRITINGS.map(([letters, language]) => ({ language, count: text.match(letters)?.length ?? 0 }));
  const most = counted.reduce((a, b) => (b.count > a.count ? b : a));
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return most.count > latin ? most.language : null;
}
