/** When something comes and goes: as people choose it, and as documents write it. */

import type { TimedWord } from '../api/types';

/** At the very start or end, at a word, a while after the start or before the end, or a share of the way. */
export type MomentKind = 'first' | 'last' | 'word' | 'time' | 'before' | 'share';

export interface Moment {
  kind: MomentKind;
  /** After the start, before the end, or after the word. */
  seconds: number;
  /** As documents name it, such as `price`, or `price#2` where it is said the second time. */
  word: string;
  /** When the word is over, not when it begins. */
  over: boolean;
}

const SECONDS = /^(\d+(?:\.\d+)?)s?$/;
const END = /^end(?:([+-]\d+(?:\.\d+)?)s?)?$/;
const WORD = /^word:([^#]+?)(\.end)?(#\d+)?(?:([+-]\d+(?:\.\d+)?)s?)?$/;

/** Return what a document tells; a share of the way is kept as it is written. */
export function readMoment(told: unknown): Moment {
  const text = String(told ?? '').trim();
  const moment = { seconds: 0, word: '', over: false };
  const time = SECONDS.exec(text);
  if (time) return { ...moment, kind: Number(time[1]) ? 'time' : 'first', seconds: Number(time[1]) };
  const end = END.exec(text);
  if (end) return { ...moment, kind: Number(end[1] ?? 0) ? 'before' : 'last', seconds: -Number(end[1] ?? 0) };
  const word = WORD.exec(text);
  if (!word) return { ...moment, kind: 'share' };
  return { kind: 'word', seconds: Number(word[4] ?? 0), word: word[1]! + (word[3] ?? ''), over: Boolean(word[2]) };
}

/** Return a moment as documents write it. */
export function writeMoment({ kind, seconds, word, over }: Moment): string | number {
  const signed = (value: number) => (value ? `${value < 0 ? '-' : '+'}${rounded(Math.abs(value))}` : '');
  if (kind === 'last' || kind === 'before') return `end${kind === 'last' ? '' : signed(-seconds)}`;
  if (kind === 'time') return rounded(seconds);
  if (kind !== 'word') return '0';
  const [text, number] = word.split('#');
  return `word:${text}${over ? '.end' : ''}${number ? `#${number}` : ''}${signed(seconds)}`;
}

const rounded = (value: number) => Math.round(value * 100) / 100;

export interface NamedWord {
  /** As documents name it. */
  name: string;
  label: string;
}

/** Return words as documents name them: by themselves, and by number where they are said again. */
export function nameWords(words: readonly TimedWord[]): NamedWord[] {
  const times = new Map<string, number>();
  return words.map(({ text }) => {
    const bare = bareWord(text);
    const number = (times.get(bare) ?? 0) + 1;
    times.set(bare, number);
    const shown = text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
    return number > 1
      ? { name: `${bare}#${number}`, label: `${shown} (${number})` }
      : { name: bare, label: shown || text };
  });
}

/** Return a word as it is compared: letters and digits alone, so that no sign of it is taken for a time after it. */
const bareWord = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');
