import { useEffect, useRef, useState } from "preact/hooks";
import { request } from "../api/client";
import { documentText } from "../api/graphql";
import { queryCache, queryKey } from "../api/query-cache";
import { useCacheGeneration } from "../api/use-query";
import { registerQuery } from "../queries/page-queries";
import { type ModelRow, modelsDocument } from "./models-document";
import { modelsVariables, type CatalogParams } from "./params";

type Rows = { key: string; rows: ModelRow[]; next?: string | null };
export type Models = {
  rows: ModelRow[];
  hasMore: boolean;
  error?: Error;
  /** Whether the rows are those for the current parameters. */
  current: boolean;
  loadMore: () => void;
  retry: () => void;
};

/**
 * The models that match the parameters, as far as they are loaded. While the rows for new parameters are loading, those
 * for the last ones are returned, so that the table is never empty.
 */
export function useModels(params: CatalogParams): Models {
  const first = modelsVariables(params);
  const key = queryKey(modelsDocument, first);
  const generation = useCacheGeneration();
  const [, render] = useState(0);
  const [error, setError] = useState<{ key: string; error: Error }>();
  const shown = useRef<Rows>({ key: "", rows: [] });
  const loading = useRef<AbortController | undefined>(undefined);

  const known = cachedRows(key);
  if (known) shown.current = known;

  const load = (after?: string) => {
    loading.current?.abort();
    const abort = (loading.current = new AbortController());
    setError(undefined);
    request(modelsDocument, modelsVariables(params, after), { signal: abort.signal }).then(
      ({ models }) => {
        if (abort.signal.aborted) return;
        loading.current = undefined;
        const rows = after ? [...(cachedRows(key)?.rows ?? []), ...models.nodes] : models.nodes;
        queryCache.set(`rows ${key}`, {
          key,
          rows,
          next: models.pageInfo.hasNextPage ? models.pageInfo.endCursor : null,
        } satisfies Rows);
        render((times) => times + 1);
      },
      (error: Error) => {
        if (abort.signal.aborted) return;
        loading.current = undefined;
        setError({ key, error });
      },
    );
  };
  useEffect(() => {
    if (!cachedRows(key)) load();
    return () => {
      loading.current?.abort();
      loading.current = undefined;
    };
  }, [key, generation]);
  useEffect(() => registerQuery({ document: documentText(modelsDocument), variables: first }), [key]);

  const { rows, next } = shown.current;
  const current = shown.current.key === key;
  return {
    rows,
    hasMore: !!next,
    current,
    error: error?.key === key ? error.error : undefined,
    loadMore: () => {
      if (current && next && !loading.current && !error) load(next);
    },
    retry: () => load(current && next ? next : undefined),
  };
}

/** The rows in the query cache: from earlier pages of results, or sent with the HTML. */
function cachedRows(key: string): Rows | undefined {
  const list = queryCache.get(`rows ${key}`) as Rows | undefined;
  if (list) return list;
  const sent = queryCache.get(key) as
    { models: { nodes: ModelRow[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } } | undefined;
  return (
    sent && {
      key,
      rows: sent.models.nodes,
      next: sent.models.pageInfo.hasNextPage ? sent.models.pageInfo.endCursor : null,
    }
  );
}
