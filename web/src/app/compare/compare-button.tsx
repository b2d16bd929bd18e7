import { t } from "../i18n";
import { isSelected, toggleSelected } from "./selection";

/** A button that selects a model for comparison. */
export function CompareButton({ slug }: { slug: string }) {
  return (
    <button type="button" aria-pressed={isSelected(slug)} onClick={() => toggleSelected(slug)}>
      {t(isSelected(slug) ? "compare.remove" : "compare.addThis")}
    </button>
  );
}
