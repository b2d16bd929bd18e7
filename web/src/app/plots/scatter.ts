import type { Colors } from "./theme";
import { SHAPES } from "./theme";
import type { Scale } from "./scale";

/** A point to draw: its place in pixels, the look of its group, its label. */
export type Dot = { x: number; y: number; color: string; shape: number; name: string; index: number };

export type Frame = { width: number; height: number; left: number; right: number; top: number; bottom: number };

/** The largest number of points that are drawn as elements; more are drawn on a canvas. */
export const MAX_ELEMENTS = 2000;
const MAX_LABELS = 60;

/** The radius of points, smaller the more there are. */
export function radius(count: number): number {
  return count > 5000 ? 2 : count > 500 ? 3 : count > 120 ? 4 : 5;
}

/** The axes with their lines, as SVG. `points` are the drawn points, or nothing if a canvas has them. */
export function axes(x: Scale, y: Scale, names: [string, string], frame: Frame, colors: Colors): string {
  const { width, height, left, right, top, bottom } = frame;
  const lines = [
    ...x.ticks.map(({ value }) => `M${round(x.at(value))} ${top}V${height - bottom}`),
    ...y.ticks.map(({ value }) => `M${left} ${round(y.at(value))}H${width - right}`),
  ];
  const label = (text: string, place: string) => `<text ${place} fill="${colors.muted}">${escape(text)}</text>`;
  return [
    `<path d="${lines.join("")}" stroke="${colors.line}" fill="none"/>`,
    ...x.ticks.map(({ value, label: text }) =>
      label(text, `x="${round(x.at(value))}" y="${height - bottom + 18}" text-anchor="middle"`),
    ),
    ...y.ticks.map(({ value, label: text }) =>
      label(text, `x="${left - 8}" y="${round(y.at(value)) + 4}" text-anchor="end"`),
    ),
    label(`${names[0]} →`, `x="${width - right}" y="${height - 8}" text-anchor="end"`),
    label(`↑ ${names[1]}`, `x="4" y="14"`),
  ].join("");
}

/** The points as SVG. */
export function dotsAsSvg(dots: Dot[], colors: Colors): string {
  const size = radius(dots.length) / 5;
  const marks = dots.map(
    ({ x, y, color, shape }) =>
      `<path d="${SHAPES[shape] ?? ""}" transform="translate(${round(x)} ${round(y)}) scale(${size})" fill="${color}"/>`,
  );
  return `<g fill-opacity="0.8" stroke="${colors.paper}" stroke-width="0.75">${marks.join("")}</g>`;
}

/** Draws the points on a canvas. */
export function dotsOnCanvas(canvas: HTMLCanvasElement, dots: Dot[], { width, height }: Frame): void {
  const pixels = Math.min(devicePixelRatio || 1, 2);
  canvas.width = width * pixels;
  canvas.height = height * pixels;
  const context = canvas.getContext("2d");
  if (!context) return;
  context.scale(pixels, pixels);
  context.globalAlpha = dots.length > 20_000 ? 0.35 : 0.6;
  const side = radius(dots.length);
  for (const { x, y, color } of dots) {
    context.fillStyle = color;
    context.fillRect(x - side / 2, y - side / 2, side, side);
  }
}

/** The labels that collide with no other label, no point and no edge, as SVG. Points that come first are labeled first. */
export function labels(dots: Dot[], frame: Frame, colors: Colors): string {
  if (dots.length > MAX_ELEMENTS) return "";
  const taken: [number, number, number, number][] = dots.map(({ x, y }) => [x - 4, y - 4, x + 4, y + 4]);
  const texts: string[] = [];
  for (const { x, y, name } of dots) {
    if (texts.length >= MAX_LABELS) break;
    const width = widthOf(name);
    for (const [from, anchor] of [
      [x + 8, "start"],
      [x - 8 - width, "end"],
    ] as const) {
      const box: [number, number, number, number] = [from, y - 7, from + width, y + 7];
      const inside = box[0] > frame.left && box[2] < frame.width - 2 && box[1] > frame.top - 8;
      const hits = (other: (typeof taken)[number]) =>
        box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1];
      if (!inside || taken.some(hits)) continue;
      taken.push(box);
      const place = anchor === "start" ? x + 8 : x - 8;
      texts.push(`<text x="${round(place)}" y="${round(y + 4)}" text-anchor="${anchor}">${escape(name)}</text>`);
      break;
    }
  }
  return `<g fill="${colors.muted}" font-size="11">${texts.join("")}</g>`;
}

/** The line of `ratio` y per x within the frame, as SVG; empty where it does not cross it. */
export function ratioLine(x: Scale, y: Scale, ratio: number, text: string, frame: Frame, colors: Colors): string {
  const from = Math.max(x.domain[0], y.domain[0] / ratio);
  const to = Math.min(x.domain[1], y.domain[1] / ratio);
  if (from >= to) return "";
  const [x1, y1, x2, y2] = [x.at(from), y.at(from * ratio), x.at(to), y.at(to * ratio)].map(round);
  // Below its start, where there are fewest points.
  const place = `x="${(x1 ?? 0) + 8}" y="${Math.min((y1 ?? 0) + 14, frame.height - frame.bottom - 6)}"`;
  return `<path d="M${x1} ${y1}L${x2} ${y2}" stroke="${colors.muted}" stroke-dasharray="5 4" fill="none"/>
    <text ${place} fill="${colors.muted}">${escape(text)}</text>`;
}

/** The nearest point within 24 pixels. */
export function nearest(dots: Dot[], x: number, y: number): Dot | undefined {
  let [best, least]: [Dot | undefined, number] = [undefined, 24 ** 2];
  for (const dot of dots) {
    const distance = (dot.x - x) ** 2 + (dot.y - y) ** 2;
    if (distance < least) [best, least] = [dot, distance];
  }
  return best;
}

/** About the width of a text of 11 pixels. */
export function widthOf(text: string): number {
  let width = 4;
  for (const character of text) width += character > "\u2e80" ? 11.5 : 6.4;
  return width;
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Escapes a text for SVG. */
export function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
