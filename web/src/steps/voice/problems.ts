/** What keeps a scene from being spoken, by what caused it, so that it can be told there. */

import type { SceneDocument } from '../../api/scene';
import type { Fault, Timeline } from '../../api/types';
import { plainText, recordingOf } from './scenes';

/** The words, the voice that says them, or the recording. */
export type About = 'script' | 'voice' | 'sound';

export type Trouble =
  /** Nothing is written yet, or nothing that has a sound. */
  | { kind: 'silent'; about: 'script' }
  /** Something in the script cannot be read; the fault tells what. */
  | { kind: 'unread'; about: 'script'; fault: Fault }
  /** The voice is not here, or cannot speak what is written. */
  | { kind: 'voice'; about: 'voice' }
  /** How the voice speaks cannot be. */
  | { kind: 'manner'; about: 'voice'; fault: Fault }
  /** The text is not what is said in the recording. */
  | { kind: 'transcript'; about: 'sound' }
  /** The recording is not here any more, or cannot be used. */
  | { kind: 'recording'; about: 'sound'; fault: Fault };

const HAS_WORDS = /[\p{L}\p{N}]/u;

/**
 * Return what is wrong with the voice of a scene. `faults` are what the server sees in the document, `heard` what it
 * met when it spoke it.
 */
export function troublesOf(
  document: SceneDocument,
  index: number,
  faults: readonly Fault[],
  heard: readonly Fault[],
): Trouble[] {
  const scene = document.scenes[index];
  const here = `scenes[${index}]`;
  const recording = recordingOf(scene);
  if (recording) {
    const about = 'sound';
    const bad = [...faults, ...heard].filter((fault) => isAt(fault, `${here}.sound`));
    const [first] = bad;
    if (!first) return [];
    const misread = recording.transcript && bad.every((fault) => fault.path === `${here}.sound`);
    return [misread ? { kind: 'transcript', about } : { kind: 'recording', about, fault: first }];
  }
  if (!HAS_WORDS.test(plainText(scene?.script ?? ''))) {
    const told = [...faults, ...heard].some((fault) => fault.path === here || isAt(fault, `${here}.script`));
    return told ? [{ kind: 'silent', about: 'script' }] : [];
  }
  const unread = faults.filter((fault) => isAt(fault, `${here}.script`));
  if (unread.length) return unread.map((fault) => ({ kind: 'unread', about: 'script', fault }));
  const manner = faults.filter((fault) => isAt(fault, `${here}.voice`) || isAt(fault, 'voice'));
  if (manner.length) return manner.map((fault) => ({ kind: 'manner', about: 'voice', fault }));
  // The document is well; so it is the voice that could not do it.
  return heard.some((fault) => isAt(fault, `${here}.script`)) ? [{ kind: 'voice', about: 'voice' }] : [];
}

const isAt = ({ path }: Fault, place: string) => path === place || path.startsWith(`${place}.`);

const LISTED = 8;

/** Return words as one text, not too many; each is read in its own direction, whatever the page's is. */
export function listed(words: readonly string[]): string {
  const shown = words.slice(0, LISTED).map((word) => `\u2068${word}\u2069`);
  return [...shown, ...(words.length > LISTED ? ['…'] : [])].join(' ');
}

const SHORT_S = 1;
const QUIET = 0.02;

/** Tell whether a recording is hardly one: too short for a word, or nothing is heard in it. */
export function doubtOf(timeline: Timeline, index: number): 'short' | 'quiet' | null {
  const span = timeline.scenes.find((one) => one.index === index);
  if (!span || !timeline.duration_s) return null;
  if (span.end_s - span.start_s < SHORT_S) return 'short';
  const rate = timeline.peaks.length / timeline.duration_s;
  const peaks = timeline.peaks.slice(Math.floor(span.start_s * rate), Math.ceil(span.end_s * rate));
  return Math.max(0, ...peaks) < QUIET ? 'quiet' : null;
}
