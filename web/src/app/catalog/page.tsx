import { useEffect, useRef, useState } from "preact/hooks";
import { queryKey } from "../api/query-cache";
import { useQuery } from "../api/use-query";
import { formatInteger } from "../format";
import { navigate, currentUrl } from "../router";
import { t } from "../i18n";
import { ErrorMessage } from "../ui/error-message";
import { facetsDocument } from "./facets-document";
import { Filters } from "./filters";
import { Table } from "./table";
import { useModels } from "./use-models";
import { countFilters, facetsVariables, EMPTY_PARAMS, readParams, type CatalogParams, writeParams } from "./params";

/** The catalog: search, filters and the table of the matching models. */
export function Catalog() {
  const params = readParams(currentUrl().searchParams);
  const models = useModels(params);
  const variables = facetsVariables(params);
  const settled = useSettled(queryKey(facetsDocument, variables));
  // The facets are slower than the table and are requested after it, so that they do not delay it.
  const {
    data: facets,
    stale,
    error,
    retry,
  } = useQuery(facetsDocument, variables, { sticky: true, skip: !models.current || !settled });
  const total = stale ? undefined : facets?.all.totalCount;
  const change = (part: Partial<CatalogParams>, replace = false) => {
    const address = `/${writeParams({ ...readParams(currentUrl().searchParams), ...part })}`;
    navigate(address, { replace, keepScroll: true });
    if (scrollY > 400) scrollTo(0, 0);
  };
  const filtered = countFilters(params) > 0 || params.q !== "";
  return (
    <div class="catalog">
      <header class="intro">
        <h1 tabIndex={-1}>{t("catalog.title")}</h1>
        <p>{t("catalog.lead")}</p>
        <Search params={params} change={change} />
      </header>
      <Filters params={params} facets={facets} stale={stale} error={error} retry={retry} change={change} />
      <section class="results" aria-label={t("catalog.results")}>
        <div class="above">
          <p role="status">
            {total === undefined
              ? "\u00a0"
              : t(filtered ? "catalog.found" : "catalog.all", { count: formatInteger(total) })}
          </p>
          <p class="actions">
            <a href={`/plots${writeParams(params)}`}>{t("plots.title")}</a>
            <a href={`/export/models.csv${exportQuery(params)}`} download>
              CSV
            </a>
            <a href={`/export/models.json${exportQuery(params)}`} download>
              JSON
            </a>
          </p>
        </div>
        {models.error && <ErrorMessage error={models.error} retry={models.retry} />}
        {models.current && models.rows.length === 0 ? (
          <div class="empty">
            <p>{t("catalog.none")}</p>
            <button type="button" onClick={() => change({ ...EMPTY_PARAMS, sort: params.sort })}>
              {t("filters.clearAll")}
            </button>
          </div>
        ) : models.error && !models.current ? null : (
          <Table params={params} models={models} total={total} />
        )}
        {models.hasMore && <p class="loading">{t("catalog.loading")}</p>}
      </section>
    </div>
  );
}

/** The facets are requested when the filters have not changed for this long. */
const FACETS_DELAY_MS = 150;

/** Whether a key has not changed for FACETS_DELAY_MS, or not at all. */
function useSettled(key: string): boolean {
  const [settled, setSettled] = useState(key);
  useEffect(() => {
    if (settled === key) return;
    const timer = setTimeout(() => setSettled(key), FACETS_DELAY_MS);
    return () => clearTimeout(timer);
  }, [key, settled]);
  return settled === key;
}

/** The parameters of an export. It supports the search and one value each of license, organization and kind. */
function exportQuery({ q, license, maker, kind }: CatalogParams): string {
  const parameters = new URLSearchParams();
  if (q) parameters.set("search", q);
  if (license.length === 1) parameters.set("license", license[0] ?? "");
  if (maker.length === 1) parameters.set("organization", maker[0] ?? "");
  if (kind.length === 1) parameters.set("kind", (kind[0] ?? "").toLowerCase());
  const text = parameters.toString();
  return text ? `?${text}` : "";
}

/** A search starts when nothing was typed for this long. */
const SEARCH_DELAY_MS = 80;

function Search({
  params,
  change,
}: {
  params: CatalogParams;
  change: (part: Partial<CatalogParams>, replace?: boolean) => void;
}) {
  const [typed, setTyped] = useState(params.q);
  const timer = useRef<number | undefined>(undefined);
  const sent = useRef(params.q);
  useEffect(() => {
    // The address has changed, for example by the back button.
    if (params.q !== sent.current) {
      sent.current = params.q;
      setTyped(params.q);
    }
  }, [params.q]);
  const search = (text: string, composing: boolean) => {
    setTyped(text);
    clearTimeout(timer.current);
    // A word is not complete while an input method composes it.
    if (composing) return;
    timer.current = setTimeout(() => {
      // A search is one entry in the history, however often it changes.
      const replace = sent.current !== "" && text.trim() !== "";
      sent.current = text.trim();
      change({ q: text.trim() }, replace);
    }, SEARCH_DELAY_MS);
  };
  return (
    <form class="search" role="search" action="/" onSubmit={(event) => event.preventDefault()}>
      <input
        type="search"
        name="q"
        value={typed}
        maxLength={200}
        placeholder={t("catalog.searchFor")}
        aria-label={t("catalog.search")}
        autoComplete="off"
        onInput={(event) => search(event.currentTarget.value, event.isComposing)}
        onCompositionEnd={(event) => search(event.currentTarget.value, false)}
      />
    </form>
  );
}
