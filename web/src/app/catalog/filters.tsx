import { useState } from "preact/hooks";
import type { DataOf } from "../api/graphql";
import { ENUMS } from "../facts.gen";
import { formatAmount, formatInteger } from "../format";
import { t, enumText } from "../i18n";
import { ErrorMessage } from "../ui/error-message";
import { CommercialUse } from "../ui/commercial-use";
import type { facetsDocument } from "./facets-document";
import { Range, ticksBetween } from "./range";
import {
  countFilters,
  type FacetName,
  maxParametersInMemory,
  EMPTY_PARAMS,
  PRECISIONS,
  type CatalogParams,
} from "./params";

type Facets = DataOf<typeof facetsDocument>;
type Props = {
  params: CatalogParams;
  facets?: Facets;
  stale?: boolean;
  error?: Error;
  retry?: () => void;
  change: (part: Partial<CatalogParams>) => void;
};

const SIZES = ticksBetween(8, 12);
const TOKENS = ticksBetween(9, 13);
const MEMORIES = ["8", "12", "16", "24", "48", "80"];
const useOrder: readonly string[] = ENUMS.CommercialUse;
/** Values of a facet that are listed at first, and at most. */
const INITIAL_VALUES = 6;
const MAX_VALUES = 200;

/** The filters, with the number of models for each value. */
export function Filters({ params, facets, stale, error, retry, change }: Props) {
  const count = countFilters(params);
  const [open, setOpen] = useState(false);
  return (
    <aside class={open ? "filters open" : "filters"} aria-label={t("filters.title")}>
      <button type="button" class="fold" aria-expanded={open} aria-controls="filters" onClick={() => setOpen(!open)}>
        {t("filters.title")}
        {count > 0 && <span class="badge">{count}</span>}
      </button>
      <div id="filters" class="fields" aria-busy={stale}>
        <p class="clear">
          <strong aria-hidden="true">{t("filters.title")}</strong>
          {count > 0 && (
            <button
              type="button"
              class="text"
              onClick={() => change({ ...EMPTY_PARAMS, q: params.q, sort: params.sort })}
            >
              {t("filters.clear")}
            </button>
          )}
        </p>
        {error && <ErrorMessage error={error} retry={retry} />}
        <Facet group="use" name={t("filters.use")} {...{ params, facets, change }} />
        <Memory params={params} change={change} />
        <Range
          name={t("filters.size")}
          ticks={SIZES}
          min={params.minSize}
          max={params.maxSize}
          bars={facets?.size.facets.values ?? []}
          onChange={(minSize, maxSize) => change({ minSize, maxSize })}
        />
        <Range
          name={t("filters.tokens")}
          ticks={TOKENS}
          min={params.minTokens}
          max={params.maxTokens}
          bars={facets?.tokens.facets.values ?? []}
          onChange={(minTokens, maxTokens) => change({ minTokens, maxTokens })}
        />
        <Facet group="kind" name={t("filters.kind")} {...{ params, facets, change }} />
        <Facet group="license" name={t("filters.license")} {...{ params, facets, change }} />
        <Facet group="maker" name={t("filters.maker")} {...{ params, facets, change }} />
        <Facet group="year" name={t("filters.year")} {...{ params, facets, change }} />
      </div>
    </aside>
  );
}

function Facet({ group, name, params, facets, change }: Props & { group: FacetName; name: string }) {
  const [all, setAll] = useState(false);
  const [search, setSearch] = useState("");
  const selected: readonly string[] = params[group];
  const counted = facets?.[group].facets.values ?? [];
  // Selected values are listed even if no model has them, so that they can be removed.
  const absent = selected.filter((value) => !counted.some((facet) => facet.value === value));
  const values = [...counted, ...absent.map((value) => ({ value, label: value, count: 0 }))];
  if (group === "use") values.sort((a, b) => useOrder.indexOf(a.value) - useOrder.indexOf(b.value));
  if (group === "year") values.sort((a, b) => Number(b.value) - Number(a.value));
  if (facets && values.length === 0) return null;
  const label = (value: string, label: string) => (group === "kind" ? enumText("ModelKind", value) : label);
  const found = values.filter((facet) => facet.label.toLowerCase().includes(search.toLowerCase()));
  const shown = all
    ? found.slice(0, MAX_VALUES)
    : values.filter((facet, i) => i < INITIAL_VALUES || selected.includes(facet.value));
  const toggle = (value: string) =>
    change({ [group]: selected.includes(value) ? selected.filter((other) => other !== value) : [...selected, value] });
  return (
    <fieldset class="facet">
      <legend>{name}</legend>
      {all && values.length > 20 && (
        <input
          type="search"
          class="find"
          value={search}
          placeholder={t("filters.find")}
          aria-label={t("filters.findIn", { name })}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      {shown.map((facet) => (
        <label key={facet.value}>
          <input
            type="checkbox"
            name={group}
            value={facet.value}
            checked={selected.includes(facet.value)}
            onChange={() => toggle(facet.value)}
          />
          <span class="value" title={facet.label}>
            {group === "use" ? <CommercialUse value={facet.value} /> : label(facet.value, facet.label)}
          </span>
          <span class="count">{formatInteger(facet.count)}</span>
        </label>
      ))}
      {values.length > INITIAL_VALUES && (
        <button type="button" class="text" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t("filters.fewer") : t("filters.more", { count: formatInteger(values.length - INITIAL_VALUES) })}
        </button>
      )}
    </fieldset>
  );
}

/** The filter for sizes whose weights fit in the memory of a GPU. */
function Memory({ params, change }: { params: CatalogParams; change: Props["change"] }) {
  const precision = params.precision || "INT4";
  return (
    <fieldset class="memory">
      <legend>{t("filters.memory")}</legend>
      <div class="pair">
        <select
          aria-label={t("filters.memorySize")}
          value={params.memory}
          onChange={(event) => change({ memory: event.currentTarget.value })}
        >
          <option value="">{t("filters.anyMemory")}</option>
          {[...new Set([...MEMORIES, params.memory])].filter(Boolean).map((memory) => (
            <option key={memory} value={memory}>
              {memory} GB
            </option>
          ))}
        </select>
        <select
          aria-label={t("filters.precision")}
          value={precision}
          onChange={(event) => change({ precision: event.currentTarget.value })}
        >
          {Object.keys(PRECISIONS).map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </div>
      {params.memory && <small>{t("filters.fits", { count: formatAmount(maxParametersInMemory(params)) })}</small>}
    </fieldset>
  );
}
