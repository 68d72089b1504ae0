/** Fields that say nothing before another one is set; they are shown when they do. */

type Thing = Readonly<Record<string, unknown>>;

const isRing = ({ design }: Thing) => design === 'ring';
const hasBorder = ({ border }: Thing) => Boolean(border);
const hasBox = ({ box }: Thing) => Boolean(box);
const isBoxed = ({ crop }: Thing) => crop === 'box' || crop === 'rounded';

/** By definition and field: whether a thing needs it. */
const NEEDED: Readonly<Record<string, (thing: Thing) => boolean>> = {
  'Avatar.expression_strength': ({ expression = 'neutral' }) => expression !== 'neutral',
  'Avatar.aspect': isBoxed,
  'Avatar.radius': ({ crop }) => crop === 'rounded',
  'Avatar.border_colour': hasBorder,
  'TextLook.outline_colour': ({ outline }) => Boolean(outline),
  'TextLook.box_radius': hasBox,
  'TextLook.padding': hasBox,
  'Shape.stroke_width': ({ stroke }) => Boolean(stroke),
  'Shape.radius': ({ shape = 'rectangle' }) => shape === 'rectangle',
  'ProgressBar.edge': (thing) => !isRing(thing),
  'ProgressBar.thickness': (thing) => !isRing(thing),
  'ProgressBar.place': isRing,
  'ProgressBar.size': isRing,
  'ImageOverlay.border_colour': hasBorder,
  'Watermark.place': ({ tiled }) => !tiled,
  'Captions.highlight': ({ style = 'block' }) => style !== 'block',
  'Captions.box_colour': ({ look }) => look === 'box',
};

export function isNeeded(definition: string, field: string, thing: unknown): boolean {
  const known = typeof thing === 'object' && thing !== null ? (thing as Thing) : {};
  return NEEDED[`${definition}.${field}`]?.(known) ?? true;
}
