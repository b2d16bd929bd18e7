/** A query that the current page sends. */
export type PageQuery = { document: string; variables: unknown };

const queries = new Set<PageQuery>();
const listeners = new Set<() => void>();

/** Lists a query in the query panel. Returns a function that removes it. */
export function registerQuery(query: PageQuery): () => void {
  queries.add(query);
  notifyListeners();
  return () => {
    queries.delete(query);
    notifyListeners();
  };
}

export function pageQueries(): PageQuery[] {
  return [...queries];
}

/** Calls a listener whenever the list changes. Returns a function that removes it. */
export function subscribePageQueries(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function notifyListeners(): void {
  for (const listener of listeners) listener();
}
