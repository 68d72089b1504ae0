import { describe, expect, it } from 'vitest';
import {
  cornerOf,
  largestCrop,
  movedCrop,
  resizedCrop,
  soundCrop,
  turnedCrop,
  turnedSize,
} from '../../../src/steps/picture/crop';

const whole = { x: 0, y: 0, width: 1, height: 1 };
const middle = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };

it('turns a picture into as much room as it takes', () => {
  expect(turnedSize([400, 300], 90).map(Math.round)).toEqual([300, 400]);
  expect(turnedSize([400, 300], -180).map(Math.round)).toEqual([400, 300]);
  const [width, height] = turnedSize([400, 300], 30);
  expect([Math.round(width), Math.round(height)]).toEqual([496, 460]);
});

describe('the largest crop', () => {
  it('is everything where nothing is turned', () => {
    for (const turn_deg of [0, 90, -90, -180]) {
      const crop = largestCrop([400, 300], turn_deg, null);
      expect(crop.width).toBeCloseTo(1);
      expect(crop.height).toBeCloseTo(1);
    }
  });

  it.each([5, -12, 30, 95])('stays within the edges of a picture turned by %d°', (turn_deg) => {
    const size = [400, 300] as const;
    const turned = turnedSize(size, turn_deg);
    const crop = largestCrop(size, turn_deg, 1);
    expect((crop.width * turned[0]) / (crop.height * turned[1])).toBeCloseTo(1);
    const angle = (turn_deg * Math.PI) / 180;
    let touching = 0;
    for (const corner of [0, 1, 2, 3]) {
      const [x, y] = cornerOf(crop, corner).map((share, k) => (share - 0.5) * turned[k]!) as [number, number];
      // Turned back, into the picture's own axes.
      const own = [x * Math.cos(angle) + y * Math.sin(angle), y * Math.cos(angle) - x * Math.sin(angle)] as const;
      expect(Math.abs(own[0])).toBeLessThanOrEqual(size[0] / 2 + 1e-6);
      expect(Math.abs(own[1])).toBeLessThanOrEqual(size[1] / 2 + 1e-6);
      if (Math.abs(own[0]) > size[0] / 2 - 1e-6 || Math.abs(own[1]) > size[1] / 2 - 1e-6) touching++;
    }
    expect(touching).toBeGreaterThan(0);
  });
});

describe('turning what was cropped', () => {
  const size = [400, 300] as const;
  const face = { crop: { x: 0.3, y: 0.4, width: 0.2, height: 0.3 }, turn_deg: 0 };

  it('keeps its size and its middle', () => {
    const turned = turnedSize(size, 10);
    const made = turnedCrop(size, face, 10, null);
    expect(made.width * turned[0]).toBeCloseTo(80);
    expect(made.height * turned[1]).toBeCloseTo(90);
    const back = turnedCrop(size, { crop: made, turn_deg: 10 }, 0, null);
    for (const [key, value] of Object.entries(face.crop)) expect(back[key as keyof typeof back]).toBeCloseTo(value);
  });

  it('shows nothing beyond the edges, and keeps the shape', () => {
    const corner = { crop: { x: 0, y: 0, width: 0.5, height: 0.5 }, turn_deg: 0 };
    const turned = turnedSize(size, 20);
    const made = turnedCrop(size, corner, 20, 4 / 3);
    expect((made.width * turned[0]) / (made.height * turned[1])).toBeCloseTo(4 / 3);
    const angle = (20 * Math.PI) / 180;
    for (const at of [0, 1, 2, 3]) {
      const [x, y] = cornerOf(made, at).map((share, k) => (share - 0.5) * turned[k]!) as [number, number];
      expect(Math.abs(x * Math.cos(angle) + y * Math.sin(angle))).toBeLessThanOrEqual(size[0] / 2 + 1e-6);
      expect(Math.abs(y * Math.cos(angle) - x * Math.sin(angle))).toBeLessThanOrEqual(size[1] / 2 + 1e-6);
    }
  });

  it('lies down with the picture', () => {
    const made = turnedCrop(size, face, 90, null);
    expect(made.x).toBeCloseTo(1 - 0.4 - 0.3);
    expect(made.y).toBeCloseTo(0.3);
    expect([made.width, made.height].map((share) => share.toFixed(3))).toEqual(['0.300', '0.200']);
  });
});

describe('dragging', () => {
  it('moves the crop up to the edges', () => {
    expect(movedCrop(middle, 0.9, -0.9)).toEqual({ x: 0.5, y: 0, width: 0.5, height: 0.5 });
  });

  it('moves one corner while the opposite one stays', () => {
    for (const corner of [0, 1, 2, 3]) {
      const opposite = (corner + 2) % 4;
      const made = resizedCrop(middle, corner, ...cornerOf({ x: 0.1, y: 0.2, width: 0.8, height: 0.7 }, corner), null);
      expect(cornerOf(made, opposite)).toEqual(cornerOf(middle, opposite));
      expect(made.width).toBeGreaterThan(middle.width);
    }
  });

  it('keeps the shape, and stays within the picture', () => {
    const made = resizedCrop(middle, 2, 3, 0.6, 0.5);
    expect(made.width / made.height).toBeCloseTo(0.5);
    expect(made.x + made.width).toBeLessThanOrEqual(1);
    expect(made.y + made.height).toBeLessThanOrEqual(1 + 1e-9);
  });

  it('leaves something of the picture', () => {
    const made = resizedCrop(middle, 0, 0.99, 0.99, null);
    expect(Math.min(made.width, made.height)).toBeGreaterThan(0.04);
  });
});

it('sends shares that the server takes, whatever was rounded', () => {
  const sound = soundCrop({ x: -1e-17, y: 0.3, width: 1 + 1e-15, height: 0.7000000001 });
  expect([sound.x, sound.width]).toEqual([0, 1]);
  expect(sound.y + sound.height).toBeLessThanOrEqual(1);
  expect(soundCrop(whole)).toEqual(whole);
});
