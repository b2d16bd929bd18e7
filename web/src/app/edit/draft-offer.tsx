import { formatDateTime } from "../format";
import { t } from "../i18n";
import type { Draft } from "./drafts";

/** Offers what was entered in a form before it was left. */
export function DraftOffer({ draft, accept, discard }: { draft: Draft; accept: () => void; discard: () => void }) {
  return (
    <section class="notice" aria-label={t("draft.title")}>
      <p>{t("draft.text", { time: formatDateTime(draft.time) })}</p>
      <p class="buttons">
        <button type="button" class="primary" onClick={accept}>
          {t("draft.continue")}
        </button>
        <button type="button" onClick={discard}>
          {t("draft.discard")}
        </button>
      </p>
    </section>
  );
}
