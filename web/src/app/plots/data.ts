import { currentLanguage, enumText, t, type TextKey } from "../i18n";

/** A named value that points share: its value in filters, and its name. */
type Named = [slug: string, name: string];

/** A point as the server sends it: `/plots/points.json`. What is unknown is null. */
type Row = [
  slug: string,
  name: string,
  released: string | null,
  parameters: number | null,
  tokens: number | null,
  context: number | null,
  use: number,
  kind: number | null,
  country: number | null,
  maker: number | null,
  license: number | null,
];

export type Points = {
  /** Whether these are all points of the filter. */
  whole: boolean;
  uses: string[];
  kinds: string[];
  countries: string[];
  makers: Named[];
  licenses: Named[];
  points: Row[];
};

export type Axis = "date" | "parameters" | "tokens" | "context";
export type Grouping = "use" | "country" | "kind" | "maker" | "license";

export const AXIS_TEXTS: Record<Axis, TextKey> = {
  date: "plots.date",
  parameters: "fact.ModelSize.parameters",
  tokens: "fact.ModelSize.trainingTokens",
  context: "fact.ModelSize.contextLength",
};

export const GROUPING_TEXTS: Record<Grouping, TextKey> = {
  use: "plots.byUse",
  country: "plots.byCountry",
  kind: "plots.byKind",
  maker: "plots.byMaker",
  license: "plots.byLicense",
};

export const nameOf = (row: Row): string => row[1];
export const addressOf = (row: Row): string => `/models/${row[0]}`;
export const yearOf = (row: Row): number | null => (row[2] === null ? null : Number(row[2].slice(0, 4)));

/** The value of a point on an axis; null if it is unknown. A date is a year with its fraction: one known to the year has none. */
export function valueOf(row: Row, axis: Axis): number | null {
  if (axis === "parameters") return positive(row[3]);
  if (axis === "tokens") return positive(row[4]);
  if (axis === "context") return positive(row[5]);
  const [year, month, day] = (row[2] ?? "").split("-").map(Number);
  if (!year || !month) return null;
  return year + (month - 1) / 12 + ((day ?? 15) - 1) / 372;
}

/** The value as the source has it. */
export function textOf(row: Row, axis: Axis): string {
  return axis === "date" ? (row[2] ?? "") : String(row[{ parameters: 3, tokens: 4, context: 5 }[axis]] ?? "");
}

function positive(value: number | null): number | null {
  return value && value > 0 ? value : null;
}

/** A value of a grouping: its key, its name, and the filter of the catalog that selects its models. */
export type Group = { key: string; name: string; filter?: [name: string, value: string] };

/** The key of models whose value is unknown. */
export const UNKNOWN = "";

/** The group of a point. */
export function groupOf(data: Points, row: Row, grouping: Grouping): Group {
  const unknown = { key: UNKNOWN, name: t("plots.unknown") };
  if (grouping === "use") {
    const use = data.uses[row[6]] ?? "UNKNOWN";
    return { key: use, name: enumText("CommercialUse", use), filter: ["use", use] };
  }
  if (grouping === "kind") {
    const kind = row[7] === null ? undefined : data.kinds[row[7]];
    if (!kind) return unknown;
    return { key: kind, name: enumText("ModelKind", kind), filter: ["kind", kind] };
  }
  if (grouping === "country") {
    const country = row[8] === null ? undefined : data.countries[row[8]];
    return country ? { key: country, name: countryName(country), filter: ["country", country] } : unknown;
  }
  const named =
    grouping === "maker" ? row[9] !== null && data.makers[row[9]] : row[10] !== null && data.licenses[row[10]];
  return named ? { key: named[0], name: named[1], filter: [grouping, named[0]] } : unknown;
}

const names = new Map<string, Intl.DisplayNames>();

function countryName(code: string): string {
  const language = currentLanguage() === "zh" ? "zh-Hans" : "en";
  const display = names.get(language) ?? new Intl.DisplayNames(language, { type: "region" });
  names.set(language, display);
  return display.of(code) ?? code;
}

/** The key of all groups that have no color of their own. */
export const OTHERS = "~";

/** The most frequent groups of points in their order, and the rest as one. Commercial use keeps the order of its values. */
export function mainGroups(
  data: Points,
  rows: Row[],
  grouping: Grouping,
  most: number,
): Map<string, Group & { count: number }> {
  const counts = new Map<string, Group & { count: number }>();
  for (const row of rows) {
    const group = groupOf(data, row, grouping);
    const entry = counts.get(group.key);
    if (entry) entry.count += 1;
    else counts.set(group.key, { ...group, count: 1 });
  }
  const known = [...counts.values()].filter(({ key }) => key !== UNKNOWN);
  known.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  const main = new Map(known.slice(0, most).map((group) => [group.key, group]));
  const rest = known.slice(most).reduce((sum, { count }) => sum + count, 0);
  if (rest) main.set(OTHERS, { key: OTHERS, name: t("plots.others"), count: rest });
  const unknown = counts.get(UNKNOWN);
  if (unknown) main.set(UNKNOWN, unknown);
  return main;
}

const loaded = new Map<string, Promise<Points>>();

/** Loads the points of an address once. */
export function loadPoints(address: string): Promise<Points> {
  const known = loaded.get(address);
  if (known) return known;
  const loading = fetch(address, { headers: { accept: "application/json" } }).then(async (response) => {
    const body = (await response.json()) as Points & { errors?: { message: string }[] };
    if (!response.ok) throw new Error(body.errors?.[0]?.message ?? response.statusText);
    return body;
  });
  loading.catch(() => loaded.delete(address));
  loaded.clear();
  loaded.set(address, loading);
  return loading;
}
