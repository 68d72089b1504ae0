/** What buttons put into a script. */

import type { Key } from '../../i18n/index.svelte';

export interface Mark {
  text: string;
  label: Key;
}

export const PAUSES: readonly Mark[] = [
  { text: '[pause 0.4s]', label: 'voice.pauseShort' },
  { text: '[pause 1s]', label: 'voice.pauseUsual' },
  { text: '[pause 2s]', label: 'voice.pauseLong' },
];

export const GESTURES: readonly Mark[] = [
  { text: '[nod]', label: 'voice.nod' },
  { text: '[shake]', label: 'voice.shake' },
  { text: '[tilt]', label: 'voice.tilt' },
  { text: '[smile]', label: 'voice.smile' },
  { text: '[laugh] [pause 1.5s]', label: 'voice.laugh' },
  { text: '[frown]', label: 'voice.frown' },
  { text: '[raise brows]', label: 'voice.raiseBrows' },
  { text: '[wink]', label: 'voice.wink' },
  { text: '[look left]', label: 'voice.lookLeft' },
  { text: '[look right]', label: 'voice.lookRight' },
  { text: '[look up]', label: 'voice.lookUp' },
  { text: '[look down]', label: 'voice.lookDown' },
];

const MOOD_NAMES = ['neutral', 'happy', 'sad', 'angry', 'surprised', 'calm', 'excited'] as const;

export const MOODS: readonly (Mark & { name: string })[] = MOOD_NAMES.map((name) => ({
  name,
  text: `[${name}]`,
  label: `voice.${name}` as const,
}));

export const EFFECTS = ['robot', 'chipmunk', 'deep', 'telephone', 'hall'] as const;
