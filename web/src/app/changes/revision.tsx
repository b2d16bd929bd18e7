import { fieldsOf, type FieldsType, type SubjectType } from "../fields";
import { findText, t } from "../i18n";

export type Change = { field: string; before?: unknown; after?: unknown };

export function FieldChanges({ type, changes }: { type?: SubjectType; changes: readonly Change[] }) {
  return (
    <table class="fields">
      <thead class="hidden">
        <tr>
          <th scope="col">{t("history.field")}</th>
          <th scope="col">{t("history.before")}</th>
          <th scope="col">{t("history.after")}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, before, after }) => (
          <tr key={field}>
            <th scope="row">{fieldLabel(type, field)}</th>
            <td>
              {before === null || before === undefined ? (
                <span class="unknown">–</span>
              ) : (
                <del>{valueText(before)}</del>
              )}
            </td>
            <td>
              {after === null || after === undefined ? <span class="unknown">–</span> : <ins>{valueText(after)}</ins>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A value of a revision as text. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return "–";
  if (Array.isArray(value)) return value.map(valueText).join(", ");
  if (typeof value === "object")
    return Object.values(value)
      .filter((part) => part !== null)
      .map(valueText)
      .join(" · ");
  return String(value);
}

/**
 * The label of a changed field by its path, such as `license`, `summary.en` or `sizes.7B.trainingTokens`. Without a
 * type, the labels of models are used. A path without a label is returned unchanged.
 */
export function fieldLabel(type: FieldsType = "Model", path: string): string {
  const text = findText(`fact.${type}.${path}`) ?? findText(`fact.Model.${path}`);
  if (text) return text;
  const [name, ...rest] = path.split(".");
  const parts = fieldsOf(type).find((field) => field.name === name);
  const part = parts?.kind === "parts" && fieldsOf(parts.of).find((field) => field.name === rest.at(-1));
  return part ? `${rest.slice(0, -1).join(".")}: ${t(part.label)}` : path;
}
