import type { VariablesOf } from "../api/graphql";
import { apiLanguage } from "../text";
import { facetsDocument } from "./facets-document";
import { modelsDocument } from "./models-document";

/** What of the catalog is looked at: the state of the page, as its address tells it. */
export type View = {
  q: string;
  use: string[];
  license: string[];
  maker: string[];
  kind: string[];
  year: string[];
  /** The sizes wanted, as amounts such as "7B". Empty where there is no bound. */
  minSize: string;
  maxSize: string;
  minTokens: string;
  maxTokens: string;
  /** The gigabytes that the weights of a size may take. */
  memory: string;
  precision: string;
  /** A field of ORDERS, with "-" before it for descending. */
  sort: string;
};

export type Group = "use" | "license" | "maker" | "kind" | "year";
const LISTS = ["use", "license", "maker", "kind", "year"] as const;
const TEXTS = ["q", "minSize", "maxSize", "minTokens", "maxTokens", "memory", "precision", "sort"] as const;

/** What the table can be sorted by. */
export const ORDERS = {
  listed: "POSITION",
  name: "NAME",
  size: "MAX_PARAMETERS",
  tokens: "MAX_TRAINING_TOKENS",
  released: "RELEASE_DATE",
  updated: "UPDATED_AT",
} as const;

/** The bits that a parameter takes. */
export const PRECISIONS: Record<string, number> = { FP16: 16, INT8: 8, INT4: 4 };

export const PAGE = 50;
export const USES = ["ALLOWED", "AUTHORIZATION_REQUIRED", "PROHIBITED", "UNKNOWN"];
const KINDS = ["FOUNDATION", "DERIVED"];
const AMOUNT = /^\d{1,15}(\.\d{1,3})?[KMBT]?$/;

/** Reads an address. What makes no sense is left aside, so that every address shows something. */
export function readView(parameters: URLSearchParams): View {
  const view = { ...NO_VIEW };
  for (const name of LISTS) view[name] = parameters.getAll(name).filter(Boolean).slice(0, 100);
  for (const name of TEXTS) view[name] = (parameters.get(name) ?? "").trim();
  view.q = view.q.slice(0, 200);
  view.use = view.use.filter((use) => USES.includes(use));
  view.kind = view.kind.filter((kind) => KINDS.includes(kind));
  view.year = view.year.filter((year) => /^\d{4}$/.test(year));
  for (const name of ["minSize", "maxSize", "minTokens", "maxTokens"] as const) {
    if (!AMOUNT.test(view[name])) view[name] = "";
  }
  if (!/^[1-9]\d{0,4}$/.test(view.memory)) view.memory = "";
  if (!Object.hasOwn(PRECISIONS, view.precision)) view.precision = "";
  if (!Object.hasOwn(ORDERS, view.sort.replace(/^-/, ""))) view.sort = "";
  return view;
}

export const NO_VIEW: View = {
  q: "",
  use: [],
  license: [],
  maker: [],
  kind: [],
  year: [],
  minSize: "",
  maxSize: "",
  minTokens: "",
  maxTokens: "",
  memory: "",
  precision: "",
  sort: "",
};

/** The query of the address of a view; empty for the whole catalog. */
export function writeView(view: View): string {
  const parameters = new URLSearchParams();
  for (const name of TEXTS) if (view[name]) parameters.set(name, view[name]);
  for (const name of LISTS) for (const value of view[name]) parameters.append(name, value);
  const text = parameters.toString();
  return text ? `?${text}` : "";
}

/** How many conditions a view has beside the search. */
export function conditions(view: View): number {
  const lists = LISTS.reduce((sum, name) => sum + view[name].length, 0);
  return lists + [view.minSize || view.maxSize, view.minTokens || view.maxTokens, view.memory].filter(Boolean).length;
}

type ModelsVariables = VariablesOf<typeof modelsDocument>;
export type Where = NonNullable<ModelsVariables["where"]>;

/** The filter of a view, without the conditions of the parts left out. `src/http/pages/view.rs` makes the same. */
export function where(view: View, without?: Group | "size" | "tokens"): Where {
  const where: Where = {};
  const uses = view.use as ("ALLOWED" | "AUTHORIZATION_REQUIRED" | "PROHIBITED" | "UNKNOWN")[];
  if (uses.length && without !== "use") where.commercialUse = { in: uses };
  if (view.license.length && without !== "license") where.license = { slug: { in: view.license } };
  if (view.maker.length && without !== "maker") where.organizations = { some: { slug: { in: view.maker } } };
  if (view.kind.length && without !== "kind") where.kind = { in: view.kind as ("FOUNDATION" | "DERIVED")[] };
  if (view.year.length && without !== "year") {
    where.or = view.year.map((year) => ({ releaseDate: { gte: `${year}-01-01`, lte: `${year}-12-31` } }));
  }
  const sizes = [];
  const [min, max] = without === "size" ? ["", ""] : [view.minSize, view.maxSize];
  // Some size is at least as large just when the largest is, which an index tells.
  if (min && !max && !view.memory) where.maxParameters = { gte: min };
  else if (min || max) sizes.push({ parameters: between(min, max) });
  if (view.memory) sizes.push({ parameters: { lte: mostParameters(view) } });
  if (sizes.length) where.sizes = { some: { and: sizes } };
  if ((view.minTokens || view.maxTokens) && without !== "tokens") {
    where.maxTrainingTokens = between(view.minTokens, view.maxTokens);
  }
  return where;
}

/** The most parameters whose weights fit into the memory of a view. */
export function mostParameters({ memory, precision }: View): number {
  return Math.floor((Number(memory) * 8_000_000_000) / (PRECISIONS[precision || "INT4"] ?? 4));
}

function between(min: string, max: string): { gte?: string; lte?: string } {
  return { ...(min && { gte: min }), ...(max && { lte: max }) };
}

/** The variables of the first page. `src/http/pages/view.rs` makes the same. */
export function modelsVariables(view: View, after?: string): ModelsVariables {
  const field = ORDERS[view.sort.replace(/^-/, "") as keyof typeof ORDERS] ?? "POSITION";
  const direction = view.sort.startsWith("-") ? "DESC" : "ASC";
  return {
    first: PAGE,
    ...(after && { after }),
    where: where(view),
    search: view.q,
    orderBy: [{ field, direction }],
    language: apiLanguage(),
  };
}

/** Each facet counts what there would be without its own conditions, so that more of it can be chosen. */
export function facetsVariables(view: View): VariablesOf<typeof facetsDocument> {
  return {
    search: view.q,
    where: where(view),
    uses: where(view, "use"),
    licenses: where(view, "license"),
    makers: where(view, "maker"),
    kinds: where(view, "kind"),
    years: where(view, "year"),
    sizes: where(view, "size"),
    tokens: where(view, "tokens"),
  };
}
