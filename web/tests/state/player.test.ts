import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Preview } from '../../src/api/types';
import { PlayerState } from '../../src/state/player.svelte';
import { serve } from '../fakes';

const draft = { id: '1', revision: 3, state: 'done', url: '/draft', duration_s: 9 } as Preview;

beforeEach(() => void serve({}));
afterEach(() => void vi.unstubAllGlobals());

/** A player whose draft is ready, and the video that it plays. */
function ready(): [PlayerState, HTMLVideoElement] {
  const player = new PlayerState();
  const video = { currentTime: 0, play: () => Promise.resolve(), pause: () => undefined };
  player.attach(video as unknown as HTMLVideoElement);
  player.revision = 3;
  player.heard(draft);
  return [player, video as unknown as HTMLVideoElement];
}

describe('posing', () => {
  it('shows a later moment, and plays from the start', async () => {
    const [player, video] = ready();
    player.pose(4.6, 4);
    expect([player.time_s, video.currentTime]).toEqual([4.6, 4.6]);
    await player.play('p');
    expect(video.currentTime).toBe(4);
  });

  it('is over as soon as somebody goes elsewhere', async () => {
    const [player, video] = ready();
    player.pose(0.6, 0);
    player.seek(2);
    await player.play('p');
    expect(video.currentTime).toBe(2);
  });

  it('lasts while the draft is made', async () => {
    const [player, video] = ready();
    player.revision = 2;
    player.pose(0.6, 0);
    player.preparing = true;
    player.revision = 3;
    expect(player.time_s).toBe(0.6);
    player.ready();
    expect([player.time_s, video.currentTime]).toEqual([0, 0]);
  });
});
