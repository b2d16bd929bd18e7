import { useEffect, useRef, useState } from "preact/hooks";
import { keyOf, useQuery } from "../api/use-query";
import { whole } from "../format";
import { go, here } from "../router";
import { t } from "../text";
import { Problem } from "../ui/problem";
import { facetsDocument } from "./facets-document";
import { Filters } from "./filters";
import { Table } from "./table";
import { useModels } from "./use-models";
import { conditions, facetsVariables, NO_VIEW, readView, type View, writeView } from "./view";

/** The catalog: search, filters, and the table of what they leave. */
export function Catalog() {
  const view = readView(here().searchParams);
  const models = useModels(view);
  const variables = facetsVariables(view);
  const calm = useCalm(keyOf(facetsDocument, variables));
  // The table comes first: counting takes longer, and would only hold it and the next one up.
  const {
    data: facets,
    stale,
    error,
    retry,
  } = useQuery(facetsDocument, variables, { sticky: true, skip: !models.fresh || !calm });
  const total = stale ? undefined : facets?.all.totalCount;
  const change = (part: Partial<View>, replace = false) => {
    const address = `/${writeView({ ...readView(here().searchParams), ...part })}`;
    go(address, { replace, stay: true });
    if (scrollY > 400) scrollTo(0, 0);
  };
  const narrowed = conditions(view) > 0 || view.q !== "";
  return (
    <div class="catalog">
      <header class="intro">
        <h1 tabIndex={-1}>{t("catalog.title")}</h1>
        <p>{t("catalog.lead")}</p>
        <Search view={view} change={change} />
      </header>
      <Filters view={view} facets={facets} stale={stale} error={error} retry={retry} change={change} />
      <section class="results" aria-label={t("catalog.results")}>
        <div class="above">
          <p role="status">
            {total === undefined ? "\u00a0" : t(narrowed ? "catalog.found" : "catalog.all", { count: whole(total) })}
          </p>
          <p class="actions">
            <a href={`/plots${writeView(view)}`}>{t("plots.title")}</a>
            <a href={`/export/models.csv${exported(view)}`} download>
              CSV
            </a>
            <a href={`/export/models.json${exported(view)}`} download>
              JSON
            </a>
          </p>
        </div>
        {models.error && <Problem error={models.error} retry={models.retry} />}
        {models.fresh && models.rows.length === 0 ? (
          <div class="empty">
            <p>{t("catalog.none")}</p>
            <button type="button" onClick={() => change({ ...NO_VIEW, sort: view.sort })}>
              {t("filters.clearAll")}
            </button>
          </div>
        ) : models.error && !models.fresh ? null : (
          <Table view={view} models={models} total={total} />
        )}
        {models.more && <p class="loading">{t("catalog.loading")}</p>}
      </section>
    </div>
  );
}

/** Milliseconds without another change of the filters after which the models are counted. */
const CALM = 150;

/** Whether something has been the same for a while, or from the start. */
function useCalm(key: string): boolean {
  const [calm, setCalm] = useState(key);
  useEffect(() => {
    if (calm === key) return;
    const timer = setTimeout(() => setCalm(key), CALM);
    return () => clearTimeout(timer);
  }, [key, calm]);
  return calm === key;
}

/** An export knows the search and some of the filters. */
function exported({ q, license, maker, kind }: View): string {
  const parameters = new URLSearchParams();
  if (q) parameters.set("search", q);
  if (license.length === 1) parameters.set("license", license[0] ?? "");
  if (maker.length === 1) parameters.set("organization", maker[0] ?? "");
  if (kind.length === 1) parameters.set("kind", (kind[0] ?? "").toLowerCase());
  const text = parameters.toString();
  return text ? `?${text}` : "";
}

/** Milliseconds without another letter after which a search begins. */
const PAUSE = 80;

function Search({ view, change }: { view: View; change: (part: Partial<View>, replace?: boolean) => void }) {
  const [typed, setTyped] = useState(view.q);
  const timer = useRef<number | undefined>(undefined);
  const sent = useRef(view.q);
  useEffect(() => {
    // The address changed by other means, such as the back button.
    if (view.q !== sent.current) {
      sent.current = view.q;
      setTyped(view.q);
    }
  }, [view.q]);
  const search = (text: string, composing: boolean) => {
    setTyped(text);
    clearTimeout(timer.current);
    // While an input method composes a word it is none yet.
    if (composing) return;
    timer.current = setTimeout(() => {
      // One search is one step back, however many letters it has.
      const replace = sent.current !== "" && text.trim() !== "";
      sent.current = text.trim();
      change({ q: text.trim() }, replace);
    }, PAUSE);
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
