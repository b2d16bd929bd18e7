import { notify } from "../store";

export type Viewer = { name: string; role: "READER" | "EDITOR" | "ADMIN" };

// Session storage ends with the tab, and no address or cookie ever contains the secret.
const STORAGE_KEY = "token";

let viewer: Viewer | undefined;

export function token(): string | null {
  return sessionStorage.getItem(STORAGE_KEY);
}

/** The signed-in viewer, after the API has confirmed the token. */
export function currentViewer(): Viewer | undefined {
  return viewer;
}

export function canEdit(): boolean {
  return viewer?.role === "EDITOR" || viewer?.role === "ADMIN";
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
  if (!known) sessionStorage.removeItem(STORAGE_KEY);
  notify();
}
