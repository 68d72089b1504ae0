import { expect, test } from 'vitest';
import { fieldsNamed, fieldsOf, humanised, restOf, stepOf, type Schema } from '../../src/inspector/schema';

const braces = { $ref: '#/$defs/Variable-in-braces' };

const schemaOf = (name: string, fields: object) =>
  ({ properties: {}, $defs: { [name]: { properties: fields } } }) as unknown as Schema;

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
  [{ type: 'boolean', default: null }, 'maybe'],
  [{ anyOf: [{ type: 'null' }, braces, { type: 'number', minimum: 0, maximum: 2 }] }, 'slider'],
])('%j gets a control of kind %s', (told, kind) => {
  expect(kindOf(told)).toBe(kind);
});

test('fonts are told by their name, and an unknown definition has no fields', () => {
  expect(kindOf({ type: 'string' }, 'font')).toBe('font');
  expect(fieldsOf({ properties: {}, $defs: {} }, 'Nothing')).toEqual([]);
});

test('what is not told is without bounds', () => {
  const [field] = fieldsOf(schemaOf('Thing', { text: { type: 'string', maxLength: 500 } }), 'Thing');
  expect(field).toMatchObject({ name: 'text', min: -Infinity, max: Infinity, most: 500 });
});

test('sliders go as far as is of use', () => {
  const size = { type: 'number', exclusiveMinimum: 0, maximum: 2, default: null };
  expect(fieldsOf(schemaOf('Avatar', { size }), 'Avatar')[0]).toMatchObject({ min: 0.1, max: 1.5, optional: true });
  const turned = { type: 'number', minimum: -360, maximum: 360 };
  expect(fieldsOf(schemaOf('Shape', { rotation_deg: turned }), 'Shape')[0]).toMatchObject({ kind: 'slider', max: 180 });
});

test('a field of a group is found by its path, and the rest is without what was shown', () => {
  const schema = {
    properties: {},
    $defs: { Thing: { properties: { id: {}, look: { $ref: '#/$defs/Look' } } }, Look: { properties: { size: {} } } },
  } as unknown as Schema;
  expect(fieldsNamed(schema, 'Thing', ['look.size', 'gone'])).toMatchObject([['look.size', { definition: 'Look' }]]);
  expect(restOf(schema, 'Thing', ['look.size']).map(([name]) => name)).toEqual(['look']);
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
