import { notify } from "../store";

/** How many models can be compared. */
export const MAX_MODELS = 5;
const STORAGE_KEY = "compare";

let selected: string[] = (sessionStorage.getItem(STORAGE_KEY) ?? "").split(",").filter(Boolean);

/** The slugs of the models that are selected for comparison. */
export function selectedModels(): string[] {
  return selected;
}

export function isSelected(slug: string): boolean {
  return selected.includes(slug);
}

/** Selects or deselects a model. When there are too many, the first one is dropped. */
export function toggleSelected(slug: string): void {
  setSelected(isSelected(slug) ? selected.filter((other) => other !== slug) : [...selected, slug].slice(-MAX_MODELS));
}

export function setSelected(slugs: string[]): void {
  selected = slugs;
  sessionStorage.setItem(STORAGE_KEY, slugs.join(","));
  notify();
}
