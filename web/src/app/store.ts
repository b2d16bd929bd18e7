const listeners = new Set<() => void>();

/** Calls a listener after each change of state that is shared by components. Returns a function that removes it. */
export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Tells all listeners that shared state has changed: the address, the language, the viewer, the selection. */
export function notify(): void {
  for (const listener of listeners) listener();
}
