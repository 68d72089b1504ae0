/** The button that does what is to be done when the stage cannot be drawn. */

import type { Problem } from '../api/problem';
import { t } from '../i18n/index.svelte';
import type { Studio } from '../state/studio.svelte';
import type { NoticeAction } from '../state/notices.svelte';
import { leaveTextOut } from '../steps/voice/scenes';

export function remedyOf(studio: Studio, problem: Problem): NoticeAction | null {
  const { project, selection } = studio;
  const [, scene, part] = /^scenes\[(\d+)\]\.(\w+)/.exec(problem.path) ?? [];
  const index = Number(scene);
  if (part === 'sound' && typeof project.document.scenes[index]?.sound === 'object') {
    const run = () => project.edit('voice.recording', (document) => leaveTextOut(document, index));
    return { label: t('voice.leaveTextOut'), run };
  }
  if (part === 'avatars' && selection.step !== 'picture') {
    return { label: t('shell.pictureTitle'), run: () => selection.go('picture') };
  }
  if (problem.path && !problem.passing) return null;
  return { label: t('shell.retry'), run: () => studio.refreshStill() };
}
