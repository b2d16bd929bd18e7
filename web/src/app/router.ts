import { notify } from "./store";

/** The address of the page without slashes at the end of its path, which the server ignores too. */
export function currentUrl(): URL {
  const url = new URL(location.href);
  url.pathname = url.pathname.replace(/(?<=.)\/+$/, "");
  return url;
}

type HistoryState = { scroll?: number };

/** Goes to an address of this site. `replace`: without a history entry; `keepScroll`: without scrolling to the top. */
export function navigate(address: string, { replace = false, keepScroll = false } = {}): void {
  const from = location.pathname;
  if (replace) {
    history.replaceState(history.state, "", address);
  } else {
    saveScroll();
    history.pushState(null, "", address);
  }
  notify();
  if (keepScroll) return;
  scrollTo(0, 0);
  if (from !== location.pathname) focusHeading();
}

/** Handles links to pages of this site and the browser's history without loading a document. */
export function startRouter(isPage: (pathname: string) => boolean): void {
  history.scrollRestoration = "manual";
  addEventListener("popstate", () => {
    notify();
    const scroll = (history.state as HistoryState | null)?.scroll ?? 0;
    // Cached data is rendered at once, so the page has its full height by the next frame.
    requestAnimationFrame(() => scrollTo(0, scroll));
  });
  addEventListener("pagehide", saveScroll);
  const scroll = (history.state as HistoryState | null)?.scroll;
  if (scroll) requestAnimationFrame(() => scrollTo(0, scroll));
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const modified = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    // Charts handle clicks on their links, which are no HTML elements.
    if (!(link instanceof HTMLAnchorElement) || modified || event.defaultPrevented) return;
    if (link.target || link.hasAttribute("download")) return;
    if (link.origin !== location.origin || !isPage(link.pathname)) return;
    if (link.hash && link.pathname === location.pathname) return;
    event.preventDefault();
    navigate(link.href);
  });
}

function saveScroll(): void {
  history.replaceState({ scroll: scrollY } satisfies HistoryState, "");
}

let headingObserver: MutationObserver | undefined;

/** Moves the focus to the heading of the new page once it is rendered, so that screen readers announce the page. */
function focusHeading(): void {
  headingObserver?.disconnect();
  const main = document.querySelector("main");
  if (!main) return;
  const focus = () => {
    const heading = main.querySelector("h1");
    if (!heading) return;
    headingObserver?.disconnect();
    heading.focus({ preventScroll: true });
  };
  headingObserver = new MutationObserver(focus);
  headingObserver.observe(main, { childList: true, subtree: true });
  focus();
}
