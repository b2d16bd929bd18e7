import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { navigate } from "../router";
import { currentLanguage, t, enumText } from "../i18n";
import { type Colors, SYMBOLS, USES } from "./draw";
import { save } from "./save";

type Props<Data> = {
  name: string;
  title: string;
  note: string;
  ready: boolean;
  empty?: boolean;
  legend?: boolean;
  data?: Data;
  draw: (data: Data, width: number, colors: Colors) => SVGSVGElement | HTMLElement;
};

/** A chart with its title, legend and buttons to save it. */
export function Figure<Data>({ name, title, note, ready, empty, legend, data, draw }: Props<Data>) {
  const container = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [theme, setTheme] = useState(0);
  useLayoutEffect(() => {
    const element = container.current;
    if (!element) return;
    const measure = () => setWidth(Math.round(element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    const redraw = () => setTheme((times) => times + 1);
    addEventListener("theme", redraw);
    return () => {
      observer.disconnect();
      removeEventListener("theme", redraw);
    };
  }, []);
  useEffect(() => {
    const element = container.current;
    if (!element || !width || data === undefined || empty) {
      element?.replaceChildren();
      return;
    }
    const drawing = draw(data, width, colorsOf(element));
    drawing.setAttribute("role", "group");
    drawing.setAttribute("aria-label", title);
    // The library adds labels to groups without a role.
    for (const group of drawing.querySelectorAll("g[aria-label]")) group.setAttribute("role", "group");
    element.replaceChildren(drawing);
  }, [data, width, theme, currentLanguage(), empty]);
  const followLink = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const address = link?.getAttribute("href") ?? link?.getAttribute("xlink:href");
    if (!address || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    navigate(address);
  };
  const saveAs = (format: "svg" | "png") => {
    const drawing = container.current?.querySelector("svg");
    if (container.current && drawing)
      void save(drawing, `${name}.${format}`, getComputedStyle(document.body).backgroundColor);
  };
  return (
    <figure class="plot" aria-labelledby={`plot-${name}`}>
      <figcaption>
        <h2 id={`plot-${name}`}>{title}</h2>
        {ready && !empty && (
          <span class="actions">
            <button type="button" onClick={() => saveAs("svg")} aria-label={t("plots.save", { title, format: "SVG" })}>
              SVG
            </button>
            <button type="button" onClick={() => saveAs("png")} aria-label={t("plots.save", { title, format: "PNG" })}>
              PNG
            </button>
          </span>
        )}
      </figcaption>
      {legend && <Legend />}
      {empty && <p class="empty">{t("plots.none")}</p>}
      <div ref={container} class="drawing" onClick={followLink} />
      <p class="unit">{note}</p>
    </figure>
  );
}

const PATHS: Record<(typeof SYMBOLS)[number], string> = {
  circle: "M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10z",
  triangle: "M6 1L11.5 10.5H.5z",
  square: "M1.5 1.5h9v9h-9z",
  diamond: "M6 0L10 6L6 12L2 6z",
};

function Legend() {
  return (
    <ul class="legend">
      {USES.map((use, i) => (
        <li key={use}>
          <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" class={`sign ${use.toLowerCase()}`}>
            <path d={PATHS[SYMBOLS[i] ?? "circle"]} fill="currentColor" />
          </svg>
          {enumText("CommercialUse", use)}
        </li>
      ))}
    </ul>
  );
}

function colorsOf(element: Element): Colors {
  const style = getComputedStyle(element);
  const scheme =
    style.colorScheme.includes("dark") && !style.colorScheme.includes("light")
      ? "dark"
      : style.colorScheme.includes("light") && !style.colorScheme.includes("dark")
        ? "light"
        : matchMedia("(prefers-color-scheme: dark)").matches
          ? "dark"
          : "light";
  // A saved chart has no style sheet, so `light-dark()` is resolved here.
  const color = (name: string) => {
    const value = style.getPropertyValue(name).trim();
    const [, light, dark] = /^light-dark\((#\w+),\s*(#\w+)\)$/.exec(value) ?? [];
    return (scheme === "dark" ? dark : light) ?? value;
  };
  return {
    ink: color("--ink"),
    muted: color("--muted"),
    grid: color("--line"),
    paper: color("--paper"),
    accent: color("--accent"),
    uses: Object.fromEntries(USES.map((use) => [use, color(`--${use.toLowerCase()}`)])),
  };
}
