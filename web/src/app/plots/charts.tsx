import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { formatAmount, formatInteger } from "../format";
import { t } from "../i18n";
import { currentUrl, navigate } from "../router";
import { byYear, ROW, stackedBars, totalBars } from "./bars";
import {
  addressOf,
  type Axis,
  AXIS_TEXTS,
  groupOf,
  type Grouping,
  GROUPING_TEXTS,
  loadPoints,
  mainGroups,
  nameOf,
  OTHERS,
  type Points,
  textOf,
  UNKNOWN,
  valueOf,
  yearOf,
} from "./data";
import { Figure, type Table } from "./figure";
import { domainOf, type Range, scale } from "./scale";
import {
  axes,
  type Dot,
  dotsAsSvg,
  dotsOnCanvas,
  type Frame,
  labels,
  MAX_ELEMENTS,
  nearest,
  ratioLine,
} from "./scatter";
import { type Colors, colorsOf, PALETTE_SIZE, SHAPES } from "./theme";

type Focus = Record<"from" | "to" | "low" | "high", number | null>;
type Props = {
  host: HTMLElement;
  x: Axis;
  y: Axis;
  color: Grouping;
  by: Grouping;
  focus: Focus;
  points: string;
  csv: string;
  filters: string;
  /** The only chart to draw, on a page that others embed. */
  embed?: "points" | "time" | "totals";
};

/** Compute-optimal number of training tokens per parameter (Hoffmann et al., 2022). */
const RATIO = 20;
const MAX_TABLE = 200;
const MAX_TOTALS = 15;

/** The charts of the filtered models. The address has what they show. */
export function Charts({ host, embed, ...props }: Props) {
  const [data, setData] = useState<Points>();
  const [error, setError] = useState<Error>();
  useEffect(() => {
    let current = true;
    setError(undefined);
    loadPoints(props.points).then(
      (points) => current && setData(points),
      (problem: Error) => current && setError(problem),
    );
    return () => void (current = false);
  }, [props.points]);
  const width = useWidth(host);
  const colors = useColors(host);
  if (error)
    return (
      <div class="problem" role="alert">
        <p>{error.message}</p>
      </div>
    );
  const common = { data, width, colors, ...props };
  return (
    <>
      {(!embed || embed === "points") && <Scatter {...common} />}
      {(!embed || embed === "time") && <OverTime {...common} />}
      {(!embed || embed === "totals") && <Totals {...common} />}
    </>
  );
}

type ChartProps = Omit<Props, "host" | "embed"> & { data: Points | undefined; width: number; colors: Colors };

/** The address of one chart for frames of other sites. */
function embedAddress(chart: string, { x, y, color, by, focus, filters }: ChartProps): string {
  const query = new URLSearchParams(filters);
  const shown = chart === "points" ? { x, y, color, ...focus } : { by };
  for (const [name, value] of Object.entries({ chart, ...shown })) if (value !== null) query.set(name, String(value));
  return `${location.origin}/plots/embed?${query}`;
}

/** Changes what the charts show. */
function change(values: Record<string, number | string | null>): void {
  const url = currentUrl();
  for (const [name, value] of Object.entries(values)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, String(value));
  }
  void navigate(url.href, { replace: true, keepScroll: true });
}

/** A name within a sentence. */
const lower = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

const precise = (value: number) => Number(value.toPrecision(7));

