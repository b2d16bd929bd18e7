import type { ComponentType } from "preact";
import { Catalog } from "./catalog/page";
import { CompareButton } from "./compare/compare-button";
import { SelectionBar } from "./compare/selection-bar";
import { EditLink, NewLink } from "./edit/edit-link";
import { QueryPanel } from "./queries/panel";
import { Tools } from "./ui/layout";

/** A component that is mounted on the elements that the server marked with its name. */
export type Island = {
  /** Loads the component. Its props are the JSON in `data-props` of the element, and the element as `host`. */
  load: () => Promise<unknown>;
  /** Draws after what the server drew inside the element, instead of replacing it. */
  keep?: boolean;
  /** Mounted for signed-in editors or admins only, or for those who may edit or propose changes. */
  only?: "contributors" | "editors" | "admins";
  /** A page that scripts draw: it reads the query of the address itself. */
  view?: boolean;
};

const now =
  <Props>(component: ComponentType<Props>) =>
  () =>
    Promise.resolve(component);

/** All islands by the value of `data-island`. A small one that every page needs is imported, any other loaded on demand. */
export const ISLANDS: Partial<Record<string, Island>> = {
  tools: { load: now(Tools) },
  selection: { load: now(SelectionBar) },
  queries: { load: now(QueryPanel) },
  catalog: { load: now(Catalog), keep: true },
  "compare-button": { load: now(CompareButton) },
  "edit-link": { load: now(EditLink), only: "contributors" },
  "new-link": { load: now(NewLink), only: "contributors" },
  "edit-field": { load: async () => (await import("./edit/inline-edit")).FieldMark, keep: true, only: "contributors" },
  "correct-size": { load: async () => (await import("./edit/inline-edit")).CorrectionLink, only: "contributors" },
  undo: { load: async () => (await import("./edit/undo")).Undo, only: "admins" },
  live: { load: async () => (await import("./changes/live")).Live },
  edit: { load: async () => (await import("./edit/edit-page")).EditPage, view: true },
  charts: { load: async () => (await import("./plots/charts")).Charts },
  create: { load: async () => (await import("./edit/create")).Create, view: true },
  conflicts: { load: async () => (await import("./edit/conflicts")).Conflicts, view: true },
  proposals: { load: async () => (await import("./edit/proposals")).Proposals, view: true },
  import: { load: async () => (await import("./edit/import")).Import, view: true },
  tokens: { load: async () => (await import("./edit/tokens")).Tokens, view: true },
};
