import { changed } from "../store";

export type Viewer = { name: string; role: "READER" | "EDITOR" | "ADMIN" };

// Session storage ends with the tab, and no address or cookie ever carries the secret.
const KEY = "token";

let viewer: Viewer | undefined;

export function token(): string | null {
  return sessionStorage.getItem(KEY);
}

/** Who is signed in, if the API has said so. */
export function whoIsSignedIn(): Viewer | undefined {
  return viewer;
}

export function mayEdit(): boolean {
  return viewer?.role === "EDITOR" || viewer?.role === "ADMIN";
}

export function isAdmin(): boolean {
  return viewer?.role === "ADMIN";
}

export function keepToken(secret: string): void {
  sessionStorage.setItem(KEY, secret);
}

export function setViewer(known: Viewer | undefined): void {
  viewer = known;
  if (!known) sessionStorage.removeItem(KEY);
  changed();
}
