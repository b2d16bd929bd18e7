import {
  axisX,
  axisY,
  barX,
  barY,
  dot,
  gridX,
  gridY,
  line,
  plot,
  pointer,
  ruleX,
  ruleY,
  text,
  tip,
} from "@observablehq/plot";
import { ENUMS } from "../facts.gen";
import { formatAmount } from "../format";
import { t, enumText } from "../i18n";

/** The colors of the page. */
export type Colors = {
  ink: string;
  muted: string;
  grid: string;
  paper: string;
  accent: string;
  uses: Record<string, string>;
};
type Drawing = SVGSVGElement | HTMLElement;

export const USES = ENUMS.CommercialUse;
// Values differ by shape as well as by color.
export const SYMBOLS = ["circle", "triangle", "square", "diamond"] as const;
/** Compute-optimal number of training tokens per parameter (Hoffmann et al., 2022). */
const RATIO = 20;

type Point = { slug: string; name: string; commercialUse: string; maxParameters: unknown; maxTrainingTokens: unknown };

/** A scatter plot of parameters and training tokens. */
export function points(data: Point[], width: number, colors: Colors): Drawing {
  const dots = data.map((model) => ({ ...model, x: Number(model.maxParameters), y: Number(model.maxTrainingTokens) }));
  const [least, most] = [Math.min(...dots.map(({ x }) => x)), Math.max(...dots.map(({ x }) => x))];
  const ratio = [least / 1.5, most * 1.5].map((x) => ({ x, y: x * RATIO }));
  const label = ({ name, maxParameters, maxTrainingTokens, commercialUse }: Point) => {
    const tokens = t("amount.tokens", { count: formatAmount(Number(maxTrainingTokens)) });
    return `${name}: ${formatAmount(Number(maxParameters))}, ${tokens}, ${enumText("CommercialUse", commercialUse)}`;
  };
  return plot({
    width,
    height: Math.min(460, Math.max(300, width * 0.55)),
    marginLeft: 48,
    marginRight: 24,
    marginBottom: 44,
    style: { background: "none", color: colors.ink, fontSize: "12px" },
    x: { type: "log", label: t("fact.ModelSize.parameters") },
    y: { type: "log", label: t("fact.ModelSize.trainingTokens") },
    color: { domain: USES, range: USES.map((use) => colors.uses[use] ?? colors.ink) },
    symbol: { domain: USES, range: [...SYMBOLS] },
    marks: [
      gridX({ stroke: colors.grid, strokeOpacity: 1, ticks: 6 }),
      gridY({ stroke: colors.grid, strokeOpacity: 1, ticks: 6 }),
      axisX({
        ticks: 6,
        tickFormat: (value: number) => formatAmount(value),
        label: `${t("fact.ModelSize.parameters")} →`,
        labelOffset: 40,
        color: colors.muted,
      }),
      axisY({
        ticks: 6,
        tickFormat: (value: number) => formatAmount(value),
        label: `↑ ${t("fact.ModelSize.trainingTokens")}`,
        color: colors.muted,
      }),
      line(ratio, { x: "x", y: "y", stroke: colors.muted, strokeDasharray: "5 4" }),
      text(ratio.slice(1), {
        x: "x",
        y: "y",
        text: () => t("plots.ratio", { ratio: RATIO }),
        fill: colors.muted,
        textAnchor: "end",
        dy: -8,
        dx: -6,
      }),
      dot(dots, {
        x: "x",
        y: "y",
        r: data.length > 300 ? 3 : 5,
        fill: "commercialUse",
        symbol: "commercialUse",
        fillOpacity: 0.8,
        stroke: colors.paper,
        strokeWidth: 0.75,
        href: ({ slug }: Point) => `/models/${slug}`,
        ariaLabel: label,
      }),
      data.length <= 40
        ? text(dots, { x: "x", y: "y", text: "name", dx: 8, textAnchor: "start", fill: colors.muted, fontSize: 11 })
        : null,
      tip(dots, pointer({ x: "x", y: "y", title: label, ariaHidden: "true", fill: colors.paper, stroke: colors.grid })),
    ],
  });
}

/** Stacked bars of models by release year. */
export function releases(data: { year: string; use: string; count: number }[], width: number, colors: Colors): Drawing {
  const years = data.map(({ year }) => Number(year));
  const domain = Array.from({ length: Math.max(...years) - Math.min(...years) + 1 }, (_, i) =>
    String(Math.min(...years) + i),
  );
  return plot({
    width,
    height: 280,
    marginLeft: 48,
    style: { background: "none", color: colors.ink, fontSize: "12px" },
    x: { domain, label: null, padding: domain.length < 4 ? 0.7 : 0.25 },
    y: { label: null },
    color: { domain: USES, range: USES.map((use) => colors.uses[use] ?? colors.ink) },
    marks: [
      gridY({ stroke: colors.grid, strokeOpacity: 1, ticks: 5 }),
      axisX({ label: null, color: colors.muted }),
      axisY({ label: `↑ ${t("nav.models")}`, ticks: 5, color: colors.muted }),
      barY(data, {
        x: "year",
        y: "count",
        fill: "use",
        order: [...USES],
        title: ({ year, use, count }) => `${year} · ${enumText("CommercialUse", use)}: ${count}`,
        href: ({ year }) => `/?year=${year}`,
        ariaLabel: ({ year, use, count }) => `${year}, ${enumText("CommercialUse", use)}: ${count}`,
      }),
      ruleY([0], { stroke: colors.muted }),
    ],
  });
}

const MAX_BARS = 15;

/** Bars of models by license, the most frequent first. */
export function licenses(
  data: { value: string; label: string; count: number }[],
  width: number,
  colors: Colors,
): Drawing {
  const bars = data.slice(0, MAX_BARS);
  const margin = Math.min(260, width * 0.42);
  const most = Math.max(...bars.map(({ count }) => count));
  const short = (label: string) =>
    label.length * 6.6 > margin ? `${label.slice(0, Math.floor(margin / 6.6) - 1)}…` : label;
  return plot({
    width,
    height: 40 + bars.length * 28,
    marginLeft: margin,
    marginRight: 40,
    style: { background: "none", color: colors.ink, fontSize: "12px" },
    x: { label: null, domain: [0, most] },
    y: {
      domain: bars.map(({ value }) => value),
      label: null,
      tickFormat: (slug: string) => short(bars.find(({ value }) => value === slug)?.label ?? slug),
      tickSize: 0,
    },
    marks: [
      barX(bars, {
        x: "count",
        y: "value",
        fill: colors.accent,
        insetTop: 3,
        insetBottom: 3,
        href: ({ value }) => `/?${new URLSearchParams({ license: value })}`,
        ariaLabel: ({ label, count }) => `${label}: ${count}`,
      }),
      text(bars, {
        x: "count",
        y: "value",
        text: ({ count }) => String(count),
        dx: 6,
        textAnchor: "start",
        fill: colors.muted,
      }),
      ruleX([0], { stroke: colors.muted }),
      axisX({ ticks: [], label: null }),
    ],
  });
}
