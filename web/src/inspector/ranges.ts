/** How far sliders go: as far as is of use, where a document may hold more. */

/** By definition and field: least and most. */
export const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  'Avatar.x': [0, 1],
  'Avatar.y': [0, 1],
  'Avatar.size': [0.1, 1.5],
  'Avatar.aspect': [0.5, 2],
  'Avatar.radius': [0, 0.5],
  'Avatar.border': [0, 0.1],
  'TextOverlay.width': [0.1, 1],
  'TextOverlay.height': [0.05, 1],
  'TextLook.size': [0.02, 0.3],
  'TextLook.line_height': [0.8, 2],
  'TextLook.padding': [0, 1.5],
  'LowerThird.size': [0.02, 0.15],
  'TitleCard.size': [0.04, 0.3],
  'Shape.width': [0.02, 1],
  'Shape.height': [0.02, 1],
  'Shape.stroke_width': [0, 0.05],
  'Shape.radius': [0, 0.5],
  'ProgressBar.thickness': [0.004, 0.1],
  'ProgressBar.size': [0.03, 0.5],
  'ImageOverlay.width': [0.05, 1],
  'ImageOverlay.height': [0.05, 1],
  'ImageOverlay.radius': [0, 0.5],
  'ImageOverlay.border': [0, 0.1],
  'ImageOverlay.pan_zoom': [1, 2],
  'Logo.size': [0.03, 0.5],
  'Watermark.size': [0.01, 0.2],
  'Emoji.size': [0.03, 1],
  'QrCode.size': [0.08, 0.8],
  'Captions.size': [0.02, 0.15],
  'Captions.offset': [-0.5, 0.5],
  'Captions.width': [0.3, 1],
};

/** Whatever can be turned: once around. */
export const TURN_DEG: readonly [number, number] = [-180, 180];
