import { expect, it } from 'vitest';
import type { Face, FaceReport, Finding, Grade } from '../../../src/api/types';
import { advices, adviceText } from '../../../src/steps/picture/advice';

const finding = (name: string, grade: Grade, advice = ''): Finding => ({ name, grade, value: '', advice });
const face = (number: number, ...findings: Finding[]): Face => ({
  number,
  grade: 'good',
  box: { x: 0, y: 0, width: 1, height: 1 },
  yaw_deg: 0,
  pitch_deg: 0,
  roll_deg: 0,
  findings,
});
const report = (...faces: Face[]): FaceReport => ({ grade: 'good', findings: [], faces, marked: false });

it('tells what could be better once, the worst first, and nothing that is good', () => {
  const all = report(
    face(1, finding('light', 'usable'), finding('eyes', 'good')),
    face(2, finding('size', 'poor'), finding('light', 'poor')),
  );
  expect(advices(all, null).map((one) => `${one.name} ${one.grade}`)).toEqual(['light poor', 'size poor']);
  expect(advices(all, all.faces[0]!).map((one) => one.name)).toEqual(['light']);
});

it('says what the server says where it has no words of its own', () => {
  expect(adviceText(finding('light', 'usable', 'from the server'))).toContain(
    'Light from the front'.toLowerCase().slice(1),
  );
  expect(adviceText(finding('halo', 'usable', 'from the server'))).toBe('from the server');
});
