const MAX_ENTRIES = 200;

const entries = new Map<string, unknown>();
const listeners = new Set<() => void>();
let generation = 0;

/** The results of queries, by `queryKey`. The oldest entry makes room for a new one. */
export const queryCache = {
  has: (key: string): boolean => entries.has(key),
  get: (key: string): unknown => entries.get(key),
  set(key: string, data: unknown): void {
    entries.delete(key);
    entries.set(key, data);
    const [oldest] = entries.keys();
    if (entries.size > MAX_ENTRIES && oldest !== undefined) entries.delete(oldest);
  },
  /** Removes all entries after a change of the catalog, so that the queries on the page are sent again. */
  clear(): void {
    entries.clear();
    generation++;
    for (const listener of listeners) listener();
  },
  /** How often the cache was cleared. */
  generation: (): number => generation,
  /** Calls a listener whenever the cache is cleared. Returns a function that removes it. */
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};

/** The key of a query: the same for variables in any order. */
export function queryKey(document: unknown, variables: unknown): string {
  return `${document as string}\n${JSON.stringify(sortKeys(variables))}`;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!value || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => [name, sortKeys(inner)]),
  );
}
