/** Opens the search dialog on `/` and Ctrl-K, and on links to the page of the search. Its script is loaded then. */
export function startSearch(): void {
  document.addEventListener("keydown", (event) => {
    const combined =
      (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isEditable(event.target);
    if (event.defaultPrevented || event.isComposing || !(combined || slash) || document.querySelector("dialog[open]"))
      return;
    event.preventDefault();
    void open();
  });
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target instanceof Element ? event.target.closest("a[data-search]") : null;
      const modified = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
      if (!link || modified || location.pathname === "/search") return;
      event.preventDefault();
      void open();
    },
    { capture: true },
  );
}

async function open(): Promise<void> {
  try {
    (await import("./dialog")).openSearch();
  } catch {
    location.assign("/search");
  }
}

function isEditable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}
