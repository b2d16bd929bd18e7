import { FEATURES } from "../features";
import { notify } from "../store";

export type Viewer = { name: string; role: "READER" | "CONTRIBUTOR" | "EDITOR" | "ADMIN" };

// Session storage ends with the tab, and no address or cookie ever contains the secret.
const STORAGE_KEY = "token";
const VIEWER_KEY = "viewer";

let viewer: Viewer | undefined = token() ? storedViewer() : undefined;

export function token(): string | null {
  return sessionStorage.getItem(STORAGE_KEY);
}

/** The viewer that the API last confirmed in this tab, so that a busy server signs nobody out. */
function storedViewer(): Viewer | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(VIEWER_KEY) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

/** The signed-in viewer. The API decides about every request by the token, not by this. */
export function currentViewer(): Viewer | undefined {
  return viewer;
}

export function canEdit(): boolean {
  return viewer?.role === "EDITOR" || viewer?.role === "ADMIN";
}

/** Whether the viewer may propose changes rather than make them. */
export function canPropose(): boolean {
  return !canEdit() && (viewer?.role === "CONTRIBUTOR" || (FEATURES.proposals && !viewer));
}

export function isAdmin(): boolean {
  return viewer?.role === "ADMIN";
}

export function storeToken(secret: string): void {
  sessionStorage.setItem(STORAGE_KEY, secret);
}

/** Sets the signed-in viewer. Without a viewer the token is removed. */
export function setViewer(known: Viewer | undefined): void {
  viewer = known;
  if (known) sessionStorage.setItem(VIEWER_KEY, JSON.stringify(known));
  else for (const key of [STORAGE_KEY, VIEWER_KEY]) sessionStorage.removeItem(key);
  notify();
}
