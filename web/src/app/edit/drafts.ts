import type { Values } from "./values";

/** The values that were entered in a form, and the state of its subject that it started from. */
export type Draft = { before: Values; version?: number; values: Values; reason: string; time: string };

// Drafts live as long as the tab, as the token does.
const PREFIX = "draft:";

export function readDraft(key: string): Draft | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + key) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps what was entered; without a draft, forgets it. */
export function keepDraft(key: string, draft: Draft | undefined): void {
  try {
    if (draft) sessionStorage.setItem(PREFIX + key, JSON.stringify(draft));
    else sessionStorage.removeItem(PREFIX + key);
  } catch {
    // The storage is full: the form works without a draft, and asks before it is left.
  }
}
