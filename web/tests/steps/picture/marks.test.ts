import { describe, expect, it } from 'vitest';
import type { MarkedFace } from '../../../src/api/types';
import { Marking } from '../../../src/steps/picture/marks/marking.svelte';
import {
  completed,
  handlesOf,
  newFace,
  readPoint,
  setEyes,
  setOpen,
  writePoint,
} from '../../../src/steps/picture/marks/points';

const rex: MarkedFace = {
  name: 'Rex',
  kind: 'animal',
  mouth: { left: [310, 402], right: [405, 398], upper: [[357, 410]] },
  chin: [356, 470],
};

describe('a face', () => {
  it('gets the points that the page shows, and keeps those that it had', () => {
    const face = completed(rex);
    expect(face.mouth.upper).toHaveLength(3);
    expect(face.mouth.upper[1]).toEqual([357, 410]);
    expect(face.nose).toBeDefined();
    expect(rex.nose).toBeUndefined();
  });

  it('moves as a whole, and by as much as the handle was dragged', () => {
    const face = completed(rex);
    const before = readPoint(face, ['chin']);
    const [x, y] = readPoint(face, ['place', 'move']);
    writePoint(face, ['place', 'move'], [x + 50, y - 20]);
    expect(readPoint(face, ['chin'])[0]).toBeCloseTo(before[0] + 50);
    expect(readPoint(face, ['chin'])[1]).toBeCloseTo(before[1] - 20);
  });

  it('turns and grows about the middle of the mouth', () => {
    const face = completed({
      ...rex,
      mouth: { left: [300, 400], right: [400, 400], upper: [[350, 410]] },
      chin: [350, 500],
    });
    const handle = readPoint(face, ['place', 'turn']);
    // Twice as far from the middle (350, 400), in the same direction: twice as large.
    writePoint(face, ['place', 'turn'], [350 + 2 * (handle[0] - 350), 400 + 2 * (handle[1] - 400)]);
    expect(face.mouth.left[0]).toBeCloseTo(250);
    expect(face.chin[1]).toBeCloseTo(600);
  });

  it('takes the quarters of a lip along with its corner, unless they were moved by hand', () => {
    const face = completed(rex);
    const before = face.mouth.upper[0]!;
    writePoint(face, ['mouth', 'left'], [280, 402]);
    expect(face.mouth.upper[0]![0]).toBeLessThan(before[0]);
    writePoint(face, ['mouth', 'upper', 0], [330, 440]);
    writePoint(face, ['mouth', 'left'], [310, 402]);
    expect(face.mouth.upper[0]).toEqual([330, 440]);
  });

  it('opens its mouth and shuts it, gets eyes and loses them', () => {
    const face = completed(rex);
    setOpen(face, true);
    expect(face.mouth.lower).toHaveLength(3);
    setOpen(face, false);
    expect(face.mouth.lower).toBeUndefined();
    setEyes(face, true);
    expect(handlesOf(face).filter((handle) => handle.step === 'eyes')).toHaveLength(10);
    setEyes(face, false);
    expect(face.eyes).toBeUndefined();
  });

  it('is new within the picture', () => {
    const face = newFace([200, 100]);
    for (const handle of handlesOf(face)) {
      const [x, y] = readPoint(face, handle.path);
      expect(x > 0 && x < 200 && y > 0 && y < 100, handle.path.join()).toBe(true);
    }
  });
});

describe('the document', () => {
  it('is what was read, in pixels', () => {
    const share = {
      schema: 'rig.1',
      units: 'share',
      faces: [{ ...rex, mouth: { left: [0.4, 0.5], right: [0.6, 0.5], upper: [[0.5, 0.55]] }, chin: [0.5, 0.8] }],
    } as const;
    const marking = new Marking([800, 600], structuredClone(share) as never);
    expect(marking.document.picture).toEqual([800, 600]);
    expect(marking.document.faces[0]?.mouth.left).toEqual([320, 300]);
    expect(marking.document.faces[0]?.chin).toEqual([400, 480]);
  });

  it('begins with all faces that were guessed, or with one in the middle', () => {
    const marking = new Marking([800, 600], { schema: 'rig.1', units: 'px', picture: [800, 600], faces: [rex, rex] });
    expect(marking.faces).toHaveLength(2);
    expect(marking.face.mouth.left).toEqual([310, 402]);
    expect(new Marking([800, 600], null).faces).toHaveLength(1);
  });

  it('leaves an empty name away', () => {
    const marking = new Marking([800, 600], null);
    marking.change((face) => (face.name = ''));
    expect(marking.document.faces[0]).not.toHaveProperty('name');
  });

  it('undoes what was done', () => {
    const marking = new Marking([800, 600], null);
    const before = JSON.stringify(marking.document);
    marking.add();
    marking.setOpen(true);
    marking.undo();
    marking.undo();
    expect(JSON.stringify(marking.document)).toBe(before);
    expect(marking.undoable).toBe(0);
  });

  it('stops a whole face at the edge', () => {
    const marking = new Marking([800, 600], null);
    const whole = handlesOf(marking.face).find((handle) => handle.whole)!;
    for (let y = 300; y >= 0; y -= 10) marking.move(whole, [400, y]);
    const points = handlesOf(marking.face).filter((handle) => !handle.whole);
    const ys = points.map((handle) => readPoint(marking.face, handle.path)[1]);
    expect(Math.min(...ys)).toBeGreaterThanOrEqual(0);
    expect(Math.min(...ys)).toBeLessThan(20);
  });

  it('keeps points within the picture', () => {
    const marking = new Marking([800, 600], null);
    marking.move(
      handlesOf(marking.face).find((handle) => handle.path[0] === 'chin')!,
      [900, -5],
    );
    expect(marking.face.chin).toEqual([800, 0]);
  });
});
