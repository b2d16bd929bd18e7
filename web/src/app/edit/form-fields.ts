import { arrangeFields, type Field, type FieldName, fieldsOf, type SubjectType } from "../fields";
import type { TextKey } from "../i18n";

/** The order of the fields in forms. Fields that are not listed come last. */
const ORDER: { [T in SubjectType]?: readonly FieldName<T>[] } = {
  Model: [
    "name",
    "aliases",
    "kind",
    "organizations",
    "license",
    "commercialUse",
    "releaseDate",
    "sizes",
    "dataScale",
    "datasets",
    "summary",
    "architecture",
    "baseModel",
    "trainingFlops",
    "position",
    "links",
  ],
  License: ["name", "aliases", "commercialUse"],
};

/** Explanations below an input, by the label of its field. */
export const HINTS: Partial<Record<TextKey, TextKey>> = {
  "fact.Model.aliases": "edit.aliasesHint",
  "fact.License.aliases": "edit.aliasesHint",
  "fact.Model.commercialUse": "edit.useHint",
  "fact.Dataset.bytes": "edit.bytesHint",
};

/** The text of the empty option of a choice; "unknown" for all others. */
export const EMPTY_OPTIONS: Partial<Record<TextKey, TextKey>> = {
  "fact.Model.commercialUse": "edit.useNone",
  "fact.ModelSize.commercialUse": "edit.useNone",
  "fact.TermCondition.commercial": "range.any",
  "fact.TermCondition.revenuePeriod": "range.none",
  "fact.TermCondition.territoryBasis": "range.any",
  "fact.TermCondition.hosting": "range.any",
  "fact.TermCondition.trainsOnOutputs": "range.any",
  "fact.TermCondition.modality": "range.any",
};

/** Values that are derived from other facts and cannot be entered. */
export const DERIVED_CHOICES: readonly string[] = ["VARIES"];

/** The first choice in a new row, where it is not the first value of the enum. */
export const DEFAULT_CHOICES: Partial<Record<TextKey, string>> = {
  "fact.Link.kind": "DETAILS",
};

/** The fields of a form, in its order. */
export function formFields<T extends SubjectType>(type: T): Field[] {
  return arrangeFields(type, ORDER[type] ?? []);
}

/** The field with a name, if the type has it. */
export function findField(type: SubjectType, name: string): Field | undefined {
  return fieldsOf(type).find((field) => field.name === name);
}