function Scatter(props: ChartProps) {
  const { data, width, colors, x: xAxis, y: yAxis, color, focus } = props;
  const height = Math.round(Math.min(480, Math.max(320, width * 0.55)));
  const frame: Frame = { width, height, left: 52, right: 12, top: 24, bottom: 48 };
  const drawn = useMemo(() => {
    if (!data || !width) return undefined;
    const known = data.points.filter((row) => valueOf(row, xAxis) !== null && valueOf(row, yAxis) !== null);
    const groups = mainGroups(data, known, color, PALETTE_SIZE);
    const look = lookOf(groups, color, colors);
    const values = known.map((row): Range => [valueOf(row, xAxis) ?? 0, valueOf(row, yAxis) ?? 0]);
    const [xs, ys] = [values.map(([value]) => value), values.map(([, value]) => value)];
    const zoom = (axis: Axis, list: number[], from: number | null, to: number | null): Range => {
      const [least, most] = domainOf(axis, list);
      return from !== null && to !== null && from < to ? [from, to] : [from ?? least, to ?? most];
    };
    const xScale = scale(xAxis, zoom(xAxis, xs, focus.from, focus.to), [frame.left, width - frame.right]);
    const yScale = scale(yAxis, zoom(yAxis, ys, focus.low, focus.high), [height - frame.bottom, frame.top]);
    const dots = known.flatMap((row, index): Dot[] => {
      const [px, py] = [xScale.at(xs[index] ?? 0), yScale.at(ys[index] ?? 0)];
      const inside =
        px >= frame.left - 1 && px <= width - frame.right + 1 && py >= frame.top - 1 && py <= height - frame.bottom + 1;
      return inside ? [{ x: px, y: py, ...look(groupOf(data, row, color).key), name: nameOf(row), index }] : [];
    });
    return { known, groups, look, xScale, yScale, dots };
  }, [data, width, colors, xAxis, yAxis, color, focus.from, focus.to, focus.low, focus.high]);
  const canvas = useRef<HTMLCanvasElement>(null);
  const onCanvas = (drawn?.dots.length ?? 0) > MAX_ELEMENTS;
  useLayoutEffect(() => {
    if (canvas.current && drawn && onCanvas) dotsOnCanvas(canvas.current, drawn.dots, frame);
  }, [drawn, onCanvas]);
  const [pointed, setPointed] = useState<Dot>();
  const [brush, setBrush] = useState<[number, number, number, number]>();
  const title = t("plots.of", { y: t(AXIS_TEXTS[yAxis]), x: lower(t(AXIS_TEXTS[xAxis])) });
  const isEmpty = drawn?.known.length === 0 || xAxis === yAxis;
  const names: [string, string] = [t(AXIS_TEXTS[xAxis]), t(AXIS_TEXTS[yAxis])];
  const draw = (whole: boolean) => {
    if (!drawn || isEmpty) return "";
    const { xScale, yScale, dots } = drawn;
    const ratio =
      xAxis === "parameters" && yAxis === "tokens"
        ? ratioLine(xScale, yScale, RATIO, t("plots.ratio", { ratio: RATIO }), frame, colors)
        : "";
    const first = [...dots].sort((a, b) => a.y - b.y);
    const marks = onCanvas && !whole ? "" : dotsAsSvg(dots, colors);
    return axes(xScale, yScale, names, frame, colors) + ratio + marks + labels(first, frame, colors);
  };
  const place = (event: PointerEvent): [number, number] => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const start = (event: PointerEvent) => {
    if (event.pointerType === "touch" || event.button !== 0) return;
    const [px, py] = place(event);
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    setBrush([px, py, px, py]);
  };
  const move = (event: PointerEvent) => {
    const [px, py] = place(event);
    if (brush) setBrush([brush[0], brush[1], px, py]);
    else setPointed(drawn && nearest(drawn.dots, px, py));
  };
  const end = (event: PointerEvent) => {
    const [px, py] = place(event);
    const area = brush;
    setBrush(undefined);
    if (area && drawn && Math.abs(area[2] - area[0]) > 12 && Math.abs(area[3] - area[1]) > 12) {
      const { xScale, yScale } = drawn;
      change({
        from: precise(xScale.invert(Math.min(area[0], area[2]))),
        to: precise(xScale.invert(Math.max(area[0], area[2]))),
        low: precise(yScale.invert(Math.max(area[1], area[3]))),
        high: precise(yScale.invert(Math.min(area[1], area[3]))),
      });
      return;
    }
    const dot = drawn && nearest(drawn.dots, px, py);
    const row = dot && drawn?.known[dot.index];
    // A finger first shows what it points at.
    if (event.pointerType === "touch" && dot?.index !== pointed?.index) setPointed(dot);
    else if (row) follow(addressOf(row), event);
  };
  const zoom = (factor: number) => {
    if (!drawn) return;
    const { xScale, yScale } = drawn;
    const around = (length: number, offset: number): Range => {
      const middle = offset + length / 2;
      return [middle - (length / 2) * factor, middle + (length / 2) * factor];
    };
    const [left, right] = around(width - frame.left - frame.right, frame.left);
    const [top, bottom] = around(height - frame.top - frame.bottom, frame.top);
    change({
      from: precise(xScale.invert(left)),
      to: precise(xScale.invert(right)),
      low: precise(yScale.invert(bottom)),
      high: precise(yScale.invert(top)),
    });
  };
  const focused = Object.values(focus).some((value) => value !== null);
  const pointedRow = pointed && drawn?.known[pointed.index];
  const table = (most: number): Table => ({
    head: [t("fact.Model.name"), names[0], names[1], t(GROUPING_TEXTS[color])],
    rows: (drawn?.dots ?? []).slice(0, most).flatMap(({ index }) => {
      const row = drawn?.known[index];
      return row && data ? [[nameOf(row), textOf(row, xAxis), textOf(row, yAxis), groupOf(data, row, color).name]] : [];
    }),
    links: (drawn?.dots ?? [])
      .slice(0, most)
      .map(({ index }) => (drawn?.known[index] ? addressOf(drawn.known[index]) : "")),
    total: drawn?.dots.length ?? 0,
  });
  return (
    <Figure
      name="points"
      title={title}
      height={height}
      width={width}
      colors={colors}
      empty={isEmpty}
      draw={draw}
      table={table}
      maxTable={MAX_TABLE}
      csvAddress={props.csv}
      embed={embedAddress("points", props)}
      note={
        drawn &&
        t(data?.whole === false ? "plots.newest" : "plots.shown", {
          count: formatInteger(drawn.dots.length),
          total: formatInteger(data?.points.length ?? 0),
        })
      }
      legend={drawn && !isEmpty && <Legend groups={drawn.groups} look={drawn.look} filters={props.filters} />}
      tools={
        <>
          <button type="button" onClick={() => zoom(0.6)} aria-label={t("plots.zoomIn")}>
            +
          </button>
          <button type="button" onClick={() => zoom(1 / 0.6)} aria-label={t("plots.zoomOut")}>
            −
          </button>
          <button
            type="button"
            disabled={!focused}
            onClick={() => change({ from: null, to: null, low: null, high: null })}
          >
            {t("plots.zoomAll")}
          </button>
        </>
      }
    >
      <div
        class={pointedRow ? "surface over" : "surface"}
        onPointerDown={start}
        onPointerMove={move}
        onPointerUp={end}
        onPointerLeave={() => setPointed(undefined)}
      >
        {onCanvas && <canvas ref={canvas} class="dots" aria-hidden="true" />}
        {brush && (
          <svg class="brush" width={width} height={height} aria-hidden="true">
            <rect
              x={Math.min(brush[0], brush[2])}
              y={Math.min(brush[1], brush[3])}
              width={Math.abs(brush[2] - brush[0])}
              height={Math.abs(brush[3] - brush[1])}
            />
          </svg>
        )}
        {pointed && pointedRow && data && (
          <Tip dot={pointed} width={width}>
            <strong>{nameOf(pointedRow)}</strong>
            {[xAxis, yAxis].map((axis) => (
              <span key={axis}>
                {t(AXIS_TEXTS[axis])}:{" "}
                {axis === "date" ? textOf(pointedRow, axis) : formatAmount(textOf(pointedRow, axis))}
              </span>
            ))}
            <span>{groupOf(data, pointedRow, color).name}</span>
          </Tip>
        )}
      </div>
    </Figure>
  );
}

