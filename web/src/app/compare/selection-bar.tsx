import { currentUrl } from "../router";
import { t } from "../i18n";
import { Dialog } from "../ui/dialog";
import { MAX_MODELS, replaceSelected, selectedModels, setSelected, surplusModel } from "./selection";

/** The models selected for comparison, in a bar at the bottom of the window. */
export function SelectionBar() {
  const selected = selectedModels();
  if (selected.length === 0 || currentUrl().pathname === "/compare") return null;
  return (
    <aside class="tray" aria-label={t("compare.selected")}>
      <p role="status">{t("compare.count", { count: selected.length, most: MAX_MODELS })}</p>
      <a class="button primary" href={`/compare?models=${selected.join(",")}`}>
        {t("compare.now")}
      </a>
      <button type="button" class="text" onClick={() => setSelected([])}>
        {t("compare.clear")}
      </button>
      {surplusModel() && <Replace selected={selected} />}
    </aside>
  );
}

/** Asks which model one too many replaces. */
function Replace({ selected }: { selected: readonly string[] }) {
  return (
    <Dialog title={t("compare.full", { most: MAX_MODELS })} close={() => replaceSelected()}>
      <p>{t("compare.replace", { name: surplusModel() ?? "" })}</p>
      <p class="buttons">
        {selected.map((slug) => (
          <button key={slug} type="button" onClick={() => replaceSelected(slug)}>
            {slug}
          </button>
        ))}
      </p>
    </Dialog>
  );
}
