import { formatInteger } from "../format";
import { type Group, type Grouping, groupOf, mainGroups, OTHERS, type Points, yearOf } from "./data";
import { escape, round, widthOf } from "./scatter";
import type { Colors } from "./theme";

type Counted = Group & { count: number };

/** The number of models of each period and group. */
export type Periods = { periods: string[]; groups: Map<string, Counted>; counts: Map<string, number>[] };

/** Counts models by year of release and group. */
export function byYear(data: Points, grouping: Grouping, most: number): Periods {
  const rows = data.points.filter((row) => yearOf(row) !== null);
  const groups = mainGroups(data, rows, grouping, most);
  const years = rows.map((row) => yearOf(row) ?? 0);
  const [first, last] = [years.reduce((a, b) => Math.min(a, b), 9999), years.reduce((a, b) => Math.max(a, b), 0)];
  const periods = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => String(first + i));
  const counts = periods.map(() => new Map<string, number>());
  for (const row of rows) {
    const { key } = groupOf(data, row, grouping);
    const shown = groups.has(key) ? key : OTHERS;
    const year = counts[(yearOf(row) ?? first) - first];
    year?.set(shown, (year.get(shown) ?? 0) + 1);
  }
  return { periods, groups, counts };
}

/** Stacked bars of the models of each year, as SVG. */
export function stackedBars(
  { periods, groups, counts }: Periods,
  width: number,
  height: number,
  colorOf: (key: string) => string,
  colors: Colors,
): string {
  const [left, bottom, top] = [44, 28, 16];
  const totals = counts.map((year) => [...year.values()].reduce((a, b) => a + b, 0));
  const most = totals.reduce((a, b) => Math.max(a, b), 1);
  const step =
    [1, 2, 5, 10, 20, 50, 100, 200, 500].find((size) => most / size <= 6) ?? 10 ** Math.ceil(Math.log10(most / 6));
  const y = (value: number) => height - bottom - (value / most) * (height - bottom - top);
  const band = (width - left - 8) / periods.length;
  const bar = Math.min(56, band * 0.75);
  const parts: string[] = [];
  for (let value = 0; value <= most; value += step) {
    parts.push(`<path d="M${left} ${round(y(value))}H${width}" stroke="${value ? colors.line : colors.muted}"/>`);
    parts.push(
      `<text x="${left - 8}" y="${round(y(value)) + 4}" text-anchor="end" fill="${colors.muted}">${formatInteger(value)}</text>`,
    );
  }
  periods.forEach((period, i) => {
    const center = left + band * (i + 0.5);
    if (i % Math.ceil(34 / band) === 0)
      parts.push(
        `<text x="${round(center)}" y="${height - 8}" text-anchor="middle" fill="${colors.muted}">${period}</text>`,
      );
    let sum = 0;
    for (const { key, name } of groups.values()) {
      const count = counts[i]?.get(key) ?? 0;
      if (!count) continue;
      const [from, to] = [y(sum), y(sum + count)];
      sum += count;
      parts.push(
        `<rect x="${round(center - bar / 2)}" y="${round(to)}" width="${round(bar)}" height="${round(from - to)}" fill="${colorOf(key)}" stroke="${colors.paper}" stroke-width="0.75"><title>${escape(`${period} · ${name}: ${formatInteger(count)}`)}</title></rect>`,
      );
    }
  });
  return parts.join("");
}

/** The height of a row of horizontal bars. */
export const ROW = 26;

/** Horizontal bars of the number of models of each group, as SVG. */
export function totalBars(groups: Counted[], width: number, colorOf: (key: string) => string, colors: Colors): string {
  const margin = Math.min(240, width * 0.4);
  const most = groups.reduce((a, { count }) => Math.max(a, count), 1);
  const rows = groups.map(({ key, name, count }, i) => {
    const short = shorten(name, margin - 12);
    const length = (count / most) * (width - margin - 64);
    return `<text x="${margin - 8}" y="${i * ROW + 17}" text-anchor="end" fill="${colors.ink}">${escape(short)}<title>${escape(name)}</title></text>
      <rect x="${margin}" y="${i * ROW + 4}" width="${round(Math.max(1, length))}" height="${ROW - 8}" fill="${colorOf(key)}"/>
      <text x="${round(margin + length + 6)}" y="${i * ROW + 17}" fill="${colors.muted}">${formatInteger(count)}</text>`;
  });
  return rows.join("");
}

/** A text that is at most about so many pixels wide. */
function shorten(text: string, width: number): string {
  const fits = (part: string) => widthOf(part) * 1.1 <= width;
  if (fits(text)) return text;
  let letters = [...text];
  while (letters.length > 1 && !fits(`${letters.join("")}…`)) letters = letters.slice(0, -1);
  return `${letters.join("")}…`;
}
