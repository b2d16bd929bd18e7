import { appendAll, MAX_FURTHER } from "./catalog/further-rows";
import { savePreference, t } from "./i18n";
import { keepsView, preloadViews } from "./mount";
import { morph } from "./morph";
import { readSent } from "./sent";
import { notify } from "./store";

/** The address of the page without slashes at the end of its path, which the server ignores too. */
export function currentUrl(): URL {
  const url = new URL(location.href);
  url.pathname = url.pathname.replace(/(?<=.)\/+$/, "");
  return url;
}

/** The state of an entry: its place, how far it was scrolled, and the addresses of further rows that were added to its table. */
type HistoryState = { index: number; scroll?: number; further?: string[] };
type Guard = (to: URL) => boolean | Promise<boolean>;

const guards = new Set<Guard>();
/** The entry of the history that is shown: its address without a hash, and its place. */
let shown = { address: withoutHash(location.href), index: 0 };
let running: AbortController | undefined;
/** Whether the catalog was changed in this tab, so that pages in the browser's cache may be old. */
let changed = false;

/**
 * Asks before the page is left within the site. A guard that returns false keeps the page. As long as there is one, the browser asks
 * before it leaves the site. Returns a function that removes it.
 */
export function guardLeaving(guard: Guard): () => void {
  guards.add(guard);
  return () => void guards.delete(guard);
}

/**
 * Goes to an address of this site: fetches its page from the server and replaces what is inside `<main>`. `replace`: without
 * a history entry; `keepScroll`: without scrolling to the top. A later call aborts an earlier one.
 */
export async function navigate(address: string, { replace = false, keepScroll = false } = {}): Promise<void> {
  const url = new URL(address, location.href);
  const samePath = url.pathname === location.pathname;
  if (!samePath && !(await mayLeave(url))) return;
  const enter = (to: URL) => {
    if (replace) {
      const { index, scroll } = entryState();
      history.replaceState({ index, scroll } satisfies HistoryState, "", to);
    } else {
      saveScroll();
      history.pushState({ index: shown.index + 1 } satisfies HistoryState, "", to);
    }
    shown = { address: withoutHash(to), index: entryState().index };
  };
  if (samePath && keepsView()) {
    enter(url);
    notify();
    if (!keepScroll) scrollTo(0, 0);
    return;
  }
  const page = await fetchPage(url, changed ? "no-cache" : "default");
  if (!page) return;
  // The server may have redirected to the current slug.
  const to = new URL(page.address);
  to.hash = url.hash;
  const stays = to.pathname === location.pathname;
  enter(to);
  replacePage(page.document, stays);
  if (!keepScroll) scrollTo(0, 0);
  if (to.hash) document.getElementById(to.hash.slice(1))?.scrollIntoView();
  if (!stays) focusHeading();
}

/** Fetches the current page again, for example after a change of the catalog or of the language. */
export async function refresh(): Promise<void> {
  changed = true;
  const page = await fetchPage(new URL(location.href), "no-cache", entryState().further);
  if (page) replacePage(page.document, true);
}

/** Says something to screen readers without showing it. */
export function announce(text: string): void {
  const region = document.getElementById("announcer");
  if (!region) return;
  region.textContent = "";
  // The region must change even if it has the same text as before.
  requestAnimationFrame(() => (region.textContent = text));
}

/** Remembers that rows were added to the table of the page, so that they are there again when the reader comes back. */
export function rememberFurther(address: string): void {
  const state = entryState();
  const further = [...(state.further ?? []), address].slice(0, MAX_FURTHER);
  history.replaceState({ ...state, further } satisfies HistoryState, "");
}

function entryState(): HistoryState {
  return { index: 0, ...(history.state as Partial<HistoryState> | null) };
}

