import { useEffect, useState } from "preact/hooks";
import { show } from "../learn/shown";
import { type ApiError, request } from "./client";
import type { Document } from "./graphql";

export type Answer<Data> = {
  data?: Data;
  error?: Error | ApiError;
  loading: boolean;
  /** Whether the data is of other variables. */ stale: boolean;
  retry: () => void;
};

const MOST_KEPT = 200;
const kept = new Map<string, unknown>();
let generation = 0;
const waiting = new Set<() => void>();

/** What an answer is kept under: the same for variables in any order. */
export function keyOf(document: unknown, variables: unknown): string {
  return `${document as string}\n${JSON.stringify(sorted(variables))}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!value || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => [name, sorted(inner)]));
}

export function keep(key: string, data: unknown): void {
  kept.delete(key);
  kept.set(key, data);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
}

export function keptUnder(key: string): unknown {
  return kept.get(key);
}

/** Forgets every answer and asks again for what is shown: the catalog has changed. */
export function forgetAll(): void {
  kept.clear();
  generation++;
  for (const ask of waiting) ask();
}

/** Counts how often everything was forgotten. */
export function useGeneration(): number {
  const [known, setKnown] = useState(generation);
  useEffect(() => {
    const ask = () => setKnown(generation);
    waiting.add(ask);
    ask();
    return () => void waiting.delete(ask);
  }, []);
  return known;
}

/**
 * The answer to a query, asked for once. While another one is on its way the last is shown: with `sticky` whatever the
 * variables are, else only for the same ones. `hidden`: not shown as a query behind the page.
 */
export function useQuery<Data, Variables>(
  document: Document<Data, Variables>,
  variables: Variables,
  { skip = false, sticky = false, hidden = false } = {},
): Answer<Data> {
  const key = keyOf(document, variables);
  const known = useGeneration();
  const [tries, setTries] = useState(0);
  const [state, setState] = useState<{ key: string; data?: Data; error?: Error }>({ key });
  const ready = kept.get(key) as Data | undefined;
  useEffect(() => {
    if (skip) return;
    const abort = new AbortController();
    const settle = (data: Data | undefined, error?: Error) => {
      if (!abort.signal.aborted) setState({ key, data, error });
    };
    if (kept.has(key)) {
      settle(kept.get(key) as Data);
    } else {
      const asked = request(document, variables, { signal: abort.signal });
      asked.then(
        (data) => (keep(key, data), settle(data)),
        (error: Error) => settle(undefined, error),
      );
    }
    return () => abort.abort();
  }, [key, skip, known, tries]);
  useEffect(
    () => (skip || hidden ? undefined : show({ document: document as unknown as string, variables })),
    [key, skip, hidden],
  );
  const current = state.key === key;
  const data = ready ?? (current || sticky ? state.data : undefined);
  const error = current ? state.error : undefined;
  const retry = () => {
    setState({ key });
    setTries((tries) => tries + 1);
  };
  return {
    data,
    error,
    retry,
    stale: data !== undefined && ready === undefined && !current,
    loading: !skip && !error && ready === undefined && !(current && state.data !== undefined),
  };
}
