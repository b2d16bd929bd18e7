import { type ComponentType, render } from "preact";
import { canEdit, canPropose, isAdmin } from "./api/session";
import { type Island, ISLANDS } from "./islands";
import { subscribe } from "./store";

/** The class of elements that islands draw in, inside elements of the server. */
export const ISLAND_CLASS = "island";

type IslandComponent = ComponentType<{ host: HTMLElement }>;
type Mounted = { island: Island; component?: IslandComponent; root?: HTMLElement };

const mounted = new Map<HTMLElement, Mounted>();
const loaded = new Map<Island, IslandComponent>();

/** Mounts the islands of the page, now and after every change of the page or of shared state. */
export function startIslands(): void {
  subscribe(updateIslands);
  updateIslands();
}

/** Unmounts the islands that left the page, mounts the new ones and draws the others again. */
function updateIslands(): void {
  // Editors also see the fields without a value, which they can fill in.
  document.body.classList.toggle("editor", canEdit());
  for (const [host, { island }] of mounted) if (!host.isConnected || !isFor(island)) unmount(host);
  for (const host of document.querySelectorAll<HTMLElement>("[data-island]")) {
    const entry = mounted.get(host);
    const island = ISLANDS[host.dataset.island ?? ""];
    if (entry) draw(host, entry);
    else if (island && isFor(island)) void mount(host, island);
  }
}

function isFor({ only }: Island): boolean {
  switch (only) {
    case undefined:
      return true;
    case "contributors":
      return canEdit() || canPropose();
    case "editors":
      return canEdit();
    case "admins":
      return isAdmin();
  }
}

async function mount(host: HTMLElement, island: Island): Promise<void> {
  const entry: Mounted = { island };
  mounted.set(host, entry);
  try {
    // Without a wait where it is loaded, so that nothing flickers.
    entry.component = loaded.get(island) ?? (await load(island));
  } catch {
    // The HTML of the server stays; the next change of the page tries again.
    mounted.delete(host);
    return;
  }
  if (mounted.get(host) !== entry) return;
  if (island.keep) {
    entry.root = host.appendChild(document.createElement("div"));
    entry.root.className = ISLAND_CLASS;
  } else {
    entry.root = host;
    host.replaceChildren();
  }
  draw(host, entry);
}

async function load(island: Island): Promise<IslandComponent> {
  const component = (await island.load()) as IslandComponent;
  loaded.set(island, component);
  return component;
}

function draw(host: HTMLElement, { component: Component, root }: Mounted): void {
  if (!Component || !root) return;
  const props = JSON.parse(host.dataset.props ?? "{}") as object;
  render(<Component {...props} host={host} />, root);
}

function unmount(host: HTMLElement): void {
  const { root, island } = mounted.get(host) ?? {};
  mounted.delete(host);
  if (!root) return;
  render(null, root);
  if (island?.keep) root.remove();
}

/** Whether an island has replaced what the server drew inside an element. */
export function drawsContent(element: Element): boolean {
  const entry = mounted.get(element as HTMLElement);
  return entry?.root !== undefined && !entry.island.keep;
}

/** Loads the views of a page before it is shown, so that nothing flickers. */
export async function preloadViews(page: Document): Promise<void> {
  const names = [...page.querySelectorAll<HTMLElement>("[data-island]")].map(({ dataset }) => dataset.island ?? "");
  const islands = names.flatMap((name) => ISLANDS[name] ?? []).filter(({ view }) => view);
  await Promise.all(islands.filter((island) => !loaded.has(island)).map(load));
}

/** Whether the page is a view that follows the query of the address itself. */
export function keepsView(): boolean {
  return [...mounted.values()].some(({ island, root }) => island.view && root);
}