/** Handles links and forms that lead to pages of this site, and the browser's history, without loading a document. */
export function startRouter(): void {
  history.scrollRestoration = "manual";
  const state = history.state as HistoryState | null;
  shown.index = state?.index ?? 0;
  if (!state) history.replaceState({ index: 0 } satisfies HistoryState, "");
  if (state?.scroll) {
    const restore = () => scrollTo(0, state.scroll ?? 0);
    if (state.further) void appendAll(document, state.further, { cache: "force-cache" }).then(notify).then(restore);
    else requestAnimationFrame(restore);
  }
  addEventListener("popstate", () => void goToEntry());
  addEventListener("pagehide", saveScroll);
  addEventListener("beforeunload", (event) => guards.size > 0 && event.preventDefault());
  document.addEventListener("click", followLink);
  document.addEventListener("submit", submitForm);
  document.addEventListener("input", changeForm);
  document.addEventListener("compositionend", changeForm);
}

/** Shows the entry of the history that the browser has gone to. */
async function goToEntry(): Promise<void> {
  if (withoutHash(location.href) === shown.address) return;
  const { index, scroll = 0, further } = entryState();
  const samePath = location.pathname === new URL(shown.address).pathname;
  if (!samePath && !(await mayLeave(currentUrl()))) {
    history.go(shown.index - index);
    return;
  }
  scrolls.set(shown.index, scrollY);
  const restore = () => scrollTo(0, scrolls.get(index) ?? scroll);
  if (samePath && keepsView()) {
    shown = { address: withoutHash(location.href), index };
    notify();
    // Cached data is rendered at once, so the page has its full height by the next frame.
    requestAnimationFrame(restore);
    return;
  }
  const address = withoutHash(location.href);
  const page = await fetchPage(new URL(address), changed ? "no-cache" : "force-cache", further);
  if (!page) return;
  shown = { address, index };
  replacePage(page.document, samePath, false);
  restore();
  if (!samePath) focusHeading();
}

/** Where the entries of the history were scrolled to, by their place. A reload reads it from the state of the entry. */
const scrolls = new Map<number, number>();

function saveScroll(): void {
  scrolls.set(shown.index, scrollY);
  history.replaceState({ ...entryState(), index: shown.index, scroll: scrollY } satisfies HistoryState, "");
}

async function mayLeave(to: URL): Promise<boolean> {
  for (const guard of guards) if (!(await guard(to))) return false;
  return true;
}

function withoutHash(address: string | URL): string {
  return String(address).replace(/#.*$/, "");
}

type FetchedPage = { document: Document; address: string };

/**
 * Fetches a page, with the further rows of its table from these addresses. Undefined if a later request overtook this one, or if the
 * browser loads the address itself because it is not a page of this version of the site.
 */
async function fetchPage(url: URL, cache: RequestCache, further: string[] = []): Promise<FetchedPage | undefined> {
  running?.abort();
  const abort = (running = new AbortController());
  const main = document.querySelector("main");
  main?.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(url, { headers: { accept: "text/html" }, signal: abort.signal, cache });
    const isHtml = response.headers.get("content-type")?.startsWith("text/html");
    const page = isHtml && new DOMParser().parseFromString(await response.text(), "text/html");
    if (abort.signal.aborted) return undefined;
    if (!page || scriptOf(page) !== scriptOf(document)) {
      location.assign(url);
      return undefined;
    }
    await Promise.all([preloadViews(page), appendAll(page, further, { signal: abort.signal, cache })]);
    if (abort.signal.aborted) return undefined;
    main?.removeAttribute("aria-busy");
    return { document: page, address: response.url };
  } catch {
    if (!abort.signal.aborted) {
      main?.removeAttribute("aria-busy");
      showFailure(() => (url.href === location.href ? void refresh() : void navigate(url.href)));
    }
    return undefined;
  }
}

/** The script of a page, whose name changes with every version of the site. */
function scriptOf(page: Document): string | null | undefined {
  return page.querySelector("script[type=module]")?.getAttribute("src");
}

