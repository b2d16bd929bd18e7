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

/** The model that was selected although there are already MAX_MODELS, until the reader has decided. */
let surplus: string | undefined;

export function surplusModel(): string | undefined {
  return surplus;
}

/** Selects or deselects a model. One more than MAX_MODELS waits until the reader says which other one it replaces. */
export function toggleSelected(slug: string): void {
  if (isSelected(slug)) return setSelected(selected.filter((other) => other !== slug));
  if (selected.length < MAX_MODELS) return setSelected([...selected, slug]);
  surplus = slug;
  notify();
}

/** Puts the waiting model in the place of another one; without another one it is not selected. */
export function replaceSelected(other?: string): void {
  const added = surplus;
  surplus = undefined;
  setSelected(selected.map((slug) => (added && slug === other ? added : slug)));
}

export function setSelected(slugs: string[]): void {
  selected = slugs;
  sessionStorage.setItem(STORAGE_KEY, slugs.join(","));
  notify();
}
