import { currentUrl } from "../router";
import { t } from "../i18n";
import { Dialog } from "../ui/dialog";
import { MAX_MODELS, type Choice, replaceSelected, selectedModels, setSelected, surplusModel } from "./selection";

/** The models selected for comparison, in a bar at the bottom of the window. */
export function SelectionBar() {
  const selected = selectedModels();
  if (selected.length === 0 || currentUrl().pathname === "/compare") return null;
  return (
    <aside class="tray" aria-label={t("compare.selected")}>
      <p role="status">
        <b>{selected.map(({ name }) => name).join(t("list.comma"))}</b>{" "}
        <small>{t("compare.count", { count: selected.length, most: MAX_MODELS })}</small>
      </p>
      <a class="button primary" href={`/compare?models=${selected.map(({ slug }) => slug).join(",")}`}>
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
function Replace({ selected }: { selected: readonly Choice[] }) {
  return (
    <Dialog title={t("compare.full", { most: MAX_MODELS })} close={() => replaceSelected()}>
      <p>{t("compare.replace", { name: surplusModel()?.name ?? "" })}</p>
      <p class="buttons">
        {selected.map(({ slug, name }) => (
          <button key={slug} type="button" onClick={() => replaceSelected(slug)}>
            {name}
          </button>
        ))}
      </p>
    </Dialog>
  );
}
