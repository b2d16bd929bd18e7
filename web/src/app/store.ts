const listeners = new Set<() => void>();

/** Calls a listener after each change of state that is shared by components. Returns a function that removes it. */
export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Calls all listeners after a change of shared state: the address, the language, the viewer or the selection. */
export function notify(): void {
  for (const listener of listeners) listener();
}