function Tip({ dot, width, children }: { dot: Dot; width: number; children: ComponentChildren }) {
  const tip = useRef<HTMLDivElement>(null);
  // The policy of the page allows no style attributes, but scripts may set styles.
  useLayoutEffect(() => {
    const element = tip.current;
    if (!element) return;
    const left = dot.x + 12 + element.offsetWidth > width ? dot.x - 12 - element.offsetWidth : dot.x + 12;
    element.style.transform = `translate(${Math.max(0, left)}px, ${Math.max(0, dot.y - 20)}px)`;
  });
  return (
    <div ref={tip} class="tip">
      {children}
    </div>
  );
}

function OverTime(props: ChartProps) {
  const { data, width, colors, by } = props;
  const height = 320;
  const periods = useMemo(() => data && byYear(data, by, PALETTE_SIZE), [data, by]);
  const look = periods && lookOf(periods.groups, by, colors);
  const isEmpty = periods && periods.periods.length < 2;
  const dated = data?.points.filter((row) => yearOf(row) !== null).length ?? 0;
  const table = (): Table => ({
    head: [t("plots.year"), ...[...(periods?.groups.values() ?? [])].map(({ name }) => name)],
    rows: (periods?.periods ?? []).map((period, i) => [
      period,
      ...[...(periods?.groups.keys() ?? [])].map((key) => periods?.counts[i]?.get(key) ?? 0),
    ]),
    total: periods?.periods.length ?? 0,
  });
  return (
    <Figure
      name="time"
      title={t("plots.timeBy", { by: lower(t(GROUPING_TEXTS[by])) })}
      height={height}
      width={width}
      colors={colors}
      empty={isEmpty}
      draw={() =>
        periods && look && !isEmpty ? stackedBars(periods, width, height, (key) => look(key).color, colors) : ""
      }
      table={table}
      embed={embedAddress("time", props)}
      note={data && t("plots.dated", { count: formatInteger(dated), total: formatInteger(data.points.length) })}
      legend={periods && look && !isEmpty && <Legend groups={periods.groups} look={look} filters={props.filters} />}
    />
  );
}

