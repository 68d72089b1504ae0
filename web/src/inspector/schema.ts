/** What the schema of scene documents tells of fields: enough to build a control for each. */

export type FieldKind =
  | 'choice'
  | 'switch'
  | 'slider'
  | 'number'
  | 'colour'
  | 'font'
  | 'text'
  | 'place'
  | 'moment'
  | 'animation'
  | 'file'
  | 'group';

export interface FieldInfo {
  name: string;
  kind: FieldKind;
  usual: unknown;
  hint: string;
  choices: (string | number)[];
  min: number;
  max: number;
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
const LONG_TEXT = 200;

/** Return the fields of a definition such as `TextOverlay`, in its order. */
export function fieldsOf(schema: Schema, definition: string): FieldInfo[] {
  const properties = schema.$defs[definition]?.properties ?? {};
  return Object.entries(properties).map(([name, told]) => infoOf(name, told));
}

function infoOf(name: string, told: Json): FieldInfo {
  const meant = plain(told);
  const ref =
    String(meant.$ref ?? '')
      .split('/')
      .pop() ?? '';
  const info: FieldInfo = {
    name,
    kind: 'text',
    usual: told.default,
    hint: String(told.description ?? ''),
    choices: (meant.enum as (string | number)[] | undefined) ?? [],
    min: Number(meant.minimum ?? meant.exclusiveMinimum ?? -Infinity),
    max: Number(meant.maximum ?? meant.exclusiveMaximum ?? Infinity),
    most: Number(meant.maxLength ?? 5000),
    group: ref,
  };
  info.kind = kindOf(info, meant);
  return info;
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
  if (meant.type === 'boolean') return 'switch';
  if (meant.type === 'number' || meant.type === 'integer') {
    return info.max - info.min <= SLIDER_RANGE ? 'slider' : 'number';
  }
  return 'text';
}

export const isLong = (info: FieldInfo): boolean => info.most > LONG_TEXT;

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

/** By kind of overlay: what is wanted first; everything else lies under More. */
export const FIRST: Readonly<Record<string, readonly string[]>> = {
  text: ['text', 'place', 'start', 'end'],
  'lower-third': ['name', 'role', 'design', 'accent', 'start', 'end'],
  title: ['title', 'subtitle', 'design', 'accent', 'start', 'end'],
  shape: ['shape', 'fill', 'place', 'width', 'height', 'start', 'end'],
  progress: ['of', 'design', 'colour', 'edge'],
  image: ['image', 'place', 'width', 'start', 'end'],
  logo: ['image', 'place', 'size'],
  watermark: ['text', 'place', 'tiled', 'size'],
  emoji: ['emoji', 'place', 'size', 'wiggle', 'start', 'end'],
  qr: ['text', 'label', 'place', 'size', 'start', 'end'],
  avatar: ['crop', 'expression', 'expression_strength', 'style', 'gaze', 'size', 'cut_out', 'mirror'],
  captions: ['style', 'look', 'position', 'font', 'size', 'colour', 'highlight'],
};
/** What the page has its own place for. */
export const HIDDEN: ReadonlySet<string> = new Set([
  'kind',
  'id',
  'picture',
  'face',
  'faces',
  'name@avatar',
  'shown',
  'speaker_colours',
]);
