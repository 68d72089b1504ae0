/** Where the tour stops: what is pointed at, and what is said about it. */

import type { Key } from '../i18n/index.svelte';
import type { StepName } from '../state/selection.svelte';

export interface Stop {
  /** Selector of what is pointed at; empty: the middle of the page. */
  at: string;
  step?: StepName;
  title: Key;
  text: Key;
}

export const STOPS: readonly Stop[] = [
  { at: '', title: 'help.welcomeTitle', text: 'help.welcomeText' },
  { at: '[data-tour=stage]', title: 'help.stageTitle', text: 'help.stageText' },
  { at: '[data-tour=picture]', step: 'picture', title: 'help.pictureTitle', text: 'help.pictureText' },
  { at: '[data-tour=voice]', step: 'voice', title: 'help.voiceTitle', text: 'help.voiceText' },
  { at: '[data-tour=player]', title: 'help.playerTitle', text: 'help.playerText' },
  { at: '[data-tour=look]', step: 'look', title: 'help.lookTitle', text: 'help.lookText' },
  { at: '[data-tour=video]', step: 'video', title: 'help.videoTitle', text: 'help.videoText' },
  { at: '[data-tour=projects]', step: 'picture', title: 'help.projectsTitle', text: 'help.projectsText' },
];
