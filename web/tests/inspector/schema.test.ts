import { expect, test } from 'vitest';
import { fieldsOf, humanised, isLong, stepOf, type Schema } from '../../src/inspector/schema';

const braces = { $ref: '#/$defs/Variable-in-braces' };

const kindOf = (told: object, name = 'field') =>
  fieldsOf({ properties: {}, $defs: { Thing: { properties: { [name]: told } } } } as unknown as Schema, 'Thing')[0]!
    .kind;

test.each([
  [{ enum: ['a', 'b'] }, 'choice'],
  [{ type: 'boolean' }, 'switch'],
  [{ type: 'number', minimum: 0, maximum: 1 }, 'slider'],
  [{ type: 'number', minimum: 0 }, 'number'],
  [{ type: 'integer', minimum: 0, maximum: 500 }, 'number'],
  [{ type: 'string', format: 'color' }, 'colour'],
  [{ type: 'string', format: 'moment' }, 'moment'],
  [{ type: 'string', format: 'asset' }, 'file'],
  [{ type: 'string' }, 'text'],
  [{ $ref: '#/$defs/Place' }, 'place'],
  [{ $ref: '#/$defs/Animation' }, 'animation'],
  [{ $ref: '#/$defs/TextLook' }, 'group'],
  [{ anyOf: [{ type: 'null' }, braces, { type: 'number', minimum: 0, maximum: 2 }] }, 'slider'],
])('%j gets a control of kind %s', (told, kind) => {
  expect(kindOf(told)).toBe(kind);
});

test('fonts are told by their name, and an unknown definition has no fields', () => {
  expect(kindOf({ type: 'string' }, 'font')).toBe('font');
  expect(fieldsOf({ properties: {}, $defs: {} }, 'Nothing')).toEqual([]);
});

test('what is not told is without bounds', () => {
  const schema = { properties: {}, $defs: { Thing: { properties: { text: { type: 'string', maxLength: 500 } } } } };
  const [field] = fieldsOf(schema as Schema, 'Thing');
  expect(field).toMatchObject({ name: 'text', min: -Infinity, max: Infinity, most: 500 });
  expect(isLong(field!)).toBe(true);
});

test.each([
  [0, 1, 0.01],
  [0, 10, 0.1],
  [0.5, 2, 0.01],
])('a slider from %d to %d moves by %d', (min, max, step) => {
  expect(stepOf({ min, max })).toBeCloseTo(step);
});

test('names without a translation can be read', () => {
  expect(humanised('rotation_deg')).toBe('Rotation');
  expect(humanised('fade-in_s')).toBe('Fade in');
});
