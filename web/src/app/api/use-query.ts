import { useEffect, useState } from "preact/hooks";
import { registerQuery } from "../queries/page-queries";
import { type ApiError, request } from "./client";
import { type Document, documentText, type Succeeded } from "./graphql";
import { queryCache, queryKey } from "./query-cache";

export type QueryResult<Data> = {
  data?: Data;
  error?: Error | ApiError;
  loading: boolean;
  /** Whether the data is the result for other variables. */
  stale: boolean;
  retry: () => void;
};

/** The generation of the query cache; the component is rendered again when it changes. */
export function useCacheGeneration(): number {
  const [generation, setGeneration] = useState(queryCache.generation());
  useEffect(() => {
    const update = () => setGeneration(queryCache.generation());
    update();
    return queryCache.subscribe(update);
  }, []);
  return generation;
}

/**
 * The result of a query, from the cache or else from the API. While it is loading, the last data is returned: with
 * `sticky` for any variables, otherwise only for the same ones. `hidden` queries are not listed in the query panel.
 */
export function useQuery<Data, Variables>(
  document: Document<Data, Variables>,
  variables: Variables,
  { skip = false, sticky = false, hidden = false } = {},
): QueryResult<Succeeded<Data>> {
  const key = queryKey(document, variables);
  const generation = useCacheGeneration();
  const [attempts, setAttempts] = useState(0);
  const [state, setState] = useState<{ key: string; data?: Succeeded<Data>; error?: Error }>({ key });
  const cached = queryCache.get(key) as Succeeded<Data> | undefined;
  useEffect(() => {
    if (skip) return;
    const abort = new AbortController();
    const settle = (data: Succeeded<Data> | undefined, error?: Error) => {
      if (!abort.signal.aborted) setState({ key, data, error });
    };
    if (queryCache.has(key)) {
      settle(queryCache.get(key) as Succeeded<Data>);
    } else {
      request(document, variables, { signal: abort.signal }).then(
        (data) => (queryCache.set(key, data), settle(data)),
        (error: Error) => settle(undefined, error),
      );
    }
    return () => abort.abort();
  }, [key, skip, generation, attempts]);
  useEffect(
    () => (skip || hidden ? undefined : registerQuery({ document: documentText(document), variables })),
    [key, skip, hidden],
  );
  const current = state.key === key;
  const data = cached ?? (current || sticky ? state.data : undefined);
  const error = current ? state.error : undefined;
  const retry = () => {
    setState({ key });
    setAttempts((attempts) => attempts + 1);
  };
  return {
    data,
    error,
    retry,
    stale: data !== undefined && cached === undefined && !current,
    loading: !skip && !error && cached === undefined && !(current && state.data !== undefined),
  };
}
