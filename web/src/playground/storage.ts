/** The storage of GraphiQL's tabs and history: local storage without request headers. */
export const storage = {
  get length() {
    return ownKeys().length;
  },
  getItem: (key: string) => localStorage.getItem(key),
  removeItem: (key: string) => localStorage.removeItem(key),
  clear: () => ownKeys().forEach((key) => localStorage.removeItem(key)),
  // GraphiQL stores request headers in the history, including Authorization, even without shouldPersistHeaders.
  setItem: (key: string, value: string) =>
    localStorage.setItem(key, HISTORY_KEYS.has(key) ? withoutHeaders(value) : value),
};

const HISTORY_KEYS = new Set(["graphiql:queries", "graphiql:favorites"]);

function withoutHeaders(history: string): string {
  return JSON.stringify(JSON.parse(history), (key, value: unknown) => (key === "headers" ? undefined : value));
}

function ownKeys(): string[] {
  return Object.keys(localStorage).filter((key) => key.startsWith("graphiql:"));
}
