import { formatAmount } from "../format";
import type { Axis } from "./data";

/** A range of values. */
export type Range = [least: number, most: number];

/** Maps values of an axis to pixels: dates linearly, amounts by their logarithm. */
export type Scale = {
  axis: Axis;
  domain: Range;
  /** The pixel of a value. */
  at: (value: number) => number;
  /** The value at a pixel. */
  invert: (pixel: number) => number;
  ticks: { value: number; label: string }[];
};

const transform = (axis: Axis, value: number) => (axis === "date" ? value : Math.log10(value));
const back = (axis: Axis, value: number) => (axis === "date" ? value : 10 ** value);

/** The range of the values, with a margin of 4 % on both sides. */
export function domainOf(axis: Axis, values: number[]): Range {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    const place = transform(axis, value);
    if (place < least) least = place;
    if (place > most) most = place;
  }
  const margin = (most - least) * 0.04 || (axis === "date" ? 0.25 : 0.2);
  return [back(axis, least - margin), back(axis, most + margin)];
}

/** A scale from a domain to pixels. */
export function scale(axis: Axis, domain: Range, pixels: Range): Scale {
  const [from, to] = [transform(axis, domain[0]), transform(axis, domain[1])];
  const factor = (pixels[1] - pixels[0]) / (to - from || 1);
  return {
    axis,
    domain,
    at: (value) => pixels[0] + (transform(axis, value) - from) * factor,
    invert: (pixel) => back(axis, from + (pixel - pixels[0]) / factor),
    ticks: ticksOf(axis, domain, Math.abs(pixels[1] - pixels[0]) / 70),
  };
}

function ticksOf(axis: Axis, [least, most]: Range, most_ticks: number): Scale["ticks"] {
  if (axis === "date") {
    const steps = [1 / 12, 1 / 4, 1 / 2, 1, 2, 5, 10];
    const step = steps.find((size) => (most - least) / size <= most_ticks) ?? 20;
    const count = Math.floor(most / step + 1e-6) - Math.ceil(least / step - 1e-6) + 1;
    const values = Array.from({ length: Math.max(0, count) }, (_, i) => (Math.ceil(least / step - 1e-6) + i) * step);
    return values.map((value) => ({ value, label: dateLabel(value) }));
  }
  const [from, to] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most))];
  const within = (factors: number[]) =>
    Array.from({ length: to - from + 1 }, (_, i) => factors.map((factor) => factor * 10 ** (from + i)))
      .flat()
      .filter((value) => value >= least && value <= most);
  const choices = [within([1, 2, 5]), within([1, 3]), within([1])];
  let values = choices.find((choice) => choice.length <= most_ticks) ?? choices[2] ?? [];
  while (values.length > most_ticks && values.length > 2) values = values.filter((_, i) => i % 2 === 0);
  return values.map((value) => ({ value, label: formatAmount(Number(value.toPrecision(3))) }));
}

/** A date as its year, or with its month if it is not the beginning of a year. */
export function dateLabel(value: number): string {
  const year = Math.floor(value + 1e-6);
  const month = Math.round((value - year) * 12) + 1;
  return month <= 1 ? String(year) : `${year}-${String(Math.min(month, 12)).padStart(2, "0")}`;
}
