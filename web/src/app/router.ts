import { changed } from "./store";

/** Where the page is. */
export function here(): URL {
  return new URL(location.href);
}

type Kept = { scroll?: number };

/** Goes to an address of this site. */
export function go(address: string, { replace = false, stay = false } = {}): void {
  const from = location.pathname;
  if (replace) {
    history.replaceState(history.state, "", address);
  } else {
    rememberScroll();
    history.pushState(null, "", address);
  }
  changed();
  if (stay) return;
  scrollTo(0, 0);
  if (from !== location.pathname) focusHeading();
}

/** Follows links and the browser's buttons without loading the page anew. */
export function startRouter(): void {
  history.scrollRestoration = "manual";
  addEventListener("popstate", () => {
    changed();
    const scroll = (history.state as Kept | null)?.scroll ?? 0;
    // What was loaded before is drawn at once, so the page is as long as it was.
    requestAnimationFrame(() => scrollTo(0, scroll));
  });
  addEventListener("pagehide", rememberScroll);
  const scroll = (history.state as Kept | null)?.scroll;
  if (scroll) requestAnimationFrame(() => scrollTo(0, scroll));
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    // A plot follows its own links.
    if (
      !(link instanceof HTMLAnchorElement) ||
      !plain ||
      event.defaultPrevented ||
      link.target ||
      link.hasAttribute("download")
    )
      return;
    if (link.origin !== location.origin || !isPage(link.pathname)) return;
    if (link.hash && link.pathname === location.pathname) return;
    event.preventDefault();
    go(link.href);
  });
}

const PAGES =
  /^\/($|(models|datasets|licenses|organizations|architectures|compare|plots|changes|new|import|tokens)(\/|$))/;

function isPage(path: string): boolean {
  return PAGES.test(path);
}

function rememberScroll(): void {
  history.replaceState({ scroll: scrollY } satisfies Kept, "");
}

let waiting: MutationObserver | undefined;

/** Tells who cannot see the page that it is another one now, as soon as it has its heading. */
function focusHeading(): void {
  waiting?.disconnect();
  const main = document.querySelector("main");
  if (!main) return;
  const look = () => {
    const heading = main.querySelector("h1");
    if (!heading) return;
    waiting?.disconnect();
    heading.focus({ preventScroll: true });
  };
  waiting = new MutationObserver(look);
  waiting.observe(main, { childList: true, subtree: true });
  look();
}
