import type { ComponentType } from "preact";
import { SelectionBar } from "./compare/selection-bar";
import { QueryPanel } from "./queries/panel";
import { Tools } from "./ui/layout";

/** A component that is mounted on the elements that the server marked with its name. */
export type Island = {
  /** Loads the component. Its props are the JSON in `data-props` of the element, and the element as `host`. */
  load: () => Promise<unknown>;
  /** Draws after what the server drew inside the element, instead of replacing it. */
  keep?: boolean;
  /** Mounted for signed-in editors or admins only. */
  only?: "editors" | "admins";
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
  catalog: { load: async () => (await import("./catalog/page")).Catalog, view: true },
  model: { load: async () => (await import("./model/page")).ModelPage, view: true },
  subject: { load: async () => (await import("./subjects/page")).SubjectPage, view: true },
  list: { load: async () => (await import("./subjects/list")).SubjectList, view: true },
  changes: { load: async () => (await import("./changes/page")).Changes, view: true },
  compare: { load: async () => (await import("./compare/page")).Compare, view: true },
  plots: { load: async () => (await import("./plots/page")).Plots, view: true },
  create: { load: async () => (await import("./edit/create")).Create, view: true },
  import: { load: async () => (await import("./edit/import")).Import, view: true },
  tokens: { load: async () => (await import("./edit/tokens")).Tokens, view: true },
};
