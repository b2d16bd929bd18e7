import { notify } from "../store";

/** How many models can be compared. */
export const MAX_MODELS = 5;
const STORAGE_KEY = "compare";

/** A model that is selected for comparison. */
export type Choice = { slug: string; name: string };

let selected = stored();

/** The models that are selected for comparison. */
export function selectedModels(): Choice[] {
  return selected;
}

export function isSelected(slug: string): boolean {
  return selected.some((choice) => choice.slug === slug);
}

/** The model that was selected although there are already MAX_MODELS, until the reader has decided. */
let surplus: Choice | undefined;

export function surplusModel(): Choice | undefined {
  return surplus;
}

/** Selects or deselects a model. One more than MAX_MODELS waits until the reader says which other one it replaces. */
export function toggleSelected(choice: Choice): void {
  if (isSelected(choice.slug)) return setSelected(selected.filter(({ slug }) => slug !== choice.slug));
  if (selected.length < MAX_MODELS) return setSelected([...selected, choice]);
  surplus = choice;
  notify();
}

/** Puts the waiting model in the place of another one; without another one it is not selected. */
export function replaceSelected(other?: string): void {
  const added = surplus;
  surplus = undefined;
  setSelected(selected.map((choice) => (added && choice.slug === other ? added : choice)));
}

export function setSelected(choices: Choice[]): void {
  selected = choices;
  sessionStorage.setItem(STORAGE_KEY, JSON.stringify(choices));
  notify();
}

/** Reads the models of an earlier page of the tab; none if they cannot be read. */
function stored(): Choice[] {
  try {
    return JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? "[]");
  } catch {
    return [];
  }
}
