import { changed } from "../store";

/** How many models can be compared. */
export const MOST = 5;
const KEY = "compare";

let chosen: string[] = (sessionStorage.getItem(KEY) ?? "").split(",").filter(Boolean);

/** The slugs of the models to compare. */
export function chosenModels(): string[] {
  return chosen;
}

export function isChosen(slug: string): boolean {
  return chosen.includes(slug);
}

/** Adds a model or takes it away; of too many the first one goes. */
export function toggleChosen(slug: string): void {
  choose(isChosen(slug) ? chosen.filter((other) => other !== slug) : [...chosen, slug].slice(-MOST));
}

export function choose(slugs: string[]): void {
  chosen = slugs;
  sessionStorage.setItem(KEY, slugs.join(","));
  changed();
}
