/** What a video can be made as, and how the page tells of it. */

import { currentLanguage, t, type Key } from '../../i18n/index.svelte';
import type { RenderOrder } from '../../api/types';

export type Format = NonNullable<RenderOrder['format']>;

export const FORMATS = {
  mp4: 'video.mp4',
  webm: 'video.webm',
  gif: 'video.gif',
  mov: 'video.mov',
  'png-sequence': 'video.png',
} as const satisfies Record<Format, Key>;

/** Those that can be seen through. */
export const TRANSPARENT: readonly Format[] = ['webm', 'mov', 'png-sequence'];

const SIZES: readonly (readonly [number, Key])[] = [
  [360, 'video.smaller'],
  [720, 'video.usual'],
  [1080, 'video.full'],
  [2160, 'video.fourK'],
];

/** Return the sizes to choose from, by their shorter side; the document's own is one of them. */
export function sizes(own: number): { value: number; label: string }[] {
  const known = SIZES.some(([pixels]) => pixels === own) ? SIZES : [...SIZES, [own, 'video.usual'] as const];
  return [...known]
    .sort(([a], [b]) => a - b)
    .map(([value, key]) => ({ value, label: t(key, { pixels: String(value) }) }));
}

export const COMPANIONS = {
  srt: 'video.srt',
  vtt: 'video.vtt',
  transcript: 'video.transcript',
  poster: 'video.poster',
} as const satisfies Record<string, Key>;

/** How places call themselves; names are the same in all languages. */
export const PRESETS: Readonly<Record<string, string>> = {
  youtube: 'YouTube',
  tiktok: 'TikTok',
  reels: 'Instagram Reels',
  linkedin: 'LinkedIn',
  email: 'E-mail',
  web: 'Web',
};

const BESIDE: readonly (readonly [ending: string, Key])[] = [
  ['.transcript.md', 'video.transcript'],
  ['.poster.jpg', 'video.poster'],
  ['.poster.txt', 'video.posterText'],
  ['.credits.txt', 'video.credits'],
];

/** Return what a file beside a video is, such as `Transcript`, or else the kind of file, such as `SRT`. */
export function kindOfFile(name: string): string {
  const key = BESIDE.find(([ending]) => name.endsWith(ending))?.[1];
  return key ? t(key) : name.split('.').at(-1)!.toUpperCase();
}

const MINUTE_S = 60;

/** Return how long something still takes, such as `40 seconds`: roughly, as people tell it. */
export function roughTime(seconds: number): string {
  const long = seconds >= 1.5 * MINUTE_S;
  const value = long
    ? Math.round(seconds / MINUTE_S)
    : Math.max(1, seconds > 10 ? Math.round(seconds / 5) * 5 : Math.round(seconds));
  return new Intl.NumberFormat(currentLanguage(), {
    style: 'unit',
    unit: long ? 'minute' : 'second',
    unitDisplay: 'long',
  }).format(value);
}

export const percent = (share: number): string =>
  new Intl.NumberFormat(currentLanguage(), { style: 'percent', maximumFractionDigits: 0 }).format(share);
