import type { VariablesOf } from "../api/graphql";
import { ENUMS } from "../facts.gen";
import { facetsDocument } from "./facets-document";

/** The state of the catalog page: search, filters and sort order, as in the query of its address. */
export type CatalogParams = {
  q: string;
  use: CommercialUse[];
  license: string[];
  maker: string[];
  kind: ModelKind[];
  year: string[];
  /** Limits as amounts such as "7B". Empty where there is no limit. */
  minSize: string;
  maxSize: string;
  minTokens: string;
  maxTokens: string;
  /** GPU memory in GB (10⁹ bytes) that the weights of a size must fit in. */
  memory: string;
  precision: string;
  /** A field of SORT_FIELDS, with "-" before it for descending. */
  sort: string;
};

export type FacetName = "use" | "license" | "maker" | "kind" | "year";
const LISTS = ["use", "license", "maker", "kind", "year"] as const;
const TEXTS = ["q", "minSize", "maxSize", "minTokens", "maxTokens", "memory", "precision", "sort"] as const;

/** The sort orders of the table and their order fields in the API. */
export const SORT_FIELDS = {
  listed: "POSITION",
  name: "NAME",
  size: "MAX_PARAMETERS",
  tokens: "MAX_TRAINING_TOKENS",
  released: "RELEASE_DATE",
  updated: "UPDATED_AT",
} as const;

/** Bits per parameter. */
export const PRECISIONS: Record<string, number> = { FP16: 16, INT8: 8, INT4: 4 };

export type CommercialUse = (typeof ENUMS.CommercialUse)[number];
type ModelKind = (typeof ENUMS.ModelKind)[number];

const isCommercialUse = (value: string): value is CommercialUse => ENUMS.CommercialUse.some((use) => use === value);
const isModelKind = (value: string): value is ModelKind => ENUMS.ModelKind.some((kind) => kind === value);

const AMOUNT = /^\d{1,15}(\.\d{1,3})?[KMBT]?$/;

/** Reads the query of an address. Invalid values are ignored, so that every address shows a page. */
export function readParams(parameters: URLSearchParams): CatalogParams {
  const params = { ...EMPTY_PARAMS };
  const valuesOf = (name: FacetName) => parameters.getAll(name).filter(Boolean).slice(0, 100);
  for (const name of ["license", "maker", "year"] as const) params[name] = valuesOf(name);
  params.use = valuesOf("use").filter(isCommercialUse);
  params.kind = valuesOf("kind").filter(isModelKind);
  for (const name of TEXTS) params[name] = (parameters.get(name) ?? "").trim();
  params.q = params.q.slice(0, 200);
  params.year = params.year.filter((year) => /^\d{4}$/.test(year));
  for (const name of ["minSize", "maxSize", "minTokens", "maxTokens"] as const) {
    if (!AMOUNT.test(params[name])) params[name] = "";
  }
  if (!/^[1-9]\d{0,4}$/.test(params.memory)) params.memory = "";
  if (!Object.hasOwn(PRECISIONS, params.precision)) params.precision = "";
  if (!Object.hasOwn(SORT_FIELDS, params.sort.replace(/^-/, ""))) params.sort = "";
  return params;
}

export const EMPTY_PARAMS: CatalogParams = {
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

/** The query of the address for these parameters; empty for the whole catalog. */
export function writeParams(params: CatalogParams): string {
  const parameters = new URLSearchParams();
  for (const name of TEXTS) if (params[name]) parameters.set(name, params[name]);
  for (const name of LISTS) for (const value of params[name]) parameters.append(name, value);
  const text = parameters.toString();
  return text ? `?${text}` : "";
}

/** The number of filters that are set, without the search. */
export function countFilters(params: CatalogParams): number {
  const lists = LISTS.reduce((sum, name) => sum + params[name].length, 0);
  return (
    lists +
    [params.minSize || params.maxSize, params.minTokens || params.maxTokens, params.memory].filter(Boolean).length
  );
}

export type ModelFilter = NonNullable<VariablesOf<typeof facetsDocument>["where"]>;

/** The filter of the API for these parameters, without one of them. The server builds the same filter. */
export function modelFilter(params: CatalogParams, without?: FacetName | "size" | "tokens"): ModelFilter {
  const where: ModelFilter = {};
  if (params.use.length && without !== "use") where.commercialUse = { in: params.use };
  if (params.license.length && without !== "license") where.license = { slug: { in: params.license } };
  if (params.maker.length && without !== "maker") where.organizations = { some: { slug: { in: params.maker } } };
  if (params.kind.length && without !== "kind") where.kind = { in: params.kind };
  if (params.year.length && without !== "year") {
    where.or = params.year.map((year) => ({ releaseDate: { gte: `${year}-01-01`, lte: `${year}-12-31` } }));
  }
  const sizes = [];
  const [min, max] = without === "size" ? ["", ""] : [params.minSize, params.maxSize];
  // The largest size alone decides a lower limit, and its column has an index.
  if (min && !max && !params.memory) where.maxParameters = { gte: min };
  else if (min || max) sizes.push({ parameters: between(min, max) });
  if (params.memory) sizes.push({ parameters: { lte: maxParametersInMemory(params) } });
  if (sizes.length) where.sizes = { some: { and: sizes } };
  if ((params.minTokens || params.maxTokens) && without !== "tokens") {
    where.maxTrainingTokens = between(params.minTokens, params.maxTokens);
  }
  return where;
}

/** The largest number of parameters whose weights fit in the memory. */
export function maxParametersInMemory({ memory, precision }: CatalogParams): number {
  return Math.floor((Number(memory) * 8_000_000_000) / (PRECISIONS[precision || "INT4"] ?? 4));
}

function between(min: string, max: string): { gte?: string; lte?: string } {
  return { ...(min && { gte: min }), ...(max && { lte: max }) };
}

/** The variables of the facets. Each facet ignores its own filter, so that its other values have counts too. */
export function facetsVariables(params: CatalogParams): VariablesOf<typeof facetsDocument> {
  return {
    search: params.q,
    where: modelFilter(params),
    uses: modelFilter(params, "use"),
    licenses: modelFilter(params, "license"),
    makers: modelFilter(params, "maker"),
    kinds: modelFilter(params, "kind"),
    years: modelFilter(params, "year"),
    sizes: modelFilter(params, "size"),
    tokens: modelFilter(params, "tokens"),
  };
}
