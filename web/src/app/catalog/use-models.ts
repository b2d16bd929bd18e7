import { useEffect, useRef, useState } from "preact/hooks";
import { request } from "../api/client";
import { keep, keptUnder, keyOf, useGeneration } from "../api/use-query";
import { show } from "../learn/shown";
import { type ModelRow, modelsDocument } from "./models-document";
import { modelsVariables, type View } from "./view";

type Rows = { key: string; rows: ModelRow[]; next?: string | null };
export type Models = {
  rows: ModelRow[];
  more: boolean;
  error?: Error;
  fresh: boolean;
  loadMore: () => void;
  retry: () => void;
};

/**
 * The models of a view, as many as were asked for so far. While another view is on its way the last one stays, so that the
 * table never stands empty.
 */
export function useModels(view: View): Models {
  const first = modelsVariables(view);
  const key = keyOf(modelsDocument, first);
  const generation = useGeneration();
  const [, draw] = useState(0);
  const [error, setError] = useState<{ key: string; error: Error }>();
  const shown = useRef<Rows>({ key: "", rows: [] });
  const asking = useRef<AbortController | undefined>(undefined);

  const known = listOf(key);
  if (known) shown.current = known;

  const ask = (after?: string) => {
    asking.current?.abort();
    const abort = (asking.current = new AbortController());
    setError(undefined);
    request(modelsDocument, modelsVariables(view, after), { signal: abort.signal }).then(
      ({ models }) => {
        if (abort.signal.aborted) return;
        asking.current = undefined;
        const rows = after ? [...(listOf(key)?.rows ?? []), ...models.nodes] : models.nodes;
        keep(`rows ${key}`, {
          key,
          rows,
          next: models.pageInfo.hasNextPage ? models.pageInfo.endCursor : null,
        } satisfies Rows);
        draw((times) => times + 1);
      },
      (error: Error) => {
        if (abort.signal.aborted) return;
        asking.current = undefined;
        setError({ key, error });
      },
    );
  };
  useEffect(() => {
    if (!listOf(key)) ask();
    return () => {
      asking.current?.abort();
      asking.current = undefined;
    };
  }, [key, generation]);
  useEffect(() => show({ document: modelsDocument as unknown as string, variables: first }), [key]);

  const { rows, next } = shown.current;
  const fresh = shown.current.key === key;
  return {
    rows,
    more: !!next,
    fresh,
    error: error?.key === key ? error.error : undefined,
    loadMore: () => {
      if (fresh && next && !asking.current && !error) ask(next);
    },
    retry: () => ask(fresh && next ? next : undefined),
  };
}

/** The rows that are there already: loaded before, or sent with the page. */
function listOf(key: string): Rows | undefined {
  const list = keptUnder(`rows ${key}`) as Rows | undefined;
  if (list) return list;
  const sent = keptUnder(key) as
    { models: { nodes: ModelRow[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } } | undefined;
  return (
    sent && {
      key,
      rows: sent.models.nodes,
      next: sent.models.pageInfo.hasNextPage ? sent.models.pageInfo.endCursor : null,
    }
  );
}
