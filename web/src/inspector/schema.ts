/** What the schema of scene documents tells of fields: enough to build a control for each. */

import { RANGES, TURN_DEG } from './ranges';

export type FieldKind =
  | 'choice'
  | 'switch'
  | 'maybe'
  | 'slider'
  | 'number'
  | 'colour'
  | 'font'
  | 'text'
  | 'place'
  | 'moment'
  | 'animation'
  | 'file'
  | 'gaze'
  | 'group';

export interface FieldInfo {
  /** Name of the definition that it is of. */
  definition: string;
  name: string;
  kind: FieldKind;
  usual: unknown;
  choices: (string | number)[];
  min: number;
  max: number;
  /** It is counted, not measured. */
  whole: boolean;
  /** It may be left to itself: null stands there. */
  optional: boolean;
  /** Longest text. */
  most: number;
  /** Name of the definition of a group's fields. */
  group: string;
}

type Json = Record<string, unknown>;

export interface Schema {
  properties: Json;
  $defs: Record<string, { properties?: Record<string, Json> }>;
}

const SLIDER_RANGE = 10;
/** Texts of several lines. */
const LONG: ReadonlySet<string> = new Set(['TextOverlay.text', 'TitleCard.title', 'alt']);
const TURNED = 'rotation_deg';

/** Return the fields of a definition such as `TextOverlay`, in its order. */
export function fieldsOf(schema: Schema, definition: string): FieldInfo[] {
  const properties = schema.$defs[definition]?.properties ?? {};
  return Object.entries(properties).map(([name, told]) => infoOf(definition, name, told));
}

function infoOf(definition: string, name: string, told: Json): FieldInfo {
  const meant = plain(told);
  const ref =
    String(meant.$ref ?? '')
      .split('/')
      .pop() ?? '';
  const [min, max] = rangeOf(definition, name, meant);
  const info: FieldInfo = {
    definition,
    name,
    kind: 'text',
    usual: told.default,
    choices: (meant.enum as (string | number)[] | undefined) ?? [],
    min,
    max,
    whole: meant.type === 'integer',
    optional: told.default === null,
    most: Number(meant.maxLength ?? 5000),
    group: ref,
  };
  info.kind = kindOf(info, meant);
  return info;
}

function rangeOf(definition: string, name: string, meant: Json): readonly [number, number] {
  const min = Number(meant.minimum ?? meant.exclusiveMinimum ?? -Infinity);
  const max = Number(meant.maximum ?? meant.exclusiveMaximum ?? Infinity);
  return RANGES[`${definition}.${name}`] ?? (name === TURNED ? TURN_DEG : [min, max]);
}

/** Values may also be null, or a variable in braces: what counts is the rest. */
function plain(told: Json): Json {
  const options = told.anyOf as Json[] | undefined;
  if (!options) return told;
  const meant = options.map(plain).filter((one) => one.type !== 'null' && one.$ref !== '#/$defs/Variable-in-braces');
  return meant[0] ?? told;
}

function kindOf(info: FieldInfo, meant: Json): FieldKind {
  if (info.group === 'Place') return 'place';
  if (info.group === 'Animation') return 'animation';
  if (info.group) return 'group';
  if (info.choices.length) return 'choice';
  if (meant.format === 'moment') return 'moment';
  if (meant.format === 'color') return 'colour';
  if (meant.format === 'asset' || meant.format === 'avatar') return 'file';
  if (info.name === 'font') return 'font';
  if (info.name === 'gaze') return 'gaze';
  if (meant.type === 'boolean') return info.optional ? 'maybe' : 'switch';
  if (meant.type === 'number' || meant.type === 'integer') {
    return info.max - info.min <= SLIDER_RANGE || info.name === TURNED ? 'slider' : 'number';
  }
  return 'text';
}

export const isLong = ({ definition, name }: FieldInfo): boolean => LONG.has(name) || LONG.has(`${definition}.${name}`);

/** Return how finely a slider moves: a hundredth of its way, as a round number. */
export function stepOf({ min, max }: Pick<FieldInfo, 'min' | 'max'>): number {
  const step = 10 ** Math.floor(Math.log10((max - min) / 100));
  return (max - min) / step > 400 ? step * 5 : step;
}

/** Return a name that people can read, where no translation is known: `rotation_deg` is Rotation. */
export function humanised(name: string): string {
  const words = name.replace(/_(deg|s|db|px)$/, '').replace(/[_-]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** By kind of overlay: the name of its definition. */
export const OVERLAYS: Readonly<Record<string, string>> = {
  text: 'TextOverlay',
  'lower-third': 'LowerThird',
  title: 'TitleCard',
  shape: 'Shape',
  progress: 'ProgressBar',
  image: 'ImageOverlay',
  logo: 'Logo',
  watermark: 'Watermark',
  emoji: 'Emoji',
  qr: 'QrCode',
};

/** By kind of thing: what is wanted first, also of a group within it; everything else lies under More. */
export const FIRST: Readonly<Record<string, readonly string[]>> = {
  text: ['text', 'look.colour', 'look.size', 'look.font', 'place', 'start', 'end'],
  'lower-third': ['name', 'role', 'design', 'accent', 'start', 'end'],
  title: ['title', 'subtitle', 'design', 'colour', 'start', 'end'],
  shape: ['shape', 'fill', 'width', 'height', 'place', 'start', 'end'],
  progress: ['of', 'design', 'colour', 'edge'],
  image: ['image', 'width', 'place', 'start', 'end'],
  logo: ['image', 'size', 'place'],
  watermark: ['text', 'tiled', 'size', 'place'],
  emoji: ['size', 'wiggle', 'place', 'start', 'end'],
  qr: ['text', 'label', 'size', 'place', 'start', 'end'],
  avatar: ['expression', 'expression_strength', 'gaze', 'style', 'crop', 'size', 'cut_out', 'mirror'],
  captions: ['style', 'look', 'position', 'size', 'colour', 'highlight', 'font'],
};

/** What the page has its own place for, or leaves to documents. */
const HIDDEN: ReadonlySet<string> = new Set([
  'kind',
  'id',
  'shown',
  'speaker_colours',
  'Avatar.picture',
  'Avatar.name',
  'Avatar.face',
  'Avatar.faces',
  'Avatar.listeners',
  'Emoji.emoji',
]);

/** Return the fields of a thing that lie under More, without those that are wanted first. */
export function restOf(schema: Schema, definition: string, first: readonly string[]): [string, FieldInfo][] {
  const has = ({ definition, name }: FieldInfo) =>
    !HIDDEN.has(name) && !HIDDEN.has(`${definition}.${name}`) && !first.includes(name);
  return fieldsOf(schema, definition)
    .filter(has)
    .map((info) => [info.name, info]);
}

/** Return fields by name; `look.size` is the size within the group `look`. */
export function fieldsNamed(schema: Schema, definition: string, names: readonly string[]): [string, FieldInfo][] {
  return names.flatMap((path) => {
    const [name, inner] = path.split('.');
    const info = fieldsOf(schema, definition).find((one) => one.name === name);
    if (!info) return [];
    return inner
      ? fieldsNamed(schema, info.group, [inner]).map(([, one]): [string, FieldInfo] => [path, one])
      : [[path, info]];
  });
}
