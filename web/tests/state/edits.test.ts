import { expect, it } from 'vitest';
import { Edits } from '../../src/state/edits';
import { at, partsOf, put } from '../../src/state/paths';

it('goes back and forth, and forgets the future after another edit', () => {
  const edits = new Edits<string>();
  edits.record('first', 'a', 0);
  edits.record('second', 'b', 5000);
  expect(edits.undo('c')).toEqual({ label: 'second', document: 'b' });
  expect(edits.undo('b')).toEqual({ label: 'first', document: 'a' });
  expect(edits.undo('a')).toBeNull();
  expect(edits.redo('a')?.document).toBe('b');
  edits.record('third', 'b', 9000);
  expect(edits.redo('d')).toBeNull();
});

it('makes quick edits of one label one step', () => {
  const edits = new Edits<number>();
  edits.record('size', 1, 0);
  edits.record('size', 2, 300);
  edits.record('colour', 3, 400);
  edits.record('size', 4, 500);
  edits.record('size', 5, 2000);
  expect(edits.past.map((step) => step.document)).toEqual([1, 3, 4, 5]);
});

it('reads and writes places in a document', () => {
  const document = { scenes: [{ overlays: [{ kind: 'text' }, { kind: 'qr' }] }] };
  expect(partsOf('scenes[0].overlays[1].kind')).toEqual(['scenes', 0, 'overlays', 1, 'kind']);
  expect(at(document, 'scenes[0].overlays[1].kind')).toBe('qr');
  expect(at(document, 'scenes[4].overlays')).toBeUndefined();
  put(document, 'scenes[0].avatars[0].size', 0.5);
  expect(at(document, 'scenes[0].avatars')).toEqual([{ size: 0.5 }]);
  put(document, 'scenes[0].overlays[0]', undefined);
  expect(at(document, 'scenes[0].overlays')).toEqual([{ kind: 'qr' }]);
});