/**
 * Replaces the page. `stays`: elements that are in both pages stay, with their focus and state; `typing`: also a text that is just
 * being typed.
 */
function replacePage(page: Document, stays: boolean, typing = true): void {
  document.title = page.title;
  document.documentElement.lang = page.documentElement.lang;
  for (const name of ["header.site", "footer.site", "head link[rel=canonical]"]) morphPart(page, name);
  const [from, to] = [document.querySelector("main"), page.querySelector("main")];
  if (from && to) {
    if (stays) morph(from, to, typing);
    else from.replaceChildren(...to.childNodes);
  }
  readSent(page);
  notify();
}

function morphPart(page: Document, selector: string): void {
  const [from, to] = [document.querySelector(selector), page.querySelector(selector)];
  if (from && to) morph(from, to);
  else from?.remove();
}

/** Shows above the page that the server cannot be reached. */
function showFailure(retry: () => void): void {
  document.getElementById("unreachable")?.remove();
  const problem = document.createElement("div");
  problem.id = "unreachable";
  problem.className = "problem";
  problem.setAttribute("role", "alert");
  const text = document.createElement("p");
  text.textContent = t("problem.unreachable");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = t("problem.retry");
  button.addEventListener("click", retry);
  problem.append(text, button);
  document.querySelector("main")?.prepend(problem);
  scrollTo(0, 0);
}

/** Moves the focus to the heading of the new page, so that screen readers read it. */
function focusHeading(): void {
  const heading = document.querySelector<HTMLElement>("main h1");
  if (!heading) {
    announce(document.title);
    return;
  }
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

function followLink(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  const modified = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  // Charts handle clicks on their links, which are no HTML elements.
  if (!(link instanceof HTMLAnchorElement) || modified || event.defaultPrevented) return;
  if (!link.href || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
  if (link.hash && withoutHash(link.href) === shown.address) return;
  event.preventDefault();
  void navigate(link.href, { keepScroll: "keepScroll" in link.dataset });
}

/** How long a text field of a form with `data-auto` must be left alone until the form is sent, in milliseconds. */
const TYPING_MS = 150;
let typing: { timer?: number; index?: number; name?: string } = {};

function submitForm(event: SubmitEvent): void {
  const form = event.target;
  if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.method !== "get") return;
  event.preventDefault();
  clearTimeout(typing.timer);
  void navigate(addressOf(form), { keepScroll: "auto" in form.dataset });
}

/**
 * Sends a form with `data-auto` when one of its fields changes: at once for a choice, after a pause for a text or a slider.
 * However often a field changes, it makes one entry in the history.
 */
function changeForm(event: Event): void {
  const input = event.target;
  if (!(input instanceof HTMLInputElement || input instanceof HTMLSelectElement)) return;
  const { form } = input;
  // A word is not complete while an input method composes it.
  if (!form || !("auto" in form.dataset) || (event instanceof InputEvent && event.isComposing)) return;
  clearTimeout(typing.timer);
  const continuous = ["search", "text", "number", "range"].includes(input.type);
  const send = () => {
    const address = addressOf(form);
    const { remember } = form.dataset;
    if (remember) savePreference(remember, new URL(address).search.slice(1));
    const replace = continuous && typing.name === input.name && typing.index === shown.index;
    void navigate(address, { replace, keepScroll: true }).then(() => {
      // A later change may have overtaken this one, which then has no entry of its own.
      if (shown.address !== address) return;
      typing = continuous ? { name: input.name, index: shown.index } : {};
    });
  };
  if (continuous) typing.timer = setTimeout(send, TYPING_MS);
  else send();
}

/** The address that a form leads to, without its empty fields. */
function addressOf(form: HTMLFormElement): string {
  const url = new URL(form.action);
  const fields = [...new FormData(form)].filter((field): field is [string, string] => typeof field[1] === "string");
  url.search = new URLSearchParams(fields.filter(([, value]) => value.trim() !== "")).toString();
  url.hash = "";
  return url.href;
}
