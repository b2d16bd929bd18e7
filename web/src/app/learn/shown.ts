/** A query that the page asks. */
export type Shown = { document: string; variables: unknown };

const shown = new Set<Shown>();
const listeners = new Set<() => void>();

/** Counts a query among those behind the page. Returns what takes it away. */
export function show(query: Shown): () => void {
  shown.add(query);
  tell();
  return () => {
    shown.delete(query);
    tell();
  };
}

export function queriesBehindThePage(): Shown[] {
  return [...shown];
}

export function onShown(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}
