import { expect, it } from 'vitest';
import { Milestones } from '../../src/ui/milestones';

const running = (progress: number) => ({ id: 'r', state: 'running' as const, progress });

it('tells each quarter of a long video once, and its end', () => {
  const milestones = new Milestones();
  const passed = [0, 0.2, 0.26, 0.3, 0.49, 0.55, 0.9].map((share, index) =>
    milestones.pass(running(share), index * 20_000),
  );
  expect(passed).toEqual([null, null, 'part', null, null, 'part', 'part']);
  expect(milestones.pass({ id: 'r', state: 'done', progress: 1 }, 200_000)).toBe('done');
  expect(milestones.pass({ id: 'r', state: 'done', progress: 1 }, 200_001)).toBe(null);
});

it('tells of a short video only that it is there', () => {
  const milestones = new Milestones();
  const passed = [0, 0.3, 0.6, 0.9].map((share, index) => milestones.pass(running(share), index * 1000));
  expect(passed).toEqual([null, null, null, null]);
  expect(milestones.pass({ id: 'r', state: 'done', progress: 1 }, 5000)).toBe('done');
});

it('tells nothing of videos that were there before', () => {
  expect(new Milestones().pass({ id: 'r', state: 'done', progress: 1 }, 0)).toBe(null);
});
