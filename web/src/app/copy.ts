import { t } from "./i18n";
import { announce } from "./router";

/** How long a button shows that it has copied, in milliseconds. */
const SHOWN_MS = 2000;

/** Buttons with `data-copy` copy its text, without a text the address of the page. */
export function startCopying(): void {
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLButtonElement>("button[data-copy]") : null;
    if (!button) return;
    const text = button.dataset.copy || location.href;
    void navigator.clipboard.writeText(text).then(() => {
      announce(t("queries.copied"));
      button.dataset.copied = "";
      setTimeout(() => delete button.dataset.copied, SHOWN_MS);
    });
  });
}
