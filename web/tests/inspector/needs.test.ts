import { expect, test } from 'vitest';
import { isNeeded } from '../../src/inspector/needs';

test.each([
  ['Avatar', 'expression_strength', {}, false],
  ['Avatar', 'expression_strength', { expression: 'happy' }, true],
  ['ProgressBar', 'edge', {}, true],
  ['ProgressBar', 'edge', { design: 'ring' }, false],
  ['Captions', 'highlight', { style: 'karaoke' }, true],
  ['TextLook', 'padding', undefined, false],
  ['TextOverlay', 'text', {}, true],
])('%s.%s of %j: %s', (definition, field, thing, needed) => {
  expect(isNeeded(definition, field, thing)).toBe(needed);
});
