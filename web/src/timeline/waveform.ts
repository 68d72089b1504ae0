/** How the waveform is drawn; pure but for the canvas that it draws on. */

export interface View {
  /** Seconds at the left edge, and pixels a second. */
  start_s: number;
  pixelsPerSecond: number;
  width_px: number;
  height_px: number;
}

export interface Colours {
  wave: string;
  played: string;
}

const PEAKS_A_SECOND = 25;
const BAR_PX = 3;
const GAP_PX = 1;

/** Return the loudest peak between two times. */
export function loudest(peaks: readonly number[], from_s: number, to_s: number): number {
  const first = Math.max(0, Math.floor(from_s * PEAKS_A_SECOND));
  const last = Math.min(peaks.length, Math.max(first + 1, Math.ceil(to_s * PEAKS_A_SECOND)));
  let most = 0;
  for (let index = first; index < last; index += 1) most = Math.max(most, peaks[index] ?? 0);
  return most;
}

export function drawWaveform(
  canvas: HTMLCanvasElement,
  peaks: readonly number[],
  time_s: number,
  view: View,
  colours: Colours,
): void {
  const ratio = devicePixelRatio || 1;
  const context = canvas.getContext('2d');
  if (!context) return;
  canvas.width = Math.round(view.width_px * ratio);
  canvas.height = Math.round(view.height_px * ratio);
  context.scale(ratio, ratio);
  const step_s = (BAR_PX + GAP_PX) / view.pixelsPerSecond;
  // Bars keep their places while the view moves.
  let at_s = Math.floor(view.start_s / step_s) * step_s;
  for (; at_s < view.start_s + view.width_px / view.pixelsPerSecond; at_s += step_s) {
    const height_px = Math.max(2, loudest(peaks, at_s, at_s + step_s) * view.height_px);
    context.fillStyle = at_s < time_s ? colours.played : colours.wave;
    const left_px = (at_s - view.start_s) * view.pixelsPerSecond;
    context.fillRect(left_px, (view.height_px - height_px) / 2, BAR_PX, height_px);
  }
}

/** What surrounds the letters of a word, and what parts it from the next. */
const PADDING_PX = 10;
const APART_PX = 4;
const MOST_PIXELS = 220;
const NEARLY_ALL = 0.8;

/** Tells how wide letters are. */
export type Measure = (text: string) => number;

/** Measure letters as they are drawn in a font, given as in CSS; each word once. */
export function measureIn(font: string): Measure {
  const context = document.createElement('canvas').getContext('2d');
  const known = new Map<string, number>();
  if (context) context.font = font;
  return (text) => {
    const width = known.get(text) ?? context?.measureText(text).width ?? 0;
    known.set(text, width);
    return width;
  };
}

const roomOf = (text: string, measure: Measure): number => measure(text) + PADDING_PX + APART_PX;

/** Return how many pixels a second words need so that nearly all have room until the next begins. */
export function roomFor(words: readonly { text: string; start_s: number }[], measure: Measure): number {
  const needs = words
    .slice(0, -1)
    .map(({ text, start_s }, index) => roomOf(text, measure) / Math.max(words[index + 1]!.start_s - start_s, 0.02))
    .sort((a, b) => a - b);
  return Math.min(needs[Math.floor(needs.length * NEARLY_ALL)] ?? 0, MOST_PIXELS);
}

/** Return where each word begins, in pixels: at its time, or right after the one before it where that is long. */
export function placesOf(
  words: readonly { text: string; start_s: number }[],
  pixelsPerSecond: number,
  measure: Measure,
): readonly number[] {
  let free = 0;
  return words.map(({ text, start_s }) => {
    const left = Math.max(start_s * pixelsPerSecond, free);
    free = left + roomOf(text, measure);
    return left;
  });
}

/** Return which of the words, sorted by time, are seen between two times: [first, end). */
export function within(
  words: readonly { start_s: number; end_s: number }[],
  from_s: number,
  to_s: number,
): [number, number] {
  const search = (fits: (word: { start_s: number; end_s: number }) => boolean): number => {
    let [low, high] = [0, words.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (fits(words[middle]!)) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return [search((word) => word.end_s > from_s), search((word) => word.start_s >= to_s)];
}
