import { useEffect } from "preact/hooks";
import { isSelected, toggleSelected } from "../compare/selection";
import { savePreference, t } from "../i18n";
import { morph } from "../morph";
import { announce, rememberFurther } from "../router";
import { notify } from "../store";
import { appendRows, fetchFurther } from "./further-rows";

/** The additions of scripts to the catalog: sliders, more rows, the choice of models and the sheet of filters. */
export function Catalog({ host }: { host: HTMLElement }) {
  useEffect(() => {
    host.addEventListener("input", moveSlider);
    host.addEventListener("change", chooseModel);
    host.addEventListener("click", followButton);
    addEventListener("keydown", leaveSheet);
    return () => {
      host.removeEventListener("input", moveSlider);
      host.removeEventListener("change", chooseModel);
      host.removeEventListener("click", followButton);
      removeEventListener("keydown", leaveSheet);
      openSheet(false);
    };
  }, [host]);
  // After every change of the page or of the selection.
  useEffect(() => {
    for (const box of host.querySelectorAll<HTMLInputElement>("[data-compare]")) {
      box.checked = isSelected(box.dataset.compare ?? "");
    }
    markOutside();
    rememberHardware();
    void loadCounts();
  });
  return null;
}

function form(): HTMLFormElement | null {
  return document.querySelector<HTMLFormElement>("form#filters");
}

/** Writes the place of a slider into its field, which is sent with the form. A slider at its end sets no limit. */
function moveSlider({ target }: Event): void {
  if (!(target instanceof HTMLInputElement) || target.type !== "range") return;
  const range = target.closest<HTMLElement>(".range");
  const ticks = range?.dataset.ticks?.split(" ") ?? [];
  const sliders = [...(range?.querySelectorAll<HTMLInputElement>("[data-of]") ?? [])];
  const [low, high] = sliders;
  if (!range || !low || !high) return;
  if (low.valueAsNumber > high.valueAsNumber) target.value = target === low ? high.value : low.value;
  for (const slider of sliders) {
    const place = slider.valueAsNumber;
    const tick = place === (slider === low ? 0 : ticks.length - 1) ? "" : (ticks[place] ?? "");
    const field = range.querySelector<HTMLInputElement>(`[name="${slider.dataset.of ?? ""}"]`);
    if (field) field.value = tick;
    slider.setAttribute("aria-valuetext", tick || t("range.none"));
  }
}

function chooseModel({ target }: Event): void {
  if (!(target instanceof HTMLInputElement)) return;
  const { compare: slug, name } = target.dataset;
  if (slug) toggleSelected({ slug, name: name ?? slug });
}

function followButton(event: MouseEvent): void {
  const target = event.target instanceof Element ? event.target.closest<HTMLElement>("a, button") : null;
  if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (target instanceof HTMLAnchorElement && target.matches(".next")) {
    event.preventDefault();
    void loadMore(target);
  } else if ("openFilters" in target.dataset) {
    event.preventDefault();
    openSheet(true);
    form()?.querySelector<HTMLElement>(".close")?.focus();
  } else if (target.matches(".close") || ("show" in target.dataset && isSheet())) {
    event.preventDefault();
    closeSheet();
  }
}

/** Appends the rows of the next page, which the link leads to. The entry of the history keeps that they were. */
async function loadMore(link: HTMLAnchorElement): Promise<void> {
  if (link.getAttribute("aria-busy") === "true") return;
  link.setAttribute("aria-busy", "true");
  try {
    const address = link.href;
    const further = await fetchFurther(address);
    // The filters may have changed meanwhile.
    if (!further || !link.isConnected) return;
    const isFocused = document.activeElement === link;
    const rows = appendRows(document, further);
    rememberFurther(address);
    notify();
    // The focus goes on to the first new model.
    if (isFocused) rows[0]?.querySelector<HTMLElement>(".whole")?.focus({ preventScroll: true });
    announce(t("catalog.loaded", { count: rows.length }));
  } finally {
    link.removeAttribute("aria-busy");
  }
}

/** The address whose counts are asked for, so that they are asked for once. */
let counted = "";

/** Loads the counts if the page did not wait for them. */
async function loadCounts(): Promise<void> {
  if (!form()?.hasAttribute("data-pending") || counted === location.search) return;
  counted = location.search;
  try {
    const response = await fetch(`/catalog/filters${counted}`, { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!response.ok || counted !== location.search) return;
    for (const selector of [".state", "form#filters", ".above"]) {
      const [from, to] = [document.querySelector(selector), page.querySelector(selector)];
      if (from && to) morph(from, to);
    }
  } finally {
    counted = "";
  }
}

/** Remembers what the reader has to run models on, for the pages of models. */
function rememberHardware(): void {
  const gib = document.querySelector<HTMLElement>(".assumptions[data-gib]")?.dataset.gib;
  if (!gib) return;
  const parameters = new URLSearchParams(location.search);
  const kept = new URLSearchParams();
  for (const name of ["gpu", "gpus", "quantization", "context", "reserve"]) {
    const value = parameters.get(name);
    if (value) kept.set(name, value);
  }
  // Pages without the list of devices know the memory.
  kept.set("memory", gib);
  savePreference("hardware", kept.toString());
}

/** Whether the filters are a sheet over the page, as on phones. */
function isSheet(): boolean {
  return form()?.hasAttribute("data-open") ?? false;
}

function openSheet(open: boolean): void {
  form()?.toggleAttribute("data-open", open);
  markOutside();
}

function closeSheet(): void {
  openSheet(false);
  const opener = document.querySelector<HTMLElement>("[data-open-filters]");
  opener?.focus();
  document.getElementById("results")?.scrollIntoView();
}

/** Disables the page behind the sheet while it is open. */
function markOutside(): void {
  const open = isSheet();
  const outside = document.querySelectorAll("header.site, footer.site, .intro, .results, .fold");
  for (const element of outside) element.toggleAttribute("inert", open);
  document.documentElement.toggleAttribute("data-sheet", open);
}

function leaveSheet({ key }: KeyboardEvent): void {
  if (key === "Escape" && isSheet()) closeSheet();
}
