import { useState } from "preact/hooks";

let last = 0;

/** An id for an element, unique on the page. Those of Preact's `useId` are unique in one root only; dialogs have their own. */
export function useUniqueId(): string {
  const [id] = useState(() => `u${++last}`);
  return id;
}
