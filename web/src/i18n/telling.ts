/** What the server says went wrong, in the page's language; its own words are English. */

import type { Problem } from '../api/problem';
import type { Fault } from '../api/types';
import { currentLanguage, t, tOr } from './index.svelte';

export interface Told {
  title: string;
  /** What more there is to say, and what to do. */
  lines: string[];
  /** The server's own words, in English; empty where they are told already. */
  said: string;
}

/** Kinds of problem that are told like another one; of the others, each has its own text. */
const LIKE: Readonly<Record<string, string>> = {
  // Faults of a document of which nothing more is known.
  'document-faults': 'document',
  scene: 'document',
  invalid: 'document',
  'invalid-json': 'document',
  input: 'document',
  usage: 'document',
  script: 'in-script',
  transcript: 'in-sound',
  // A file that was on its way.
  silence: 'sending',
  disconnected: 'sending',
  expired: 'sending',
  checksum: 'sending',
  locked: 'sending',
  'wrong-offset': 'sending',
  'too-many-pixels': 'too-large',
  'nothing-to-share': 'not-ready',
  'render-over': 'stopped',
  'render-not-over': 'not-ready',
  superseded: 'stopped',
  'too-many-projects': 'too-many',
  'too-many-renders': 'too-many',
  // Nobody who sits before the page can mend these.
  internal: 'broken',
  'went-wrong': 'broken',
  crashed: 'broken',
  environment: 'broken',
  output: 'broken',
  ending: 'away',
  database: 'away',
  storage: 'away',
};

/** Return a problem as it is told to a person. */
export function tell(problem: Problem): Told {
  if (problem.offline) return { title: t('problem.offlineTitle'), lines: [t('problem.offline')], said: '' };
  if (problem.kind === 'revision-conflict') return { title: t('shell.conflictText'), lines: [], said: '' };
  return say(problem.kind, problem.path, [problem.title, problem.detail, problem.remedy]);
}

/** Return faults of one thing as they are told to a person; `title` where the page has a better one. */
export function tellFaults(faults: readonly Fault[], title = ''): Told {
  const told = say('scene', faults[0]?.path ?? '', wordsOf(faults));
  if (!title) return told;
  return { ...told, title, lines: told.said ? told.lines : [[told.title, ...told.lines].join(' ')] };
}

/** Return faults of one field, beneath which they are told. */
export const tellField = (faults: readonly Fault[], value: unknown): Told =>
  say(value === '' || value === null || value === undefined ? 'nothing' : 'field', '', wordsOf(faults));

const wordsOf = (faults: readonly Fault[]) => faults.flatMap((fault) => [fault.message, fault.remedy]);

function say(kind: string, path: string, words: readonly string[]): Told {
  const [first, ...others] = new Set(words.filter(Boolean));
  if (first && currentLanguage() === 'en') return { title: first, lines: others, said: '' };
  const like = LIKE[kind] ?? kind;
  const name = (like === 'document' && placeOf(path)) || like;
  const remedy = tOr(`problem.remedy_${name}`, '');
  return {
    title: tOr(`problem.title_${name}`, t('problem.title_general')),
    lines: remedy ? [remedy] : [],
    said: [first, ...others].join(' ').trim(),
  };
}

/** Return what a fault of a document is told as by its place, such as `scenes[0].avatars[1].picture`. */
function placeOf(path: string): string | null {
  const part = /^(?:scenes\[\d+\]\.)?([a-z]+)/.exec(path)?.[1] ?? '';
  return tOr(`problem.title_in-${part}`, '') && `in-${part}`;
}