function Totals(props: ChartProps) {
  const { data, width, colors, by } = props;
  const groups = useMemo(() => data && [...mainGroups(data, data.points, by, MAX_TOTALS).values()], [data, by]);
  const look = groups && lookOf(new Map(groups.map((group) => [group.key, group])), by, colors);
  // Bars of one and the same length have no information.
  const isEmpty = groups && groups.every(({ count }) => count === groups[0]?.count);
  const table = (): Table => ({
    head: [t(GROUPING_TEXTS[by]), t("nav.models")],
    rows: (groups ?? []).map(({ name, count }) => [name, count]),
    links: (groups ?? []).map(({ filter }) => (filter ? filterAddress(props.filters, filter) : "")),
    total: groups?.length ?? 0,
  });
  const height = (groups?.length ?? MAX_TOTALS) * ROW + 8;
  return (
    <Figure
      name="totals"
      title={t("plots.totalsBy", { by: lower(t(GROUPING_TEXTS[by])) })}
      height={height}
      width={width}
      colors={colors}
      empty={isEmpty}
      draw={() =>
        groups && look && !isEmpty
          ? totalBars(groups, width, (key) => (by === "use" ? look(key).color : colors.accent), colors)
          : ""
      }
      table={table}
      embed={embedAddress("totals", props)}
    />
  );
}

type Look = (key: string) => { color: string; shape: number };

/** The color and the shape of each group. */
function lookOf(groups: Map<string, unknown>, grouping: Grouping, colors: Colors): Look {
  const keys = [...groups.keys()];
  const grey = { color: colors.muted, shape: 0 };
  return (key) => {
    const index = keys.indexOf(groups.has(key) ? key : OTHERS);
    if (key === UNKNOWN || index < 0 || keys[index] === OTHERS) return grey;
    const color = grouping === "use" ? colors.uses[key] : colors.palette[index % PALETTE_SIZE];
    return { color: color ?? colors.ink, shape: index % 6 };
  };
}

function Legend({
  groups,
  look,
  filters,
}: {
  groups: Map<string, { name: string; filter?: [string, string] }>;
  look: Look;
  filters: string;
}) {
  return (
    <ul class="legend">
      {[...groups].map(([key, { name, filter }]) => (
        <li key={key}>
          <Sign {...look(key)} />
          {filter ? (
            <a href={filterAddress(filters, filter)} title={name}>
              {name}
            </a>
          ) : (
            <span>{name}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

function filterAddress(filters: string, [name, value]: [string, string]): string {
  const query = new URLSearchParams(filters);
  query.set(name, value);
  return `/?${query}`;
}

function Sign({ color, shape }: { color: string; shape: number }) {
  const path = SHAPES[shape] ?? "";
  return (
    <svg viewBox="-6.5 -6.5 13 13" width="12" height="12" aria-hidden="true">
      <path d={path} fill={color} />
    </svg>
  );
}

function follow(address: string, event: PointerEvent): void {
  const outside = document.body.dataset.embed !== undefined;
  if (event.ctrlKey || event.metaKey || event.shiftKey || outside) open(address, "_blank", "noopener");
  else void navigate(address);
}

function useWidth(host: HTMLElement): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    // The figures have a border and a padding.
    const measure = () => {
      const drawing = host.querySelector(".drawing");
      if (drawing) setWidth(Math.floor(drawing.clientWidth));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(host);
    return () => observer.disconnect();
  }, [host]);
  return width;
}

function useColors(host: HTMLElement): Colors {
  const [colors, setColors] = useState(() => colorsOf(host));
  useEffect(() => {
    const update = () => setColors(colorsOf(host));
    const preferred = matchMedia("(prefers-color-scheme: dark)");
    addEventListener("theme", update);
    preferred.addEventListener("change", update);
    return () => {
      removeEventListener("theme", update);
      preferred.removeEventListener("change", update);
    };
  }, [host]);
  return colors;
}
