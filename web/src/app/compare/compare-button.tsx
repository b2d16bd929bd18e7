import { t } from "../i18n";
import { isSelected, toggleSelected, type Choice } from "./selection";

/** A button that selects a model for comparison. */
export function CompareButton(model: Choice) {
  const selected = isSelected(model.slug);
  return (
    <button
      type="button"
      aria-pressed={selected}
      onClick={() => toggleSelected({ slug: model.slug, name: model.name })}
    >
      {t(selected ? "compare.remove" : "compare.addThis")}
    </button>
  );
}
