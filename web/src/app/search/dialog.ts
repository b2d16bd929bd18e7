import { t } from "../i18n";
import { navigate } from "../router";

/** How long the typing must pause until the results are fetched, in milliseconds. */
const TYPING_MS = 120;

let dialog: HTMLDialogElement | undefined;

/**
 * Opens the search over all subjects. It shows the results of the page `/search` as options: arrow keys choose one, Enter opens
 * it, Escape closes the dialog.
 */
export function openSearch(): void {
  dialog ??= create();
  if (!dialog.isConnected) document.body.append(dialog);
  dialog.setAttribute("aria-label", t("search.title"));
  dialog.showModal();
  dialog.querySelector("input")?.select();
}

function create(): HTMLDialogElement {
  const element = document.createElement("dialog");
  element.className = "finder";
  element.innerHTML = `<form action="/search" role="search"><input type="search" name="q" maxlength="200" autocomplete="off" role="combobox"
    aria-expanded="true" aria-autocomplete="list" aria-controls="found-options"></form>
    <div id="found-options" class="options" role="listbox"></div><p class="hidden" role="status"></p><p class="keys" aria-hidden="true"></p>`;
  const [form, input] = [element.querySelector("form"), element.querySelector("input")];
  const [list, status, keys] = [".options", "[role=status]", ".keys"].map((part) =>
    element.querySelector<HTMLElement>(part),
  );
  if (!form || !input || !list || !status || !keys) return element;
  input.placeholder = t("search.placeholder");
  input.setAttribute("aria-label", t("search.label"));
  list.setAttribute("aria-label", t("search.results"));
  keys.textContent = t("search.keys");
  let [timer, running]: [number | undefined, AbortController | undefined] = [undefined, undefined];
  let chosen: HTMLElement | undefined;

  const options = () => [...list.querySelectorAll<HTMLElement>("[role=option]")];
  const choose = (option: HTMLElement | undefined) => {
    chosen?.setAttribute("aria-selected", "false");
    chosen = option;
    chosen?.setAttribute("aria-selected", "true");
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) input.setAttribute("aria-activedescendant", chosen.id);
    else input.removeAttribute("aria-activedescendant");
  };
  const follow = (option: HTMLElement, event: MouseEvent | KeyboardEvent) => {
    const address = option.dataset.address ?? "/";
    if (event.ctrlKey || event.metaKey) {
      window.open(address, "_blank", "noopener");
      return;
    }
    element.close();
    void navigate(address);
  };
  const find = async () => {
    running?.abort();
    const abort = (running = new AbortController());
    const query = input.value.trim();
    if (!query) {
      list.replaceChildren();
      choose(undefined);
      status.textContent = "";
      return;
    }
    try {
      const response = await fetch(`/search?${new URLSearchParams({ q: query })}`, {
        headers: { accept: "text/html" },
        signal: abort.signal,
      });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const found = page.querySelector("#found");
      list.replaceChildren(...(found ? asOptions(found) : [paragraph(page.querySelector("main")?.textContent ?? "")]));
      const all = options();
      choose(all[0]);
      status.textContent = t("search.count", { count: all.length });
    } catch {
      if (!abort.signal.aborted) list.replaceChildren(paragraph(t("problem.unreachable")));
    }
  };

  input.addEventListener("input", (event) => {
    if (event instanceof InputEvent && event.isComposing) return;
    clearTimeout(timer);
    timer = window.setTimeout(() => void find(), TYPING_MS);
  });
  input.addEventListener("compositionend", () => void find());
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const all = options();
    const index = chosen ? all.indexOf(chosen) : -1;
    const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: all.length - 1 }[event.key];
    const moves = event.key.startsWith("Arrow") || event.ctrlKey;
    if (next !== undefined && moves && all.length) {
      event.preventDefault();
      choose(all[(next + all.length) % all.length]);
    } else if (event.key === "Escape") {
      // A search field would be emptied first.
      event.preventDefault();
      element.close();
    } else if (event.key === "Enter" && chosen) {
      event.preventDefault();
      follow(chosen, event);
    }
  });
  // The results of an unfinished request are those of the page.
  form.addEventListener("submit", () => element.close());
  list.addEventListener("click", (event) => {
    const option = event.target instanceof Element && event.target.closest<HTMLElement>("[role=option]");
    if (option) follow(option, event);
  });
  list.addEventListener("pointermove", (event) => {
    const option = event.target instanceof Element && event.target.closest<HTMLElement>("[role=option]");
    if (option && option !== chosen) choose(option);
  });
  // A click outside of the dialog is one on its backdrop.
  element.addEventListener("click", (event) => event.target === element && element.close());
  return element;
}

/** Makes options of the links of the page, in groups with their headings. */
function asOptions(found: Element): HTMLElement[] {
  let count = 0;
  const option = (link: Element) => {
    const element = document.createElement("div");
    element.id = `found-${++count}`;
    element.setAttribute("role", "option");
    element.setAttribute("aria-selected", "false");
    element.dataset.address = link.getAttribute("href") ?? "/";
    element.append(...[...link.childNodes].map((node) => node.cloneNode(true)));
    return element;
  };
  return [...found.children].map((part, index) => {
    const links = [...part.querySelectorAll("a[data-result]")];
    const heading = part.querySelector("h2");
    if (!links.length) return paragraph(textOf(part));
    const group = document.createElement("div");
    group.setAttribute("role", "group");
    const name = heading ?? part;
    const label = document.createElement("div");
    label.id = `found-group-${index}`;
    label.className = "group";
    label.setAttribute("role", "presentation");
    label.textContent = heading ? name.textContent : "";
    if (heading) {
      group.setAttribute("aria-labelledby", label.id);
      group.append(label);
    } else {
      group.setAttribute("aria-label", part.textContent ?? "");
      if (part.classList.contains("suggestion")) {
        label.textContent = part.firstChild?.textContent ?? "";
        group.append(label);
      }
    }
    group.append(...links.map(option));
    return group;
  });
}

/** The text of a part without its links, which are no results. */
function textOf(part: Element): string {
  const copy = part.cloneNode(true) as Element;
  for (const link of copy.querySelectorAll("a")) link.remove();
  return copy.textContent ?? "";
}

function paragraph(text: string): HTMLElement {
  const element = document.createElement("div");
  element.className = "note";
  element.setAttribute("role", "presentation");
  element.textContent = text.trim().replace(/\s+/g, " ");
  return element;
}
