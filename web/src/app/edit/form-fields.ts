import { arrangeFields, type Field, type FieldName, fieldsOf, type FieldsType, type SubjectType } from "../fields";
import type { TextKey } from "../i18n";

/** The order of the fields in forms. Fields that are not listed come last. */
const ORDER: { [T in FieldsType]?: readonly FieldName<T>[] } = {
  Model: [
    "name",
    "aliases",
    "kind",
    "organizations",
    "license",
    "commercialUse",
    "releaseDate",
    "contextLength",
    "sizes",
    "dataScale",
    "datasets",
    "summary",
    "architecture",
    "bases",
    "modalities",
    "languages",
    "purposes",
    "links",
  ],
  License: ["name", "aliases", "commercialUse"],
  ModelSize: ["label", "parameters", "activeParameters", "trainingTokens", "contextLength", "releaseDate", "license"],
  Checkpoint: ["repository", "size", "variant", "convertedFrom", "format", "quantization", "license"],
  Evidence: ["source", "quote", "locator", "confidence", "accessed", "qualifier", "stance", "rank", "reason"],
};

/** How many fields of a type are always visible. The others are folded. */
const VISIBLE: Partial<Record<FieldsType, number>> = { ModelSize: 7, Checkpoint: 7, Evidence: 5, CacheLayers: 4 };

/** The fields of the dialog that creates a subject from a picker, besides the required ones. */
const FIRST_FIELDS: { [T in SubjectType]?: readonly FieldName<T>[] } = {
  License: ["name", "commercialUse", "spdxId", "url"],
  Source: ["title", "kind", "url", "publishedAt", "publisher"],
  Organization: ["name", "localizedName", "country", "homepage"],
};

/** Explanations below an input, by the label of its field. */
export const HINTS: Partial<Record<TextKey, TextKey>> = {
  "fact.Model.aliases": "edit.aliasesHint",
  "fact.License.aliases": "edit.aliasesHint",
  "fact.Organization.aliases": "edit.aliasesHint",
  "fact.Model.languages": "edit.languagesHint",
  "fact.Model.purposes": "edit.purposesHint",
  "fact.Model.commercialUse": "edit.useHint",
  "fact.Dataset.bytes": "edit.bytesHint",
  "fact.Checkpoint.bytes": "edit.bytesHint",
  "fact.Evidence.quote": "edit.quoteHint",
  "fact.Evidence.locator": "edit.locatorHint",
};

/** The text of the empty option of a choice; "unknown" for all others. */
export const EMPTY_OPTIONS: Partial<Record<TextKey, TextKey>> = {
  "fact.Model.commercialUse": "edit.useNone",
  "fact.ModelSize.commercialUse": "edit.useNone",
  "fact.Checkpoint.commercialUse": "edit.useNone",
  "fact.Evidence.qualifier": "edit.asStated",
  "fact.TermCondition.commercial": "range.any",
  "fact.TermCondition.revenuePeriod": "range.none",
  "fact.TermCondition.territoryBasis": "range.any",
  "fact.TermCondition.hosting": "range.any",
  "fact.TermCondition.trainsOnOutputs": "range.any",
  "fact.TermCondition.modality": "range.any",
};

/** Values that are derived from other facts and cannot be entered. */
export const DERIVED_CHOICES: readonly string[] = ["VARIES"];

/** The fields of a form, in its order. */
export function formFields<T extends FieldsType>(type: T): Field[] {
  return arrangeFields(type, ORDER[type] ?? []);
}

/** The fields of a part, those that are always visible and the folded ones. */
export function visibleFields(type: FieldsType): [visible: Field[], folded: Field[]] {
  const fields = formFields(type);
  const count = VISIBLE[type] ?? fields.length;
  return [fields.slice(0, count), fields.slice(count)];
}

/** The fields of the dialog that creates a subject. */
export function firstFields<T extends SubjectType>(type: T): Field[] {
  const listed: readonly string[] = FIRST_FIELDS[type] ?? [];
  return formFields(type).filter(({ name, required }) => required || listed.includes(name));
}

/** The name of the field of a form for that of a document: a base model is one of the bases. */
export function formFieldName(name: string): string {
  return name === "baseModel" ? "bases" : name;
}

/** The field with a name, if the type has it. */
export function findField(type: FieldsType, name: string): Field | undefined {
  return fieldsOf(type).find((field) => field.name === name);
}
