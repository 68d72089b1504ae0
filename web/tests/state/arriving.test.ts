import { describe, expect, it } from 'vitest';
import type { Scene } from '../../src/api/scene';
import { arrival_s } from '../../src/state/arriving';

const after = (...scenes: Scene[]) => arrival_s({ schema: 'scene.1', scenes }, scenes.length - 1);
const text = (fields: object) => ({ kind: 'text', ...fields });

describe('arrival', () => {
  it('is the start of a scene in which nothing comes in', () => {
    expect(after({ avatars: [{ picture: 'avatar:anna' }] })).toBe(0);
    expect(after({ overlays: [text({ enter: { kind: 'none' } }), { kind: 'progress' }] })).toBe(0);
  });

  it('waits for the last of what opens it, not for what comes when it is spoken of', () => {
    const opening = text({ start: '0.2', enter: { kind: 'rise', duration_s: 0.6 } });
    expect(after({ overlays: [opening, text({})] })).toBeCloseTo(0.85);
    expect(after({ overlays: [opening, text({ start: 4 }), text({ start: 'word:price' })] })).toBeCloseTo(0.85);
  });

  it('waits for the scene before to go', () => {
    expect(after({}, { transition: { kind: 'slide', duration_s: 1 } })).toBeCloseTo(1.05);
    expect(after({ transition: { kind: 'slide', duration_s: 1 } })).toBe(0);
  });

  it('does not pass the middle of a short scene', () => {
    expect(after({ duration_s: 0.8, overlays: [text({})] })).toBe(0.4);
  });
});
