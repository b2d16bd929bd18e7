/** The colors of the page, as a drawing needs them that is saved without its style sheet. */
export type Colors = {
  ink: string;
  muted: string;
  line: string;
  paper: string;
  accent: string;
  font: string;
  uses: Record<string, string>;
  palette: string[];
};

const USES = ["allowed", "conditional", "authorization_required", "varies", "prohibited", "unknown"];
/** The number of groups with a color of their own. */
export const PALETTE_SIZE = 8;

export function colorsOf(element: Element): Colors {
  const style = getComputedStyle(element);
  const forced = document.documentElement.dataset.theme;
  const dark = forced ? forced === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  // `light-dark()` is resolved here.
  const color = (name: string) => {
    const value = style.getPropertyValue(name).trim();
    const [, light, darker] = /^light-dark\((#\w+),\s*(#\w+)\)$/.exec(value) ?? [];
    return (dark ? darker : light) ?? value;
  };
  return {
    ink: color("--ink"),
    muted: color("--muted"),
    line: color("--line"),
    paper: color("--raised"),
    accent: color("--accent"),
    font: style.fontFamily,
    uses: Object.fromEntries(USES.map((use) => [use.toUpperCase(), color(`--${use}`)])),
    palette: Array.from({ length: PALETTE_SIZE }, (_, i) => color(`--chart-${i + 1}`)),
  };
}

/** The shapes of points: groups differ by shape as well as by color. Paths around 0, about 10 units wide. */
export const SHAPES = [
  "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
  "M0-5.5L5.5 4.5h-11z",
  "M-4.4-4.4h8.8v8.8h-8.8z",
  "M0-6L6 0L0 6L-6 0z",
  "M0 5.5L-5.5-4.5h11z",
  "M-6-2h4v-4h4v4h4v4h-4v4h-4v-4h-4z",
];
